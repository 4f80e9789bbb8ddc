"""What people already wrote for gitleaks and detect-secrets counts, in every kind of file and in any text."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.tables.secret_formats import sample

TOKEN = sample("docker-hub-token", 1)  # no rule of gitleaks has this format
KEY = sample("aws-access-key", 2)


def reported(root: Path, name: str, text: str) -> list[int]:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    report = run([str(root)], Options(root=str(root), select="all", all_text=True))
    return sorted({one.line for one in report.findings if one.rule.startswith("any/")})


@pytest.mark.parametrize("mark", ["gitleaks:allow", "pragma: allowlist secret", "pragma: whitelist secret"])
@pytest.mark.parametrize("secret", [TOKEN, KEY], ids=["docker", "aws"])
@pytest.mark.parametrize(
    ("name", "line"),
    [
        (".env", "A={} # {}\n"),
        ("settings.yaml", "a: {} # {}\n"),
        ("notes.md", "Use {} <!-- {} -->\n"),
        ("main.go", 'const a = "{}" // {}\n'),
        ("compose.yaml", "services:\n  a:\n    command: say {} # {}\n"),
        ("Dockerfile", "FROM a\nRUN say {} # {}\n"),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n          say {} # {}\n",
        ),
    ],
)
def test_a_mark_on_the_line_silences_every_credential(
    tmp_path: Path, mark: str, secret: str, name: str, line: str
) -> None:
    at = line.count("\n")
    assert at in reported(tmp_path, name, line.format(secret, "why"))
    assert at not in reported(tmp_path, name, line.format(secret, mark))


def test_a_mark_speaks_of_its_own_line_alone(tmp_path: Path) -> None:
    assert reported(tmp_path, "notes.md", f"one {KEY} # gitleaks:allow\ntwo {KEY}\n") == [2]


def test_the_next_line_can_be_meant(tmp_path: Path) -> None:
    assert reported(tmp_path, "notes.md", f"# pragma: allowlist nextline secret\none {KEY}\ntwo {KEY}\n") == [3]


def test_our_own_comment_works_in_any_text(tmp_path: Path) -> None:
    assert reported(tmp_path, "main.go", f'// infralint: ignore[cloud-key] a made-up one\na := "{KEY}"\n') == []
