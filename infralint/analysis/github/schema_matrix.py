"""What a job's runner labels and matrix get wrong."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.github.runners import runs_on
from infralint.analysis.github.schema_check import SchemaCheck, is_expression, is_null
from infralint.model.github.document import WorkflowProblem
from infralint.model.github.job import Job
from infralint.model.github.value import known
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.tables import runners
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_ITEMS = 200


def check_labels(check: SchemaCheck, job: Job) -> Iterator[WorkflowProblem]:
    """The labels of a job's runner: unknown ones, and two systems at once."""
    node = job.get("runs-on")
    if isinstance(node, Mapping):
        node = node.get("labels")
    together = [
        text
        for item in (node.values() if isinstance(node, Sequence) else [node])
        if isinstance(text := known(item), Text)
    ]
    labels = runs_on(job)
    for label in labels if isinstance(labels, list) else ():
        lower = label.lower()
        if lower in runners.HOSTED or lower in runners.OWN:
            continue
        if any(text.lower() in runners.OWN for text in together if text is not label):
            continue
        since = runners.RETIRED.get(lower)
        name = "runner-retired" if since is not None or runners.looks_hosted(lower) else "runner-label"
        what = (
            f"was retired in {since}; the job waits for 24 hours and is cancelled"
            if since is not None
            else "is not a GitHub-hosted runner"
        )
        yield check.problem(name, f"`{label}` {what}", label.start, label.end)
    systems = {system: text for text in together if (system := runners.system_of(str(text))) is not None}
    if len(systems) > 1:
        last = list(systems.values())[-1]
        names = " and ".join(f"`{text}`" for text in systems.values())
        yield check.problem(
            "runner-conflict", f"labels {names} contradict each other; no runner has both", last.start, last.end
        )


def check_matrix(check: SchemaCheck, job: Job) -> Iterator[WorkflowProblem]:
    """Matrix rows with a value twice, and exclusions that exclude nothing."""
    matrix = job.get("strategy", "matrix")
    if not isinstance(matrix, Mapping):
        return
    yield from check.duplicates(matrix, "matrix row")
    rows: dict[str, list[Any]] = {}
    is_open = False
    for name, value in matrix.items():
        if isinstance(value, Sequence) and not value.items:
            yield check.problem("missing-value", f"`{name}` is an empty list", value.start, value.end)
        if name in ("include", "exclude"):
            continue
        if not isinstance(value, Sequence):
            is_open = is_open or not is_null(value)
            rows[name.lower()] = [None]
            continue
        values = [_plain(item) for item in list(value.values())[:MAX_ITEMS]]
        rows[name.lower()] = values
        for at, item in enumerate(list(value.values())[:MAX_ITEMS]):
            if values[at] is not _UNKNOWN and isinstance(item, Scalar) and values[at] in values[:at]:
                yield check.problem(
                    "matrix-value",
                    f"value `{item.content}` is listed twice in matrix row `{name}`",
                    item.start,
                    item.end,
                )
    include, exclude = matrix.get("include"), matrix.get("exclude")
    for key, entries in (("include", include), ("exclude", exclude)):
        for entry in entries.values() if isinstance(entries, Sequence) else ():
            if isinstance(entry, Sequence) or (isinstance(entry, Scalar) and not is_expression(entry)):
                message = f"an entry of `{key}` must be a mapping of matrix rows to values"
                yield check.problem("bad-value", message, entry.start, max(entry.end, entry.start))
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
            given = check.file.stream.resolve(pair.value)
            if pair.name.lower() not in rows:
                if not is_open:
                    yield check.at(pair, "matrix-value", f"matrix has no row `{pair.name}`; the exclude has no effect")
                continue
            wanted, held = _plain(given), rows[pair.name.lower()]
            if None not in held and given is not None and not any(_fits(wanted, each) for each in held):
                message = f"no value of `{pair.name}` matches; the exclude has no effect"
                yield check.problem("matrix-value", message, given.start, given.end)


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
