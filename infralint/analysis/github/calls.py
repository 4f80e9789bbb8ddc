"""Whether what a workflow passes to actions and workflows is what these declare: inputs, secrets, and the files at all."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.expressions.checker import nearest
from infralint.analysis.github.action_references import is_malformed
from infralint.analysis.github.advisories import release
from infralint.analysis.github.call_permissions import refused_permission
from infralint.analysis.github.expression_problems import problems_in_action
from infralint.analysis.github.local_calls import action_document, local_file, missing_inputs, workflow_document
from infralint.model.element import Element
from infralint.model.github.document import WorkflowProblem
from infralint.model.github.job import Job
from infralint.model.github.step import Input, Step, StepsDocument
from infralint.model.github.uses import Uses
from infralint.model.github.value import get, known
from infralint.model.github.workflow import WorkflowDocument
from infralint.syntax.yaml import Mapping, Node, Scalar
from infralint.tables.action_names import slip_of
from infralint.tables.actions import inputs_of, words_of
from infralint.text import regex as re

_TOLERATED = (
    "missing-metadata",
    "expression-type",
    "expression-undefined",
    "secret-undeclared",
    "expression-unavailable",
    "missing-shell",
)
"""Problems of a local action with which it can still be used."""
_CALL = re.compile(r"[\w.-]+/[\w.-]+/\S+\.ya?ml@\S+")


def call_problems(file: StepsDocument) -> Iterator[WorkflowProblem]:
    """What the calls of a workflow or action get wrong."""
    for job in file.jobs if isinstance(file, WorkflowDocument) else ():
        if job.uses is not None:
            yield from _call(job, job.uses)
    for step in file.steps:
        if step.uses is not None:
            yield from _action(step, step.uses)


def _problem(at: Element, name: str, message: str) -> WorkflowProblem:
    return WorkflowProblem(name, message, at.source, at.start, at.end)


def _call(job: Job, uses: Uses) -> Iterator[WorkflowProblem]:
    if "${{" in uses.text:
        return
    if not uses.is_local:
        if not uses.text.startswith("./") and _CALL.fullmatch(uses.text) is None:
            yield _problem(
                uses, "call-format", "reusable workflow reference must be `owner/name/path.yml@ref` or `./path.yml`"
            )
        return
    if "@" in uses.text:
        yield _problem(uses, "call-format", f"local workflow `{uses.text}` must not have a ref")
        return
    if not uses.text.endswith((".yml", ".yaml")):
        yield _problem(uses, "call-format", f"`{uses.text}` is not a workflow; its name must end in `.yml` or `.yaml`")
        return
    path = local_file(uses)
    if path is None:
        if job.file.index.has_files:
            yield _problem(uses, "call-missing", f"workflow `{uses.text}` does not exist")
        return
    if job.condition is None and _leads_to(path, job.file, frozenset()):
        yield _problem(uses, "call-missing", f"`{uses.text}` calls this workflow again; GitHub refuses loops of calls")
        return
    other = workflow_document(job.file.index, path)
    if other is None or other.root is None or other.stream.partial:
        return
    triggers = other.workflow.triggers if other.workflow is not None else []
    if not any(trigger.name == "workflow_call" for trigger in triggers):
        yield _problem(uses, "call-missing", f"`{uses.text}` has no `workflow_call` trigger; it cannot be called")
        return
    refused = refused_permission(job, other)
    if refused is not None:
        yield _problem(uses, "call-permissions", refused)
    call = get(other.root, "on", "workflow_call")
    for what in ("inputs", "outputs", "secrets"):
        declared = get(call, what)
        if isinstance(declared, Scalar) and declared.value is not None:
            yield _problem(uses, "call-missing", f"`{what}` of `{uses.text}` must be a mapping of names")
            return
    yield from _given(job, uses, call, "with", "inputs", "input")
    if job.inherits_secrets is None:
        yield from _given(job, uses, call, "secrets", "secrets", "secret")


def _leads_to(path: str, file: StepsDocument, seen: frozenset[str]) -> bool:
    """Whether a workflow, or one that it calls whatever the event, is this one."""
    if path == file.source.path:
        return True
    other = workflow_document(file.index, path) if path not in seen and len(seen) < 10 else None
    called = [
        local_file(each.uses)
        for each in (other.jobs if other is not None else ())
        if each.uses is not None and each.condition is None
    ]
    return any(each is not None and _leads_to(each, file, seen | {path}) for each in called)


def _given(job: Job, uses: Uses, call: Node | None, key: str, what: str, one: str) -> Iterator[WorkflowProblem]:
    declared, written = get(call, what), job.get(key)
    names = {str(name).lower(): value for name, value in declared.items()} if isinstance(declared, Mapping) else {}
    given = {pair.name.lower() for pair in written.pairs} if isinstance(written, Mapping) else set()
    for pair in written.pairs if isinstance(written, Mapping) else ():
        if pair.name.lower() not in names and pair.name != "<<":
            close = nearest(pair.name, names)
            hint = f"; did you mean `{close}`?" if close else ""
            message = f"`{uses.text}` has no {one} `{pair.name}`{hint}"
            yield WorkflowProblem("call-undeclared", message, uses.source, pair.key.start, pair.key.end, close)
            continue
        value, kind = job.file.stream.resolve(pair.value), known(get(names.get(pair.name.lower()), "type"))
        if what == "inputs" and isinstance(value, Scalar) and "${{" not in value.content:
            if value.value is None and not value.style and kind in ("number", "boolean"):
                yield WorkflowProblem(
                    "call-type",
                    f"input `{pair.name}` is empty; its type is {kind}",
                    uses.source,
                    pair.key.start,
                    pair.key.end,
                )
            elif kind == "boolean" and not (isinstance(value.value, bool) and not value.style):
                yield WorkflowProblem(
                    "call-type",
                    f"input `{pair.name}` must be true or false, not `{value.content}`",
                    uses.source,
                    value.start,
                    value.end,
                )
            elif kind == "number" and (
                isinstance(value.value, bool) or (not value.style and not isinstance(value.value, int | float))
            ):
                yield WorkflowProblem(
                    "call-type",
                    f"input `{pair.name}` must be a number, not `{value.content}`",
                    uses.source,
                    value.start,
                    value.end,
                )
    for name, value in names.items():
        required = get(value, "required")
        if (
            isinstance(required, Scalar)
            and required.value is True
            and get(value, "default") is None
            and name not in given
        ):
            yield _problem(uses, "call-incomplete", f"required {one} `{name}` of `{uses.text}` is not set")


def _action(step: Step, uses: Uses) -> Iterator[WorkflowProblem]:
    if is_malformed(uses) and "${{" not in uses.text:
        yield _problem(
            uses, "action-format", "action reference must be `owner/name@ref`, `./folder` or `docker://image`"
        )
        return
    if uses.is_docker and re.search(r":$", uses.text):
        yield _problem(uses, "action-format", f"image tag of `{uses.text}` is empty")
    for input_ in step.inputs:
        yield from _input(step, uses, input_)
    for name in words_of(uses.action, "required") if uses.is_remote and not _takes_unknown_inputs(step) else ():
        if not step.has_input(name):
            yield _problem(uses, "action-incomplete", f"required input `{name}` of `{uses.action}` is not set")
    if not uses.is_local or "${{" in uses.text:
        return
    path = local_file(uses)
    if uses.text.endswith((".yml", ".yaml")) and ".github/workflows/" in uses.text:
        yield _problem(
            uses, "local-action", f"`{uses.text}` is a workflow; a job calls it by its own `uses`, not a step"
        )
        return
    if path is None:
        if uses.is_own and step.file.index.has_files:
            yield _problem(uses, "local-action", f"action `{uses.text}` does not exist in this repository")
        return  # what `./` names may be put there by an earlier step
    other = action_document(step.file.index, path)
    if other is None:
        return
    fault = next((each for each in problems_in_action(other) if each.name not in _TOLERATED), None)
    if fault is not None:
        yield _problem(uses, "local-action", f"local action `{path}` is invalid: {fault.message}")
    for name in missing_inputs(uses):
        yield _problem(uses, "action-incomplete", f"required input `{name}` of `{uses.text}` is not set")


def _takes_unknown_inputs(step: Step) -> bool:
    """Whether an expression decides, or a merge key adds to, what stands in its `with:`."""
    node = step.get("with")
    return node is not None and (not isinstance(node, Mapping) or "<<" in node)


def _input(step: Step, uses: Uses, given: Input) -> Iterator[WorkflowProblem]:
    lower = given.name.lower()
    path = local_file(uses)
    if path is not None:
        other = action_document(step.file.index, path)
        action = other.action if other is not None else None
        if action is None:
            return
        names = [str(each.name) for each in action.inputs]
        found = next((each for each in action.inputs if each.name.lower() == lower), None)
        if found is None and not (action.is_docker and lower in ("args", "entrypoint")):
            yield _undeclared(uses, given, names)
        elif found is not None and found.is_deprecated and not (found.is_required and found.default is None):
            yield WorkflowProblem(
                "action-deprecated",
                f"input `{given.name}` of `{uses.text}` is deprecated",
                uses.source,
                given.name.start,
                given.name.end,
            )
        return

    inputs = inputs_of(uses.action)
    if inputs is None:
        return
    if lower not in inputs.known:
        if inputs.are_all_of(release(uses)) or slip_of(lower, inputs.known):
            yield _undeclared(uses, given, sorted(inputs.known))
    elif lower in inputs.deprecated:
        yield WorkflowProblem(
            "action-deprecated",
            f"input `{given.name}` of `{uses.action}` is deprecated",
            uses.source,
            given.name.start,
            given.name.end,
        )


def _undeclared(uses: Uses, given: Input, names: list[str]) -> WorkflowProblem:
    close = nearest(str(given.name), names)
    if close is not None and given.step.has_input(close):
        close = None
    hint = f"; did you mean `{close}`?" if close else ""
    what = uses.text if uses.is_local else uses.action
    message = f"`{what}` has no input `{given.name}`{hint}"
    return WorkflowProblem("action-undeclared", message, uses.source, given.name.start, given.name.end, close)
