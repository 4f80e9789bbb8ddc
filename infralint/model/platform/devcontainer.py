"""devcontainer.json: the container that a project is developed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.model.document import Noun
from infralint.model.element import Element, fact
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.parts import Command, PlatformVariable
from infralint.model.platform.reading import image_of, known, variables_of
from infralint.model.shared.image import Image
from infralint.model.shared.value import get, pairs_of, scalars, text_of
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.text import regex as re
from infralint.text.source import Text

CREATING = ("onCreateCommand", "updateContentCommand", "postCreateCommand", "postStartCommand", "postAttachCommand")
"""Commands that run within the container without being asked for."""
HOST = "initializeCommand"
"""The command that runs on the developer's own machine, before there is a container."""


class LifecycleCommand(Element):
    """A command that runs when the container is opened; it stands at its text, or at its key where it is a list."""

    __slots__ = ("key", "text")
    key: str
    text: Text

    def __init__(self, key: str, text: Text) -> None:
        super().__init__(text.source, text.start, text.end)
        self.key = key
        self.text = text

    @fact
    def runs_on_host(self) -> bool:
        """Whether it runs on the developer's own machine."""
        return self.key == HOST


class Feature(Element):
    """A feature that is added to the container; it stands at its reference."""

    __slots__ = ("reference",)
    reference: Text

    def __init__(self, reference: Text) -> None:
        super().__init__(reference.source, reference.start, reference.end)
        self.reference = reference

    @fact
    def version(self) -> str | None:
        """Its tag or digest; absent where none is written."""
        rest = self.reference.rpartition("/")[2]
        return rest.partition("@" if "@" in rest else ":")[2] or None

    @fact
    def is_local(self) -> bool:
        """Whether it lies in the repository, or is an archive at an address."""
        return self.reference.startswith(("./", "../", "http://", "https://"))


class MountPoint(Element):
    """A folder or socket of the host within the container; it stands where it is written. `origin` is absent for a volume."""

    __slots__ = ("origin",)
    origin: str | None

    def __init__(self, node: Node | Text, origin: str | None) -> None:
        super().__init__(node.source, node.start, node.end)
        self.origin = origin


class RunArgument(Element):
    """An argument of `docker run`, with its value where that is a word of its own; it stands at both."""

    __slots__ = ("name", "value")
    name: str
    value: str | None

    def __init__(self, first: Text, last: Text, name: str, value: str | None) -> None:
        super().__init__(first.source, first.start, last.end)
        self.name = name
        self.value = value


class DevcontainerDocument(PlatformDocument):
    """A `devcontainer.json`."""

    platform = "Dev Containers"

    @property
    def images(self) -> list[Image]:
        image = image_of(get(self.root, "image"))
        return [image] if image is not None else []

    def read_variables(self) -> Iterable[PlatformVariable]:
        for key in ("containerEnv", "remoteEnv"):
            yield from variables_of(get(self.root, key))
        yield from variables_of(get(self.root, "build", "args"))

    def lifecycle_commands(self) -> Iterator[LifecycleCommand]:
        """The commands that run when it is opened."""
        for key in (HOST, *CREATING):
            node = get(self.root, key)
            entries: list[Node | None] = [value for _, value in pairs_of(node)]
            for one in entries or [node]:
                if isinstance(one, Scalar):
                    text = text_of(one)
                    if text:
                        yield LifecycleCommand(key, text)
                elif isinstance(one, Sequence):
                    words = scalars(one)
                    if words and not any(re.search(r"[\s\"'`;&|<>()$]", word) for word in words):
                        text = Text(" ".join(words), one.source, one.start, one.end)
                        yield LifecycleCommand(key, text)
                    elif len(words) == 3 and words[1] in ("-c", "-lc"):
                        yield LifecycleCommand(key, words[2])

    def read_scripts(self) -> Iterable[Command]:
        for one in self.lifecycle_commands():
            yield Command(one.text, "host" if one.runs_on_host else "create")

    @property
    def features(self) -> list[Feature]:
        """The features that are added to it."""
        return [Feature(name) for name, _ in pairs_of(get(self.root, "features"))]

    @property
    def mount_points(self) -> list[MountPoint]:
        """The folders and sockets of the host that it is given."""
        found = []
        for item in _items(get(self.root, "mounts")):
            if isinstance(item, Mapping):
                is_bind = text_of(item.get("type")) in ("bind", None)
                origin = text_of(item.get("source"))
                if origin is not None:
                    found.append(MountPoint(origin, str(origin) if is_bind else None))
            elif (text := text_of(item)) is not None:
                found.append(MountPoint(text, _origin(text)))
        for argument in self.run_arguments:
            if argument.name in ("-v", "--volume", "--mount") and argument.value:
                origin_text = (
                    _origin(argument.value) if argument.name == "--mount" else argument.value.partition(":")[0]
                )
                found.append(MountPoint(Text(argument.raw, argument.source, argument.start, argument.end), origin_text))
        return found

    @property
    def run_arguments(self) -> list[RunArgument]:
        """The arguments of `docker run`."""
        words = scalars(get(self.root, "runArgs"))
        found = []
        for at, word in enumerate(words):
            if not word.startswith("-"):
                continue
            name, equals, value = word.partition("=")
            following = words[at + 1] if at + 1 < len(words) and not words[at + 1].startswith("-") else None
            if equals:
                found.append(RunArgument(word, word, str(name), str(value)))
            elif following is not None:
                found.append(RunArgument(word, following, str(name), str(following)))
            else:
                found.append(RunArgument(word, word, str(name), None))
        return found

    @property
    def user(self) -> Text | None:
        """Who works in it; absent where the image decides."""
        found = known(get(self.root, "remoteUser")) or known(get(self.root, "containerUser"))
        return found if isinstance(found, Text) else None

    nouns = {
        **PlatformDocument.nouns,
        "lifecycle_command": Noun(LifecycleCommand, lambda file: list(file.lifecycle_commands())),
        "feature": Noun(Feature, lambda file: file.features),
        "mount_point": Noun(MountPoint, lambda file: file.mount_points),
        "run_argument": Noun(RunArgument, lambda file: file.run_arguments),
    }


def _items(node: Node | None) -> list[Node]:
    return list(node.values()) if isinstance(node, Sequence) else []


def _origin(text: str) -> str | None:
    """What a mount in the notation of Docker takes from the host."""
    parts = dict(part.partition("=")[::2] for part in text.split(","))
    if parts.get("type", "bind") != "bind":
        return None
    return parts.get("source") or parts.get("src")
