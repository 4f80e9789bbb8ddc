"""Empty lines between the lines of one instruction."""

from __future__ import annotations

from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.dockerfile.instruction import Instruction
from infralint.model.element import Element, fact_of, noun_of

_KEYWORDS = frozenset((
    "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL",
    "USER", "VOLUME", "WORKDIR",
))  # fmt: skip


class BlankContinuation(Element):
    """Empty lines inside an instruction, and the line below them on which it goes on."""

    __slots__ = ("instruction", "lines")
    instruction: Instruction
    lines: list[int]

    def __init__(self, instruction: Instruction, lines: list[int], end: int) -> None:
        super().__init__(instruction.source, instruction.source.line_span(lines[0])[0], end)
        self.instruction = instruction
        self.lines = lines


@fact_of(BlankContinuation)
def swallowed_instruction(blank: BlankContinuation) -> str | None:
    """The keyword of an instruction of its own that the line below begins with, so that the `\\` above is one too many."""
    line = blank.source.line_text(blank.lines[-1] + 1)
    words = line.split(maxsplit=1)
    return words[0] if len(words) == 2 and words[0] in _KEYWORDS else None


@noun_of(DockerfileDocument, "blank_continuation")
def blank_continuations(document: DockerfileDocument) -> list[BlankContinuation]:
    """The empty lines inside of instructions; here-documents may have as many as they like."""
    found: list[BlankContinuation] = []
    source = document.source
    for instruction in document.instructions:
        if instruction.trigger or instruction.lines < 2 or instruction.node.heredocs:
            continue
        empty: list[int] = []
        for line in range(instruction.node.first_line + 1, source.line_of(max(instruction.end - 1, 0)) + 1):
            start, end = source.line_span(line)
            text = source.text[start:end].strip()
            if not text:
                empty.append(line)
            elif empty and not text.startswith("#"):
                found.append(
                    BlankContinuation(
                        instruction, empty, min(start + len(source.text[start:end].rstrip()), instruction.end)
                    )
                )
                empty = []
    return found
