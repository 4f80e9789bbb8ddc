"""Edits of `depends_on`."""

from __future__ import annotations

from infralint.analysis.project.dependencies import has_healthcheck
from infralint.model.compose.project import stream_of
from infralint.model.element import fact_of
from infralint.model.index import Index
from infralint.model.project.document import Dependency, ServiceTarget
from infralint.syntax import yaml, yaml_edit
from infralint.text.edit import Edit


def _in_long_form(index: Index, path: str, service: str, healthy: set[str]) -> list[Edit] | None:
    """Edits that make the long form of a `depends_on` list: each name with its condition."""
    stream = stream_of(index, path)
    node = stream.root if stream is not None else None
    for key in ("services", service, "depends_on"):
        node = node.get(key) if isinstance(node, yaml.Mapping) else None
    if not isinstance(node, yaml.Sequence) or not all(
        isinstance(one, yaml.Scalar) and not one.tag for one in node.items
    ):
        return None
    source, text = node.source, node.source.text
    edits = []
    if node.is_flow:
        says = ", ".join(f"{one.raw}: {{condition: {_condition(one, healthy)}}}" for one in node.items)
        return [Edit(path, node.start, node.end, "{" + says + "}")]
    holder = node.parent
    pair = next((one for one in holder.pairs if one.value is node), None) if isinstance(holder, yaml.Mapping) else None
    if pair is None:
        return None
    base, step = yaml_edit.column_of(source, pair.start), yaml_edit.step_of(node)
    pad = " " * (base + step)
    for one in node.items:
        line = source.line_of(one.start)
        low, (_, high) = source.line_starts[line - 1], source.line_span(line)
        if text[low : one.start].strip(" ") != "-":
            return None
        after = f"{source.newline}{pad}{' ' * step}condition: {_condition(one, healthy)}"
        rest = text[one.end : high]
        edits.append(Edit(path, low, high, f"{pad}{one.raw}:{rest.rstrip()}{after}"))
    return edits


def _condition(item: yaml.Node, healthy: set[str]) -> str:
    return "service_healthy" if isinstance(item, yaml.Scalar) and item.content in healthy else "service_started"


@fact_of(Dependency)
def with_conditions(dependency: Dependency) -> list[Edit] | None:
    """Edits that write the list of names out, each with what can be waited for."""
    if dependency.condition or dependency.source.path != dependency.compose.path:
        return None
    healthy = {
        s.name for s in dependency.compose.services if has_healthcheck(ServiceTarget(s, dependency.project)) is True
    }
    return _in_long_form(dependency.project.index, dependency.compose.path, dependency.holder.name, healthy)
