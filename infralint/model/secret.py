"""The shared noun `secret`: a credential of a known format, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from infralint.facts import secrets
from infralint.facts.secret_formats import FORMATS, Format
from infralint.model.element import Element, fact
from infralint.text.source import Source


class SecretFormat:
    """A kind of credential."""

    __slots__ = ("row",)
    EVERY: ClassVar[dict[str, Callable[[], list[str]]]] = {
        "names": lambda: sorted({name for row in FORMATS for name in row.names})
    }

    def __init__(self, row: Format) -> None:
        self.row = row

    @property
    def name(self) -> str:
        """The format's own name, such as github-pat."""
        return self.row.name

    @property
    def family(self) -> str:
        """cloud, vcs, registry, chat, payment, ai, mail, key, token or observability."""
        return self.row.family

    @property
    def title(self) -> str:
        """What its issuer calls it."""
        return self.row.title

    @property
    def names(self) -> list[str]:
        """The peers' rules that mean this format."""
        return list(self.row.names)

    def __str__(self) -> str:
        return self.row.title


class Secret(Element):
    """A credential that stands in a file. Its text is never shown whole."""

    __slots__ = ("row",)

    def __init__(self, row: Format, source: Source, start: int, end: int) -> None:
        super().__init__(source, start, end)
        self.row = row

    @fact
    def format(self) -> SecretFormat:
        """What kind of credential it is."""
        return SecretFormat(self.row)

    @fact
    def masked(self) -> str:
        """How it may be shown: at most its first two characters."""
        return secrets.masked(self.raw)

    @fact
    def is_in_example_file(self) -> bool:
        """Whether the file is named as an example (`.env.example`, `*.sample`), which is committed on purpose."""
        name = self.source.path.lower()
        return any(word in name for word in ("example", "sample", "template", ".dist"))

    @property
    def key(self) -> str:
        """What names it in fingerprints: its format."""
        return self.row.name

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
    def is_local(self) -> bool:
        """Whether it talks to this machine or to a compose service without a domain."""
        host = self._host.rsplit(":", 1)[0]
        return host in ("localhost", "127.0.0.1", "0.0.0.0", "::1") or "." not in host

    def __str__(self) -> str:
        return f"{self.source.text[self.start : self.end].split('://')[0]}://{self._user}:***@{self._host}"


def secrets_in(source: Source) -> list[Secret]:
    """Every credential of a known format in a file; of overlapping ones the first and longest."""
    found: list[Secret] = []
    end = -1
    for match in secrets.find(source.text):
        if match.start >= end:
            found.append(Secret(match.format, source, match.start, match.end))
            end = match.end
    return found


def urls_in(source: Source) -> list[Url]:
    """Every URL with a user and a password in a file."""
    text = source.text
    if "://" not in text or "@" not in text:
        return []
    return [Url(source, m.start(), m.end(), m[1], m[2], m[3]) for m in secrets.url_pattern().finditer(text)]
