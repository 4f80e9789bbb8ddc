"""Start-up loads little, and nothing of what lies in the working directory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = {
    "sarif_om", "attr", "ruamel", "jsonschema", "checkov", "http", "urllib.request", "ssl", "multiprocessing", "tomllib",
    "asyncio", "hypothesis", "difflib", "unittest", "email", "xml", "socket",
}  # fmt: skip
ROOT = Path(__file__).parent.parent


def test_judging_one_file_loads_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=1\n", encoding="utf-8")
    code = (
        "import sys\nsys.argv = ['infralint', 'check', sys.argv[1]]\n"
        "from infralint.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0, end.code\n"
        "print('\\n' + ' '.join(sorted(sys.modules)))\n"
    )
    for _ in range(2):  # the first run may compile the rules
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / ".env")], capture_output=True, text=True, cwd=ROOT, check=True
        )
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded & HEAVY == set()
    assert not any(name.startswith("infralint.model.github.workflow") for name in loaded), (
        "models of kinds that are not met"
    )


def test_the_working_directory_is_not_imported_from(tmp_path: Path) -> None:
    trap = f"open({str(tmp_path / 'hacked')!r}, 'w').close()\nraise SystemExit(7)\n"
    for name in (
        "typing",
        "yaml",
        "click",
        "pathspec",
        "sitecustomize",
        "ast",
        "subprocess",
        "infralint_x",
        "sarif_om",
        "tomllib",
    ):
        (tmp_path / f"{name}.py").write_text(trap, encoding="utf-8")
    (tmp_path / ".env").write_text("A=1\n", encoding="utf-8")
    (tmp_path / "infralint.toml").write_text("", encoding="utf-8")
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "infralint", "check", "."],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (tmp_path / "hacked").exists()
