"""Kept results are those of judging anew, show no secret, and are worth nothing once they are damaged or foreign."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from infralint.engine import cache_folder, cached
from infralint.engine import run as running
from infralint.engine.files import judge_file
from infralint.engine.options import Options
from infralint.engine.report import Report
from infralint.engine.result_codec import LISTS, TEXTS
from infralint.engine.run import run
from infralint.engine.session import Session
from infralint.output.formats import render
from infralint.tables.secret_formats import sample
from infralint.text.finding import Finding

sys.path.append(str(Path(__file__).parent.parent.parent / "bench"))

FILES = {
    "app/Dockerfile": "FROM debian\nRUN apt-get install curl\nCOPY gone /x\nCMD app\n",
    "app/.dockerignore": "node_modules\n",
    "compose.yaml": "services:\n  web:\n    build: app\n    env_file: [web.env]\n    privileged: true\n  db:\n    image: postgres:${TAG}\n",
    "web.env": "A=1\nA=2\n",
    ".env.example": "A=\nB=\n",
    ".github/workflows/ci.yml": "on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
    "      - uses: ./.github/actions/x\n      - run: echo ${{ github.event.issue.title }}\n",
    ".github/actions/x/action.yml": "name: x\nruns:\n  using: composite\n  steps:\n    - run: make\n",
    ".gitlab-ci.yml": "include: [ci/a.yml]\na:\n  extends: .b\n  script: [curl https://x.example | sh]\n",
    "ci/a.yml": ".b:\n  image: node:14\n",
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache folder."""
    monkeypatch.setattr(cache_folder, "users_folder", lambda: str(tmp_path / "home/infralint"))
    return tmp_path / "home/infralint"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that are judged and not taken from the cache."""
    paths: list[str] = []

    def noted(session: Session, path: str, kind: str) -> object:
        paths.append(path)
        return judge_file(session, path, kind)

    monkeypatch.setattr(running, "judge_file", noted)
    return paths


def check(root: Path, **options: object) -> Report:
    return run([str(root)], Options(root=str(root), **{"cache": True, **options}))  # type: ignore[arg-type]


def told(report: Report) -> str:
    """All that outputs show of a report."""
    report.seconds = 0.0
    return "\n".join(render(name, report) for name in ("json", "text", "sarif"))


def entries(home: Path) -> list[Path]:
    return sorted(home.glob("results-*"))


def test_a_second_run_judges_nothing_and_says_the_same(root: Path, judged: list[str]) -> None:
    first = told(check(root))
    assert set(judged) == FILES.keys() - {"app/.dockerignore"}
    judged.clear()
    assert told(check(root)) == first == told(check(root, cache=False))
    assert len(judged) == len(FILES) - 1, "only the run without the cache judges"


@pytest.mark.parametrize(
    ("path", "text", "again"),
    [
        (".env", "TAG=12\n", {".env", "compose.yaml"}),
        ("app/.dockerignore", "*\n", {"app/Dockerfile"}),
        (".github/actions/x/action.yml", "name: y\nruns:\n  using: composite\n  steps:\n    - run: a\n",
         {".github/actions/x/action.yml", ".github/workflows/ci.yml"}),
        ("ci/a.yml", ".b:\n  image: node:22\n", {"ci/a.yml", ".gitlab-ci.yml"}),
        ("notes.txt", "A new file that no question was about\n", set()),
    ],
)  # fmt: skip
def test_only_what_asked_for_the_change_is_judged_again(
    root: Path, judged: list[str], path: str, text: str, again: set[str]
) -> None:
    check(root)
    judged.clear()
    (root / path).write_text(text, encoding="utf-8")
    warm = told(check(root))
    assert again <= set(judged)
    assert "app/Dockerfile" not in judged or path.startswith("app/")
    assert warm == told(check(root, cache=False))


@pytest.mark.parametrize(
    "changed",
    [
        {"profile": "pedantic"},
        {"select": ["hardcoded-secret"]},
        {"inline": False},
        {"trust_rules": True},
        {"all_text": True},
    ],
    ids=str,
)
def test_results_of_one_way_of_asking_are_not_those_of_another(root: Path, changed: dict[str, object]) -> None:
    check(root)
    assert told(check(root, **changed)) == told(check(root, **changed, cache=False))


def test_every_option_is_in_the_key_or_cannot_matter() -> None:
    silent = {
        "fail_on", "sets_floor", "progress", "baseline", "listing", "explains_excludes", "_today", "cache", "cache_dir", "root", "online_timeout",
        "engine_commands", "engine_timeout", "policy", "repository", "processes",
    }  # fmt: skip
    """After the results of the files, in the session's root, or of no weight without an engine or a server."""
    off = {"engines", "online", "remotes", "staged", "stdin", "as_kind"}
    """With these nothing is kept; a kind holds for named files, of which nothing is kept."""
    in_world = {"config", "rules_folder", "only_rule", "settings_root"}
    """They count by the settings and rules that they give."""
    assert set(Options.__slots__) == silent | off | in_world | set(cached.ASKED)


def test_settings_own_rules_and_other_linters_files_count(root: Path) -> None:
    own = root / ".infralint/rules/dockerfile/own.md"
    own.parent.mkdir(parents=True)
    rule = "---\ntitle: Own\nseverity: high\neach: dockerfile.stage\nwhen: stage.is_final\nat: stage\nsay: SAID\n---\nText.\n\n"
    check(root)
    for said in ("one", "two"):
        own.write_text(
            f"{rule.replace('SAID', said)}```dockerfile bad\n«FROM a:1»\n```\n```dockerfile good\n```\n",
            encoding="utf-8",
        )
        assert any(one.message == said for one in check(root).findings)
    (root / "infralint.toml").write_text('ignore = ["dockerfile"]\n', encoding="utf-8")
    assert not any(one.kind == "dockerfile" for one in check(root).findings)
    (root / "infralint.toml").unlink()
    (root / ".hadolint.yaml").write_text("ignored: [DL3006]\n", encoding="utf-8")
    assert told(check(root)) == told(check(root, cache=False))


def test_the_day_counts_where_a_suppression_ends(root: Path, judged: list[str]) -> None:
    (root / "app/Dockerfile").write_text(
        "# infralint: ignore[untagged-image] until=2030-06-01 soon\nFROM debian\nUSER 1000\n", encoding="utf-8"
    )
    before, after = date(2030, 5, 1), date(2030, 7, 1)
    assert not any(
        one.rule.endswith("untagged-image") for one in check(root, today=before).findings if one.path[:3] == "app"
    )
    judged.clear()
    assert told(check(root, today=after)) == told(check(root, today=after, cache=False))
    assert judged.count("web.env") == 1, "no date stands there: only the run without the cache judges it"


def test_no_secret_is_stored(root: Path, home: Path) -> None:
    token, word = sample("github-pat", 5), sample("password", 3)
    (root / ".env").write_text(f"GITHUB_TOKEN={token}\nDB_PASSWORD={word}\nA=x y\n", encoding="utf-8")
    (root / "compose.yaml").write_text(
        f'services:\n  a:\n    image: "x:1"\n    command: "run {token}"\n    environment:\n      DB_PASSWORD: {word}\n',
        encoding="utf-8",
    )
    (root / "app/Dockerfile").write_text(
        f"FROM debian:13\nENV GITHUB_TOKEN={token}\nRUN cd /x; echo {token}\n", encoding="utf-8"
    )
    first = told(check(root))
    assert token not in first
    kept = "".join(path.read_text("ascii") for path in entries(home))
    assert token not in kept
    assert word not in kept
    assert '"app/Dockerfile"' in kept, "a result whose messages are masked is kept"
    assert told(check(root)) == first


@pytest.mark.parametrize("damage", ["cut", "flip", "forge", "key", "binary", "folder", "empty"])
def test_damaged_and_foreign_entries_are_misses(root: Path, home: Path, damage: str) -> None:
    first = told(check(root))
    (file,) = entries(home)
    text = file.read_text("ascii")
    if damage == "cut":
        file.write_text(text[: len(text) // 2], "ascii")
    elif damage == "flip":
        file.write_text(text.replace("high", "low").replace("no", "on"), "ascii")
    elif damage == "forge":
        file.write_text(text.replace('"dockerfile/', '"compose/'), "ascii")
    elif damage == "key":
        (home / "key").write_bytes(bytes(32))
    elif damage == "binary":
        file.write_bytes(b"\xff\x00" * 100)
    elif damage == "empty":
        file.write_text("", "ascii")
    else:
        file.unlink()
        file.mkdir()
    assert told(check(root)) == first


def test_a_key_that_others_can_read_is_not_used(root: Path, home: Path) -> None:
    check(root)
    (home / "key").chmod(0o644)
    assert cache_folder.key() is None
    assert told(check(root)) == told(check(root, cache=False))


def test_nothing_is_kept_where_nothing_may_be(root: Path, home: Path) -> None:
    run([str(root / "web.env")], Options(root=str(root), cache=True))
    check(root, cache=False)
    check(root, stdin=(str(root / ".env"), b"A=1\n"))
    assert not entries(home)


def test_the_folder_is_that_of_the_option_or_of_the_settings_below_the_root(root: Path, tmp_path: Path) -> None:
    check(root, cache_dir=str(tmp_path / "given"))
    assert entries(tmp_path / "given")
    (root / "infralint.toml").write_text('cache-dir = ".cache/lint"\n', encoding="utf-8")
    check(root)
    assert entries(root / ".cache/lint")
    assert (root / ".cache/lint/.gitignore").read_text("ascii") == "*\n"
    (tmp_path / "outside").mkdir()
    shutil.rmtree(root / ".cache")
    (root / ".cache").symlink_to(tmp_path / "outside")
    check(root)
    assert not list((tmp_path / "outside").iterdir()), "a link does not lead out of the root"


def test_only_files_of_the_cache_are_ever_removed(tmp_path: Path) -> None:
    names = ["results-1.csv", "results-notes", f"results-{'a' * 32}.bak", f"results-{'b' * 32}"]
    for name in names:
        (tmp_path / name).write_text("x", "ascii")
        os.utime(tmp_path / name, (1, 1))
    cache_folder.write(str(tmp_path / f"results-{'c' * 32}"), "text")
    assert {path.name for path in tmp_path.iterdir()} == {*names[:3], ".gitignore", f"results-{'c' * 32}"}


def test_several_runs_at_once_do_not_disturb_each_other(root: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "infralint",
        "check",
        "--format",
        "concise",
        "--cache-dir",
        str(tmp_path / "c"),
        str(root),
    ]
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "x"), "PYTHONPATH": str(Path(__file__).parents[2])}
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True)
        for _ in range(4)
    ]
    shown = [each.communicate() for each in running]
    assert len({out for out, _ in shown}) == 1
    assert len(entries(tmp_path / "c")) == 1


def test_results_of_forked_processes_are_kept_like_those_of_one(tmp_path: Path, home: Path, judged: list[str]) -> None:
    folder = tmp_path / "many"
    for number in range(170):
        (folder / str(number)).mkdir(parents=True)
        (folder / str(number) / "Dockerfile").write_text(f"FROM debian\nCOPY a{number} /x\n", encoding="utf-8")
    check(folder)
    assert len(entries(home)[0].read_text("ascii").splitlines()) == 172
    (folder / "7/a7").touch()
    judged.clear()
    second = told(check(folder))
    assert judged == ["7/Dockerfile"]
    assert second == told(check(folder, cache=False))


@pytest.mark.parametrize("seed", range(3))
def test_after_random_edits_cached_equals_uncached(root: Path, seed: int) -> None:
    """A small run of `bench/cache.py`, which does a thousand edits over real repositories."""
    import cache as bench

    bench.git(root, "init", "-q")
    bench.git(root, "add", ".")
    faults: list[str] = []
    bench.compare(root, 12, random.Random(seed), faults.append)
    assert not faults, "\n".join(faults)


def test_what_is_stored_is_json_with_a_digest_a_line(root: Path, home: Path) -> None:
    check(root)
    (file,) = entries(home)
    assert file.stat().st_mode & 0o777 == 0o600
    for line in file.read_text("ascii").splitlines()[:2]:
        head, _, rest = line.partition(" ")
        assert len(head) == 32
        json.loads(rest)


def test_models_and_questions_ask_the_index_so_that_it_is_taken_down() -> None:
    """What is read from its attributes would not be in any log."""
    rooms = [Path(running.__file__).parents[1] / room for room in ("model", "analysis", "fixes", "policy")]
    found = [
        f"{path.name}: {found.group()}"
        for room in rooms
        for path in sorted(room.rglob("*.py"))
        for found in re.finditer(r"\bindex\.(files|root|tracked|given|_\w+)\b", path.read_text("utf-8"))
    ]
    assert not found


def test_a_finding_is_stored_whole() -> None:
    """What a finding is given after the files are judged is not stored."""
    after = {"fails", "required_by"}
    named = {"rule", "severity", "confidence", "place", "related", "fix"}
    assert set(Finding.__slots__) == {*TEXTS, *LISTS, *named, *after}
