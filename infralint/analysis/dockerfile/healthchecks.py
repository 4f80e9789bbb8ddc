"""Health checks of images."""

from __future__ import annotations

from infralint.model.dockerfile.stage import Stage
from infralint.model.element import UNKNOWN, Truth, Unknown, fact_of


@fact_of(Stage)
def has_healthcheck(stage: Stage) -> Truth:
    """Whether a HEALTHCHECK with a command holds; unknown where the image below is not known."""
    if stage.healthcheck is not None:
        return not stage.healthcheck.is_none
    return UNKNOWN if stage.image is None or isinstance(stage.image.full_name, Unknown) else False
