"""Credentials of known formats: how sure a match is, and which peers' rules mean it."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.kinds import kind_of_source
from infralint.model.shared.secret import Secret
from infralint.tables import secret_names, secrets
from infralint.tables.secret_formats import FORMATS, Format
from infralint.text.source import Text


def _rows(asked: frozenset[str]) -> list[Format]:
    """The formats of the families that a rule asks for; all of them where it asks for none."""
    return [row for row in FORMATS if row.family in asked] or list(FORMATS)


def _every_name(asked: frozenset[str]) -> list[str]:
    """Every name that `peer_rules` may give."""
    rows = _rows(asked)
    generic = secret_names.GENERIC_NAMES.values() if any(row.family == "generic" for row in rows) else ()
    return sorted({name for row in rows for name in row.names} | {*generic, *secret_names.PIPELINE_NAMES})


def _every_sample_name(asked: frozenset[str]) -> list[str]:
    """Every name that `sample_peer_rules` may give."""
    return sorted({name for row in _rows(asked) for name in row.samples} | {*secret_names.PIPELINE_NAMES})


@fact_of(Secret, every=_every_name)
def peer_rules(secret: Secret) -> list[str]:
    """The peers' rules that mean it: those of its format, and those for any random value under a secret's name."""
    names = dict.fromkeys((*secret.match.format.names, *secret.match.also))
    if secret.match.format.family == "generic":
        generic = secret_names.GENERIC_NAMES.get(secret_names.secret_word(secret.match.name))
        names.update(dict.fromkeys([generic] if generic is not None else []))
    return [*names, *secret_names.pipeline_names(kind_of_source(secret.source))]


@fact_of(Secret, every=_every_sample_name)
def sample_peer_rules(secret: Secret) -> list[str]:
    """The peers' rules that report the format even where the value is a sample."""
    return [*secret.match.format.samples, *secret_names.pipeline_names(kind_of_source(secret.source))]


@fact_of(Secret)
def is_sure(secret: Secret) -> bool:
    """Whether its format, or its name and look in the settings of a known program, leave no doubt."""
    if secret.match.doubt:
        return False
    return secret.is_verified or secret.match.format.family == "key" or secret.in_settings()


@fact_of(Secret)
def is_sample(secret: Secret) -> bool:
    """Whether it says itself that it is made up: a placeholder, one letter over and over, the alphabet."""
    return secret.match.doubt == "sample"


@fact_of(Secret)
def fails_checksum(secret: Secret) -> bool:
    """Whether the checksum that its issuer documents is wrong (GitHub, npm), or what it encodes cannot be read (JWT)."""
    return secret.match.doubt == "checksum"


@fact_of(Secret)
def digest(secret: Secret) -> str:
    """A short hash of it, equal for the same credential in another place."""
    return secrets.digest(secret.raw)


@fact_of(Secret)
def is_whole_value(secret: Secret) -> bool:
    """Whether it is all that a variable holds."""
    value = secret.variable.value if secret.variable is not None else None
    return isinstance(value, Text) and (value.start, value.end) == (secret.start, secret.end)
