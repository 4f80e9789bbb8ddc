"""Whole small repositories: what is said of them, and what the fixes make of them, to the byte.

INFRALINT_UPDATE=1 rewrites what is expected; read the difference before you commit it.
"""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess

import pytest

from infralint.engine.fixing import fix, write
from infralint.engine.options import Options
from infralint.engine.report import Report
from infralint.engine.rule_docs import describe
from infralint.engine.run import run
from infralint.output.formats import render

PROJECTS = pathlib.Path(__file__).parent.parent / "fixtures" / "projects"
EXPECTED = ("expected.sarif", "expected.patch")


def laid_out(name: str, folder: pathlib.Path) -> pathlib.Path:
    """A copy of a project without what is expected of it."""
    root = folder / name
    shutil.copytree(PROJECTS / name, root, ignore=shutil.ignore_patterns(*EXPECTED))
    return root


def judged(root: pathlib.Path) -> Report:
    report = run([str(root)], Options(root=str(root)))
    describe(report)
    return report


def matches(path: pathlib.Path, actual: str) -> None:
    if os.environ.get("INFRALINT_UPDATE"):
        path.write_bytes(actual.encode("utf-8"))
    assert actual == path.read_bytes().decode("utf-8"), f"{path} differs; INFRALINT_UPDATE=1 rewrites it"


@pytest.mark.parametrize("name", ["careless", "awkward"])
def test_findings_and_patch(name: str, tmp_path: pathlib.Path) -> None:
    root = laid_out(name, tmp_path)
    matches(PROJECTS / name / "expected.sarif", render("sarif", judged(root)))
    result = fix([str(root)], Options(root=str(root)), unsafe=True)
    matches(PROJECTS / name / "expected.patch", result.patch)


@pytest.mark.parametrize("name", ["careless", "awkward"])
def test_git_takes_the_patch_and_makes_the_same_of_it(name: str, tmp_path: pathlib.Path) -> None:
    root = laid_out(name, tmp_path)
    fixed = laid_out(name, tmp_path / "fixed")
    (tmp_path / "p.patch").write_bytes(fix([str(root)], Options(root=str(root)), unsafe=True).patch.encode())
    subprocess.run(["git", "apply", str(tmp_path / "p.patch")], cwd=root, check=True, capture_output=True)
    assert write(fix([str(fixed)], Options(root=str(fixed)), unsafe=True)) == []
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        assert path.read_bytes() == (fixed / path.relative_to(root)).read_bytes()


def test_the_clean_project_is_silent(tmp_path: pathlib.Path) -> None:
    root = laid_out("clean", tmp_path)
    report = judged(root)
    assert [f"{one.path}:{one.line} {one.rule}" for one in report.findings] == []
    assert report.notices == []
    assert report.kinds.keys() >= {"dockerfile", "compose", "workflow", "env"}


def test_the_careless_project_is_found_out_in_every_kind(tmp_path: pathlib.Path) -> None:
    report = judged(laid_out("careless", tmp_path))
    assert {one.rule.split("/")[0] for one in report.findings} >= {
        "any",
        "compose",
        "dockerfile",
        "env",
        "project",
        "workflow",
    }


def test_the_awkward_project_keeps_its_line_ends_and_bom(tmp_path: pathlib.Path) -> None:
    root = laid_out("awkward", tmp_path)
    write(fix([str(root)], Options(root=str(root)), unsafe=True))
    env = (root / ".env.local").read_bytes()
    assert env.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in env
    assert b"\n" not in env.replace(b"\r\n", b"")
    assert "GREETING=Grüße aus Köln 🚀".encode() in env
