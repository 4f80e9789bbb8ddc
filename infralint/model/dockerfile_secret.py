"""Variables of a Dockerfile, and how a credential is mounted where it is needed instead of kept in the image."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from infralint.model.element import Unknown, fact
from infralint.model.variable import Variable
from infralint.text.edit import Edit
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.dockerfile_instructions import Binding, Instruction

MAX_BELOW = 500
"""Instructions below a variable among which its users are looked for."""


class ImageVariable(Variable):
    """A name that ENV or ARG gives a value."""

    __slots__ = ("_binding",)

    def __init__(self, binding: Binding, value: Text | Unknown | None) -> None:
        where = binding.instruction.node.name
        super().__init__(binding.source, binding.start, binding.end, binding.name, value, where)
        self._binding = binding

    @property
    def _users(self) -> list[Instruction]:
        """The RUNs of the same stage that name it below; none where another kind of instruction does."""
        own = self._binding.instruction
        below = own.stage.instructions[own.index + 1 :] if own.stage is not None else []
        if len(below) > MAX_BELOW:
            return []
        pattern = re.compile(rf"\$\{{?{re.escape(str(self.name))}\b")
        found = []
        for one in below:
            if pattern.search(self.source.text, one.start, one.end):
                if one.node.name != "RUN" or one.node.items is not None:
                    return []
                found.append(one)
        return found

    @fact
    def mounted_instead(self) -> list[Edit]:
        """Edits that take it out and mount a build secret of its name in each RUN that names it.

        None where another instruction needs it: what a container reads when it runs cannot be mounted at build time.
        Source: https://docs.docker.com/build/building/secrets/ (`env=` needs the Dockerfile frontend 1.10).
        """
        name = str(self.name)
        users = self._users if name.isidentifier() else []
        if not users:
            return []
        taken = self._taken_out()
        if taken is None:
            return []
        flag = f" --mount=type=secret,id={name.lower()},env={name},required=true"
        path = self.source.path
        return [taken, *(Edit(path, one.node.keyword.end, one.node.keyword.end, flag) for one in users)]

    def _taken_out(self) -> Edit | None:
        """An edit that removes the assignment, with its whole instruction where nothing else is in it."""
        own = self._binding.instruction
        text, path = self.source.text, self.source.path
        if len(own.node.pairs) == 1:
            end = own.end
            while end < len(text) and text[end] not in "\r\n":
                end += 1
            end += 2 if text.startswith("\r\n", end) else 1 if end < len(text) else 0
            return Edit(path, own.start, end, "")
        before = self.start
        while before > 0 and text[before - 1] in " \t":
            before -= 1
        if text[before - 1 : before] in ("\n", "\r") or text[max(before - 2, 0) : before].strip().endswith("\\"):
            return None  # an assignment on a continued line: its line end and backslash would have to go as well
        return Edit(path, before, self.end, "")
