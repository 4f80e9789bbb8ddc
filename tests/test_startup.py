"""Start-up loads little, and nothing of what lies in the working directory.

What one small file of each kind loads is listed here by name and count, with the reason: no test measures seconds.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = {
    "sarif_om", "attr", "ruamel", "jsonschema", "jsonschema_rs", "checkov", "http", "urllib.request", "ssl", "multiprocessing", "tomllib",
    "asyncio", "hypothesis", "difflib", "unittest", "email", "xml", "socket", "click", "subprocess", "threading", "shutil", "tempfile",
    "datetime", "dataclasses", "inspect", "ast", "pathlib", "logging", "platform", "locale", "gettext", "json", "pickle", "hashlib",
    "yaml", "pathspec", "random", "traceback", "sqlite3", "textwrap", "argparse", "typing", "signal", "base64", "tree_sitter",
}  # fmt: skip
LANGUAGE = {
    "collections", "contextlib", "copyreg", "enum", "functools", "itertools", "keyword", "operator",
    "re", "re._casefix", "re._compiler", "re._constants", "re._parser", "reprlib", "types", "warnings", "collections.abc",
}  # fmt: skip
"""`functools`, `contextlib`, `re`, and what these import themselves."""
TOOLS = {
    "bisect": "lines of offsets", "fnmatch": "globs of file names", "gc": "the collector is set",
    "math": "entropy of secrets",
    "importlib": "rules and models of the kinds that are met", "importlib.machinery": "compiled rules",
    "importlib._bootstrap": "", "importlib._bootstrap_external": "", "zlib": "the stamp of the rules in a checkout",
}  # fmt: skip
SHELL = {"tree_sitter._binding", "tree_sitter_bash._binding"}
"""The parser of shell scripts."""
YAML = {"cython_runtime"}
"""What PyYAML's C extension leaves behind."""
FILES = {
    ".env": ("A=1\n", set(), 112),
    "Dockerfile": ('FROM debian:13\nRUN make\nUSER 1000\nCMD ["app"]\n', SHELL, 150),
    "compose.yaml": ("services:\n  web:\n    image: nginx:1.25.3\n", YAML, 165),
    ".github/workflows/ci.yml": (
        "on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make test\n",
        YAML | SHELL,
        240,
    ),
}
"""Of each kind: a small file, what it loads besides, and how many modules of ours at most."""
CODE = """
import os, sys
before = set(sys.modules)
sys.argv = ['infralint', 'check', sys.argv[1]]
def leave(code):
    print('\\n' + ' '.join(sorted(set(sys.modules) - before)))
    sys.stdout.flush()
    raise SystemExit(code)
os._exit = leave
from infralint.cli.start import main
main()
"""


def loaded(path: Path) -> set[str]:
    """The modules that judging a file loads."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-S", "-c", f"import sys\nsys.path += {sys.path!r}\n{CODE}", str(path)]
    for _ in range(2):  # the first run may compile the rules
        done = subprocess.run(command, capture_output=True, text=True, cwd=path.parent, env=environment, check=False)
    assert done.returncode in (0, 1), done.stderr
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("name", FILES)
def test_what_one_small_file_loads_is_listed(name: str, tmp_path: Path) -> None:
    text, own, count = FILES[name]
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    found = loaded(path)
    ours = {one for one in found if one.startswith("infralint")}
    foreign = {one for one in found - ours if not one.startswith("_")}
    assert found & HEAVY == set()
    assert foreign - LANGUAGE - TOOLS.keys() == own
    assert len(ours) <= count
    if name == ".env":
        assert not any(one.startswith("infralint.model.github.workflow") for one in ours), "models of kinds not met"


def test_in_a_repository_only_select_is_loaded_besides(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=1\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    found = loaded(tmp_path / ".env")
    assert found & HEAVY == set()
    assert {one for one in found if one[0] != "_" and not one.startswith("infralint")} - LANGUAGE - TOOLS.keys() == {
        "select"
    }


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
