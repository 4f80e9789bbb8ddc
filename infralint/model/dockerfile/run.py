"""RUN, as an element: its commands, its shell and its mounts."""

from __future__ import annotations

from infralint.model.dockerfile.instruction import Instruction
from infralint.model.element import Element, Unknown, fact
from infralint.model.shared.command import Command, commands_in
from infralint.syntax.dockerfile_words import Flag
from infralint.syntax.shell_tree import Script
from infralint.text.source import Source, Text


class Mount(Element):
    """One `--mount` of a RUN. `options` are its parts by name, as written."""

    __slots__ = ("options",)

    def __init__(self, flag: Flag, source: Source) -> None:
        super().__init__(source, flag.start, flag.end)
        self.options: dict[str, Text] = {}
        value, at = flag.value, 0
        while value is not None and at <= len(value) and len(self.options) < 50:
            end = value.find(",", at)
            end = len(value) if end < 0 else end
            part = value.slice(at, end)
            name, equals, _ = part.partition("=")
            self.options[name.lower()] = part.slice(len(name) + 1, len(part)) if equals else part
            at = end + 1

    @fact
    def type(self) -> str:
        """bind, cache, tmpfs, secret or ssh."""
        return str(self.options.get("type", "bind"))

    @fact
    def target(self) -> Text | None:
        """The path in the container."""
        return self.options.get("target") or self.options.get("dst") or self.options.get("destination")

    @fact
    def from_name(self) -> Text | None:
        """The stage or image that it takes from."""
        return self.options.get("from")


class Run(Instruction):
    """RUN. Its commands are read only where the shell is a POSIX one."""

    __slots__ = ()

    @fact
    def script(self) -> Script:
        """What it runs, read as shell."""
        return self.document.script_of(self)

    @fact
    def shell(self) -> str | Unknown:
        """The shell that reads it: sh, bash, powershell, cmd, ..."""
        return self.stage.shell_at(self.index)[0] if self.stage is not None else "sh"

    @fact
    def is_fully_read(self) -> bool:
        """Whether all that it runs could be read."""
        return not self.script.partial

    @fact
    def commands(self) -> list[Command]:
        """The commands in order, those in substitutions and `sh -c` strings included."""
        return list(commands_in(self.script))

    @fact
    def mounts(self) -> list[Mount]:
        """What is mounted while it runs."""
        return [Mount(flag, self.source) for flag in self.node.flags if flag.name == "mount"]
