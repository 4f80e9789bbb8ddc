"""What looks like a credential: by its format, by the name it is given, and what only looks like one."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import NamedTuple

from infralint.facts.secret_formats import FORMATS, Format


class Match(NamedTuple):
    """A credential found in a text: its format and its span."""

    format: Format
    start: int
    end: int


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(next(row.pattern for row in FORMATS if row.name == name))


def find(text: str) -> list[Match]:
    """Every credential of a known format, in order; placeholders and repeated letters are not."""
    found: list[Match] = []
    for row in FORMATS:
        if not any(word in text for word in row.keywords):
            continue
        for match in _pattern(row.name).finditer(text):
            group = 1 if match.re.groups else 0
            value = match[group]
            if entropy(value) < row.entropy or is_placeholder(value):
                continue
            if row.name == "aws-access-key" and value.endswith("EXAMPLE"):
                continue
            found.append(Match(row, match.start(group), match.end(group)))
    return sorted(found, key=lambda match: (match.start, -match.end))


def entropy(text: str) -> float:
    """Shannon entropy in bits a character."""
    if not text:
        return 0.0
    size = len(text)
    return -sum(n / size * math.log2(n / size) for n in (text.count(char) for char in set(text)))


_SECRET_WORDS = (
    "password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "api_key", "access_key", "accesskey",
    "private_key", "privatekey", "secret_key", "secretkey", "auth_key", "authkey", "encryption_key", "signing_key",
    "client_secret", "credential", "credentials", "app_key", "master_key", "license_key", "jwt_key", "pass",
)  # fmt: skip
_HARMLESS_ENDINGS = (
    "_file", "_path", "_dir", "_name", "_mode", "_type", "_url", "_uri", "_host", "_port", "_id", "_ttl", "_expiry",
    "_length", "_enabled", "_header", "_alias", "_arn", "_algorithm", "_policy", "_count", "_limit", "_timeout",
    "_expiration", "_issuer", "_audience", "_endpoint", "_version", "_prefix", "_min", "_max", "_size", "_expires",
    "_lifetime", "_rotation", "_ref", "_location", "_store", "_provider", "_method", "_scheme", "_field", "_env",
    "_days", "_seconds", "_minutes", "_hours", "_age", "_hint", "_label", "_description", "_required", "_namespace",
    "_class", "_disabled", "_cmd", "_command", "_in", "_duration", "_validity", "_time", "_hash", "_reset", "_for", "_allowed", "_region",
)  # fmt: skip
_HARMLESS = frozenset({"pass_through", "bypass", "compass", "token_count", "allow_empty_password", "auth_mode"})


@cache
def names_a_secret(name: str) -> bool:
    """Whether a variable of this name is meant to hold a credential (`DB_PASSWORD`, not `PASSWORD_FILE`)."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_").replace(".", "_")
    if words in _HARMLESS or words.endswith(_HARMLESS_ENDINGS):
        return False
    parts = words.split("_")
    if parts[0] in ("allow", "enable", "disable", "require", "use", "no", "is", "has", "skip", "max", "min", "public"):
        return False
    padded = f"_{words}_"
    return any(f"_{word}_" in padded for word in _SECRET_WORDS) or words.endswith(("password", "passwd", "apikey", "secret", "token"))


_SECRET_PARTS = frozenset((
    "apikey", "auth", "credential", "credentials", "key", "password", "passphrase", "passwd", "pword", "psw", "pwd",
    "secret", "token",
))  # fmt: skip


def may_name_a_secret(name: str) -> bool:
    """Whether a word of the name is one that credentials bear; wider than `names_a_secret`, `PUBLIC_` and GPG left out."""
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_").split("_")
    if parts[-1] in ("file", "path", "dir", "url", "version") or not {"public", "gpg", "pgp"}.isdisjoint(parts):
        return False
    return not _SECRET_PARTS.isdisjoint(parts) or parts[-1] == "usr"


_PLACEHOLDERS = (
    "changeme", "change_me", "change-me", "changethis", "change_this", "example", "placeholder", "your_", "your-",
    "yourpassword", "replace_me", "replaceme", "replace-me", "insert_", "enter_", "todo", "fixme", "dummy", "redacted",
    "xxxx", "****", "....", "<", "not-a-secret", "not_a_secret", "notasecret", "sample", "put_", "fill_", "none",
    "random_string", "supersecret_", "here", "foobar", "abcdef123456", "1234567890abcdef",
)  # fmt: skip
_DULL = frozenset({
    "", "true", "false", "null", "none", "nil", "yes", "no", "on", "off", "0", "1", "auto", "default", "disabled",
    "enabled", "undefined", "empty", "optional", "required", "string", "value", "basic", "bearer", "plain", "unset",
})  # fmt: skip


def is_placeholder(value: str) -> bool:
    """Whether a value says itself that it is to be replaced: `changeme`, `<token>`, `xxxx`, `your-key`."""
    lower = value.lower().strip()
    if lower in _DULL or len(set(lower)) <= 2:
        return True
    if len(value) <= 100 and any(word in lower for word in _PLACEHOLDERS):
        return True
    return bool(len(lower) > 8 and re.search(r"(.)\1{9,}", lower[:4000]) and len(value) < 200)


def is_reference(value: str) -> bool:
    """Whether a value only points at where the secret is: `${X}`, `$(x)`, `{{ x }}`, `op://`, `/run/secrets/x`."""
    text = value.strip()
    if not text:
        return True
    if text.startswith(("op://", "vault:", "ref+", "arn:", "file:", "/", "./", "../", "~", "secretmanager:", "ssm:", "sm://", "awssm:", "gcp:", "akv:", "env:", "!", "@")):
        return True
    return any(mark in text for mark in ("%kernel.", "${", "$(", "{{", "<<", "%(", "#{", "$[[", "{%")) or (text[0] == "$" and len(text) > 1 and (text[1].isalpha() or text[1] == "_")) or (len(text) > 2 and text[0] == "%" == text[-1])


def is_literal_secret(value: str) -> bool:
    """Whether a value could be a real credential: neither empty, a reference, a placeholder, nor a plain word of settings."""
    text = value.strip()
    if is_reference(text) or is_placeholder(text):
        return False
    return len(text) >= 3 and not text.isspace()


_DEFAULTS = frozenset({
    "admin", "root", "password", "passwd", "pass", "pwd", "pw", "secret", "test", "testing", "user", "username", "guest",
    "postgres", "mysql", "mariadb", "mongo", "redis", "rabbitmq", "wordpress", "minio", "minioadmin", "docker", "demo",
    "dev", "develop", "development", "local", "localhost", "default", "token", "key", "12345", "123456", "12345678",
    "123456789", "1234", "123", "qwerty", "letmein", "admin123", "password123", "password1", "rootpassword", "somewordpress",
    "mypassword", "mysecretpassword", "supersecret", "dbpassword", "db_password", "app", "nopassword", "p@ssw0rd", "toor",
})  # fmt: skip


def is_default_password(value: str, name: str = "") -> bool:
    """Whether a password is one that is tried first: plain words, a word of the trade, or the account's own name."""
    lower = value.lower().strip()
    value = value.strip("\"'")
    lower = lower.strip("\"'").rstrip("0123456789!?.#$")
    if not lower:
        return True
    if re.fullmatch(r"(?:[A-Z]?[a-z]+[-_ .]?)+|[A-Z]+", value[:200]):  # words, as people type them
        return True
    if len(value) <= 40 and any(word in lower for word in ("password", "passwort", "secret", "admin", "userpw", "pwd")):
        return True
    return lower in _DEFAULTS or (bool(name) and (lower == name.lower() or lower in name.lower().replace("-", "_").split("_")))


def masked(value: str) -> str:
    """A credential as it may be shown: its first two characters at most."""
    return (value[:2] if len(value) >= 12 else "") + "*" * 6


_URL = r"[a-zA-Z][a-zA-Z0-9+.-]{1,30}://([^\s:/@'\"<>{}$%]{0,100}):([^\s/@'\"<>]{1,200})@([^\s/'\"<>@]{1,200})"


@cache
def url_pattern() -> re.Pattern[str]:
    """A URL with a user and a password: groups are user, password and host."""
    return re.compile(_URL)
