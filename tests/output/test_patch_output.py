"""One patch for many fixes, which git applies."""

from __future__ import annotations

import subprocess
from pathlib import Path

from output_sample import FILES, SECRET, edit_at, sample

from infralint.engine.report import Report
from infralint.output.patch import patch
from infralint.text.edit import Edit, Fix, Safety
from infralint.text.source import Source


def applied(tmp_path: Path, text: str, files: dict[str, bytes]) -> dict[str, bytes]:
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(
        ["git", "apply", "-"],
        cwd=tmp_path,
        input=text.encode("utf-8", "surrogateescape"),
        check=True,
        capture_output=True,
    )
    return {
        str(p.relative_to(tmp_path)): p.read_bytes()
        for p in tmp_path.rglob("*")
        if p.is_file() and ".git" not in p.parts
    }


def test_the_patch_of_a_report_mends_its_files(tmp_path: Path) -> None:
    report = sample()
    fixes = [finding.fix for finding in report.findings if finding.fix]
    fixes.append(Fix("a file", Safety.SAFE, [Edit("new dir/.dockerignore", 0, 0, ".git\n", creates=True)]))
    after = applied(tmp_path, patch(report, fixes), FILES)
    assert after == {
        **FILES,
        "compose.yaml": b"services:\n  web:\n    image: nginx\n",
        "deploy/my app.yml": FILES["deploy/my app.yml"].replace(SECRET.encode(), "${TOKEN} \U0001f511".encode()),
        "new dir/.dockerignore": b".git\n",
    }


def test_twins_and_clashing_fixes_leave_a_patch_that_applies(tmp_path: Path) -> None:
    report = sample()
    source = report.sources["compose.yaml"]
    assert source is not None
    first = Fix("pin", Safety.SAFE, [edit_at(source, "nginx", "nginx:1.27")])
    twin = Fix("pin", Safety.SAFE, [edit_at(source, "nginx", "nginx:1.27")])
    clashing = Fix("drop", Safety.SAFE, [edit_at(source, "    image: nginx\n", "")])
    after = applied(tmp_path, patch(report, [first, twin, clashing]), FILES)
    assert after["compose.yaml"] == FILES["compose.yaml"].replace(b"nginx", b"nginx:1.27")


def test_what_git_cannot_patch_is_left_out_whole() -> None:
    wide = Source("wide.yml", "a: 1\n".encode("utf-16"))
    plain = Source("plain.yml", b"a: 1\n")
    report = Report("/nowhere", [], sources={"wide.yml": wide, "plain.yml": plain})
    both = Fix("both", Safety.SAFE, [Edit("wide.yml", 3, 4, "2"), Edit("plain.yml", 3, 4, "2")])
    gone = Fix("gone", Safety.SAFE, [Edit("gone.yml", 0, 0, "x")])
    stale = Fix("stale", Safety.SAFE, [Edit("plain.yml", 90, 91, "x")])
    exists = Fix("exists", Safety.SAFE, [Edit("plain.yml", 0, 0, "x", creates=True)])
    assert patch(report, [both, gone, stale, exists]) == ""
