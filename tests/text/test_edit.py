"""Edits and the patches made of them: what `git apply` does with a patch is exactly what `apply` does."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infralint.text.edit import Edit, Fix, Safety, apply, clash, compatible, diff

PATH = 'some dir/it\'s a "compose" — ünï.yml'
PIECES = ["a", "b: c", "\n", "\n", "\n", "\r\n", "\r", " ", "\t", "é", "😀", "\x0b", "\u2028", "\\", "--- x", "@@"]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text with edits that do not overlap; insertions may stand where a replacement begins."""
    text = draw(texts)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = [(cuts[i], cuts[i + 1]) for i in range(0, len(cuts) - 1, 2)]
    return text, [Edit(PATH, start, end, draw(texts)) for start, end in pairs]


def git(folder: Path, *arguments: str, data: bytes | None = None) -> None:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, input=data, capture_output=True, env=environment, check=False
    )
    assert done.returncode == 0, (done.stderr, data)


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repo")
    git(folder, "init", "-q")
    return folder


def patched(repo: Path, path: str, before: bytes | None, patch: str) -> bytes:
    """What the file holds after git applied the patch."""
    target = repo / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    if before is not None:
        target.write_bytes(before)
    if patch:
        git(repo, "apply", "--whitespace=nowarn", "-", data=patch.encode("utf-8", "surrogateescape"))
    return target.read_bytes()


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(changes(), st.booleans())
def test_git_applies_the_diff_as_apply_does(repo: Path, change: tuple[str, list[Edit]], bom: bool) -> None:
    text, edits = change
    mark = b"\xef\xbb\xbf" if bom else b""
    expected = mark + apply(text, edits).encode()
    assert patched(repo, PATH, mark + text.encode(), diff(PATH, text, edits, bom=bom)) == expected


@settings(max_examples=400, deadline=None, derandomize=True)
@given(changes())
def test_a_diff_is_empty_only_when_nothing_changes_and_lists_only_what_does(change: tuple[str, list[Edit]]) -> None:
    text, edits = change
    patch = diff(PATH, text, edits)
    assert (patch == "") == (apply(text, edits) == text)
    kept = [line[1:] for line in patch.split("\n")[3:] if line[:1] in (" ", "-")]
    lines = text.split("\n")
    at = 0
    for line in kept:  # what a hunk keeps or removes stands in the text, in that order
        at = lines.index(line, at) + 1


@pytest.mark.parametrize("text", ["", "one\n", "one", "one\ntwo\n", "one\r\ntwo", "\n\n"])
@pytest.mark.parametrize("path", ["new.txt", "a b/new file.txt", 'q"uote\\.txt', "tab\t.txt", "ü/é.txt"])
def test_git_creates_the_file(repo: Path, path: str, text: str) -> None:
    assert patched(repo, path, None, diff(path, "", [Edit(path, 0, 0, text, creates=True)])) == text.encode()


def test_a_byte_that_is_not_utf8_survives_the_patch(repo: Path) -> None:
    data = b"name: caf\xe9\nuser: root\n"
    text = data.decode("utf-8", "surrogateescape")
    at = text.index("root")
    assert patched(repo, "latin.yml", data, diff("latin.yml", text, [Edit("latin.yml", at, at + 4, "app")])) == (
        b"name: caf\xe9\nuser: app\n"
    )


def test_a_far_pair_of_edits_makes_two_hunks_with_right_numbers(repo: Path) -> None:
    text = "".join(f"line {n}\n" for n in range(1, 41))
    first, last = text.index("line 5\n"), text.index("line 35\n")
    edits = [Edit("f", first, first, "new\nmore\n"), Edit("f", last, last + 7, "LAST")]
    patch = diff("f", text, edits)
    assert [line for line in patch.split("\n") if line.startswith("@@")] == ["@@ -2,6 +2,8 @@", "@@ -32,7 +34,7 @@"]
    assert patched(repo, "f", text.encode(), patch) == apply(text, edits).encode()


def test_joining_two_lines_keeps_what_follows(repo: Path) -> None:
    text = "ab\ncd\nef\n"
    edits = [Edit("f", 1, 3, "")]
    assert apply(text, edits) == "acd\nef\n"
    assert patched(repo, "f", text.encode(), diff("f", text, edits)) == b"acd\nef\n"


@pytest.mark.parametrize("edits", [[(0, 2), (1, 3)], [(0, 9)], [(2, 1)], [(-1, 1)], [(0, 4), (2, 2)]])
def test_apply_refuses_what_overlaps_or_lies_outside(edits: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="overlaps or lies outside of f"):
        apply("abcd", [Edit("f", start, end, "x") for start, end in edits])


def test_insertions_at_one_place_keep_their_order() -> None:
    fix = Fix("two lines", Safety.SAFE, [Edit("f", 1, 1, "z"), Edit("f", 1, 1, "a"), Edit("f", 1, 2, "-")])
    assert apply("xyz", fix.edits) == "xza-z"


def fixes_of(*spans: tuple[int, int]) -> list[Fix]:
    return [Fix(f"{a}-{b}", Safety.SAFE, [Edit("f", a, b, f"<{n}>")]) for n, (a, b) in enumerate(spans)]


def test_an_insertion_inside_a_replacement_clashes() -> None:
    inner, outer = Edit("f", 4, 4, "x"), Edit("f", 3, 5, "y")
    assert clash(inner, outer)
    assert clash(outer, inner)
    assert clash(Edit("f", 5, 5, "x"), outer), "both may write the same key at its end"
    assert not clash(Edit("f", 6, 6, "x"), outer)
    assert not clash(Edit("g", 4, 4, "x"), outer)


def test_the_first_come_are_taken_and_the_rest_left() -> None:
    one, two, three, four = fixes_of((3, 5), (4, 4), (5, 6), (5, 9))
    taken, left = compatible([one, two, three, four])
    assert (taken, left) == ([one, three], [two, four])


def test_twins_count_once() -> None:
    one, twin = (Fix(t, Safety.SAFE, [Edit("f", 1, 2, "x")]) for t in ("one", "twin"))
    assert compatible([one, twin]) == ([one], [])


def test_a_fix_that_overlaps_itself_is_left() -> None:
    torn = Fix("torn", Safety.SAFE, [Edit("f", 1, 4, "x"), Edit("f", 2, 3, "y")])
    assert compatible([torn]) == ([], [torn])


def test_a_file_is_created_once() -> None:
    one = Fix("one", Safety.SAFE, [Edit("f", 0, 0, "x", creates=True)])
    two = Fix("two", Safety.SAFE, [Edit("f", 0, 0, "y", creates=True)])
    assert compatible([one, two]) == ([one], [two])


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4)), min_size=1, max_size=3), max_size=10))
def test_whatever_is_taken_can_be_applied_and_whatever_is_left_clashes(wanted: list[list[tuple[int, int]]]) -> None:
    fixes = [
        Fix(str(n), Safety.SAFE, [Edit("f", start, start + size, f"<{n}>") for start, size in spans])
        for n, spans in enumerate(wanted)
    ]
    taken, left = compatible(fixes)
    edits = [edit for fix in taken for edit in fix.edits]
    apply("0123456789abcdef", edits)
    for fix in left:
        own = any(a.start < b.end and b.start < a.end for i, a in enumerate(fix.edits) for b in fix.edits[i + 1 :])
        assert own or any(clash(edit, other) for edit in fix.edits for other in edits)
