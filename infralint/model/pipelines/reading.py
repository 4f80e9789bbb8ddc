"""What the readers of all YAML pipelines do alike: images, variables, and the marks that a CI system replaces."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.model.element import UNKNOWN, Unknown
from infralint.model.pipelines.job import JobVariable, Substitution
from infralint.model.shared.image import Image
from infralint.model.shared.value import text_of
from infralint.syntax.yaml import Mapping, Node, Pair, Scalar, Sequence
from infralint.text import regex as re
from infralint.text.source import Text

COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
RELEASE = re.compile(r"v?\d{1,9}\.\d{1,9}\.\d{1,9}(?:[-+][\w.+-]{1,100})?")
SHELL_VARIABLE = re.compile(r"\$(?:\{(\w{1,100}+)[^}\n]{0,200}\}|(\w{1,100}+))")
_PLACEHOLDER = re.compile(r"\$|<<|\{\{|<\+")


def holds_mark(text: str) -> bool:
    """Whether a value holds something that a CI system or a shell replaces."""
    return _PLACEHOLDER.search(text) is not None


def resolve_plain(text: str) -> str | Unknown:
    """A text without marks as it is; UNKNOWN for any other."""
    return UNKNOWN if holds_mark(text) else text


def image_at(node: Node | None, *keys: str) -> Image | None:
    """The image that a text names, or one of these keys of a mapping."""
    if isinstance(node, Mapping):
        node = next((found for key in keys if (found := node.get(key)) is not None), None)
    text = text_of(node)
    return Image(text, resolve_plain) if text else None


def known_text(node: Node | None) -> Text | Unknown | None:
    """The text of a scalar; UNKNOWN where it holds a mark."""
    text = text_of(node)
    return UNKNOWN if text is not None and holds_mark(text) else text


def items_of(node: Node | None) -> list[Node]:
    """The items of a list; none for anything else."""
    return list(node.values()) if isinstance(node, Sequence) else []


def variables_in(node: Node | None, value_key: str = "value") -> Iterator[JobVariable]:
    """The variables of a mapping of names, or of a list of mappings with `name` and a value."""
    if isinstance(node, Mapping):
        for pair in node.effective().values():
            if isinstance(pair.key, Scalar) and pair.name != "<<":
                yield _variable(pair, value_key)
        return
    for item in items_of(node):
        if not isinstance(item, Mapping):
            continue
        name = text_of(item.get("name"))
        if name is None:
            yield from variables_in(item, value_key)
            continue
        text = text_of(item.get(value_key))
        value: Text | Unknown | None = UNKNOWN if text is not None and holds_mark(text) else text
        entry = item.pair(value_key)
        yield JobVariable(name.start, entry.end if entry is not None else name.end, name, text, value)


def _variable(pair: Pair, value_key: str) -> JobVariable:
    name = pair.key.text  # type: ignore[attr-defined]
    value = pair.key.stream.resolve(pair.value)
    text = text_of(value.get(value_key) if isinstance(value, Mapping) else value)
    known: Text | Unknown | None = UNKNOWN if text is not None and holds_mark(text) else text
    if isinstance(value, Mapping) and text is None:
        known = UNKNOWN
    return JobVariable(pair.start, pair.end, name, text, known, pair)


def marks_in(text: Text, pattern: re.Pattern[str], into: str, writers: dict[str, str]) -> Iterator[Substitution]:
    """The marks of a pattern in a text whose name says who writes the value; a name may end in `*`."""
    for match in pattern.finditer(text):
        name = next((group for group in match.groups() if group), "").strip()
        writer = writer_of(name, writers)
        if writer is not None:
            place = text.slice(match.start(), match.end())
            yield Substitution(place.source, place.start, place.end, name, into, writer)


def writer_of(name: str, writers: dict[str, str]) -> str | None:
    """Who writes the value of a name, by a table of names in lower case; None where the table does not say."""
    low = name.lower()
    if low in writers:
        return writers[low]
    return next(
        (writer for known, writer in writers.items() if known.endswith("*") and low.startswith(known[:-1])), None
    )


def head_of(node: Mapping) -> Node:
    """What stands first in a mapping: its first key, or the mapping itself where it has none."""
    return node.pairs[0].key if node.pairs else node
