"""A rule of the scanned tree is data: it runs nothing, stops in time, and takes nothing from the built-in ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.policy.catalogue import foreign_rules
from infralint.policy.rule_file import RuleError
from infralint.text.edit import Safety

EXAMPLES = "---\nWhy.\n\n```dotenv bad\n«A»=1\n```\n```dotenv good\n```\n"


def lay(root: Path, name: str = "env/mine", extra: str = "", folder: str = ".infralint/rules", **keys: str) -> Path:
    header = {
        "title": "t",
        "severity": "low",
        "each": "env.entry",
        "when": "True",
        "at": "entry.key",
        "say": "s",
        **keys,
    }
    path = root / folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{key}: {value}\n" for key, value in header.items())
    path.write_text(f"---\n{lines}{extra}{EXAMPLES}", encoding="utf-8")
    return path


def env(root: Path, text: str = "A=1\nA=2\n") -> None:
    (root / ".env").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "when",
    [
        "__import__('os').system('touch hacked')", "open('hacked', 'w')", "entry.key.__class__.__mro__[1]", "eval('1')",
        "entry.key.format(entry)", "any(print(x) for x in entry.key)", "[].append(1)", "entry.source.path", "entry.__dict__",
        "params.__class__", "budget.left", "remedy()", "project.index",
    ],
)  # fmt: skip
def test_code_is_refused(tmp_path: Path, when: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    env(tmp_path)
    lay(tmp_path, when=when)
    report = run(["."], Options(root=str(tmp_path)))
    failing = [(one.path, one.line) for one in report.findings if one.rule == "infralint/failing-custom-rule"]
    assert failing == [(".infralint/rules/env/mine.md", 5)]
    assert "env/duplicate-key" in [one.rule for one in report.findings]  # the run goes on
    assert sorted(os.listdir(tmp_path)) == [".env", ".infralint"]


@pytest.mark.parametrize("key", ["say", "at"])
def test_code_is_refused_in_every_sentence(tmp_path: Path, key: str) -> None:
    lay(tmp_path, **{key: "{open('x')}" if key == "say" else "open('x')"})
    with pytest.raises(RuleError):
        foreign_rules(tmp_path / ".infralint/rules")


def test_quotes_cannot_leave_their_text(tmp_path: Path) -> None:
    env(tmp_path)
    trick = "'); __import__('os').mkdir('hacked'); ('"
    lay(
        tmp_path,
        say=f'a {trick} """ {{{{ \\ {{entry.key}}',
        extra=f'tags: ["{trick}"]\nfiles: ["{trick}", "**"]\n',
        title=trick,
    )
    found = [one for one in run([str(tmp_path)], Options(root=str(tmp_path))).findings if one.rule == "local/env/mine"]
    assert [one.message for one in found] == [f'a {trick} """ {{ \\ A'] * 2
    assert not Path("hacked").exists()


def test_too_many_steps_are_a_finding_about_the_rule(tmp_path: Path) -> None:
    items = "".join(f'      - "{number}"\n' for number in range(600))
    (tmp_path / "compose.yaml").write_text(f"services:\n  a:\n    image: x:1\n    cap_add:\n{items}", encoding="utf-8")
    when = "any(any(c == d and c != d for d in service.capabilities) for c in service.capabilities)"
    lay(tmp_path, "compose/slow", each="compose.service", at="service.name", when=when)
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    assert [(one.rule, "local/compose/slow" in one.message) for one in report.findings] == [
        ("infralint/failing-custom-rule", True)
    ]
    assert "steps" in report.findings[0].message
    # the same rule of a folder that the user names is trusted to end
    trusted = run([str(tmp_path)], Options(root=str(tmp_path), trust_rules=True))
    assert trusted.findings == []


def test_a_rule_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    env(tmp_path)
    lay(tmp_path, when="entry.key < 1")
    found = {one.rule for one in run([str(tmp_path)], Options(root=str(tmp_path))).findings}
    assert {"infralint/failing-custom-rule", "env/duplicate-key"} <= found


@pytest.mark.parametrize(
    "extra", ["same_as: [hadolint/DL3002]\n", "same_as: ['hadolint/DL3002 if entry.key == \"A\"']\n"]
)
def test_it_cannot_claim_to_be_a_peers_rule(tmp_path: Path, extra: str) -> None:
    lay(tmp_path, extra=extra)
    with pytest.raises(RuleError, match="cannot claim"):
        foreign_rules(tmp_path / ".infralint/rules")
    assert foreign_rules(tmp_path / ".infralint/rules", trusted=True)[0].same_as == ("hadolint/DL3002",)


def test_it_neither_replaces_nor_silences_a_built_in(tmp_path: Path) -> None:
    env(tmp_path)
    plain = [one.rule for one in run([str(tmp_path)], Options(root=str(tmp_path))).findings]
    lay(tmp_path, "env/duplicate-key", when="False", extra="formerly: [env/duplicate-key, duplicate-key]\n")
    lay(tmp_path, "infralint/unused-suppression", each="infralint.problem", at="problem", when="False")
    assert [one.rule for one in run([str(tmp_path)], Options(root=str(tmp_path))).findings] == plain
    assert "env/duplicate-key" in plain


def test_its_fixes_are_only_shown_unless_it_is_trusted(tmp_path: Path) -> None:
    env(tmp_path, "A=1\n")
    lay(tmp_path, extra="fix: {safety: safe, replace: entry.key, with: B}\n")
    lay(tmp_path, "env/maker", folder="mine", extra="fix: {safety: safe, create_file: ../../x, text: y}\n")

    def safeties(**options: object) -> list[Safety | None]:
        found = run([str(tmp_path)], Options(root=str(tmp_path), **options)).findings  # type: ignore[arg-type]
        return [one.fix.safety if one.fix else None for one in found if one.rule.startswith("local/")]

    assert safeties() == [Safety.MANUAL]
    assert safeties(trust_rules=True) == [Safety.SAFE]
    assert safeties(rules_folder=str(tmp_path / "mine")) == [None, Safety.MANUAL]  # a path that leads outside is no fix


def test_pipes_links_and_huge_files_are_no_rules(tmp_path: Path) -> None:
    folder = tmp_path / ".infralint/rules/env"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "pipe.md")
    (tmp_path / "outside.md").write_text("secret", encoding="utf-8")
    (folder / "link.md").symlink_to(tmp_path / "outside.md")
    (folder / "folder.md").mkdir()
    assert foreign_rules(tmp_path / ".infralint/rules") == []
    (folder / "huge.md").write_bytes(b"---\n" + b"x" * 400_000)
    with pytest.raises(RuleError, match="longer than"):
        foreign_rules(tmp_path / ".infralint/rules")
    (folder / "huge.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RuleError, match="cannot be read"):
        foreign_rules(tmp_path / ".infralint/rules")
