"""Workflows of Gitea and Forgejo: what they take is no fault, and what outsiders write is followed there too."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run

WORKFLOW = """\
name: ci
on:
  pull_request:
enable-email-notifications: true
jobs:
  test:
    runs-on: {runner}
    steps:
      - uses: {action}
      - env:
          TOKEN: ${{{{ secrets.FORGEJO_TOKEN }}}}
        run: |
          echo "${{{{ {context}.sha }}}}"
          {script}
"""


def rules(root: Path, folder: str, profile: str = "default", **parts: str) -> list[str]:
    given = {
        "runner": "docker",
        "action": "https://data.forgejo.org/actions/checkout@v4",
        "context": "forgejo",
        "script": "true",
    }
    path = root / folder / "workflows" / "ci.yml"
    path.parent.mkdir(parents=True)
    path.write_text(WORKFLOW.format(**{**given, **parts}), encoding="utf-8")
    return sorted(one.rule for one in run([str(root)], Options(root=str(root), profile=profile)).findings)


@pytest.mark.parametrize("folder", [".gitea", ".forgejo"])
@pytest.mark.parametrize("context", ["gitea", "forgejo", "forge", "github"])
def test_what_the_forge_takes_is_no_fault(tmp_path: Path, folder: str, context: str) -> None:
    assert rules(tmp_path, folder, context=context) == []


def test_on_github_it_is_one(tmp_path: Path) -> None:
    assert {"workflow/invalid-workflow", "any/malformed-action", "any/expression-type-error"} <= set(
        rules(tmp_path, ".github")
    )


@pytest.mark.parametrize("context", ["gitea", "forgejo", "github"])
def test_text_of_outsiders_is_followed(tmp_path: Path, context: str) -> None:
    script = f"echo '${{{{ {context}.event.pull_request.title }}}}'"
    assert rules(tmp_path, ".forgejo", script=script) == ["any/template-injection"]


def test_an_action_of_another_server_is_pinned_like_others(tmp_path: Path) -> None:
    action = "https://codeberg.org/someone/deploy@main"
    found = rules(tmp_path, ".forgejo", "pedantic", action=action)
    assert "any/unpinned-action" in found


def test_an_address_on_github_is_the_action_there(tmp_path: Path) -> None:
    action = "https://github.com/actions/checkout@v4\n        with: {no-such-input: x}"
    assert rules(tmp_path, ".gitea", action=action) == ["any/unknown-action-input"]
