"""Edits that merge instructions or add a command to one."""

from __future__ import annotations

from infralint.analysis.dockerfile.layers import run_above
from infralint.model.dockerfile.instruction import Instruction
from infralint.model.dockerfile.run import Run
from infralint.model.element import fact_of
from infralint.text.edit import Edit


def _merged(upper: Instruction, lower: Run) -> list[Edit] | None:
    """One RUN of two that stand directly below each other: `upper && lower`."""
    source = lower.source
    if (
        upper.node.heredocs
        or lower.node.heredocs
        or upper.is_exec_form
        or lower.is_exec_form
        or upper.node.flags
        or lower.node.flags
    ):
        return None
    end, start = upper.node.args.end, lower.node.args.start
    between = source.text[end:start]
    if "#" in upper.node.args or between.split() != [str(lower.keyword)] or between.count("\n") != 1:
        return None
    if not is_chain(lower) or str(upper.node.args).rstrip().endswith(("&", ";", "|")):
        return None
    return [Edit(source.path, end, start, f" {lower.document.tree.escape}{source.newline}    && ")]


def is_chain(run: Run) -> bool:
    """Whether all its commands are read and joined by `&&` alone, so that one that fails ends them all."""
    own = [command for command in run.script.commands if command.holder is None]
    return bool(own) and not run.script.partial and all(c.after in ("", "&&") and c.before in ("", "&&") for c in own)


@fact_of(Run)
def merged_with_above(run: Run) -> list[Edit] | None:
    """Edits that make one instruction of the RUN right above it and this one."""
    above = run_above(run)
    return _merged(above, run) if above is not None else None


@fact_of(Run)
def with_command_appended(run: Run, command: str) -> list[Edit] | None:
    """Edits that let one more command run at its end, written as the others are; None where that is not plain."""
    text = run.source.text
    if run.is_exec_form or run.node.heredocs or "#" in run.node.args or not run.is_fully_read:
        return None
    body = text[run.start : run.end].rstrip()
    end = run.start + len(body)
    if body.endswith((";", "&", "|", run.document.tree.escape)) or end != run.node.args.end:
        return None
    first, last = run.source.line_of(run.start), run.source.line_of(end - 1)
    added = f" && {command}"
    if last > first:
        low = run.source.line_starts[last - 1]
        before = text[run.source.line_starts[last - 2] : low].rstrip().removesuffix(run.document.tree.escape)
        line = text[low:end]
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        joint = f" {run.document.tree.escape}{run.source.newline}{indent}"
        if line.lstrip().startswith("&&"):
            added = f"{joint}&& {command}"
        elif before.rstrip().endswith("&&"):
            added = f" &&{joint}{command}"
        elif before.rstrip().endswith(";"):
            added = f";{joint}{command}"
    return [Edit(run.source.path, end, end, added)]
