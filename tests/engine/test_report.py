"""A report reads files lazily, never outside of its root, and hides what is masked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from infralint.engine.report import Report
from infralint.text.edit import Edit, Fix, Safety
from infralint.text.finding import Confidence, Finding, Severity, place_at
from infralint.text.source import Source


def test_files_are_read_below_the_root_only(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (tmp_path / "outside").write_text("x")
    (tmp_path / "root2").write_text("x")
    (root / "sub/in.yml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    (root / "binary").write_bytes(b"\0")
    (root / "link").symlink_to(tmp_path / "outside")
    (root / "inner").symlink_to(root / "sub/in.yml")
    os.mkfifo(root / "pipe")
    report = Report(str(root), [])
    assert [report.source(path) for path in ("../outside", "../root2", "link", "pipe", "sub", "binary", "no")] == [
        None
    ] * 7
    assert report.source(str(root / "sub/in.yml")) is None
    for path in ("sub/in.yml", "inner"):
        source = report.source(path)
        assert source is not None
        assert source.text == "a: 1\n"


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([], "k: se cr\net"),
        ([(3, 11)], "k: ** **\n**"),
        ([(5, 8), (3, 6)], "k: ** **\net"),
        ([(3, 99), (4, 5)], "k: ** **\n**"),
    ],
)
def test_masks_keep_blanks_and_length(spans: list[tuple[int, int]], shown: str) -> None:
    report = Report(".", [], sources={"f": Source("f", "k: se cr\net")}, masks={"f": spans})
    assert report.masked("f") == shown


def test_a_fix_that_repeats_a_secret_is_not_shown() -> None:
    report = Report(".", [], sources={"f": Source("f", "k: abc\n")}, masks={"f": [(3, 6)]})
    assert not report.shows(Fix("move", Safety.SAFE, [Edit("g", 0, 0, "K=abc\n")]))
    assert report.shows(Fix("drop", Safety.SAFE, [Edit("f", 3, 6, "${K}")]))
    assert not report.shows(None)


def test_counts() -> None:
    source = Source("f", "x")
    findings = [
        Finding("a/b", "a", severity, Confidence.HIGH, "t", "m", place_at(source, 0, 1), fix=Fix("f", safety, []))
        for severity, safety in [
            (Severity.LOW, Safety.SAFE),
            (Severity.HIGH, Safety.UNSAFE),
            (Severity.LOW, Safety.UNSAFE),
            (Severity.LOW, Safety.MANUAL),
        ]
    ]
    report = Report(".", findings)
    assert list(report.counts.values()) == [0, 1, 0, 3, 0]
    assert (report.fixable, report.fixable_unsafe) == (1, 2)
    assert (report.rule(findings[0]).id, report.rule(findings[0]).name) == ("a/b", "b")
