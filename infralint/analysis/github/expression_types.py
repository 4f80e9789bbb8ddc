"""What expressions get wrong about the types of their contexts and of the place where they stand."""

from __future__ import annotations

from infralint.analysis.expressions.checker import Environment, check
from infralint.analysis.github.context_types import types_of
from infralint.analysis.github.placement import job_of, place_of, step_of
from infralint.model.github.document import Route
from infralint.model.github.expression import Expression
from infralint.model.github.step import StepsDocument
from infralint.model.github.value import get, text_of
from infralint.syntax.expression import Fault
from infralint.syntax.yaml import Scalar
from infralint.tables.github import EVENTS

_TESTS = ("if ", "if(", " -n ", " -z ", ":-", "case ", "||", "event_name", "EVENT_NAME")


def faults_of(expression: Expression) -> list[Fault]:
    """What is wrong with an expression where it stands."""
    if not isinstance(expression.file, StepsDocument):
        return expression.read.faults
    environment = types_of(expression.file).at(expression)
    read = expression.read
    if read.root is None:
        return read.faults
    kind, faults = check(read, environment)
    if expression.file.is_compiled or any(
        fault.name == "payload-elsewhere" and _handles_other_events(fault, expression, environment) for fault in faults
    ):
        faults = [fault for fault in faults if fault.name != "payload-elsewhere"]
    route = expression.route
    is_whole = str(read.outer) == str(expression.node.content).strip()
    if _takes_object(route) and is_whole and not expression.site.is_key:
        if kind.kind not in ("object", "any"):
            faults.append(read.fault(f"`{route[-1]}` must be an object, not {kind.kind}", 0, 0, "expression-type"))
    elif place_of(expression) == "on.workflow_call.inputs.<inputs_id>.default" and is_whole:
        wanted = str(text_of(get(expression.file.root, "on", "workflow_call", "inputs", str(route[3]), "type")))
        if wanted in ("boolean", "number") and kind.kind not in (wanted, "any"):
            faults.append(
                read.fault(f"default is {kind.kind}, but the type of this input is {wanted}", 0, 0, "expression-type")
            )
    elif _is_text(route) and kind.kind in ("object", "array", "null"):
        shown = {"object": "becomes the word `Object`", "array": "becomes the word `Array`", "null": "is always empty"}
        message = f"{'null' if kind.kind == 'null' else f'an {kind.kind}'} {shown[kind.kind]} in text"
        faults.append(read.fault(message, 0, 0, "expression-type"))
    return faults


def _handles_other_events(fault: Fault, expression: Expression, environment: Environment) -> bool:
    """Whether a condition around an expression lets only other events through, or its script may test for what is empty."""
    job, step, route = job_of(expression), step_of(expression), expression.route
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
