"""What the checks of structure share: known keys, problems, near names."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.expressions.checker import nearest
from infralint.model.github.document import GithubDocument, WorkflowProblem
from infralint.model.github.value import get
from infralint.syntax.yaml import Mapping, Node, Pair, Scalar, Sequence

KEYS: dict[str, frozenset[str]] = {
    where: frozenset(keys.split())
    for where, keys in {
        "the workflow": "name run-name on permissions env defaults concurrency jobs description",
        "a job": "name permissions needs if runs-on snapshot environment concurrency outputs env defaults steps "
        "timeout-minutes cancel-timeout-minutes strategy continue-on-error container services",
        "a job that calls a workflow": "name uses with secrets needs if permissions strategy concurrency",
        "a step": "id if name uses run working-directory shell with env continue-on-error timeout-minutes "
        "background wait wait-all cancel parallel",
        "a step with `wait`": "name id continue-on-error wait",
        "a step with `wait-all`": "name id continue-on-error wait-all",
        "a step with `cancel`": "name id continue-on-error cancel",
        "a step with `parallel`": "parallel",
        "a step of a composite action": "id if name uses run working-directory shell with env continue-on-error",
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
        "an input of workflow_call": "description required default type",
        "a secret of workflow_call": "description required",
        "an output of workflow_call": "description value",
        "workflow_call": "inputs outputs secrets",
        "workflow_dispatch": "inputs",
    }.items()
}


OTHER_KEYS = frozenset(("enable-email-notifications", "enable-openid-connect"))
"""Keys of workflows and jobs that only Forgejo knows (its reference of Actions, read 2026-11)."""
_SCALAR_KEYS = frozenset(
    ("name", "id", "run", "uses", "if", "shell", "working-directory", "run-name", "timeout-minutes")
)


_NEEDED = frozenset(
    (
        "run",
        "uses",
        "runs-on",
        "steps",
        "on",
        "jobs",
        "id",
        "shell",
        "working-directory",
        "group",
        "image",
        "needs",
    )
)


def is_expression(node: Node | None) -> bool:
    """Whether an expression decides a value."""
    return isinstance(node, Scalar) and "${{" in node.content


def is_null(node: Node) -> bool:
    """Whether a value is left out, or null."""
    return isinstance(node, Scalar) and node.value is None and not node.style


class SchemaCheck:
    """The checks that workflows, jobs and steps share, for one file."""

    __slots__ = ("file",)

    def __init__(self, file: GithubDocument) -> None:
        self.file = file

    def problem(self, name: str, message: str, start: int, end: int, close: str | None = None) -> WorkflowProblem:
        return WorkflowProblem(name, message, self.file.source, start, end, close)

    def at(self, pair: Pair, name: str, message: str, close: str | None = None) -> WorkflowProblem:
        return self.problem(name, message, pair.key.start, pair.key.end, close)

    def keys(self, node: Node | None, where: str, allowed: frozenset[str] | None = None) -> Iterator[WorkflowProblem]:
        """Keys that do not belong there, and values that are missing."""
        if not isinstance(node, Mapping):
            return
        known = KEYS[where] if allowed is None else allowed
        if self.file.is_of_other_forge:
            known |= OTHER_KEYS
        for pair in node.pairs:
            name = pair.name
            if name in known:
                value = self.file.stream.resolve(pair.value)
                if name in _SCALAR_KEYS and where != "defaults" and isinstance(value, Mapping | Sequence):
                    yield self.at(pair, "bad-value", f"`{name}` must be a string, not {_named(value)}")
                elif isinstance(value, Scalar) and value.value is None and not value.style and name in _NEEDED:
                    yield self.at(pair, "missing-value", f"`{name}` has no value")
            elif "${{" not in name and name != "<<":
                close = nearest(name, known)
                hint = f"; did you mean `{close}`?" if close else ""
                free = close if close is not None and close not in node else None
                yield self.at(pair, "unknown-key", f"`{name}` is not a valid key of {where}{hint}", free)

    def mapping(self, holder: Mapping, key: str) -> Iterator[WorkflowProblem]:
        """A value that must be a mapping, unless an expression gives it."""
        value = holder.get(key)
        if isinstance(value, Sequence) or (
            isinstance(value, Scalar) and not is_null(value) and not is_expression(value)
        ):
            yield self.problem("bad-value", f"`{key}` must be a mapping", value.start, value.end)

    def duplicates(self, node: Mapping, what: str) -> Iterator[WorkflowProblem]:
        """Keys that differ only in case, which GitHub takes for one."""
        seen: dict[str, str] = {}
        for pair in node.pairs:
            lower = pair.name.lower()
            if lower in seen and seen[lower] != pair.name:
                yield self.at(
                    pair,
                    "duplicate-key",
                    f"{what} `{pair.name}` duplicates `{seen[lower]}`; names are not case-sensitive",
                )
            seen.setdefault(lower, pair.name)

    def shared(self, holder: Node | None) -> Iterator[WorkflowProblem]:
        """What workflows and jobs have alike."""
        pair = holder.pair("permissions") if isinstance(holder, Mapping) else None
        value = self.file.stream.resolve(pair.value) if pair is not None else None
        if pair is not None and value is not None and is_null(value):
            yield self.at(pair, "missing-value", "`permissions` has no value; write `{}` for no permissions")
        yield from self.keys(get(holder, "concurrency"), "concurrency")
        concurrency = get(holder, "concurrency")
        if isinstance(concurrency, Mapping) and concurrency.get("group") is None:
            yield self.problem("missing-key", "`concurrency` has no `group`", concurrency.start, concurrency.end)
        yield from self._queue(get(concurrency, "queue"), get(concurrency, "cancel-in-progress"))
        yield from self.keys(get(holder, "defaults"), "defaults")
        yield from self.keys(get(holder, "defaults", "run"), "defaults.run")

    def _queue(self, queue: Node | None, cancel: Node | None) -> Iterator[WorkflowProblem]:
        """How many runs of a concurrency group may wait."""
        if not isinstance(queue, Scalar) or is_null(queue) or is_expression(queue):
            return
        if queue.content not in ("single", "max"):
            message = f"`queue` must be `single` or `max`, not `{queue.content}`"
            yield self.problem("bad-value", message, queue.start, queue.end)
        elif queue.content == "max" and isinstance(cancel, Scalar) and cancel.value is True:
            message = "`queue: max` and `cancel-in-progress: true` contradict each other"
            yield self.problem("bad-value", message, queue.start, queue.end)


def _named(node: Node) -> str:
    return "a mapping" if isinstance(node, Mapping) else "a list"


def further_documents(file: GithubDocument) -> list[WorkflowProblem]:
    """The `---` of a second document: GitHub expects the end of the file behind the first."""
    if len(file.stream.documents) < 2:
        return []
    before = file.source.text.rfind("---", 0, max(file.stream.documents[1].start, 3))
    message = f"a second YAML document begins here; a {file.what} must be one document"
    return [WorkflowProblem("bad-value", message, file.source, before, before + 3)]
