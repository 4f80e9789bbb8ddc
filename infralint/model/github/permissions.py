"""The `permissions:` of a workflow or job: what its token may do."""

from __future__ import annotations

from functools import cached_property

from infralint.model.element import Unknown, askable, fact
from infralint.model.github.document import GithubDocument, Part, Route
from infralint.model.github.value import known
from infralint.syntax.yaml import Mapping, Node, Pair, Scalar
from infralint.text.source import Text


class Permission(Part):
    """One scope of the workflow token with the access it gets."""

    scope: Text
    access: Text | Unknown | None

    def __init__(self, file: GithubDocument, pair: Pair, route: Route) -> None:
        super().__init__(file, pair, route, pair.start, pair.end)
        self.scope = (
            pair.key.text if isinstance(pair.key, Scalar) else Text(pair.name, file.source, pair.start, pair.end)
        )
        self.access = known(pair.value)

    @cached_property
    def comment(self) -> str | None:
        """The comment beside it, with its `#`."""
        line = self.source.line_of(self.start)
        return next((each.text for each in self.file.comments() if each.line == line), None)

    @fact
    def has_comment(self) -> bool:
        """Whether a comment stands beside it or right above it."""
        line = self.source.line_of(self.start)
        return any(
            (each.line == line or (each.alone and each.line == line - 1)) and each.text.strip("# \t") != ""
            for each in self.file.comments()
        )

    @property
    def is_write(self) -> bool:
        """Whether the scope may be written."""
        return self.access == "write"


class Permissions(Part):
    """What the token may do, for a workflow or a job. Where nothing is written it stands at the owner's key."""

    def __init__(self, file: GithubDocument, node: Node | None, route: Route, start: int, end: int) -> None:
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
