"""The shared noun `variable`: a name that is given a value in an environment, in any kind of file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.tables import secrets
from infralint.tables.verification import variable_switches_tls_off
from infralint.text.edit import Edit
from infralint.text.source import Source, Text

if TYPE_CHECKING:
    from infralint.model.index import Index

EXAMPLES = (".env.example", ".env.sample", ".env.template", ".env.dist", "env.example", "example.env")
"""What the file that shows the keys of an `.env` is called; the first is made where there is none."""


class Variable(Element):
    """An environment variable: ENV and ARG, compose `environment`, CI `env`, a line of a dotenv file."""

    EVERY: ClassVar[dict[str, Callable[[frozenset[str]], list[str]]]] = {
        "generic_names": lambda asked: [*secrets.GENERIC_NAMES.values(), *secrets.PAIR_NAMES]
    }
    __slots__ = ("_index", "_name", "_value", "_where")

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        name: Text,
        value: Text | Unknown | None,
        where: str,
        index: Index | None = None,
    ) -> None:
        super().__init__(source, start, end)
        self._name = name
        self._value = value
        self._where = where
        self._index = index

    @fact
    def name(self) -> Text:
        """Its name."""
        return self._name

    @fact
    def value(self) -> Text | Unknown | None:
        """Its value; absent where only the name is passed on, unknown where an expression stands."""
        return self._value

    @fact
    def where(self) -> str:
        """What it is written in, as the field calls it: ENV, ARG, environment, env or dotenv; setting or pair in settings."""
        return self._where

    @fact
    def names_a_secret(self) -> bool:
        """Whether a variable of this name is meant to hold a credential."""
        return secrets.names_a_secret(str(self._name))

    @fact
    def may_name_a_secret(self) -> bool:
        """Whether a word of its name is one that credentials bear: key, token, auth, password, ..."""
        return secrets.may_name_a_secret(str(self._name))

    @fact
    def secret_word(self) -> str:
        """What its name says that it holds: password, token, api_key, private_key, access_key, secret, or "" for none."""
        return secrets.secret_word(str(self._name))

    @fact
    def generic_names(self) -> list[str]:
        """The peers' rules for a literal under such a name."""
        name = secrets.GENERIC_NAMES.get(self.secret_word)
        paired = secrets.PAIR_NAMES if self._where == "pair" and self.secret_word == "password" else ()
        return [name, *paired] if name is not None else []

    @fact
    def points_elsewhere(self) -> bool | Unknown:
        """Whether the value only says where the secret is: a path, a reference."""
        if self._value is UNKNOWN:
            return UNKNOWN
        return self._value is not None and bool(self._value) and secrets.is_reference(str(self._value))

    @fact
    def switches_tls_off(self) -> bool | Unknown:
        """Whether it makes a known program accept any certificate."""
        if self._value is UNKNOWN:
            return UNKNOWN
        return self._value is not None and variable_switches_tls_off(str(self._name), str(self._value))

    @fact
    def holds_literal_secret(self) -> bool | Unknown:
        """Whether name and value together say that a credential is written out here."""
        value = self._value
        if value is UNKNOWN:
            return UNKNOWN
        if value is None or not self.names_a_secret:
            return False
        return secrets.is_literal_secret(str(value))

    @fact
    def holds_default_password(self) -> bool | Unknown:
        """Whether a credential is written out that everyone tries first: postgres, root, password."""
        value = self._value
        if not isinstance(value, Text) or self.holds_literal_secret is not True:
            return UNKNOWN if value is UNKNOWN else False
        return secrets.is_default_password(str(value), str(self._name))

    @fact
    def holds_known_format(self) -> bool:
        """Whether the value is a credential of a known format, which a rule of its own reports."""
        if not isinstance(self._value, Text) or len(self._value) < 8:
            return False
        from infralint.tables.secret_find import find

        families = {match.format.family for match in find(f"{self._name}={self._value}") if not match.doubt}
        return bool(families - {"generic", "plain", "identifier", "hash"})

    @fact
    def looks_random(self) -> bool | Unknown:
        """Whether the characters of the value follow no word."""
        if self._value is UNKNOWN:
            return UNKNOWN
        return self._value is not None and secrets.looks_random(str(self._value))

    @fact
    def reference(self) -> str | None:
        """How its kind of file asks the environment for a value: `${NAME:?}`, `${{ secrets.NAME }}`; absent elsewhere."""
        name = str(self._name)
        if not name.isidentifier() or not name.isascii():
            return None
        if self._where == "environment":
            return f"${{{name}:?}}"
        return f"${{{{ secrets.{name} }}}}" if self._where == "env" and not name.upper().startswith("GITHUB_") else None

    @fact
    def example_line(self) -> list[Edit]:
        """An edit that names it, without a value, in the example beside a compose file, or in a new one."""
        if self._index is None:
            return []
        folder = posixpath.dirname(self.source.path)
        paths = [posixpath.join(folder, name) for name in EXAMPLES]
        path = next((path for path in paths if self._index.is_file(path)), None)
        if path is None:
            return [Edit(paths[0], 0, 0, f"{self._name}=\n", creates=True)]
        example = self._index.source(path)
        if example is None or re.search(rf"^[# \t]*{re.escape(str(self._name))}[ \t]*=", example.text, re.M):
            return []
        size = len(example.text)
        start = "" if not size or example.text.endswith(("\n", "\r")) else example.newline
        return [Edit(path, size, size, f"{start}{self._name}={example.newline}")]

    @fact
    def mounted_instead(self) -> list[Edit]:
        """Edits that take it out and mount a secret where it is used; none but in a Dockerfile."""
        return []

    @fact
    def shown(self) -> str:
        """The value as it may be shown."""
        return secrets.masked(str(self._value)) if isinstance(self._value, Text) else ""
