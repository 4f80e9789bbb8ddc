"""What a stranger's tree can hold, or an editor can hand over, to run a program, leave the root or never end."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from infralint.cli.check import command
from infralint.engine.discover import UsageError
from infralint.engine.fixing import fix, write
from infralint.engine.mask import Hidden, hidden_in, mask_notices
from infralint.engine.options import Options
from infralint.engine.report import Notice
from infralint.engine.run import run
from infralint.output.formats import render
from infralint.tables.secret_formats import sample
from infralint.text.source import Source

RULE = """\
---
title: Key A
severity: high
each: env.entry
when: entry.key == "A"
at: entry.key
say: found
---
```dotenv bad
«A»=1
```
```dotenv good
B=1
```
"""


def git(root: Path, *arguments: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, env=environment)


def test_a_sparse_partial_clone_fetches_nothing(tmp_path: Path) -> None:
    root = tmp_path / "repository"
    for folder in ("a", "b"):
        (root / folder).mkdir(parents=True)
        (root / folder / ".env").write_text(f"{folder}=1\nA=1\nA=1\n", encoding="utf-8")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x")
    git(root, "sparse-checkout", "init", "--cone", "--sparse-index")
    git(root, "sparse-checkout", "set", "a")
    tree = subprocess.run(
        ["git", "rev-parse", "HEAD:b"], cwd=root, check=True, capture_output=True, text=True
    ).stdout.strip()
    (root / ".git/objects" / tree[:2] / tree[2:]).unlink()
    for key, value in {
        "core.repositoryformatversion": "1", "extensions.partialClone": "origin", "remote.origin.promisor": "true",
        "remote.origin.url": f"file://{tmp_path}/nowhere", "remote.origin.uploadpack": f"touch {tmp_path}/ran; false",
        "protocol.allow": "always",
    }.items():  # fmt: skip
        git(root, "config", key, value)
    report = run([str(root)], Options(root=str(root)))
    assert not (tmp_path / "ran").exists()
    assert [one.path for one in report.findings] == ["a/.env"]


@pytest.mark.parametrize("linked", [".infralint", ".infralint/rules"])
def test_rules_behind_a_link_out_of_the_root_are_refused(tmp_path: Path, linked: str) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    folder = outside / ("rules/env" if linked == ".infralint" else "env")
    folder.mkdir(parents=True)
    (folder / "key-a.md").write_text(RULE, encoding="utf-8")
    (root / linked).parent.mkdir(parents=True)
    (root / linked).symlink_to(outside)
    (root / ".env").write_text("A=1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="leads out of the root"):
        run([str(root)], Options(root=str(root)))


def test_a_linked_folder_among_the_rules_is_passed_over(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (tmp_path / "env").mkdir()
    (tmp_path / "env/key-a.md").write_text(RULE, encoding="utf-8")
    (root / ".infralint/rules").mkdir(parents=True)
    (root / ".infralint/rules/env").symlink_to(tmp_path / "env")
    os.mkfifo(root / ".infralint/rules/pipe.md")
    (root / ".env").write_text("A=1\n", encoding="utf-8")
    assert run([str(root)], Options(root=str(root))).findings == []


@pytest.mark.parametrize(
    ("name", "path"),
    [(".env", ".env"), ("sub/.env", "sub/.env"), ("./a/../.env", ".env"), ("{root}/sub/.env", "sub/.env")],
)
def test_standard_input_stands_for_a_file_below_the_root(
    tmp_path: Path, name: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    name = name.format(root=tmp_path)
    done = CliRunner().invoke(command, ["--stdin-filename", name, "--format", "json"], input="A=1\nA=2\n")
    assert done.exit_code == 1, done.output
    found = json.loads(done.stdout)["findings"]
    assert [(one["path"], one["line"]) for one in found] == [(path, 2)]


@pytest.mark.parametrize("name", ["", ".", "../.env", "../../x/.env"])
def test_standard_input_cannot_stand_for_anything_else(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "root").mkdir()
    monkeypatch.chdir(tmp_path / "root")
    done = CliRunner().invoke(command, ["--stdin-filename", name], input="A=1\nA=2\n")
    assert done.exit_code == 2, done.output
    assert done.stderr.startswith("infralint: ")
    assert done.stderr.count("\n") == 1


def test_standard_input_under_an_absolute_name_elsewhere_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(
        command, ["--stdin-filename", "/nowhere/at/all/.env", "--format", "concise"], input="A=1\nA=2\n"
    )
    assert done.exit_code == 1
    assert done.stdout.startswith(".env:2:1: ")


def test_a_root_alone_is_what_is_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/.env").write_text("A=1\nA=2\n", encoding="utf-8")
    done = CliRunner().invoke(command, ["--root", "sub", "--format", "concise"])
    assert done.exit_code == 1, done.output
    assert done.stdout.startswith("sub/.env:2:1: ")


@pytest.mark.skipif(os.name == "nt", reason="file names are text there")
def test_names_that_are_not_unicode_are_shown_in_every_format(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.env")).write_text("A=1\nA=2\n", encoding="utf-8")
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    for form in ("text", "concise", "json", "github", "sarif"):
        render(form, report).encode("utf-8")


def test_a_secret_in_a_key_or_a_silenced_finding_is_starred(tmp_path: Path) -> None:
    secret = sample("github-pat", 7)
    (tmp_path / "Dockerfile").write_text(f"FROM a\n{secret} foo\n", encoding="utf-8")
    (tmp_path / ".env").write_text(f"{secret}=1\n{secret}=2\n", encoding="utf-8")
    (tmp_path / "b.env").write_text(
        f"# infralint: ignore[duplicate-key, repository-token] because of {secret}\nA={secret}\n", encoding="utf-8"
    )
    (tmp_path / "compose.yaml").write_text(
        f"services:\n  {secret}: 1\n  {secret}: 2\n  a: *{secret}\n", encoding="utf-8"
    )
    report = run([str(tmp_path)], Options(root=str(tmp_path), profile="all"))
    assert report.suppressed
    for form in ("text", "concise", "json", "github", "sarif"):
        assert secret not in render(form, report), form


def test_a_secret_in_a_notice_is_starred() -> None:
    source = Source(".env", "A=swordfish\n")
    notices = [Notice(".env", "cannot be read: swordfish", "unreadable")]
    hidden = Hidden(hidden_in(source, [(2, 11)]))
    assert mask_notices(notices, hidden) == [Notice(".env", "cannot be read: ******", "unreadable")]


MAKES = RULE.replace("say: found", 'say: found\nfix: {safety: safe, create_file: "PATH", text: "made\\n"}')


@pytest.mark.parametrize(
    ("written", "value", "made"),
    [
        ("docs/new.md", "1", "docs/new.md"),
        ("docs/{entry.value}.md", "a b", "docs/a b.md"),
        ("docs/{entry.value}.md", "../../x", None),
        ("{entry.value}", "/srv/x", None),
        ("{entry.value}", ".git/hooks/pre-commit", None),
        ("{entry.value}", "sub/.GIT/config", None),
        ("{entry.value}", "linked/new.md", None),
        ("{entry.value}", "taken", None),
        ("{entry.value}", "c:x", None),
        ("{entry.value}", "a\\\\b", None),
    ],
)
def test_a_fix_makes_files_only_where_nothing_stands_below_the_root(
    tmp_path: Path, written: str, value: str, made: str | None
) -> None:
    root, rule_files = tmp_path / "root", tmp_path / "rules"
    for folder in (root, rule_files / "env", tmp_path / "outside"):
        folder.mkdir(parents=True)
    (rule_files / "env/makes.md").write_text(MAKES.replace("PATH", written), encoding="utf-8")
    (root / ".env").write_text(f'A="{value}"\n', encoding="utf-8")
    (root / "linked").symlink_to(tmp_path / "outside")
    (root / "taken").write_text("", encoding="utf-8")

    def files() -> set[str]:
        return {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}

    before = files()
    result = fix([str(root)], Options(root=str(root), rules_folder=str(rule_files), select=["makes"]))
    assert write(result) == []
    assert files() - before == ({f"root/{made}"} if made else set())


def test_a_link_that_appears_between_working_out_and_writing_is_not_followed(tmp_path: Path) -> None:
    root, rule_files = tmp_path / "root", tmp_path / "rules"
    for folder in (root, rule_files / "env", tmp_path / "outside"):
        folder.mkdir(parents=True)
    (rule_files / "env/makes.md").write_text(MAKES.replace("PATH", "docs/new.md"), encoding="utf-8")
    (root / ".env").write_text("A=1\n", encoding="utf-8")
    result = fix([str(root)], Options(root=str(root), rules_folder=str(rule_files), select=["makes"]))
    (root / "docs").symlink_to(tmp_path / "outside")
    assert len(write(result)) == 1
    assert list((tmp_path / "outside").iterdir()) == []
