"""What must not matter does not: line ends and a byte order mark change neither a verdict nor a fix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from infralint.engine.fixing import fix, write
from infralint.engine.prove import lay_out, options_for
from infralint.engine.run import run
from infralint.model.kinds import kind_of
from infralint.policy.catalogue import read_rule_files, rules_folder
from infralint.policy.rule_file import Example, RuleFile

RULES = read_rule_files(rules_folder())
MARK = "\ufeff"
Row = tuple[str, str, str, int, int, str, tuple[tuple[int, str], ...], tuple[str, ...]]


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def marked(text: str) -> str:
    return MARK + text


def laid_out(root: Path, example: Example, change: Callable[[str], str]) -> None:
    files = {name: change(text) if kind_of(name) else text for name, text in example.files.items()}
    root.mkdir()
    lay_out(str(root), example._replace(files=files))


def verdicts(rule_file: RuleFile, root: Path) -> list[Row]:
    """What is found, as a person would tell it: line ends in a marked text do not count."""
    report = run([str(root)], options_for(rule_file, str(root), None))
    rows = []
    for one in report.findings:
        if one.rule == "env/windows-line-ends" != rule_file.id:
            continue
        source = report.source(one.path)
        text = source.text[one.place.start : one.place.end].replace("\r\n", "\n") if source else ""
        related = tuple((place.line, say) for place, say in one.related)
        rows.append((one.rule, one.path, text, one.line, one.column, one.message, related, one.same_as))
    return rows


def mended(rule_file: RuleFile, root: Path) -> dict[str, str]:
    assert write(fix([str(root)], options_for(rule_file, str(root), None), unsafe=True)) == []
    files = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.relative_to(root).parts)
    return {path.relative_to(root).as_posix(): path.read_bytes().decode("utf-8") for path in files}


@pytest.mark.parametrize("change", [crlf, marked], ids=["crlf", "bom"])
@pytest.mark.parametrize("rule_file", RULES, ids=lambda rule_file: rule_file.id)
def test_line_ends_and_marks_change_nothing(rule_file: RuleFile, change: Callable[[str], str], tmp_path: Path) -> None:
    for number, example in enumerate(one for one in rule_file.examples if one.verdict == "bad"):
        plain, other = tmp_path / f"{number}-plain", tmp_path / f"{number}-other"
        laid_out(plain, example, str)
        laid_out(other, example, change)
        found = verdicts(rule_file, plain)
        assert found
        assert verdicts(rule_file, other) == found
        if "fix" not in rule_file.header:
            continue
        expected = mended(rule_file, plain)
        for name, text in mended(rule_file, other).items():
            made = name not in example.files  # a new file has plain line ends and no mark
            assert text == (change(expected[name]) if kind_of(name) and not made else expected[name]), name
