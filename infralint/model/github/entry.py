"""The entries of `env:` and `with:`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from infralint.model.element import Unknown, fact
from infralint.model.github.expression import Expression
from infralint.model.github.value import Part, Route, known, text_of
from infralint.model.shared.variable import Variable
from infralint.syntax.yaml import Mapping, Node, Pair, Scalar
from infralint.tables import github
from infralint.text.edit import Edit
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.github.job import Job
    from infralint.model.github.step import Step


class EnvEntry(Variable):
    """One entry of an `env:`, of the workflow, a job or a step; it stands at the name."""

    __slots__ = ("file", "node", "pair", "route")

    job: Job | None
    step: Step | None

    def __init__(self, file: Any, pair: Pair, route: Route, job: Job | None, step: Step | None) -> None:
        key = pair.key
        name = key.text if isinstance(key, Scalar) else Text(pair.name, file.source, key.start, key.end)
        value = file.stream.resolve(pair.value)
        super().__init__(file.source, key.start, key.end, name, known(value), "env")
        self.file = file
        self.node = value
        self.pair = pair
        self.route = route
        self.job = job
        self.step = step

    @fact
    def text(self) -> Text | None:
        """Its value as it is written, expressions included."""
        return text_of(self.node)

    @fact
    def expressions(self) -> list[Expression]:
        """The expressions of its value."""
        found: list[Expression] = self.file.expressions_at(self.route)
        return found

    @fact
    def removed(self) -> list[Edit] | None:
        """Edits that take it out."""
        from infralint.syntax.yaml_edit import delete

        return delete(self.pair)

    @property
    def is_nameable(self) -> bool:
        """Whether a variable can have that name: it holds no `=`, no blank and no `&`."""
        return not any(sign in self.name for sign in "=& \t")

    @property
    def scope(self) -> str:
        """Whose variable it is: "workflow", "job" or "step"."""
        return "step" if self.step is not None else "job" if self.job is not None else "workflow"


def variables(file: Any, node: Node | None, route: Route, job: Job | None, step: Step | None) -> list[EnvEntry]:
    """The entries of an `env:`."""
    if not isinstance(node, Mapping):
        return []
    return [EnvEntry(file, pair, (*route, pair.name), job, step) for pair in node.pairs]


class Input(Part):
    """One entry of `with:`; it stands at its value, at its name where it has none."""

    step: Step
    name: Text

    def __init__(self, step: Step, pair: Pair, route: Route) -> None:
        at = pair.value if pair.value.end > pair.value.start else pair.key
        super().__init__(step.file, pair, route, at.start, at.end)
        self.step = step
        self.name = (
            pair.key.text if isinstance(pair.key, Scalar) else Text(pair.name, self.source, pair.start, pair.end)
        )

    @fact
    def value(self) -> Text | Unknown | None:
        """Its value; UNKNOWN where it holds an expression."""
        return known(self.file.stream.resolve(self.node.value))

    @fact
    def text(self) -> Text | None:
        """Its value as it is written, expressions included."""
        return text_of(self.file.stream.resolve(self.node.value))

    @fact
    def is_script(self) -> bool:
        """Whether the action runs it as code."""
        uses = self.step.uses
        return uses is not None and self.name.lower() in github.SCRIPT_INPUTS.get(uses.action, ())

    @fact
    def started_program(self) -> Text | None:
        """Where it, as code of JavaScript, starts another program: `exec.exec(`, `child_process`."""
        if not self.is_script or self.text is None:
            return None
        match = re.search(
            r"\bexec\.(?:exec|getExecOutput)\s*\(|\bchild_process\b|\b(?:exec|spawn)(?:File)?Sync\s*\(", self.text
        )
        return self.text.slice(*match.span()) if match is not None else None
