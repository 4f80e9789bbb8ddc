"""`check --online` against git servers of its own: what is found, what stays unknown, and that nobody else is asked."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from git_server import CI, HEAD, Repository, git, use

import infralint
from infralint.cli.main import main
from infralint.engine import online, remote
from infralint.engine.fixing import fix, write
from infralint.engine.options import Options
from infralint.engine.prove import REMOTES, lay_out, options_for
from infralint.engine.report import Report
from infralint.engine.run import run
from infralint.engine.session import Session
from infralint.policy.catalogue import read_rule_files, rules_folder
from infralint.policy.rule_file import RuleFile
from infralint.text.finding import Finding

ROOT = Path(__file__).parent.parent.parent
RULES = [rule_file for rule_file in read_rule_files(rules_folder()) if "online" in rule_file.names("tags")]
NAMES = [rule_file.id for rule_file in RULES]


def options(tree: Path, server: Path | str | None, seconds: float = 30) -> Options:
    return Options(root=str(tree), select=NAMES, online=None if server is None else str(server), online_timeout=seconds)


def check(tree: Path, server: Path | str | None, seconds: float = 30) -> Report:
    return run([str(tree)], options(tree, server, seconds))


def found(report: Report) -> list[tuple[str, str]]:
    """Name of the rule, and the text it marks."""
    return [(one.rule.removeprefix("any/"), _text(report, one)) for one in report.findings]


def _text(report: Report, one: Finding) -> str:
    source = report.source(one.path)
    assert source is not None
    return source.text[one.place.start : one.place.end]


def notices(report: Report) -> list[str]:
    return [notice.message for notice in report.notices if notice.kind == "unanswered"]


def call(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["check", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize("form", ["path", "file"])
def test_what_a_repository_says_of_its_refs(tree: Path, server: Path, form: str) -> None:
    repository = Repository(server / "a/b")
    old = repository.commit("old")
    one = repository.commit("one", "v1.0.0", parent=old)
    two = repository.commit("two", "v2", annotated=("v2.0.0",), parent=one)
    git(repository.folder, "update-ref", "refs/heads/v2", one)
    theirs = repository.commit("impostor", branch="gone")
    git(repository.folder, "update-ref", "-d", "refs/heads/gone")
    assert git(repository.folder, "cat-file", "-t", theirs) == "commit"
    label = git(repository.folder, "rev-parse", "v2.0.0")
    assert label != two
    use(
        tree,
        "a/b@v2",
        "a/b@v1.0.0",
        "a/b@v3",
        f"a/b@{two} # v2.0.0",
        f"a/b@{label} # v2.0.0",
        f"A/B/sub@{one.upper()} # v2.0.0",
        f"a/b@{old}",
        f"a/b@{theirs}",
        f"a/b@{'0' * 40}",
    )
    report = check(tree, f"file://{server}" if form == "file" else server)
    assert found(report) == [
        ("ambiguous-action-ref", "v2"),
        ("missing-action-ref", "v3"),
        ("mismatched-version-comment", "v2.0.0"),
        ("untagged-commit", old),
        ("impostor-commit", theirs),
        ("untagged-commit", theirs),
        ("impostor-commit", "0" * 40),
        ("untagged-commit", "0" * 40),
    ]
    assert report.findings[2].line == 11
    assert notices(report) == []


def test_history_is_asked_only_of_commits_that_are_no_tips_and_once(
    tree: Path, server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Repository(server / "a/b").commit("one", "v1.0.0")
    Repository(server / "c/d").commit("one", "v1.0.0")
    asked: list[str] = []
    inner = remote.ask
    monkeypatch.setattr(online, "ask", lambda url, *rest: asked.append(url) or inner(url, *rest))
    monkeypatch.setattr(online, "reached", lambda *_: pytest.fail("a history was fetched"))
    use(tree, f"a/b@{one}", "A/b/x@v1.0.0", "c/d@v1.0.0", "c/d@v1.0.0", "./x", "docker://alpine:3", "nonsense")
    assert found(check(tree, server)) == []
    assert sorted(asked) == [f"{server}/a/b", f"{server}/c/d"]


def test_only_what_is_judged_is_asked_for(tree: Path, server: Path) -> None:
    use(tree, "a/b@v1")
    other = tree / ".github/workflows/other.yml"
    other.write_text(HEAD + "      - uses: c/d@v1\n")
    Repository(server / "a/b").commit("one", "v1")
    assert found(run([str(tree / CI)], options(tree, server))) == []
    assert found(check(tree, server)) == [("missing-action-repository", "c/d@v1")]


@pytest.mark.parametrize("folder", [".gitea", ".forgejo"])
def test_actions_of_other_forges_are_not_looked_for(tree: Path, server: Path, folder: str) -> None:
    Repository(server / "a/b").commit("one", "v1")
    use(tree, "a/b@v1")
    (tree / folder / "workflows").mkdir(parents=True)
    (tree / folder / "workflows/ci.yml").write_text(HEAD + "      - uses: a/b@v2\n      - uses: c/d@v2\n")
    report = check(tree, server)
    assert found(report) == []
    assert notices(report) == []


def test_an_unreached_history_is_unknown(tree: Path, server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Repository(server / "a/b").commit("one", "v1")
    use(tree, f"a/b@{'0' * 40}")
    monkeypatch.setattr(remote, "_size", lambda _: remote.MAX_ANSWER + 1)
    report = check(tree, server)
    assert found(report) == [("untagged-commit", "0" * 40)]
    assert [note.partition(":")[0] for note in notices(report)] == ["no answer from the history of a/b"]


def test_an_answer_that_is_too_long_is_none(tree: Path, server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Repository(server / "a/b").commit("one", *(f"v{number}" for number in range(20)))
    use(tree, "a/b@main", "a/b@nowhere")
    assert found(check(tree, server)) == [("missing-action-ref", "nowhere")]
    monkeypatch.setattr(remote, "MAX_ANSWER", 500)
    report = check(tree, server)
    assert found(report) == []
    assert len(notices(report)) == 1


def test_without_online_no_program_is_started_and_nothing_is_found(tree: Path, server: Path, tmp_path: Path) -> None:
    Repository(server / "a/b").commit("one", "v1")
    use(tree, "a/b@v2", f"a/b@{'0' * 40} # v1.0.0")
    assert found(check(tree, None)) == []
    mark, programs = tmp_path / "mark", tmp_path / "bin"
    programs.mkdir()
    (programs / "git").write_text(f"#!/bin/sh\n: > {mark}\nexit 1\n")
    (programs / "git").chmod(0o755)
    code = (
        "import sys\nsys.argv = ['infralint', 'check', sys.argv[1], '--select', sys.argv[2]]\n"
        "from infralint.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0, end.code\n"
        "print('\\n' + ' '.join(sorted(sys.modules)))\n"
    )
    environment = {"PATH": str(programs), "PYTHONPATH": str(ROOT)}
    arguments = [sys.executable, "-c", code, str(tree), ",".join(NAMES)]
    done = subprocess.run(arguments, capture_output=True, text=True, cwd=tmp_path, env=environment, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded & {
        "infralint.engine.online",
        "infralint.engine.remote",
        "infralint.analysis.github.remote_refs",
        "threading",
        "subprocess",
    } <= {"threading"}
    assert not mark.exists()


@pytest.mark.parametrize("rule_file", RULES, ids=lambda rule_file: rule_file.id)
def test_a_rule_that_needs_answers_is_silent_without_and_says_so(rule_file: RuleFile, tmp_path: Path) -> None:
    for number, example in enumerate(one for one in rule_file.examples if one.verdict == "bad"):
        root = tmp_path / str(number)
        root.mkdir()
        lay_out(
            str(root),
            example._replace(
                files={name: text for name, text in example.files.items() if not name.startswith(REMOTES)}
            ),
        )
        assert run([str(root)], options_for(rule_file, str(root), None)).findings == []
    result = CliRunner().invoke(main, ["explain", rule_file.name])
    assert "needs: infralint check --online" in result.output


def test_a_repository_that_does_not_answer_is_told_once_and_nothing_else(
    tree: Path, server: Path, tmp_path: Path
) -> None:
    Repository(server / "a/b").commit("one", "v1")
    (server / "no").mkdir()
    (server / "no/git").write_text("nothing of the kind")
    use(tree, "a/b@v1", "no/git@v1", "no/git/sub@v2")
    out = tmp_path / "out.json"
    result = call(
        str(tree),
        "--root",
        str(tree),
        "--select",
        ",".join(NAMES),
        "--online",
        "--server",
        str(server),
        "--output",
        f"json={out}",
    )
    assert result.exit_code == 0, result.output
    assert result.output.count("no answer from no/git: ") == 1
    assert str(server) not in result.output
    data = json.loads(out.read_text())
    assert data["findings"] == []
    assert [notice["kind"] for notice in data["notices"]] == ["unanswered"]
    sarif = call(str(tree), "--root", str(tree), "--online", "--server", str(server), "--format", "sarif")
    assert json.loads(sarif.output)["runs"][0]["invocations"][0]["executionSuccessful"] is True


def test_a_repository_that_is_not_there_is_a_finding_unless_none_is(tree: Path, server: Path) -> None:
    Repository(server / "a/b").commit("one", "v1")
    use(tree, "a/b@v1", "a/gone/sub@v1")
    assert found(check(tree, server)) == [("missing-action-repository", "a/gone/sub@v1")]
    use(tree, "a/gone@v1", "c/gone@v1")
    report = check(tree, server)
    assert found(report) == []
    assert len(notices(report)) == 1
    assert "a/gone, c/gone" in notices(report)[0]
    report = check(tree, server / "not" / "there")
    assert found(report) == []
    assert len(notices(report)) == 1


def test_over_http_what_has_moved_is_gone_or_private(tree: Path, server: Path, web: str) -> None:
    repository = Repository(server / "new/b")
    old = repository.commit("old")
    repository.commit("one", "v1", parent=old)
    git(repository.folder, "update-server-info")
    use(tree, "old/b@v1", f"new/b@{old} # v1.0.0", "a/gone@v1", "private/b@v1", "private/c@v1")
    report = check(tree, web)
    assert found(report) == [
        ("renamed-action-repository", "old/b@v1"),
        ("untagged-commit", old),
        ("mismatched-version-comment", "v1.0.0"),
        ("missing-action-repository", "a/gone@v1"),
    ]
    assert "new/b" in report.findings[0].message
    assert len(notices(report)) == 1
    assert "private/b, private/c: git is asked for a password there" in notices(report)[0]


def test_a_server_that_says_nothing_is_given_up_for_all_at_once(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(online, "AT_ONCE", 2)
    use(tree, *(f"a/b{number}@v1" for number in range(40)))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        report = check(tree, f"http://127.0.0.1:{silent.getsockname()[1]}", seconds=0.4)
    assert found(report) == []
    assert any("did not answer within 0.4 s" in note for note in notices(report))
    assert any("the time for asking is over" in note for note in notices(report))


def test_a_tree_that_uses_too_many_does_not_ask_them_all(
    tree: Path, server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(online, "MAX_ASKED", 1)
    Repository(server / "a/b").commit("one", "v1")
    Repository(server / "c/d").commit("one", "v1")
    use(tree, "c/d@v2", "a/b@v2")
    report = check(tree, server)
    assert [text for _, text in found(report)] == ["v2"]
    assert ["c/d: no more than 1" in note for note in notices(report)] == [True]


def test_settings_and_hooks_of_others_have_no_say(
    tree: Path, server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(server / "a/b")
    old = repository.commit("old")
    repository.commit("one", "v1", parent=old)
    mark, hooks = tmp_path / "mark", tmp_path / "hooks"
    hooks.mkdir()
    for name in ("reference-transaction", "post-checkout", "pre-auto-gc"):
        (hooks / name).write_text(f"#!/bin/sh\n: > {mark}\n")
        (hooks / name).chmod(0o755)
    (tmp_path / "gitconfig").write_text(f"[core]\n\thooksPath = {hooks}\n[init]\n\ttemplateDir = {tmp_path}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    use(tree, f"a/b@{old}", f"a/b@{'0' * 40}")
    git(tree, "init", "-q", "--template=")
    git(tree, "config", f"url.ext::sh -c 'touch {mark}'.insteadOf", str(server))
    git(tree, "config", "core.fsmonitor", f"touch {mark}")
    git(tree, "config", "core.hooksPath", str(hooks))
    monkeypatch.chdir(tree)
    monkeypatch.setenv("GIT_DIR", str(tree / ".git"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tree / ".git/objects"))
    before = sorted(tree.rglob("*"))
    assert [name for name, _ in found(check(tree, server))] == ["untagged-commit", "impostor-commit", "untagged-commit"]
    assert not mark.exists()
    assert sorted(tree.rglob("*")) == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_processes_see_the_answers(tree: Path, server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Repository(server / "a/b").commit("one", "v1")
    for number in range(60):
        (tree / f".github/workflows/{number:02}.yml").write_text(HEAD + f"      - uses: a/b@v{number}\n")
    alone = found(check(tree, server))
    assert len(alone) == 59
    monkeypatch.setattr("infralint.engine.run.PARALLEL_FROM", 10)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert found(check(tree, server)) == alone


def mended(tree: Path, server: Path, *rules: str, unsafe: bool = False) -> list[str]:
    asked = Options(root=str(tree), select=list(rules), online=str(server))
    assert write(fix([str(tree)], asked, unsafe=unsafe)) == []
    return [line.partition("uses: ")[2] for line in (tree / CI).read_text().splitlines() if "uses: " in line]


def test_unpinned_actions_are_pinned_by_the_answers(tree: Path, server: Path) -> None:
    repository = Repository(server / "a/b")
    one = repository.commit("one", "v1", "v1.0.0")
    two = repository.commit("two", "v2", "v2.1.0", parent=one)
    git(repository.folder, "update-ref", "refs/heads/v1", two)
    use(tree, "a/b@v2", "a/b@v1", "a/b@v1.0.0", "a/b@main", "a/b@v9", "no/where@v2")
    assert mended(tree, server, "unpinned-action") == [
        f"a/b@{two} # v2.1.0",
        "a/b@v1",
        f"a/b@{one} # v1.0.0",
        f"a/b@{two} # v2.1.0",
        "a/b@v9",
        "no/where@v2",
    ]


def test_one_tag_with_two_commits_is_not_pinned(tree: Path, server: Path) -> None:
    Repository(server / "a/b").commit("one", "v2", "v2.1.0")
    use(tree, "a/b@v2", "a/b@v2.1.0", f"a/b@{'1' * 40} # v2.1.0")
    assert mended(tree, server, "unpinned-action")[:2] == ["a/b@v2", "a/b@v2.1.0"]


def test_comments_are_mended_by_the_answers(tree: Path, server: Path) -> None:
    repository = Repository(server / "a/b")
    old = repository.commit("old")
    one = repository.commit("one", "v1.0.0", parent=old)
    two = repository.commit("two", "v2", annotated=("v2.1.0",), parent=one)
    use(tree, f"a/b@{two} # v1.0.0 (kept)", f"a/b@{old} # v1.0.0", f"'a/b@{one}'", f"a/b@{old}", f"a/b@{one} # why")
    safe = [
        f"a/b@{two} # v1.0.0 (kept)",
        f"a/b@{old} # v1.0.0",
        f"'a/b@{one}' # v1.0.0",
        f"a/b@{old}",
        f"a/b@{one} # why",
    ]
    both = ("mismatched-version-comment", "commit-without-version")
    assert mended(tree, server, *both) == safe
    assert mended(tree, server, *both, unsafe=True) == [f"a/b@{two} # v2.1.0 (kept)", *safe[1:]]


def test_a_server_that_cannot_be_meant_and_no_git_are_usage_errors(
    tree: Path, server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(tree, "a/b@v1")
    for bad in ("ext::sh -c id", "relative", "https://user:word@host"):
        result = call(str(tree), "--online", "--server", bad)
        assert result.exit_code == 2
        assert "--server" in result.stderr
    monkeypatch.setenv("PATH", str(tmp_path))
    result = call(str(tree), "--online", "--server", str(server))
    assert result.exit_code == 2
    assert "git is not installed" in result.stderr


def test_an_end_from_outside_ends_the_asking(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(tree, *(f"a/b{number}@v1" for number in range(20)))
    monkeypatch.setattr(threading.Thread, "join", _interrupted(threading.Thread.join))
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(KeyboardInterrupt):
        check(tree, f"http://127.0.0.1:{silent.getsockname()[1]}", seconds=30)


def _interrupted(join: Any) -> Any:
    calls = []

    def once(self: threading.Thread, timeout: float | None = None) -> None:
        calls.append(self)
        if len(calls) == 1:
            time.sleep(0.3)
            raise KeyboardInterrupt
        join(self, timeout)

    return once


def test_a_suppression_for_such_a_rule_is_not_idle_offline(tree: Path, server: Path) -> None:
    Repository(server / "a/b").commit("one", "v1")
    use(tree, "a/b@v2 # infralint: ignore[missing-action-ref] comes tomorrow")
    assert run([str(tree)], Options(root=str(tree))).findings == []
    report = run([str(tree)], Options(root=str(tree), online=str(server)))
    assert report.findings == []
    assert [one.rule for one in report.suppressed] == ["any/missing-action-ref"]


def test_offline_these_rules_are_not_even_asked(tree: Path) -> None:
    state = Session([str(tree)], Options(root=str(tree), profile="all"))
    active = {rule.id for _, rules in state.book.of("workflow", state.settings(CI)) for rule in rules}
    assert "any/unpinned-action" in active
    assert not active.intersection(NAMES)
    assert len(NAMES) >= 7


def test_who_selects_such_a_rule_offline_is_told(tree: Path) -> None:
    use(tree, "a/b@v1")
    assert "missing-action-ref asks" in call(str(tree), "--root", str(tree), "--select", "missing-action-ref").output
    assert "asks" not in call(str(tree), "--root", str(tree), "--select", "workflow,any").output


def test_the_interface_for_python_asks_nobody_unless_told(
    tree: Path, server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Repository(server / "a/b").commit("one", "v1", "v1.0.0")
    use(tree, "a/b@v2")
    assert [one.rule for one in infralint.check([tree], root=tree, select=NAMES, online=str(server)).findings] == [
        "any/missing-action-ref"
    ]
    use(tree, "a/b@v1")
    infralint.fix([tree], root=tree, select=["unpinned-action"], online=str(server))
    assert "# v1.0.0" in (tree / CI).read_text()
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a program was started"))
    assert infralint.check([tree], root=tree, select=NAMES).findings == []


def test_files_are_left_where_they_are(
    tree: Path, server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(server / "a/b")
    (tmp_path / "large").write_bytes(os.urandom(300_000))
    blob = git(repository.folder, "hash-object", "-w", str(tmp_path / "large"))
    (repository.folder / "list").write_text(f"100644 blob {blob}\tlarge\n")
    with (repository.folder / "list").open() as listed:
        kept = subprocess.run(
            ["git", "mktree"], cwd=repository.folder, stdin=listed, capture_output=True, text=True, check=True
        ).stdout.strip()
    old = git(repository.folder, "commit-tree", kept, "-m", "old")
    repository.commit("one", "v1", parent=old)
    use(tree, f"a/b@{old}", f"a/b@{'0' * 40}")
    monkeypatch.setattr(remote, "MAX_ANSWER", 100_000)
    assert len(notices(check(tree, server))) == 1, "this server sends all of it"
    git(repository.folder, "config", "uploadpack.allowFilter", "true")
    report = check(tree, server)
    assert notices(report) == []
    assert [text for rule, text in found(report) if rule == "impostor-commit"] == ["0" * 40]


def test_a_release_with_a_weakness_is_known_by_its_commit(tree: Path, server: Path) -> None:
    repository = Repository(server / "tj-actions/changed-files")
    bad = repository.commit("bad", "v40", "v40.0.0")
    good = repository.commit("good", "v46", "v46.0.1", parent=bad)
    name = "tj-actions/changed-files"
    use(tree, f"{name}@{bad} # v46.0.1", f"{name}@{good} # v40.0.0", f"{name}@{bad}")
    lines = [
        [
            one.line
            for one in run([str(tree)], Options(root=str(tree), select=["vulnerable-action"], online=to)).findings
        ]
        for to in (None, str(server))
    ]
    assert lines == [[7], [6, 8]]


def test_a_disk_without_room_is_no_answer(tree: Path, server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(tree, "a/b@v1")

    def full(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(online, "ask", full)
    report = check(tree, server)
    assert found(report) == []
    assert "No space left" in notices(report)[0]
