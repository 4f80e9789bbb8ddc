"""Values that programs read differently."""

from __future__ import annotations

import posixpath

from infralint.model.element import fact_of
from infralint.model.env.entry import DotenvFile, Entry
from infralint.tables import dotenv_dialects
from infralint.text import regex as re
from infralint.text.source import Text


@fact_of(Entry)
def reads_same_without_spaces(entry: Entry) -> bool:
    """Whether every program that can read the line reads the same value when the blanks around `=` are gone."""
    value = entry.source.text[entry.row.delimiter[1] : entry.line_span[1]] if entry.row.delimiter else ""
    return dotenv_dialects.same_for_all(entry.behind_equals, value)


@fact_of(Entry)
def ambiguous_hash(entry: Entry) -> Text | None:
    """A `#` within an unquoted value, where some programs begin a comment and others read on."""
    value = entry.row.value
    if value is None or value.style or entry.is_multiline:
        return None
    raw = entry.raw_value
    if not value and raw is not None and re.match(r"=#[^\s#]", entry.source.text[raw.start - 1 : raw.start + 2]):
        return raw.slice(0, 1)
    at = value.find("#", 1)
    if at < 0 or len(set(dotenv_dialects.readings(value).values())) < 2:
        return None
    return Text("#", entry.source, value.start + at, value.start + at + 1)


@fact_of(Entry)
def text_behind_quote(entry: Entry) -> Text | None:
    """What stands behind the quote that closes the value, where it is no comment: programs read it in different ways."""
    value = entry.row.value
    if value is None or not value.style:
        return None
    text = entry.source.text
    end = entry.source.line_span(entry.source.line_of(max(entry.end - 1, entry.start))).end
    tail = text[entry.end : end].rstrip()
    start = entry.end + len(tail) - len(tail.lstrip())
    if not tail or text[start] in "#;&|":
        return None
    return Text(text[start : entry.end + len(tail)], entry.source, start, entry.end + len(tail))


_PUBLIC_PREFIXES = (
    "NEXT_PUBLIC_",
    "VITE_",
    "REACT_APP_",
    "NUXT_",
    "GATSBY_",
    "EXPO_PUBLIC_",
    "VUE_APP_",
    "PUBLIC_",
    "STORYBOOK_",
    "ASTRO_",
)
"""How the names begin that frameworks hand to the browser; their readers of env files are the libraries of node."""
_LIBRARIES = re.compile(
    r'"(?:next|vite|nuxt|gatsby|astro|expo|react-scripts|@vue/cli-service|@sveltejs/kit|dotenv|dotenv-cli|dotenvx|env-cmd|@nestjs/config)"[ \t]*:'
)


@fact_of(DotenvFile)
def is_read_by_framework(file: DotenvFile) -> bool:
    """Whether a framework or library of node reads it, by its names, or by what is in the folder: package.json, vercel.json."""
    if any(str(entry.key).startswith(_PUBLIC_PREFIXES) for entry in file.document.entries):
        return True
    index, folder = file.document.index, posixpath.dirname(file.source.path)
    if index.is_file(posixpath.join(folder, "vercel.json")):
        return True
    manifest = index.source(posixpath.join(folder, "package.json"))
    return manifest is not None and _LIBRARIES.search(manifest.text) is not None
