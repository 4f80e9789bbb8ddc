"""The path of untrusted text through a workflow."""

from __future__ import annotations

from infralint.model.element import Element
from infralint.model.github.document import Route
from infralint.model.github.expression import Expression
from infralint.model.github.step import Step, StepsDocument
from infralint.text.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol
else:
    Protocol = object

MAX_DEPTH = 60
"""Hops that a path is followed for."""


class TaintPath(NamedTuple):
    """A path of tainted text. `what` names its source, `at` is where it enters; `is_line`: it holds no line end.

    `kind` is "text" (an attacker may write it) or "head" (it names the head of a pull request).
    """

    what: str
    at: Element | None
    kind: str = "text"
    is_line: bool = False
    hops: tuple[Element, ...] = ()

    def through(self, element: Element | None) -> TaintPath:
        """The same path one hop further."""
        return self if element is None or len(self.hops) > 20 else self._replace(hops=(*self.hops, element))

    def to(self, sink: Element) -> list[Element]:
        """Where it enters, and each step, job, entry and file that it passes on its path to a sink."""
        passed: list[Element] = []
        for hop in (self.at, *self.hops):
            if hop is not None and hop is not sink and not (passed and _is_on_line_of(hop, passed[-1])):
                passed.append(hop)
        return passed


def _is_on_line_of(one: Element, other: Element) -> bool:
    return one.source is other.source and one.source.line_of(one.start) == one.source.line_of(other.start)


class TaintLookup(Protocol):
    """What analyses of scripts and files ask of the taint of their workflow or action."""

    file: StepsDocument

    def of_expression(self, expression: Expression, kind: str = "text", depth: int = MAX_DEPTH) -> TaintPath | None:
        """What the value of an expression carries."""

    def of_text(self, route: Route, kind: str, depth: int) -> TaintPath | None:
        """What the expressions of one value carry."""

    def variable(self, step: Step, name: str, kind: str, depth: int) -> TaintPath | None:
        """What a variable of the environment holds in the script of a step."""

    def held(self, step: Step, kind: str) -> dict[str, TaintPath]:
        """What the variables of a step's script hold at its end."""

    def inner(self, step: Step) -> TaintLookup | None:
        """The taint of the composite action of this repository that a step uses; None where it uses none."""

    def untrusted_files(self, step: Step, depth: int = MAX_DEPTH) -> TaintPath | None:
        """The untrusted files that lie in the working folder before a step."""
