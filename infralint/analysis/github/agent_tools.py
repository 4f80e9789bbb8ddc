"""What an AI agent may do: the tools it is given, whether it is sandboxed, what its token and secrets allow."""

from __future__ import annotations

from infralint.analysis.github.agents import Agent
from infralint.analysis.github.permissions import effective_permissions
from infralint.model.element import UNKNOWN, Element, Unknown, fact_of
from infralint.model.github.step import Input
from infralint.tables import agents
from infralint.text import regex as re
from infralint.text.source import Text

_UNSAFE = re.compile(
    r"--dangerously-[\w-]+|\bbypassPermissions\b|danger-full-access|--yolo\b|--allow-all-tools|--trust-all-tools"
    r"|--skip-permissions-unsafe"
)
_TOKENS = (
    "github_token",
    "github-token",
    "token",
    "github-mcp-token",
    "gh_token",
    "github_personal_access_token",
    "gh-token",
)


@fact_of(Agent)
def has_tools(agent: Agent) -> bool | Unknown:
    """Whether it runs commands, writes files or acts on GitHub without asking; UNKNOWN where its defaults decide."""
    if agent.command is not None:
        return _has_by_flags(agent)
    if unsafe_setting(agent) is not None:
        return True
    if agent.name in ("run-gemini-cli", "gemini-cli-action", "qwen-code-action"):  # they run with --yolo
        return _by_settings(agent.step.input_named("settings"))
    if agent.name == "ai-inference":
        given = agent.step.input("enable-github-mcp")
        return UNKNOWN if given is UNKNOWN else isinstance(given, Text) and given.lower() == "true"
    if agent.name == "codex-action":
        limits = [str(agent.step.input(name)) for name in ("sandbox", "safety-strategy")]
        return False if "read-only" in limits else True if "workspace-write" in limits else UNKNOWN
    if agent.name in ("opencode", "augment-agent"):
        return True
    return _by_lists(agent)


def _has_by_flags(agent: Agent) -> bool | Unknown:
    command, row = agent.command, agent.program
    if command is None or row is None:
        return UNKNOWN
    if row.is_open or re.search(row.unsafe, command.raw):
        return True
    lists = [str(value) for flag in row.tools if (value := command.flag_value(flag)) is not None]
    if lists:
        return agents.wide_tools().search(command.raw) is not None
    return UNKNOWN if agent.name in ("aider", "cline", "amp") else False


def _by_settings(held: Input | None) -> bool | Unknown:
    """What the settings of Gemini CLI allow: everything, where they list no tools."""
    if held is None:
        return True
    text = str(held.text or "")
    found = agents.restricts_tools().search(text)
    if found is None:
        return UNKNOWN if "${{" in text else True
    return agents.wide_tools().search(found[1]) is not None


def _by_lists(agent: Agent) -> bool | Unknown:
    """What Claude Code and its kin are allowed by their inputs."""
    held = [
        agent.step.input_named(name) for name in ("allowed_tools", "claude_args", "settings", "tools", "droid_args")
    ]
    text = "\n".join(str(each.text) for each in held if each is not None and each.text is not None)
    allowed = "\n".join(
        re.findall(r"--allowed-?[tT]ools[= ]+(\"[^\"]*\"|'[^']*'|\S+(?:\s+(?!-)\S+)*)", text)
        + re.findall(r"\"allow(?:edTools)?\"\s*:\s*\[([^\]]{0,1000})\]", text)
        + [str(each.text) for each in held[:1] if each is not None]
    )
    if not allowed.strip():
        return UNKNOWN
    return agents.wide_tools().search(allowed) is not None


@fact_of(Agent)
def is_limited_by_defaults(agent: Agent) -> bool:
    """Whether nothing written says which tools it has, so that its own defaults decide."""
    return has_tools(agent) is UNKNOWN


@fact_of(Agent)
def unsafe_setting(agent: Agent) -> Element | Text | None:
    """What switches its sandbox, or the question before it acts, off."""
    if agent.command is not None:
        match = re.search(agent.program.unsafe, agent.command.raw) if agent.program is not None else None
        if match is None:
            return None
        start = agent.command.start + match.start() + len(match[0]) - len(match[0].lstrip())
        return Element(agent.source, start, agent.command.start + match.end())
    for each in agent.step.inputs:
        text = str(each.text or "")
        if each.name.lower() == "safety-strategy" and text.strip() == "unsafe":
            return each
        if each.name.lower() not in ("prompt", "direct_prompt") and _UNSAFE.search(text):
            return each
    return None


@fact_of(Agent)
def write_access(agent: Agent) -> str | Unknown | None:
    """What it may change this repository by: a scope of the token, or a secret given as a token; None for nothing known."""
    for each in agent.step.inputs:
        if each.name.lower() in _TOKENS and (name := _other_secret(str(each.text or ""))) is not None:
            return f"secret {name}"
    for variable in agent.step.variables:
        if str(variable.name).lower() in _TOKENS and (name := _other_secret(str(variable.text or ""))) is not None:
            return f"secret {name}"
    if agent.step.job is None:
        return UNKNOWN
    permissions = effective_permissions(agent.step.job)
    if permissions.is_missing or permissions.text is UNKNOWN:
        return UNKNOWN
    if permissions.text == "write-all":
        return "write-all"
    return next((f"{each.scope}: write" for each in permissions.writes if str(each.scope) in agents.WRITING), None)


def _other_secret(text: str) -> str | None:
    """The secret that a text names, other than the token that GitHub makes for each run."""
    found = [name for name in re.findall(r"secrets\.(\w+)", text) if name.upper() != "GITHUB_TOKEN"]
    return found[0] if found else None
