"""How programs read a line of an env file, and where they differ. Data, as of 2026-11.

Sources: https://docs.docker.com/reference/cli/docker/container/run/#env (docker),
https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/ (compose),
https://github.com/motdotla/dotenv (node), https://github.com/theskumar/python-dotenv (python),
https://github.com/bkeepers/dotenv (ruby), a shell that sources the file (bash).
"""

from __future__ import annotations

from infralint.text import regex as re

DIALECTS = ("docker", "compose", "node", "python", "ruby", "bash")
"""docker stands for `docker run --env-file`, which takes every character after the `=` for the value."""


def read(dialect: str, raw: str) -> str | None:
    """The value that a dialect reads from what stands behind a `=`; None where it fails or runs a command.

    What a substitution gives is not worked out: the text of it stands for its value.
    """
    if dialect == "docker":
        return raw
    if dialect == "bash":
        return _shell_word(raw)
    text = raw.strip()
    quote = text[:1]
    if quote and quote in "'\"`" and not (quote == "`" and dialect != "node"):
        match = re.match(r"'([^']*)'" if quote == "'" else rf"{quote}((?:\\.|[^{quote}\\])*){quote}", text, re.S)
        if match is not None and not text[match.end() :].lstrip().rstrip("#").strip().strip("#"):
            return match[1]
        if match is not None and text[match.end() :].lstrip().startswith("#"):
            return match[1]
        return None if dialect == "compose" else text
    if dialect in ("node", "ruby"):
        return text.partition("#")[0].rstrip()
    comment = r"(?:^|[ \t])#" if raw[:1] in (" ", "\t") else r"[ \t]#"  # `A=#b`: the value begins with it
    return re.split(comment, text, maxsplit=1)[0].rstrip()


def _shell_word(raw: str) -> str | None:
    """One word of a shell; None where a blank ends it and more follows, or a sign means more to a shell."""
    if raw[:1] in (" ", "\t"):
        return "" if not raw.strip() else None
    out: list[str] = []
    at, size = 0, len(raw)
    while at < size:
        char = raw[at]
        if char in "'\"":
            close = raw.find(char, at + 1)
            if close < 0:
                return None
            out.append(raw[at + 1 : close])
            at = close + 1
        elif char in " \t":
            rest = raw[at:].strip()
            return "".join(out) if not rest or rest.startswith("#") else None
        elif char in ";&|<>()`":
            return None
        elif char == "\\":
            out.append(raw[at + 1 : at + 2])
            at += 2
        else:
            out.append(char)
            at += 1
    return "".join(out)


def same_for_all(one: str, other: str) -> bool:
    """Whether every dialect reads the same value from two spellings."""
    return all(read(dialect, one) == read(dialect, other) for dialect in DIALECTS)


def readings(raw: str) -> dict[str, str | None]:
    """What each dialect but docker's reads; docker's differs from all others wherever quotes or blanks stand."""
    return {dialect: read(dialect, raw) for dialect in DIALECTS if dialect != "docker"}
