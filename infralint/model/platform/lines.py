"""Files of lines, each with a name and a value, as the tree that the other formats have."""

from __future__ import annotations

from collections.abc import Iterable

from infralint.syntax.yaml import Mapping, Pair, Scalar, Stream, YamlComment, YamlProblem
from infralint.text import regex as re
from infralint.text.source import Source, Span


def tree_of(source: Source, entries: Iterable[tuple[str, Span, Span]]) -> Stream:
    """A mapping of names to texts: each entry is a name, where it stands, and where its value stands."""
    stream = Stream(source, False)
    stream.language = "lines"
    root = Mapping(stream, 0, len(source.text), None, False)
    stream.documents.append(root)
    for name, key, value in entries:
        text = source.text
        made = Scalar(stream, key.start, key.end, root, name, "")
        if text[key.start : key.end] != name:
            made.style = "*"  # the file's own name says what its value is
        root.pairs.append(Pair(made, Scalar(stream, value.start, value.end, root, text[value.start : value.end], "")))
    names: dict[str, Scalar] = {}
    for pair in root.pairs:
        key_node = pair.key
        if isinstance(key_node, Scalar):
            first = names.setdefault(key_node.content, key_node)
            if first is not key_node:
                message = f"the name {key_node.content} is written twice; the later one counts"
                place = (first.start, first.end)
                stream.problems.append(YamlProblem("duplicate-key", message, key_node.start, key_node.end, place))
    return stream


def comments_of(source: Source) -> list[YamlComment]:
    """The lines that begin with `#`."""
    found = []
    for line in range(1, len(source.line_starts) + 1):
        start, end = source.line_span(line)
        match = re.compile(r"[ \t]*#").match(source.text, start, end)
        if match is not None:
            at = match.end() - 1
            found.append(YamlComment(source.text[at:end], at, end, line, True))
    return found
