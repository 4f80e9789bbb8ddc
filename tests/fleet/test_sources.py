"""What a run is asked for: which repositories, by which names, and hostile archives and lists."""

from __future__ import annotations

import io
import os
import re
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from infralint.engine.discover import UsageError
from infralint.fleet.opening import opened
from infralint.fleet.owners import Owners
from infralint.fleet.sources import Repository, commit_of, repositories_of, state_of


def names(*sources: Path | str) -> list[tuple[str, str]]:
    return [(one.name, one.form) for one in repositories_of([str(each) for each in sources], clone=False)]


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=a", "-c", "user.email=a@localhost", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def checkout(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "Dockerfile").write_text("FROM scratch\n", encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    return folder


def test_a_folder_of_repositories_and_a_list_of_them(tmp_path: Path) -> None:
    checkout(tmp_path / "all" / "a")
    (tmp_path / "all" / "plain").mkdir()
    git(tmp_path, "clone", "-q", "--bare", str(tmp_path / "all" / "a"), str(tmp_path / "all" / "b.git"))
    (tmp_path / "all" / "c.tar.gz").write_bytes(b"")
    (tmp_path / "all" / "notes.txt").write_text("", encoding="utf-8")
    expected = [("a", "checkout"), ("b", "bare"), ("c", "archive"), ("plain", "checkout")]
    assert names(tmp_path / "all") == expected
    (tmp_path / "list.txt").write_text("# ours\nall/a\n\nall/b.git\nall/a\n", encoding="utf-8")
    assert names(tmp_path / "list.txt") == expected[:2]
    assert names(tmp_path / "all" / "a") == expected[:1]


def test_repositories_of_one_name_are_told_apart_by_the_folder_above(tmp_path: Path) -> None:
    for team in ("red", "blue", "sub/red"):
        checkout(tmp_path / team / "api")
    found = names(*(tmp_path / team / "api" for team in ("red", "blue", "sub/red")))
    assert [name for name, _ in found] == ["api", "blue/api", "red/api"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("nowhere\n", "list.txt:1: nowhere is no folder, archive or git address"),
        (
            "\nhttps://git.example.com/a/b.git\n",
            "list.txt:2: https://git.example.com/a/b.git is an address; clone it with",
        ),
        ("\0", "is no list of repositories"),
    ],
)
def test_a_wrong_list_is_told_with_its_line(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "list.txt").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(said)):
        names(tmp_path / "list.txt")


def test_the_commit_is_read_without_git(tmp_path: Path) -> None:
    root = checkout(tmp_path / "a")
    wanted = git(root, "rev-parse", "HEAD").strip()
    assert commit_of(str(root / ".git")) == wanted
    git(root, "pack-refs", "--all")
    assert commit_of(str(root / ".git")) == wanted
    git(root, "worktree", "add", "-q", str(tmp_path / "other"))
    assert commit_of(str(tmp_path / "other" / ".git")) == wanted
    git(root, "checkout", "-q", wanted)
    assert commit_of(str(root / ".git")) == wanted


def test_the_state_of_a_checkout_changes_with_its_files(tmp_path: Path) -> None:
    root = checkout(tmp_path / "a")
    one = Repository("a", str(root), "checkout")
    before = state_of(one)
    assert state_of(one) == before
    (root / "new.txt").write_text("", encoding="utf-8")
    assert state_of(one) != before
    assert state_of(Repository("a", "https://git.example.com/a", "address")) == ("", "")


def test_nothing_of_an_archive_is_written_outside(tmp_path: Path) -> None:
    archive = tmp_path / "a.tar"
    with tarfile.open(archive, "w") as tar:
        for name in ("top/../../outside", "/absolute", "top/.git/config", "top/Dockerfile"):
            entry = tarfile.TarInfo(name)
            entry.size = 4
            tar.addfile(entry, io.BytesIO(b"FROM"))
        link = tarfile.TarInfo("top/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    packed = tmp_path / "b.zip"
    with zipfile.ZipFile(packed, "w") as zipped:
        for name in ("top/../../outside", "/absolute", "top/Dockerfile", "top/Dockerfile/inner"):
            zipped.writestr(name, "FROM")
    for path in (archive, packed):
        with opened(Repository("a", str(path), "archive")) as place:
            assert sorted(os.listdir(place.root)) == ["Dockerfile"]
            kept = place.root
        assert not os.path.exists(kept)
    assert sorted(os.listdir(tmp_path)) == ["a.tar", "b.zip"]


@pytest.mark.parametrize("name", ["a.tar.gz", "a.zip"])
def test_a_broken_archive_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"nonsense")
    with (
        pytest.raises(UsageError, match="cannot be unpacked"),
        opened(Repository("a", str(tmp_path / name), "archive")),
    ):
        pass


def test_a_bare_clone_is_read_without_its_filters_and_attributes(tmp_path: Path) -> None:
    root = checkout(tmp_path / "a")
    (root / ".gitattributes").write_text("Dockerfile export-ignore filter=evil\n", encoding="utf-8")
    (root / "large.bin").write_bytes(b"\0" * 6_000_000)
    git(root, "add", ".")
    git(root, "commit", "-qm", "second")
    bare = tmp_path / "b.git"
    git(tmp_path, "clone", "-q", "--bare", str(root), str(bare))
    git(bare, "config", "filter.evil.smudge", f"touch {tmp_path / 'ran'}; cat")
    git(bare, "config", "core.fsmonitor", f"touch {tmp_path / 'ran'}")
    with opened(Repository("b", str(bare), "bare")) as place:
        assert (Path(place.root) / "Dockerfile").read_text(encoding="utf-8") == "FROM scratch\n"
        assert (Path(place.root) / "large.bin").stat().st_size == 6_000_000
        assert place.tree is not None
        assert place.tree.tracked == {".gitattributes", "Dockerfile", "large.bin"}
        assert place.commit == git(root, "rev-parse", "HEAD").strip()
    assert not (tmp_path / "ran").exists()


def test_a_partial_clone_lacks_its_large_files_alone(tmp_path: Path) -> None:
    root = checkout(tmp_path / "a")
    (root / "compose.yaml").write_text("# a comment\n" * 1000, encoding="utf-8")
    git(root, "add", ".")
    git(root, "commit", "-qm", "second")
    git(root, "config", "uploadpack.allowFilter", "true")
    bare = tmp_path / "b.git"
    git(tmp_path, "clone", "-q", "--bare", "--filter=blob:limit=1k", f"file://{root}", str(bare))
    with opened(Repository("b", str(bare), "bare")) as place:
        assert (Path(place.root) / "Dockerfile").read_text(encoding="utf-8") == "FROM scratch\n"
        assert (Path(place.root) / "compose.yaml").stat().st_size > 5_000_000


def test_a_bare_clone_that_git_cannot_read_is_told(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "empty.git")], check=True)
    with (
        pytest.raises(UsageError, match="cannot be read by git: "),
        opened(Repository("empty", str(tmp_path / "empty.git"), "bare")),
    ):
        pass


def test_an_address_is_cloned_by_its_newest_commit(tmp_path: Path) -> None:
    root = checkout(tmp_path / "a")
    one = repositories_of([f"file://{root}"], clone=True)[0]
    assert (one.name, one.form) == ("a", "address")
    with opened(one) as place:
        assert (Path(place.root) / "Dockerfile").exists()
    missing = Repository("x", f"file://{tmp_path / 'nowhere'}", "address")
    with pytest.raises(UsageError, match="cannot be cloned"), opened(missing):
        pass


def test_the_last_row_that_matches_tells_the_owner() -> None:
    owners = Owners("* @all\n/deploy/ @ops @web # both\n*.yml @ci\n/deploy/free.yml\n!no\n[Docs] @writers\n*.md\n")
    found = [owners.of(path) for path in ("a", "deploy/x/y", "deploy/a.yml", "deploy/free.yml", "x.md")]
    assert found == ["@all", "@ops @web", "@ci", "", "@writers"]
