"""Env files are added to .gitignore."""

from __future__ import annotations

import subprocess
from pathlib import Path

from infralint.engine.fixing import fix, write
from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.tables.secret_formats import sample


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
