"""Whether git ignores a file."""

from __future__ import annotations

from pathlib import Path

from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.tables.secret_formats import sample


def rules(root: Path, text: str, name: str = ".env", select: str = "env") -> list[tuple[str, int]]:
    (root / name).write_text(text, encoding="utf-8", newline="")
    report = run([str(root)], Options(root=str(root), select=[select]))
    return [(one.rule.rpartition("/")[2], one.line) for one in report.findings if one.path == name]


def test_outside_of_git_nothing_is_known(tmp_path: Path) -> None:
    assert rules(tmp_path, f"DB_PASSWORD={sample('password', 1)}\n", select="env/env-file-not-ignored") == []
