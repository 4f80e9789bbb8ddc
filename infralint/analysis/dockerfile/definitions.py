"""Comments above instructions, which BuildKit shows as descriptions of stages and build arguments."""

from __future__ import annotations

from infralint.model.dockerfile.instruction import Assignments, From, Instruction
from infralint.model.element import fact_of
from infralint.text.source import Text, text_at


@fact_of(Instruction)
def defined_names(instruction: Instruction) -> list[Text]:
    """The names that it defines: of a stage, or of build arguments; ENV and LABEL define none of a target."""
    if isinstance(instruction, From):
        return [instruction.alias] if instruction.alias is not None else []
    if isinstance(instruction, Assignments) and instruction.node.name == "ARG":
        return [entry.name for entry in instruction.entries]
    return []


@fact_of(Instruction)
def described_name(instruction: Instruction) -> Text | None:
    """The first word of the comment on the line above it; None where a parser directive or nothing stands there."""
    line = instruction.source.line_of(instruction.start)
    above = next((c for c in reversed(instruction.document.tree.comments) if c.start < instruction.start), None)
    if (
        above is None
        or above.line != line - 1
        or any(d.start == above.start for d in instruction.document.tree.directives)
    ):
        return None
    words = instruction.source.text[above.start : above.end].lstrip("# \t").split(None, 1)
    start = instruction.source.text.find(words[0], above.start) if words else above.end
    return text_at(instruction.source, start, start + len(words[0])) if words else None
