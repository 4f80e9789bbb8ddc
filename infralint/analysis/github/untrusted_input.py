"""Untrusted input in expressions and cmd variables: its source, and the path that it takes."""

from __future__ import annotations

from infralint.analysis.github.cmd_expansions import Expansion
from infralint.analysis.github.environment_injection import Injection
from infralint.analysis.github.placement import job_of, step_of
from infralint.analysis.github.taint import taint_in
from infralint.analysis.github.taint_path import MAX_DEPTH, TaintPath
from infralint.analysis.github.triggers import may_run
from infralint.model.element import Element, fact_of, remembered
from infralint.model.github.expression import Expression
from infralint.model.github.step import StepsDocument


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
    return taint_of(part) is not None and _may_be_reached(part)


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
