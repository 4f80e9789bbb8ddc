"""Edits of `--platform`."""

from __future__ import annotations

from infralint.analysis.dockerfile.platforms import Platform
from infralint.model.element import fact_of
from infralint.text.edit import Edit


@fact_of(Platform)
def without_platform(platform: Platform) -> list[Edit] | None:
    """Edits that take the flag away."""
    flag = platform.instruction.node.flag("platform")
    words = platform.instruction.node.words
    if flag is None or not words or len(platform.instruction.node.flags) > 1:
        return None
    return [Edit(platform.source.path, flag.start, words[0].start, "")]
