"""`infralint pins update` against git servers of its own: what is written, what is refused, and that nothing else is run."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from git_server import CI, Repository, git, use

import infralint
from infralint.analysis.github.pins import FILE, read_pins
from infralint.analysis.github.remote_refs import meaning
from infralint.cli.main import main
from infralint.engine import pins, remote
from infralint.engine.discover import UsageError
from infralint.syntax.remote_refs import Refs

DAY = "2026-01-31"


def update(tree: Path, server: Path | str, day: str = DAY, seconds: float = 30) -> pins.Update:
    return pins.update(str(tree), str(server), seconds, day)


def rows(tree: Path) -> list[tuple[str, str, str, str]]:
    found, faults = read_pins((tree / FILE).read_text())
    assert not faults
    return [(pin.action, pin.ref, pin.commit, pin.tag) for pin in found]


def call(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["pins", "update", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_without_online_nothing_is_asked_or_written(tree: Path, server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(tree, "a/b@v1")
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a program was started"))
    result = call(str(tree), "--server", str(server))
    assert result.exit_code == 2
    assert "--online" in result.stderr
    assert not (tree / FILE).exists()


def test_tags_are_written_with_exact_tag_source_and_date_and_the_fix_uses_them(tree: Path, server: Path) -> None:
    commit = Repository(server / "a/b").commit("one", "v4", "v4.2", annotated=("v4.2.2",))
    use(tree, "a/b/sub@v4", "'a/b@v4.2.2' # v4", "c/d@" + "1" * 40, "./x", "docker://alpine:3.22")
    result = call(str(tree), "--online", "--server", str(server))
    assert result.exit_code == 0, result.output
    assert rows(tree) == [("a/b", "v4", commit, "v4.2.2"), ("a/b", "v4.2.2", commit, "v4.2.2")]
    pin = read_pins((tree / FILE).read_text())[0][0]
    assert pin.source == f"{server}/a/b"
    assert len(pin.date) == 10
    infralint.fix([tree], root=tree, select=["unpinned-action"])
    assert f"- uses: a/b/sub@{commit} # v4.2.2\n      - uses: 'a/b@{commit}' # v4.2.2\n" in (tree / CI).read_text()


def test_an_annotated_tag_is_followed_to_its_commit(tree: Path, server: Path) -> None:
    repository = Repository(server / "a/b")
    commit = repository.commit("one", annotated=("v1.0.0", "v1"))
    assert git(repository.folder, "rev-parse", "v1") != commit
    use(tree, "a/b@v1")
    assert update(tree, server).faults == []
    assert rows(tree) == [("a/b", "v1", commit, "v1.0.0")]


def test_a_line_that_moves_on_is_followed_and_said(tree: Path, server: Path) -> None:
    repository = Repository(server / "a/b")
    repository.commit("one", "v1", "v1.0.0")
    use(tree, "a/b@v1")
    update(tree, server)
    fresh = repository.commit("two", "v1", "v1.1.0")
    done = update(tree, server, "2026-02-28")
    assert done.faults == []
    assert ["v1.0.0" in note and "v1.1.0" in note for note in done.notes] == [True]
    assert rows(tree) == [("a/b", "v1", fresh, "v1.1.0")]
    assert "date = 2026-02-28" in (tree / FILE).read_text()


def test_a_release_whose_tag_moved_keeps_its_pin_and_fails(tree: Path, server: Path) -> None:
    repository = Repository(server / "a/b")
    first = repository.commit("one", "v1", "v1.0.0")
    use(tree, "a/b@v1")
    update(tree, server)
    text = (tree / FILE).read_text()
    moved = repository.commit("evil", "v1", "v1.0.0")
    result = call(str(tree), "--online", "--server", str(server))
    assert result.exit_code == 1
    assert "v1.0.0 has moved" in result.stderr
    assert first in result.stderr
    assert moved in result.stderr
    assert (tree / FILE).read_text() == text


def test_a_comment_that_names_another_commit_is_told(tree: Path, server: Path) -> None:
    Repository(server / "a/b").commit("one", "v1", "v1.0.0")
    use(tree, "a/b@v1", f"a/b@{'1' * 40} # v1.0.0", f"a/b@{'2' * 40} # v1")
    done = update(tree, server)
    assert len(done.faults) == 1
    assert done.faults[0].startswith(f"{CI}: a/b v1.0.0 is ")


def test_what_is_missing_is_named_and_the_rest_is_written(tree: Path, server: Path) -> None:
    commit = Repository(server / "a/b").commit("one", "v1", "v1.0.0")
    use(tree, "a/b@v1", "a/b@v9", "no/where@v1")
    result = call(str(tree), "--online", "--server", str(server))
    assert result.exit_code == 1
    assert "a/b@v9: no tag or branch has this name" in result.stderr
    assert "no/where: " in result.stderr
    assert rows(tree) == [("a/b", "v1", commit, "v1.0.0")]


def test_where_nothing_can_be_pinned_nothing_is_written(tree: Path, server: Path) -> None:
    use(tree, "no/where@v1")
    result = call(str(tree), "--online", "--server", str(server))
    assert result.exit_code == 1
    assert "nothing was written" in result.stderr
    use(tree, "./x", "a/b@" + "1" * 40)
    result = call(str(tree), "--online", "--server", str(server))
    assert result.exit_code == 0
    assert "nothing to pin" in result.stderr
    assert not (tree / FILE).exists()


def test_a_repository_that_does_not_answer_keeps_its_pins(tree: Path, server: Path) -> None:
    commit = Repository(server / "a/b").commit("one", "v1", "v1.0.0")
    use(tree, "a/b@v1")
    update(tree, server)
    (server / "a").rename(server / "away")
    assert len(update(tree, server, "2026-02-28").faults) == 1
    assert rows(tree) == [("a/b", "v1", commit, "v1.0.0")]
    assert f"date = {DAY}" in (tree / FILE).read_text()


def test_pins_stay_when_all_is_pinned_and_go_with_the_last_use(tree: Path, server: Path) -> None:
    commit = Repository(server / "a/b").commit("one", "v1", "v1.0.0")
    use(tree, "a/b@v1")
    update(tree, server)
    use(tree, f"a/b@{commit} # v1.0.0")
    assert update(tree, server).faults == []
    assert rows(tree) == [("a/b", "v1", commit, "v1.0.0")]
    use(tree, "./x")
    assert update(tree, server).notes == ["a/b is not used any more; its pins were dropped"]
    assert rows(tree) == []


@pytest.mark.parametrize(
    ("ref", "tags", "branches", "wanted"),
    [
        ("v4", {"v4": "1", "v4.2.2": "1", "v4.10.0": "1", "v5.0.0": "2"}, {}, ("1", "v4.10.0")),
        ("v4", {"v4": "1"}, {}, ("1", "v4")),
        ("v4", {"v4": "1", "v3.9.9": "1"}, {}, ("1", "v4")),
        ("v4", {"v4": "1", "v4.1.0-rc.1": "1"}, {}, ("1", "v4")),
        ("stable", {"stable": "1", "v2.0.1": "1", "v2": "1"}, {}, ("1", "v2.0.1")),
        ("sub-v1", {"sub-v1": "1", "sub-v1.2.0": "1", "other-v9.0.0": "1"}, {}, ("1", "sub-v1.2.0")),
        ("release/v1", {"v1.12.4": "1"}, {"release/v1": "1"}, ("1", "v1.12.4")),
        ("main", {"v1.0.0": "2"}, {"main": "1"}, "branch"),
        ("v1", {"v1": "1"}, {"v1": "2"}, "different commits"),
        ("v1", {"v1": "1"}, {"v1": "1"}, ("1", "v1")),
        ("v9", {"v1": "1"}, {}, "no tag or branch"),
    ],
)
def test_what_a_ref_means(ref: str, tags: dict[str, str], branches: dict[str, str], wanted: Any) -> None:
    lines = [f"{commit * 40}\trefs/tags/{name}" for name, commit in tags.items()]
    lines += [f"{commit * 40}\trefs/heads/{name}" for name, commit in branches.items()]
    found = meaning(ref, Refs("\n".join(lines)))
    if isinstance(wanted, str):
        assert isinstance(found, str)
        assert wanted in found
    else:
        assert found == (wanted[0] * 40, wanted[1])


def test_names_that_no_comment_could_hold_are_passed_over() -> None:
    one = "1" * 40
    assert Refs(
        f"{one}\trefs/tags/a b\n{one}\trefs/tags/\x1b[31m\n{one}\trefs/tags/a#b\nnonsense\n{one}\trefs/tags/v1\n"
    ).tags == {"v1": one}


@pytest.mark.parametrize(
    "bad", ["ext::sh -c id", "-x", "relative/path", "https://user:word@host", "https://h/\n", "fd::3", ""]
)
def test_a_server_that_cannot_be_meant_is_refused(tree: Path, bad: str) -> None:
    use(tree, "a/b@v1")
    with pytest.raises(UsageError):
        update(tree, bad)
    assert not (tree / FILE).exists()


def test_a_broken_pins_file_is_left_alone(tree: Path, server: Path) -> None:
    use(tree, "a/b@v1")
    (tree / FILE).write_text("[[pin]]\n")
    assert call(str(tree), "--online", "--server", str(server)).exit_code == 2
    assert (tree / FILE).read_text() == "[[pin]]\n"


def test_nothing_is_written_through_a_link(tree: Path, server: Path, tmp_path: Path) -> None:
    Repository(server / "a/b").commit("one", "v1", "v1.0.0")
    (tree / "action.yml").write_text(
        "name: a\ndescription: b\nruns:\n  using: composite\n  steps:\n    - uses: a/b@v1\n"
    )
    (tree / ".github/workflows").rmdir()
    (tree / ".github").rmdir()
    (tmp_path / "outside").mkdir()
    (tree / ".github").symlink_to(tmp_path / "outside")
    with pytest.raises(UsageError):
        update(tree, server)
    assert list((tmp_path / "outside").iterdir()) == []


def test_settings_of_the_judged_repository_are_not_asked(
    tree: Path, server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = Repository(server / "a/b").commit("one", "v1", "v1.0.0")
    mark = tmp_path / "mark"
    use(tree, "a/b@v1")
    git(tree, "init", "-q")
    git(tree, "config", f"url.ext::sh -c 'touch {mark}'.insteadOf", str(server))
    git(tree, "config", "core.fsmonitor", f"touch {mark}")
    monkeypatch.chdir(tree)
    monkeypatch.setenv("GIT_DIR", str(tree / ".git"))
    assert update(tree, server).faults == []
    assert rows(tree) == [("a/b", "v1", commit, "v1.0.0")]
    assert not mark.exists()


def test_over_http_without_a_prompt(
    tree: Path, server: Path, web: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "asked"
    program = tmp_path / "askpass"
    program.write_text(f"#!/bin/sh\ntouch {asked}\necho x\n")
    program.chmod(0o755)
    monkeypatch.setenv("GIT_ASKPASS", str(program))
    monkeypatch.setenv("SSH_ASKPASS", str(program))
    commit = Repository(server / "a/b").commit("one", annotated=("v1", "v1.0.0"))
    use(tree, "a/b@v1", "private/b@v1")
    done = update(tree, web)
    assert rows(tree) == [("a/b", "v1", commit, "v1.0.0")]
    assert done.faults == ["private/b: git is asked for a password there: the repository does not exist or is private"]
    assert not asked.exists()


def test_a_server_that_says_nothing_is_given_up(tree: Path) -> None:
    use(tree, "a/b@v1")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        done = update(tree, f"http://127.0.0.1:{silent.getsockname()[1]}", seconds=1)
    assert done.faults == ["a/b: git did not answer within 1 s"]
    assert not (tree / FILE).exists()


def test_without_git_it_says_so(tree: Path, server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(tree, "a/b@v1")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="git is not installed"):
        remote.ask(f"{server}/a/b", 5)
