"""The shared noun `variable`: a name that is given a value in an environment, in any kind of file."""

from __future__ import annotations

from infralint.facts import secrets
from infralint.facts.verification import variable_switches_tls_off
from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.text.source import Source, Text


class Variable(Element):
    """An environment variable: ENV and ARG, compose `environment`, CI `env`, a line of a dotenv file."""

    __slots__ = ("_name", "_value", "_where")

    def __init__(
        self, source: Source, start: int, end: int, name: Text, value: Text | Unknown | None, where: str
    ) -> None:
        super().__init__(source, start, end)
        self._name = name
        self._value = value
        self._where = where

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
        """What it is written in, as the field calls it: ENV, ARG, environment, env or dotenv."""
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
        from infralint.facts.secret_find import find

        families = {match.format.family for match in find(f"{self._name}={self._value}") if not match.doubt}
        return bool(families - {"generic", "plain", "identifier", "hash"})

    @fact
    def looks_random(self) -> bool | Unknown:
        """Whether the characters of the value follow no word."""
        if self._value is UNKNOWN:
            return UNKNOWN
        return self._value is not None and secrets.looks_random(str(self._value))

    @fact
    def shown(self) -> str:
        """The value as it may be shown."""
        return secrets.masked(str(self._value)) if isinstance(self._value, Text) else ""
