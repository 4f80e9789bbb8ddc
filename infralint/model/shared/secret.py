"""The shared noun `secret`: a credential of a known format, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from infralint.model.element import Element, fact
from infralint.model.shared.variable import Variable
from infralint.tables import secrets
from infralint.text.source import Source, Text

if TYPE_CHECKING:
    from infralint.model.document import Document
    from infralint.tables.secret_find import Match
    from infralint.tables.secret_formats import Format


def _rows(asked: frozenset[str]) -> list[Format]:
    """The formats of the families that a card asks for; all of them where it asks for none."""
    from infralint.tables.secret_formats import FORMATS

    return [row for row in FORMATS if row.family in asked] or list(FORMATS)


def _every_name(asked: frozenset[str]) -> list[str]:
    rows = _rows(asked)
    generic = secrets.GENERIC_NAMES.values() if any(row.family == "generic" for row in rows) else ()
    return sorted({name for row in rows for name in row.names} | set(generic))


def _every_sample_name(asked: frozenset[str]) -> list[str]:
    return sorted({name for row in _rows(asked) for name in row.samples})


GUESSED = frozenset(("generic", "plain", "identifier", "hash", "manifest", "web", "jwt", "key"))
"""Families whose members are told by a name or a place, or are made for a test as easily as for a server."""


class SecretFormat:
    """A kind of credential."""

    __slots__ = ("row",)

    def __init__(self, row: Format) -> None:
        self.row = row

    @property
    def name(self) -> str:
        """The format's own name, such as github-pat."""
        return self.row.name

    @property
    def family(self) -> str:
        """What it opens: cloud, platform, token, vcs, registry, chat, mail, payment, ai, observability, data, app, key,
        jwt, web, hash, manifest; or what it is: identifier, generic, plain."""
        return self.row.family

    @property
    def title(self) -> str:
        """What its issuer calls it."""
        return self.row.title

    @property
    def source(self) -> str:
        """Where its issuer writes about it."""
        return self.row.source

    def __str__(self) -> str:
        return self.row.title


class Secret(Element):
    """A credential that stands in a file. Its text is never shown whole."""

    __slots__ = ("_match", "_variables")
    EVERY: ClassVar[dict[str, Callable[[frozenset[str]], list[str]]]] = {
        "names": _every_name,
        "sample_names": _every_sample_name,
    }

    def __init__(self, match: Match, source: Source, variables: Callable[[], list[Variable]] = list) -> None:
        super().__init__(source, match.start, match.end)
        self._match = match
        self._variables = variables

    @fact
    def format(self) -> SecretFormat:
        """What kind of credential it is."""
        return SecretFormat(self._match.format)

    @fact
    def names(self) -> list[str]:
        """The peers' rules that mean it: those of its format, and those for any random value under a secret's name."""
        names = dict.fromkeys((*self._match.format.names, *self._match.also))
        if self._match.format.family == "generic":
            generic = secrets.GENERIC_NAMES.get(secrets.secret_word(self._match.name))
            names.update(dict.fromkeys([generic] if generic is not None else []))
        return list(names)

    @fact
    def sample_names(self) -> list[str]:
        """The peers' rules that report the format even where the value is a sample."""
        return list(self._match.format.samples)

    @fact
    def name(self) -> str:
        """The name that the value is given, "" where none is needed to know it."""
        return self._match.name

    @fact
    def is_sure(self) -> bool:
        """Whether format, or name and look together, leave no doubt."""
        return not self._match.doubt

    @fact
    def is_verified(self) -> bool:
        """Whether its vendor's format proves it: no name beside it, no look, no guess is needed."""
        row = self._match.format
        return not self._match.doubt and not row.words and row.family not in GUESSED

    @fact
    def is_sample(self) -> bool:
        """Whether it says itself that it is made up: a placeholder, one letter over and over, the alphabet."""
        return self._match.doubt == "sample"

    @fact
    def fails_checksum(self) -> bool:
        """Whether the checksum that its issuer documents is wrong (GitHub, npm), or what it encodes cannot be read (JWT)."""
        return self._match.doubt == "checksum"

    @fact
    def masked(self) -> str:
        """How it may be shown: at most its first two characters."""
        return secrets.masked(self.raw)

    @fact
    def variable(self) -> Variable | None:
        """The variable whose value it is, where the kind of file has variables."""
        return next((one for one in self._variables() if _covers(one, self.start)), None)

    @fact
    def is_whole_value(self) -> bool:
        """Whether it is all that a variable holds."""
        value = self.variable.value if self.variable is not None else None
        return isinstance(value, Text) and (value.start, value.end) == (self.start, self.end)

    @property
    def key(self) -> str:
        """What names it in fingerprints: its format."""
        return self._match.format.name

    def __str__(self) -> str:
        return self.masked


class Url(Element):
    """A URL that carries a user and a password."""

    __slots__ = ("_host", "_password", "_user")

    def __init__(self, source: Source, start: int, end: int, user: str, password: str, host: str) -> None:
        super().__init__(source, start, end)
        self._user = user
        self._password = password
        self._host = host

    @fact
    def user(self) -> str:
        """Who it logs in as."""
        return self._user

    @fact
    def host(self) -> str:
        """The host it talks to, with its port."""
        return self._host

    @fact
    def has_literal_password(self) -> bool:
        """Whether the password is written out: no reference, no placeholder, not the user's own name again."""
        password = self._password
        return secrets.is_literal_secret(password) and not secrets.is_default_password(password, self._user)

    @fact
    def has_default_password(self) -> bool:
        """Whether the password is written out and one that is tried first: a plain word, the user's name again."""
        password = self._password
        return secrets.is_literal_secret(password) and secrets.is_default_password(password, self._user)

    @fact
    def is_local(self) -> bool:
        """Whether it talks to this machine or to a compose service without a domain."""
        host = self._host.rsplit(":", 1)[0]
        return host in ("localhost", "127.0.0.1", "0.0.0.0", "::1") or "." not in host

    def __str__(self) -> str:
        return f"{self.source.text[self.start : self.end].split('://')[0]}://{self._user}:***@{self._host}"


def secrets_of(document: Document) -> list[Secret]:
    """Every credential in a document, each knowing the variable that holds it."""
    from infralint.tables.secret_find import found_in

    @cache
    def variables() -> list[Variable]:
        noun = document.nouns.get("variable")
        found = noun.of(document) if noun is not None else []
        return [one for one in found if isinstance(one.value, Text) and one.source is source]

    source = document.source
    return [Secret(match, source, variables) for match in found_in(source.text, source.path)]


def _covers(variable: Variable, at: int) -> bool:
    value = variable.value
    return isinstance(value, Text) and value.source is variable.source and value.start <= at < value.end


def urls_in(source: Source) -> list[Url]:
    """Every URL with a user and a password in a file."""
    text = source.text
    if "://" not in text or "@" not in text:
        return []
    return [Url(source, m.start(), m.end(), m[1], m[2], m[3]) for m in secrets.url_pattern().finditer(text)]
