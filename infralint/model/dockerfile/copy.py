"""COPY and ADD: what goes into the image, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infralint.model.dockerfile.instruction import Instruction
from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.model.shared.image import Image
from infralint.syntax.dockerfile_words import unquote
from infralint.tables.credential_files import CREDENTIAL_VARIABLES, is_credential_file
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.dockerfile.stage import Stage
    from infralint.model.shared.command import Command

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
    def nearest_stage(self) -> Text | None:
        """The name of an earlier stage that is most like what --from says."""
        from difflib import get_close_matches

        limit = self.stage.number if self.stage is not None else 0
        named = {str(s.name).lower(): s.name for s in self.document.stages[:limit] if s.name is not None}
        close = get_close_matches(str(self.origin or "").lower()[:100], sorted(named), 1, 0.7)
        return named[close[0]] if close else None

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
    def target(self) -> str | None:
        """Where to, without quotes."""
        return str(unquote(self.destination, self.document.tree.escape)) if self.destination is not None else None

    @fact
    def is_from_history(self) -> bool:
        """Whether it is a line of `docker history`, in which a digest stands for the sources."""
        return any(word.partition(":")[0] in ("file", "multi") and len(word) > 60 for word in self.sources)

    @fact
    def is_into_one_file(self) -> Truth:
        """Whether several sources go to one name that is not written as a folder; unknown for a variable."""
        count = len(self.node.words) - 1
        target = self.target
        if count < 2 or target is None or self.is_from_history:
            return False
        if "$" in target or "{{" in self.arguments:
            return UNKNOWN
        return not target.endswith(("/", "\\", "/.")) and target not in (".", "..")

    @fact
    def is_of_everything(self) -> bool:
        """Whether it copies a whole file system over another: `--from=x / /`."""
        sources = [unquote(word, self.document.tree.escape) for word in self.sources]
        return self.origin is not None and sources == ["/"] and self.target == "/"

    @fact
    def is_below_workdir(self) -> Truth:
        """Whether the target depends on the working folder; unknown for a variable."""
        target = self.target
        if target is None or "$" in target:
            return UNKNOWN
        return not target.startswith(("/", "\\")) and target[1:2] != ":"

    @fact
    def has_workdir(self) -> bool:
        """Whether a WORKDIR stands above it, in its stage or those below; what a base image sets does not count."""
        if self.stage is None:
            return any(own.node.name == "WORKDIR" for own in self.document.head[: self.index])
        for own in self.stage.instructions[: self.index]:
            node = own.node.inner if self.trigger and own.node.name == "ONBUILD" else own.node
            if node is not None and node.name == "WORKDIR":
                return True
        return any(stage.of_name("WORKDIR") for stage in self.stage.lineage[1:])

    @fact
    def counts_stage(self) -> bool:
        """Whether --from gives the number of a stage."""
        return self.origin is not None and self.origin.isascii() and self.origin.isdigit()

    @fact
    def unpacked_by(self) -> Command | None:
        """The later command of the same stage that unpacks an archive which it copies."""
        names = [
            unquote(word, self.document.tree.escape).replace("\\", "/").rpartition("/")[2] for word in self.archives
        ]
        if not names or self.origin is not None:
            return None
        target = (self.target or "").replace("\\", "/").rpartition("/")[2]
        around = self.document.head if self.stage is None else self.stage.instructions
        for later in around[self.index + 1 :]:
            for command in getattr(later, "commands", ()) if later.node.name == "RUN" else ():
                if command.name not in ("tar", "unzip", "gunzip", "bunzip2", "unxz"):
                    continue
                for word in command.arguments:
                    if not isinstance(word, Unknown) and word.rpartition("/")[2] in (*names, target or names[0]):
                        return command  # type: ignore[no-any-return]
        return None

    @fact
    def repeats(self) -> Transfer | None:
        """The instruction just above, when it copies to the same folder in the same way."""
        around = self.document.head if self.stage is None else self.stage.instructions
        before = around[self.index - 1] if self.index else None
        if not isinstance(before, Transfer) or before.node.name != self.node.name or before.target != self.target:
            return None
        same = [str(flag.value) for flag in before.node.flags] == [str(flag.value) for flag in self.node.flags]
        return before if same and before.flags == self.flags else None

    @fact
    def repeated_by(self) -> list[Transfer]:
        """The instructions right behind it that each copy to its folder in its way."""
        around = self.document.head if self.stage is None else self.stage.instructions
        found: list[Transfer] = []
        for later in around[self.index + 1 :]:
            if not isinstance(later, Transfer) or later.repeats is None:
                break
            found.append(later)
        return found

    @fact
    def with_repetitions(self) -> Element:
        """It and those, as one span."""
        return Element(self.source, self.start, self.repeated_by[-1].end if self.repeated_by else self.end)

    @fact
    def ignored_sources(self) -> list[Text]:
        """The sources that the .dockerignore beside the file, or its own, keeps from the builder."""
        if self.origin is not None:
            return []
        path = self.source.path
        own = self.document.index.source(path + ".dockerignore")
        ignore = own or self.document.index.source(
            path.rpartition("/")[0] + "/.dockerignore" if "/" in path else ".dockerignore"
        )
        if ignore is None or not (patterns := ignore_patterns(ignore.text)):
            return []
        found = []
        for word in self.sources:
            name = unquote(word, self.document.tree.escape)
            plain = name.replace("\\", "/").removeprefix("./").strip("/")
            if (
                plain
                and plain != "."
                and not set("$*?[") & set(plain)
                and ":" not in plain
                and is_ignored(plain, patterns)
            ):
                found.append(word)
        return found

    @fact
    def credentials(self) -> list[Text]:
        """The words that lead to a file of credentials: its usual name, or a variable in which tools look for it."""
        found = [word for word in self.sources if is_credential_file(unquote(word, self.document.tree.escape))]
        if self.destination is not None and not found and self.origin is None:
            variable = (self.target or "").strip("${}")
            if variable in CREDENTIAL_VARIABLES:
                found.append(self.destination)
        return found

    @fact
    def archives(self) -> list[Text]:
        """The local sources that ADD would unpack."""
        endings = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".tzst")
        return [word for word in self.sources if word.lower().endswith(endings) and "://" not in word]


def ignore_patterns(text: str) -> list[tuple[bool, str]]:
    """The patterns of a .dockerignore, each with whether it takes paths back (`!`)."""
    found = []
    for line in text.splitlines()[:1_000]:
        pattern = line.strip()
        if pattern and not pattern.startswith("#"):
            keeps = pattern.startswith("!")
            found.append((keeps, pattern.removeprefix("!").strip().removeprefix("./").strip("/")))
    return found


def is_ignored(path: str, patterns: list[tuple[bool, str]]) -> bool:
    """Whether the last pattern that matches a path, or a folder above it, leaves it out."""
    from infralint.text.glob import matches

    parts = path.split("/")
    paths = ["/".join(parts[:count]) for count in range(1, min(len(parts), 30) + 1)]
    ignored = False
    for keeps, pattern in patterns:
        below = keeps and pattern.startswith(path + "/")  # something in that folder is taken back
        if below or any(matches(each, pattern) for each in paths):
            ignored = not keeps
    return ignored
