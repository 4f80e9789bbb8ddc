"""What must not matter does not: line ends and a byte order mark change neither a verdict nor a fix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from infralint.engine.fixing import fix, write
from infralint.engine.prove import _lay_out, _options
from infralint.engine.run import run
from infralint.model.kinds import kind_of
from infralint.policy.card import Card, Example
from infralint.policy.catalogue import read_cards, rules_folder

CARDS = read_cards(rules_folder())
MARK = "\ufeff"
Row = tuple[str, str, str, int, int, str, tuple[tuple[int, str], ...], tuple[str, ...]]


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def marked(text: str) -> str:
    return MARK + text


def laid_out(root: Path, example: Example, change: Callable[[str], str]) -> None:
    files = {name: change(text) if kind_of(name) else text for name, text in example.files.items()}
    root.mkdir()
    _lay_out(str(root), example._replace(files=files))


def verdicts(card: Card, root: Path) -> list[Row]:
    """What is found, as a person would tell it: line ends in a marked text do not count."""
    report = run([str(root)], _options(card, str(root), None))
    rows = []
    for one in report.findings:
        if one.rule == "env/windows-line-ends" != card.id:
            continue
        source = report.source(one.path)
        text = source.text[one.place.start : one.place.end].replace("\r\n", "\n") if source else ""
        related = tuple((place.line, say) for place, say in one.related)
        rows.append((one.rule, one.path, text, one.line, one.column, one.message, related, one.same_as))
    return rows


def mended(card: Card, root: Path) -> dict[str, str]:
    assert write(fix([str(root)], _options(card, str(root), None), unsafe=True)) == []
    files = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.relative_to(root).parts)
    return {path.relative_to(root).as_posix(): path.read_bytes().decode("utf-8") for path in files}


@pytest.mark.parametrize("change", [crlf, marked], ids=["crlf", "bom"])
@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_line_ends_and_marks_change_nothing(card: Card, change: Callable[[str], str], tmp_path: Path) -> None:
    for number, example in enumerate(one for one in card.examples if one.verdict == "bad"):
        plain, other = tmp_path / f"{number}-plain", tmp_path / f"{number}-other"
        laid_out(plain, example, str)
        laid_out(other, example, change)
        found = verdicts(card, plain)
        assert found
        assert verdicts(card, other) == found
        if "fix" not in card.header:
            continue
        expected = mended(card, plain)
        for name, text in mended(card, other).items():
            made = name not in example.files  # a new file has plain line ends and no mark
            assert text == (change(expected[name]) if kind_of(name) and not made else expected[name]), name
