"""The secrets that expressions name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infralint.model.github.expression import Expression
from infralint.model.github.value import Part, Route
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.github.job import Job
    from infralint.model.github.step import Step


class SecretUse(Part):
    """One secret that an expression names; it stands at the name."""

    name: Text
    expression: Expression

    def __init__(self, expression: Expression, name: Text) -> None:
        super().__init__(expression.file, None, expression.route, name.start, name.end)
        self.name = name
        self.expression = expression

    @property
    def job(self) -> Job | None:
        """The job that uses it."""
        return self.expression.job

    @property
    def step(self) -> Step | None:
        """The step that uses it."""
        return self.expression.step

    @property
    def is_token(self) -> bool:
        """Whether it is the token that GitHub makes for each run."""
        return self.name.upper() == "GITHUB_TOKEN"

    @property
    def is_wide(self) -> bool:
        """Whether it lies in an `env:` of the whole workflow or job, so that every step has it."""
        route: Route = self.route
        return route[:1] == ("env",) or (len(route) > 3 and route[0] == "jobs" and route[2] == "env")
