"""What shows that a practice is followed, and the places between files that name what may not exist."""

from __future__ import annotations

from infralint.model.element import Element, fact
from infralint.text.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Evidence(Element):
    """A place that shows that a practice is followed. It shows as what it says.

    `form` is "file", "section" (a heading), "mention" (a sentence), "job", "command" or "setting".
    """

    __slots__ = ("form", "says")
    form: str
    says: str

    def __init__(self, form: str, says: str, source: Source, start: int, end: int) -> None:
        super().__init__(source, start, end)
        self.form = form
        self.says = says

    def __str__(self) -> str:
        return self.says

    @fact
    def file(self) -> str:
        """The file in which it stands."""
        return self.source.path


class Named(Element):
    """A place that names something of the repository: a path, a target, a service. It stands at the name."""

    __slots__ = ("form", "name", "project")
    form: str
    """What is named: "script", "make target", "npm script", "compose service", "workflow", "link", "path filter", "owned path",
    "updated folder", "variable", "action"."""
    name: str

    def __init__(self, form: str, name: str, project: Any, source: Source, start: int, end: int) -> None:
        super().__init__(source, start, end)
        self.form = form
        self.name = name
        self.project = project

    def __str__(self) -> str:
        return self.name

    @fact
    def file(self) -> str:
        """The file in which it is named."""
        return self.source.path


class Reference(Named):
    """A place of a document that names a script, a target, a service, a workflow or a file of the repository."""

    __slots__ = ()

    @fact
    def in_document(self) -> str:
        """The document with the name: the same for each place where one document gives that name."""
        return f"{self.source.path} {self.name}"


class DocumentLink(Named):
    """A relative link of a document."""

    __slots__ = ()


class PathPattern(Named):
    """A pattern of paths: of a workflow's filter, or of CODEOWNERS."""

    __slots__ = ()


class UpdatedFolder(Named):
    """A folder that Dependabot is told to update, with the package ecosystem."""

    __slots__ = ("ecosystem",)
    ecosystem: str

    def __init__(self, ecosystem: str, name: str, project: Any, source: Source, start: int, end: int) -> None:
        super().__init__("updated folder", name, project, source, start, end)
        self.ecosystem = ecosystem


class StatefulService(Named):
    """A database or store that a compose file in production form runs with a volume of its own."""

    __slots__ = ("image", "number")
    image: str
    number: int

    def __init__(self, name: str, image: str, number: int, project: Any, source: Source, start: int, end: int) -> None:
        super().__init__("compose service", name, project, source, start, end)
        self.image = image
        self.number = number

    @fact
    def is_first(self) -> bool:
        """Whether it is the repository's first; what concerns all of them is reported there."""
        return self.number == 0


class ImageChoice(Named):
    """The image that a service runs in a compose file in production form, beside that of another compose file."""

    __slots__ = ("other",)
    other: Element
    """The image that the service of the same name runs in the other file."""

    def __init__(self, name: str, other: Element, project: Any, source: Source, start: int, end: int) -> None:
        super().__init__("compose service", name, project, source, start, end)
        self.other = other

    @fact
    def other_file(self) -> str:
        """The other compose file."""
        return self.other.source.path


class Migration(Named):
    """A file that changes the schema of a database, in a form that has a way back."""

    __slots__ = ("tool",)
    tool: str

    def __init__(self, tool: str, project: Any, source: Source, start: int, end: int) -> None:
        super().__init__("migration", source.path, project, source, start, end)
        self.tool = tool
