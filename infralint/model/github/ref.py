"""The ref behind the `@` of a `uses:`, and the tag that the comment beside it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from infralint.model.element import UNKNOWN, Unknown, fact
from infralint.model.github.value import Part
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.github.remote_refs import Refs
    from infralint.model.github.uses import Uses


class Ref(Part):
    """What stands behind the `@`; it stands there."""

    name: Text

    def __init__(self, uses: Uses, name: Text) -> None:
        super().__init__(uses.file, None, uses.route, name.start, name.end)
        self.name = name
        self._uses = uses

    @property
    def is_commit(self) -> bool:
        """Whether it is a full commit, which never moves."""
        return len(self.name) in (40, 64) and re.fullmatch("[0-9a-fA-F]+", self.name) is not None

    @property
    def kind(self) -> str:
        """ "commit", "version" (v1, v1.2.3, 1.2) or "branch" (or any other tag)."""
        if self.is_commit:
            return "commit"
        return "version" if re.fullmatch(r"(?:[\w-]*?[-/])?v?\d+(?:\.[\w-]+)*(?:[-+].*)?", self.name) else "branch"

    @property
    def _refs(self) -> Refs | None:
        """What the repository answered; None where it was not asked, gave no answer, or is gone."""
        refs = self._uses._answer
        return None if refs is None or refs.is_gone else refs

    @fact
    def exists(self) -> bool | Unknown:
        """Whether its repository has a tag or branch of this name; unknown of a commit, or if nobody has asked."""
        refs = self._refs
        if refs is None or self.is_commit:
            return UNKNOWN
        from infralint.model.github.remote_refs import has_ref

        return has_ref(refs, str(self.name))

    @fact
    def is_tag_and_branch(self) -> bool | Unknown:
        """Whether its repository has a tag and a branch of this name; unknown as long as nobody has asked."""
        refs = self._refs
        return UNKNOWN if refs is None else self.name in refs.tags and self.name in refs.branches

    @fact
    def tags(self) -> list[str] | Unknown:
        """The tags that a commit has in its repository; unknown as long as nobody has asked."""
        refs = self._refs
        return UNKNOWN if refs is None or not self.is_commit else refs.tags_of(self.name)

    @fact
    def is_reached(self) -> bool | Unknown:
        """Whether a tag or branch of its repository leads to the commit; unknown as long as nobody has looked."""
        refs = self._refs
        return UNKNOWN if refs is None or not self.is_commit else refs.leads_to(self.name)


def is_of_other_forge(path: str) -> bool:
    """Whether a workflow is for Gitea or Forgejo, which take actions from elsewhere."""
    return "/.gitea/" in f"/{path}" or "/.forgejo/" in f"/{path}"


def tag_in(comment: Text) -> Text | None:
    """The tag that a comment begins with: one with a `v` or a dot, or one that is all of the comment."""
    match = re.match(
        r"(?:renovate:\s*)?(?:(?:tag|pin|ratchet|version)\s*[=:@]?\s*)?(?:@?[\w./-]+@)?"
        r"((?:[A-Za-z][\w./-]*[-/@_])?(v?\d(?:[\w.+-]*\w)?))(?=[\s,;()]|\.?(?:\s|$))",
        comment,
    )
    if match is None or not (match[2].startswith("v") or "." in match[2] or match.end() == len(comment)):
        return None
    return comment.slice(*match.span(1))
