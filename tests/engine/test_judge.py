"""A built-in rule that fails is a finding and an exit code, never a traceback and never a clean bill."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from infralint.cli import checking
from infralint.cli.main import main
from infralint.engine import files
from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.output.formats import render
from infralint.policy import catalogue
from infralint.policy.catalogue import Rule
from infralint.text.source import Source


def test_a_failing_rule_is_reported_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = catalogue.rules_of

    def broken(*_: object) -> bool:
        raise ZeroDivisionError("oh")

    def rules(kind: str, **wanted: bool) -> list[Rule]:
        found = genuine(kind, **wanted)
        for rule in found:
            if rule.id == "env/key-without-value":
                functions = rule.functions or ()
                rule.functions = (functions[0], broken, *functions[2:])
        return found

    monkeypatch.setattr(catalogue, "rules_of", rules)
    (tmp_path / ".env").write_text("A=1\nA=2\n")
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    assert [one.rule for one in report.findings] == ["infralint/unreadable-file", "env/duplicate-key"]
    assert "ZeroDivisionError" in report.findings[0].message
    assert [notice.kind for notice in report.notices] == ["unreadable"]


def test_a_noun_that_fails_is_reported_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from infralint.model.document import Noun
    from infralint.model.env.document import EnvDocument

    def broken(document: object) -> list[object]:
        raise ValueError("out of order")

    (tmp_path / ".env").write_text("A=1\nA=2\n", encoding="utf-8")
    nouns = {**EnvDocument.nouns, "variable": Noun(EnvDocument.nouns["variable"].type, broken)}
    monkeypatch.setattr(EnvDocument, "nouns", nouns)
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    assert {"infralint/unreadable-file", "env/duplicate-key"} <= {one.rule for one in report.findings}
    assert "A=" not in render("text", report)  # whose secrets are not known is not shown
    assert any(
        "variables could not be judged" in notice.message and "out of order" in notice.message
        for notice in report.notices
    )


def test_a_file_that_cannot_be_loaded_is_reported_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine = files.kinds.load

    def load(source: Source, *given: object) -> object:
        if source.path == "a.env":
            raise IndexError("oh")
        return genuine(source, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(files.kinds, "load", load)
    for name in ("a.env", "b.env"):
        (tmp_path / name).write_text("A=1\nA=2\n")
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    assert [(one.path, one.rule) for one in report.findings] == [
        ("a.env", "infralint/unreadable-file"), ("b.env", "env/duplicate-key"),
    ]  # fmt: skip
    assert "a fault of infralint" in report.findings[0].message
    assert "test_judge.py" in report.findings[0].message


def test_a_run_that_fails_ends_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(checking, "_run", fails)
    done = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert done.exit_code == 3
    assert done.stderr.startswith(
        "infralint: the run ended early, a fault of infralint to be reported: ZeroDivisionError: oh in "
    )
    assert done.stderr.count("\n") == 1
    monkeypatch.setenv("INFRALINT_TRACEBACK", "1")
    assert isinstance(CliRunner().invoke(main, ["check", str(tmp_path)]).exception, ZeroDivisionError)
