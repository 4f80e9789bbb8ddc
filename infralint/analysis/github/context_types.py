"""The types of the contexts of one workflow or action: its inputs, matrices, steps, jobs and their outputs."""

from __future__ import annotations

from infralint.analysis.expressions.checker import Environment, check
from infralint.analysis.expressions.contexts import base_contexts, environment_at, event_of, github_of
from infralint.analysis.expressions.value_types import (
    ANY,
    BOOLEAN,
    NUMBER,
    OPEN,
    STRING,
    Lazy,
    Payload,
    Type,
    array,
    closed,
    mapping,
    merge,
    type_of,
)
from infralint.analysis.github.advisories import release
from infralint.analysis.github.local_calls import declared_outputs, is_script_action
from infralint.analysis.github.needs import needed_job
from infralint.analysis.github.placement import job_of, place_of, step_of
from infralint.model.element import remembered
from infralint.model.github.action import ActionDocument
from infralint.model.github.document import GithubDocument
from infralint.model.github.expression import Expression
from infralint.model.github.job import Job
from infralint.model.github.step import Step, StepsDocument
from infralint.model.github.uses import Uses
from infralint.model.github.value import get, text_of
from infralint.model.github.workflow import WorkflowDocument
from infralint.syntax import expression as syntax
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.tables.actions import outputs_of

_INPUT_TYPES = {"boolean": BOOLEAN, "number": NUMBER, "string": STRING, "choice": STRING, "environment": STRING}


MAX_ITEMS = 500


MAX_STEPS = 1000


class WorkflowTypes:
    """Environments for the expressions of a workflow, worked out once for each job and step."""

    def __init__(self, file: WorkflowDocument) -> None:
        self.file = file
        self._memo: dict[object, dict[str, Type]] = {}
        self._step_types: dict[str, StepTypes] = {}
        self.base = {**base_contexts(), **self._triggers()}

    def at(self, expression: Expression) -> Environment:
        """What the expression may use."""
        route = expression.route
        place = place_of(expression)
        contexts = self.base
        if place == "on.workflow_call.outputs.<output_id>.value":
            contexts = {**contexts, "jobs": self._jobs()}
        elif place == "on.workflow_call.inputs.<inputs_id>.default":
            contexts = {**contexts, "inputs": self._inputs_before(str(route[3]).lower())}
        job = job_of(expression)
        named = str(expression.text).lower()  # what is not named need not be worked out
        if job is not None and any(each in named for each in ("needs", "matrix", "steps")):
            step = step_of(expression)
            contexts = self._of_job(job)
            if step is not None or (len(route) > 2 and route[2] in ("outputs", "environment")):
                contexts = {
                    **contexts,
                    "steps": self._steps(job, step.position if step is not None else len(job.steps)),
                }
        return environment_at(place, contexts)

    def _triggers(self) -> dict[str, Type]:
        triggers = get(self.file.root, "on")
        found: dict[str, Type] = {}
        inputs: dict[str, Type] = {}
        is_open = False
        for event in ("workflow_call", "workflow_dispatch"):
            declared = get(triggers, event, "inputs")
            if isinstance(declared, Mapping):
                for name, value in declared.items():
                    kind = _INPUT_TYPES.get(str(text_of(get(value, "type")) or "string"), ANY)
                    lower = name.lower()
                    inputs[lower] = merge((inputs[lower], kind)) if lower in inputs else kind
            elif declared is not None:
                is_open = True
        found["inputs"] = OPEN if is_open else closed(inputs, "this workflow declares no input `{name}`")
        names = [trigger.name for trigger in self.file.workflow.triggers] if self.file.workflow else []
        sent = event_of(frozenset(str(name) for name in names))
        dispatched = get(triggers, "workflow_dispatch", "inputs")
        if isinstance(dispatched, Mapping):
            strings = closed(
                {name: STRING for name, _ in dispatched.items()}, "`workflow_dispatch` declares no input `{name}`"
            )
            strings.payload = Payload((), False)  # it is not there where another event started the run
            rest, own = sent.properties, {"inputs": strings}
            known = Lazy(lambda: {**rest, **own}) if sent.payload is not None else own
            sent = Type("object", known, sent.other, payload=sent.payload)
        found["github"] = github_of(sent)
        call = get(triggers, "workflow_call")
        secrets = call.get("secrets") if isinstance(call, Mapping) else None
        is_empty = isinstance(secrets, Scalar) and secrets.value is None
        if (is_empty or isinstance(secrets, Mapping)) and [str(name) for name in names] == ["workflow_call"]:
            given = {str(name): STRING for name, _ in secrets.items()} if isinstance(secrets, Mapping) else {}
            always = dict.fromkeys(("github_token", "actions_step_debug", "actions_runner_debug"), STRING)
            missing = "`workflow_call` declares no secret `{name}`; only callers with `secrets: inherit` pass it"
            found["secrets"] = closed({**always, **given}, missing)
        return found

    def _inputs_before(self, name: str) -> Type:
        inputs = self.base["inputs"]
        before = {}
        for each, kind in inputs.properties.items():
            if each == name:
                break
            before[each] = kind
        return Type("object", before, inputs.other, missing="no input `{name}` is declared before this one")

    def _jobs(self) -> Type:
        jobs = self.file.workflow.jobs if self.file.workflow else []
        return closed(
            {str(job.id): closed({"result": STRING, "outputs": self._outputs(job)}) for job in jobs},
            "this workflow has no job `{name}`",
        )

    def _of_job(self, job: Job) -> dict[str, Type]:
        key = ("job", str(job.id))
        if key not in self._memo:
            needs = {}
            for need in job.needs:
                other = needed_job(need)
                if other is not None:
                    needs[str(need.name)] = closed({"result": STRING, "outputs": self._outputs(other)})
            self._memo[key] = {
                **self.base,
                "needs": closed(needs, "`needs` of this job has no job `{name}`"),
                "matrix": self.matrix(job),
            }
        return self._memo[key]

    def _outputs(self, job: Job) -> Type:
        if job.uses is not None:
            outputs = declared_outputs(job.uses)
            missing = "called workflow has no output `{name}`"
        else:
            node = job.get("outputs")
            if node is not None and not isinstance(node, Mapping):
                return mapping(STRING)
            outputs = [str(name) for name, _ in node.items()] if isinstance(node, Mapping) else []
            missing = f"job `{job.id}` has no output `{{name}}`"
            if any("${{" in name for name in outputs):
                return mapping(STRING)
        return mapping(STRING) if outputs is None else closed(dict.fromkeys(outputs, STRING), missing)

    def _steps(self, job: Job, before: int) -> Type:
        key = str(job.id)
        if key not in self._step_types:
            self._step_types[key] = StepTypes(job.steps)
        return self._step_types[key].at(before)

    def matrix(self, job: Job) -> Type:
        """The type of `matrix` in a job."""
        node = job.get("strategy", "matrix")
        missing = (
            "matrix of this job has no `{name}`"
            if node is not None
            else "this job has no matrix; `{name}` is always empty"
        )
        if node is None:
            return closed({}, missing) if not isinstance(job.get("strategy"), Scalar) else OPEN
        if not isinstance(node, Mapping):
            return OPEN
        rows: dict[str, Type] = {}
        for name, value in node.items():
            if name in ("include", "exclude"):
                continue
            items = list(value.values())[:MAX_ITEMS] if isinstance(value, Sequence) else None
            rows[name.lower()] = merge(self._item(item) for item in items) if items else ANY
        include = node.get("include")
        if include is not None:
            if not isinstance(include, Sequence):
                return OPEN
            for entry in list(include.values())[:MAX_ITEMS]:
                if not isinstance(entry, Mapping):
                    return OPEN
                for name, value in entry.items():
                    kind = self._item(value)
                    rows[name.lower()] = merge((rows[name.lower()], kind)) if name.lower() in rows else kind
        return closed(rows, missing)

    def _item(self, node: Node, depth: int = 10) -> Type:
        if isinstance(node, Scalar):
            if "${{" not in node.content:
                return type_of(node.value)
            read = syntax.find(node.text)
            if len(read) == 1 and str(read[0].outer) == node.content.strip():
                return check(read[0], Environment(self.base))[0]
            return STRING
        if depth and isinstance(node, Mapping):
            return closed({str(name): self._item(value, depth - 1) for name, value in list(node.items())[:MAX_ITEMS]})
        if depth and isinstance(node, Sequence):
            return array(merge(self._item(value, depth - 1) for value in list(node.values())[:MAX_ITEMS]))
        return ANY


def _outputs_of(uses: Uses) -> Type:
    """The outputs of an action: of one of this repository as its file says, of one that many use as the table does."""
    declared = declared_outputs(uses)
    if declared is not None and not declared and is_script_action(uses):
        return OPEN  # it may put out what its file does not declare
    if declared is not None:
        return closed(dict.fromkeys(declared, STRING), "local action of this step has no output `{name}`")
    if not uses.is_remote:
        return mapping(STRING)

    names = outputs_of(uses.action)
    if names is None:
        return mapping(STRING)
    other = None if names.are_all_of(release(uses)) else STRING
    return Type(
        "object", dict.fromkeys(sorted(names.known), STRING), other, missing=f"`{uses.action}` has no output `{{name}}`"
    )


class StepTypes:
    """The type of `steps` before each step of a list."""

    __slots__ = ("_found", "_is_open", "_memo")

    def __init__(self, steps: list[Step]) -> None:
        self._found: list[tuple[int, str, Type]] = []
        self._memo: dict[int, Type] = {}
        self._is_open = len(steps) > MAX_STEPS
        for step in steps[:MAX_STEPS]:
            if step.id is None:
                continue
            self._is_open = self._is_open or "${{" in step.id
            outputs = _outputs_of(step.uses) if step.uses is not None else mapping(STRING)
            kind = closed({"outputs": outputs, "conclusion": STRING, "outcome": STRING})
            self._found.append((step.position, step.id.lower(), kind))

    def at(self, position: int) -> Type:
        """The type for what stands at a position."""
        if self._is_open:
            return OPEN
        if position not in self._memo:
            before = {name: kind for at, name, kind in self._found if at < position}
            self._memo[position] = Type("object", before, missing="no earlier step has the id `{name}`")
        return self._memo[position]


class ActionTypes:
    """The environments of the expressions of an action."""

    def __init__(self, file: ActionDocument) -> None:
        self.file = file
        inputs = file.action.inputs if file.action is not None else []
        declared = closed({str(each.name): STRING for each in inputs}, "this action declares no input `{name}`")
        self.base = {**base_contexts(), "inputs": declared}
        self._before: StepTypes | None = None

    def at(self, expression: Expression) -> Environment:
        """What the expression may use."""
        steps = self.file.steps
        step = step_of(expression)
        before = step.position if step is not None else len(steps)
        if self._before is None:
            self._before = StepTypes(steps)
        return environment_at(place_of(expression), {**self.base, "steps": self._before.at(before)})


@remembered
def types_of(file: StepsDocument) -> WorkflowTypes | ActionTypes:
    """The types of the contexts of a workflow or action."""
    if isinstance(file, ActionDocument):
        return ActionTypes(file)
    assert isinstance(file, WorkflowDocument)
    return WorkflowTypes(file)


def input_type(file: GithubDocument, name: str) -> str | None:
    """The type of an input: "boolean", "number", "string"; None if it is not declared."""
    if isinstance(file, ActionDocument):
        return "string"
    kind = types_of(file).base["inputs"].properties.get(name) if isinstance(file, WorkflowDocument) else None
    return kind.kind if kind is not None else None
