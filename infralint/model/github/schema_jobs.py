"""What the values of jobs and steps get wrong: numbers, empty lists, runner labels, matrices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from infralint.model.github.document import WorkflowProblem
from infralint.model.github.value import get, known
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.tables import runners
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.github.job import Job

MAX_ITEMS = 200


def is_expression(node: Node | None) -> bool:
    """Whether an expression decides a value."""
    return isinstance(node, Scalar) and "${{" in node.content


def check_numbers(check: Any, node: Node | None) -> Iterator[WorkflowProblem]:
    """`timeout-minutes` and `continue-on-error` of a job or step."""
    minutes = get(node, "timeout-minutes")
    if minutes is not None and not is_expression(minutes):
        value = minutes.value if isinstance(minutes, Scalar) and not minutes.style else ""
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield check.problem("bad-value", "`timeout-minutes` is a number", minutes.start, minutes.end)
        elif value <= 0:
            yield check.problem("bad-value", "`timeout-minutes` is more than nothing", minutes.start, minutes.end)
    flag = get(node, "continue-on-error")
    if isinstance(flag, Scalar) and not is_expression(flag) and flag.value not in (True, False):
        yield check.problem("bad-value", "`continue-on-error` is true or false", flag.start, max(flag.end, flag.start))


def check_texts(check: Any, node: Node | None, keys: tuple[str, ...]) -> Iterator[WorkflowProblem]:
    """Texts and lists of texts that may not be empty."""
    for key in keys:
        value = get(node, key)
        if isinstance(value, Sequence):
            if not value.items:
                yield check.problem("missing-value", f"`{key}` is an empty list", value.start, value.end)
            for item in value.values():
                if isinstance(item, Scalar) and not item.content:
                    yield check.problem(
                        "missing-value", f"`{key}` holds an empty text", item.start, max(item.end, item.start)
                    )
        elif isinstance(value, Scalar) and value.style and not value.content:
            yield check.problem("missing-value", f"`{key}` is empty", value.start, value.end)


def check_values(check: Any, job: Job) -> Iterator[WorkflowProblem]:
    """The values of one job."""
    node = job.node
    yield from check_numbers(check, node)
    yield from check_texts(check, node, ("needs", "runs-on"))
    labels = node.get("runs-on")
    if isinstance(labels, Mapping):
        yield from check_texts(check, labels, ("labels", "group"))
        group, inner = labels.get("group"), labels.get("labels")
        if isinstance(group, Sequence | Mapping):
            yield check.problem("bad-value", "`group` is a text", group.start, group.end)
        elif isinstance(group, Scalar) and group.value is None and not group.style:
            yield check.problem("missing-value", "`group` has no value", group.start, max(group.end, group.start))
        if isinstance(inner, Mapping):
            yield check.problem("bad-value", "`labels` is a text or a list of texts", inner.start, inner.end)
    strategy = node.get("strategy")
    most, fast = get(strategy, "max-parallel"), get(strategy, "fail-fast")
    if most is not None and not is_expression(most):
        value = most.value if isinstance(most, Scalar) and not most.style else ""
        if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
            yield check.problem("bad-value", "`max-parallel` is a whole number above 0", most.start, most.end)
    if isinstance(fast, Scalar) and not is_expression(fast) and fast.value not in (True, False):
        yield check.problem("bad-value", "`fail-fast` is true or false", fast.start, max(fast.end, fast.start))
    for holder in [node.get("container"), *_services(node)]:
        yield from check_texts(check, holder, ("image", "ports", "volumes"))
        if isinstance(holder, Mapping) and holder.get("image") is None:
            yield check.problem("missing-key", "a container needs an `image`", holder.start, holder.end)
    services = node.get("services")
    if (
        services is not None
        and not isinstance(services, Mapping)
        and not is_expression(services)
        and not _is_null(services)
    ):
        yield check.problem("bad-value", "`services` maps names to containers", services.start, services.end)
    secrets = node.get("secrets")
    if isinstance(secrets, Scalar) and not is_expression(secrets) and secrets.content not in ("inherit", ""):
        yield check.problem("bad-value", "`secrets` is `inherit`, or maps names to values", secrets.start, secrets.end)
    environment = node.get("environment")
    if isinstance(environment, Mapping) and environment.get("name") is None:
        yield check.problem("missing-key", "an environment needs a `name`", environment.start, environment.end)
    snapshot = node.get("snapshot")
    if isinstance(snapshot, Sequence):
        yield check.problem("bad-value", "`snapshot` is a text, or keys and values", snapshot.start, snapshot.end)
    elif isinstance(snapshot, Mapping):
        yield from check.keys(snapshot, "a snapshot")
        yield from check_texts(check, snapshot, ("image-name", "version"))
        if snapshot.get("image-name") is None:
            yield check.problem("missing-key", "a snapshot needs an `image-name`", snapshot.start, snapshot.end)


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None and not node.style


def _services(node: Mapping) -> list[Node]:
    services = node.get("services")
    return [value for _, value in services.items()] if isinstance(services, Mapping) else []


def check_labels(check: Any, job: Job) -> Iterator[WorkflowProblem]:
    """The labels of a job's runner: unknown ones, and two systems at once."""
    node = job.get("runs-on")
    if isinstance(node, Mapping):
        node = node.get("labels")
    together = [
        text
        for item in (node.values() if isinstance(node, Sequence) else [node])
        if isinstance(text := known(item), Text)
    ]
    for label in job.runs_on if isinstance(job.runs_on, list) else ():
        lower = label.lower()
        if lower in runners.HOSTED or lower in runners.OWN:
            continue
        if any(text.lower() in runners.OWN for text in together if text is not label):
            continue
        name = "runner-retired" if runners.looks_hosted(lower) else "runner-label"
        yield check.problem(name, f"GitHub hosts no runner `{label}`", label.start, label.end)
    systems = {system: text for text in together if (system := runners.system_of(str(text))) is not None}
    if len(systems) > 1:
        last = list(systems.values())[-1]
        names = " and ".join(f"`{text}`" for text in systems.values())
        yield check.problem("runner-conflict", f"no runner has the labels {names} at once", last.start, last.end)


def check_matrix(check: Any, job: Job) -> Iterator[WorkflowProblem]:
    """Matrix rows with a value twice, and exclusions that exclude nothing."""
    matrix = job.get("strategy", "matrix")
    if not isinstance(matrix, Mapping):
        return
    yield from check.twins(matrix, "the matrix row")
    rows: dict[str, list[Any]] = {}
    is_open = False
    for name, value in matrix.items():
        if isinstance(value, Sequence) and not value.items:
            yield check.problem("missing-value", f"`{name}` is an empty list", value.start, value.end)
        if name in ("include", "exclude"):
            continue
        if not isinstance(value, Sequence):
            is_open = is_open or not _is_null(value)
            rows[name.lower()] = [None]
            continue
        values = [_plain(item) for item in list(value.values())[:MAX_ITEMS]]
        rows[name.lower()] = values
        for at, item in enumerate(list(value.values())[:MAX_ITEMS]):
            if values[at] is not _UNKNOWN and isinstance(item, Scalar) and values[at] in values[:at]:
                yield check.problem(
                    "matrix-value", f"`{item.content}` is in the row `{name}` twice", item.start, item.end
                )
    include, exclude = matrix.get("include"), matrix.get("exclude")
    if include is not None and not isinstance(include, Sequence):
        return
    for entry in include.values() if isinstance(include, Sequence) else ():
        if not isinstance(entry, Mapping):
            return
        for name, value in entry.items():
            rows.setdefault(name.lower(), []).append(_plain(value))
    for entry in exclude.values() if isinstance(exclude, Sequence) else ():
        if not isinstance(entry, Mapping):
            continue
        for pair in entry.pairs:
            if "${{" in pair.name or pair.name == "<<":
                continue
            value = check.file.stream.resolve(pair.value)
            if pair.name.lower() not in rows:
                if not is_open:
                    yield check.at(pair, "matrix-value", f"the matrix has no row `{pair.name}`, so nothing is excluded")
                continue
            wanted, held = _plain(value), rows[pair.name.lower()]
            if None not in held and value is not None and not any(_fits(wanted, each) for each in held):
                message = f"no value of `{pair.name}` is like this, so nothing is excluded"
                yield check.problem("matrix-value", message, value.start, value.end)


_UNKNOWN = object()


def _plain(node: Node | None, depth: int = 8) -> Any:
    """A node as plain values; `_UNKNOWN` where an expression decides."""
    if isinstance(node, Scalar):
        return (
            _UNKNOWN
            if "${{" in node.content
            else node.content
            if node.style
            else (node.value if not isinstance(node.value, bool) else str(node.value).lower())
        )
    if depth and isinstance(node, Mapping):
        return {str(name): _plain(value, depth - 1) for name, value in list(node.items())[:MAX_ITEMS]}
    if depth and isinstance(node, Sequence):
        return [_plain(value, depth - 1) for value in list(node.values())[:MAX_ITEMS]]
    return _UNKNOWN


def _fits(wanted: Any, held: Any) -> bool:
    """Whether an exclusion matches a value: all that it names is the same."""
    if wanted is _UNKNOWN or held is _UNKNOWN:
        return True
    if isinstance(wanted, dict) and isinstance(held, dict):
        return all(name in held and _fits(value, held[name]) for name, value in wanted.items())
    if isinstance(wanted, list) and isinstance(held, list):
        return len(wanted) == len(held) and all(map(_fits, wanted, held))
    if isinstance(wanted, dict | list) or isinstance(held, dict | list):
        return False
    return str(wanted).lower() == str(held).lower()
