"""What Jenkins refuses in the sections that pipelines and stages have alike: agents, environment, options, conditions."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.shared.fault import Fault
from infralint.model.pipelines.jenkins import JenkinsDocument
from infralint.syntax.groovy import NAME, NEWLINE
from infralint.syntax.groovy_tree import Statement
from infralint.text import regex as re
from infralint.text.similar import most_similar
from infralint.text.source import text_at

SECTIONS = ("agent", "stages", "environment", "options", "parameters", "triggers", "tools", "libraries", "post")
POST = (
    "always",
    "changed",
    "fixed",
    "regression",
    "aborted",
    "failure",
    "success",
    "unstable",
    "unsuccessful",
    "cleanup",
    "notBuilt",
)
AGENTS = ("any", "none", "label", "node", "docker", "dockerfile", "kubernetes", "dockerContainer", "ecs", "podTemplate")
WHEN = ("branch", "buildingTag", "changelog", "changeset", "changeRequest", "environment", "equals", "expression", "tag", "triggeredBy", "isRestartedRun",
        "not", "allOf", "anyOf", "beforeAgent", "beforeInput", "beforeOptions")  # fmt: skip
INPUT = ("message", "id", "ok", "submitter", "submitterParameter", "parameters", "cancel")
VARIABLE = re.compile(r"[A-Za-z_]\w*")


def fault_at(file: JenkinsDocument, name: str, at: Statement, message: str, nearest: str | None = None) -> Fault:
    token = file.cut.tokens[at.first]
    end = file.cut.tokens[max(at.head_end - 1, at.first)].end
    return Fault(name, message, text_at(file.source, token.start, max(end, token.end)), nearest)


def section_faults(
    file: JenkinsDocument, found: list[Statement], known: tuple[str, ...], where: str
) -> Iterator[Fault]:
    seen: set[str] = set()
    for one in found:
        if one.head == "notifications":
            yield fault_at(file, "renamed-section", one, "`notifications` is called `post`", "post")
        elif one.head not in known:
            nearest = most_similar(one.head, known, 0.7) if one.head else None
            hint = f"; did you mean `{nearest}`?" if nearest else ""
            name = "unknown-section" if where == "the pipeline" else "unknown-stage-section"
            yield fault_at(
                file,
                name,
                one,
                f"Jenkins knows no section `{one.head or file.cut.tokens[one.first].text}` in {where}{hint}",
                nearest,
            )
        elif one.head in seen:
            yield fault_at(file, "second-section", one, f"`{one.head}` stands twice in {where}; Jenkins takes it once")
        elif (
            one.block is None and one.head not in ("agent", "failFast") and not (one.head == "input" and one.arguments)
        ):
            yield fault_at(file, "section-without-block", one, f"`{one.head}` needs a block in braces")
        elif one.head == "agent" and one.block is None and not one.arguments:
            yield fault_at(file, "section-without-value", one, f"`agent` in {where} has no value")
        seen.add(one.head)


def shared_faults(file: JenkinsDocument, sections: list[Statement]) -> Iterator[Fault]:
    """What pipelines and stages have alike."""
    for one in sections:
        if one.head == "agent":
            yield from _agent(file, one)
        elif one.head == "environment":
            yield from _environment(file, one)
        elif one.head == "post":
            yield from _post(file, one)
        elif one.head in ("options", "triggers", "parameters", "tools", "libraries"):
            yield from _directives(file, one)
        elif one.head == "when":
            yield from _when(file, one, top=True)
        elif one.head == "input" and one.block is not None:
            yield from _input(file, one)


def _agent(file: JenkinsDocument, agent: Statement) -> Iterator[Fault]:
    if agent.block is None:
        if len(agent.arguments) == 1:
            token = file.cut.tokens[agent.arguments[0].first]
            if (
                token.kind == NAME
                and agent.arguments[0].last == agent.arguments[0].first + 1
                and token.text not in ("any", "none")
            ):
                at = text_at(file.source, token.start, token.end)
                nearest = most_similar(token.text, AGENTS, 0.7)
                yield Fault(
                    "unknown-agent",
                    f"Jenkins knows no agent `{token.text}`; it takes `any`, `none` or a block",
                    at,
                    nearest,
                )
        return
    inner = agent.statements()
    if not inner:
        yield fault_at(file, "empty-agent", agent, "`agent` names no agent")
    if len(inner) > 1:
        yield fault_at(file, "second-agent", inner[1], "`agent` holds more than one kind of agent")
    for one in inner[:1]:
        if one.head and one.head not in AGENTS and one.block is None and not one.arguments:
            yield fault_at(file, "unknown-agent", one, f"Jenkins knows no agent `{one.head}`")


def _environment(file: JenkinsDocument, section: Statement) -> Iterator[Fault]:
    inner = section.statements()
    if not inner:
        yield fault_at(file, "empty-section", section, "`environment` sets no variable")
    seen: set[str] = set()
    for one in inner:
        if one.value is None:
            yield fault_at(file, "bad-variable", one, "`environment` takes `NAME = value` alone")
            continue
        name = file.cut.tokens[one.first]
        if name.kind != NAME or VARIABLE.fullmatch(name.text) is None or "." in one.head:
            yield fault_at(file, "bad-variable-name", one, f"`{one.head}` is no name of a variable")
        elif one.head in seen:
            yield fault_at(file, "second-variable", one, f"`{one.head}` is set twice")
        seen.add(one.head)
        yield from _value(file, one)


def _value(file: JenkinsDocument, one: Statement) -> Iterator[Fault]:
    tokens = [token for token in file.cut.tokens[one.value : one.last] if token.kind != NEWLINE]
    first = tokens[0] if tokens else None
    if first is None:
        return
    if first.text.startswith("$") and len(tokens) > 1 and tokens[1].text == "{":
        yield Fault(
            "bare-interpolation",
            "`${ }` stands outside of a string; write it in double quotes",
            text_at(file.source, first.start, tokens[-1].end),
        )
        return
    depth = 0
    operators = []
    for token in tokens:
        depth += (token.text in ("(", "[", "{") and token.kind == "punct") - (
            token.text in (")", "]", "}") and token.kind == "punct"
        )
        if not depth and token.kind == "punct" and token.text in ("-", "*", "/", "?:", "?", "==", "&&", "||", "%"):
            operators.append(token)
    if operators:
        at = text_at(file.source, operators[0].start, operators[0].end)
        yield Fault(
            "bad-operator", f"a variable of `environment` takes strings joined by `+`, not `{operators[0].text}`", at
        )
    elif first.kind == "number" and len(tokens) > 1 and tokens[1].text == "+":
        yield Fault(
            "bad-value-in-sum",
            "a variable of `environment` takes strings joined by `+`",
            text_at(file.source, first.start, first.end),
        )
    elif first.text in ("[", "{") and first.kind == "punct":
        yield Fault(
            "bad-value",
            "a variable of `environment` takes a string or a call",
            text_at(file.source, first.start, first.end),
        )


def _post(file: JenkinsDocument, section: Statement) -> Iterator[Fault]:
    inner = section.statements()
    if not inner:
        yield fault_at(file, "empty-section", section, "`post` holds no condition")
    seen: set[str] = set()
    for one in inner:
        if one.head not in POST or one.block is None:
            nearest = most_similar(one.head, POST, 0.7) if one.head else None
            hint = f"; did you mean `{nearest}`?" if nearest else ""
            yield fault_at(
                file, "unknown-post-condition", one, f"`post` knows no condition `{one.head}`{hint}", nearest
            )
            continue
        if one.head in seen:
            yield fault_at(file, "second-post-condition", one, f"`{one.head}` stands twice in `post`")
        seen.add(one.head)
        if not one.statements():
            yield fault_at(file, "empty-section", one, f"`{one.head}` of `post` has no step")


def _directives(file: JenkinsDocument, section: Statement) -> Iterator[Fault]:
    inner = section.statements()
    if section.block is not None and not inner:
        yield fault_at(file, "empty-section", section, f"`{section.head}` is empty")
    seen: set[str] = set()
    for one in inner:
        token = file.cut.tokens[one.first]
        if section.head == "options" and one.head in ("parameters", "triggers"):
            yield fault_at(file, f"{one.head}-in-options", one, f"`{one.head}` is a section of its own and no option")
        elif section.head in ("triggers", "parameters") and token.text == "[":
            yield Fault(
                "map-not-allowed",
                f"`{section.head}` takes calls, not maps",
                text_at(file.source, token.start, token.end),
            )
        elif one.block is not None and section.head in ("options", "triggers", "parameters"):
            yield fault_at(file, "block-not-allowed", one, f"`{one.head}` of `{section.head}` takes no block")
        elif section.head == "tools" and one.head and not one.arguments:
            yield fault_at(file, "tool-without-version", one, f"tool `{one.head}` names no installation")
        elif section.head == "libraries" and one.head != "lib":
            yield fault_at(file, "no-library", one, "`libraries` takes `lib('name@version')` alone")
        elif section.head in ("options", "triggers") and one.head in seen:
            name = "second-option" if section.head == "options" else "second-trigger"
            yield fault_at(file, name, one, f"`{one.head}` stands twice in `{section.head}`")
        elif (
            section.head == "triggers" and one.head in ("cron", "pollSCM") and one.has_parentheses and not one.arguments
        ):
            yield fault_at(file, "wrong-number-of-arguments", one, f"`{one.head}` takes a schedule")
        seen.add(one.head)


def _input(file: JenkinsDocument, section: Statement) -> Iterator[Fault]:
    inner = section.statements()
    for one in inner:
        if one.head not in INPUT:
            nearest = most_similar(one.head, INPUT, 0.7) if one.head else None
            yield fault_at(file, "unknown-input-field", one, f"`input` knows no field `{one.head}`", nearest)
    if not any(one.head == "message" for one in inner) and all(one.head in INPUT for one in inner):
        yield fault_at(file, "input-without-message", section, "`input` has no `message`, which Jenkins requires")


def _when(file: JenkinsDocument, section: Statement, *, top: bool = False) -> Iterator[Fault]:
    inner = section.statements()
    if top and not inner:
        yield fault_at(file, "empty-when", section, "`when` holds no condition")
    for one in inner:
        if not one.head or (
            one.block is None
            and not one.arguments
            and not one.has_parentheses
            and one.head not in ("buildingTag", "changeRequest", "isRestartedRun")
        ):
            if one.value is None:
                yield fault_at(
                    file, "no-condition", one, "`when` takes conditions; write an expression in `expression { }`"
                )
        elif one.head not in WHEN:
            nearest = most_similar(one.head, WHEN, 0.7)
            hint = f"; did you mean `{nearest}`?" if nearest else ""
            yield fault_at(file, "unknown-condition", one, f"`when` knows no condition `{one.head}`{hint}", nearest)
        elif one.head in ("allOf", "anyOf", "not"):
            children = one.statements()
            if one.arguments:
                yield fault_at(
                    file, "condition-with-arguments", one, f"`{one.head}` takes conditions in a block, no arguments"
                )
            elif not children:
                yield fault_at(file, "condition-without-children", one, f"`{one.head}` holds no condition")
            elif one.head == "not" and len(children) > 1:
                yield fault_at(file, "wrong-number-of-conditions", one, "`not` takes one condition")
            yield from _when(file, one)
        elif one.head == "environment" and one.arguments:
            names = {argument.name.text for argument in one.arguments if argument.name is not None}
            if names and not {"name", "value"} <= names:
                yield fault_at(file, "missing-argument", one, "`environment` of `when` takes `name` and `value`")
            for argument in one.arguments:
                if argument.name is not None and argument.name.text not in ("name", "value", "ignoreCase"):
                    at = text_at(file.source, argument.name.start, argument.name.end)
                    yield Fault("unknown-argument", f"`environment` of `when` knows no `{argument.name.text}`", at)
        elif one.head in ("branch", "tag", "changeset", "changelog") and one.block is not None and one.has_parentheses:
            yield fault_at(file, "condition-with-block", one, f"`{one.head}` takes no block")
        elif (
            one.head in ("branch", "tag")
            and len(one.arguments) == 1
            and file.cut.tokens[one.arguments[0].first].kind == "number"
        ):
            yield fault_at(file, "wrong-argument-type", one, f"`{one.head}` takes a string")
