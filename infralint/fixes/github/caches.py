"""Fixes of steps that use caches."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.github.step import Step
from infralint.syntax.yaml import Mapping
from infralint.syntax.yaml_edit import delete, set_key
from infralint.tables.github import caches_of
from infralint.text.edit import Edit


@fact_of(Step)
def with_cache_disabled(step: Step) -> list[Edit] | None:
    """Edits after which it restores no cache; None where it has no switch for that."""
    switches = caches_of(step.uses.action) or () if step.uses is not None else ()
    for switch in switches:
        written = step.input_named(switch.input)
        if written is not None and (switch.values or (switch.on and not switch.default)):
            return delete(written.node)
        if written is not None or switch.default:
            off = "false" if switch.on else "true"
            return set_key(step.node, ["with", switch.input], off) if isinstance(step.node, Mapping) else None
    return None
