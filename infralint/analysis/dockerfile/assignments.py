"""How ENV, ARG and LABEL are written."""

from __future__ import annotations

from infralint.model.dockerfile.instruction import Assignments
from infralint.model.element import fact_of


@fact_of(Assignments)
def uses_legacy_format(assignments: Assignments) -> bool:
    """Whether name and value are written with a space between them: `ENV NAME value`."""
    first = assignments.arguments.split(None, 1)
    return (
        assignments.node.name != "ARG"
        and len(first) == 2
        and "=" not in first[0]
        and not first[0].startswith(("'", '"'))
    )
