"""What jobs and steps get wrong: ids, keys, numbers, empty lists."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.github.schema_check import SchemaCheck, is_expression, is_null
from infralint.analysis.github.schema_matrix import check_labels, check_matrix
from infralint.analysis.github.schema_steps import check_numbers, check_steps, fault_of_id
from infralint.model.github.document import WorkflowProblem
from infralint.model.github.job import Job
from infralint.model.github.value import get
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.text import regex as re

_GROUP = re.compile(r"(?:(?:org|organization|ent|enterprise)/)?[^/]*[^/\s]", re.IGNORECASE)


def check_job(check: SchemaCheck, job: Job) -> Iterator[WorkflowProblem]:
    """One job."""
    node = job.node
    if not isinstance(node, Mapping):
        if not is_expression(node):
            yield check.problem("bad-value", f"job `{job.id}` is empty", job.start, job.end)
        return
    fault = fault_of_id(str(job.id))
    if fault is not None:
        yield check.problem("bad-id", f"`{job.id}` {fault}", job.start, job.end)
    calls = node.get("uses") is not None
    yield from check.keys(node, "a job that calls a workflow" if calls else "a job")
    for key in () if calls else ("runs-on", "steps"):
        if key not in node and not (key == "steps" and "uses" in node):
            name = "missing-steps" if key == "steps" else "missing-key"
            yield check.problem(name, f"job `{job.id}` has no `{key}`", job.start, job.end)
    steps = node.get("steps")
    if steps is not None and not isinstance(steps, Sequence) and not is_expression(steps):
        yield check.problem("bad-value", "`steps` must be a list", steps.start, steps.end)
    if isinstance(steps, Sequence) and not steps.items:
        yield check.problem("missing-value", f"`steps` of job `{job.id}` is an empty list", steps.start, steps.end)
    yield from check.shared(node)
    yield from check.keys(node.get("strategy"), "a strategy")
    yield from check.keys(node.get("environment"), "an environment")
    yield from check.keys(node.get("runs-on"), "runs-on")
    yield from check.keys(node.get("container"), "a container")
    yield from check.keys(get(node, "container", "credentials"), "credentials")
    services = node.get("services")
    for _, service in services.items() if isinstance(services, Mapping) else ():
        yield from check.keys(service, "a service")
        yield from check.keys(get(service, "credentials"), "credentials")
    for key in ("env", "outputs", "with", "secrets", "services"):
        entries = node.get(key)
        if isinstance(entries, Mapping):
            yield from check.duplicates(entries, f"entry of `{key}`")
    for key in ("env", "outputs"):
        yield from check.mapping(node, key)
    yield from _values_of_job(check, job)
    yield from check_labels(check, job)
    yield from check_matrix(check, job)
    if isinstance(steps, Scalar) and steps.value is None and not calls:
        yield check.problem("missing-value", "`steps` has no value", *_span(node, "steps"))
    yield from check_steps(check, steps, job.steps, "a step")


def _texts(check: SchemaCheck, node: Node | None, keys: tuple[str, ...]) -> Iterator[WorkflowProblem]:
    """Texts and lists of texts that may not be empty."""
    for key in keys:
        value = get(node, key)
        if isinstance(value, Sequence):
            if not value.items:
                yield check.problem("missing-value", f"`{key}` is an empty list", value.start, value.end)
            for item in value.values():
                if isinstance(item, Scalar) and not item.content:
                    yield check.problem(
                        "missing-value", f"`{key}` contains an empty string", item.start, max(item.end, item.start)
                    )
        elif isinstance(value, Scalar) and value.style and not value.content:
            yield check.problem("missing-value", f"`{key}` is empty", value.start, value.end)


def _values_of_job(check: SchemaCheck, job: Job) -> Iterator[WorkflowProblem]:
    """The values of one job."""
    node = job.node
    yield from check_numbers(check, node)
    yield from _texts(check, node, ("needs", "runs-on"))
    labels = node.get("runs-on")
    if isinstance(labels, Mapping):
        yield from _texts(check, labels, ("labels", "group"))
        group, inner = labels.get("group"), labels.get("labels")
        if isinstance(group, Sequence | Mapping):
            yield check.problem("bad-value", "`group` must be a string", group.start, group.end)
        elif isinstance(group, Scalar) and group.value is None and not group.style:
            yield check.problem("missing-value", "`group` has no value", group.start, max(group.end, group.start))
        elif isinstance(group, Scalar) and not is_expression(group) and _GROUP.fullmatch(group.content) is None:
            message = f"runner group `{group.content}` must be a name, or `organization/` or `enterprise/` and a name"
            yield check.problem("bad-value", message, group.start, group.end)
        if isinstance(inner, Mapping):
            yield check.problem("bad-value", "`labels` must be a string or a list of strings", inner.start, inner.end)
    strategy = node.get("strategy")
    most, fast = get(strategy, "max-parallel"), get(strategy, "fail-fast")
    if most is not None and not is_expression(most):
        value = most.value if isinstance(most, Scalar) and not most.style else ""
        if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
            yield check.problem("bad-value", "`max-parallel` must be a whole number above 0", most.start, most.end)
    if isinstance(fast, Scalar) and not is_expression(fast) and fast.value not in (True, False):
        yield check.problem("bad-value", "`fail-fast` must be true or false", fast.start, max(fast.end, fast.start))
    for holder in [node.get("container"), *_services(node)]:
        yield from _texts(check, holder, ("image", "ports", "volumes"))
        if isinstance(holder, Mapping) and holder.get("image") is None:
            yield check.problem("missing-key", "container has no `image`", holder.start, holder.end)
    services = node.get("services")
    if (
        services is not None
        and not isinstance(services, Mapping)
        and not is_expression(services)
        and not is_null(services)
    ):
        yield check.problem(
            "bad-value", "`services` must be a mapping of names to containers", services.start, services.end
        )
    secrets = node.get("secrets")
    if isinstance(secrets, Scalar) and not is_expression(secrets) and secrets.content not in ("inherit", ""):
        yield check.problem("bad-value", "`secrets` must be `inherit` or a mapping", secrets.start, secrets.end)
    environment = node.get("environment")
    if isinstance(environment, Mapping) and environment.get("name") is None:
        yield check.problem("missing-key", "environment has no `name`", environment.start, environment.end)
    snapshot = node.get("snapshot")
    if isinstance(snapshot, Sequence):
        yield check.problem("bad-value", "`snapshot` must be a string or a mapping", snapshot.start, snapshot.end)
    elif isinstance(snapshot, Mapping):
        yield from check.keys(snapshot, "a snapshot")
        yield from _texts(check, snapshot, ("image-name", "version"))
        if snapshot.get("image-name") is None:
            yield check.problem("missing-key", "snapshot has no `image-name`", snapshot.start, snapshot.end)


def _services(node: Mapping) -> list[Node]:
    services = node.get("services")
    return [value for _, value in services.items()] if isinstance(services, Mapping) else []


def _span(node: Mapping, key: str) -> tuple[int, int]:
    found = node.key(key)
    return (found.start, found.end) if found is not None else (node.start, node.end)
