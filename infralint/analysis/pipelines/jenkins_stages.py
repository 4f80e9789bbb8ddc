"""What Jenkins refuses in stages: their names, bodies and steps, parallel branches, matrices."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.pipelines.jenkins_sections import VARIABLE, fault_at, section_faults, shared_faults
from infralint.analysis.shared.fault import Fault
from infralint.model.pipelines.jenkins import JenkinsDocument
from infralint.syntax.groovy import STRING
from infralint.syntax.groovy_tree import Statement
from infralint.text.source import text_at

STAGE_SECTIONS = (
    "agent",
    "steps",
    "stages",
    "parallel",
    "matrix",
    "environment",
    "input",
    "options",
    "tools",
    "when",
    "post",
    "failFast",
)
BODIES = ("steps", "stages", "parallel", "matrix")


def stage_faults(
    file: JenkinsDocument, section: Statement, names: set[str], depth: int, nested: bool
) -> Iterator[Fault]:
    """What Jenkins refuses of the stages of a section; `nested`: it stands within `parallel` or `matrix`."""
    stages = section.statements()
    if not stages:
        yield fault_at(file, "no-stages", section, f"`{section.head}` holds no stage")
    for stage in stages:
        if stage.head != "stage" or stage.block is None:
            if stage.head != "failFast":
                yield fault_at(file, "no-stage", stage, f"`{section.head}` takes stages alone")
            continue
        title = stage.first_string()
        if title is not None and not title.interpolations:
            name = title.text.strip("'\"")
            if name in names:
                yield Fault(
                    "second-stage", f"a stage is called `{name}` already", text_at(file.source, title.start, title.end)
                )
            names.add(name)
        yield from _stage(file, stage, names, depth, nested)


def _stage(file: JenkinsDocument, stage: Statement, names: set[str], depth: int, nested: bool) -> Iterator[Fault]:
    sections = stage.statements()
    yield from section_faults(file, sections, STAGE_SECTIONS, "a stage")
    named = {one.head: one for one in sections}
    bodies = [one for one in BODIES if one in named]
    if not bodies and all(one.head in STAGE_SECTIONS for one in sections):
        yield fault_at(file, "empty-stage", stage, "stage has none of `steps`, `stages`, `parallel` and `matrix`")
    if len(bodies) > 1:
        yield fault_at(
            file,
            "two-bodies",
            named[bodies[1]],
            f"stage has `{bodies[0]}` and `{bodies[1]}`; Jenkins takes one of them",
        )
    for key in ("parallel", "matrix"):
        if key not in named:
            continue
        for forbidden in ("agent", "tools"):
            if forbidden in named:
                yield fault_at(
                    file,
                    f"{forbidden}-around-stages",
                    named[forbidden],
                    f"`{forbidden}` is not allowed in a stage with `{key}`",
                )
        if nested:
            yield fault_at(file, "nested-parallel", named[key], f"`{key}` is not allowed within `parallel` or `matrix`")
    yield from shared_faults(file, sections)
    if "steps" in named:
        yield from _steps(file, named["steps"])
    if depth > 12:
        return
    for key in ("stages", "parallel"):
        if key in named and named[key].block is not None:
            yield from stage_faults(file, named[key], names, depth + 1, nested or key == "parallel")
    if "matrix" in named and named["matrix"].block is not None:
        yield from _matrix(file, named["matrix"], names, depth)


def _steps(file: JenkinsDocument, section: Statement) -> Iterator[Fault]:
    steps = section.statements()
    if section.block is not None and not steps:
        yield fault_at(file, "no-steps", section, "`steps` is empty")
    for one in steps:
        yield from _step(file, one, len(steps) == 1)


def _step(file: JenkinsDocument, one: Statement, is_only: bool) -> Iterator[Fault]:
    if one.head in ("stage", "properties", "pipeline"):
        yield fault_at(file, "blocked-step", one, f"`{one.head}` is no step of a declarative pipeline")
    elif one.head == "parallel" and not is_only:
        yield fault_at(file, "blocked-step", one, "`parallel` must be the only step of a stage")
    elif one.head == "parallel" and one.has_parentheses and not one.arguments:
        yield fault_at(file, "empty-stage", one, "`parallel` has no branch")
    elif one.head == "parallel":
        yield from _branches(file, one)
    elif (
        "." in one.head
        and one.has_parentheses
        and one.value is None
        and one.block is None
        and one.head.partition(".")[0] != "docker"
    ):
        yield fault_at(
            file, "method-call", one, f"`{one.head}` is a method call; Jenkins takes these in `script {{ }}` alone"
        )
    elif one.value is not None:
        yield fault_at(file, "no-step", one, "an assignment is no step; write it in `script { }`")
    elif one.head == "timeout":
        yield from _timeout(file, one)
    elif one.head in ("sh", "bat", "echo") and len(one.arguments) == 1:
        token = file.cut.tokens[one.arguments[0].first]
        following = file.cut.tokens[min(one.arguments[0].first + 1, len(file.cut.tokens) - 1)]
        if token.text.startswith("$") and following.text == "{" and token.kind != STRING:
            at = text_at(file.source, token.start, token.end)
            yield Fault("bare-interpolation", "`${ }` stands outside of a string; write it in double quotes", at)
    elif (
        one.block is not None
        and one.head not in ("script", "withCredentials", "dir")
        and not one.arguments
        and not one.has_parentheses
    ):
        inner = one.statements()
        if len(inner) == 1 and inner[0].value is not None and file.cut.tokens[inner[0].first].text != "def":
            yield fault_at(file, "no-step", inner[0], "an assignment is no step; write it in `script { }`")


def _branches(file: JenkinsDocument, step: Statement) -> Iterator[Fault]:
    for argument in step.arguments:
        token = file.cut.tokens[argument.first]
        if argument.name is None or token.text == "{":
            continue
        at = text_at(file.source, token.start, token.end)
        if argument.name.text == "failFast":
            if token.text not in ("true", "false"):
                yield Fault("no-boolean", "`failFast` takes true or false", at)
        else:
            yield Fault("no-branch", f"`{argument.name.text}` of `parallel` takes a block", at)


def _timeout(file: JenkinsDocument, step: Statement) -> Iterator[Fault]:
    names = [one.name.text for one in step.arguments if one.name is not None]
    if len(names) != len(set(names)):
        yield fault_at(file, "second-argument", step, "`timeout` is given an argument twice")
    argument = step.argument("time")
    if argument is None:
        return
    token = file.cut.tokens[argument.first]
    at = text_at(file.source, token.start, token.end)
    if token.kind == STRING and not token.interpolations and argument.last == argument.first + 1:
        yield Fault("wrong-argument-type", "`time` of `timeout` takes a number", at)
    elif token.kind == "number" and len(token.text) > 18:
        yield Fault("number-too-large", f"`{token.text}` is more than Jenkins can count", at)


def _matrix(file: JenkinsDocument, matrix: Statement, names: set[str], depth: int) -> Iterator[Fault]:
    sections = matrix.statements()
    named = {one.head: one for one in sections}
    for required in ("axes", "stages"):
        if required not in named:
            yield fault_at(file, "missing-section", matrix, f"`matrix` has no `{required}`, which Jenkins requires")
    yield from shared_faults(file, sections)
    axes, excludes = named.get("axes"), named.get("excludes")
    if axes is not None:
        if not axes.statements():
            yield fault_at(file, "no-axes", axes, "`axes` holds no axis")
        yield from _axes(file, axes, False)
    if excludes is not None:
        if not excludes.statements():
            yield fault_at(file, "no-excludes", excludes, "`excludes` is empty")
        for one in excludes.statements():
            if not one.statements():
                yield fault_at(file, "no-axes", one, "`exclude` holds no axis")
            yield from _axes(file, one, True)
    if "stages" in named and named["stages"].block is not None:
        yield from stage_faults(file, named["stages"], names, depth + 1, True)


def _axes(file: JenkinsDocument, section: Statement, is_exclude: bool) -> Iterator[Fault]:
    seen: set[str] = set()
    for axis in section.statements():
        if axis.head != "axis":
            continue
        inner = {one.head: one for one in axis.statements()}
        for required in ("name",) if is_exclude else ("name", "values"):
            if required not in inner:
                yield fault_at(file, "missing-section", axis, f"`axis` has no `{required}`, which Jenkins requires")
        if "values" in inner and "notValues" in inner:
            yield fault_at(file, "values-and-not-values", inner["notValues"], "`axis` has `values` and `notValues`")
        for one in inner.values():
            yield from _axis_values(file, one, seen)


def _axis_values(file: JenkinsDocument, one: Statement, seen: set[str]) -> Iterator[Fault]:
    values: set[str] = set()
    for argument in one.arguments:
        token = file.cut.tokens[argument.first]
        at = text_at(file.source, token.start, token.end)
        if token.kind != STRING or token.interpolations or argument.last > argument.first + 1:
            yield Fault("no-literal", f"`{one.head}` of `axis` takes literal strings", at)
            continue
        content = token.text.strip("'\"")
        if not content:
            yield Fault("empty-literal", f"`{one.head}` of `axis` is empty", at)
        if one.head == "name":
            if content in seen:
                yield Fault("second-axis", f"an axis is called `{content}` already", at)
            elif content and VARIABLE.fullmatch(content) is None:
                yield Fault("bad-variable-name", f"`{content}` is no name of a variable", at)
            seen.add(content)
        elif content in values:
            yield Fault("second-value", f"`{content}` stands twice", at)
        values.add(content)
