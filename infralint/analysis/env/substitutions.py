"""Substitutions in values: `$NAME`, `${NAME}`, `${NAME:-default}`."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.env.entry import Entry
from infralint.text import regex as re
from infralint.text.source import Text


@fact_of(Entry)
def malformed_substitution(entry: Entry) -> Text | None:
    """A substitution that no program reads: a brace too many or too few, or a sign that no name has."""
    return _first_match(
        entry, r"\$\{\w{0,200}(?![\w}:+?=-])[^}]{0,200}\}?|\$\{\w{0,200}[:+?=-][^}]{0,200}$|\$\w{1,200}\}"
    )


@fact_of(Entry)
def substitution_with_default(entry: Entry) -> Text | None:
    """A substitution with a default (`${A:-b}`), which shells and compose read and others take for a name."""
    return _first_match(entry, r"\$\{\w{1,200}[:+?=-][^}]{0,400}\}")


def _first_match(entry: Entry, pattern: str) -> Text | None:
    """The first match in a value whose `$` means something; None in single quotes and behind a backslash."""
    value = entry.row.value
    if value is None or "$" not in value or value.style == "'" or value.pieces is None:
        return None
    match = re.search(pattern, value)
    if match is None or value[max(match.start() - 1, 0) : match.start()] == "\\":
        return None
    at = value.start + match.start()
    return Text(match[0], entry.source, at, at + len(match[0]), ((0, at),))


@fact_of(Entry)
def corrected_substitution(entry: Entry) -> str:
    """The substitution as it was probably meant: `${NAME}`."""
    odd = malformed_substitution(entry)
    name = re.search(r"\w+", odd) if odd is not None else None
    return "${" + name[0] + "}" if name is not None else ""


@fact_of(Entry)
def ambiguous_dollar(entry: Entry) -> Text | None:
    """A `$` with a name behind it, in the midst of a value: compose and shells put a variable there, others do not."""
    value = entry.row.value
    if value is None or value.style == "'" or value.pieces is None:
        return None
    match = re.search(r"(?<=[^\s$\\{}/:@])\$[A-Za-z_]\w*", value)
    if match is None:
        return None
    at = value.start + match.start()
    return Text(match[0], entry.source, at, at + len(match[0]), ((0, at),))
