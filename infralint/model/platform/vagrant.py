"""Vagrantfile: the settings that are written plainly. It is Ruby; what a program works out there is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.model.document import Noun
from infralint.model.element import Element, askable, fact
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.lines import comments_of, tree_of
from infralint.model.platform.parts import Command
from infralint.syntax.yaml import Stream, YamlComment
from infralint.text import regex as re
from infralint.text.source import Source, Text

_CALL = re.compile(
    r"^[ \t]*(\w+)\.(vm|ssh|winrm)\.(\w+)[ \t]*(=(?!=)|\(|[ \t](?=[\"':\w]))[ \t]*((?:[^\n\"'#]|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')*)",
    re.M,
)
_TEXT = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'([^'\n]*)'")
_OPTION = re.compile(
    r"(?<!\w)[:\"']?(\w+)[\"']?[ \t]{0,20}(?:=>|:)[ \t]{0,20}(?:\"((?:[^\"\\\n]|\\.)*)\"|'([^'\n]*)'|(true|false|\d+))"
)
_OPENING = re.compile(r"<<[-~]?[\"']?(\w{1,40})")
_SHELLS = frozenset(("SHELL", "SCRIPT", "BASH", "SH", "EOF", "EOS"))
"""What heredocs are called whose text is a script."""


class Setting(Element):
    """A setting of a machine: `config.vm.box = "debian/bookworm64"`; it stands at its value, or at the call."""

    __slots__ = ("machine", "name", "options", "value")
    name: str
    """What is set: `vm.box`, `vm.network`, `ssh.insert_key`."""
    machine: str
    """The variable that it is set on: `config`, or that of one machine."""
    value: Text | None
    """The first text or word; absent where Ruby works it out."""

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        name: str,
        machine: str,
        value: Text | None,
        options: dict[str, Text],
    ) -> None:
        super().__init__(source, start, end)
        self.name = name
        self.machine = machine
        self.value = value
        self.options = options

    @askable
    def option(self, name: str) -> Text | None:
        """An option of the call: `host_ip` of a forwarded port."""
        return self.options.get(name)

    @fact
    def has_unknown_value(self) -> bool:
        """Whether Ruby works its value out."""
        return self.value is None or "#{" in self.value


class VagrantDocument(PlatformDocument):
    """A `Vagrantfile`."""

    platform = "Vagrant"

    def read(self, source: Source) -> tuple[Stream, list[YamlComment]]:
        return tree_of(source, ()), comments_of(source)

    @property
    def settings(self) -> list[Setting]:
        """The settings that are written plainly."""
        found = []
        for match in _CALL.finditer(self.source.text):
            start, end = match.span(5)
            end = start + len(self.source.text[start:end].rstrip())
            options = {}
            for option in _OPTION.finditer(self.source.text, start, end):
                group = next(number for number in (2, 3, 4) if option[number] is not None)
                options[option[1]] = Text(option[group], self.source, *option.span(group))
            found.append(
                Setting(
                    self.source,
                    match.start(1),
                    end,
                    f"{match[2]}.{match[3]}",
                    match[1],
                    self._value(start, end),
                    options,
                )
            )
        return found

    def _value(self, start: int, end: int) -> Text | None:
        text = self.source.text[start:end]
        first = _TEXT.match(text)
        if first is not None:
            group = 1 if first[1] is not None else 2
            rest = text[first.end() :].lstrip()
            if rest[:1] in ("", ",", ")", "#", ";") or rest.startswith(("do", "if", "unless")):
                return Text(first[group], self.source, start + first.start(group), start + first.end(group))
            return None
        word = re.match(r":?(true|false|\w+)\b", text)
        return Text(word[1], self.source, start + word.start(1), start + word.end(1)) if word is not None else None

    def read_scripts(self) -> Iterable[Command]:
        for one in self.settings:
            if one.name == "vm.provision" and "inline" in one.options:
                yield Command(one.options["inline"], "create")
        yield from _heredocs(self.source)

    nouns = {**PlatformDocument.nouns, "setting": Noun(Setting, lambda file: file.settings)}


def _heredocs(source: Source) -> Iterator[Command]:
    """The texts of heredocs that are scripts; those into which Ruby puts something are left out."""
    mark, begin = "", 0
    for line in range(1, len(source.line_starts) + 1):
        start, end = source.line_span(line)
        text = source.text[start:end]
        if not mark:
            opening = _OPENING.search(text)
            if opening is not None and opening[1].upper() in _SHELLS:
                mark, begin = opening[1], source.line_starts[line] if line < len(source.line_starts) else end
        elif text.strip() == mark:
            body = source.text[begin:start]
            if "#{" not in body:
                yield Command(Text(body, source, begin, start), "create")
            mark = ""
