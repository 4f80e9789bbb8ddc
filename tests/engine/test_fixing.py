"""Fixes are exact: the bytes they name change, everything else stays, or nothing is written."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import infralint
from infralint.engine.fixing import FixReport, Rewritten, fix, write
from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.text.edit import Edit, apply
from infralint.text.source import Source

SELECT = ["duplicate-key", "unquoted-spaces", "keys-out-of-order", "seccomp-unconfined", "privileged-service"]


def mend(root: Path, *, unsafe: bool = True, select: list[str] | None = SELECT) -> FixReport:
    return fix([str(root)], Options(root=str(root), select=select), unsafe=unsafe)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"G=Hello world\nH=2\n", b'G="Hello world"\nH=2\n'),
        (b"G=Hello world\r\nH=2\r\n", b'G="Hello world"\r\nH=2\r\n'),
        (b"\xef\xbb\xbfG=Hello world", b'\xef\xbb\xbfG="Hello world"'),
        (b"# \xff\xfe caf\xe9\nG=Hello world\n", b'# \xff\xfe caf\xe9\nG="Hello world"\n'),
        ("# ✓ 😀\nG=Hello wörld\n".encode(), '# ✓ 😀\nG="Hello wörld"\n'.encode()),
        ("\ufeffG=a b\r\n".encode("utf-16-le"), '\ufeffG="a b"\r\n'.encode("utf-16-le")),
    ],
)
def test_line_ends_marks_and_odd_bytes_stay(tmp_path: Path, before: bytes, after: bytes) -> None:
    path = tmp_path / ".env"
    path.write_bytes(before)
    path.chmod(0o640)
    result = mend(tmp_path)
    assert path.read_bytes() == before, "working out a fix writes nothing"
    assert write(result) == []
    assert path.read_bytes() == after
    assert path.stat().st_mode & 0o7777 == 0o640
    assert mend(tmp_path).files == []
    assert os.listdir(tmp_path) == [".env"]


def test_fixes_follow_each_other_until_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=a b\nA=c d\nA=e f\nB=\n", encoding="utf-8")
    result = mend(tmp_path)
    assert write(result) == []
    assert run([str(tmp_path)], Options(root=str(tmp_path), select=SELECT)).findings == []
    assert result.report.findings == []
    assert (tmp_path / ".env").read_text(encoding="utf-8").count("\nA=") + 1 >= 1
    assert (tmp_path / ".env").read_text(encoding="utf-8").endswith("B=\n")


def test_only_safe_fixes_unless_asked(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text("services:\n  a:\n    image: x:1\n    privileged: true\n", encoding="utf-8")
    assert mend(tmp_path, unsafe=False).files == []
    assert mend(tmp_path).files == ["compose.yaml"]


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=a b\n", encoding="utf-8")
    (tmp_path / "b.env").write_text("A=a b\n", encoding="utf-8")
    result = mend(tmp_path)
    (tmp_path / ".env").write_text("A=a bc\n", encoding="utf-8")
    failures = write(result)
    assert len(failures) == 1
    assert failures[0].startswith(".env: it changed")
    assert (tmp_path / ".env").read_text(encoding="utf-8") == "A=a bc\n"
    assert (tmp_path / "b.env").read_text(encoding="utf-8") == 'A="a b"\n'


@pytest.mark.parametrize("call", ["fsync", "chmod", "replace"])
def test_a_full_disk_leaves_the_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    (tmp_path / ".env").write_text("A=a b\n", encoding="utf-8")
    result = mend(tmp_path)

    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, full)
    assert write(result) == [".env: No space left on device; it was left as it is"]
    assert (result.files, result.applied) == ([], [])
    assert [one.name for one in tmp_path.iterdir()] == [".env"]
    assert (tmp_path / ".env").read_text(encoding="utf-8") == "A=a b\n"


def test_a_process_that_is_told_to_end_takes_its_temporary_file_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("A=a b\n", encoding="utf-8")
    result = mend(tmp_path)
    monkeypatch.setattr(os, "fsync", lambda _: os.kill(os.getpid(), signal.SIGTERM))
    with pytest.raises(SystemExit, match="143"):
        write(result)
    assert [one.name for one in tmp_path.iterdir()] == [".env"]
    assert (tmp_path / ".env").read_text(encoding="utf-8") == "A=a b\n"


def test_a_change_in_the_last_moment_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("A=a b\n", encoding="utf-8")
    result = mend(tmp_path)
    monkeypatch.setattr(os, "fsync", lambda _: (tmp_path / ".env").write_text("A=mine\n", encoding="utf-8"))
    assert write(result) == [".env: it changed while infralint ran; it was left as it is"]
    assert (tmp_path / ".env").read_text(encoding="utf-8") == "A=mine\n"


def test_a_fix_that_is_silenced_is_not_applied(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# infralint: ignore[unquoted-spaces] a test\nA=a b\nB=a b\n", encoding="utf-8")
    write(mend(tmp_path))
    assert (tmp_path / ".env").read_text(encoding="utf-8").endswith('\nA=a b\nB="a b"\n')


@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
@pytest.mark.parametrize("tail", [b"", b"Z=1"])
def test_the_patch_is_the_fix(tmp_path: Path, head: bytes, newline: bytes, tail: bytes) -> None:
    lines = [b"A=a b", b"# caf\xe9", b"C=3", b"D=4", b"E=5", b"F=6", b"G=7", b"H=8", b"I=i j", b"K=1", b"K=2", b""]
    before = head + newline.join(lines) + tail
    (tmp_path / ".env").write_bytes(before)
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b/x.env").write_bytes(before)
    result = mend(tmp_path)
    done = subprocess.run(
        ["git", "apply", "-p1"],
        cwd=tmp_path,
        input=result.patch.encode("utf-8", "surrogateescape"),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    patched = [(tmp_path / name).read_bytes() for name in (".env", "a b/x.env")]
    for name in (".env", "a b/x.env"):
        (tmp_path / name).write_bytes(before)
    assert write(result) == []
    assert patched == [(tmp_path / name).read_bytes() for name in (".env", "a b/x.env")]
    assert patched[0] != before


def test_yaml_outside_of_the_edit_stays_what_it_was(tmp_path: Path) -> None:
    text = (
        "x-base: &base # anchored\n  restart: always\nservices:\n  a:\n    <<: *base\n    security_opt:\n"
        "      - seccomp:unconfined # why\n    image: 'x:1'\n    command: >-\n      one\n      two\n"
    )
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    result = mend(tmp_path, select=["seccomp-unconfined"])
    write(result)
    after = (tmp_path / "compose.yaml").read_text(encoding="utf-8")
    assert after == text.replace("    security_opt:\n      - seccomp:unconfined # why\n", "")


# -- several rounds of edits are one set of edits on the original --------------------------------------------


@st.composite
def rounds(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    text = original = draw(st.text("abc\n", max_size=30))
    found = []
    for _ in range(draw(st.integers(0, 5))):
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
        edits = [
            Edit("f", start, end, draw(st.text("xyz\n", max_size=4)))
            for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        kept: list[Edit] = []
        for edit in edits:
            if not kept or edit.start > kept[-1].end or (edit.start == kept[-1].end and edit.start > kept[-1].start):
                kept.append(edit)
        found.append(kept)
        text = apply(text, kept)
    return original, found


@given(rounds())
def test_rewritten_segments_add_up(made: tuple[str, list[list[Edit]]]) -> None:
    original, found = made
    record = Rewritten(Source("f", original))
    text = record.original.text
    for edits in found:
        text = apply(text, edits)
        record.edit(edits)
        assert record.text == text
    edits = record.edits()
    assert apply(original, edits) == text
    assert all(one.end <= other.start for one, other in pairwise(edits))


@pytest.mark.filterwarnings("error")
def test_an_anchor_that_is_set_anew_neither_stops_a_fix_nor_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / ".github/workflows/ci.yml"
    path.parent.mkdir(parents=True)
    steps = "    steps:\n      - run: &a make\n      - run: &a make test\n      - run: *a\n"
    path.write_text(f"on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n{steps}", encoding="utf-8")
    result = fix([str(path)], Options(root=str(tmp_path), select="no-timeout"), unsafe=True)
    assert write(result) == []
    assert "timeout-minutes: " in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("behind", ["", "\n", "\n      - run: make\n", "      - run: make\n"])
def test_a_key_is_written_below_a_block_of_text_that_ends_its_mapping(
    tmp_path: Path, behind: str, newline: str
) -> None:
    path = tmp_path / ".github/workflows/ci.yml"
    path.parent.mkdir(parents=True)
    step = "      - uses: actions/checkout@v4\n        with:\n          sparse-checkout: |\n            docs\n"
    head = f"on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n{step}"
    path.write_text(head + behind, encoding="utf-8", newline=newline)
    result = fix([str(path)], Options(root=str(tmp_path), select="persisted-credentials"), unsafe=True)
    assert [notice.message for notice in result.notices] == []
    assert write(result) == []
    wanted = f"{head}          persist-credentials: false\n{behind}"
    assert path.read_bytes().decode() == wanted.replace("\n", newline)


def test_two_fixes_that_write_one_key_take_turns(tmp_path: Path) -> None:
    text = "name: n\nservices:\n  worker:\n    image: y:1\n  postgres:\n    image: postgres:17.2\n"
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    result = fix([str(tmp_path)], Options(root=str(tmp_path), select=["all"]), unsafe=True)
    assert write(result) == []
    made = (tmp_path / "compose.yaml").read_text(encoding="utf-8")
    assert made.count("restart: unless-stopped") == 2
    assert not [one for one in infralint.check(tmp_path).findings if one.rule.endswith("duplicate-key")]


RENAMES = """\
---
title: Old name
severity: low
each: env.entry
when: entry.key == "OLD"
at: entry.key
say: `OLD` has another name now
fix: {safety: safe, replace: entry.key, with: NEW}
---
It has.

```dotenv bad
«OLD»=1
```
```dotenv good
NEW=1
```
"""


def test_a_fix_whose_result_draws_a_finding_is_not_applied(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    (rules / "env").mkdir(parents=True)
    (rules / "env" / "renames.md").write_text(RENAMES, encoding="utf-8")
    root = tmp_path / "tree"
    root.mkdir()
    (root / ".env").write_text("NEW=1\nOLD=2\n", encoding="utf-8")
    result = fix([str(root)], Options(root=str(root), rules_folder=str(rules), select=["renames"]))
    assert result.files == []
    assert "would have a new finding of env/duplicate-key" in result.notices[0].message
    (root / ".env").write_text("OLD=2\n", encoding="utf-8")
    assert fix([str(root)], Options(root=str(root), rules_folder=str(rules), select=["renames"])).files == [".env"]
