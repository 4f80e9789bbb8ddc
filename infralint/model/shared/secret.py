"""The shared noun `secret`: a credential of a known format, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property

from infralint.model.element import Element, fact
from infralint.model.shared.variable import Variable
from infralint.tables import secrets
from infralint.tables.secret_find import Match, found_in
from infralint.tables.secret_formats import Format
from infralint.tables.settings_files import is_settings_file
from infralint.text import regex as re
from infralint.text.source import Source, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.model.document import Document


GUESSED = frozenset(("generic", "plain", "identifier", "hash", "manifest", "web", "jwt", "key"))
"""Families whose members are told by a name or a place, or are made for a test as easily as for a server."""
_OF_LITTLE_WORTH = re.compile(r"(?:^|[_-])(?:test|sandbox)[_-]|^AIza")
"""What says in a token that it works in a sandbox alone (`access-sandbox-...`), or that apps show it to their users (Google's)."""


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

    __slots__ = ("_variables", "in_settings", "match")

    def __init__(
        self,
        match: Match,
        source: Source,
        variables: Callable[[], list[Variable]] = list,
        in_settings: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(source, match.start, match.end)
        self.match = match
        self._variables = variables
        self.in_settings = in_settings
        """Whether it stands in the settings of a known program, asked when a rule does."""

    @fact
    def format(self) -> SecretFormat:
        """What kind of credential it is."""
        return SecretFormat(self.match.format)

    @fact
    def name(self) -> str:
        """The name that the value is given, "" where none is needed to know it."""
        return self.match.name

    @fact
    def holds(self) -> str:
        """What it is in words, where only its content tells: "a private key" in a Kubernetes Secret; "" elsewhere."""
        return self.match.holds

    @fact
    def masked(self) -> str:
        """How it may be shown: at most its first two characters."""
        return secrets.masked(self.raw)

    @cached_property
    def is_verified(self) -> bool:
        """Whether its vendor's format proves it, and that it is worth something: no name beside it, no look, no guess is needed."""
        row = self.match.format
        return (
            not self.match.doubt
            and not row.words
            and row.family not in GUESSED
            and _OF_LITTLE_WORTH.search(self.raw) is None
        )

    @fact
    def variable(self) -> Variable | None:
        """The variable whose value it is, where the kind of file has variables."""
        return next((one for one in self._variables() if _covers(one, self.start)), None)

    @property
    def key(self) -> str:
        """What names it in fingerprints: its format."""
        return self.match.format.name

    def __str__(self) -> str:
        return self.masked


class Url(Element):
    """A URL that carries a user and a password."""

    __slots__ = ("host", "is_in_settings", "password", "user")
    is_in_settings: bool
    """Whether it stands in the settings of a known program, and not in some list or page."""
    user: str
    """Who it logs in as."""
    host: str
    """The host it talks to, with its port."""

    def __init__(
        self, source: Source, start: int, end: int, user: str, password: str, host: str, in_settings: bool = True
    ) -> None:
        super().__init__(source, start, end)
        self.is_in_settings = in_settings
        self.user = user
        self.password = password
        self.host = host

    def __str__(self) -> str:
        return f"{self.source.text[self.start : self.end].split('://')[0]}://{self.user}:***@{self.host}"


def secrets_of(document: Document) -> list[Secret]:
    """Every credential in a document, each knowing the variable that holds it."""

    @cache
    def variables() -> list[Variable]:
        noun = document.nouns.get("variable")
        found = noun.of(document) if noun is not None else []
        return [one for one in found if isinstance(one.value, Text) and one.source is source]

    source = document.source

    @cache
    def in_settings() -> bool:
        return document.kind not in ("config", "text") or is_settings_file(source.path, source.text)

    return [Secret(match, source, variables, in_settings) for match in found_in(source.text, source.path)]


def _covers(variable: Variable, at: int) -> bool:
    value = variable.value
    return isinstance(value, Text) and value.source is variable.source and value.start <= at < value.end


def urls_in(source: Source, *, in_settings: bool = True) -> list[Url]:
    """Every URL with a user and a password in a file, which is the settings of a known program or not."""
    text = source.text
    if "://" not in text or "@" not in text:
        return []
    return [
        Url(source, m.start(), m.end(), m[1], m[2], m[3], in_settings) for m in secrets.url_pattern().finditer(text)
    ]
