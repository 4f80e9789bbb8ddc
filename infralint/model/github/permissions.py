"""What the token of a workflow or job may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infralint.model.element import Element, Unknown, askable, fact
from infralint.model.github.value import Part, Route, known
from infralint.syntax.yaml import Mapping, Node, Pair, Scalar
from infralint.tables import github
from infralint.tables.expression_types import nearest
from infralint.text.edit import Edit
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.github.job import Job


class Permission(Part):
    """One scope of the workflow token with the access it gets."""

    scope: Text
    access: Text | Unknown | None

    def __init__(self, file: Any, pair: Pair, route: Route) -> None:
        super().__init__(file, pair, route, pair.start, pair.end)
        self.scope = (
            pair.key.text if isinstance(pair.key, Scalar) else Text(pair.name, file.source, pair.start, pair.end)
        )
        self.access = known(pair.value)

    @property
    def is_reading_contents(self) -> bool:
        """Whether it only lets the token read the repository, as nearly every job has to."""
        return self.scope == "contents" and self.access == "read"

    @property
    def is_write(self) -> bool:
        """Whether the scope may be written."""
        return self.access == "write"

    @property
    def is_known_scope(self) -> bool:
        """Whether GitHub has such a scope."""
        return self.scope in github.PERMISSIONS

    @fact
    def nearest_scope(self) -> str | None:
        """The scope that was most likely meant."""
        return None if self.is_known_scope else nearest(str(self.scope), github.PERMISSIONS)

    @property
    def is_known_access(self) -> bool:
        """Whether the scope takes this access."""
        return self.access in github.PERMISSIONS.get(str(self.scope), ("read", "write", "none"))

    @fact
    def comment(self) -> str | None:
        """The comment beside it, with its `#`."""
        line = self.source.line_of(self.start)
        return next((c.text for c in self.file.comments() if c.line == line), None)

    @fact
    def may_be_used(self) -> bool | Unknown:
        """Whether something may write the scope in the jobs for which this holds; unknown where it holds for none."""
        from infralint.model.github.scopes import may_be_used

        file: Any = self.file
        return may_be_used(self, file.workflow)

    @fact
    def has_comment(self) -> bool:
        """Whether a comment stands beside it or right above it."""
        line = self.source.line_of(self.start)
        return any(
            (c.line == line or (c.alone and c.line == line - 1)) and c.text.strip("# \t") != ""
            for c in self.file.comments()
        )


class Permissions(Part):
    """What the token may do, for a workflow or a job. Where nothing is written it stands at the owner's key."""

    def __init__(self, file: Any, node: Node | None, route: Route, start: int, end: int) -> None:
        super().__init__(file, node, route, start, end)

    @property
    def is_missing(self) -> bool:
        """Whether the key is not written, so that the repository's default holds."""
        return self.node is None

    @fact
    def text(self) -> Text | Unknown | None:
        """The single word that is written (`read-all`, `write-all`); None for a mapping."""
        return known(self.node)

    @fact
    def is_write_all(self) -> bool:
        """Whether every scope may be written."""
        return self.text == "write-all"

    @fact
    def is_read_all(self) -> bool:
        """Whether every scope may be read."""
        return self.text == "read-all"

    @fact
    def reading_contents(self) -> list[Edit] | None:
        """Edits after which the token may read the repository and nothing else."""
        node = self.node
        if not isinstance(node, Scalar) or node.anchor is not None:
            return None
        return [Edit(self.source.path, node.start, node.end, "{contents: read}")]

    @fact
    def is_empty(self) -> bool:
        """Whether the token may do nothing (`{}`)."""
        return isinstance(self.node, Mapping) and not self.node.pairs

    @fact
    def entries(self) -> list[Permission]:
        """The scopes, as they are written."""
        if not isinstance(self.node, Mapping):
            return []
        return [Permission(self.file, pair, (*self.route, pair.name)) for pair in self.node.pairs]

    @fact
    def writes(self) -> list[Permission]:
        """The scopes that may be written."""
        return [entry for entry in self.entries if entry.is_write]

    @askable
    def access(self, scope: str) -> Text | Unknown | None:
        """The access that a scope gets: what is written, None where it gets none or where nothing is written."""
        if isinstance(self.text, Text):
            return self.text
        return next((entry.access for entry in reversed(self.entries) if entry.scope == scope), None)

    @askable
    def grants(self, scope: str, access: str) -> bool:
        """Whether a scope surely gets an access (`write` includes `read`)."""
        given = self.access(scope)
        return given in (access, "write", f"{access}-all", "write-all")


class ScopeNeed(Element):
    """An action or command that fails where the token lacks a scope; it stands there."""

    __slots__ = ("access", "by", "job", "scope")
    scope: str
    access: str
    by: str

    def __init__(self, at: Element, job: Job, scope: str, access: str, by: str) -> None:
        super().__init__(at.source, at.start, at.end)
        self.job = job
        self.scope = scope
        self.access = access
        self.by = by

    @fact
    def is_granted(self) -> bool | Unknown:
        """Whether the job's token has the scope; unknown where the repository or an expression decides."""
        from infralint.model.github.scopes import is_granted

        return is_granted(self)

    @fact
    def granted(self) -> list[Edit] | None:
        """Edits that give the job this scope."""
        from infralint.model.github.scopes import granted

        return granted(self)
