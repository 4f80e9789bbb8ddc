"""Values of shell words, the byte offsets of the grammar as characters, and scripts given as strings."""

from __future__ import annotations

from infralint.syntax.dockerfile_words import cut
from infralint.text.source import Text
from infralint.text.unknown import UNKNOWN, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tree_sitter import Node

SHELLS = frozenset(("sh", "bash", "dash", "ash", "zsh", "ksh", "mksh"))
WRAPPERS = {
    "sudo": "-u -g -h -p -C -r -t -T -U -D -R --user --group --host --prompt --chdir --chroot",
    "doas": "-u -C",
    "env": "-u -C -S --unset --chdir",
    "exec": "-a",
    "time": "-f -o --format --output",
    "nice": "-n --adjustment",
    "ionice": "-c -n",
    "command": "",
    "builtin": "",
    "nohup": "",
    "sshpass": "-d -f -p -P",
    "xargs": "-a -d -E -I -L -n -P -s --arg-file --delimiter --max-args --max-procs --max-lines",
    "busybox": "",
    "eatmydata": "",
    "setpriv": "",
    "tini": "-e -p",
    "dumb-init": "",
    "timeout": "-k -s --kill-after --signal",
    "gosu": "",
    "su-exec": "",
    "retry": "-t",
    "chronic": "",
}
"""Programs that start the one that stands among their words, with their options that take a value."""
WRAPPER_OPERANDS = {"timeout": 1, "gosu": 1, "su-exec": 1}
"""How many words of its own stand between a wrapper and the command."""
_QUOTES = "'\""


def masked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with every `${{ ... }}` made a plain word of the same length, and where those were."""
    masks: list[tuple[int, int]] = []
    at = text.find("${{")
    if at < 0:
        return text, masks
    parts: list[str] = []
    done = 0
    while at >= 0:
        end = text.find("}}", at)
        if end < 0:
            break
        end += 2
        masks.append((at, end))
        parts += (text[done:at], "x" * (end - at))
        done = end
        at = text.find("${{", end)
    parts.append(text[done:])
    return "".join(parts), masks


class Bytes:
    """Byte offsets of a text as character offsets, and which characters are masked."""

    __slots__ = ("masks", "table", "text")

    def __init__(self, text: str, data: bytes, masks: list[tuple[int, int]]) -> None:
        self.text = text
        self.masks = masks
        self.table: list[int] | None = None
        if len(data) != len(text):
            table: list[int] = []
            for index, char in enumerate(text):
                table += [index] * (len(char.encode("utf-8", "replace")))
            table.append(len(text))
            self.table = table

    def at(self, offset: int) -> int:
        """The character that begins at a byte."""
        return offset if self.table is None else self.table[offset]

    def is_masked(self, start: int, end: int) -> bool:
        """Whether an expression of a CI system stands in the characters from `start` to `end`."""
        from bisect import bisect_right

        if not self.masks:
            return False
        at = bisect_right(self.masks, (end - 1, 1 << 62)) - 1
        return at >= 0 and self.masks[at][1] > start


def word_of(node: Node, text: Text, offsets: Bytes) -> Text | Unknown:
    """What a word means, UNKNOWN where it holds a variable, a substitution or a masked expression."""
    start, end = offsets.at(node.start_byte), offsets.at(node.end_byte)
    if offsets.masks and offsets.is_masked(start, end):
        return UNKNOWN
    kind = node.type
    if kind in ("word", "number", "variable_name", "test_operator", "extglob_pattern", "regex"):
        return unescape(cut(text, start, end))
    if kind == "raw_string":
        return _styled(cut(text, start + 1, end - 1), "'")
    if kind == "string":
        if any(child.is_named and child.type != "string_content" for child in node.children):
            return UNKNOWN
        return unescape(cut(text, start, end))
    if kind == "concatenation":
        for child in node.children:
            if child.type == "string":
                if any(part.is_named and part.type != "string_content" for part in child.children):
                    return UNKNOWN
            elif child.is_named and child.type not in ("word", "number", "raw_string", "brace_expression"):
                return UNKNOWN
        return unescape(cut(text, start, end))
    if kind == "brace_expression" or not node.is_named:
        return cut(text, start, end)
    if kind == "ansi_c_string":
        inner = cut(text, start + 2, end - 1)
        return UNKNOWN if "\\" in inner else _styled(inner, "'")
    return UNKNOWN


def _styled(text: Text, style: str) -> Text:
    text.style = style
    return text


def unescape(text: Text) -> Text:
    """A shell word without quotes and backslashes; its variables stay as they are written."""
    if "\\" not in text and "'" not in text and '"' not in text:
        return text
    if len(text) > 1 and text[0] in _QUOTES and text[-1] == text[0]:
        inner = str.__getitem__(text, slice(1, -1))
        if text[0] not in inner and ("\\" not in inner or text[0] == "'"):
            return _styled(cut(text, 1, len(text) - 1), text[0])
    chars: list[str] = []
    pieces: list[tuple[int, int]] = []
    quote, at, length = "", 0, len(text)
    while at < length:
        char = text[at]
        if quote:
            if char == quote:
                quote, at = "", at + 1
                continue
            if quote == '"' and char == "\\" and text[at + 1 : at + 2] in ('"', "$", "\\", "`", "\n"):
                at += 1
                if text[at] == "\n":
                    at += 1
                    continue
        elif char in _QUOTES:
            quote, at = char, at + 1
            continue
        elif char == "\\":
            at += 1
            if at >= length:
                break
            if text[at] == "\n":
                at += 1
                continue
        place = text.offset(at)
        if not pieces or place != pieces[-1][1] + len(chars) - pieces[-1][0]:
            pieces.append((len(chars), place))
        chars.append(text[at])
        at += 1
    style = text[0] if text[0] in _QUOTES else ""
    return Text("".join(chars), text.source, text.start, text.end, tuple(pieces) or ((0, text.start),), style)


def basename(value: str) -> str:
    """The name of a program without its folder."""
    return value.rpartition("/")[2]


def command_string(argv: list[Any], *, reads_input: bool = False) -> Text | None:
    """The script in `bash -c SCRIPT`, behind `sudo` and its like too; None where the words run no such thing.

    With `reads_input`: the shell's own name where it takes its script from standard input.
    """
    index = 0
    while index < len(argv) and index < 12:
        value = argv[index].value
        if isinstance(value, Unknown):
            return None
        name = basename(value)
        if name in SHELLS or name == "su":
            break
        if index == 0 and name not in WRAPPERS:
            return None
        index += 1
    else:
        return None
    if index >= len(argv):
        return None
    for at in range(index + 1, min(len(argv), index + 8)):
        value = argv[at].value
        if isinstance(value, Unknown):
            return None
        if value.startswith("-") and not value.startswith("--") and value.endswith("c") and value != "-":
            if reads_input or at + 1 >= len(argv):
                return None
            return _script(argv[at + 1])
        if (
            not value.startswith("-")
            and not value.startswith("+")
            and name != "su"
            and argv[at - 1].value not in ("-o", "-eo")
        ):
            return None
    shell = argv[index].value
    return shell if reads_input and name != "su" and isinstance(shell, Text) else None


def _script(word: Any) -> Text | None:
    """The text that a word hands over, variables left as written; None where it is not one quoted string."""
    if isinstance(word.value, Text):
        return word.value
    raw: Text = word.raw
    if len(raw) > 1 and raw[0] == '"' and raw[-1] == '"' and "$(" not in raw and "`" not in raw:
        return unescape(raw)
    return None
