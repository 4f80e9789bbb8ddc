"""Untrusted input in expressions and cmd variables: its source, and the path that it takes."""

from __future__ import annotations

from infralint.analysis.github.cmd_expansions import Expansion
from infralint.analysis.github.environment_injection import Injection
from infralint.analysis.github.placement import job_of, step_of
from infralint.analysis.github.taint import taint_in
from infralint.analysis.github.taint_path import MAX_DEPTH, TaintPath
from infralint.analysis.github.triggers import may_run
from infralint.model.element import Element, Unknown, fact_of, remembered
from infralint.model.github.expression import Expression
from infralint.model.github.step import Step, StepsDocument
from infralint.syntax.javascript import without_comments, without_strings
from infralint.tables.actions import words_of
from infralint.text import regex as re
from infralint.text.glob import fits


@remembered
def taint_of(part: Expression | Expansion) -> TaintPath | None:
    """The path by which untrusted text comes into its value; None for nothing that is known."""
    if isinstance(part, Expansion):
        return taint_in(part.run.file).variable(part.run.step, part.name, "text", MAX_DEPTH)
    if part.read.root is None or not isinstance(part.file, StepsDocument):
        return None
    return taint_in(part.file).of_expression(part)


@fact_of(Expression, Expansion)
def is_untrusted(part: Expression | Expansion) -> bool:
    """Whether an attacker may write (a part of) its value, by whatever path it comes here."""
    if taint_of(part) is None or not _may_be_reached(part):
        return False
    return isinstance(part, Expansion) or not _is_data_of_script(part)


def _is_data_of_script(part: Expression) -> bool:
    """Whether it puts JSON into a script of `actions/github-script`, outside of quotes: there that is data, whatever it holds."""
    step = step_of(part)
    if step is None or step.uses is None or step.uses.action != "actions/github-script":
        return False
    held = step.input_named("script")
    if held is None or held.text is None or part.route != held.route or not _is_json(part, step):
        return False
    first, *others = str(held.text).split(str(part.read.outer))
    marked = f"{first}__0__{''.join(f'{other}__{number}__' for number, other in enumerate(others, 1))}"
    code = without_strings(without_comments(marked))
    return all(f"__{number}__" in code for number in range(len(others)))


def _is_json(part: Expression, step: Step) -> bool:
    """Whether its value is JSON: of `toJSON()`, or an output of a step that its action gives in that form."""
    text = str(part.text).strip()
    if re.fullmatch(r"(?i)tojson\([^()]{0,300}\)", text) is not None:
        return True
    told = re.fullmatch(r"steps\.([\w-]+)\.outputs\.([\w-]+)", text)
    steps = (step.job.steps if step.job is not None else step.file.steps) if told is not None else []
    other = next((each for each in steps if told is not None and str(each.id) == told[1]), None)
    known = words_of(other.uses.action, "json-outputs") if other is not None and other.uses is not None else ()
    if told is None or other is None or not known:
        return False
    outputs, sign, name, value = known
    given = other.input(name)
    return fits(told[2], outputs) and not isinstance(given, Unknown) and (given == value) is (sign == "when")


def _may_be_reached(part: Expression | Expansion) -> bool:
    """Whether the conditions around it let it run at all."""
    step = part.run.step if isinstance(part, Expansion) else step_of(part)
    if step is not None:
        return may_run(step)
    return isinstance(part, Expansion) or may_run(job_of(part))


@fact_of(Expression, Expansion, Injection)
def taint_source(part: Expression | Expansion | Injection) -> str | None:
    """Where the untrusted text comes from: a context, or a description; None where there is none."""
    found = part.taint if isinstance(part, Injection) else taint_of(part)
    return found.what if found is not None else None


@fact_of(Expression, Expansion, Injection)
def taint_path(part: Expression | Expansion | Injection) -> list[Element]:
    """The path of the untrusted text to here: where it comes in, and each step, job, entry and file it passes."""
    found = part.taint if isinstance(part, Injection) else taint_of(part)
    return found.to(part) if found is not None else []
