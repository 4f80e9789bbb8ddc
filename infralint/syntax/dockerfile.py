"""Dockerfiles as BuildKit reads them, with the exact place of everything and a fault where BuildKit would stop."""

from __future__ import annotations

from infralint.syntax.dockerfile_tree import Directive, Dockerfile, Fault, Heredoc, Instruction, Remark
from infralint.syntax.dockerfile_words import (
    Flag,
    cut,
    heredoc_word,
    json_items,
    names_and_values,
    read_flags,
    split_words,
    strings_only,
)
from infralint.text import regex as re
from infralint.text.source import Source, Text

__all__ = ["INSTRUCTIONS", "Dockerfile", "Heredoc", "Instruction", "parse"]

MAX_CHARACTERS = 1_000_000
MAX_INSTRUCTIONS = 5_000
MAX_FAULTS = 100
INSTRUCTIONS = frozenset((
    "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER",
    "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
))  # fmt: skip
_HEREDOC_TAKERS = frozenset(("RUN", "COPY", "ADD"))
_EXEC_FORMS = frozenset(("RUN", "COPY", "ADD", "CMD", "ENTRYPOINT", "SHELL", "VOLUME"))
_PAIRED = frozenset(("ENV", "ARG", "LABEL"))
_KEYWORD = re.compile(r"[^\t\v\f\r ]+")
_DIRECTIVE = re.compile(r"#\s*+([a-zA-Z][a-zA-Z0-9]*+)\s*+=\s*+(\S(?:.*\S)?)\s*$")


def parse(source: Source) -> Dockerfile:
    """Read a Dockerfile. Never raises: what cannot be read is a fault, and reading goes on behind it."""
    tree = Dockerfile(source)
    if len(source.text) > MAX_CHARACTERS:
        tree.faults.append(Fault("syntax", f"is longer than {MAX_CHARACTERS:,} characters: not read", 0, 0))
        return tree
    _Reader(tree).read()
    _check_order(tree)
    if len(tree.faults) > MAX_FAULTS:
        last = tree.faults[MAX_FAULTS]
        tree.faults[MAX_FAULTS:] = [Fault("syntax", "too many errors: the rest is left out", last.start, last.end)]
    return tree


class _Reader:
    """The state of one pass over the lines."""

    __slots__ = ("at", "lines", "number", "source", "terminators", "tree")

    def __init__(self, tree: Dockerfile) -> None:
        self.tree = tree
        self.source = tree.source
        self.lines = tree.source.text.split("\n")
        self.number = 0
        self.at = 0
        self.terminators: dict[str, int] | None = None

    def read(self) -> None:
        tree, lines, count = self.tree, self.lines, len(self.lines)
        head = True
        while self.number < count:
            line = lines[self.number]
            body = line.lstrip()
            if body.startswith("#"):
                start, end = self._comment(line, body)
                if head:
                    head = self._directive(start, end)
            else:
                head = False
                if body:
                    if len(tree.instructions) >= MAX_INSTRUCTIONS:
                        end = len(self.source.text)
                        message = f"has more than {MAX_INSTRUCTIONS:,} instructions: the rest is not read"
                        tree.faults.append(Fault("syntax", message, self.at, end))
                        return
                    self._instruction(line, body)
                    continue
            self.number += 1
            self.at += len(line) + 1

    def _comment(self, line: str, body: str) -> tuple[int, int]:
        start = self.at + len(line) - len(body)
        end = start + len(body.rstrip())
        self.tree.comments.append(Remark(start, end, self.number + 1))
        return start, end

    def _directive(self, start: int, end: int) -> bool:
        tree, text = self.tree, self.source.text[start:end]
        match = _DIRECTIVE.match(text)
        if match is None:
            return False
        name = match[1].lower()
        if name not in ("syntax", "escape", "check"):
            return True
        if any(directive.name == name for directive in tree.directives):
            message = f"only one {name} parser directive can be used"
            tree.faults.append(Fault("duplicate-directive", message, start, end))
            return True
        low, high = match.span(2)
        value = Text(match[2], self.source, start + low, start + high)
        tree.directives.append(Directive(name, value, start, end))
        if name == "escape":
            if value in ("\\", "`"):
                tree.escape = str(value)
            else:
                message = f"the escape character must be \\ or `, not {value!r}"
                tree.faults.append(Fault("bad-directive", message, value.start, value.end))
        return True

    def _instruction(self, line: str, body: str) -> None:
        """Join the lines of one instruction, then read it and its here-documents."""
        lines, escape, first = self.lines, self.tree.escape, self.number + 1
        place = self.at + len(line) - len(body)
        parts: list[str] = []
        pieces: list[tuple[int, int]] = []
        length = 0
        while True:
            content = body.rstrip("\r")
            trimmed = content.rstrip(" \t")
            goes_on = trimmed[-1:] == escape and trimmed[-2:-1] != escape
            if goes_on:
                content = trimmed[:-1]
            if content:
                pieces.append((length, place))
                parts.append(content)
                length += len(content)
            self.number += 1
            self.at += len(line) + 1
            if not goes_on:
                break
            while self.number < len(lines):
                line = body = lines[self.number]
                bare = line.lstrip()
                if bare and bare[0] != "#":
                    break
                if bare:
                    self._comment(line, bare)
                self.number += 1
                self.at += len(line) + 1
            else:
                break
            place = self.at
        joined = "".join(parts)
        text = joined.strip()
        if not text:
            self.tree.faults.append(Fault("syntax", "a line continuation without an instruction", place, place))
            return
        whole = Text(joined, self.source, pieces[0][1], pieces[-1][1] + len(parts[-1]), tuple(pieces))
        if len(text) != length:
            low = length - len(joined.lstrip())
            whole = cut(whole, low, low + len(text))
        instruction = read_instruction(whole, first, self.tree)
        self.tree.instructions.append(instruction)
        target = instruction.inner if instruction.name == "ONBUILD" else instruction
        if target is not None and "<<" in target.args and target.name in _HEREDOC_TAKERS and target.items is None:
            self._heredocs(instruction, target)
        last = self.number
        if last == len(self.lines) and last > first and not self.lines[-1]:  # behind the last line end is no line
            last -= 1
        instruction.last_line = last
        if target is not None:
            target.last_line = last
            if target.inner is not None:
                target.inner.last_line = last

    def _heredocs(self, instruction: Instruction, target: Instruction) -> None:
        for word, name, expands, strips in heredoc_word(target.args):
            low = self.number
            high = self._end_of_heredoc(name, strips)
            terminated = high >= 0
            if not terminated:
                message = f"the here-document {name} is never closed"
                self.tree.faults.append(Fault("syntax", message, word.start, word.end))
                high = self._next_keyword()
            start = self.at
            for line in self.lines[low:high]:
                self.at += len(line) + 1
            stop = min(self.at, len(self.source.text))
            body = Text(self.source.text[start:stop], self.source, start, stop, ((0, start),))
            target.heredocs.append(Heredoc(name, word, body, expands, strips, terminated))
            self.number = high
            end = stop
            if terminated:
                closing = self.lines[high]
                end = self.at + len(closing.rstrip("\r"))
                self.at += len(closing) + 1
                self.number += 1
            elif end > start and self.source.text[end - 1] == "\n":
                end -= 1
            instruction.end = target.end = max(end, instruction.end)

    def _end_of_heredoc(self, name: str, strips: bool) -> int:
        """The index of the closing line, -1 if there is none. The table keeps hostile files linear."""
        if self.terminators is None:
            self.terminators = {}
            for index, line in enumerate(self.lines):
                self.terminators[line.lstrip("\t").rstrip("\r")] = index
        if self.terminators.get(name.lstrip("\t"), -1) < self.number:
            return -1
        for index in range(self.number, len(self.lines)):
            line = self.lines[index].rstrip("\r")
            if (line.lstrip("\t") if strips else line) == name:
                return index
        # only a tab-indented end exists: forget it, so that the next search is short
        self.terminators[name.lstrip("\t")] = -1
        return -1

    def _next_keyword(self) -> int:
        """Where to go on behind a here-document that never ends: at the next line that looks like an instruction."""
        for index in range(self.number, len(self.lines)):
            word = self.lines[index].partition(" ")[0]
            if word in INSTRUCTIONS:
                return index
        return len(self.lines)


def read_instruction(text: Text, line: int, tree: Dockerfile, depth: int = 0) -> Instruction:
    """Read one joined instruction; `depth` bounds what wraps what."""
    match = _KEYWORD.match(text)
    stop = match.end() if match else len(text)
    keyword = cut(text, 0, stop)
    name = keyword.upper()
    flags: list[Flag] = []
    at = stop
    length = len(text)
    while at < length and text[at].isspace():
        at += 1
    if text.startswith("--", at):
        flags, at = read_flags(text, at)
    instruction = Instruction(name, keyword, text, cut(text, at, length), flags, line)
    args = instruction.args
    faults = tree.faults
    if name in _EXEC_FORMS:
        if args.startswith("["):
            instruction.items = json_items(args)
            if instruction.items is None and not strings_only(args):
                faults.append(Fault("not-strings", f"{name} takes only strings in its JSON form", args.start, args.end))
        if not args:
            faults.append(Fault("missing-argument", f"{name} needs an argument", keyword.start, keyword.end))
    elif name in _PAIRED:
        instruction.pairs, errors = names_and_values(args, name, tree.escape)
        for message, word in errors:
            place = word if word else keyword
            faults.append(Fault("bad-pair", message, place.start, place.end))
    elif name == "FROM":
        words = instruction.words
        if len(words) != 1 and not (len(words) == 3 and words[1].lower() == "as"):
            place = args if words else keyword
            message = "FROM takes an image, or an image AS a name"
            faults.append(Fault("bad-from", message, place.start, place.end))
    elif name == "ONBUILD" or name == "HEALTHCHECK":
        _read_wrapped(instruction, line, tree, depth)
    elif name not in INSTRUCTIONS:
        faults.append(Fault("unknown-instruction", f"unknown instruction {keyword}", keyword.start, keyword.end))
    elif not args:
        faults.append(Fault("missing-argument", f"{name} needs an argument", keyword.start, keyword.end))
    return instruction


def _read_wrapped(instruction: Instruction, line: int, tree: Dockerfile, depth: int) -> None:
    """The instruction inside ONBUILD, or the CMD of a HEALTHCHECK."""
    args, keyword, name = instruction.args, instruction.keyword, instruction.name
    if not args:
        tree.faults.append(Fault("missing-argument", f"{name} needs an argument", keyword.start, keyword.end))
        return
    first = instruction.words[0] if name == "HEALTHCHECK" else split_words(args, 1)[0]
    word = first.upper()
    if name == "HEALTHCHECK":
        if word == "NONE":
            return
        if word != "CMD":
            message = f"HEALTHCHECK takes CMD or NONE, not {first}"
            tree.faults.append(Fault("bad-healthcheck", message, first.start, first.end))
            return
        inner = Instruction("CMD", first, args, cut(args, *_behind(args, len(first))), [], line)
        if inner.args.startswith("["):
            inner.items = json_items(inner.args)
        if not inner.args:
            message = "HEALTHCHECK CMD needs a command"
            tree.faults.append(Fault("missing-argument", message, first.start, first.end))
        instruction.inner = inner
        return
    if depth or word in ("ONBUILD", "FROM", "MAINTAINER"):
        message = f"ONBUILD cannot hold {word}"
        tree.faults.append(Fault("bad-onbuild", message, first.start, first.end))
        if depth or word == "ONBUILD":
            return
    instruction.inner = read_instruction(args, line, tree, depth + 1)


def _behind(text: Text, at: int) -> tuple[int, int]:
    length = len(text)
    while at < length and text[at].isspace():
        at += 1
    return at, length


def _check_order(tree: Dockerfile) -> None:
    """Only ARG may stand before the first FROM, and there must be one."""
    for instruction in tree.instructions:
        if instruction.name == "FROM":
            return
        if instruction.name != "ARG" and instruction.name in INSTRUCTIONS:
            word = instruction.keyword
            message = f"{instruction.name} stands before the first FROM"
            tree.faults.append(Fault("before-from", message, word.start, word.end))
            break
    if not any(instruction.name == "FROM" for instruction in tree.instructions):
        name = "no-from" if tree.instructions else "no-instructions"
        tree.faults.append(Fault(name, "has no FROM instruction: there is nothing to build", 0, 0))
