"""What looks like a credential: by its format, by the name it is given, and what only looks like one."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from infralint.tables import randomness
from infralint.tables.randomness import decoded, is_random_password
from infralint.tables.secret_hashes import may_hold_hash
from infralint.text import regex as re

_PLACEHOLDERS = (
    "changeme", "change_me", "change-me", "changethis", "change_this", "example", "placeholder", "your_", "your-",
    "yourpassword", "replace_me", "replaceme", "replace-me", "insert_", "enter_", "todo", "fixme", "dummy", "redacted",
    "xxxx", "****", "....", "<", "not-a-secret", "not_a_secret", "notasecret", "sample", "put_", "fill_", "none",
    "do-not-use", "do_not_use", "donotuse", "not-for-prod", "not_for_prod", "random_string", "supersecret_", "here", "foobar", "abcdef123456", "1234567890abcdef",
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


_OPEN_VALUES = re.compile(
    r"pub[0-9a-f]{32}|pk_(?:live|test)_|pk\.|phc_|sb_publishable_|age1|ssh-|ecdsa-|sha(?:1|256|384|512)[:-]"
    r"|\d{1,9}(?:\.\d{1,9}){0,4}\.v[0-9a-f_]{12,20}\Z"
)
"""How values begin that are made to be seen: publishable keys, public keys, digests; versions of Jenkins' plugins."""


def is_open(value: str) -> bool:
    """Whether a value is of a kind that its issuer means to be public."""
    return _OPEN_VALUES.match(value) is not None or is_for_everyone(value)


_RISING = 16
_SAYS_SO = (
    "example", "placeholder", "changeme", "change-me", "change_me", "replace", "redacted", "your_", "your-", "yourtoken", "xxxx",
    "****", "....", "<", "dummy", "insert", "notreal", "not-a-real", "not_a_real", "samplekey", "testkey", "fakekey", "fakefake", "testtesttest",
)  # fmt: skip


_PUBLISHED = frozenset((
    "0011cc25eb432071",  # Azurite and every other emulator of Azure Storage
    "aa6547439583c3a2",  # the emulator of Cosmos DB
    "2cafc0970149a84f", "f2d6ca16515033e5",  # Stripe's documentation
    "f5e95c9954635b65", "03b970ed8171d73b",  # reCAPTCHA's test keys
    "7f75367e78812551",  # the token on jwt.io
    "78314b11be2e5815", "e21b597ba6b9cafa",  # AWS's documentation
    "df452eef23e8cf2c", "1bbb9293c38acc5e",  # MinIO's public playground
))  # fmt: skip
"""Credentials that their issuers publish for everyone to try, by the first 16 digits of their SHA-256."""


def digest(value: str) -> str:
    """A short hash of a value, by which equal ones are known without being kept."""
    import hashlib

    return hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()[:16]


def is_published(value: str) -> bool:
    """Whether its issuer publishes it for everyone to try."""
    return digest(value) in _PUBLISHED


def counts_up(value: str) -> bool:
    """Whether most of a value is counted: `1234567890abcdef`, `sk-1234567890`."""
    total, run = 0, 1
    for left, right in pairwise(value[:200].lower()):
        if ord(right) - ord(left) == 1 or left + right in ("90", "za"):
            run += 1
            continue
        total += run if run >= 4 else 0
        run = 1
    total += run if run >= 4 else 0
    return total >= 8 and total >= 0.6 * sum(char.isalnum() for char in value[:200])


def is_for_everyone(token: str) -> bool:
    """Whether a JSON Web Token is one that Supabase means for browsers (role `anon`), or that its own examples hold."""
    parts = token.split(".") if token.startswith("eyJ") else []
    if len(parts) != 3 or len(parts[1]) > 2_000:
        return False
    from binascii import a2b_base64  # few files hold a token

    try:
        claims = a2b_base64(parts[1].replace("-", "+").replace("_", "/") + "=" * (-len(parts[1]) % 4))
    except ValueError:
        return False
    return re.search(rb'"iss":"supabase-demo"', claims) is not None or (
        re.search(rb'"iss":"supabase"', claims) is not None and re.search(rb'"role":"anon"', claims) is not None
    )


def is_sample(value: str) -> bool:
    """Whether a value of a credential's form was made up: a placeholder, a letter over and over, or published."""
    lower = value.lower()
    if "EXAMPLE" in value[:4000] or (16 <= len(value) <= 400 and is_published(value)):
        return True
    if (
        len(set(lower)) <= 2
        or lower.startswith("sample")
        or (len(value) <= 200 and any(word in lower for word in _SAYS_SO))
    ):
        return True
    longest_run = max((len(match[0]) for match in re.finditer(r"([a-z0x*#_=-])\1{7,}", lower[:2000])), default=0)
    if longest_run >= max(8, len(lower) // 4):
        return True
    rising = longest = 0
    for left, right in pairwise(lower[:200]):
        rising = rising + 1 if ord(right) - ord(left) == 1 else 0
        longest = max(longest, rising)
    return longest >= _RISING


def looks_random(value: str) -> bool:
    """Whether a value is no word, path, version or date, nor says in base64 that it was made up."""
    clear = decoded(value[: randomness.MAX_LOOKED_AT])
    return not (clear is not None and clear != value and is_sample(clear)) and randomness.looks_random(value)


_CONTEXTS = (
    "PRIVATE KEY",
    "PuTTY-User-Key-File",
    ".ey",
    "ZXlK",
    "curl",
    "sshpass",
    ":::",
    "kty",
    "_password",
    "_auth",
    "assword",
    "secret_key",
    "service_account",
)


_ANNOUNCED = (
    "pass", "pwd", "token", "api_key", "api-key", "apikey", "access_key", "access-key", "accesskey", "secret", "machine ", "redis-cli",
    "mongo", "twine", "mysql", "mariadb", "sqlcmd", "ldap", "cqlsh", "zip", "7z", " login", "sudo -s", "authorization",
)  # fmt: skip
"""Words in front of a credential on a command line or inside a value."""


def has_context(text: str) -> bool:
    """Whether a word occurs that announces a credential known by where it stands."""
    return (
        any(word in text for word in _CONTEXTS)
        or may_hold_hash(text)
        or _is_announced(text.lower())
        or ("ecret" in text and "kind" in text)
    )


def _is_announced(lower: str) -> bool:
    return any(word in lower for word in _ANNOUNCED)


def is_reference(value: str) -> bool:
    """Whether a value only points at where the secret is: `${X}`, `$(x)`, `{{ x }}`, `op://`, `/run/secrets/x`."""
    text = value.strip()
    if not text:
        return True
    if is_slashed_key(text):
        return False
    if re.match(
        r"(?:vault|secret|secrets|env|file|ssm|bws|infisical|doppler|1password|aws-?sm|gcp-?sm|azure-?kv)://",
        text,
        re.I,
    ):
        return True
    if text.startswith(
        (
            "op://",
            "vault:",
            "ref+",
            "arn:",
            "file:",
            "./",
            "../",
            "secretmanager:",
            "ssm:",
            "sm://",
            "awssm:",
            "gcp:",
            "akv:",
            "env:",
            "urn:",
            "kms:",
            "k8s:",
            "secret:",
            "secrets:",
            "secretref:",
            "keyvault:",
            "ENC[",
            "ENC(",
        )
    ):
        return True
    if text[0] in "/~!@":  # a path, a tag, a file to read
        return not is_random_password(text)
    if re.match(r"(?:var|local|data|module|each|self)\.[\w.\[\]-]+$", text):  # Terraform's
        return True
    if text[0] == "{" and text[-1] == "}":
        return True
    return (
        any(mark in text for mark in ("%kernel.", "${", "$(", "{{", "<<", "%(", "#{", "$[[", "{%"))
        or (text[0] == "$" and len(text) > 1 and (text[1].isalpha() or text[1] == "_"))
        or (len(text) > 2 and text[0] == "%" == text[-1])
    )


def is_slashed_key(value: str) -> bool:
    """Whether a value that begins like a path is one of those keys in base64 that begin with a slash."""
    return re.fullmatch(r"/[A-Za-z0-9+/]{39}", value) is not None and randomness.looks_random(
        value[1:].replace("/", "a").replace("+", "b")
    )


def is_literal_secret(value: str) -> bool:
    """Whether a value could be a real credential: neither empty, a reference, a placeholder, nor a plain word of settings."""
    text = value.strip()
    if is_reference(text) or is_placeholder(text) or is_for_everyone(text):
        return False
    return len(text) >= 3 and not text.isspace()


_DEFAULTS = frozenset({
    "admin", "root", "password", "passwd", "pass", "pwd", "pw", "secret", "test", "testing", "user", "username", "guest",
    "postgres", "mysql", "mariadb", "mongo", "redis", "rabbitmq", "wordpress", "minio", "minioadmin", "docker", "demo",
    "dev", "develop", "development", "local", "localhost", "default", "token", "key", "12345", "123456", "12345678",
    "123456789", "1234", "123", "qwerty", "letmein", "admin123", "password123", "password1", "rootpassword", "somewordpress",
    "mypassword", "mysecretpassword", "supersecret", "dbpassword", "db_password", "app", "nopassword", "p@ssw0rd", "toor",
})  # fmt: skip


_LEET = str.maketrans("01345$@", "oieassa")


def is_default_password(value: str, name: str = "") -> bool:
    """Whether a password is one that is tried first: plain words, a word of the trade, or the account's own name."""
    lower = value.lower().strip()
    value = value.strip("\"'")
    lower = lower.strip("\"'").rstrip("0123456789!?.#$")
    if not lower:
        return True
    if re.fullmatch(r"(?:[A-Z]?[a-z]++[-_ .]?+)++|[A-Z]+", value[:200]):  # words, as people type them
        return True
    plain = lower.translate(_LEET)
    if len(value) <= 24 and any(word in plain for word in ("password", "passw", "admin")):
        return True
    if len(value) <= 10 and plain.isalpha() and 2 * sum(char.isalpha() for char in lower) >= len(lower):  # P4ssb0lt
        return True
    if len(value) <= 40 and any(word in lower for word in ("password", "passwort", "secret", "admin", "userpw", "pwd")):
        return True
    return lower in _DEFAULTS or (
        bool(name) and (lower == name.lower() or lower in name.lower().replace("-", "_").split("_"))
    )


def masked(value: str) -> str:
    """A credential as it may be shown: its first two characters at most."""
    return (value[:2] if len(value) >= 12 else "") + "*" * 6


def looks_typed(value: str) -> bool:
    """Whether a value looks like a password that a person made up to be safe: 8 to 64 characters of three sorts, no words' list."""
    if not 8 <= len(value) <= 64 or re.search(r"[\s,;:/\\]|^[\w.+-]+@[\w-]+\.", value):
        return False
    sorts = (str.islower, str.isupper, str.isdigit, lambda char: not char.isalnum())
    return sum(any(sort(char) for char in value) for sort in sorts) >= 3


_URL = r"[a-zA-Z][a-zA-Z0-9+.-]{1,30}://((?:[^\s:/@'\"<>{}$%]|%[0-9A-Fa-f]{2}){0,100}):([^\s/@'\"<>]{1,200})@([^\s/'\"<>@]{1,200})"


@cache
def url_pattern() -> re.Pattern[str]:
    """A URL with a user and a password: groups are user, password and host."""
    return re.compile(_URL)
