"""What the name of a variable or setting says of its value.

As of 2026-11, from what programs and public repositories call their settings.
"""

from __future__ import annotations

from functools import cache

from infralint.text import regex as re

_SECRET_WORDS = (
    "password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "api_key", "access_key", "accesskey",
    "private_key", "privatekey", "secret_key", "secretkey", "auth_key", "authkey", "encryption_key", "signing_key",
    "client_secret", "credential", "credentials", "app_key", "master_key", "license_key", "jwt_key", "pass",
    "fernet_key", "hmac_key", "unseal_key", "passcode", "psk", "pswd", "pw", "pat",
)  # fmt: skip
_JOINED_PASS = re.compile(
    r"(?:^|_)(?:db|sql|mysql|my|pg|postgres|mongo|redis|rabbit|mq|es|ldap|bind|smtp|mail|imap|ftp|sftp|ssh|http|proxy|vnc|wifi|vpn|root|admin|user|"
    r"svc|sudo|su|login|git|svn|repo|key|store|keystore|trust|ca|cert|pfx|p12|jks|zip|app|api|web|test|ansible|become)(?:pass|pw|pwd|passwd|pswd|psw)(?=_|\d|$)"
)
"""Owner and password written as one word: DBPASS, ROOTPW, STOREPASS."""
_HARMLESS_ENDINGS = (
    "_file", "_path", "_dir", "_name", "_mode", "_type", "_url", "_uri", "_host", "_port", "_id", "_ttl", "_expiry",
    "_length", "_enabled", "_header", "_alias", "_arn", "_algorithm", "_policy", "_count", "_limit", "_timeout",
    "_expiration", "_issuer", "_audience", "_endpoint", "_version", "_prefix", "_min", "_max", "_size", "_expires",
    "_lifetime", "_rotation", "_ref", "_location", "_store", "_provider", "_method", "_scheme", "_field", "_env",
    "_days", "_seconds", "_minutes", "_hours", "_age", "_hint", "_label", "_description", "_required", "_namespace",
    "_class", "_disabled", "_cmd", "_command", "_in", "_duration", "_validity", "_time", "_hash", "_reset", "_for", "_allowed", "_region", "_data", "_expire", "_expired",
)  # fmt: skip
_HARMLESS = frozenset({"pass_through", "bypass", "compass", "token_count", "allow_empty_password", "auth_mode"})


_ATTRIBUTES = frozenset(ending.lstrip("_") for ending in _HARMLESS_ENDINGS) | frozenset((
    "backend", "bias", "cipher", "complexity", "controller", "embd", "embedding", "encoding", "engine", "error", "factor", "filter",
    "form", "format", "generator", "handler", "idx", "index", "link", "managers", "mask", "mechanism", "message", "model", "names",
    "page", "param", "params", "pattern", "placeholder", "protocol", "providers", "reader", "regex", "resolver", "rule", "rules", "screen",
    "server", "servers", "services", "strength", "subject", "template", "title", "types", "validator", "view", "weight", "weights", "writer",
))  # fmt: skip
"""Words that say of a secret's word that it only stands beside them: the rules of a password, the names of secrets."""
_SECRET_END = re.compile(rf"(?:^|_)(?:{'|'.join(sorted(_SECRET_WORDS, key=len, reverse=True))})(?=_|$)")
_ASKING = frozenset((
    "allow", "enable", "disable", "require", "use", "no", "is", "has", "skip", "max", "min", "public", "update", "reset", "change",
))  # fmt: skip


def _in_words(name: str) -> str:
    """A name in small letters, its words joined by underscores; of a dotted one the last part that says something."""
    head, dot, last = name.rpartition(".")
    if dot and last.lower() not in ("key", "value", "text", "data", "default") and _SECRET_END.search(_joined(head)):
        name = last
    return _joined(name)


def _joined(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_").replace(".", "_")


def _ends_in_attribute(words: str) -> bool:
    """Whether what follows the last secret's word is a thing of its own: `SECRET_NAMES`, `TOKEN_PARAM_BROKERS`."""
    ends = [match.end() for match in _SECRET_END.finditer(words)]
    tail = words[ends[-1] :].strip("_").split("_") if ends else [""]
    return tail[0] in _ATTRIBUTES or tail[-1] in _ATTRIBUTES


@cache
def names_a_secret(name: str) -> bool:
    """Whether a variable of this name is meant to hold a credential (`DB_PASSWORD`, not `PASSWORD_FILE`)."""
    words = _in_words(name)
    if words in _HARMLESS or words.endswith(_HARMLESS_ENDINGS) or _ends_in_attribute(words):
        return False
    if words.partition("_")[0] in _ASKING:
        return False
    return (
        _SECRET_END.search(words) is not None
        or _JOINED_PASS.search(words) is not None
        or words.endswith(("password", "passwd", "apikey", "secret", "token"))
    )


_OPEN_PARTS = frozenset({
    "public", "pub", "pubkey", "hash", "digest", "checksum", "sha256", "sha512", "fingerprint", "next", "page", "cursor",
    "continuation", "pagination", "change", "request", "idempotency", "lock", "csrf", "xsrf", "authenticity", "placeholder", "address", "name", "cache", "integrity",
})  # fmt: skip
_KEY_OWNERS = frozenset({
    "private", "secret", "signing", "encryption", "master", "access", "account", "licence", "license", "deploy", "session",
    "cookie", "hmac", "jwt", "shared", "storage", "admin", "server", "webhook", "service", "api", "app", "auth", "crypto",
    "aes", "crypt", "cipher", "unseal", "fernet", "subscription", "sas", "s3", "minio", "openai", "stripe", "sendgrid", "mailgun", "bot", "wep",
})  # fmt: skip
_SALTED = frozenset(("auth", "nonce", "secure", "logged", "secret", "session", "signing", "token", "password"))
"""Words before SALT by which frameworks keep a secret of their own there."""


@cache
def may_hold_random_secret(name: str) -> bool:
    """Whether a random value under this name is a credential: also `user_auth`, `creds`, `signing-key`."""
    parts = [part for part in re.split("[^a-z0-9]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()) if part]
    if not parts or not _OPEN_PARTS.isdisjoint(parts):
        return False
    last = parts[-1].rstrip("0123456789")
    if last in ("pw", "pat", "psk", "pswd", "bearer") and len(parts) + len(last) > 3:
        return True
    if last == "salt" and not _SALTED.isdisjoint(parts):
        return True
    if last in ("auth", "creds", "cred", "credentials", "secret", "token", "password", "passwd", "pwd", "pass"):
        return True
    if last == "key" and len(parts) > 1 and parts[-2] in _KEY_OWNERS:
        return True
    if names_a_secret(name):
        return True
    return "secret" in parts and last not in ("id", "ref", "version") and not _ends_in_attribute("_".join(parts))


_KICS = "kics/passwords_and_secrets: Passwords And Secrets - Generic "
GENERIC_NAMES = {
    "password": f"{_KICS}Password", "token": f"{_KICS}Token", "api_key": f"{_KICS}API Key", "private_key": f"{_KICS}Private Key",
    "access_key": f"{_KICS}Access Key", "secret": f"{_KICS}Secret",
}  # fmt: skip
"""A peer's rules for a literal under a name, by what the name says."""


PAIR_NAMES = (
    f"{_KICS}Password on YAML files when value in tuple",
    f"{_KICS.removesuffix('Generic ')}K8s Environment Variable Password",
)
"""The same where name and value stand on two lines of a list."""


@cache
def secret_word(name: str) -> str:
    """Which word of a name says that it is a credential's: password, token, api_key, private_key, access_key or secret."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_").replace(".", "_")
    squeezed = words.replace("_", "")
    for word, spellings in (
        ("password", ("password", "passwd", "passphrase", "pwd")), ("private_key", ("privatekey",)), ("api_key", ("apikey",)),
        ("access_key", ("accesskey",)), ("token", ("token",)), ("secret", ("secret", "credential")),
    ):  # fmt: skip
        if any(spelling in squeezed for spelling in spellings):
            return word
    return "password" if "pass" in words.split("_") else ""


_SECRET_PARTS = frozenset((
    "apikey", "auth", "credential", "credentials", "key", "password", "passphrase", "passwd", "pword", "psw", "pwd",
    "secret", "token",
))  # fmt: skip


def may_name_a_secret(name: str) -> bool:
    """Whether a word of the name is one that credentials bear; wider than `names_a_secret`, `PUBLIC_` and GPG left out."""
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_").split("_")
    if parts[-1] in ("file", "path", "dir", "url", "version") or not {"public", "gpg", "pgp"}.isdisjoint(parts):
        return False
    words = _in_words(name)
    if not words.endswith("access_key_id") and (words.endswith(_HARMLESS_ENDINGS) or _ends_in_attribute(words)):
        return False
    if re.search(r"__\d+__key$", name, re.IGNORECASE):  # .NET's way to write a list of keys with values
        return False
    return not _SECRET_PARTS.isdisjoint(parts) or parts[-1] == "usr"


_IN_PIPELINES = {
    "gitlab": ("GL-003", "GL-008"), "circleci": ("CC-004", "CC-008"), "azure": ("ADO-003", "ADO-008"), "bitbucket": ("BB-003", "BB-008"),
    "drone": ("DR-004",), "cloudbuild": ("GCB-012",), "jenkins": ("JF-008",), "buildkite": ("BK-002",), "tekton": ("TKN-005",), "argo": ("ARGO-006",),
    "devcontainer": ("DEV-008",), "editor": ("DEV-008",),
}  # fmt: skip
PIPELINE_NAMES = tuple(f"pipeline-check/{name}" for names in _IN_PIPELINES.values() for name in names)


def pipeline_names(kind: str | None) -> tuple[str, ...]:
    """What pipeline-check calls a credential in a file of a CI system."""
    return tuple(f"pipeline-check/{name}" for name in _IN_PIPELINES.get(kind or "", ()))
