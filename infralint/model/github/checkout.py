"""Steps that fetch a repository with `actions/checkout`."""

from __future__ import annotations

from infralint.model.element import fact
from infralint.model.github.document import Part
from infralint.model.github.step import Input, Step
from infralint.model.github.uses import Uses
from infralint.text.source import Text


class Checkout(Part):
    """A step that fetches the repository with `actions/checkout`; it stands at its `uses:`."""

    step: Step
    uses: Uses

    def __init__(self, step: Step, uses: Uses) -> None:
        super().__init__(step.file, step.node, (*step.route, "uses"), uses.start, uses.end)
        self.step = step
        self.uses = uses

    @fact
    def persisting_input(self) -> Input | None:
        """The input that says whether credentials stay."""
        return self.step.input_named("persist-credentials")

    @fact
    def ref(self) -> Text | None:
        """The ref that it fetches, expressions included; None for that of the event."""
        found = self.step.input_named("ref")
        return found.text if found is not None else None

    @fact
    def repository(self) -> Text | None:
        """The repository that it fetches, expressions included; None for this one."""
        found = self.step.input_named("repository")
        return found.text if found is not None else None
