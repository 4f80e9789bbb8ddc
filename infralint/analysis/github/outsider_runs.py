"""Runs that people without write access cause: what the contexts hold in them, and what a maintainer may have granted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from infralint.analysis.github.local_calls import workflows_named
from infralint.analysis.github.run_conditions import Symbol
from infralint.model.element import UNKNOWN, remembered
from infralint.model.github.workflow import Trigger, Workflow
from infralint.tables import outsiders
from infralint.text import regex as re
from infralint.text.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

GRANTS = frozenset(("actor", "association", "permission", "label", "repository", "merge", "environment"))
"""What a maintainer gives, and an outsider does not have: a place on a list, a role, a label, a branch, a review."""


class OutsiderRun(NamedTuple):
    """A run that an outsider causes. `source_event`: of a `workflow_run`, the event of the run before."""

    event: str
    action: str | None
    association: str | None
    source_event: str | None

    def value(self, path: tuple[str, ...], granted: frozenset[str]) -> Any:
        """What a path of the context `github` is worth, where a maintainer granted that much; UNKNOWN where more decides."""
        if path[:2] == ("github", "event"):
            return self._payload(path[2:], granted)
        name = path[1] if len(path) == 2 else ""
        if name == "event_name":
            return self.event if self.event != "workflow_call" else UNKNOWN
        if name in ("actor", "triggering_actor", "actor_id"):
            return UNKNOWN if "actor" in granted else Symbol("id" if name == "actor_id" else "login", "outsider")
        if name in outsiders.OWN:
            return Symbol(outsiders.OWN[name], "own", is_named=True)
        if name == "ref":
            prefix = "refs/pull/" if self.event in outsiders.MERGE_REF_EVENTS else "refs/heads/"
            return Symbol("ref", "base", is_named=True, prefix=prefix)
        return "branch" if name == "ref_type" else UNKNOWN

    def _payload(self, path: tuple[str, ...], granted: frozenset[str]) -> Any:
        if not path:
            return UNKNOWN
        if path[-1] == "author_association":  # of whatever object: what is meant is the author
            is_open = "association" in granted or self.association is None
            return UNKNOWN if is_open else self.association
        events = outsiders.OBJECTS.get(path[0])
        if events is not None and self.event not in events and self.event != "workflow_call":
            return None
        if path == ("action",):
            return self.action if self.action is not None else UNKNOWN
        if "labels" in path:
            return UNKNOWN if "label" in granted or path[-1] == "labels" else []
        if path[0] == "label":
            return UNKNOWN if "label" in granted else None
        if path[0] == "pull_request" and path[1:] in outsiders.MERGED:
            return UNKNOWN if "merge" in granted else None
        if path == ("workflow_run", "event"):
            return self.source_event if self.source_event is not None else UNKNOWN
        return self._repository_or_person(path, granted)

    def _repository_or_person(self, path: tuple[str, ...], granted: frozenset[str]) -> Any:
        for begins, whose in outsiders.REPOSITORIES:
            if path[: len(begins)] == begins:
                return self._repository(path[len(begins) :], whose, granted)
        if path[:2] == ("pull_request", "head") and path[2:] == ("label",):
            return UNKNOWN if "repository" in granted else Symbol("label", "outsider")
        if path[:-1] in outsiders.PEOPLE:
            if path[-1] in ("login", "id", "node_id"):
                domain = "login" if path[-1] == "login" else "id"
                return UNKNOWN if "actor" in granted else Symbol(domain, "outsider")
            return "User" if path[-1] == "type" and "actor" not in granted else UNKNOWN
        return UNKNOWN

    def _repository(self, rest: tuple[str, ...], whose: str, granted: frozenset[str]) -> Any:
        """A field of a repository: this one's, or the fork's, which is this one where that is granted."""
        is_fork = whose == "head" and "repository" not in granted
        if rest == ("fork",):
            return UNKNOWN if whose == "own" else is_fork
        if rest in outsiders.DISTINCT:
            domain = "login" if rest == ("owner", "login") else ".".join(rest)
            name = "outsider" if is_fork and domain == "login" else "fork" if is_fork else "own"
            return Symbol(domain, name, is_named=not is_fork)
        return UNKNOWN


@remembered
def outsider_runs(workflow: Workflow) -> list[OutsiderRun]:
    """The kinds of runs of a workflow that an outsider causes by its own events."""
    return [run for trigger in workflow.triggers for run in _runs_of(trigger)]


def _runs_of(trigger: Trigger) -> Iterator[OutsiderRun]:
    event = str(trigger.name)
    if event not in outsiders.EVENTS:
        return
    text = trigger.source.text.lower()
    actions: list[str | None] = [None]
    if "event.action" in text:
        actions = [str(kind) for kind in trigger.types] or list(outsiders.DEFAULT_TYPES.get(event, (None,)))
    associations: list[str | None] = list(outsiders.ASSOCIATIONS) if "author_association" in text else [None]
    sources: list[str | None] = list(_sources(trigger)) if event == "workflow_run" else [None]
    for action, association, source in product(actions, associations, sources):
        yield OutsiderRun(event, action, association, source)


def _sources(trigger: Trigger) -> list[str]:
    """The events by which an outsider causes the run that a `workflow_run` waits for.

    Where that workflow is not here: `pull_request`, which most have, and what the workflow that waits speaks of.
    """
    names = [str(name) for name in trigger.workflows]
    found = workflows_named(trigger.workflow.file.index, names)
    if found is None:
        text = trigger.source.text
        return [each for each in outsiders.HEAD_RUN_EVENTS if each == "pull_request" or re.search(rf"\b{each}\b", text)]
    events = {str(each.name) for workflow in found for each in workflow.triggers}
    return [event for event in outsiders.HEAD_RUN_EVENTS if event in events or "workflow_call" in events]
