"""Commands and actions that test or scan: what they say decides whether a change may go on.

As of 2026-11, from the manuals of each.
"""

from __future__ import annotations

from collections.abc import Sequence

from infralint.tables.actions import has
from infralint.tables.commands import LAUNCHERS

_COMMANDS = {
    "actionlint": "", "bandit": "", "brakeman": "", "bundle-audit": "", "bundler-audit": "", "cargo": "test nextest audit deny",
    "checkov": "", "ctest": "", "dockle": "", "dotnet": "test", "gitleaks": "", "go": "test", "gosec": "", "govulncheck": "",
    "gradle": "test check", "gradlew": "test check", "grype": "", "hadolint": "", "jest": "", "kics": "scan", "kube-linter": "lint",
    "kubesec": "scan", "make": "test check", "mix": "test", "mvn": "test verify", "mvnw": "test verify", "nox": "",
    "npm": "test t audit", "nosetests": "", "osv-scanner": "", "phpunit": "", "pip-audit": "", "pnpm": "test audit", "pytest": "",
    "rspec": "", "safety": "check scan", "semgrep": "", "snyk": "test", "terrascan": "scan", "tfsec": "", "tox": "", "trivy": "",
    "trufflehog": "", "vitest": "", "yarn": "test audit", "zizmor": "",
}  # fmt: skip
"""A program and the subcommands that make it a check; none where it is always one."""
_RUNNERS = LAUNCHERS | frozenset(("python", "python3", "-m"))


def is_check(words: Sequence[str]) -> bool:
    """Whether a command, given as its words, tests or scans."""
    start = 0
    while start < len(words) - 1 and words[start] in _RUNNERS:
        start += 1
    wanted = _COMMANDS.get(words[start].rsplit("/", 1)[-1]) if words else None
    if wanted is None:
        return False
    follows = next((word for word in words[start + 1 :] if not word.startswith("-")), "")
    return not wanted or follows in wanted.split()


def is_check_action(action: str) -> bool:
    """Whether an action (`owner/name[/path]`, in lower case) tests or scans."""
    return has(action, "test") or has("/".join(action.split("/")[:2]), "test")
