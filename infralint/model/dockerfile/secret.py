"""Variables of a Dockerfile, and how a credential is mounted where it is needed instead of kept in the image."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from infralint.model.element import Unknown, fact
from infralint.model.shared.variable import Variable
from infralint.text.edit import Edit
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.dockerfile.instruction import Binding, Instruction
    from infralint.model.dockerfile.stage import Stage


class Users:
    """Which instructions of a stage name a variable, worked out once a stage."""

    __slots__ = ("_stages",)

    def __init__(self) -> None:
        self._stages: dict[int, dict[str, list[Instruction]]] = {}

    def of(self, stage: Stage | None, name: str) -> list[Instruction]:
        """The instructions of a stage that name a variable."""
        if stage is None:
            return []
        found = self._stages.get(stage.start)
        if found is None:
            found = self._stages[stage.start] = {}
            text = stage.source.text
            for one in stage.instructions:
                for word in set(re.findall(r"\$\{?(\w+)", text[one.start : one.end])):
                    found.setdefault(word, []).append(one)
        return found.get(name, [])


class ImageVariable(Variable):
    """A name that ENV or ARG gives a value."""

    __slots__ = ("_binding", "_users")

    def __init__(self, binding: Binding, value: Text | Unknown | None, users: Users) -> None:
        where = binding.instruction.node.name
        super().__init__(binding.source, binding.start, binding.end, binding.name, value, where)
        self._binding = binding
        self._users = users

    @fact
    def read_by(self) -> list[Instruction]:
        """The RUNs below it in its stage that name it."""
        own = self._binding.instruction
        return [
            one for one in self._users.of(own.stage, str(self.name)) if one.start > own.start and one.node.name == "RUN"
        ]

    @fact
    def is_secret_argument(self) -> bool:
        """Whether whoever builds hands a secret to the build's commands by it: an ARG of such a name, without a value of its own."""
        return self.where == "ARG" and self.names_a_secret and not self.value and bool(self.read_by)

    @fact
    def mounted_instead(self) -> list[Edit]:
        """Edits that take it out and mount a build secret of its name in each RUN that names it.

        None where another instruction needs it: what a container reads when it runs cannot be mounted at build time.
        Source: https://docs.docker.com/build/building/secrets/ (`env=` needs the Dockerfile frontend 1.10).
        """
        name = str(self.name)
        own = self._binding.instruction
        users = [one for one in self._users.of(own.stage, name) if one.start > own.start]
        if (
            not users
            or not name.isidentifier()
            or any(one.node.name != "RUN" or one.node.items is not None for one in users)
        ):
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
