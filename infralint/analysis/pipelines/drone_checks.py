"""What Woodpecker's own linter refuses or warns of, beyond the schema."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.shared.fault import Fault
from infralint.model.pipelines.drone import WoodpeckerDocument, steps_in
from infralint.model.shared.value import mappings, pairs_of, scalars, text_of
from infralint.syntax.yaml import Mapping
from infralint.text.similar import most_similar

_NOT_WITH_SETTINGS = ("commands", "entrypoint", "environment")


def woodpecker_faults(file: WoodpeckerDocument) -> Iterator[Fault]:
    """What Woodpecker refuses of a workflow whose structure is right."""
    for root in file.roots:
        named = {id(value): str(name) for name, value in pairs_of(root.get("steps"))}
        steps = list(steps_in(root.get("steps")))
        names = {named.get(id(step)) or str(text_of(step.get("name"))) for step in steps}
        for step in steps:
            yield from _step(step, names)
        yield from _services(root)


def _step(step: Mapping, names: set[str]) -> Iterator[Fault]:
    image = step.get("image")
    if image is not None and not (text_of(image) or ""):
        key = step.key("image")
        if key is not None:
            yield Fault("missing-image", "step names no image", key)
    if step.get("settings") is not None:
        for word in _NOT_WITH_SETTINGS:
            key = step.key(word)
            if key is not None:
                yield Fault("both", f"step has `settings` and `{word}`; a plugin takes `settings` alone", key)
    for text in scalars(step.get("depends_on")):
        if text not in names and "$" not in text:
            nearest = most_similar(text, names, 0.75)
            hint = f"; did you mean `{nearest}`?" if nearest else ""
            yield Fault(
                "unknown-need", f"no step is called `{text}`; Woodpecker refuses the workflow{hint}", text, nearest
            )


def _services(root: Mapping) -> Iterator[Fault]:
    """Services that have the name of an earlier one."""
    seen: set[str] = set()
    for service in mappings(root.get("services")):
        name = text_of(service.get("name"))
        if name is not None and "$" not in name:
            if str(name) in seen:
                yield Fault(
                    "second-service", f"service `{name}` is written twice; Woodpecker refuses the workflow", name
                )
            seen.add(str(name))
