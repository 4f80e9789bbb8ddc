"""AI agents that steps start: who may start them, what reaches their prompt, from where they take their instructions."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.github.agent_files import file_taint, told_by
from infralint.analysis.github.outsiders import outsider_event
from infralint.analysis.github.placement import steps_around, steps_beside
from infralint.analysis.github.scripts import commands_of
from infralint.analysis.github.taint import taint_in
from infralint.analysis.github.taint_path import MAX_DEPTH, TaintPath
from infralint.analysis.github.untrusted_code import executed_by, untrusted_tree_of
from infralint.model.element import UNKNOWN, Element, Unknown, fact_of, noun_of, remembered
from infralint.model.github.expression import Expression
from infralint.model.github.step import Input, Step, StepsDocument
from infralint.model.shared.command import Command
from infralint.syntax import expression as syntax
from infralint.tables import agents
from infralint.tables.commands import INTERPRETERS
from infralint.text import regex as re
from infralint.text.source import Text


class Agent(Element):
    """An AI agent that a step starts, by an action or by its program; it stands at the `uses:` or at the command."""

    __slots__ = ("action", "command", "name", "program", "step")

    name: str
    step: Step

    def __init__(
        self,
        step: Step,
        at: Element,
        name: str,
        action: agents.AgentAction | None = None,
        command: Command | None = None,
    ) -> None:
        super().__init__(at.source, at.start, at.end)
        self.step = step
        self.name = name
        self.action = action
        self.command = command
        self.program = agents.PROGRAMS.get(name)


@noun_of(StepsDocument, "agent")
def agents_in(file: StepsDocument) -> list[Agent]:
    """The AI agents that the steps start."""
    return [agent for step in file.steps for agent in agents_of(step)]


@remembered
def agents_of(step: Step) -> list[Agent]:
    """The AI agents that a step starts."""
    if step.uses is not None:
        row = agents.ACTIONS.get(step.uses.action)
        return [Agent(step, step.uses, row.name, row)] if row is not None else []
    return list(_started_by(step)) if step.run is not None else []


def _started_by(step: Step) -> Iterator[Agent]:
    for command in commands_of(step.run) if step.run is not None else ():
        name = program_named(command)
        row = agents.PROGRAMS.get(name) if name is not None else None
        if row is not None and name is not None and _runs_alone(command, name, row):
            yield Agent(step, command, name, None, command)


def program_named(command: Command) -> str | None:
    """The agent that a command starts, by itself or by a package that `npx` and its kin run; None for other programs."""
    name = str(command.name)
    if name in agents.PROGRAMS:
        return name
    if name in ("npx", "bunx", "pnpx", "uvx", "pipx", "pnpm", "yarn", "npm", "bun"):
        for word in command.operands:
            package = re.sub(r"(?<=.)@[^/@]*$", "", str(word))
            if package in agents.PACKAGES:
                return agents.PACKAGES[package]
    return None


def _runs_alone(command: Command, name: str, row: agents.AgentProgram) -> bool:
    """Whether it is asked to act without a person."""
    words = [str(word) for word in command.arguments if not isinstance(word, Unknown)]
    if any(word in row.verbs for word in words[:3]) or any(word.partition("=")[0] in row.flags for word in words):
        return True
    is_told = name in ("gemini", "qwen") and (command.is_in_pipe or re.search(row.unsafe, command.raw) is not None)
    return is_told and "--version" not in words


@fact_of(Agent)
def wildcard_users(agent: Agent) -> Input | None:
    """The input by which anyone may start it; None where it names people, or admits nobody further."""
    return _wildcard(agent, agent.action.users if agent.action is not None else ())


@fact_of(Agent)
def wildcard_bots(agent: Agent) -> Input | None:
    """The input by which any app may start it."""
    return _wildcard(agent, agent.action.bots if agent.action is not None else ())


def _wildcard(agent: Agent, names: tuple[str, ...]) -> Input | None:
    for name in names:
        held = agent.step.input_named(name)
        if held is not None and isinstance(held.value, Text) and "*" in re.split(r"[\s,]+", held.value):
            return held
    return None


@fact_of(Agent, name="event")
def starting_event(agent: Agent) -> str | Unknown | None:
    """The event by which an outsider starts it with this repository's secrets; None where it, or a guard, refuses them."""
    if agent.action is not None and agent.action.checks_users and wildcard_users(agent) is None:
        given = [agent.step.input(name) for name in agent.action.users]
        return UNKNOWN if any(value is UNKNOWN for value in given) else None
    return outsider_event(agent.step)


@remembered
def prompt_taint(agent: Agent) -> TaintPath | None:
    """The path by which untrusted text becomes a part of what it is told; None for nothing that is known."""
    taint = taint_in(agent.step.file)
    if agent.command is not None:
        told = "\n".join(told_by(agent.command))
        found = taint.script(agent.step, MAX_DEPTH).of_words(told)
        if found is not None:
            return found
        read = [each.target.raw for each in agent.command.shell.redirections if each.operator == "<" and each.target]
        return file_taint(taint, agent.step, " ".join((told, *read)), agent.command.start)
    for name in agent.action.prompts if agent.action is not None else ():
        held = agent.step.input_named(name)
        if held is None:
            continue
        found = taint.of_text(held.route, "text", MAX_DEPTH)
        if found is not None:
            return found
        for variable in re.findall(r"\$\{?(\w+)", str(held.text or ""))[:20]:
            found = taint.variable(agent.step, variable, "text", MAX_DEPTH)
            if found is not None:
                return found
        found = file_taint(taint, agent.step, str(held.text or ""))
        if found is not None:
            return found
    return None


@fact_of(Agent, name="taint_source")
def prompt_source(agent: Agent) -> str | None:
    """Where untrusted text in its prompt comes from; None where none is known to be in it."""
    found = prompt_taint(agent)
    return found.what if found is not None else None


@fact_of(Agent, name="taint_path")
def prompt_path(agent: Agent) -> list[Element]:
    """The path of the untrusted text to its prompt."""
    found = prompt_taint(agent)
    return found.to(agent) if found is not None else []


@fact_of(Agent)
def untrusted_checkout(agent: Agent) -> Element | None:
    """The earlier step that checks out an outsider's files where it reads its instructions and settings."""
    return untrusted_tree_of(agent.step)


@fact_of(Step)
def is_for_agent_alone(step: Step) -> bool:
    """Whether all that is known to take up the files that it checks out is an agent, which has a finding of its own."""
    if executed_by(step) is not None:
        return False
    later = (agent for each in steps_around(step) if each.position > step.position for agent in agents_of(each))
    return any(untrusted_checkout(agent) is step and isinstance(starting_event(agent), str) for agent in later)


@fact_of(Expression)
def agent_output(expression: Expression) -> str | None:
    """The agent whose answer it carries: an output of a step that starts one."""
    for node in expression.read.nodes():
        path = syntax.path_of(node)
        if path is not None and path[0] == "steps" and len(path) > 3 and path[2] == "outputs":
            for step in steps_beside(expression):
                if step.id is not None and step.id.lower() == path[1] and step.uses is not None:
                    row = agents.ACTIONS.get(step.uses.action)
                    if row is not None:
                        return row.name
    return None


@fact_of(Step)
def runs_agent_output(step: Step) -> Element | None:
    """The command that runs what an agent answers: `claude -p … | bash`, `eval "$(gemini …)"`."""
    commands = commands_of(step.run) if step.run is not None else []
    for agent in agents_of(step):
        if agent.command is None:
            continue
        shell = agent.command.shell
        behind = shell.pipeline.commands[shell.pipeline.commands.index(shell) + 1 :] if shell.pipeline else []
        for command in commands:
            name = str(command.name)
            if any(command.shell is each for each in behind) and name in INTERPRETERS and not _names_script(command):
                return Element(step.source, agent.start, command.end)
            is_inside = shell.holder is command.shell
            if is_inside and (name == "eval" or (name in INTERPRETERS and {"-c", "-e"} & set(command.flags))):
                return command
    return None


def _names_script(command: Command) -> bool:
    return any(str(word) != "-" for word in command.operands) or bool({"-c", "-e", "-m"} & set(command.flags))
