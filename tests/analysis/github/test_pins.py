"""What a version of an action is known to be: pins beside it, the pins file, and when the two say too much."""

from __future__ import annotations

import pathlib

import pytest

import infralint
from infralint.analysis.github.pins import FILE, pinned_lines, read_pins
from infralint.analysis.github.versions import is_within, most_exact
from infralint.fixes.github.pins import pinned, pinned_to_release
from infralint.model import kinds
from infralint.model.index import Index
from infralint.text.edit import apply
from infralint.text.source import Source

ONE, TWO = "1" * 40, "2" * 40
CI = ".github/workflows/ci.yml"
HEAD = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"


def entry(**given: str) -> str:
    row = {
        "action": "a/b",
        "ref": "v4",
        "commit": ONE,
        "tag": "v4.2.2",
        "source": "https://github.com/a/b",
        "date": "2026-01-31",
    } | given
    return "[[pin]]\n" + "".join(f'{key} = "{value}"\n' for key, value in row.items() if value)


def fixes(folder: pathlib.Path, *lines: str, pins: str = "") -> tuple[str | None, str | None]:
    """What the two remedies make of the last line: pinned, and pinned_to_release."""
    text = HEAD + "".join(f"      - uses: {line}\n" for line in lines)
    (folder / CI).parent.mkdir(parents=True, exist_ok=True)
    (folder / CI).write_text(text)
    if pins:
        (folder / FILE).write_text(pins)
    document = kinds.load(Source(CI, text), Index(str(folder), {CI: "workflow"}), "workflow")
    uses = document.uses[len(lines) - 1]  # type: ignore[attr-defined]
    made = [
        apply(text, edits).splitlines()[-1].partition("uses: ")[2] if edits else None
        for edits in (pinned(uses), pinned_to_release(uses))
    ]
    return made[0], made[1]


def test_the_pins_file_gives_the_commit_and_its_exact_tag(tmp_path: pathlib.Path) -> None:
    assert fixes(tmp_path, "A/B/sub@v4", pins=entry()) == (f"A/B/sub@{ONE} # v4.2.2", None)
    assert fixes(tmp_path, "a/b@v4.2.2 # v4") == (f"a/b@{ONE} # v4.2.2", None), "the exact tag is known as well"
    assert fixes(tmp_path, "a/b@v4.2") == (None, f"a/b@{ONE} # v4.2.2"), "a version without a pin of its own"
    assert fixes(tmp_path, "a/b@v4 # see below") == (None, None)


def test_two_commits_for_one_tag_mean_no_fix(tmp_path: pathlib.Path) -> None:
    assert fixes(tmp_path, f"a/b@{TWO} # v4.2.2", "a/b@v4", pins=entry()) == (None, None)
    assert fixes(tmp_path, f"a/b@{TWO} # v4.2.2", "a/b@v4.2.2") == (None, None)
    assert fixes(tmp_path, f"a/b@{TWO} # v4", "a/b@v4") == (None, None)
    assert fixes(tmp_path, f"a/b@{ONE} # v4.2.2", "a/b@v4") == (f"a/b@{ONE} # v4.2.2", None)
    assert fixes(tmp_path, "a/b@v4", pins=entry() + entry(commit=TWO)) == (None, None)


def test_a_release_that_is_pinned_elsewhere_is_offered_for_its_line_if_it_is_the_only_one(
    tmp_path: pathlib.Path,
) -> None:
    assert fixes(tmp_path, f"a/b@{ONE} # v4.2.2", "a/b@v4") == (None, f"a/b@{ONE} # v4.2.2")
    assert fixes(tmp_path, f"a/b@{ONE} # v4.2.2", f"a/b@{TWO} # v4.3.0", "a/b@v4") == (None, None)
    assert fixes(tmp_path, f"a/b@{ONE} # v4.2.2", f"a/b@{TWO} # v4.3.0", "a/b@v4.3") == (None, f"a/b@{TWO} # v4.3.0")
    assert fixes(tmp_path, f"a/b@{ONE} # v4.2.2-rc.1", "a/b@v4") == (None, None)
    assert fixes(tmp_path, f"a/b@{ONE} # v41.2.2", "a/b@v4") == (None, None)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"source": ""}, "source"),
        ({"date": ""}, "date"),
        ({"date": "yesterday"}, "date"),
        ({"commit": "main"}, "commit"),
        ({"commit": "1" * 39}, "commit"),
        ({"tag": "v1 # x"}, "tag"),
        ({"tag": "v1\\nrun: x"}, "tag"),
        ({"tag": ""}, "no tag"),
        ({"action": "a/../b"}, "action"),
        ({"action": "-a/b"}, "action"),
    ],
)
def test_an_entry_that_is_not_whole_pins_nothing(tmp_path: pathlib.Path, change: dict[str, str], word: str) -> None:
    pins, faults = read_pins(entry(**change))
    assert not pins
    assert len(faults) == 1
    assert word in faults[0]
    assert fixes(tmp_path, "a/b@v4", pins=entry(**change)) == (None, None)


@pytest.mark.parametrize("text", ["[[pin]", "pin = 1", "pins = []", "[pin]\n", "[[pin]]\n"])
def test_a_file_that_is_no_pins_file_says_so(text: str) -> None:
    pins, faults = read_pins(text)
    assert not pins
    assert faults


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("- uses: a/b@%s # v4.2.2", "v4.2.2"),
        ("  uses: 'a/b/c@%s'  # tag=v3", "v3"),
        ('- "uses": "a/b@%s" # ratchet:a/b@v4.1', "v4.1"),
        ("- uses: a/b@%s # v4.2.2, keep", "v4.2.2"),
        ("- uses: a/b@%s # release/v1", "release/v1"),
        ("- uses: a/b@%s # main", None),
        ("- uses: a/b@%s", None),
        ("# - uses: a/b@%s # v4.2.2", None),
        ("run: echo uses: a/b@%s # v4.2.2", None),
    ],
)
def test_a_pin_is_read_with_the_version_of_its_comment(line: str, wanted: str | None) -> None:
    assert [name for *_, name in pinned_lines(line % ONE)] == ([wanted] if wanted else [])


def test_the_most_exact_tag_of_a_line() -> None:
    assert most_exact("v4", ["v4", "v4.2", "v4.10.0", "v4.9.1", "v4.11.0-rc.1", "4.12.0", "v41.0.0"]) == "v4.10.0"
    assert most_exact("sub-v1", ["sub-v1.2", "v1.2.3", "other-v1.2.3"]) == "sub-v1.2"
    assert most_exact("main", ["v1.2.3"]) == "main"
    assert not is_within("v4", "v4")


def test_a_broken_pins_file_is_a_finding_not_a_silence(tmp_path: pathlib.Path) -> None:
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_text(entry() + entry(source=""))
    report = infralint.check([tmp_path], root=tmp_path)
    assert [(one.rule, one.path) for one in report.findings] == [("infralint/unreadable-file", FILE)]
    assert "[[pin]] number 2" in report.findings[0].message
    (tmp_path / FILE).write_text(entry())
    assert not infralint.check([tmp_path], root=tmp_path).findings
