"""AI agents that workflows start: actions and programs, who may start them, what they are told, what they may do.

As of 2026-11, from each action's `action.yml` and security page, and from the programs' own help.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

from functools import cache

from infralint.text import regex as re
from infralint.text.record import NamedTuple


class AgentAction(NamedTuple):
    """An action that starts an agent.

    `prompts`: the inputs that become a part of what it is told. `users`, `bots`: the inputs that admit further people and
    apps. `checks_users`: whether it refuses, by itself, who has no write access.
    """

    name: str
    prompts: tuple[str, ...]
    checks_users: bool = False
    users: tuple[str, ...] = ()
    bots: tuple[str, ...] = ()


_CLAUDE = tuple(
    "prompt prompt_file direct_prompt override_prompt custom_instructions append_system_prompt system_prompt claude_args".split()
)
_GEMINI = ("prompt", "settings")

ACTIONS: dict[str, AgentAction] = {
    "anthropics/claude-code-action": AgentAction(
        "claude-code-action", _CLAUDE, True, ("allowed_non_write_users",), ("allowed_bots",)
    ),
    "anthropics/claude-code-base-action": AgentAction("claude-code-base-action", _CLAUDE),
    "anthropics/claude-code-action/base-action": AgentAction("claude-code-base-action", _CLAUDE),
    "google-github-actions/run-gemini-cli": AgentAction("run-gemini-cli", _GEMINI),
    "google-gemini/gemini-cli-action": AgentAction("gemini-cli-action", _GEMINI),
    "qwenlm/qwen-code-action": AgentAction("qwen-code-action", _GEMINI),
    "openai/codex-action": AgentAction(
        "codex-action", ("prompt", "prompt-file"), True, ("allow-users",), ("allow-bots", "allow-bot-users")
    ),
    "actions/ai-inference": AgentAction(
        "ai-inference", ("prompt", "prompt-file", "system-prompt", "system-prompt-file", "input")
    ),
    "sst/opencode/github": AgentAction("opencode", ("prompt",), True),
    "anomalyco/opencode/github": AgentAction("opencode", ("prompt",), True),
    "mirrajabi/aider-github-action": AgentAction("aider", ("prompt", "aider_args")),
    "factory-ai/droid-action": AgentAction("droid", ("prompt",), True, ("allowed_non_write_users",), ("allowed_bots",)),
    "augmentcode/augment-agent": AgentAction("augment-agent", ("instruction", "prompt")),
}

PROMPTS = {action: row.prompts for action, row in ACTIONS.items()}
"""The inputs of each action that its answer depends on."""

WRITING = frozenset("contents actions packages deployments id-token workflows checks attestations pages".split())
"""Scopes of the token by which an agent changes code, releases, caches or identities."""


class AgentProgram(NamedTuple):
    """A program that is an agent.

    `verbs`, `flags`: what asks it to act without a person. `unsafe`: flags by which it asks nobody before it acts;
    `tools`: flags whose value names tools. `is_open`: it acts without asking, unless told otherwise.
    """

    verbs: tuple[str, ...]
    flags: tuple[str, ...]
    unsafe: str
    tools: tuple[str, ...] = ()
    is_open: bool = False


_NEVER = r"(?!)"
_YOLO = r"(?:^|\s)(?:--yolo|-y)\b|--approval-mode[= ]yolo"
PROGRAMS: dict[str, AgentProgram] = {
    "claude": AgentProgram(
        (),
        ("-p", "--print"),
        r"--dangerously-skip-permissions|--permission-mode[= ]bypassPermissions",
        ("--allowedTools", "--allowed-tools"),
    ),
    "gemini": AgentProgram((), ("-p", "--prompt"), _YOLO, ("--allowed-tools",)),
    "qwen": AgentProgram((), ("-p", "--prompt"), _YOLO, ("--allowed-tools",)),
    "codex": AgentProgram(
        ("exec", "e"),
        (),
        r"--dangerously-bypass-approvals-and-sandbox|--yolo\b|(?:-s|--sandbox)[= ]danger-full-access"
        r"|sandbox_mode=[\"']?danger-full-access",
    ),
    "copilot": AgentProgram((), ("-p", "--prompt"), r"--allow-all-tools|--yolo\b|--allow-all\b", ("--allow-tool",)),
    "aider": AgentProgram((), ("--message", "-m", "--message-file"), r"--yes(?:-always)?\b"),
    "opencode": AgentProgram(("run",), (), r"--dangerously-skip-permissions", (), True),
    "goose": AgentProgram(("run",), (), _NEVER, (), True),
    "q": AgentProgram(("chat",), (), r"--trust-all-tools", ("--trust-tools",)),
    "kiro-cli": AgentProgram(("chat",), (), r"--trust-all-tools", ("--trust-tools",)),
    "cursor-agent": AgentProgram((), ("-p", "--print"), r"(?:^|\s)(?:--force|-f|--yolo)\b"),
    "crush": AgentProgram(("run",), (), r"--yolo\b", (), True),
    "amp": AgentProgram((), ("-x", "--execute"), r"--dangerously-allow-all"),
    "droid": AgentProgram(("exec",), (), r"--skip-permissions-unsafe|--auto[= ](?:high|medium)"),
    "cline": AgentProgram((), ("-y", "--yolo"), r"(?:^|\s)(?:-y|--yolo)\b"),
    "openhands": AgentProgram((), ("-t", "--task"), _NEVER, (), True),
}

PACKAGES = {
    "@anthropic-ai/claude-code": "claude",
    "@google/gemini-cli": "gemini",
    "@qwen-code/qwen-code": "qwen",
    "@openai/codex": "codex",
    "@github/copilot": "copilot",
    "opencode-ai": "opencode",
    "aider-chat": "aider",
    "@sourcegraph/amp": "amp",
    "cline": "cline",
}
"""Packages of these programs, as `npx`, `bunx` and `uvx` are given them."""

_WIDE_COMMANDS = "gh git curl wget npm npx pnpm yarn node python python3 bash sh make env printenv cargo go docker"


@cache
def wide_tools() -> re.Pattern[str]:
    """Tools, as agents are allowed them, by which one runs commands, writes files or reaches the internet."""
    wide = "|".join(_WIDE_COMMANDS.split())
    return re.compile(
        rf"\bBash(?![\w(])|\bBash\(\s*(?:\*|(?:{wide})(?::\*|\s*\*)?)\s*\)|\b(?:Write|Edit|MultiEdit|WebFetch)(?![\w(])"
        rf"|\b(?:run_shell_command|shell|ShellTool|write_file|replace|web_fetch)(?![\w(])|\bshell\(\s*(?:\*|(?:{wide}))\s*\)"
        rf"|\brun_shell_command\(\s*(?:{wide})\s*\)|\bexecute_bash\b|\bfs_write\b"
    )


@cache
def restricts_tools() -> re.Pattern[str]:
    """A setting of Gemini CLI and its kin that lists the only tools it may use."""
    return re.compile(r"\"(?:coreTools|core|allowed)\"\s*:\s*\[([^\]]{0,1000})\]")
