"""The steps of a job or of a composite action: actions with their inputs, scripts, variables."""

from __future__ import annotations

from infralint.model.element import Flag, Number, Unknown, askable, fact
from infralint.model.github.document import GithubDocument, Part, Route
from infralint.model.github.expression import Condition, Expression, condition_at, expressions_at, expressions_below
from infralint.model.github.uses import Uses
from infralint.model.github.value import first_line, flag, known, text_of, whole_number
from infralint.model.shared.variable import Variable
from infralint.syntax.yaml import Mapping, Node, Pair, Scalar
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.model.github.job import Job


class StepsDocument(GithubDocument):
    """A file with steps: a workflow or an action."""

    @fact
    def steps(self) -> list[Step]:
        """Every step of the file."""
        return []


class Step(Part):
    """A step; it stands at its first line."""

    file: StepsDocument
    job: Job | None
    position: int

    def __init__(self, file: StepsDocument, node: Node, route: Route, job: Job | None, position: int) -> None:
        super().__init__(file, node, route, *first_line(node))
        self.job = job
        self.position = position

    @fact
    def id(self) -> Text | None:
        """Its id."""
        return text_of(self.get("id"))

    @fact
    def name(self) -> Text | Unknown | None:
        """The name that is shown."""
        return known(self.get("name"))

    @fact
    def uses(self) -> Uses | None:
        """The action that it uses."""
        text = text_of(self.get("uses"))
        if text is None:
            return None
        return Uses(self.file, text.slice(0, len(text.rstrip())), (*self.route, "uses"), self.job, self)

    @fact
    def run(self) -> Run | None:
        """The script that it runs."""
        text = text_of(self.get("run"))
        return None if text is None else Run(self, text)

    @fact
    def condition(self) -> Condition | None:
        """Its `if:`."""
        return condition_at(self.file, (*self.route, "if"))

    @fact
    def inputs(self) -> list[Input]:
        """Its `with:`."""
        node = self.get("with")
        if not isinstance(node, Mapping):
            return []
        return [Input(self, pair, (*self.route, "with", pair.name)) for pair in node.pairs]

    @askable
    def input_named(self, name: str) -> Input | None:
        """The entry of `with:` of that name (in lower case)."""
        return next((each for each in reversed(self.inputs) if each.name.lower() == name), None)

    @askable
    def input(self, name: str) -> Text | Unknown | None:
        """The value of an input; UNKNOWN where it holds an expression."""
        found = self.input_named(name)
        return None if found is None else found.value

    @askable
    def has_input(self, name: str) -> bool:
        """Whether an input is written."""
        return self.input_named(name) is not None

    @fact
    def variables(self) -> list[EnvEntry]:
        """Its `env:`."""
        return variables_of(self.file, self.get("env"), (*self.route, "env"), self.job, self)

    @fact
    def expressions(self) -> list[Expression]:
        """Every expression of the step."""
        return expressions_below(self.file, self.route)

    @fact
    def timeout(self) -> Number | Unknown | None:
        """The minutes after which it is cancelled."""
        return whole_number(self.get("timeout-minutes"))

    @fact
    def continues_on_error(self) -> Flag | Unknown | None:
        """`continue-on-error`."""
        return flag(self.get("continue-on-error"))


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


class Run(Part):
    """The script of a `run:`; it stands at the script."""

    file: StepsDocument
    step: Step
    text: Text

    def __init__(self, step: Step, text: Text) -> None:
        super().__init__(step.file, step.node, (*step.route, "run"), text.start, text.end)
        self.step = step
        self.text = text

    @fact
    def expressions(self) -> list[Expression]:
        """Its expressions."""
        return expressions_at(self.file, self.route)


class EnvEntry(Variable):
    """One entry of an `env:`, of the workflow, a job or a step; it stands at the name."""

    __slots__ = ("file", "node", "pair", "route")

    job: Job | None
    step: Step | None

    def __init__(self, file: GithubDocument, pair: Pair, route: Route, job: Job | None, step: Step | None) -> None:
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
        return expressions_at(self.file, self.route)

    @property
    def scope(self) -> str:
        """Whose variable it is: "workflow", "job" or "step"."""
        return "step" if self.step is not None else "job" if self.job is not None else "workflow"


def variables_of(
    file: GithubDocument, node: Node | None, route: Route, job: Job | None, step: Step | None
) -> list[EnvEntry]:
    """The entries of an `env:`."""
    if not isinstance(node, Mapping):
        return []
    return [EnvEntry(file, pair, (*route, pair.name), job, step) for pair in node.pairs]
