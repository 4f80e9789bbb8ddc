"""Settings that are meant for development, and keys that sign."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.env.entry import Entry
from infralint.tables import env_settings


@fact_of(Entry)
def is_debug_switch_on(entry: Entry) -> bool:
    """Whether it turns on a program's debugging."""
    return entry.row.value is not None and env_settings.is_debug_switch_on(entry.row.key, entry.row.value)


@fact_of(Entry)
def is_development_mode(entry: Entry) -> bool:
    """Whether it chooses a mode that is not for production: NODE_ENV=development."""
    return entry.row.value is not None and env_settings.is_development_mode(entry.row.key, entry.row.value)


@fact_of(Entry)
def is_insecure_transport(entry: Entry) -> bool:
    """Whether its value reaches another machine without encryption."""
    return entry.row.value is not None and env_settings.is_insecure_transport(entry.row.value)


@fact_of(Entry)
def is_signing_key(entry: Entry) -> bool:
    """Whether it is a key that signs or encrypts, which must be long: JWT_SECRET, SECRET_KEY."""
    return str(entry.row.key).upper() in env_settings.SIGNING_KEYS


@fact_of(Entry)
def value_length(entry: Entry) -> int:
    """How many characters the value has."""
    return len(entry.row.value or "")
