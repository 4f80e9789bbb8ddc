"""Every `${{ }}` of a workflow: where it stands, whose text it carries, and how to take it out of a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infralint.model.element import UNKNOWN, Element, Unknown, askable, fact
from infralint.model.github.value import Part, Place
from infralint.syntax import expression as syntax
from infralint.syntax.expression_value import truth_of, value_of
from infralint.tables import github
from infralint.text.edit import Edit
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.github.job import Job
    from infralint.model.github.step import Run, Step
    from infralint.model.github.taint import Flow


class Expression(Part):
    """One `${{ }}`, or the text of an `if:` without; it stands at the whole of it."""

    def __init__(self, file: Any, place: Place, read: syntax.Expression) -> None:
        super().__init__(file, place.node, place.route, read.outer.start, read.outer.end)
        self.read = read
        self.site = place

    @property
    def text(self) -> Text:
        """What stands between the braces."""
        inner = self.read.inner
        body = inner.strip()
        start = len(inner) - len(inner.lstrip())
        return inner.slice(start, start + len(body))

    @fact
    def job(self) -> Job | None:
        """The job it belongs to."""
        return self.file.job_at(self.route)

    @fact
    def step(self) -> Step | None:
        """The step it belongs to."""
        return self.file.step_at(self.route)

    @fact
    def place(self) -> str:
        """The key it stands at, as GitHub's documentation names it: `jobs.<job_id>.steps.run`."""
        return self.file.place_name(self.route)

    @property
    def is_condition(self) -> bool:
        """Whether it is (part of) an `if:`."""
        return bool(self.route) and self.route[-1] == "if"

    @property
    def is_broken(self) -> bool:
        """Whether it cannot be read."""
        return self.read.root is None

    @fact
    def run(self) -> Run | None:
        """The script it stands in."""
        step = self.step
        return step.run if step is not None and self.route == (*step.route, "run") else None

    @fact
    def is_in_script(self) -> bool:
        """Whether its value becomes a part of a program: a `run:`, its `shell:`, or an input that an action runs."""
        step = self.step
        if step is None:
            return False
        depth = len(step.route)
        if self.run is not None or self.route[depth:] == ("shell",):
            return True
        if self.route[depth : depth + 1] != ("with",) or len(self.route) != depth + 2:
            return False
        found = step.input_named(str(self.route[-1]).lower())
        return found is not None and found.is_script

    @fact
    def _flows(self) -> list[tuple[tuple[str, ...], bool]]:
        return carried(self.read.root) if self.read.root is not None else []

    @fact
    def paths(self) -> list[str]:
        """The contexts whose text it carries: `github.event.issue.title`."""
        return [_shown(path) for path, _ in self._flows]

    @fact
    def is_attacker_controlled(self) -> bool:
        """Whether a stranger writes (a part of) its value, by whatever way it comes here."""
        return self.flow is not None

    @fact
    def flow(self) -> Flow | None:
        """By which way a stranger's text comes into its value."""
        found: Flow | None = self.file.flows.of_expression(self) if self.read.root is not None else None
        return found

    @fact
    def attacker_path(self) -> str | None:
        """What a stranger writes of its value: a context, or where the text comes from, in words."""
        return self.flow.what if self.flow is not None else None

    @fact
    def way(self) -> list[Element]:
        """The way of a stranger's text to here: where it comes in, and each step, job, entry and file it passes."""
        return self.flow.way_to(self) if self.flow is not None else []

    @fact
    def is_fixed(self) -> bool:
        """Whether its value can hold nothing that a shell takes for syntax: ids, commits, states, literals."""
        return all(self._is_fixed(path) for path, _ in self._flows)

    def _is_fixed(self, path: tuple[str, ...]) -> bool:
        if path[0] == "matrix" and len(path) == 2 and self.job is not None:
            return self.file.matrix_values(self.job, f"${{{{ {'.'.join(path)} }}}}") is not None
        if path[0] == "env" and len(path) == 2:
            source = self.file.variable_at(self.route, path[1])
            return (
                source is not None
                and source.value is not None
                and (
                    source.value is not UNKNOWN
                    or all(github.is_fixed(inner) for each in source.expressions for inner, _ in each._flows)
                )
            )
        if path[0] == "inputs" and len(path) == 2:
            return self.file.input_type(path[1]) in ("boolean", "number")
        return github.is_fixed(path)

    @fact
    def is_constant(self) -> bool:
        """Whether its value is known without a run."""
        return self.read.root is not None and value_of(self.read.root) is not UNKNOWN

    @fact
    def written_out(self) -> list[Edit] | None:
        """The edit that writes what it comes to, where that is always the same."""
        from infralint.model.github.script import written_out

        return written_out(self)

    @fact
    def is_obfuscated(self) -> bool:
        """Whether it computes what could be written out: calls or indices over literals alone."""
        root = self.read.root
        if root is None:
            return False
        for node in syntax.walk(root):
            if isinstance(node, syntax.Call) and node.arguments:
                value = value_of(node)
                if value is not UNKNOWN and not isinstance(value, list | dict):
                    return True
        return False

    @fact
    def computed_index(self) -> Text | None:
        """A property whose name is itself worked out by the run: `inputs[inputs.name]`."""
        for node in self.read.nodes():
            if isinstance(node, syntax.Index) and value_of(node.by) is UNKNOWN:
                return self.read.at(node)
        return None

    @fact
    def secret_names(self) -> list[Text]:
        """The secrets that it names."""
        found = []
        for node in self.read.nodes():
            if isinstance(node, syntax.Property) and isinstance(node.of, syntax.Context) and node.of.name == "secrets":
                found.append(
                    self.read.at(node).slice(node.end - node.start - len(node.written), node.end - node.start)
                )
        return found

    @fact
    def all_secrets(self) -> Text | None:
        """What hands out every secret: `toJSON(secrets)`, or an index that is worked out."""
        if "secrets" not in self.text.lower():
            return None
        for node in self.read.nodes():
            inner = node.arguments if isinstance(node, syntax.Call) and node.name == "tojson" else ()
            inner = [node.of] if isinstance(node, syntax.Index | syntax.Filter) else inner
            if any(isinstance(each, syntax.Context) and each.name == "secrets" for each in inner):
                return self.read.at(node)
        return None

    @fact
    def parsed_secret(self) -> Text | None:
        """A part of a secret taken by `fromJSON(secrets.NAME).part`, which no log masks."""
        for node in self.read.nodes():
            if not isinstance(node, syntax.Property | syntax.Index | syntax.Filter):
                continue
            call = node.of
            if isinstance(call, syntax.Call) and call.name == "fromjson" and call.arguments:
                path = syntax.path_of(call.arguments[0])
                if path is not None and path[0] == "secrets":
                    return self.read.at(node)
        return None

    @fact
    def loose_contains(self) -> Text | None:
        """A `contains('a b c', context)` whose text also contains every part of a name."""
        for node in self.read.nodes():
            if isinstance(node, syntax.Call) and node.name == "contains" and len(node.arguments) == 2:
                first, second = node.arguments
                is_text = isinstance(first, syntax.Literal) and isinstance(first.value, str)
                if is_text and value_of(second) is UNKNOWN:
                    return self.read.at(node)
        return None

    @fact
    def falsy_choice(self) -> Text | None:
        """An `a && b || c` whose `b` is never true, so that it always gives `c`."""
        for node in self.read.nodes():
            if not isinstance(node, syntax.Logic) or node.operator != "||":
                continue
            for operand in node.operands[:-1]:
                if (
                    isinstance(operand, syntax.Logic)
                    and operand.operator == "&&"
                    and truth_of(operand.operands[-1]) is False
                ):
                    return self.read.at(operand.operands[-1])
        return None

    @fact
    def bot_comparison(self) -> Text | None:
        """A comparison of who started the run with a bot's name, which a stranger's push to its branch keeps true."""
        for node in self.read.nodes():
            if isinstance(node, syntax.Comparison) and node.operator == "==":
                sides = (node.left, node.right)
                names = [side.value for side in sides if isinstance(side, syntax.Literal)]
                paths = [".".join(path) for side in sides if (path := syntax.path_of(side)) is not None]
                if any(isinstance(name, str) and name.lower().endswith("[bot]") for name in names) and any(
                    path in _ACTORS for path in paths
                ):
                    return self.read.at(node)
        return None

    @fact
    def by_author(self) -> list[Edit] | None:
        """Edits that ask for the author of the pull request or comment in place of who started the run."""
        job = self.job
        events = {str(trigger.name) for trigger in job.workflow.triggers} if job is not None else set()
        author = {
            "pull_request_target": "github.event.pull_request.user.login",
            "pull_request": "github.event.pull_request.user.login",
            "issue_comment": "github.event.comment.user.login",
        }
        if len(events) != 1 or not events <= set(author) or self.bot_comparison is None:
            return None
        edits = []
        for node in self.read.nodes():
            if isinstance(node, syntax.Comparison):
                for side in (node.left, node.right):
                    if syntax.path_of(side) in (("github", "actor"), ("github", "triggering_actor")):
                        at = self.read.at(side)
                        edits.append(Edit(self.source.path, at.start, at.end, author[next(iter(events))]))
        return edits or None

    @askable
    def mentions(self, path: str) -> bool:
        """Whether it names a context (`secrets`) or a path in one (`github.token`)."""
        wanted = tuple(path.lower().split("."))
        return any(found[: len(wanted)] == wanted for node in self.read.nodes() if (found := syntax.path_of(node)))

    @askable
    def calls(self, function: str) -> bool:
        """Whether it calls a function."""
        return any(isinstance(node, syntax.Call) and node.name == function.lower() for node in self.read.nodes())

    @fact
    def through_env(self) -> list[Edit] | None:
        """Edits that hand the value to the script by an `env:` entry; None where that cannot be done safely."""
        from infralint.model.github.script import through_env

        return through_env(self)


_ACTORS = frozenset(
    """github.actor github.triggering_actor github.event.pull_request.sender.login github.event.sender.login
    github.actor_id""".split()  # noqa: SIM905
)


def carried(root: syntax.Node) -> list[tuple[tuple[str, ...], bool]]:
    """The paths whose text an expression's value carries, and whether as JSON with all that is below."""
    found: list[tuple[tuple[str, ...], bool]] = []
    stack: list[tuple[syntax.Node, bool]] = [(root, False)]
    while stack:
        node, whole = stack.pop()
        path = syntax.path_of(node)
        if path is not None:
            found.append((path, whole))
        elif isinstance(node, syntax.Logic):
            stack += [(each, whole) for each in (node.operands if node.operator == "||" else node.operands[-1:])]
        elif isinstance(node, syntax.Call):
            if node.name in github.SAFE_FUNCTIONS:
                continue
            arguments = node.arguments
            if node.name == "case":
                arguments = [*arguments[1::2], *arguments[-1:]]
            stack += [(each, whole or node.name in ("tojson", "join")) for each in arguments]
        elif isinstance(node, syntax.Property | syntax.Index | syntax.Filter):
            stack.append((node.of, True))
    return found[::-1] if len(found) > 1 else found


def _shown(path: tuple[str, ...]) -> str:
    return ".".join(path).replace("[]", "*")


class Condition(Part):
    """An `if:`; it stands at its value."""

    text: Text
    expressions: list[Expression]

    def __init__(self, file: Any, place: Place, expressions: list[Expression]) -> None:
        text = place.node.text
        super().__init__(file, place.node, place.route, text.start, text.end)
        self.text = text
        self.expressions = expressions

    @fact
    def job(self) -> Job | None:
        """The job it belongs to."""
        return self.file.job_at(self.route)

    @fact
    def step(self) -> Step | None:
        """The step it belongs to."""
        return self.file.step_at(self.route)

    @fact
    def is_text(self) -> bool:
        """Whether something, if only a line end, stands around its `${{ }}`, so that it is text and always true."""
        if "${{" not in self.text or any(each.is_broken for each in self.expressions):
            return False
        return len(self.expressions) != 1 or len(self.expressions[0].read.outer) != len(self.text)

    @fact
    def holds(self) -> bool | Unknown:
        """Whether it always holds, or never; UNKNOWN where the run decides, as it should."""
        if self.is_text:
            return True
        root = self.expressions[0].read.root if self.expressions else None
        return UNKNOWN if root is None else truth_of(root)

    @fact
    def is_constant(self) -> bool:
        """Whether no run changes it."""
        return self.holds is not UNKNOWN

    @fact
    def unwrapped(self) -> list[Edit] | None:
        """Edits that leave its one expression alone on the line, so that it decides."""
        if not self.is_text:
            return None
        node = self.node
        path = self.source.path
        if node.style in ("|", ">") and len(self.expressions) == 1 and node.anchor is None:
            outer = str(self.expressions[0].read.outer)
            if str(self.text).rstrip("\n") == outer and self.source.text[node.start + 1 : node.start + 2] == "\n":
                return [Edit(path, node.start + 1, node.start + 1, "-")]
        if len(self.expressions) == 1 and not str(self.text).replace(str(self.expressions[0].read.outer), "").strip():
            body = self.expressions[0].raw
            if "\n" in body or node.anchor is not None:
                return None
            end = self.text.end if node.style in ("|", ">") else node.end
            line_end = end - 1 if self.source.text[end - 1 : end] == "\n" else end
            return [Edit(path, node.start, line_end, body)]
        return self._joined()

    def _joined(self) -> list[Edit] | None:
        """`${{ a }} && ${{ b }}` becomes `a && b`, where what stands between is an expression too."""
        text, node = str(self.text), self.node
        if node.style or node.anchor is not None or "\n" in self.raw:
            return None
        out, at = "", 0
        for each in self.expressions:
            inner = str(each.text)
            is_loose = isinstance(each.read.root, syntax.Logic) or text[: each.read.start].rstrip().endswith("!")
            out += text[at : each.read.start] + (f"({inner})" if is_loose else inner)
            at = each.read.start + len(each.read.outer)
        out += text[at:]
        joined = syntax.parse(Text(out, self.source, self.start, self.end))
        if joined.root is None or out.lstrip()[:1] in "!&*|>'\"%@`[{#":
            return None
        return None if ": " in out or " #" in out else [Edit(self.source.path, node.start, node.end, out)]
