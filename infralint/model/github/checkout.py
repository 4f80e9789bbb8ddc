"""Steps that fetch a repository with `actions/checkout`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infralint.model.element import UNKNOWN, Unknown, fact
from infralint.model.github.entry import Input
from infralint.model.github.uses import Uses
from infralint.model.github.value import Part
from infralint.syntax.yaml import Mapping
from infralint.text.edit import Edit
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.github.step import Step


class Checkout(Part):
    """A step that fetches the repository with `actions/checkout`; it stands at its `uses:`."""

    step: Step
    uses: Uses

    def __init__(self, step: Step, uses: Uses) -> None:
        super().__init__(step.file, step.node, (*step.route, "uses"), uses.start, uses.end)
        self.step = step
        self.uses = uses

    @fact
    def persists_credentials(self) -> bool | Unknown:
        """Whether the token stays in `.git/config` for all later steps, as it does unless told otherwise."""
        given = self.step.input("persist-credentials")
        return UNKNOWN if given is UNKNOWN else given is None or given.lower() != "false"

    @fact
    def with_credentials_dropped(self) -> list[Edit] | None:
        """Edits after which the token no longer stays; None where the step or its version of the action takes no such input."""
        from infralint.syntax.yaml_edit import set_key

        node = self.step.node
        if (
            not isinstance(node, Mapping)
            or self.is_without_option
            or node.get("run") is not None
            or node.get("shell") is not None
        ):
            return None
        return set_key(node, ["with", "persist-credentials"], "false")

    @property
    def is_without_option(self) -> bool:
        """Whether it is the first major version, which does not have `persist-credentials`."""
        ref = self.uses.ref
        version = (
            self.uses.version_comment if ref is not None and ref.is_commit else ref.name if ref is not None else None
        )
        return version is not None and version.removeprefix("v").split(".")[0] == "1"

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

    @fact
    def uploaded_by(self) -> Step | None:
        """The step behind it that uploads its folder as an artifact, hidden files and so the token included."""
        from infralint.model.github.untrusted_code import uploads_hidden

        job = self.step.job
        for step in job.steps if job is not None else ():
            if step.position > self.step.position and uploads_hidden(step, self.step):
                return step
        return None
