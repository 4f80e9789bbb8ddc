"""Programs that commands start as servers."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Truth, Unknown, fact_of
from infralint.model.shared.command import Command
from infralint.tables.commands import FOR_DEVELOPMENT, RELOADING


@fact_of(Command)
def is_development_server(command: Command) -> Truth:
    """Whether it starts a development server: `flask run`, `manage.py runserver`, `--reload`."""
    name = command.name
    if isinstance(name, Unknown) or name is None:
        return UNKNOWN
    words = [str(word) for word in command.operands if not isinstance(word, Unknown)]
    if name in FOR_DEVELOPMENT or "runserver" in words or (name == "flask" and "run" in words):
        return True
    return command.has_flag("--reload", "--debug") if name in RELOADING else False
