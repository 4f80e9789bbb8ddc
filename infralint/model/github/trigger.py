"""The events that start a workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infralint.model.element import fact
from infralint.model.github.value import Part, Route, get, texts
from infralint.syntax.yaml import Mapping, Node
from infralint.tables import github
from infralint.tables.expression_types import nearest
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.github.workflow import Workflow


class Trigger(Part):
    """One event that starts the workflow; it stands at the event's name."""

    name: Text
    workflow: Workflow

    def __init__(self, workflow: Workflow, name: Text, node: Node | None, route: Route) -> None:
        super().__init__(workflow.file, node, route, name.start, name.end)
        self.name = name
        self.workflow = workflow

    @property
    def is_known(self) -> bool:
        """Whether GitHub has such an event."""
        return self.name in github.EVENTS

    @fact
    def nearest(self) -> str | None:
        """The event that was most likely meant."""
        return nearest(str(self.name), github.EVENTS)

    @property
    def is_risky(self) -> bool:
        """Whether strangers cause it while the workflow runs with this repository's secrets and token."""
        return self.name in github.RISKY_EVENTS

    @fact
    def types(self) -> list[Text]:
        """The activities it is narrowed to."""
        return texts(get(self.node, "types"))

    @fact
    def branches(self) -> list[Text]:
        """The branches it is narrowed to."""
        return texts(get(self.node, "branches"))

    @fact
    def ignored_branches(self) -> list[Text]:
        """The branches that do not cause it."""
        return texts(get(self.node, "branches-ignore"))

    @fact
    def tags(self) -> list[Text]:
        """The tags it is narrowed to."""
        return texts(get(self.node, "tags"))

    @fact
    def paths(self) -> list[Text]:
        """The paths it is narrowed to."""
        return texts(get(self.node, "paths"))

    @fact
    def inputs(self) -> list[Text]:
        """The names of the inputs it declares."""
        node = get(self.node, "inputs")
        return [name for name, _ in node.items()] if isinstance(node, Mapping) else []

    @property
    def is_dangerous(self) -> bool:
        """Whether it runs with this repository's secrets on what strangers send."""
        return self.name in ("pull_request_target", "workflow_run", "issue_comment")

    @fact
    def is_release(self) -> bool:
        """Whether it stands for a release: the event `release`, a pushed tag, a pushed release branch."""
        if self.name == "release":
            return True
        return self.name == "push" and (
            bool(self.tags) or any(branch.lower().startswith(("release", "releases")) for branch in self.branches)
        )
