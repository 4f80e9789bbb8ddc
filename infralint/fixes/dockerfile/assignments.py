"""Edits of ENV, ARG and LABEL."""

from __future__ import annotations

from infralint.analysis.dockerfile.assignments import uses_legacy_format
from infralint.analysis.dockerfile.variables import VariableReference
from infralint.model.dockerfile.instruction import Assignments
from infralint.model.element import fact_of
from infralint.text.edit import Edit


@fact_of(VariableReference)
def split_into_own_env(reference: VariableReference) -> list[Edit] | None:
    """Edits that give the entry of ENV in which it stands, and those behind it, an instruction of their own."""
    return (
        _split_before(reference.instruction, reference.entry)
        if isinstance(reference.instruction, Assignments)
        else None
    )


@fact_of(Assignments)
def with_equals_sign(assignments: Assignments) -> list[Edit] | None:
    """Edits that write `NAME=value`; None where quotes or escapes make that less than plain."""
    text = assignments.arguments
    if (
        not uses_legacy_format(assignments)
        or any(sign in text for sign in "\"'\\`\n")
        or len(assignments.node.pairs) != 1
        or assignments.lines > 1
    ):
        return None
    name, value = text.split(None, 1)
    value = f'"{value}"' if any(char.isspace() for char in value) else value
    return [Edit(assignments.source.path, text.start, text.end, f"{name}={value}")]


def _split_before(bindings: Assignments, entry: int) -> list[Edit] | None:
    """An instruction of its own for an entry of ENV and those behind it."""
    pairs = bindings.node.pairs
    raw = pairs[entry - 1].raw if 0 < entry < len(pairs) else None
    if raw is None or bindings.trigger:
        return None
    source = bindings.source
    end, start = raw.end, pairs[entry].name.start
    while end < start and source.text[end] in "\"'":
        end += 1
    between = source.text[end:start].replace(bindings.document.tree.escape, "")
    if between.strip():
        return None
    return [Edit(source.path, end, start, f"{source.newline}{bindings.keyword} ")]
