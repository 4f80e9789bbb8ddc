"""Env files: what their lines mean, and what mending them changes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from infralint.engine.fixing import fix, write
from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.tables.secret_formats import sample


def rules(root: Path, text: str, name: str = ".env", select: str = "env") -> list[tuple[str, int]]:
    (root / name).write_text(text, encoding="utf-8", newline="")
    report = run([str(root)], Options(root=str(root), select=[select]))
    return [(one.rule.rpartition("/")[2], one.line) for one in report.findings if one.path == name]


def mended(root: Path, text: str, *, unsafe: bool = False) -> str:
    (root / ".env").write_text(text, encoding="utf-8", newline="")
    assert write(fix([str(root)], Options(root=str(root), select=["env"]), unsafe=unsafe)) == []
    return (root / ".env").read_bytes().decode()


@pytest.mark.parametrize(
    ("before", "safe", "unsafe"),
    [
        ("A=b", "A=b\n", "A=b\n"),
        ("A=b\r\nB=c", "A=b\r\nB=c\r\n", "A=b\r\nB=c\r\n"),
        ("A=1\n\n\n\nB=2\n", "A=1\n\nB=2\n", "A=1\n\nB=2\n"),
        ('A="b"\n', 'A="b"\n', "A=b\n"),
        ("A=b \n", "A=b \n", "A=b\n"),
        ("A =b\n", "A=b\n", "A=b\n"),
        ("A= b\n", "A= b\n", "A=b\n"),
        ("B=1\n# of a\nA=2\n", "# of a\nA=2\nB=1\n", "# of a\nA=2\nB=1\n"),
        ("B=1\nA=${B}\n", "B=1\nA=${B}\n", "B=1\nA=${B}\n"),
        ("B=1\nA=$C\n", "B=1\nA=$C\n", "A=$C\nB=1\n"),
        ("A=1\nA=1\n", "A=1\n", "A=1\n"),
        ("A=1\nA=2\n", "A=1\nA=2\n", "A=1\n# A=2\n"),
        ("a-b=1\n", "a-b=1\n", "A_B=1\n"),
        ('K="one\n\n\ntwo"\n', 'K="one\n\n\ntwo"\n', 'K="one\n\n\ntwo"\n'),
    ],
)
def test_a_safe_fix_leaves_every_readers_value(tmp_path: Path, before: str, safe: str, unsafe: str) -> None:
    assert mended(tmp_path, before) == safe
    assert mended(tmp_path, before, unsafe=True) == unsafe
    assert mended(tmp_path, unsafe, unsafe=True) == unsafe


def test_a_file_that_git_would_add_gets_its_line(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "README.md").write_text("x\n", encoding="utf-8")
    for arguments in (["init", "-q"], ["add", "README.md"]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True, capture_output=True)
    for path in (".env", "sub/.env"):
        (tmp_path / path).write_text(f"DB_PASSWORD={sample('password', 1)}\n", encoding="utf-8")
    options = Options(root=str(tmp_path), select=["env/env-file-not-ignored"])
    assert len(run([str(tmp_path)], options).findings) == 2
    assert write(fix([str(tmp_path)], options)) == []
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "/.env\n/sub/.env\n"
    assert run([str(tmp_path)], options).findings == []


def test_outside_of_git_nothing_is_known(tmp_path: Path) -> None:
    assert rules(tmp_path, f"DB_PASSWORD={sample('password', 1)}\n", select="env/env-file-not-ignored") == []


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


def test_a_script_that_is_sourced_is_read_for_its_assignments(tmp_path: Path) -> None:
    text = 'A=1\nif [ -z "$B" ]; then\n  B=2\nfi\nA=3\n'
    assert rules(tmp_path, text, select="env") == [("duplicate-key", 5)]
