"""Where the text in an expression comes from: through env, outputs of steps and jobs, local actions and workflows.

Two things are followed: text that a stranger writes, and names of a pull request's head. What is not known to carry
either carries nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from infralint.model.element import Element
from infralint.model.github import guards as trust
from infralint.model.github.value import get, text_of
from infralint.syntax.yaml import Mapping, Sequence
from infralint.tables import github
from infralint.tables import taint_sources as tables

if TYPE_CHECKING:
    from infralint.model.github.expression import Expression
    from infralint.model.github.job import Job
    from infralint.model.github.step import Step
    from infralint.model.github.taint_script import ScriptFlows

MAX_DEPTH = 60
MAX_WORK = 20_000


class Flow(NamedTuple):
    """Something that flows. `what` names the origin, `at` is where it enters; `is_line`: it holds no line end.

    `kind` is "text" (a stranger wrote it) or "head" (it names the head of a pull request).
    """

    what: str
    at: Element | None
    kind: str = "text"
    is_line: bool = False
    hops: tuple[Element, ...] = ()

    def through(self, element: Element | None) -> Flow:
        """The same one hop further."""
        return self if element is None or len(self.hops) > 20 else self._replace(hops=(*self.hops, element))

    def way_to(self, sink: Element) -> list[Element]:
        """Where it enters, and each step, job, entry and file that it passes on its way to a place."""
        passed: list[Element] = []
        for hop in (self.at, *self.hops):
            if hop is not None and hop is not sink and not (passed and _is_on_line_of(hop, passed[-1])):
                passed.append(hop)
        return passed


def _is_on_line_of(one: Element, other: Element) -> bool:
    return one.source is other.source and one.source.line_of(one.start) == one.source.line_of(other.start)


class Flows:
    """The flows of one workflow or action; worked out where asked for, within a budget."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self._memo: dict[Any, Flow | None] = {}
        self._scripts: dict[Any, ScriptFlows] = {}
        self._work = 0

    def of_expression(self, expression: Expression, kind: str = "text", depth: int = MAX_DEPTH) -> Flow | None:
        """What an expression's value carries; None for nothing that is known."""
        if kind == "head" and tables.head_pattern().search(str(expression.text)):
            return Flow(str(expression.text), expression, "head", True)
        for path, whole in expression._flows:
            found = self.of_path(path, expression, whole=whole, kind=kind, depth=depth)
            if found is not None:
                return found
        return None

    def of_text(self, route: Any, kind: str, depth: int) -> Flow | None:
        """What the expressions of one value carry."""
        for each in self.file.expressions_at(route):
            found = self.of_expression(each, kind, depth - 1)
            if found is not None:
                return found
        return None

    def of_path(
        self, path: tuple[str, ...], expression: Expression, *, whole: bool, kind: str, depth: int
    ) -> Flow | None:
        """What a context carries where an expression stands."""
        if path[0] == "github":
            if kind == "text" and github.is_attacker_controlled(path, whole=whole):
                name = ".".join(path).replace("[]", "*")
                return Flow(
                    name,
                    expression,
                    "text",
                    not whole and path[-1] in ("ref", "head_ref", "title", "label", "head_branch"),
                )
            return None
        self._work += 1
        if depth <= 0 or self._work > MAX_WORK:
            return None
        job, step = expression.job, expression.step
        if path[0] == "env" and len(path) == 2:
            return self._env(path[1], expression, kind, depth)
        if path[0] == "steps" and len(path) >= 3 and path[2] == "outputs":
            return self._step(job, step, path, kind, depth)
        if path[0] in ("needs", "jobs") and len(path) >= 3 and path[2] == "outputs":
            other = self.file.workflow.job(path[1]) if getattr(self.file, "workflow", None) is not None else None
            if other is None or (
                job is not None and path[0] == "needs" and not any(need.job is other for need in job.needs)
            ):
                return None
            return self.of_job_output(other, path[3] if len(path) > 3 else None, kind, depth - 1)
        if path[0] == "inputs" and len(path) >= 2:
            return self.of_input(path[1], kind, depth - 1)
        if path[0] == "matrix" and len(path) >= 2 and job is not None:
            return self._matrix(job, path[1], kind, depth - 1)
        return None

    def _env(self, name: str, expression: Expression, kind: str, depth: int) -> Flow | None:
        entry = self.file.variable_at(expression.route, name)
        if entry is not None and entry.step is not None:
            return self._entry(entry, expression, kind, depth)
        job, step = expression.job, expression.step
        if step is not None:
            for other in reversed(self.file.steps if job is None else job.steps):
                if other.position < step.position and other.run is not None and "GITHUB_ENV" in other.run.text.upper():
                    found = self.script(other, depth - 1).env(kind).get(name)
                    if found is not None:
                        return found.through(other)
        return self._entry(entry, expression, kind, depth) if entry is not None else None

    def _entry(self, entry: Any, expression: Expression | None, kind: str, depth: int) -> Flow | None:
        for each in entry.expressions:
            if each is not expression:
                found = self.of_expression(each, kind, depth - 1)
                if found is not None:
                    return found.through(entry)
        return None

    def _step(self, job: Job | None, step: Step | None, path: tuple[str, ...], kind: str, depth: int) -> Flow | None:
        steps = job.steps if job is not None else self.file.steps
        for other in steps:
            if other.id is not None and other.id.lower() == path[1]:
                if step is not None and other.position >= step.position:
                    return None
                return self.of_step_output(other, path[3] if len(path) > 3 else None, kind, depth - 1)
        return None

    def of_step_output(self, step: Step, name: str | None, kind: str, depth: int) -> Flow | None:
        """What an output of a step carries; of any of them where no name is given."""
        key = ("step", id(step), name, kind)
        if key in self._memo or depth <= 0:
            return self._memo.get(key)
        self._memo[key] = None
        found = self._made_by(step, name, kind, depth)
        self._memo[key] = found.through(step) if found is not None else None
        return self._memo[key]

    def _made_by(self, step: Step, name: str | None, kind: str, depth: int) -> Flow | None:
        if step.run is not None:
            outputs = self.script(step, depth).outputs(kind)
            return outputs.get(name) if name is not None else next(iter(outputs.values()), None)
        uses = step.uses
        if uses is None:
            return None
        if uses.local_file is not None:
            return self._composite(step, name, kind, depth)
        action = uses.action
        if kind == "head":
            if name in tables.HEAD_OUTPUTS.get(action, ()) or (
                action == "octokit/request-action" and self._asks_for_pull(step)
            ):
                return Flow(f"the head that {action} looks up", uses, "head", True)
            if action == "actions/github-script" and self._returns_head(step):
                return Flow("the head that a script looks up", uses, "head", True)
            return None
        if action == "octokit/request-action" and not self._asks_for_pull(step):
            return None
        if _gives_text(action, name) and not _is_safe_version(step):
            return Flow(f"what {action} reads", uses)
        if action in tables.FILE_READERS and name in (tables.FILE_READERS[action], None):
            return self.strangers_files(step, depth)
        if action == "xt0rted/slash-command-action" and name in ("command-arguments", None):
            level = step.input("permission-level")
            return Flow("the arguments of a comment", uses) if level in ("read", "none") else None
        for given, made in tables.PASSING.get(action, ()):
            if name in (made, None):
                held = step.input_named(given)
                found = self.of_text(held.route, kind, depth) if held is not None else None
                if found is not None:
                    return found
        return None

    def _asks_for_pull(self, step: Step) -> bool:
        route = step.input_named("route")
        return route is not None and route.text is not None and re.search(r"pull|issues|url", route.text) is not None

    def _returns_head(self, step: Step) -> bool:
        script = step.input_named("script")
        text = str(script.text) if script is not None and script.text is not None else ""
        return re.search(r"pulls\.get\b|pull_request\.url|/pulls/", text) is not None and "return" in text

    def _composite(self, step: Step, name: str | None, kind: str, depth: int) -> Flow | None:
        assert step.uses is not None and step.uses.local_file is not None
        other = trust.action_document(self.file.index, step.uses.local_file)
        if (
            other is None
            or other.action is None
            or not other.action.is_composite
            or other.source.path == self.file.source.path
        ):
            return None
        inner = Flows(other)
        inner._given = {each.name.lower(): (self, each.route) for each in step.inputs}  # type: ignore[attr-defined]
        declared = get(other.root, "outputs")
        for each, _ in declared.items() if isinstance(declared, Mapping) else ():
            if name is None or each.lower() == name:
                found = inner.of_text(("outputs", str(each), "value"), kind, depth - 1)
                if found is not None:
                    return found
        return None

    def of_job_output(self, job: Job, name: str | None, kind: str, depth: int) -> Flow | None:
        """What an output of a job carries, of one that calls a local workflow too."""
        if depth <= 0:
            return None
        if job.uses is not None:
            path = job.uses.local_file
            other = (
                trust.document(self.file.index, path) if path is not None and path != self.file.source.path else None
            )
            if other is None:
                return None
            declared = get(other.root, "on", "workflow_call", "outputs")
            for each, _ in declared.items() if isinstance(declared, Mapping) else ():
                if name is None or each.lower() == name:
                    found = other.flows.of_text(("on", "workflow_call", "outputs", str(each), "value"), kind, depth - 1)
                    if found is not None:
                        return found.through(job.uses)
            return None
        node = job.get("outputs")
        for each, _ in node.items() if isinstance(node, Mapping) else ():
            if name is None or each.lower() == name:
                found = self.of_text((*job.route, "outputs", str(each)), kind, depth - 1)
                if found is not None:
                    return found.through(job)
        return None

    def of_input(self, name: str, kind: str, depth: int) -> Flow | None:
        """What the callers of this run hand over for an input."""
        key = ("input", name, kind)
        if key in self._memo or depth <= 0:
            return self._memo.get(key)
        self._memo[key] = None
        found: Flow | None = None
        given = getattr(self, "_given", None)
        if given is not None:
            flows, route = given.get(name, (None, None))
            found = flows.of_text(route, kind, depth - 1) if flows is not None else None
        else:
            callers: list[Any] = (
                trust.calling_jobs(self.file) if hasattr(self.file, "jobs") else trust.calling_steps(self.file)
            )
            for caller in callers:
                written = caller.get("with")
                for each, _ in written.items() if isinstance(written, Mapping) else ():
                    if each.lower() == name:
                        found = found or caller.file.flows.of_text(
                            (*caller.route, "with", str(each)), kind, depth - 1
                        )
                if found is not None:
                    found = found.through(caller)
                    break
        self._memo[key] = found
        return found

    def _matrix(self, job: Job, name: str, kind: str, depth: int) -> Flow | None:
        node = job.get("strategy", "matrix")
        route: tuple[str | int, ...] = (*job.route, "strategy", "matrix")
        if not isinstance(node, Mapping):
            return self.of_text(route, kind, depth)
        for each, value in node.items():
            if each.lower() == name:
                rows = range(len(value.items)) if isinstance(value, Sequence) else ()
                for found in [self.of_text((*route, each), kind, depth)] + [
                    self.of_text((*route, each, at), kind, depth) for at in rows
                ]:
                    if found is not None:
                        return found
        return None

    def script(self, step: Step, depth: int) -> ScriptFlows:
        """The flows within the script of a step."""
        from infralint.model.github.taint_script import ScriptFlows

        if id(step) not in self._scripts:
            self._scripts[id(step)] = ScriptFlows(self, step, depth)
        return self._scripts[id(step)]

    def strangers_files(self, step: Step, depth: int = MAX_DEPTH) -> Flow | None:
        """Files of strangers that lie in the working folder before a step: an artifact, a checked out head."""
        key = ("files", id(step))
        if key not in self._memo:
            self._memo[key] = None
            from infralint.model.github.untrusted_code import files_before

            self._memo[key] = files_before(self, step, depth)
        return self._memo[key]

    def variable(self, step: Step, name: str, kind: str, depth: int) -> Flow | None:
        """What a variable of the environment holds in the script of a step."""
        if name == "GITHUB_HEAD_REF":
            return Flow("GITHUB_HEAD_REF", step, kind, True)
        job = step.job
        for holder in (step, job):
            for entry in reversed(holder.variables) if holder is not None else ():
                if str(entry.name) == name:
                    return self._entry(entry, None, kind, depth)
        for other in reversed(job.steps if job is not None else self.file.steps):
            if other.position < step.position and other.run is not None and "GITHUB_ENV" in other.run.text:
                found = self.script(other, depth - 1).env(kind).get(name.lower())
                if found is not None:
                    return found.through(other)
        workflow = job.workflow if job is not None else None
        for entry in workflow.variables if workflow is not None else ():
            if str(entry.name) == name:
                return self._entry(entry, None, kind, depth)
        return None


def _gives_text(action: str, name: str | None) -> bool:
    outputs = tables.TEXT_OUTPUTS.get(action)
    if outputs is None:
        return False
    return name is None or "*" in outputs or name in outputs or ("*_files" in outputs and name.endswith("_files"))


def _is_safe_version(step: Step) -> bool:
    """Whether this version escapes what it puts out, as tj-actions/changed-files does since 41 unless told otherwise."""
    uses = step.uses
    if uses is None or uses.action != "tj-actions/changed-files" or uses.ref is None:
        return False
    version = uses.version_comment if uses.ref.is_commit else uses.ref.name
    match = re.match(r"v?(\d+)", str(version)) if version is not None else None
    given = step.input("safe_output")
    return match is not None and int(match[1]) >= 41 and not (isinstance(given, str) and given.lower() == "false")


def text_at(node: Any) -> str:
    """The text of a scalar, "" where there is none."""
    return str(text_of(node) or "")
