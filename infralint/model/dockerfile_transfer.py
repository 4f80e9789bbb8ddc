"""COPY and ADD: what goes into the image, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infralint.model.dockerfile_instructions import Instruction
from infralint.model.element import UNKNOWN, Unknown, fact
from infralint.model.image import Image
from infralint.syntax.dockerfile_words import unquote
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.dockerfile_stage import Stage

Truth = bool | Unknown

PACKED = (".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tzst", ".gz", ".bz2", ".xz", ".lzma", ".zst")
"""How files are named that ADD may unpack."""


class Transfer(Instruction):
    """COPY or ADD."""

    __slots__ = ()

    @fact
    def sources(self) -> list[Text]:
        """What is copied, here-documents left out."""
        marks = {heredoc.word.start for heredoc in self.node.heredocs}
        return [word for word in self.node.words[:-1] if word.start not in marks]

    @fact
    def destination(self) -> Text | None:
        """Where to."""
        return self.node.words[-1] if len(self.node.words) > 1 else None

    @fact
    def origin(self) -> Text | None:
        """The value of --from."""
        return self.flag("from")

    @fact
    def stage_from(self) -> Stage | None:
        """The stage that --from names or counts."""
        return self.document.stage_named(self.origin, self) if self.origin else None

    @fact
    def is_from_itself(self) -> Truth:
        """Whether --from names the stage that it stands in."""
        if self.origin is None or self.stage is None or self.stage.name is None:
            return False
        value = self.resolve(self.origin)
        return UNKNOWN if isinstance(value, Unknown) else value.lower() == self.stage.name.lower()

    @fact
    def is_from_no_stage(self) -> Truth:
        """Whether --from counts to a stage that is not there, or names one that only comes later."""
        if self.origin is None or self.stage_from is not None:
            return False
        value = self.resolve(self.origin)
        if isinstance(value, Unknown):
            return UNKNOWN
        if value.isdigit():
            return True
        later = [stage.name.lower() for stage in self.document.stages if stage.name is not None]
        return value.lower() in later and self.is_from_itself is False

    @fact
    def is_from_bare_name(self) -> Truth:
        """Whether --from gives a name that no stage bears and that, as an image, lacks path and version."""
        if self.origin is None or self.stage_from is not None or self.is_from_itself or self.is_from_no_stage:
            return False
        value = self.resolve(self.origin)
        return UNKNOWN if isinstance(value, Unknown) else not any(sign in value for sign in "/:@.")

    @fact
    def image(self) -> Image | None:
        """The image that --from names, where it is no stage."""
        if self.origin is None or self.stage_from is not None or self.origin.isdigit():
            return None
        return Image(self.origin, self.resolve)

    @fact
    def owner(self) -> Text | None:
        """The value of --chown."""
        return self.flag("chown")

    @fact
    def mode(self) -> Text | None:
        """The value of --chmod."""
        return self.flag("chmod")

    @fact
    def urls(self) -> list[Text]:
        """The sources that are fetched."""
        return [word for word in self.sources if word.startswith(("http://", "https://", "git@", "ftp://"))]

    @fact
    def only_copies(self) -> Truth:
        """Whether COPY would do the same: local sources, nothing to unpack; unknown where a source may be either."""
        if self.urls or not self.sources or {"checksum", "keep-git-dir", "unpack"} & set(self.flags):
            return False
        answer: Truth = True
        for word in self.sources:
            name = unquote(word, self.document.tree.escape).lower()
            if name.endswith(PACKED):
                return False
            if "$" in name or ":" in name or name.endswith("*"):
                answer = UNKNOWN
        return answer

    @fact
    def archives(self) -> list[Text]:
        """The local sources that ADD would unpack."""
        endings = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".tzst")
        return [word for word in self.sources if word.lower().endswith(endings) and "://" not in word]
