"""Which shell reads an instruction, and whether it is needed."""

from __future__ import annotations

from infralint.model.dockerfile.instruction import Instruction
from infralint.model.dockerfile.run import Run
from infralint.model.element import fact_of
from infralint.text.source import Text

_SHELL_SIGNS = frozenset("$`|&;<>()*?[]{}~#!=\"'\\\n%")
_BUILTINS = frozenset(
    ("cd", "exec", "eval", "export", "set", "source", ".", "ulimit", "umask", "trap", "if", "for", "while")
)


@fact_of(Instruction)
def has_own_shell(instruction: Instruction) -> bool:
    """Whether a SHELL that is written here or below reads it."""
    return instruction.stage is not None and bool(instruction.stage.shell_at(instruction.index)[1])


@fact_of(Instruction)
def exec_form(instruction: Instruction) -> str | None:
    """What it runs as a JSON array; None where a shell does more than split it at blanks."""
    text = (instruction.node.inner or instruction.node).args
    words = text.split()
    if not words or words[0] in _BUILTINS or not _SHELL_SIGNS.isdisjoint(text):
        return None
    import json  # only commands in shell form are told as arrays

    return json.dumps(words, ensure_ascii=False)


@fact_of(Run)
def first_word(run: Run) -> Text | None:
    """The first word of its shell form, whatever shell reads it."""
    text = run.arguments
    words = text.split(None, 1) if run.node.items is None and not run.node.heredocs else []
    return text.slice(at := text.find(words[0]), at + len(words[0])) if words else None
