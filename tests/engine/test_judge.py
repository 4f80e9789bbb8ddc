"""A built-in card that fails is a finding and an exit code, never a traceback and never a clean bill."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.policy import catalogue
from infralint.policy.catalogue import Rule


def test_a_failing_rule_is_reported_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = catalogue.rules_of

    def broken(*_: object) -> bool:
        raise ZeroDivisionError("oh")

    def rules(kind: str) -> list[Rule]:
        found = genuine(kind)
        for rule in found:
            if rule.id == "env/unquoted-spaces":
                functions = rule.functions or ()
                rule.functions = (functions[0], broken, *functions[2:])
        return found

    monkeypatch.setattr(catalogue, "rules_of", rules)
    (tmp_path / ".env").write_text("A=1\nA=2\n")
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    assert [one.rule for one in report.findings] == ["infralint/unreadable-file", "env/duplicate-key"]
    assert "ZeroDivisionError" in report.findings[0].message
    assert [notice.kind for notice in report.notices] == ["unreadable"]
