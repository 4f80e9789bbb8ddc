"""A file of a deployment platform or a development environment: its tree, and the nouns that all of them share."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from infralint.model.document import Comment, Document, Noun, Problem
from infralint.model.element import askable, fact
from infralint.model.index import Index
from infralint.model.platform.parts import Command, Database, Header, PlatformVariable, Redirect, Service, head_of
from infralint.model.shared.config import Node as AnyNode
from infralint.model.shared.config import nodes_of, settings_of
from infralint.model.shared.image import Image
from infralint.model.shared.keyed import Keyed
from infralint.model.shared.secret import Secret, Url, secrets_of, urls_in
from infralint.model.shared.value import get
from infralint.model.shared.variable import Variable
from infralint.syntax import jsonc, toml, yaml
from infralint.syntax.yaml import Mapping, Node, Stream, YamlComment
from infralint.text.source import Source, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar


class PlatformFile(Keyed):
    """The file itself; it stands at its first line."""

    __slots__ = ("file",)

    def __init__(self, file: PlatformDocument) -> None:
        head = head_of(file.source)
        super().__init__(file.source, head.start, head.end)
        self.file = file

    @fact
    def name(self) -> str:
        """The file's name without its folder."""
        return self.source.path.rpartition("/")[2]

    def at_key(self, key: str) -> Node | None:
        return get(self.file.root, *key.split("."))

    @askable
    def key(self, name: str) -> Text | None:
        """The word of a key at the top of the file; None where it is not written."""
        return self.file.root.key(name) if self.file.root is not None else None


class PlatformDocument(Document):
    """A file of a platform. A subclass per platform reads what the file says; nothing is worked out before a rule asks."""

    platform: ClassVar[str] = ""
    """What the platform is called, in the words of the table of deployments."""
    is_lenient: ClassVar[bool] = False
    """Whether the platform passes over keys that it does not know."""

    def __init__(self, source: Source, index: Index, kind: str) -> None:
        super().__init__(source, index, kind)
        self.stream, self.remarks = self.read(source)
        self.problems = [Problem(p.name, p.message, source, p.start, p.end) for p in self.stream.problems]

    def read(self, source: Source) -> tuple[Stream, list[YamlComment]]:
        """The file as a tree with its comments, read as its ending says."""
        lower = source.path.lower()
        if lower.endswith(".toml"):
            return toml.parse(source)
        if lower.endswith((".yml", ".yaml")):
            stream = yaml.parse(source, merge=True)
            return stream, stream.comments()
        return jsonc.parse(source)

    @property
    def root(self) -> Mapping | None:
        """The mapping that the file is."""
        return next((one for one in self.stream.documents if isinstance(one, Mapping)), None)

    def comments(self) -> list[Comment]:
        return [Comment(*comment) for comment in self.remarks]

    def key_of(self, element: Any) -> str:
        node = self._node_at(element.start, element.end)
        return ".".join(str(part) for part in node.route()) if node is not None else ""

    def _node_at(self, start: int, end: int) -> Node | None:
        """The smallest value around a span: tables of TOML need not lie within each other."""
        best: Node | None = None
        for node in self.stream.walk():
            if (
                node.start <= start
                and end <= node.end
                and (best is None or node.end - node.start <= best.end - best.start)
            ):
                best = node
        return best

    @cached_property
    def services(self) -> list[Service]:
        """What the platform runs."""
        return list(self.read_services())

    def read_services(self) -> Iterable[Service]:
        """What the platform runs."""
        return ()

    @cached_property
    def set_variables(self) -> list[PlatformVariable]:
        """The variables that the file sets for what it builds or runs."""
        return list(self.read_variables())

    def read_variables(self) -> Iterable[PlatformVariable]:
        """The variables that the file sets for what it builds or runs."""
        return ()

    @cached_property
    def variables(self) -> list[Variable]:
        """Those variables, and any other setting under a name that credentials bear."""
        own: list[Variable] = list(self.set_variables)
        known = {(one.value.start, one.value.end) for one in own if isinstance(one.value, Text)}
        others = [one for one in settings_of(self) if isinstance(one.value, Text)]
        return own + [one for one in others if (one.value.start, one.value.end) not in known]  # type: ignore[union-attr]

    @cached_property
    def scripts(self) -> list[Command]:
        """The texts of the file that a shell runs."""
        return list(self.read_scripts())

    def read_scripts(self) -> Iterable[Command]:
        """The texts of the file that a shell runs."""
        return (Command(one.command, "start") for one in self.services if one.command is not None)

    @property
    def images(self) -> list[Image]:
        """The images that it runs or builds upon."""
        return [one.parts.image for one in self.services if one.parts.image is not None]

    @cached_property
    def headers(self) -> list[Header]:
        """The response headers that the platform adds."""
        return list(self.read_headers())

    def read_headers(self) -> Iterable[Header]:
        """The response headers that the platform adds."""
        return ()

    @cached_property
    def redirects(self) -> list[Redirect]:
        """Its redirects and rewrites."""
        return list(self.read_redirects())

    def read_redirects(self) -> Iterable[Redirect]:
        """Its redirects and rewrites."""
        return ()

    @cached_property
    def databases(self) -> list[Database]:
        """The databases that the platform keeps."""
        return list(self.read_databases())

    def read_databases(self) -> Iterable[Database]:
        """The databases that the platform keeps."""
        return ()

    nouns: ClassVar[dict[str, Noun]] = {
        "file": Noun(PlatformFile, lambda file: [PlatformFile(file)]),
        "service": Noun(Service, lambda file: file.services),
        "header": Noun(Header, lambda file: file.headers),
        "redirect": Noun(Redirect, lambda file: file.redirects),
        "database": Noun(Database, lambda file: file.databases),
        "image": Noun(Image, lambda file: file.images),
        "variable": Noun(Variable, lambda file: file.variables),
        "secret": Noun(Secret, secrets_of),
        "url": Noun(Url, lambda file: urls_in(file.source)),
        "node": Noun(AnyNode, lambda file: nodes_of(file.stream)),
    }
