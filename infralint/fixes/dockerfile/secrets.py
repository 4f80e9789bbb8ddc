"""Edits that mount a credential where it is needed instead of keeping it in the image."""

from __future__ import annotations

from infralint.analysis.dockerfile.secrets import instructions_naming
from infralint.model.dockerfile.instruction import ImageVariable
from infralint.model.element import fact_of
from infralint.model.shared.variable import Variable
from infralint.text.edit import Edit


@fact_of(Variable)
def mounted_secret(variable: Variable) -> list[Edit]:
    """Edits that take it out and mount a build secret of its name in each RUN that names it.

    None where it is no variable of a Dockerfile, or another instruction needs it: what a container reads when it runs cannot be mounted at build time.
    Source: https://docs.docker.com/build/building/secrets/ (`env=` needs the Dockerfile frontend 1.10).
    """
    name = str(variable.name)
    if not isinstance(variable, ImageVariable):
        return []
    users = instructions_naming(variable)
    if (
        not users
        or not name.isidentifier()
        or any(one.node.name != "RUN" or one.node.items is not None for one in users)
    ):
        return []
    taken = _without_assignment(variable)
    if taken is None:
        return []
    flag = f" --mount=type=secret,id={name.lower()},env={name},required=true"
    path = variable.source.path
    return [taken, *(Edit(path, one.node.keyword.end, one.node.keyword.end, flag) for one in users)]


def _without_assignment(variable: ImageVariable) -> Edit | None:
    """An edit that removes the assignment, with its whole instruction where nothing else is in it."""
    own = variable.assignment.instruction
    text, path = variable.source.text, variable.source.path
    if len(own.node.pairs) == 1:
        end = own.end
        while end < len(text) and text[end] not in "\r\n":
            end += 1
        end += 2 if text.startswith("\r\n", end) else 1 if end < len(text) else 0
        return Edit(path, own.start, end, "")
    before = variable.start
    while before > 0 and text[before - 1] in " \t":
        before -= 1
    if text[before - 1 : before] in ("\n", "\r") or text[max(before - 2, 0) : before].strip().endswith("\\"):
        return None  # an assignment on a continued line: its line end and backslash would have to go as well
    return Edit(path, before, variable.end, "")
