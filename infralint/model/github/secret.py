"""The secrets that expressions name."""

from __future__ import annotations

from infralint.model.github.document import Part
from infralint.model.github.expression import Expression
from infralint.text.source import Text


class SecretUse(Part):
    """One secret that an expression names; it stands at the name."""

    name: Text
    expression: Expression

    def __init__(self, expression: Expression, name: Text) -> None:
        super().__init__(expression.file, None, expression.route, name.start, name.end)
        self.name = name
        self.expression = expression

    @property
    def scope(self) -> str:
        """What an `env:` that holds it belongs to: "workflow" or "job", so that every step has it; else "step"."""
        if self.route[:1] == ("env",):
            return "workflow"
        return "job" if len(self.route) > 3 and self.route[0] == "jobs" and self.route[2] == "env" else "step"
