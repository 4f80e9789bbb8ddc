"""Entries of env files: one line that gives a name a value, as the programs that read it see it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.model.shared.variable import Variable
from infralint.syntax import dotenv
from infralint.tables import dotenv_dialects, env_settings
from infralint.text.edit import Edit
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.env.document import DotenvFile, EnvDocument


class Entry(Element):
    """One line that gives a name a value."""

    __slots__ = ("_document", "_row")

    def __init__(self, document: EnvDocument, row: dotenv.Entry) -> None:
        super().__init__(document.source, row.start, row.end)
        self._document = document
        self._row = row

    @fact
    def key(self) -> Text:
        """The name before the `=`."""
        return self._row.key

    @fact
    def value(self) -> Text | None:
        """The value, quotes removed; absent where no `=` stands."""
        return self._row.value

    @fact
    def has_unquoted_space(self) -> bool:
        """Whether an unquoted value holds blanks, which a shell that sources the file takes for a command."""
        value = self._row.value
        return value is not None and not value.style and " " in value.strip()

    @fact
    def can_be_quoted(self) -> bool:
        """Whether double quotes leave the value what it is: nothing in it means more within them."""
        value = self._row.value
        return value is not None and not value.style and not any(char in value for char in "\"'$`\\")

    @fact
    def quoted(self) -> list[Edit]:
        """Edits that put the value in double quotes."""
        value = self._row.value
        if value is None:
            return []
        path = self.source.path
        return [Edit(path, value.start, value.start, '"'), Edit(path, value.end, value.end, '"')]

    @fact
    def earlier_twin(self) -> Entry | None:
        """The nearest entry above that gives the same name a value."""
        return self._document.twins.get(self.start)

    @fact
    def agrees_with_twin(self) -> bool:
        """Whether the entry above gives the name the very same value."""
        return self.earlier_twin is not None and self.earlier_twin.value == self.value

    @property
    def _line(self) -> tuple[int, int]:
        """The span of the entry's first line."""
        return self.source.line_span(self._row.line)

    @fact
    def raw_value(self) -> Text | None:
        """All that stands behind the `=` on the line, blanks around it left out."""
        if self._row.delimiter is None:
            return None
        start = self._row.delimiter[1]
        text = self.source.text[start : self._line[1]].rstrip(" \t")
        return Text(text, self.source, start, start + len(text), ((0, start),))

    @property
    def _behind(self) -> str:
        """What docker takes for the value: every character behind the `=`."""
        low, high = self._row.delimiter or (self.end, self.end)
        return self.source.text[low + self.source.text[low:high].index("=") + 1 : self._line[1]] if high > low else ""

    @fact
    def is_multiline(self) -> bool:
        """Whether the value runs over several lines."""
        return self.source.line_of(max(self.end - 1, self.start)) > self._row.line

    @fact
    def head(self) -> Text:
        """What stands before the first letter or `_` of the name, from the beginning of the line."""
        low = self._line[0]
        good = re.search("[A-Za-z_]", self._row.key)
        high = self._row.key.start + good.start() if good else self._row.key.end
        if self._row.export and self._row.key[:1].isalpha() | (self._row.key[:1] == "_"):
            high = self.start
        return Text(self.source.text[low:high], self.source, low, high, ((0, low),))

    @fact
    def has_letter(self) -> bool:
        """Whether the name has a letter or `_` with which it could begin."""
        return re.search("[A-Za-z_]", self._row.key) is not None

    @fact
    def has_odd_character(self) -> bool:
        """Whether another character than letters, digits and `_` stands in the name, behind its first letter."""
        return self.tidy_key != self._row.key

    @fact
    def tidy_key(self) -> str:
        """The name with `_` in place of every character that cannot stand in one."""
        good = re.search("[A-Za-z_]", self._row.key)
        first = good.start() if good else 0
        return self._row.key[:first] + re.sub(r"[^A-Za-z0-9_]", "_", self._row.key[first:])

    @fact
    def has_lower_case(self) -> bool:
        """Whether a letter of the name is lower case."""
        return self._row.key != self._row.key.upper()

    @fact
    def upper_key(self) -> str:
        """The name in capitals."""
        return self._row.key.upper()

    @fact
    def gap(self) -> Text | None:
        """The `=` with the blanks around it, where there are any."""
        if self._row.delimiter is None:
            return None
        low, high = self._row.delimiter
        text = self.source.text[low:high]
        if not (self._row.value or "").strip() and text.startswith("="):
            return None
        return Text(text, self.source, low, high, ((0, low),)) if text != "=" else None

    @fact
    def reads_same_without_gap(self) -> bool:
        """Whether every program that can read the line reads the same value when the blanks around `=` are gone."""
        value = self.source.text[self._row.delimiter[1] : self._line[1]] if self._row.delimiter else ""
        return dotenv_dialects.same_for_all(self._behind, value)

    @fact
    def tail(self) -> Text | None:
        """The blanks at the end of the line."""
        low, high = self._line
        text = self.source.text[low:high]
        size = len(text.rstrip(" \t"))
        if self.is_multiline or size == len(text):
            return None
        return Text(text[size:], self.source, low + size, high, ((0, low + size),))

    @fact
    def has_needless_quotes(self) -> bool:
        """Whether quotes stand around or in a value in which nothing needs them: no blank, and no sign that means more."""
        raw = self.raw_value
        if raw is None or self.is_multiline or not re.search("['\"]", raw):
            return False
        return re.search(r"[\s#$&=`\\*?;|<>(){}!~\[\]]", raw) is None and raw.strip("'\"") != ""

    @fact
    def without_quotes(self) -> str:
        """The value with all its quotes gone."""
        return re.sub("['\"]", "", self.raw_value or "")

    @fact
    def odd_substitution(self) -> Text | None:
        """A substitution that no program reads: a brace too many or too few, or a sign that no name has."""
        return self._substitution(
            r"\$\{\w{0,200}(?![\w}:+?=-])[^}]{0,200}\}?|\$\{\w{0,200}[:+?=-][^}]{0,200}$|\$\w{1,200}\}"
        )

    @fact
    def substitution_with_default(self) -> Text | None:
        """A substitution with a default (`${A:-b}`), which shells and compose read and others take for a name."""
        return self._substitution(r"\$\{\w{1,200}[:+?=-][^}]{0,400}\}")

    def _substitution(self, pattern: str) -> Text | None:
        value = self._row.value
        if value is None or "$" not in value or value.style == "'" or value.pieces is None:
            return None
        match = re.search(pattern, value)
        if match is None or value[max(match.start() - 1, 0) : match.start()] == "\\":
            return None
        at = value.start + match.start()
        return Text(match[0], self.source, at, at + len(match[0]), ((0, at),))

    @fact
    def mended_substitution(self) -> str:
        """The substitution as it was probably meant: `${NAME}`."""
        odd = self.odd_substitution
        name = re.search(r"\w+", odd) if odd is not None else None
        return "${" + name[0] + "}" if name is not None else ""

    @fact
    def ambiguous_hash(self) -> Text | None:
        """A `#` within an unquoted value, where some programs begin a comment and others read on."""
        value = self._row.value
        if value is None or value.style or self.is_multiline:
            return None
        at = value.find("#", 1)
        if at < 0 or len(set(dotenv_dialects.readings(value).values())) < 2:
            return None
        return Text("#", self.source, value.start + at, value.start + at + 1)

    @fact
    def ambiguous_dollar(self) -> Text | None:
        """A `$` with a name behind it, in the midst of a value: compose and shells put a variable there, others do not."""
        value = self._row.value
        if value is None or value.style == "'" or value.pieces is None:
            return None
        match = re.search(r"(?<=[^\s$\\{}/:@])\$[A-Za-z_]\w*", value)
        if match is None:
            return None
        at = value.start + match.start()
        return Text(match[0], self.source, at, at + len(match[0]), ((0, at),))

    @fact
    def can_be_quoted_singly(self) -> bool:
        """Whether single quotes can go around the value: it stands in none, and holds none."""
        value = self._row.value
        return value is not None and not value.style and "'" not in value and not self.is_multiline

    @fact
    def quoted_singly(self) -> list[Edit]:
        """Edits that put the value in single quotes."""
        value = self._row.value
        if value is None:
            return []
        path = self.source.path
        return [Edit(path, value.start, value.start, "'"), Edit(path, value.end, value.end, "'")]

    @fact
    def misplaced(self) -> bool:
        """Whether the name stands behind one of its group that sorts after it."""
        return self.start in self._document.misplaced

    @fact
    def in_order(self) -> list[Edit]:
        """Edits that sort the group in which the entry stands."""
        group = self._document.group_of.get(self.start)
        return group.edits if group is not None else []

    @fact
    def order_is_free(self) -> bool:
        """Whether nobody can tell another order apart: no name of the group stands twice, or is read by another one."""
        group = self._document.group_of.get(self.start)
        return group is not None and group.is_free

    @fact
    def is_debug_switch_on(self) -> bool:
        """Whether it turns on a program's debugging."""
        return self._row.value is not None and env_settings.is_debug_switch_on(self._row.key, self._row.value)

    @fact
    def is_development_mode(self) -> bool:
        """Whether it chooses a mode that is not for production: NODE_ENV=development."""
        return self._row.value is not None and env_settings.is_development_mode(self._row.key, self._row.value)

    @fact
    def is_insecure_transport(self) -> bool:
        """Whether its value reaches another machine without encryption."""
        return self._row.value is not None and env_settings.is_insecure_transport(self._row.value)

    @fact
    def names_signing_key(self) -> bool:
        """Whether it is a key that signs or encrypts, which is to be as long as what it makes: JWT_SECRET, SECRET_KEY."""
        return str(self._row.key).upper() in env_settings.SIGNING_KEYS

    @fact
    def length(self) -> int:
        """How many characters the value has."""
        return len(self._row.value or "")

    @fact
    def file(self) -> DotenvFile:
        """The file in which it stands."""
        from infralint.model.env.document import DotenvFile

        return DotenvFile(self._document)

    @fact
    def variable(self) -> Variable:
        """The entry as a variable."""
        value: Text | Unknown | None = self._row.value
        if isinstance(value, Text) and "${" in value and value.style != "'":
            value = UNKNOWN
        return Variable(self.source, self.start, self.end, self._row.key, value, "dotenv")
