"""Lines that are entries."""

from __future__ import annotations

from pathlib import Path

from infralint.engine.options import Options
from infralint.engine.run import run


def rules(root: Path, text: str, name: str = ".env", select: str = "env") -> list[tuple[str, int]]:
    (root / name).write_text(text, encoding="utf-8", newline="")
    report = run([str(root)], Options(root=str(root), select=[select]))
    return [(one.rule.rpartition("/")[2], one.line) for one in report.findings if one.path == name]


def test_a_script_that_is_sourced_is_read_for_its_assignments(tmp_path: Path) -> None:
    text = 'A=1\nif [ -z "$B" ]; then\n  B=2\nfi\nA=3\n'
    assert rules(tmp_path, text, select="env") == [("duplicate-key", 5)]
