"""COPY and ADD: whether sources and destination are what they seem."""

from __future__ import annotations

from difflib import get_close_matches

from infralint.model.dockerfile.instruction import CopyOrAdd
from infralint.model.element import UNKNOWN, Truth, Unknown, fact_of, remembered
from infralint.model.shared.command import Command
from infralint.syntax.dockerfile_words import unquote
from infralint.tables.official_images import is_official
from infralint.text.source import Text

PACKED = (".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tzst", ".gz", ".bz2", ".xz", ".lzma", ".zst")
"""How files are named that ADD may unpack."""


@fact_of(CopyOrAdd)
def is_from_itself(copy: CopyOrAdd) -> Truth:
    """Whether --from names the stage that it stands in."""
    if copy.from_name is None or copy.stage is None or copy.stage.name is None:
        return False
    value = copy.resolve(copy.from_name)
    return UNKNOWN if isinstance(value, Unknown) else value.lower() == copy.stage.name.lower()


@fact_of(CopyOrAdd)
def is_from_undefined_stage(copy: CopyOrAdd) -> Truth:
    """Whether --from counts to a stage that is not there, or names one that only comes later."""
    if copy.from_name is None or copy.from_stage is not None:
        return False
    value = copy.resolve(copy.from_name)
    if isinstance(value, Unknown):
        return UNKNOWN
    if value.isdigit():
        return True
    later = [stage.name.lower() for stage in copy.document.stages if stage.name is not None]
    return value.lower() in later and is_from_itself(copy) is False


@fact_of(CopyOrAdd)
def is_from_untagged_image(copy: CopyOrAdd) -> Truth:
    """Whether --from gives a name that no stage bears and that, as an image, lacks path and version."""
    if copy.from_name is None or copy.from_stage is not None or is_from_itself(copy) or is_from_undefined_stage(copy):
        return False
    value = copy.resolve(copy.from_name)
    return UNKNOWN if isinstance(value, Unknown) else not any(sign in value for sign in "/:@.")


@fact_of(CopyOrAdd)
def may_be_from_context(copy: CopyOrAdd) -> Truth:
    """Whether --from may name a build context that the build is given (`--build-context`, Bake, Compose): no stage and no
    official image bears the name."""
    if copy.from_name is None or copy.from_stage is not None or copy.stage is None:
        return False
    value = copy.resolve(copy.from_name)
    return UNKNOWN if isinstance(value, Unknown) else not is_official(value)


@fact_of(CopyOrAdd)
def similar_stage(copy: CopyOrAdd) -> Text | None:
    """The name of an earlier stage that is most like what --from says."""
    limit = copy.stage.number if copy.stage is not None else 0
    named = {str(s.name).lower(): s.name for s in copy.document.stages[:limit] if s.name is not None}
    close = get_close_matches(str(copy.from_name or "").lower()[:100], sorted(named), 1, 0.7)
    return named[close[0]] if close else None


@fact_of(CopyOrAdd)
def could_be_copy(copy: CopyOrAdd) -> Truth:
    """Whether COPY would do the same: local sources, nothing to unpack; unknown where a source may be either."""
    if copy.urls or not copy.sources or {"checksum", "keep-git-dir", "unpack"} & set(copy.flags):
        return False
    answer: Truth = True
    for word in copy.sources:
        name = unquote(word, copy.document.tree.escape).lower()
        if name.endswith(PACKED):
            return False
        if "$" in name or ":" in name or name.endswith("*"):
            answer = UNKNOWN
    return answer


@remembered
def is_from_history(copy: CopyOrAdd) -> bool:
    """Whether it is a line of `docker history`, in which a digest stands for the sources."""
    return any(word.partition(":")[0] in ("file", "multi") and len(word) > 60 for word in copy.sources)


@fact_of(CopyOrAdd)
def lacks_trailing_slash(copy: CopyOrAdd) -> Truth:
    """Whether several sources go to one name that is not written as a folder; unknown for a variable."""
    count = len(copy.node.words) - 1
    target = copy.target
    if count < 2 or target is None or is_from_history(copy):
        return False
    if "$" in target or "{{" in copy.arguments:
        return UNKNOWN
    return not target.endswith(("/", "\\", "/.")) and target not in (".", "..")


@fact_of(CopyOrAdd)
def copies_whole_filesystem(copy: CopyOrAdd) -> bool:
    """Whether it copies a whole file system over another: `--from=x / /`."""
    sources = [unquote(word, copy.document.tree.escape) for word in copy.sources]
    return copy.from_name is not None and sources == ["/"] and copy.target == "/"


@fact_of(CopyOrAdd)
def has_relative_destination(copy: CopyOrAdd) -> Truth:
    """Whether the target depends on the working folder; unknown for a variable."""
    target = copy.target
    if target is None or "$" in target:
        return UNKNOWN
    return not target.startswith(("/", "\\")) and target[1:2] != ":"


@fact_of(CopyOrAdd)
def has_workdir(copy: CopyOrAdd) -> bool:
    """Whether a WORKDIR stands above it, in its stage or those below; what a base image sets does not count."""
    if copy.stage is None:
        return any(own.node.name == "WORKDIR" for own in copy.document.head[: copy.index])
    for own in copy.stage.instructions[: copy.index]:
        node = own.node.inner if copy.trigger and own.node.name == "ONBUILD" else own.node
        if node is not None and node.name == "WORKDIR":
            return True
    return any(stage.of_name("WORKDIR") for stage in copy.stage.lineage[1:])


@fact_of(CopyOrAdd)
def unpacked_by(copy: CopyOrAdd) -> Command | None:
    """The later command of the same stage that unpacks an archive which it copies."""
    names = [unquote(word, copy.document.tree.escape).replace("\\", "/").rpartition("/")[2] for word in archives(copy)]
    if not names or copy.from_name is not None:
        return None
    target = (copy.target or "").replace("\\", "/").rpartition("/")[2]
    around = copy.document.head if copy.stage is None else copy.stage.instructions
    for later in around[copy.index + 1 :]:
        for command in getattr(later, "commands", ()) if later.node.name == "RUN" else ():
            if command.name not in ("tar", "unzip", "gunzip", "bunzip2", "unxz"):
                continue
            for word in command.arguments:
                if not isinstance(word, Unknown) and word.rpartition("/")[2] in (*names, target or names[0]):
                    return command  # type: ignore[no-any-return]
    return None


@remembered
def archives(copy: CopyOrAdd) -> list[Text]:
    """The local sources that ADD would unpack."""
    endings = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".tzst")
    return [word for word in copy.sources if word.lower().endswith(endings) and "://" not in word]


@fact_of(CopyOrAdd)
def flattens_stage(copy: CopyOrAdd) -> bool:
    """Whether it is all that its stage does to files: a way to make one layer of another stage."""
    others = (each for each in copy.stage.instructions if each is not copy) if copy.stage is not None else ()
    return not any(each.node.name in ("RUN", "COPY", "ADD") for each in others)
