"""Switched-off verification: TLS certificates and package signatures."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Unknown, fact_of
from infralint.model.shared.command import Command
from infralint.model.shared.variable import Variable
from infralint.tables.verification import signature_switch, tls_switch, trusts_repository, variable_switches_tls_off
from infralint.text.source import Text


@fact_of(Command)
def tls_verification_off(command: Command) -> Text | None:
    """The word that makes it accept any certificate: a flag, an option or a variable set in front of it."""
    for assignment in command.shell.assignments:
        word = assignment.value
        if word is None or isinstance(word.value, Unknown):
            continue
        if variable_switches_tls_off(str(assignment.name), str(word.value)):
            return assignment.name
    if isinstance(command.name, Unknown) or command.name is None:
        return None
    if command.name in ("export", "env"):
        for argument in command.arguments:
            if not isinstance(argument, Unknown) and variable_switches_tls_off(*argument.partition("=")[::2]):
                return argument
    return tls_switch(command.name, command.arguments)


@fact_of(Command)
def signature_check_off(command: Command) -> Text | None:
    """The word that makes it install packages whose signature was not checked."""
    if isinstance(command.name, Unknown) or command.name is None:
        return None
    if command.name in ("echo", "printf", "tee"):
        return next((word for word in command.arguments if isinstance(word, Text) and trusts_repository(word)), None)
    return signature_switch(command.name, command.arguments)


@fact_of(Variable)
def disables_tls_verification(variable: Variable) -> bool | Unknown:
    """Whether it makes a known program accept any certificate."""
    if variable.value is UNKNOWN:
        return UNKNOWN
    return variable.value is not None and variable_switches_tls_off(str(variable.name), str(variable.value))
