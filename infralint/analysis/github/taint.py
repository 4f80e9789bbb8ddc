"""Where the text in an expression comes from: through env, outputs of steps and jobs, local actions and workflows.

Two things are followed: text that an attacker may write, and names of a pull request's head. What is not known to carry
either carries nothing.
"""

from __future__ import annotations

from infralint.analysis.github.environment import variable_at
from infralint.analysis.github.expressions import carried_paths
from infralint.analysis.github.local_calls import (
    action_document,
    calling_jobs,
    calling_steps,
    local_file,
    workflow_document,
)
from infralint.analysis.github.needs import needed_job
from infralint.analysis.github.placement import job_of, step_of
from infralint.analysis.github.taint_javascript import JavaScriptTaint
from infralint.analysis.github.taint_path import MAX_DEPTH, TaintPath
from infralint.analysis.github.taint_script import ScriptTaint
from infralint.analysis.github.untrusted_files import files_before
from infralint.model.element import remembered
from infralint.model.github.document import Route
from infralint.model.github.expression import Expression, expressions_at
from infralint.model.github.job import Job
from infralint.model.github.step import EnvEntry, Step, StepsDocument
from infralint.model.github.value import get
from infralint.model.github.workflow import WorkflowDocument
from infralint.syntax.yaml import Mapping, Sequence
from infralint.tables import actions, agents, github, taint_sources
from infralint.text import regex as re
from infralint.text.glob import fits
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_WORK = 20_000
"""Contexts that are looked up for one file."""


class Taint:
    """The taint of one workflow or action; worked out where asked for, within a budget."""

    def __init__(self, file: StepsDocument, given: dict[str, tuple[Taint, Route]] | None = None) -> None:
        self.file = file
        self._given = given
        """Of an action that a step uses: what the step passes for each input; None where the callers are looked up."""
        self._memo: dict[Any, TaintPath | None] = {}
        self._scripts: dict[Any, ScriptTaint] = {}
        self._inline: dict[Any, JavaScriptTaint] = {}
        self._reading: set[int] = set()
        """Steps whose scripts are being read: what they put out is not known yet."""
        self._work = 0

    def of_expression(self, expression: Expression, kind: str = "text", depth: int = MAX_DEPTH) -> TaintPath | None:
        """What an expression's value carries; None for nothing that is known."""
        if kind == "head" and taint_sources.head_pattern().search(str(expression.text)):
            return TaintPath(str(expression.text), expression, "head", True)
        for path, whole in carried_paths(expression):
            found = self.of_path(path, expression, whole=whole, kind=kind, depth=depth)
            if found is not None:
                return found
        return None

    def of_text(self, route: Route, kind: str, depth: int) -> TaintPath | None:
        """What the expressions of one value carry; the text around them may name a head, too."""
        read = expressions_at(self.file, route)
        if kind == "head" and read and "refs/pull/" in str(read[0].node.text):
            return TaintPath("refs/pull", read[0], "head", True)
        for each in read:
            found = self.of_expression(each, kind, depth - 1)
            if found is not None:
                return found
        return None

    def of_path(
        self, path: tuple[str, ...], expression: Expression, *, whole: bool, kind: str, depth: int
    ) -> TaintPath | None:
        """What a context carries where an expression stands."""
        if path[0] == "github":
            if (
                kind == "text"
                and github.is_attacker_controlled(path, whole=whole)
                and not self._is_one_of_literals(path)
            ):
                name = ".".join(path).replace("[]", "*")
                is_line = not whole and path[-1] in ("ref", "head_ref", "title", "label", "head_branch")
                return TaintPath(name, expression, "text", is_line)
            return None
        self._work += 1
        if depth <= 0 or self._work > MAX_WORK:
            return None
        job, step = job_of(expression), step_of(expression)
        if path[0] == "env" and len(path) == 2:
            return self._env(path[1], expression, kind, depth)
        if path[0] == "steps" and len(path) >= 3 and path[2] == "outputs":
            return self._step(job, step, path, kind, depth)
        if path[0] in ("needs", "jobs") and len(path) >= 3 and path[2] == "outputs":
            workflow = self.file.workflow if isinstance(self.file, WorkflowDocument) else None
            other = workflow.job(path[1]) if workflow is not None else None
            if other is None or (
                job is not None and path[0] == "needs" and not any(needed_job(need) is other for need in job.needs)
            ):
                return None
            return self.of_job_output(other, path[3] if len(path) > 3 else None, kind, depth - 1)
        if path[0] == "inputs" and len(path) >= 2:
            return self.of_input(path[1], kind, depth - 1)
        if path[0] == "matrix" and len(path) >= 2 and job is not None:
            return self._matrix(job, path[1], kind, depth - 1)
        return None

    def _is_one_of_literals(self, path: tuple[str, ...]) -> bool:
        """Whether the branch of the run before can only be one of those that the trigger names."""
        workflow = self.file.workflow if isinstance(self.file, WorkflowDocument) else None
        if path != ("github", "event", "workflow_run", "head_branch") or workflow is None:
            return False
        triggers = [trigger for trigger in workflow.triggers if trigger.name == "workflow_run"]
        return bool(triggers) and all(
            trigger.branches and not any(set("*?+[!{$") & set(branch) for branch in trigger.branches)
            for trigger in triggers
        )

    def _env(self, name: str, expression: Expression, kind: str, depth: int) -> TaintPath | None:
        entry = variable_at(self.file, expression.route, name)
        if entry is not None and entry.step is not None:
            return self._entry(entry, expression, kind, depth)
        job, step = job_of(expression), step_of(expression)
        if step is not None:
            for other in reversed(self.file.steps if job is None else job.steps):
                found = self._exported(other, name, kind, depth) if other.position < step.position else None
                if found is not None:
                    return found.through(other)
        return self._entry(entry, expression, kind, depth) if entry is not None else None

    def _exported(self, step: Step, name: str, kind: str, depth: int) -> TaintPath | None:
        """What a step sets a variable of that name (in lower case) to, for the steps behind it."""
        if step.run is not None and "GITHUB_ENV" in step.run.text.upper():
            return self.script(step, depth - 1).env(kind).get(name)
        if _is_inline_script(step):
            return self.inline_script(step, depth - 1).env(kind).get(name)
        return None

    def _entry(self, entry: EnvEntry, expression: Expression | None, kind: str, depth: int) -> TaintPath | None:
        if kind == "head" and entry.expressions and "refs/pull/" in str(entry.text):
            return TaintPath("refs/pull", entry, "head", True)
        for each in entry.expressions:
            if each is not expression:
                found = self.of_expression(each, kind, depth - 1)
                if found is not None:
                    return found.through(entry)
        return None

    def _step(
        self, job: Job | None, step: Step | None, path: tuple[str, ...], kind: str, depth: int
    ) -> TaintPath | None:
        steps = job.steps if job is not None else self.file.steps
        for other in steps:
            if other.id is not None and other.id.lower() == path[1]:
                if step is not None and other.position >= step.position:
                    return None
                return self.of_step_output(other, path[3] if len(path) > 3 else None, kind, depth - 1)
        return None

    def of_step_output(self, step: Step, name: str | None, kind: str, depth: int) -> TaintPath | None:
        """What an output of a step carries; of any of them where no name is given."""
        key = ("step", id(step), name, kind)
        if key in self._memo or depth <= 0 or id(step) in self._reading:
            return self._memo.get(key)
        self._memo[key] = None
        found = self._made_by(step, name, kind, depth)
        self._memo[key] = found.through(step) if found is not None else None
        return self._memo[key]

    def _made_by(self, step: Step, name: str | None, kind: str, depth: int) -> TaintPath | None:
        if step.run is not None:
            outputs = self.script(step, depth).outputs(kind)
            return outputs.get(name) if name is not None else next(iter(outputs.values()), None)
        uses = step.uses
        if uses is None:
            return None
        if local_file(uses) is not None:
            return self._composite(step, name, kind, depth)
        action = uses.action
        if _is_inline_script(step):
            outputs = self.inline_script(step, depth).outputs(kind)
            return outputs.get(name, outputs.get("*")) if name is not None else next(iter(outputs.values()), None)
        if kind == "head":
            if name in actions.words_of(action, "head-outputs") or (
                action == "octokit/request-action" and self._asks_for_pull(step)
            ):
                return TaintPath(f"pull request head from {action}", uses, "head", True)
            return None
        if action == "octokit/request-action" and not self._asks_for_pull(step):
            return None
        if _gives_text(action, name) and not _is_safe_version(step):
            return TaintPath(f"output of {action}", uses)
        if actions.has(action, "file-output") and name in (actions.text_of(action, "file-output"), None):
            return self.untrusted_files(step, depth)
        if action == "xt0rted/slash-command-action" and name in ("command-arguments", None):
            level = step.input("permission-level")
            return TaintPath("comment arguments", uses) if level in ("read", "none") else None
        for given in agents.PROMPTS.get(action, ()) if kind == "text" else ():
            held = step.input_named(given)
            found = self.of_text(held.route, kind, depth) if held is not None else None
            if found is not None:
                return found._replace(is_line=False)
        for line in actions.row_of(action).get("passes", ()):
            given, made = line.split()
            if name in (made, None) and not _allows_words_alone(step.input("regex")):
                held = step.input_named(given)
                found = self.of_text(held.route, kind, depth) if held is not None else None
                if found is not None:
                    return found
        return None

    def _asks_for_pull(self, step: Step) -> bool:
        route = step.input_named("route")
        return route is not None and route.text is not None and re.search(r"pull|issues|url", route.text) is not None

    def _composite(self, step: Step, name: str | None, kind: str, depth: int) -> TaintPath | None:
        inner = self.inner(step)
        if inner is None:
            return None
        declared = get(inner.file.root, "outputs")
        for each, _ in declared.items() if isinstance(declared, Mapping) else ():
            if name is None or each.lower() == name:
                found = inner.of_text(("outputs", str(each), "value"), kind, depth - 1)
                if found is not None:
                    return found
        return None

    def of_job_output(self, job: Job, name: str | None, kind: str, depth: int) -> TaintPath | None:
        """What an output of a job carries, of one that calls a local workflow too."""
        if depth <= 0:
            return None
        if job.uses is not None:
            path = local_file(job.uses)
            other = (
                workflow_document(self.file.index, path) if path is not None and path != self.file.source.path else None
            )
            if other is None:
                return None
            declared = get(other.root, "on", "workflow_call", "outputs")
            for each, _ in declared.items() if isinstance(declared, Mapping) else ():
                if name is None or each.lower() == name:
                    found = taint_in(other).of_text(
                        ("on", "workflow_call", "outputs", str(each), "value"), kind, depth - 1
                    )
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

    def of_input(self, name: str, kind: str, depth: int) -> TaintPath | None:
        """What the callers of this run pass for an input."""
        key = ("input", name, kind)
        if key in self._memo or depth <= 0:
            return self._memo.get(key)
        self._memo[key] = None
        found: TaintPath | None = None
        if self._given is not None:
            if name in self._given:
                caller_taint, route = self._given[name]
                found = caller_taint.of_text(route, kind, depth - 1)
        else:
            is_workflow = isinstance(self.file, WorkflowDocument)
            callers: list[Job] | list[Step] = calling_jobs(self.file) if is_workflow else calling_steps(self.file)
            for caller in callers:
                written = caller.get("with")
                for each, _ in written.items() if isinstance(written, Mapping) else ():
                    if each.lower() == name:
                        found = found or taint_in(caller.file).of_text(
                            (*caller.route, "with", str(each)), kind, depth - 1
                        )
                if found is not None:
                    found = found.through(caller)
                    break
        self._memo[key] = found
        return found

    def _matrix(self, job: Job, name: str, kind: str, depth: int) -> TaintPath | None:
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

    def script(self, step: Step, depth: int) -> ScriptTaint:
        """The taint within the script of a step."""
        if id(step) not in self._scripts:
            found = self._scripts[id(step)] = ScriptTaint(self, step, depth)
            self._reading.add(id(step))
            found.read()
            self._reading.discard(id(step))
        return self._scripts[id(step)]

    def inline_script(self, step: Step, depth: int) -> JavaScriptTaint:
        """The taint within the script that `actions/github-script` runs in a step."""
        if id(step) not in self._inline:
            found = self._inline[id(step)] = JavaScriptTaint(self, step, depth)
            self._reading.add(id(step))
            found.read()
            self._reading.discard(id(step))
        return self._inline[id(step)]

    def held(self, step: Step, kind: str) -> dict[str, TaintPath]:
        """What the variables of a step's script hold at its end."""
        return self.script(step, MAX_DEPTH).held(kind)

    def inner(self, step: Step) -> Taint | None:
        """The taint of the composite action of this repository that a step uses; None where it uses none."""
        path = local_file(step.uses) if step.uses is not None else None
        other = action_document(self.file.index, path) if path is not None else None
        if other is None or other.action is None or not other.action.is_composite:
            return None
        if other.source.path == self.file.source.path:
            return None
        return Taint(other, {each.name.lower(): (self, each.route) for each in step.inputs})

    def untrusted_files(self, step: Step, depth: int = MAX_DEPTH) -> TaintPath | None:
        """The untrusted files that lie in the working folder before a step: an artifact, a checked out head."""
        key = ("files", id(step))
        if key not in self._memo:
            self._memo[key] = None
            self._memo[key] = files_before(self, step)
        return self._memo[key]

    def variable(self, step: Step, name: str, kind: str, depth: int) -> TaintPath | None:
        """What a variable of the environment holds in the script of a step."""
        if name == "GITHUB_HEAD_REF":
            return TaintPath("GITHUB_HEAD_REF", step, kind, True)
        job = step.job
        for holder in (step, job):
            for entry in reversed(holder.variables) if holder is not None else ():
                if str(entry.name) == name:
                    return self._entry(entry, None, kind, depth)
        for other in reversed(job.steps if job is not None else self.file.steps):
            found = self._exported(other, name.lower(), kind, depth) if other.position < step.position else None
            if found is not None:
                return found.through(other)
        workflow = job.workflow if job is not None else None
        for entry in workflow.variables if workflow is not None else ():
            if str(entry.name) == name:
                return self._entry(entry, None, kind, depth)
        return None


def _is_inline_script(step: Step) -> bool:
    return step.uses is not None and step.uses.action == "actions/github-script"


def _gives_text(action: str, name: str | None) -> bool:
    outputs = actions.words_of(action, "text-outputs")
    return any(name is None or fits(name, each) for each in outputs)


def _allows_words_alone(pattern: object) -> bool:
    """Whether a regular expression has no room for what a shell takes for syntax."""
    return isinstance(pattern, Text) and re.search(r"(?<!\\)\.|\[\^|\\[SDW]", pattern) is None


def _is_safe_version(step: Step) -> bool:
    """Whether this version escapes what it puts out, as tj-actions/changed-files does since 41 unless told otherwise."""
    uses = step.uses
    by_one_author = actions.text_of(uses.action, "author-input") if uses is not None else None
    if by_one_author is not None:
        return step.has_input(by_one_author)
    if uses is None or uses.action != "tj-actions/changed-files" or uses.ref is None:
        return False
    version = uses.version_comment if uses.ref.is_commit else uses.ref.name
    match = re.match(r"v?(\d+)", str(version)) if version is not None else None
    given = step.input("safe_output")
    return match is not None and int(match[1]) >= 41 and not (isinstance(given, str) and given.lower() == "false")


@remembered
def taint_in(file: StepsDocument) -> Taint:
    """The taint of a workflow or action, worked out where it is asked for."""
    return Taint(file)
