"""Credentials known by where they stand: in PEM armour, on a command line, in a manifest, in a token of tokens."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from functools import cache

from infralint.tables import secret_commands, secret_hashes
from infralint.tables.randomness import entropy, is_random_password
from infralint.tables.secret_names import may_hold_random_secret
from infralint.tables.secret_surroundings import is_for_this_machine
from infralint.tables.secrets import (
    is_default_password,
    is_for_everyone,
    is_literal_secret,
    is_placeholder,
    is_reference,
    is_sample,
    looks_random,
)
from infralint.text import regex as re
from infralint.text.record import NamedTuple


class Found(NamedTuple):
    """A credential: the name of its format's row, its span, the doubt about it ("" for none), its name and what it holds."""

    format: str
    start: int
    end: int
    doubt: str = ""
    name: str = ""
    holds: str = ""


MAX_KEY = 20_000


@cache
def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(pattern, flags)


def in_context(text: str, path: str) -> Iterator[Found]:
    """Every credential of a text that its surroundings give away."""
    if "PRIVATE KEY" in text:
        yield from _private_keys(text)
    if ".ey" in text:
        yield from _web_tokens(text)
    if "ZXlK" in text:
        yield from _wrapped_tokens(text)
    if "curl" in text:
        yield from _curl(text)
    if "sshpass" in text:
        for match in _compiled(r"sshpass[ \t]+-p[ \t]*[\"']?([^\s\"'$%<{]{3,})").finditer(text):
            yield Found("sshpass", match.start(1), match.end(1), _doubt(match[1]))
    if secret_hashes.may_hold_hash(text):
        for start, end in secret_hashes.hashes_in(text):
            yield Found("password-hash", start, end, "")
    if "kty" in text:
        for start, end in web_keys_in(text):
            yield Found("json-web-key", start, end, "")
    if ":::" in text:
        first = _compiled(r"^[a-z_][\w-]*:(?:\$\w+\$[^:\n]+|[*!]*):\d{4,5}:\d+:\d+:\d+:", re.M).search(text)
        if first is not None:
            yield Found("shadow-line", first.start(), first.end(), "")
    yield from _options(text)
    yield from _inside_values(text)
    if "PuTTY-User-Key-File" in text:
        for match in _compiled(r"PuTTY-User-Key-File-\d:[ \t]*[a-z]").finditer(text):
            yield Found("putty-key", match.start(), match.end() - 1, "")
    if "service_account" in text:
        for match in _compiled(r"\"type\"\s*:\s*\"service_account\"").finditer(text):
            yield Found("service-account", match.start(), match.end(), "")
    if "ecret" in text and "kind" in text:
        yield from _manifests(text)
    yield from _of_files(text, path.lower().rpartition("/")[2])


def _options(text: str) -> Iterator[Found]:
    """Passwords, tokens and keys that a command line is given as options, variables or lines of a .netrc."""
    for word, pattern in secret_commands.OPTIONS:
        if word in text:
            for match in _compiled(pattern).finditer(text):
                if _is_made(match[1]):
                    yield Found("command-password", match.start(1), match.end(1), _doubt(match[1]))


def _inside_values(text: str) -> Iterator[Found]:
    """Passwords and keys within a value that is no secret as a whole."""
    named = _compiled(secret_commands.INSIDE_NAME)
    for match in _compiled(secret_commands.INSIDE).finditer(text):
        head = text[max(0, match.start() - 30) : match.start()]
        name = named.search(head)
        if name is not None and head[: name.start()][-1:] in (";", "?", "&", '"', "'", " ", ""):
            start = match.start() - len(name[0])
            if _is_inside(text, start, match.end()) and _is_made(match[1]):
                yield Found("inside-value", match.start(1), match.end(1), _doubt(match[1]))


_TOLD = r"://|;|\?|jdbc:|-D[\w.]*\Z|[\w ]=[^=]*;|(?<![\w.-])(?:host|hostaddr|server|port|user|username|uid|dbname|database|sslmode)=\S"


def _is_inside(text: str, start: int, end: int) -> bool:
    """Whether more of the same value stands beside it on the line: a query, further `key=value;`, other options."""
    line = text[max(0, start - 1000) : start].rpartition("\n")[2]
    if re.search(_TOLD, line) is not None:
        return True
    rest = text[end : end + 300].partition("\n")[0]
    return (
        re.match(r"[ ;&](?:\w+[ =]|Database|Server|User)\S", rest) is not None and re.search(r"\w=\S", rest) is not None
    )


def web_keys_in(text: str) -> Iterator[tuple[int, int]]:
    """The private parts of JSON Web Keys (RFC 7517): `d` of a key pair, `k` of a shared key."""
    for written in _compiled(r"\{[^{}]{0,8000}\}").finditer(text):
        kind = _compiled(r"\\?\"kty\\?\"\s*:\s*\\?\"(RSA|EC|OKP|oct)\\?\"").search(written[0])
        if kind is not None:
            part = "k" if kind[1] == "oct" else "d"
            told = _compiled(rf"\\?\"{part}\\?\"\s*:\s*\\?\"([\w-]{{22,}})").search(written[0])
            if told is not None and not is_sample(told[1]) and entropy(told[1][:400]) >= 3.0:
                yield written.start() + told.start(1), written.start() + told.end(1)


def _is_made(value: str) -> bool:
    """Whether a program has made a value, so that it is no word, placeholder or reference."""
    return not is_reference(value) and not is_placeholder(value) and (looks_random(value) or is_random_password(value))


def _doubt(value: str) -> str:
    return "sample" if is_sample(value) or is_reference(value) else ""


def _private_keys(text: str) -> Iterator[Found]:
    header = _compiled(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
    for match in header.finditer(text):
        again = text.find("-----BEGIN", match.end(), match.end() + MAX_KEY)
        close = text.find("-----END", match.end(), again if again >= 0 else match.end() + MAX_KEY)
        stop = close if close >= 0 else min(again if again >= 0 else len(text), match.end() + 400)
        body = text[match.end() : stop]
        lines = re.split(r"\s+|\\n|\\r", body)
        base = "".join(line for line in lines if re.fullmatch(r"[A-Za-z0-9+/=]{16,}[\"',]?", line))
        end = match.end()
        if close >= 0:
            tail = _compiled(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----").match(text, close)
            end = tail.end() if tail is not None else close
        elif base:
            end = match.end() + len(body.rstrip())
        good = len(base) >= 40 and entropy(base[:2000]) >= 3.5 and not is_sample(base[:64])
        yield Found("private-key", match.start(), end, "" if good else "sample")


def _decoded(part: str) -> object:
    import json  # few files hold a token

    try:
        return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return None


def _web_tokens(text: str) -> Iterator[Found]:
    pattern = _compiled(r"(?<![\w])(ey[\w-]{15,2000})\.ey[\w/\\-]{15,4000}(?:\.[\w/\\-]{10,2000}={0,2})?")
    for match in pattern.finditer(text):
        header = _decoded(match[1])
        known = isinstance(header, dict) and "alg" in header
        if not is_for_everyone(match[0]):
            yield Found("jwt", match.start(), match.end(), "" if known else "checksum")


def _wrapped_tokens(text: str) -> Iterator[Found]:
    for match in _compiled(r"(?<![A-Za-z0-9+/])ZXlK[A-Za-z0-9+/_-]{100,4000}={0,2}").finditer(text):
        inner = match[0].rstrip("=")
        try:
            clear = base64.urlsafe_b64decode(inner.replace("+", "-").replace("/", "_") + "=" * (-len(inner) % 4))
        except (ValueError, binascii.Error):
            continue
        if re.match(rb"ey[\w-]{15,}\.?", clear):
            yield Found("jwt-base64", match.start(), match.end(), "")


_UNCERTAIN = re.compile(r"^[\[<{$%*.]|^(?:x{3,}|y{3,}|token|password|pass|passwd|secret|key|apikey|api_key)$", re.I)


def _curl(text: str) -> Iterator[Found]:
    starts = _compiled(r"\bcurl\b(?:\.exe)?[ \t]")
    user = _compiled(r"(?:^|[ \t])(?:-u|--user|-[A-Za-z]*u)[ \t=]*(\"[^\"\n]*\"(?::\"[^\"\n]*\")?|'[^'\n]*'|[^\s\"']+)")
    header = _compiled(
        r"(?:-H|--header)[ \t=]*[\"'](?:(?:Proxy-)?Authorization:[ \t]*+(?:(?:Basic|Bearer|Token|ApiKey|Api-Token)[ \t]*+)?"
        r"|(?:(?:[A-Za-z]+-)*(?:Api-?Key|Token|Auth(?:-Token|-Key)?|Secret(?:-Key)?)):[ \t]*)([^\s\"']{8,})[\"']",
        re.I,
    )  # fmt: skip
    for match in starts.finditer(text):
        line = match.end()
        end = text.find("\n", line)
        while end >= 0 and end - match.start() < 4000 and text[line:end].rstrip().endswith("\\"):
            line = end + 1
            end = text.find("\n", line)
        if end >= 0 and end - match.start() < 4000 and re.match(r"[ \t]+-H[ \t]", text[end + 1 : end + 40]):
            end = text.find("\n", end + 1)  # a header on a line of its own, its backslash lost
        end = len(text) if end < 0 else end
        command = text[match.start() : min(end, match.start() + 4000)]
        is_local = is_for_this_machine(command)
        for one in user.finditer(command):
            value = one[1]
            inner = value.replace('"', "").replace("'", "")
            login, colon, password = inner.partition(":")
            if colon and _is_password(password):
                at = match.start() + one.start(1) + value.index(":") + 1
                at += text[at : at + 1] in ("'", '"')
                yield Found(
                    "curl-user",
                    at,
                    at + len(password),
                    "name" if is_local or is_default_password(password, login) else "",
                )
        for one in header.finditer(command):
            value = one[1]
            if not _UNCERTAIN.search(value) and not is_reference(value) and _is_header(one[0], value):
                yield Found(
                    "curl-header", match.start() + one.start(1), match.start() + one.end(1), "name" if is_local else ""
                )


def _is_password(value: str) -> bool:
    bare = value.strip("{}") if value.startswith("{") and not value.startswith("{{") else value
    if len(bare) < 3 or _UNCERTAIN.search(bare) or is_reference(bare):
        return False
    return is_literal_secret(bare) and not _compiled(r"[A-Z_]{3,}").fullmatch(bare)


def _is_header(written: str, value: str) -> bool:
    if re.search(r"\bbasic\b", written, re.I):
        if len(value) % 4:
            return False
        try:
            return b":" in base64.b64decode(value, validate=True)
        except (ValueError, binascii.Error):
            return False
    return not is_sample(value) and (looks_random(value[:150]) or value.startswith("ey") or "~" in value)


def _manifests(text: str) -> Iterator[Found]:
    kind = _compiled(r"^[ \t]*kind:[ \t]*[\"']?secret[\"']?[ \t]*\r?$", re.M | re.I)
    start = 0
    for piece in re.split(r"(?m)^---.*$", text):
        at = text.index(piece, start)
        start = at + len(piece)
        if kind.search(piece) and "apiVersion" in piece:
            yield from _manifest(piece, at)


def _manifest(piece: str, offset: int) -> Iterator[Found]:
    """The value that a Secret holds: the first that is one without doubt, or else the first of all."""
    doubtful: Found | None = None
    for block, name, start, value in _entries(piece):
        if len(value) < 4 or is_sample(value) or (is_reference(value) and '"auths"' not in value):
            continue
        if block == "data" and not re.fullmatch(r"[A-Za-z0-9+/]{10,}={0,3}", re.sub(r"\s+", "", value)):
            continue
        clear = _clear(value) if block == "data" else value
        if "-----BEGIN" in clear and not _holds_private_key(clear):
            continue  # a certificate, a public key, or one whose body is left out
        first = value.split(maxsplit=1)[0]
        found = Found("kubernetes-secret", offset + start, offset + start + len(first), "", name, _content(name, clear))
        if found.holds:
            yield found
            return
        doubtful = doubtful or found._replace(doubt="name")
    if doubtful is not None:
        yield doubtful


def _entries(piece: str) -> Iterator[tuple[str, str, int, str]]:
    """The values of a Secret: data or stringData, the key, where the value begins, and its text."""
    block = _compiled(r"^([ \t]*)(data|stringData):[ \t]*\r?\n((?:\1[ \t]+.*\n?|[ \t]*\n)+)", re.M)
    entry = _compiled(
        r"^([ \t]*)[\"']?([\w.-]+)[\"']?:[ \t]*(?:[|>][+-]?\d?[ \t]*\r?\n((?:\1[ \t]+\S.*\n?|[ \t]*\n)+)|[\"']?([^\s\"'#|>]+))",
        re.M,
    )
    for match in block.finditer(piece):
        for one in entry.finditer(match[3]):
            group = 3 if one[3] is not None else 4
            lead = len(one[group]) - len(one[group].lstrip())
            yield match[2], one[2], match.start(3) + one.start(group) + lead, one[group].strip()


def _clear(value: str) -> str:
    """What a value says in base64, or the value where that is no text."""
    packed = re.sub(r"\s+", "", value)
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-8")
    except (ValueError, binascii.Error):
        return value


def _holds_private_key(text: str) -> bool:
    return any(not found.doubt for found in _private_keys(text))


def _logs_in(logins: str) -> bool:
    """Whether the logins of registries that `docker login` writes hold a password that is no placeholder."""
    for key, value in _compiled(r'"(auth|password)"\s*:\s*"([^"]{4,4000})"').findall(logins):
        password = _clear(value).partition(":")[2] if key == "auth" else value
        if is_literal_secret(password or value) and not is_sample(password or value):
            return True
    return False


def _content(name: str, clear: str) -> str:
    """What an entry of a Secret holds, in words; "" where it need not be a secret."""
    if _holds_private_key(clear):
        return "a private key"
    if '"auths"' in clear and _logs_in(clear):
        return "the login of a registry"
    clear = clear.strip()
    if is_placeholder(clear) or is_reference(clear) or is_default_password(clear) or is_sample(clear):
        return ""
    if looks_random(clear):
        return "a random value"
    return "a password" if may_hold_random_secret(name) or name in ("key", "pass") else ""


def _is_local_registry(text: str, setting: re.Match[str]) -> bool:
    """Whether a line of .npmrc is for a registry on the same machine, as tests start one; without a host, for the default one."""
    named = _compiled(r"//([^/\s]+)/").match(setting[0])
    if named is None:
        named = _compiled(r"^registry[ \t]*=[ \t]*https?://([^/\s]+)", re.M).search(text)
    return (
        named is not None
        and _compiled(r"(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])(?::\d+)?").fullmatch(named[1]) is not None
    )


def _of_files(text: str, name: str) -> Iterator[Found]:
    """Credentials that only a certain file holds in this way."""
    if name in (".npmrc", "npmrc") or "_authToken" in text or "_auth" in text or "_password" in text:
        for match in _compiled(
            r"^[^\s#;=]*(?:^|:)(?:_auth|_authToken|_password)[ \t]*=[ \t]*([^\s]{4,})", re.M
        ).finditer(text):
            if is_literal_secret(match[1]):
                yield Found(
                    "npm-password", match.start(1), match.end(1), "name" if _is_local_registry(text, match) else ""
                )
    if name == "nuget.config":
        for match in _compiled(r"key=\"(?:ClearText)?Password\"\s+value=\"([^\"\n]{8,})\"", re.I).finditer(text):
            if is_literal_secret(match[1]) and not _compiled(r"[^\w%-]").search(match[1]):
                yield Found("nuget-password", match.start(1), match.end(1), "name")
    if "assword" in text:
        named = "password" if name.endswith((".tf", ".hcl", ".tfvars")) else "administrator_login_password"
        for match in _compiled(named + r"[ \t]*=[ \t]*\"([a-z0-9=_-]{8,20})\"", re.I).finditer(text):
            if is_literal_secret(match[1]):
                yield Found("terraform-password", match.start(1), match.end(1), "name")
    if name.endswith(".php"):
        for match in _compiled(r"[\"']secret_key[\"']\s*=>\s*[\"'](sk_\S{29})[\"']").finditer(text):
            if entropy(match[1]) >= 3:
                yield Found("freemius-key", match.start(1), match.end(1), "")
