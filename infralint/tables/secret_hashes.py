"""Hashes of passwords, as programs write them (crypt(5), PHC strings, web frameworks). Data, as of 2026-11."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from infralint.text import regex as re

_MARKS = ("$2", "$1$", "$5$", "$6$", "$7$", "$y$", "$gy$", "apr1$", "$P$", "$H$", "$S$", "$argon2", "$scrypt", "$pbkdf2", "pbkdf2_sha", "pbkdf2:sha",
          "scrypt:", "SCRAM-SHA-", "{SSHA", "{SHA")  # fmt: skip
_CRYPT = "[./A-Za-z0-9]"
_FORMS = (
    rf"\$\$?2[abxy]\$\$?\d\d\$\$?{_CRYPT}{{53}}",  # bcrypt
    rf"\$\$?(?:apr)?1\$\$?{_CRYPT}{{1,8}}\$\$?{_CRYPT}{{22}}",  # MD5 of crypt and of Apache
    rf"\$\$?5\$\$?(?:rounds=\d{{1,9}}\$\$?)?{_CRYPT}{{1,16}}\$\$?{_CRYPT}{{43}}",
    rf"\$\$?6\$\$?(?:rounds=\d{{1,9}}\$\$?)?{_CRYPT}{{1,16}}\$\$?{_CRYPT}{{86}}",
    rf"\$\$?g?y\$\$?{_CRYPT}{{1,20}}\$\$?{_CRYPT}{{1,86}}\$\$?{_CRYPT}{{43}}",  # yescrypt
    rf"\$\$?7\$\$?{_CRYPT}{{11,97}}\$\$?{_CRYPT}{{43}}",  # scrypt of crypt
    rf"\$\$?[PHS]\$\$?{_CRYPT}{{31,52}}",  # phpass, Drupal
    r"\$\$?argon2(?:id|i|d)\$\$?(?:v=\d{1,3}\$\$?)?m=\d{1,9},t=\d{1,9},p=\d{1,9}\$\$?[A-Za-z0-9+/]{11,90}\$\$?[A-Za-z0-9+/]{16,90}",
    r"\$\$?(?:scrypt|pbkdf2(?:-sha(?:1|256|512))?)\$\$?[\w=,]{1,40}\$\$?[A-Za-z0-9+/.]{8,90}\$\$?[A-Za-z0-9+/.]{20,130}",
    r"pbkdf2_sha(?:1|256|512)\$\$?\d{3,9}\$\$?[A-Za-z0-9]{8,40}\$\$?[A-Za-z0-9+/]{27,90}={0,2}",  # Django
    r"(?:pbkdf2:sha(?:1|256|512):\d{3,9}|scrypt:\d{3,9}:\d{1,3}:\d{1,3})\$\$?[A-Za-z0-9]{8,40}\$\$?[0-9a-f]{40,130}",  # Werkzeug
    r"SCRAM-SHA-(?:1|256)\$\$?\d{3,9}:[A-Za-z0-9+/=]{12,90}\$\$?[A-Za-z0-9+/=]{28,90}:[A-Za-z0-9+/=]{28,90}",  # PostgreSQL
    r"\{S?SHA(?:256|512)?\}[A-Za-z0-9+/]{27,180}={0,2}",  # LDAP
)
"""Each may double its `$`, as compose files do."""


def may_hold_hash(text: str) -> bool:
    """Whether a text holds the mark of any of the forms."""
    return ("$" in text or "{S" in text) and any(mark in text for mark in _MARKS)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9/])(?:{'|'.join(_FORMS)})(?![A-Za-z0-9/])")


def hashes_in(text: str) -> Iterator[tuple[int, int]]:
    """The span of each hash of a password."""
    for match in _pattern().finditer(text):
        yield match.span()
