"""The jobs of a workflow: what they wait for, where they run, what they hold."""

from __future__ import annotations

from infralint.model.element import Element, Flag, Number, Unknown, fact
from infralint.model.github.document import Part, Route
from infralint.model.github.expression import Condition, condition_at
from infralint.model.github.permissions import Permissions
from infralint.model.github.step import EnvEntry, Step, StepsDocument, variables_of
from infralint.model.github.uses import Uses
from infralint.model.github.value import first_line, flag, known, text_of, texts, whole_number
from infralint.syntax.yaml import Mapping, Node, Sequence
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.model.github.workflow import Workflow


class Need(Part):
    """One job that another waits for."""

    name: Text
    owner: Job

    def __init__(self, owner: Job, text: Text, route: Route) -> None:
        super().__init__(owner.file, None, route, text.start, text.end)
        self.name = text
        self.owner = owner


class Job(Part):
    """A job; it stands at its id."""

    file: StepsDocument
    id: Text
    workflow: Workflow

    def __init__(self, workflow: Workflow, key: Text, node: Node) -> None:
        super().__init__(workflow.file, node, ("jobs", str(key)), key.start, key.end)
        self.id = key
        self.workflow = workflow

    def __str__(self) -> str:
        return str(self.id)

    @fact
    def head(self) -> Element:
        """Its id and the line below: where it begins, and where a key that it lacks would stand."""
        return Element(self.source, self.start, max(self.end, first_line(self.node)[1]))

    @fact
    def name(self) -> Text | Unknown | None:
        """The name that is shown."""
        return known(self.get("name"))

    @fact
    def needs(self) -> list[Need]:
        """The jobs it waits for."""
        node = self.get("needs")
        if isinstance(node, Sequence):
            return [
                Need(self, text, (*self.route, "needs", at))
                for at, item in enumerate(node.values())
                if isinstance(text := known(item), Text)
            ]
        return [Need(self, text, (*self.route, "needs")) for text in texts(node)]

    @fact
    def condition(self) -> Condition | None:
        """Its `if:`."""
        return condition_at(self.file, (*self.route, "if"))

    @fact
    def permissions(self) -> Permissions:
        """Its own permissions."""
        node = self.get("permissions")
        start, end = (node.start, node.end) if node is not None and node.end > node.start else (self.start, self.end)
        return Permissions(self.file, node, (*self.route, "permissions"), start, end)

    @fact
    def timeout(self) -> Number | Unknown | None:
        """The minutes after which it is cancelled; None where nothing is written and six hours hold."""
        return whole_number(self.get("timeout-minutes"))

    @fact
    def continues_on_error(self) -> Flag | Unknown | None:
        """`continue-on-error`."""
        return flag(self.get("continue-on-error"))

    @fact
    def environment(self) -> Text | Unknown | None:
        """The deployment environment it runs in."""
        node = self.get("environment")
        return known(node.get("name") if isinstance(node, Mapping) else node)

    @fact
    def uses(self) -> Uses | None:
        """The reusable workflow that it calls."""
        text = text_of(self.get("uses"))
        return None if text is None else Uses(self.file, text, (*self.route, "uses"), self, None)

    @fact
    def inherits_secrets(self) -> Text | None:
        """The `inherit` that hands every secret to the workflow it calls."""
        text = known(self.get("secrets"))
        return text if isinstance(text, Text) and text == "inherit" else None

    @fact
    def variables(self) -> list[EnvEntry]:
        """Its `env:`."""
        return variables_of(self.file, self.get("env"), (*self.route, "env"), self, None)

    @fact
    def steps(self) -> list[Step]:
        """Its steps."""
        node = self.get("steps")
        if not isinstance(node, Sequence):
            return []
        found = []
        for at, item in enumerate(node.values()):
            route = (*self.route, "steps", at)
            inner = item.get("parallel") if isinstance(item, Mapping) else None
            if isinstance(inner, Sequence):  # steps that run side by side: none is before another
                found += [
                    Step(self.file, each, (*route, "parallel", number), self, at)
                    for number, each in enumerate(inner.values())
                    if isinstance(each, Mapping)
                ]
            elif isinstance(item, Mapping):
                found.append(Step(self.file, item, route, self, at))
        return found

    @fact
    def concurrency(self) -> Text | None:
        """The group in which only one run goes on at a time."""
        node = self.get("concurrency")
        return text_of(node.get("group") if isinstance(node, Mapping) else node)
