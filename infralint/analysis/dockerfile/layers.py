"""Layers: instructions that stand side by side and could be one."""

from __future__ import annotations

from infralint.analysis.shared import packages
from infralint.model.dockerfile.instruction import CopyOrAdd
from infralint.model.dockerfile.run import Run
from infralint.model.element import Element, fact_of, remembered, span_union
from infralint.model.shared.command import Command


@fact_of(CopyOrAdd, name="mergeable_above")
def mergeable_copy_above(copy: CopyOrAdd) -> CopyOrAdd | None:
    """The instruction just above, when it copies to the same folder in the same way."""
    around = copy.document.head if copy.stage is None else copy.stage.instructions
    before = around[copy.index - 1] if copy.index else None
    if not isinstance(before, CopyOrAdd) or before.node.name != copy.node.name or before.target != copy.target:
        return None
    same = [str(flag.value) for flag in before.node.flags] == [str(flag.value) for flag in copy.node.flags]
    return before if same and before.flags == copy.flags else None


@fact_of(CopyOrAdd)
def mergeable_below(copy: CopyOrAdd) -> list[CopyOrAdd]:
    """The instructions right below it that copy to the same folder in the same way."""
    around = copy.document.head if copy.stage is None else copy.stage.instructions
    found: list[CopyOrAdd] = []
    for later in around[copy.index + 1 :]:
        if not isinstance(later, CopyOrAdd) or mergeable_copy_above(later) is None:
            break
        found.append(later)
    return found


@fact_of(CopyOrAdd)
def span_with_mergeable(copy: CopyOrAdd) -> Element:
    """It and those, as one span."""
    below = mergeable_below(copy)
    return Element(copy.source, copy.start, below[-1].end if below else copy.end)


@remembered
def run_above(run: Run) -> Run | None:
    """The RUN right in front of it in its stage."""
    around = run.document.head if run.stage is None else run.stage.instructions
    found = around[run.index - 1] if run.index else None
    return found if isinstance(found, Run) else None


@fact_of(Run)
def run_below(run: Run) -> Run | None:
    """The RUN right behind it in its stage."""
    around = run.document.head if run.stage is None else run.stage.instructions
    found = around[run.index + 1] if run.index + 1 < len(around) else None
    return found if isinstance(found, Run) else None


@fact_of(Run)
def is_single_command(run: Run) -> bool:
    """Whether it runs one plain command, read to its end."""
    own = [c for c in run.script.commands if c.holder is None]
    return len(own) == 1 and not run.script.partial and not own[0].after and not run.node.heredocs


@fact_of(Run, name="mergeable_above")
def mergeable_run_above(run: Run) -> Run | None:
    """The RUN just above, when both run a single command under the same flags."""
    before = run_above(run)
    if before is None or run.trigger or before.trigger or not (is_single_command(run) and is_single_command(before)):
        return None
    same = [str(flag.value) for flag in before.node.flags] == [str(flag.value) for flag in run.node.flags]
    return before if same and before.flags == run.flags else None


@fact_of(Run)
def span_with_installation(run: Run) -> Element:
    """It and the RUN right below, where that installs packages; else it alone."""
    below = run_below(run)
    installs = below is not None and any(packages.installs(command) for command in below.commands)
    return span_union(below, run) if below is not None and installs else run


@fact_of(Run)
def span_to(run: Run, command: Command | None) -> Element | None:
    """The layer from its keyword through that command; the command alone where the layer begins far above it."""
    return span_union(run.keyword, command) if command is not None else None
