"""What an organisation requires, and exceptions: neither comments nor the settings of a pull request silence it."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from infralint.cli.main import main
from infralint.engine.discover import UsageError
from infralint.engine.fixing import fix
from infralint.engine.options import Options
from infralint.engine.report import Report
from infralint.engine.run import run

FAULT = "services:\n  a:\n    image: x:1\n    privileged: true\n"
RULE = "compose/privileged-service"
SILENCED = FAULT.replace("true\n", "true  # infralint: ignore[privileged-service] no\n")
EXCEPTION = """
[[exception]]
rule = "{rule}"
path = "{path}"
owner = "platform team"
reason = "the agent needs it"
until = {until}
"""


def rows(report: Report) -> list[tuple[str, str, bool]]:
    return [(one.rule, one.path, one.fails) for one in report.findings if not one.rule.startswith("infralint/inline")]


def judged(root: Path, **options: Any) -> Report:
    return run([str(root)], Options(root=str(root), today=date(2026, 11, 1), **options))


def put(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / {"settings": "infralint.toml", "compose": "compose.yaml"}.get(name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "settings",
    [
        "", 'exclude = ["*"]\n', 'select = ["env"]\n', 'ignore = ["privileged-service"]\n', 'fixtures = ["*"]\n',
        'min-severity = "critical"\nfail-on = "never"\n', '[per-file-ignores]\n"**" = ["compose"]\n',
        '[files]\n"*.yaml" = "env"\n', '[rules.privileged-service]\nseverity = "info"\n', "file-seconds = 0\n",
        'accept-unreadable = ["**"]\n',
    ],
)  # fmt: skip
def test_no_setting_and_no_comment_silences_a_required_rule(tmp_path: Path, settings: str) -> None:
    policy = tmp_path / "policy" / "policy.toml"
    policy.parent.mkdir()
    policy.write_text('required = ["privileged-service"]\n', encoding="utf-8")
    root = tmp_path / "tree"
    root.mkdir()
    put(root, compose=SILENCED, settings=settings)
    (root / ".git").mkdir()
    report = judged(root, policy=str(policy))
    assert (RULE, "compose.yaml", True) in rows(report)
    found = next(one for one in report.findings if one.rule == RULE)
    assert found.required_by == str(policy)
    assert not any(one.rule == RULE for one in report.suppressed)
    assert len([one for one in report.findings if one.rule == RULE]) == 1


def test_settings_of_the_repository_may_require_rules(tmp_path: Path) -> None:
    put(tmp_path, compose=SILENCED, settings='required = ["compose"]\nfail-on = "never"\n')
    report = judged(tmp_path)
    assert (RULE, "compose.yaml", True) in rows(report)
    assert report.findings[0].required_by == "infralint.toml"


def test_a_baseline_does_not_hide_what_is_required(tmp_path: Path) -> None:
    put(tmp_path, compose=FAULT, settings='required = ["privileged-service"]\nbaseline = "b.json"\n')
    (tmp_path / "b.json").write_text('{"findings": []}', encoding="utf-8")
    CliRunner().invoke(main, ["baseline", "write", str(tmp_path), "--file", str(tmp_path / "b.json")])
    assert (RULE, "compose.yaml", True) in rows(judged(tmp_path))


def test_required_rules_see_secrets_masked(tmp_path: Path) -> None:
    secret = "hunter2" + "A" * 12
    put(tmp_path, compose=FAULT, settings='required = ["compose"]\nexclude = ["*.yaml"]\n')
    (tmp_path / "compose.yaml").write_text(
        f"services:\n  a:\n    image: x:1\n    privileged: true\n    environment:\n      DB_PASSWORD: {secret}\n",
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, ["check", "--root", str(tmp_path), str(tmp_path)])
    assert "privileged" in result.stdout
    assert secret not in result.stdout


@pytest.mark.parametrize(
    ("until", "path", "left"),
    [
        ("2026-11-01", "compose.yaml", []), ("2026-10-31", "compose.yaml", ["infralint/expired-suppression", RULE]),
        ('"2026-12-31"', "**", []), ("2026-12-31", "other/**", ["infralint/unused-suppression", RULE]),
    ],
)  # fmt: skip
def test_an_exception_holds_for_its_path_until_its_last_day(
    tmp_path: Path, until: str, path: str, left: list[str]
) -> None:
    put(tmp_path, compose=FAULT)
    put(tmp_path, **{".infralint/exceptions.toml": EXCEPTION.format(rule="privileged-service", path=path, until=until)})
    report = judged(tmp_path, select=None)
    shown = [one.rule for one in report.findings if one.rule in (RULE, "infralint/expired-suppression")]
    unused = [
        one.rule for one in judged(tmp_path, profile="pedantic").findings if one.rule == "infralint/unused-suppression"
    ]
    assert sorted({*shown, *unused}) == sorted(left)
    if not left:
        assert report.suppressed[-1].suppressed == (
            f"exception of platform team until {until.strip(chr(34))}: the agent needs it"
        )


def test_a_repository_grants_no_exception_from_the_policy_of_its_organisation(tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('required = ["privileged-service"]\n', encoding="utf-8")
    root = tmp_path / "tree"
    root.mkdir()
    granted = EXCEPTION.format(rule="privileged-service", path="**", until="2027-01-01")
    put(root, compose=FAULT, **{".infralint/exceptions.toml": granted})
    assert (RULE, "compose.yaml", True) in rows(judged(root, policy=str(policy)))
    policy.write_text('required = ["privileged-service"]\n' + granted, encoding="utf-8")
    assert RULE not in [rule for rule, _, _ in rows(judged(root, policy=str(policy)))]


def test_a_policy_sets_floors(tmp_path: Path) -> None:
    put(tmp_path, compose="services:\n  a:\n    image: x:1\n    cpus: .5\n    user: root\n")
    (tmp_path / ".env").write_text("B\n", encoding="utf-8")
    policy = tmp_path / "p" / "policy.toml"
    policy.parent.mkdir()
    policy.write_text(
        'fail-on = "low"\nrequired = ["key-without-value"]\n[rules.key-without-value]\nseverity = "critical"\n',
        encoding="utf-8",
    )
    put(tmp_path, settings='fail-on = "never"\n[rules.key-without-value]\nseverity = "info"\n')
    found = [one for one in judged(tmp_path, policy=str(policy)).findings if one.rule == "env/key-without-value"]
    assert [(one.severity.label, one.fails) for one in found] == [("critical", True)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("required = 3\n", "policy.toml:1: required is a list"),
        ("\nrequired = ['no-such']\n", "policy.toml:2: required names 'no-such'"),
        ("required = ['hadolint/DL3008']\n", "only rules of infralint"),
        ("requires = []\n", "policy.toml:1: a policy has no key 'requires'; did you mean"),
        ("fail-on = 'grave'\n", "policy.toml:1: 'grave' is no severity"),
        ("a = \n", "policy.toml:1:5: is not TOML"),
        ("[[exception]]\nrule = 'privileged-service'\n", "policy.toml:1: the exception lacks path, owner, reason, until"),
        (EXCEPTION.format(rule="no-such", path="x", until="2027-01-01"), "policy.toml:2: the exception names 'no-such'"),
        (EXCEPTION.format(rule="env", path="../x", until="2027-01-01"), "leads out of the repository"),
        (EXCEPTION.format(rule="env", path="x", until="'soon'"), "is its last day"),
        (EXCEPTION.format(rule="env", path="x", until="2027-01-01T00:00:00"), "is its last day"),
        (EXCEPTION.format(rule="env", path="x", until="2027-01-01") + "why = 1\n", "has no key 'why'"),
        ("exception = 1\n", "write each exception as a table"),
    ],
)  # fmt: skip
def test_a_broken_policy_is_an_error_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as error:
        judged(tmp_path, policy=str(policy))
    assert said in str(error.value)


def test_what_is_fixed_is_no_longer_required(tmp_path: Path) -> None:
    put(tmp_path, settings='required = ["duplicate-key"]\n')
    (tmp_path / ".env").write_text("A=1  # infralint: ignore[duplicate-key] no\nA=1\n", encoding="utf-8")
    assert "env/duplicate-key" in [one.rule for one in judged(tmp_path).findings]
    (tmp_path / ".env").write_text("A=1\nA=1\n", encoding="utf-8")
    result = fix([str(tmp_path)], Options(root=str(tmp_path)))
    assert "env/duplicate-key" not in [one.rule for one in result.report.findings]


def call(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True, cwd=root)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A base branch `base` with settings, and a branch that works on it."""
    put(
        tmp_path,
        settings='ignore = ["DL3002"]\n[rules.privileged-service]\nseverity = "critical"\n',
        compose="services: {}\n",
    )
    git(tmp_path, "init", "-q", "-b", "base")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "base")
    git(tmp_path, "checkout", "-q", "-b", "work")
    return tmp_path


def findings(*arguments: str) -> list[tuple[str, str]]:
    return [
        (one["rule"], one["severity"])
        for one in json.loads(call("check", "--format", "json", *arguments).stdout)["findings"]
    ]


def test_settings_of_a_pull_request_do_not_count_before_they_are_merged(history: Path) -> None:
    put(history, compose=FAULT, settings='exclude = ["*"]\nselect = ["env"]\n')
    put(
        history,
        **{".infralint/exceptions.toml": EXCEPTION.format(rule="privileged-service", path="**", until="2999-01-01")},
    )
    root = str(history)
    assert findings(root) == []
    assert findings(root, "--policy-from", "base") == [(RULE, "critical")]
    git(history, "add", "-A")
    git(history, "commit", "-q", "-m", "work")
    assert findings(root, "--policy-from", "base") == [(RULE, "critical")]
    assert findings(root, "--policy-from", "work") == []


def test_a_file_with_the_name_of_the_ref_is_no_policy(history: Path) -> None:
    put(history, compose=SILENCED, base="required = []\n", settings='exclude = ["*"]\n')
    assert findings(str(history), "--policy-from", "base") == []  # the comment counts, the exclude does not
    put(history, compose=FAULT)
    assert findings(str(history), "--policy-from", "base") == [(RULE, "critical")]


def test_a_baseline_is_taken_from_the_ref(history: Path) -> None:
    put(history, compose=FAULT, settings='baseline = "b.json"\n')
    call("check", str(history), "--write-baseline", str(history / "b.json"))
    assert findings(str(history)) == []
    assert findings(str(history), "--policy-from", "base") == [(RULE, "critical")]
    git(history, "add", "-A")
    git(history, "commit", "-q", "-m", "baseline")
    (history / "b.json").write_text('{"findings": []}', encoding="utf-8")
    assert findings(str(history), "--policy-from", "work") == []


def test_a_ref_that_is_not_there_is_an_error(history: Path) -> None:
    result = call("check", str(history), "--policy-from", "no/such")
    assert result.exit_code == 2
    assert "--policy-from no/such: there is no such commit here" in result.stderr
    assert call("check", str(history), "--policy-from", "none.toml").exit_code == 2
