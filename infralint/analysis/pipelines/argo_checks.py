"""What Argo Workflows' own validation refuses: templates without a name or twice, unknown templates, references that resolve to nothing."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.pipelines.argo_references import reference_faults, texts_in
from infralint.analysis.shared.fault import Fault
from infralint.model.pipelines.kubernetes import ArgoDocument, workflow_spec
from infralint.model.pipelines.reading import head_of
from infralint.model.shared.value import get, mappings, text_of
from infralint.syntax.yaml import Mapping, Node, Sequence
from infralint.text import regex as re
from infralint.text.similar import most_similar

_BODIES = ("container", "script", "resource", "dag", "steps", "suspend", "http", "data", "plugin", "containerSet")
_MARK = re.compile(r"\{\{[ \t]{0,20}+([\w.-]{1,200}+)[ \t]{0,20}\}\}")
RESERVED = ("main", "init", "wait", "supervisor")


def argo_faults(file: ArgoDocument) -> Iterator[Fault]:
    """What Argo refuses of the workflows of a file."""
    for root in file.roots:
        spec = workflow_spec(root)
        if not isinstance(spec, Mapping):
            continue
        templates = mappings(spec.get("templates"))
        names = {str(name) for one in templates if (name := text_of(one.get("name")))}
        is_open = get(spec, "workflowTemplateRef") is not None
        entry = text_of(spec.get("entrypoint"))
        if entry is not None and entry not in names and not is_open and "{{" not in entry:
            nearest = most_similar(entry, names, 0.75)
            hint = f"; did you mean `{nearest}`?" if nearest else ""
            yield Fault(
                "unknown-template", f"no template is called `{entry}`; Argo refuses the workflow{hint}", entry, nearest
            )
        yield from _templates(templates, names)
        declared = {
            str(name) for one in mappings(get(spec, "arguments", "parameters")) if (name := text_of(one.get("name")))
        }
        by_name = {str(name): one for one in templates if (name := text_of(one.get("name")))}
        for template in templates:
            yield from reference_faults(template, by_name)
            yield from _references(template, declared, is_open or text_of(root.get("kind")) != "Workflow")


def _templates(templates: list[Mapping], names: set[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for one in templates:
        name = text_of(one.get("name"))
        if name is None or not name:
            first = head_of(one)
            yield Fault("template-without-name", "template has no `name`; Argo refuses the workflow", first)
        elif name in seen:
            yield Fault("second-template", f"a template is called `{name}` already; Argo refuses the workflow", name)
        seen.add(str(name))
        bodies = [key for key in _BODIES if key in one]
        if len(bodies) > 1:
            at = one.key(bodies[1])
            yield Fault(
                "two-bodies",
                f"template has `{bodies[0]}` and `{bodies[1]}`; Argo takes one of them",
                at if at is not None else one,
            )
        yield from _parameters(one)
        yield from _containers(one)
        for group in items(one.get("steps")):
            for step in [*mappings(group)]:
                yield from _call(step, names)
        for task in mappings(get(one, "dag", "tasks")):
            yield from _call(task, names)


def _parameters(template: Mapping) -> Iterator[Fault]:
    """Inputs and outputs without a name, or with one that another has."""
    for side in ("inputs", "outputs"):
        seen: set[str] = set()
        for one in mappings(get(template, side, "parameters")):
            name, first = text_of(one.get("name")), head_of(one)
            if not name:
                yield Fault(
                    "parameter-without-name", f"parameter of `{side}` has no `name`; Argo refuses the workflow", first
                )
            elif name in seen:
                yield Fault(
                    "second-parameter",
                    f"a parameter of `{side}` is called `{name}` already; Argo refuses the workflow",
                    name,
                )
            seen.add(str(name))


def _containers(template: Mapping) -> Iterator[Fault]:
    """Containers with a name that Argo gives to its own."""
    for one in [
        *mappings(template.get("sidecars")),
        *mappings(template.get("initContainers")),
        *mappings(get(template, "containerSet", "containers")),
    ]:
        name = text_of(one.get("name"))
        allowed = "main" if template.get("containerSet") is not None else None
        if name is not None and name in RESERVED and name != allowed:
            yield Fault(
                "reserved-name", f"`{name}` is the name of a container of Argo's own; Argo refuses the workflow", name
            )


def items(node: Node | None) -> list[Node]:
    """The items of a list; none for anything else."""
    return list(node.values()) if isinstance(node, Sequence) else []


def _call(step: Mapping, names: set[str]) -> Iterator[Fault]:
    template = text_of(step.get("template"))
    if template is not None and template not in names and "{{" not in template and step.get("templateRef") is None:
        nearest = most_similar(template, names, 0.75)
        hint = f"; did you mean `{nearest}`?" if nearest else ""
        yield Fault(
            "unknown-template",
            f"no template is called `{template}`; Argo refuses the workflow{hint}",
            template,
            nearest,
        )


def _references(template: Mapping, declared: set[str], is_open: bool) -> Iterator[Fault]:
    """The parameters that a template uses and nobody declares."""
    inputs = {
        str(name) for one in mappings(get(template, "inputs", "parameters")) if (name := text_of(one.get("name")))
    }
    for text in texts_in(template):
        for match in _MARK.finditer(text):
            parts = match[1].split(".")
            place = text.slice(match.start(), match.end())
            if parts[:2] == ["inputs", "parameters"] and len(parts) == 3 and parts[2] not in inputs:
                yield Fault(
                    "unresolved", f"`{match[1]}` resolves to nothing; the template declares no such input", place
                )
            elif (
                parts[:2] == ["workflow", "parameters"]
                and len(parts) == 3
                and parts[2] not in declared | {"json"}
                and not is_open
                and declared
            ):
                yield Fault(
                    "unresolved", f"`{match[1]}` resolves to nothing; the workflow declares no such parameter", place
                )
