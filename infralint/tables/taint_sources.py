"""Where untrusted text and files enter a workflow besides the event, and what passes them on or runs them.

As of 2026-11, from the actions' own descriptions. An action that is not here passes nothing on, as far as is known.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

from functools import cache

from infralint.text import regex as re

UNTRUSTED_EVENTS = frozenset(
    "pull_request_target workflow_run issue_comment issues discussion discussion_comment gollum fork watch".split()
)
"""Events that untrusted users cause and that run with this repository's token and secrets."""

HEAD_EVENTS = frozenset("pull_request_target workflow_run issue_comment".split())
"""Those of them that have a pull request's code within reach."""


@cache
def running() -> re.Pattern[str]:
    """Commands that run what lies in the working folder: scripts of it, and tools that its configuration programs."""
    return re.compile(
        r"""(?mx)(?:^|[;&|(`{]|\b(?:then|do|else|sudo|exec|time|xvfb-run|env)\s)[ \t]*+(?:\w++=\S*+(?:[ \t]|\\\n)++)*+
        (?P<command>
          (?P<own>\.{1,2}/[\w./-]+|[\w.-]+/[\w./-]*\.(?:sh|bash|py|pl|rb|js|ts)\b)
        | (?:bash|sh|zsh|source|\.|python[\d.]*|node|ruby|perl|php|deno\ run|bun\ run)\s+(?:-[eux]+\s+)*(?P<file>(?!-)[\w./-]+)
        | (?:yarn|pnpm)[ \t]*(?:$|[;&|])
        | (?:npm|pnpm|yarn|bun)\s+(?!config\b|login\b|view\b|whoami\b|(?:i|install)\s(?:.*\s)?(?:-g|--global)\b)[a-z][\w-]*
        | npx\s+\S+
        | (?:make|gmake|just|task|rake|grunt|gulp|tox|nox|pytest|ant|msbuild|bazel|buck|pre-commit|mypy|flake8|isort|black
            |phpunit|jest|vitest|eslint|webpack|vite|ninja|scons|waf)(?:\s|$)
        | (?:pip[\d.]*|uv\ pip)\s+install\s.*?(?:-r\s|-e\s|\.(?:\s|$)|/)
        | (?:cargo|go|dotnet|mvn|gradle|sbt|mix|swift|stack|cabal|lein|flutter|dart)\s+\w+
        | (?:mvnw|gradlew)\b
        | (?:bundle|composer|poetry|pdm|hatch|uv|pipenv)\s+(?:install|exec|run|sync|update|build)
        | docker\s+(?:build|compose\s+(?:up|build|run))\b
        | sed\s+-f\s+\S+ | awk\s+-f\s+\S+
        | terraform\s+(?:init|plan|apply) | ansible-playbook
        )"""
    )


def lacks_comment(expression: str) -> bool:
    """Whether it is a context alone that names a head and is empty where a comment starts the run."""
    return re.fullmatch(r"github\.(?:head_ref|event\.(?:pull_request|workflow_run)\.[\w.]+)", expression) is not None


@cache
def head_pattern() -> re.Pattern[str]:
    """What names the head of a pull request."""
    return re.compile(
        r"github\.head_ref|GITHUB_HEAD_REF|github\.event\.pull_request\.(?:head\b|merge_commit_sha)|refs/pull/"
        r"|github\.event\.workflow_run\.(?:head|pull_requests)"
        r"|github\.event\.(?:check_suite|check_run|merge_group)\.\S{0,200}head",
        re.IGNORECASE,
    )
