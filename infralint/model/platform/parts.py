"""What platform files hold, whatever the platform: services, variables, response headers, redirects, databases."""

from __future__ import annotations

from infralint.model.element import Element, Truth, Unknown, askable, fact
from infralint.model.shared.image import Image
from infralint.model.shared.keyed import Keyed
from infralint.model.shared.value import get
from infralint.model.shared.variable import Variable
from infralint.syntax.yaml import Mapping, Node, Pair
from infralint.text.record import NamedTuple
from infralint.text.source import Located, Source, Text


class PlatformVariable(Variable):
    """A variable that a platform file sets for what it builds or runs. `pair` is its entry where it is one of a mapping."""

    __slots__ = ("pair",)

    def __init__(self, name: Text, value: Text | Unknown | None, start: int, end: int, pair: Pair | None) -> None:
        super().__init__(name.source, start, end, name, value, "platform")
        self.pair = pair


class ServiceParts(NamedTuple):
    """What a reader found out about a service. Absent and unknown as everywhere."""

    role: str = "web"
    """`web` (takes requests), `worker`, `cron`, `release` or `static`."""
    command: Text | None = None
    image: Image | None = None
    health_check: Located | Unknown | None = None
    release_command: Located | Unknown | None = None
    instances: int | Unknown | None = None
    volumes: tuple[Text, ...] = ()


class Service(Keyed):
    """Something that the platform runs. It stands at its name or its head."""

    __slots__ = ("name", "node", "parts")
    name: str

    def __init__(self, name: str, at: Located, node: Node | None, parts: ServiceParts) -> None:
        super().__init__(at.source, at.start, at.end)
        self.name = name
        self.node = node
        self.parts = parts

    @fact
    def role(self) -> str:
        """What it is for: `web` (takes requests), `worker`, `cron`, `release` or `static`."""
        return self.parts.role

    @fact
    def command(self) -> Text | None:
        """The command that starts it; absent where the image or the platform decides."""
        return self.parts.command

    @fact
    def health_check(self) -> Located | Unknown | None:
        """Where its health check is written."""
        return self.parts.health_check

    @fact
    def release_command(self) -> Located | Unknown | None:
        """Where the command is written that runs once before a release takes over."""
        return self.parts.release_command

    @fact
    def instances(self) -> int | Unknown | None:
        """How many copies of it run at least; absent where the file does not say."""
        return self.parts.instances

    @fact
    def volumes(self) -> list[Text]:
        """The names of the volumes whose data it keeps."""
        return list(self.parts.volumes)

    def at_key(self, key: str) -> Node | None:
        return get(self.node, *key.split("."))


class Header(Element):
    """A response header that the platform adds; it stands at its value."""

    __slots__ = ("name", "paths", "siblings", "value")
    name: Text
    value: Text
    paths: str
    """The paths for which it is sent, as written."""

    def __init__(self, name: Text, value: Text, route: str, siblings: dict[str, Text]) -> None:
        super().__init__(value.source, value.start, value.end)
        self.name = name
        self.value = value
        self.paths = route
        self.siblings = siblings

    @fact
    def key_name(self) -> str:
        """Its name in lower case."""
        return self.name.lower()

    @askable
    def beside(self, name: str) -> Text | None:
        """The value of another header of the same paths, by its name in lower case."""
        return self.siblings.get(name)


class Redirect(Element):
    """A redirect or rewrite; it stands at its target."""

    __slots__ = ("origin", "status", "target")
    origin: Text
    """What it matches."""
    target: Text
    status: str
    """The status as written; "" where none is."""

    def __init__(self, origin: Text, target: Text, status: str) -> None:
        super().__init__(target.source, target.start, target.end)
        self.origin = origin
        self.target = target
        self.status = status


class Database(Element):
    """A database or key-value store that the platform keeps; it stands at its name."""

    __slots__ = ("allowed", "name", "node", "plan")
    name: Text
    allowed: list[Text] | None
    """The address ranges that may connect; absent where none are written, and the platform's default holds."""
    plan: Text | None

    def __init__(self, name: Text, node: Mapping, allowed: list[Text] | None, plan: Text | None) -> None:
        super().__init__(name.source, name.start, name.end)
        self.name = name
        self.node = node
        self.allowed = allowed
        self.plan = plan


class Command(NamedTuple):
    """A text that a shell runs, and when."""

    text: Text
    when: str
    """`start`, `build`, `release`, `create` (development environments), `host` (on the developer's machine), `test`."""
    is_posix: Truth = True


def head_of(source: Source) -> Element:
    """The first line of a file that is not blank: where what concerns the whole file stands."""
    for line in range(1, len(source.line_starts) + 1):
        start, end = source.line_span(line)
        if source.text[start:end].strip():
            return Element(source, start, end)
    return Element(source, 0, 0)
