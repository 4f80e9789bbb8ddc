"""What a file is for, and the files beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run


def rules(root: Path, text: str, name: str = ".env", select: str = "env") -> list[tuple[str, int]]:
    (root / name).write_text(text, encoding="utf-8", newline="")
    report = run([str(root)], Options(root=str(root), select=[select]))
    return [(one.rule.rpartition("/")[2], one.line) for one in report.findings if one.path == name]


def test_an_example_is_held_against_the_files_beside_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=1\nB=2\n", encoding="utf-8")
    (tmp_path / ".env.local").write_text("C=3\n", encoding="utf-8")
    assert rules(tmp_path, "A=\n# C=\n", ".env.example", "env/undocumented-variable") == [("undocumented-variable", 1)]
    assert rules(tmp_path, "A=\n# C=\nB=\n", ".env.example", "env/undocumented-variable") == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (".env.production", True),
        ("prod.env", True),
        (".env.production.example", False),
        (".env", False),
        ("products.env", False),
    ],
)
def test_production_is_told_by_the_name(tmp_path: Path, name: str, found: bool) -> None:
    assert rules(tmp_path, "APP_DEBUG=true\n", name, "env/debug-in-production") == (
        [("debug-in-production", 1)] if found else []
    )
