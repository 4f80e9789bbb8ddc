"""What the events of a workflow get wrong: activities, filters, cron lines, the inputs of a dispatch."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.expressions.checker import nearest
from infralint.analysis.github.names import is_known, nearest_name
from infralint.analysis.github.schema_check import KEYS, SchemaCheck
from infralint.model.github.document import WorkflowProblem
from infralint.model.github.value import get, known, texts
from infralint.model.github.workflow import Trigger, WorkflowDocument
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.tables import events
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

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


_ONE_OF_TWO = {
    "push": ("branches", "tags", "paths"),
    "pull_request": ("branches", "paths"),
    "pull_request_target": ("branches", "paths"),
    "workflow_run": ("branches",),
    "merge_group": ("branches",),
}


def check_triggers(check: SchemaCheck) -> Iterator[WorkflowProblem]:
    """Events, their filters and the inputs they declare."""
    workflow = check.file.workflow if isinstance(check.file, WorkflowDocument) else None
    for trigger in workflow.triggers if workflow is not None else ():
        if not is_known(trigger):
            hint = f"; did you mean `{nearest_name(trigger)}`?" if nearest_name(trigger) else ""
            yield check.problem(
                "unknown-event", f"event `{trigger.name}` does not exist{hint}", trigger.start, trigger.end
            )
            continue
        name, node = str(trigger.name), trigger.node
        if name in ("workflow_call", "workflow_dispatch"):
            yield from _declarations(check, name, node)
            yield from (_call_inputs(check, node) if name == "workflow_call" else _dispatch(check, node))
        elif name == "schedule":
            yield from _schedule(check, trigger)
        else:
            allowed = _FILTERS.get(name, "" if name in _PLAIN_EVENTS else "types")
            yield from _event(check, trigger, frozenset(allowed.split()))


def _declarations(check: SchemaCheck, event: str, node: Node | None) -> Iterator[WorkflowProblem]:
    """Inputs, secrets and outputs."""
    yield from check.keys(node, event)
    types = ("boolean", "number", "string") + (("choice", "environment") if event == "workflow_dispatch" else ())
    for what, one in (("inputs", "an input"), ("secrets", "a secret"), ("outputs", "an output")):
        declared = get(node, what)
        if not isinstance(declared, Mapping) or f"{one} of {event}" not in KEYS:
            continue
        yield from check.duplicates(declared, what.removesuffix("s"))
        for pair in declared.pairs:
            value = check.file.stream.resolve(pair.value)
            yield from check.keys(value, f"{one} of {event}")
            kind = get(value, "type")
            if what == "inputs" and isinstance(kind, Scalar) and kind.content not in types:
                message = f"input type `{kind.content}` is invalid; use {', '.join(types)}"
                yield check.problem("bad-value", message, kind.start, kind.end)
            if what == "inputs" and event == "workflow_call" and kind is None:
                yield check.at(pair, "missing-key", f"input `{pair.name}` has no `type`")
            if what == "outputs" and get(value, "value") is None:
                yield check.at(pair, "missing-key", f"output `{pair.name}` has no `value`")


def _event(check: SchemaCheck, trigger: Trigger, allowed: frozenset[str]) -> Iterator[WorkflowProblem]:
    """One event with its filters; `allowed` are the keys that it takes."""
    name, node = str(trigger.name), trigger.node
    if not isinstance(node, Mapping):
        if isinstance(node, Sequence) or (isinstance(node, Scalar) and node.value is not None):
            yield check.problem("bad-value", f"event `{name}` must be a mapping", node.start, max(node.end, node.start))
        return
    for pair in node.pairs:
        if pair.name in allowed:
            yield from _filter(check, name, pair.name, node.get(pair.name), pair)
        elif pair.name in events.FILTERS and allowed:
            yield check.at(pair, "event-filter", f"event `{name}` has no filter `{pair.name}`")
        else:
            close = nearest(pair.name, allowed)
            hint = f"; did you mean `{close}`?" if close else ""
            free = close if close is not None and close not in node else None
            what = "filter" if pair.name in events.FILTERS else "key"
            yield check.at(pair, "unknown-key", f"event `{name}` has no {what} `{pair.name}`{hint}", free)
    for one in _ONE_OF_TWO.get(name, ()):
        pairs = [found for found in (node.pair(one), node.pair(f"{one}-ignore")) if found is not None]
        if len(pairs) == 2:
            last = max(pairs, key=lambda pair: pair.start)
            yield check.problem(
                "event-filter", f"`{one}` and `{one}-ignore` cannot be used together", last.key.start, last.key.end
            )


def _filter(check: SchemaCheck, event: str, key: str, node: Node | None, pair: Any) -> Iterator[WorkflowProblem]:
    if isinstance(node, Sequence) and not node.items:
        yield check.problem("missing-value", f"`{key}` is an empty list", node.start, node.end)
        return
    if node is None or (isinstance(node, Scalar) and node.value is None and not node.style):
        if key != "types":
            yield check.at(pair, "missing-value", f"`{key}` has no value")
        return
    if isinstance(node, Mapping):
        yield check.problem("bad-value", f"`{key}` must be a string or a list of strings", node.start, node.end)
        return
    for text in texts(node):
        if not text:
            yield check.problem("missing-value", f"`{key}` contains an empty string", text.start, text.end)
        elif key == "types":
            known_types = events.TYPES.get(event)
            if known_types is not None and text not in known_types:
                close = nearest(str(text), known_types)
                hint = f"; did you mean `{close}`?" if close else ""
                yield check.problem(
                    "event-type", f"event `{event}` has no activity type `{text}`{hint}", text.start, text.end, close
                )
        elif key.split("-", maxsplit=1)[0] in ("branches", "tags", "paths"):
            fault = events.pattern_fault(str(text), is_path=key.startswith("paths"))
            if fault is not None:
                yield check.problem("filter-pattern", f"pattern `{text}` {fault}", text.start, text.end)


def _schedule(check: SchemaCheck, trigger: Trigger) -> Iterator[WorkflowProblem]:
    """The cron lines of a `schedule`."""
    node = trigger.node
    if not isinstance(node, Sequence) or not node.items:
        at = trigger.name if node is None or node.end <= node.start else node
        yield check.problem("missing-value", "`schedule` must be a list of `cron` entries", at.start, at.end)
        return
    for item in node.values():
        if not isinstance(item, Mapping):
            continue
        for pair in item.pairs:
            if pair.name not in ("cron", "timezone"):
                yield check.at(pair, "unknown-key", f"`{pair.name}` is not a valid key of a schedule")
        cron, zone = known(item.get("cron")), item.get("timezone")
        if item.get("cron") is None or cron is None or (isinstance(cron, Text) and not cron):
            yield check.problem("missing-value", "schedule has no `cron`", item.start, item.end)
        elif isinstance(cron, Text):
            fault = events.cron_fault(str(cron))
            if fault is not None:
                yield check.problem("cron", f"`{cron}`: {fault}", cron.start, cron.end)
        text = known(zone)
        if isinstance(zone, Scalar) and isinstance(text, Text):
            if not text:
                yield check.problem("missing-value", "`timezone` is empty", zone.start, zone.end)
            elif events.is_timezone(str(text)) is False:
                yield check.problem("cron", f"timezone `{text}` does not exist", text.start, text.end)


_MAX_INPUTS = 25


def _dispatch(check: SchemaCheck, node: Node | None) -> Iterator[WorkflowProblem]:
    """The inputs of a `workflow_dispatch`: their choices and defaults."""
    inputs = get(node, "inputs")
    if isinstance(inputs, Mapping) and len(inputs.pairs) > _MAX_INPUTS:
        message = f"`workflow_dispatch` has {len(inputs.pairs)} inputs; GitHub allows {_MAX_INPUTS}"
        yield check.at(inputs.pairs[_MAX_INPUTS], "bad-value", message)
    for name, value in inputs.items() if isinstance(inputs, Mapping) else ():
        kind, options, default = known(get(value, "type")), get(value, "options"), get(value, "default")
        given = known(default)
        if isinstance(options, Sequence) and not options.items:
            yield check.problem("missing-value", "`options` is an empty list", options.start, options.end)
        if kind == "choice":
            choices = [str(text) for text in texts(options)]
            if not choices:
                yield check.problem("dispatch-input", f"choice `{name}` has no `options`", name.start, name.end)
            elif isinstance(given, Text) and str(given) not in choices and choices.count("") == 0:
                yield check.problem(
                    "dispatch-input", f"default `{given}` is not one of the options", given.start, given.end
                )
        elif options is not None and kind is not None and isinstance(kind, Text):
            yield check.problem(
                "dispatch-input",
                f"`options` is valid for a choice only; the type of this input is {kind}",
                name.start,
                name.end,
            )
        if kind == "boolean" and isinstance(given, Text) and str(given).lower() not in ("true", "false", ""):
            yield check.problem("dispatch-input", f"default `{given}` is not true or false", given.start, given.end)
        if kind == "number" and isinstance(given, Text) and not _is_number(str(given)):
            yield check.problem("dispatch-input", f"default `{given}` is not a number", given.start, given.end)


def _call_inputs(check: SchemaCheck, node: Node | None) -> Iterator[WorkflowProblem]:
    """The defaults and flags of a `workflow_call`'s inputs."""
    for what in ("inputs", "secrets", "outputs"):
        declared = get(node, what)
        if isinstance(declared, Sequence) or (isinstance(declared, Scalar) and declared.value is not None):
            yield check.problem("bad-value", f"`{what}` must be a mapping of names", declared.start, declared.end)
    inputs = get(node, "inputs")
    for _, value in inputs.items() if isinstance(inputs, Mapping) else ():
        kind, default, required = known(get(value, "type")), get(value, "default"), get(value, "required")
        given = known(default)
        if isinstance(required, Scalar) and "${{" not in required.content and required.value not in (True, False, None):
            yield check.problem(
                "bad-value", f"`required` must be true or false, not `{required.content}`", required.start, required.end
            )
        if isinstance(default, Scalar) and isinstance(given, Text):
            if kind == "number" and not _is_number(str(given)):
                yield check.problem("event-default", f"default `{given}` is not a number", given.start, given.end)
            elif kind == "boolean" and default.value not in (True, False):
                yield check.problem("event-default", f"default `{given}` is not true or false", given.start, given.end)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
