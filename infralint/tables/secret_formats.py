"""Formats of credentials, as their issuers document them or as their keys are seen to be. Data, as of 2026-11.

The rows lie in `secret_table_*`, by what the credential opens. A row's `shape` (see `secret_shapes`) describes the
whole credential. A row with `words` describes a value that nothing but its name tells apart from others (forty
hexadecimal digits): one of the words must stand in the name that the value is given. `source` is where the issuer
writes about the credential.
"""

from __future__ import annotations

from functools import cache


class Format:
    """A kind of credential. `entropy` is in bits per character: what has less is a sample."""

    __slots__ = ("_written", "check", "entropy", "family", "name", "shapes", "source", "title", "words")

    def __init__(
        self, name: str, family: str, title: str, shapes: tuple[str, ...], words: tuple[str, ...],
        entropy: float, written: str, check: str, source: str,
    ) -> None:  # fmt: skip
        self.name = name
        self.family = family
        self.title = title
        self.shapes = shapes
        self.words = words
        self.entropy = entropy
        self._written = written
        self.check = check
        self.source = source

    @property
    def names(self) -> tuple[str, ...]:
        """The peers' rules that mean it."""
        return _peers(self._written)[0]

    @property
    def samples(self) -> tuple[str, ...]:
        """The peers' rules that also take a sample for it."""
        return _peers(self._written)[1]

    def __repr__(self) -> str:
        return f"<Format {self.name}>"


_KICS = "kics/passwords_and_secrets: Passwords And Secrets - "


@cache
def _peers(names: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Short names spelled out: `x` is gitleaks' and semgrep's, `g:` `s:` `c:` `k:` one peer's, `~` before it: samples too."""
    all_names: list[str] = []
    samples: list[str] = []
    for word in names.split():
        bare = word.removeprefix("~")
        peer, colon, rest = bare.partition(":")
        if not colon:
            spelled = [f"gitleaks/{bare}", f"semgrep/{bare}"]
        elif peer == "c":
            spelled = [f"checkov/CKV_SECRET_{rest}"]
        elif peer == "k":
            spelled = [_KICS + rest.replace("_", " ")]
        else:
            spelled = [{"g": "gitleaks/", "s": "semgrep/"}[peer] + rest]
        all_names += spelled
        if word.startswith("~"):
            samples += spelled
    return tuple(all_names), tuple(samples)


def row(
    name: str,
    family: str,
    title: str,
    shape: str,
    names: str,
    source: str,
    *,
    words: str = "",
    entropy: float = 2.5,
    check: str = "",
) -> Format:
    """A row of a table."""
    return Format(name, family, title, tuple(shape.split()), tuple(words.split()), entropy, names, check, source)


def _gathered() -> tuple[Format, ...]:
    from infralint.tables.secret_table_ai import AI
    from infralint.tables.secret_table_cloud import CLOUD
    from infralint.tables.secret_table_code import CODE
    from infralint.tables.secret_table_data import DATA
    from infralint.tables.secret_table_people import PEOPLE
    from infralint.tables.secret_table_services import SERVICES
    from infralint.tables.secret_table_tools import TOOLS

    return (*CLOUD, *CODE, *DATA, *PEOPLE, *SERVICES, *AI, *TOOLS)


FORMATS: tuple[Format, ...] = _gathered()
BY_NAME = {one.name: one for one in FORMATS}


RECIPES = {
    "password": "<a:18>",
    "short-password": "<x:4>-<d:3>",
    "jwt": "eyJhbGciOiJIUzI1NiJ9.eyJ<a:40>.<s:43>",
    "password-hash": "$2y$10$<a:53>",
    "private-key": "-----BEGIN PRIVATE KEY-----\n<b:64>\n<b:64>\n-----END PRIVATE KEY-----",
    "npm-look-alike": "npm_<a:36>",
    "aws-sample": "AKIA<A2:9>EXAMPLE",
}
"""Recipes of what has no shape of its own in the tables, or is meant to be no credential."""


def sample(name: str, seed: int) -> str:
    """A made-up credential of a format, always the same for a seed: examples hold the recipe, never the text.

    Raises KeyError for a name that is neither a format with a shape nor a recipe.
    """
    import random

    from infralint.tables.secret_shapes import crc_digits, spell

    chance = random.Random(f"{name} {seed}")
    if name in RECIPES:
        return spell(RECIPES[name], chance)
    one = BY_NAME[name]
    if not one.shapes:
        raise KeyError(name)
    text = spell(one.shapes[0], chance)
    if one.check == "crc":
        head, _, body = text.partition("_")
        text = f"{head}_{body[:-6]}{crc_digits(body[:-6], 6)}"
    return text
