"""Base images of FROM."""

from __future__ import annotations

from infralint.model.dockerfile.instruction import From
from infralint.model.element import Unknown, fact_of
from infralint.syntax.interpolation import expand


@fact_of(From)
def has_no_image_by_default(instruction: From) -> bool:
    """Whether arguments without a default leave no image to build on: `FROM $IMAGE`, `FROM debian:$TAG`."""
    if (
        instruction.reference is None
        or "$" not in instruction.reference
        or ":-" in instruction.reference
        or ":+" in instruction.reference
    ):
        return False
    bare = {
        str(p.name) for i in instruction.document.head if i.node.name == "ARG" for p in i.node.pairs if p.raw is None
    }
    value = expand(
        instruction.reference,
        lambda name: "" if name in bare else instruction.document.global_value(name),
        "docker",
        "\\",
    )
    return not isinstance(value, Unknown) and (
        not value or value.endswith((":", "@", "/")) or value.startswith((":", "/"))
    )
