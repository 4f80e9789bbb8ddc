"""Credentials that a build copies in, is given or leaves in the image."""

from __future__ import annotations

from infralint.analysis.shared.variables import names_a_secret
from infralint.model.dockerfile.instruction import CopyOrAdd, ImageVariable, Instruction
from infralint.model.dockerfile.run import Run
from infralint.model.dockerfile.stage import Stage
from infralint.model.element import fact_of, remembered
from infralint.syntax.dockerfile_words import unquote
from infralint.tables.credential_files import CREDENTIAL_VARIABLES, is_credential_file
from infralint.text import regex as re
from infralint.text.source import Text


@fact_of(CopyOrAdd)
def credential_files(copy: CopyOrAdd) -> list[Text]:
    """The words that lead to a file of credentials: its usual name, or a variable in which tools look for it."""
    found = [word for word in copy.sources if is_credential_file(unquote(word, copy.document.tree.escape))]
    if copy.destination is not None and not found and copy.from_name is None:
        variable = (copy.target or "").strip("${}")
        if variable in CREDENTIAL_VARIABLES:
            found.append(copy.destination)
    return found


@remembered
def _by_variable(stage: Stage) -> dict[str, list[Instruction]]:
    """The instructions of a stage by the variables that they name."""
    text = stage.source.text
    found: dict[str, list[Instruction]] = {}
    for one in stage.instructions:
        for word in set(re.findall(r"\$\{?(\w+)", text[one.start : one.end])):
            found.setdefault(word, []).append(one)
    return found


def instructions_naming(variable: ImageVariable) -> list[Instruction]:
    """The instructions below it in its stage that name it."""
    own = variable.assignment.instruction
    found = _by_variable(own.stage).get(str(variable.name), []) if own.stage is not None else []
    return [one for one in found if one.start > own.start]


@fact_of(ImageVariable)
def read_by(variable: ImageVariable) -> list[Instruction]:
    """The RUNs below it in its stage that name it."""
    return [one for one in instructions_naming(variable) if one.node.name == "RUN"]


@fact_of(ImageVariable)
def is_secret_argument(variable: ImageVariable) -> bool:
    """Whether it passes a secret to the build: an ARG with such a name, without a default, that a RUN uses."""
    return variable.context == "ARG" and names_a_secret(variable) and not variable.value and bool(read_by(variable))


_DOCUMENTED_PASSWORDS = re.compile(r"\broot:Docker!(?![\w!])")
"""Azure App Service asks for this one, and lets nobody but its own portal reach the SSH port:
https://learn.microsoft.com/azure/app-service/configure-custom-container#enable-ssh"""


@fact_of(Run)
def sets_documented_password(run: Run) -> bool:
    """Whether the password that it sets is one that a platform documents for its own access."""
    return _DOCUMENTED_PASSWORDS.search(run.raw) is not None
