"""Edits of health checks."""

from __future__ import annotations

from infralint.analysis.compose.known_images import KnownImage, health_test
from infralint.fixes.compose.keys import add_keys
from infralint.model.compose.parts import Healthcheck
from infralint.model.element import fact_of
from infralint.syntax import yaml
from infralint.text.edit import Edit


@fact_of(KnownImage)
def with_healthcheck(image: KnownImage) -> list[Edit] | None:
    """Edits that give its service a health check; absent where no test is known for it, or one is written."""
    test = health_test(image)
    if test is None:
        return None
    values = {"test": test, "interval": "10s", "timeout": "5s", "retries": "5"}
    return add_keys(image.service.node, "healthcheck", values)


@fact_of(Healthcheck)
def with_cmd(healthcheck: Healthcheck) -> list[Edit] | None:
    """Edits that put `CMD` before the words of a list; absent where its lines are not plain."""
    node = healthcheck.node.get("test")
    if not isinstance(node, yaml.Sequence) or not node.items:
        return None
    first = node.items[0]
    if node.is_flow:
        return [Edit(first.source.path, first.start, first.start, "CMD, ")]
    line = first.source.line_of(first.start)
    low = first.source.line_starts[line - 1]
    lead = first.source.text[low : first.start]
    return [Edit(first.source.path, low, low, f"{lead}CMD{first.source.newline}")] if lead.strip(" ") == "-" else None
