"""A container that starts as root and goes on as another user is told from one that stays root."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run

HEAD = "FROM debian:13\nUSER app\nRUN make\nUSER root\n"


def is_reported(root: Path, text: str) -> bool:
    (root / "Dockerfile").write_text(HEAD + text, encoding="utf-8")
    report = run([str(root)], Options(root=str(root)))
    return "dockerfile/runs-as-root" in {one.rule for one in report.findings}


@pytest.mark.parametrize("program", ["nginx", "/usr/sbin/apache2ctl", "php-fpm8.2", "gosu app server"])
def test_servers_that_work_as_another_user_are_pedantic(tmp_path: Path, program: str) -> None:
    assert not is_reported(tmp_path, f"CMD {program} -x\n")


def test_other_programs_are_not(tmp_path: Path) -> None:
    assert is_reported(tmp_path, "CMD server --nginx\n")
