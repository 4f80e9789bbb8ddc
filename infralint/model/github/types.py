"""The types of the contexts of one workflow or action: its inputs, matrices, steps, jobs and their outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infralint.model.github.value import Route, get, known, text_of
from infralint.syntax import expression as syntax
from infralint.syntax.expression import Fault
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.tables.expression_contexts import base_contexts, environment_at, event_of, github_of
from infralint.tables.expression_kinds import (
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
from infralint.tables.expression_types import Environment, check
from infralint.tables.github import EVENTS
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.github.expression import Expression
    from infralint.model.github.job import Job
    from infralint.model.github.step import Step
    from infralint.model.github.uses import Uses
    from infralint.model.github.workflow import WorkflowDocument

_INPUT_TYPES = {"boolean": BOOLEAN, "number": NUMBER, "string": STRING, "choice": STRING, "environment": STRING}
_TESTS = ("if ", "if(", " -n ", " -z ", ":-", "case ", "||", "event_name", "EVENT_NAME")
MAX_ITEMS = 500
MAX_STEPS = 1000


def faults_of(expression: Expression, environment: Environment) -> list[Fault]:
    """What is wrong with an expression where it stands."""
    read = expression.read
    if read.root is None:
        return read.faults
    kind, faults = check(read, environment)
    if any(fault.name == "payload-elsewhere" and _reckons_with(fault, expression, environment) for fault in faults):
        faults = [fault for fault in faults if fault.name != "payload-elsewhere"]
    route = expression.route
    is_whole = str(read.outer) == str(expression.node.content).strip()
    if _takes_object(route) and is_whole and not expression.site.is_key:
        if kind.kind not in ("object", "any"):
            faults.append(read.fault(f"`{route[-1]}` takes an object, not a {kind.kind}", 0, 0, "expression-type"))
    elif expression.place == "on.workflow_call.inputs.<inputs_id>.default" and is_whole:
        wanted = str(text_of(get(expression.file.root, "on", "workflow_call", "inputs", str(route[3]), "type")))
        if wanted in ("boolean", "number") and kind.kind not in (wanted, "any"):
            faults.append(read.fault(f"this input is a {wanted}, not a {kind.kind}", 0, 0, "expression-type"))
    elif _is_text(route) and kind.kind in ("object", "array", "null"):
        shown = {"object": "becomes the word `Object`", "array": "becomes the word `Array`", "null": "is always empty"}
        message = f"{'null' if kind.kind == 'null' else f'an {kind.kind}'} {shown[kind.kind]} in text"
        faults.append(read.fault(message, 0, 0, "expression-type"))
    return faults


def _reckons_with(fault: Fault, expression: Expression, environment: Environment) -> bool:
    """Whether a condition around an expression lets only other events through, or its script may test for what is empty."""
    job, step, route = expression.job, expression.step, expression.route
    words = (
        "head_ref",
        "base_ref",
        "refs/pull",
        f"github.event.{expression.source.text[fault.start : fault.end].lower()}",
    )
    sent = environment.contexts["github"].properties["event"].payload
    others = EVENTS - set(sent.events if sent is not None else ())
    for holder in (job, step):
        condition = holder.condition if holder is not None else None
        text = condition.text.lower() if condition is not None else ""
        asks_event = "event_name" in text and ("!=" in text or any(f"'{event}'" in text for event in others))
        is_own = condition is not None and condition.route == route
        if asks_event or (not is_own and any(word in text for word in words)):
            return True
    texts = [str(expression.node.content)]
    if "env" in route[:-1]:
        script = step.get("run") if step is not None else None
        if not isinstance(script, Scalar):
            return True
        texts.append(script.content)
    return route[-1:] != ("if",) and any(word in text for text in texts for word in _TESTS)


def _takes_object(route: Route) -> bool:
    if route[-1:] == ("env",):
        return len(route) == 1 or (route[0] == "jobs" and route[-2] not in ("with", "outputs"))
    return len(route) == 3 and route[0] == "jobs" and route[2] in ("services", "strategy")


def _is_text(route: Route) -> bool:
    return bool(route) and (
        route[-1] in ("run", "name", "working-directory", "run-name")
        or (len(route) > 1 and route[-2] in ("with", "env") and len(route) > 5)
    )


class Types:
    """Environments for the expressions of a workflow, worked out once for each job and step."""

    def __init__(self, file: WorkflowDocument) -> None:
        self.file = file
        self._memo: dict[object, dict[str, Type]] = {}
        self._step_types: dict[str, StepTypes] = {}
        self._base = {**base_contexts(), **self._triggers()}

    def at(self, expression: Expression) -> Environment:
        """What the expression may use."""
        route = expression.route
        place = expression.place
        contexts = self._base
        if place == "on.workflow_call.outputs.<output_id>.value":
            contexts = {**contexts, "jobs": self._jobs()}
        elif place == "on.workflow_call.inputs.<inputs_id>.default":
            contexts = {**contexts, "inputs": self._inputs_before(str(route[3]).lower())}
        job = expression.job
        named = str(expression.text).lower()  # what is not named need not be worked out
        if job is not None and any(each in named for each in ("needs", "matrix", "steps")):
            step = expression.step
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
            found["secrets"] = closed({**always, **given}, "`workflow_call` declares no secret `{name}`")
        return found

    def _inputs_before(self, name: str) -> Type:
        inputs = self._base["inputs"]
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
                if need.job is not None:
                    needs[str(need.name)] = closed({"result": STRING, "outputs": self._outputs(need.job)})
            self._memo[key] = {
                **self._base,
                "needs": closed(needs, "this job does not wait for a job `{name}`; its `needs` names it not"),
                "matrix": self.matrix(job),
            }
        return self._memo[key]

    def _outputs(self, job: Job) -> Type:
        if job.uses is not None:
            outputs = job.uses.declared_outputs
            missing = "the workflow that this job calls has no output `{name}`"
        else:
            node = job.get("outputs")
            if node is not None and not isinstance(node, Mapping):
                return mapping(STRING)
            outputs = [str(name) for name, _ in node.items()] if isinstance(node, Mapping) else []
            missing = f"the job `{job.id}` has no output `{{name}}`"
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
            "the matrix of this job has no `{name}`" if node is not None else "this job has no matrix, so no `{name}`"
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
                return check(read[0], Environment(self._base))[0]
            return STRING
        if depth and isinstance(node, Mapping):
            return closed({str(name): self._item(value, depth - 1) for name, value in list(node.items())[:MAX_ITEMS]})
        if depth and isinstance(node, Sequence):
            return array(merge(self._item(value, depth - 1) for value in list(node.values())[:MAX_ITEMS]))
        return ANY


def _outputs_of(uses: Uses) -> Type:
    """The outputs of an action: of one of this repository as its file says, of one that many use as the table does."""
    declared = uses.declared_outputs
    if declared is not None:
        return closed(dict.fromkeys(declared, STRING), "the local action of this step has no output `{name}`")
    if not uses.is_remote:
        return mapping(STRING)
    from infralint.tables.action_outputs import outputs_of

    names = outputs_of(uses.action)
    if names is None:
        return mapping(STRING)
    other = None if names.are_all_of(uses.release) else STRING
    return Type(
        "object", dict.fromkeys(sorted(names.known), STRING), other, missing=f"{uses.action} has no output `{{name}}`"
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
            self._memo[position] = Type("object", before, missing="no step before this one has the id `{name}`")
        return self._memo[position]


def matrix_values(job: Job, content: str) -> list[Text] | None:
    """Every value that a `${{ matrix.name }}` takes; None where they cannot be known."""
    source = Text(content, job.source, 0, 0)
    read = syntax.find(source)
    if len(read) != 1 or str(read[0].outer) != content.strip() or read[0].root is None:
        return None
    path = syntax.path_of(read[0].root)
    node = job.get("strategy", "matrix")
    if path is None or len(path) != 2 or path[0] != "matrix" or not isinstance(node, Mapping):
        return None
    found: list[Text] = []
    rows: list[Node] = []
    row = next((value for name, value in node.items() if name.lower() == path[1]), None)
    if row is not None:
        if not isinstance(row, Sequence):
            return None
        rows += row.values()
    include = node.get("include")
    if include is not None:
        if not isinstance(include, Sequence):
            return None
        for entry in include.values():
            if not isinstance(entry, Mapping):
                return None
            rows += [value for name, value in entry.items() if name.lower() == path[1]]
    left_out = _excluded(node, path[1])
    for item in rows:
        value = known(item)
        if not isinstance(value, Text):
            return None
        if str(value) not in left_out:
            found.append(value)
    return found or None


def _excluded(matrix: Mapping, name: str) -> frozenset[str]:
    """The values of a matrix's row that `exclude` takes out wholly, by naming nothing else."""
    exclude = matrix.get("exclude")
    found = set()
    for entry in exclude.values() if isinstance(exclude, Sequence) else ():
        pairs = list(entry.items()) if isinstance(entry, Mapping) else []
        if len(pairs) == 1 and pairs[0][0].lower() == name:
            found.add(str(known(pairs[0][1])))
    return frozenset(found)
