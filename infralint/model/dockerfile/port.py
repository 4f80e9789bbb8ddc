"""EXPOSE, and the ports that it names."""

from __future__ import annotations

from infralint.model.dockerfile.instruction import Instruction
from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.text.source import Text

Truth = bool | Unknown


class Port(Element):
    """One port of an EXPOSE."""

    __slots__ = ("instruction", "word")
    instruction: Instruction
    word: Text

    def __init__(self, word: Text, instruction: Instruction) -> None:
        super().__init__(word.source, word.start, word.end)
        self.word = word
        self.instruction = instruction

    @fact
    def number(self) -> int | Unknown:
        """The port's number; unknown for a variable, a range or nonsense."""
        value = self.instruction.resolve(self.word)
        if isinstance(value, Unknown):
            return UNKNOWN
        digits = value.partition("/")[0]
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else UNKNOWN

    @fact
    def is_valid(self) -> Truth:
        """Whether it is a port from 0 to 65535, or a range of such; unknown for a variable."""
        value = self.instruction.resolve(self.word)
        if isinstance(value, Unknown):
            return UNKNOWN
        low, dash, high = value.partition("/")[0].partition("-")
        ends = [low, high] if dash else [low]
        return all(end.isascii() and end.isdigit() and len(end) < 8 and int(end) < 65_536 for end in ends)

    @fact
    def has_host_part(self) -> bool:
        """Whether an address or a port of the host stands in front, as `docker run --publish` takes it."""
        return ":" in self.word and "$" not in self.word

    @fact
    def container_part(self) -> Text:
        """What it says of the container: `80/tcp` of `127.0.0.1:8080:80/tcp`."""
        return self.word.slice(self.word.rfind(":") + 1, len(self.word))

    @fact
    def is_alone(self) -> bool:
        """Whether its EXPOSE names no other."""
        return len(self.instruction.node.words) == 1

    @fact
    def protocol_word(self) -> Text | None:
        """The protocol as written, None where none is."""
        at = self.word.find("/")
        return self.word.slice(at + 1, len(self.word)) if at >= 0 and "$" not in self.word else None

    @fact
    def protocol(self) -> str:
        """tcp or udp."""
        return self.word.partition("/")[2].lower() or "tcp"

    def __str__(self) -> str:
        return str(self.word)


class Expose(Instruction):
    """EXPOSE."""

    __slots__ = ()

    @fact
    def ports(self) -> list[Port]:
        """The ports that it names."""
        return [Port(word, self) for word in self.node.words]
