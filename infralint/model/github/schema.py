"""What the structure of a workflow gets wrong: unknown, missing and empty keys, values of no meaning.

After https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax, as of 2026-11; the keys of
snapshots, services and single events are not yet checked one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from infralint.model.github import schema_events as events
from infralint.model.github import schema_jobs as jobs
from infralint.model.github.document import WorkflowProblem
from infralint.model.github.value import get, known
from infralint.syntax.yaml import Alias, Mapping, Node, Pair, Scalar, Sequence
from infralint.tables.expression_types import nearest
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.github.job import Job
    from infralint.model.github.step import Step
    from infralint.model.github.workflow import WorkflowDocument

_KEYS: dict[str, frozenset[str]] = {
    where: frozenset(keys.split())
    for where, keys in {
        "the workflow": "name run-name on permissions env defaults concurrency jobs description",
        "a job": "name permissions needs if runs-on snapshot environment concurrency outputs env defaults steps "
        "timeout-minutes strategy continue-on-error container services",
        "a job that calls a workflow": "name uses with secrets needs if permissions strategy concurrency",
        "a step": "id if name uses run working-directory shell with env continue-on-error timeout-minutes "
        "background wait wait-all cancel parallel",
        "a strategy": "matrix fail-fast max-parallel",
        "a container": "image credentials env ports volumes options",
        "a service": "image credentials env ports volumes options entrypoint command",
        "credentials": "username password",
        "an environment": "name url deployment",
        "concurrency": "group cancel-in-progress queue",
        "defaults": "run",
        "defaults.run": "shell working-directory",
        "runs-on": "group labels",
        "a snapshot": "image-name version if",
        "an input of workflow_dispatch": "description required default type options deprecationMessage",
        "an input of workflow_call": "description required default type deprecationMessage",
        "a secret of workflow_call": "description required",
        "an output of workflow_call": "description value",
        "workflow_call": "inputs outputs secrets",
        "workflow_dispatch": "inputs",
    }.items()
}
_FILTERS = {
    "push": "branches branches-ignore tags tags-ignore paths paths-ignore",
    "pull_request": "types branches branches-ignore paths paths-ignore",
    "pull_request_target": "types branches branches-ignore paths paths-ignore",
    "merge_group": "types branches branches-ignore",
    "workflow_run": "types workflows branches branches-ignore",
    "image_version": "types names versions",
}
_PLAIN_EVENTS = frozenset(
    ("create", "delete", "deployment", "deployment_status", "fork", "gollum", "page_build", "public", "status")
)
_SCALAR_KEYS = frozenset(
    ("name", "id", "run", "uses", "if", "shell", "working-directory", "run-name", "timeout-minutes")
)
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def problems_of(file: WorkflowDocument) -> Iterator[WorkflowProblem]:
    """Everything that GitHub would refuse in the structure of a workflow, as far as it is known."""
    root = file.root
    if root is None or file.workflow is None or file.stream.partial:
        return
    yield from file.further_documents
    check = _Check(file)
    yield from check.keys(root, "the workflow")
    for key in ("on", "jobs"):
        if root.get(key) is None:
            where = root.key(key) or root.pairs[0].key if root.pairs else root
            yield check.problem("missing-key", f"a workflow needs `{key}`", where.start, where.end)
    yield from check.triggers()
    yield from check.shared(root)
    variables = root.get("env")
    if isinstance(variables, Mapping):
        yield from check.twins(variables, "the variable")
    held = root.get("jobs")
    if isinstance(held, Mapping):
        yield from check.twins(held, "the job")
        if not held.pairs:
            yield check.problem("missing-key", "`jobs` is empty", held.start, held.end)
    elif held is not None and not _is_expression(held):
        yield check.problem("bad-value", "`jobs` maps ids to jobs", held.start, held.end)
    for job in file.workflow.jobs:
        yield from check.job(job)
    if "&" in file.source.text:
        yield from check.anchors()


def _is_expression(node: Node | None) -> bool:
    return isinstance(node, Scalar) and "${{" in node.content


class _Check:
    __slots__ = ("file",)

    def __init__(self, file: WorkflowDocument) -> None:
        self.file = file

    def problem(self, name: str, message: str, start: int, end: int, close: str | None = None) -> WorkflowProblem:
        return WorkflowProblem(name, message, self.file.source, start, end, close)

    def at(self, pair: Pair, name: str, message: str, close: str | None = None) -> WorkflowProblem:
        return self.problem(name, message, pair.key.start, pair.key.end, close)

    def keys(self, node: Node | None, where: str, allowed: frozenset[str] | None = None) -> Iterator[WorkflowProblem]:
        """Keys that do not belong there, and values that are missing."""
        if not isinstance(node, Mapping):
            return
        known = _KEYS[where] if allowed is None else allowed
        for pair in node.pairs:
            name = pair.name
            if name in known:
                value = self.file.stream.resolve(pair.value)
                if name in _SCALAR_KEYS and where != "defaults" and isinstance(value, Mapping | Sequence):
                    yield self.at(pair, "bad-value", f"`{name}` is a text, not {_kind(value)}")
                elif isinstance(value, Scalar) and value.value is None and not value.style and name in _NEEDED:
                    yield self.at(pair, "missing-value", f"`{name}` has no value")
            elif "${{" not in name and name != "<<":
                close = nearest(name, known)
                hint = f"; did you mean `{close}`?" if close else ""
                free = close if close is not None and close not in node else None
                yield self.at(pair, "unknown-key", f"{where} has no key `{name}`{hint}", free)

    def anchors(self) -> Iterator[WorkflowProblem]:
        """Anchors that nothing refers to."""
        nodes = list(self.file.stream.walk())
        used = {id(node.target) for node in nodes if isinstance(node, Alias)}
        for node in nodes:
            if node.anchor is not None and id(node) not in used:
                start = self.file.source.text.rfind("&" + node.anchor, 0, max(node.end, node.start) + 1)
                if start >= 0:
                    end = start + 1 + len(node.anchor)
                    yield self.problem("unused-anchor", f"nothing refers to &{node.anchor}", start, end)

    def twins(self, node: Mapping, what: str) -> Iterator[WorkflowProblem]:
        """Keys that differ only in case, which GitHub takes for one."""
        seen: dict[str, str] = {}
        for pair in node.pairs:
            lower = pair.name.lower()
            if lower in seen and seen[lower] != pair.name:
                yield self.at(pair, "duplicate-key", f"{what} `{pair.name}` is the same as `{seen[lower]}`")
            seen.setdefault(lower, pair.name)

    def triggers(self) -> Iterator[WorkflowProblem]:
        """Events, their filters and the inputs they declare."""
        workflow = self.file.workflow
        for trigger in workflow.triggers if workflow is not None else ():
            if not trigger.is_known:
                hint = f"; did you mean `{trigger.nearest}`?" if trigger.nearest else ""
                yield self.problem(
                    "unknown-event", f"there is no event `{trigger.name}`{hint}", trigger.start, trigger.end
                )
                continue
            name, node = str(trigger.name), trigger.node
            if name in ("workflow_call", "workflow_dispatch"):
                yield from self.declarations(name, node)
                yield from (
                    events.check_call(self, node) if name == "workflow_call" else events.check_dispatch(self, node)
                )
            elif name == "schedule":
                yield from events.check_schedule(self, trigger)
            else:
                allowed = _FILTERS.get(name, "" if name in _PLAIN_EVENTS else "types")
                yield from events.check_event(self, trigger, frozenset(allowed.split()))

    def declarations(self, event: str, node: Node | None) -> Iterator[WorkflowProblem]:
        """Inputs, secrets and outputs."""
        yield from self.keys(node, event)
        types = ("boolean", "number", "string") + (("choice", "environment") if event == "workflow_dispatch" else ())
        for what, one in (("inputs", "an input"), ("secrets", "a secret"), ("outputs", "an output")):
            declared = get(node, what)
            if not isinstance(declared, Mapping) or f"{one} of {event}" not in _KEYS:
                continue
            yield from self.twins(declared, one)
            for pair in declared.pairs:
                value = self.file.stream.resolve(pair.value)
                yield from self.keys(value, f"{one} of {event}")
                kind = get(value, "type")
                if what == "inputs" and isinstance(kind, Scalar) and kind.content not in types:
                    message = f"an input is of type {', '.join(types)}, not `{kind.content}`"
                    yield self.problem("bad-value", message, kind.start, kind.end)
                if what == "inputs" and event == "workflow_call" and kind is None:
                    yield self.at(pair, "missing-key", f"the input `{pair.name}` needs a `type`")
                if what == "outputs" and get(value, "value") is None:
                    yield self.at(pair, "missing-key", f"the output `{pair.name}` needs a `value`")

    def shared(self, holder: Node | None) -> Iterator[WorkflowProblem]:
        """What workflows and jobs have alike."""
        yield from self.keys(get(holder, "concurrency"), "concurrency")
        concurrency = get(holder, "concurrency")
        if isinstance(concurrency, Mapping) and concurrency.get("group") is None:
            yield self.problem("missing-key", "concurrency needs a `group`", concurrency.start, concurrency.end)
        yield from self.keys(get(holder, "defaults"), "defaults")
        yield from self.keys(get(holder, "defaults", "run"), "defaults.run")

    def job(self, job: Job) -> Iterator[WorkflowProblem]:
        """One job."""
        node = job.node
        if not isinstance(node, Mapping):
            if not _is_expression(node):
                yield self.problem("bad-value", f"the job `{job.id}` is empty", job.start, job.end)
            return
        if _ID.fullmatch(job.id) is None and "${{" not in job.id:
            yield self.problem("bad-id", f"`{job.id}` is no id: letters, digits, `-` and `_`", job.start, job.end)
        calls = node.get("uses") is not None
        yield from self.keys(node, "a job that calls a workflow" if calls else "a job")
        for key in () if calls else ("runs-on", "steps"):
            if key not in node and not (key == "steps" and "uses" in node):
                name = "missing-steps" if key == "steps" else "missing-key"
                yield self.problem(name, f"the job `{job.id}` needs `{key}`", job.start, job.end)
        steps = node.get("steps")
        if steps is not None and not isinstance(steps, Sequence) and not _is_expression(steps):
            yield self.problem("bad-value", "`steps` is a list", steps.start, steps.end)
        yield from self.shared(node)
        yield from self.keys(node.get("strategy"), "a strategy")
        yield from self.keys(node.get("environment"), "an environment")
        yield from self.keys(node.get("runs-on"), "runs-on")
        yield from self.keys(node.get("container"), "a container")
        yield from self.keys(get(node, "container", "credentials"), "credentials")
        services = node.get("services")
        for _, service in services.items() if isinstance(services, Mapping) else ():
            yield from self.keys(service, "a service")
            yield from self.keys(get(service, "credentials"), "credentials")
        for key in ("env", "outputs", "with", "secrets", "services"):
            entries = node.get(key)
            if isinstance(entries, Mapping):
                yield from self.twins(entries, f"the entry of `{key}`")
        yield from jobs.check_values(self, job)
        yield from jobs.check_labels(self, job)
        yield from jobs.check_matrix(self, job)
        if isinstance(steps, Scalar) and steps.value is None and not calls:
            yield self.problem("missing-value", "`steps` has no value", *_span(node, "steps"))
        for item in steps.values() if isinstance(steps, Sequence) else ():
            if not isinstance(item, Mapping) and not _is_expression(item):
                yield self.problem("bad-value", "a step has keys and values", item.start, max(item.end, item.start))
        seen: dict[str, str] = {}
        for step in job.steps:
            yield from self.step(step, seen)

    def step(self, step: Step, seen: dict[str, str]) -> Iterator[WorkflowProblem]:
        """One step; `seen` holds the ids before it."""
        node = step.node
        yield from self.keys(node, "a step")
        yield from jobs.check_numbers(self, node)
        for key in ("env", "with"):
            value = node.get(key)
            if isinstance(value, Mapping):
                yield from self.twins(value, f"the entry of `{key}`")
            elif isinstance(value, Sequence) or (
                isinstance(value, Scalar) and value.value is not None and not _is_expression(value)
            ):
                yield self.problem("bad-value", f"`{key}` maps names to values", value.start, value.end)
        if "uses" in node and "run" in node:
            yield self.problem("bad-value", "a step either uses an action or runs a script", step.start, step.end)
        elif "uses" not in node and "run" not in node:
            waits = [
                key for key in ("wait", "wait-all", "cancel") if key in node
            ]  # of steps that run in the background
            if not waits:
                yield self.problem("missing-key", "a step needs `uses` or `run`", step.start, step.end)
            for key in waits:
                value = node.get(key)
                for one in value.values() if isinstance(value, Sequence) else [value]:
                    name = known(one)
                    if isinstance(name, Text) and key != "wait-all" and name.lower() not in seen:
                        yield self.problem(
                            "bad-value", f"no step before this one has the id `{name}`", name.start, name.end
                        )
        elif "uses" in node:
            for key in ("shell", "working-directory"):
                pair = node.pair(key)
                if pair is not None:
                    yield self.at(pair, "unknown-key", f"`{key}` belongs to `run`, not to `uses`")
        elif "with" in node:
            pair = node.pair("with")
            if pair is not None:
                yield self.at(pair, "unknown-key", "`with` belongs to `uses`, not to `run`")
        if step.id is not None and "${{" not in step.id:
            lower = step.id.lower()
            if _ID.fullmatch(step.id) is None:
                message = f"`{step.id}` is no id: letters, digits, `-` and `_`"
                yield self.problem("bad-id", message, step.id.start, step.id.end)
            elif lower in seen:
                yield self.problem("duplicate-id", f"another step has the id `{step.id}`", step.id.start, step.id.end)
            seen[lower] = lower


_NEEDED = frozenset(
    (
        "run",
        "uses",
        "runs-on",
        "steps",
        "on",
        "jobs",
        "if",
        "id",
        "shell",
        "working-directory",
        "group",
        "image",
        "needs",
    )
)


def _span(node: Mapping, key: str) -> tuple[int, int]:
    found = node.key(key)
    return (found.start, found.end) if found is not None else (node.start, node.end)


def _kind(node: Node) -> str:
    return "a mapping" if isinstance(node, Mapping) else "a list"
