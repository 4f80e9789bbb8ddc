"""Credentials in a file."""

from __future__ import annotations

from infralint.analysis.shared.secrets import is_sure
from infralint.analysis.shared.variables import holds_default_password, holds_literal_secret
from infralint.model.element import fact_of
from infralint.model.env.entry import DotenvFile
from infralint.model.shared.secret import Secret, secrets_of
from infralint.tables.secrets import digest
from infralint.text.source import Text


@fact_of(DotenvFile)
def live_secret(file: DotenvFile) -> Secret | None:
    """The first value in the form of a real credential."""
    open_families = ("generic", "plain", "identifier", "hash")
    return next(
        (one for one in secrets_of(file.document) if is_sure(one) and one.format.family not in open_families), None
    )


@fact_of(DotenvFile)
def first_secret_digest(file: DotenvFile) -> str | None:
    """A short hash of the first value that is a credential, equal for the same one in another place."""
    found = first_secret(file)
    return digest(str(found) if isinstance(found, Text) else found.raw) if found is not None else None


@fact_of(DotenvFile)
def first_secret(file: DotenvFile) -> Text | Secret | None:
    """The first value that is a credential, by its name and value together or by its format."""
    for entry in file.document.entries:
        if holds_literal_secret(entry.variable) is True and holds_default_password(entry.variable) is False:
            return entry.value
    return next((one for one in secrets_of(file.document) if is_sure(one) and one.format.family != "identifier"), None)
