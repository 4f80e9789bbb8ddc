"""Credentials in URLs."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.shared.command import Command
from infralint.model.shared.secret import Url
from infralint.tables import secrets
from infralint.tables.commands import credential_in
from infralint.text.source import Text


@fact_of(Command)
def credential_in_url(command: Command) -> Text | None:
    """What stands as user or password in an address among its arguments, where a variable or an expression does."""
    spans = ((word.raw, credential_in(str(word.raw))) for word in command.shell.argv[1:])
    return next((raw.slice(*span) for raw, span in spans if span is not None), None)


@fact_of(Url)
def has_literal_password(url: Url) -> bool:
    """Whether the password is written out: no reference, no placeholder, not the user's own name again."""
    password = url.password
    return secrets.is_literal_secret(password) and not secrets.is_default_password(password, url.user)


@fact_of(Url)
def has_default_password(url: Url) -> bool:
    """Whether the password is written out and one that is tried first: a plain word, the user's name again."""
    password = url.password
    return secrets.is_literal_secret(password) and secrets.is_default_password(password, url.user)
