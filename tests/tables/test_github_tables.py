"""Tables of GitHub Actions as functions: advisories, cron lines, patterns, labels, names a slip away."""

from __future__ import annotations

import pytest

from infralint.tables import actions
from infralint.tables.action_owners import misspelled
from infralint.tables.actions import has, inputs_of, is_outdated, known_actions, row_of, text_of, words_of
from infralint.tables.advisories import advisory_of
from infralint.tables.events import cron_fault, pattern_fault
from infralint.tables.permissions import needs_of
from infralint.tables.runners import HOSTED, looks_hosted, system_of
from infralint.tables.taint_sources import running


@pytest.mark.parametrize(
    ("repository", "version", "expected"),
    [
        ("actions/download-artifact", "v4.1.0", "GHSA-cxww-7g56-2vh6"),
        ("Actions/Download-Artifact", "4.1.2", "GHSA-cxww-7g56-2vh6"),
        ("actions/download-artifact", "v4.1.3", None),
        ("actions/download-artifact", "v4", None),  # moved along
        ("actions/download-artifact", "v3.0.2", None),
        ("kartverket/github-workflows", "v2.2", "GHSA-f9qj-7gh3-mhj4"),
        ("kartverket/github-workflows", "main", None),
        ("tj-actions/changed-files", "v40", "GHSA-mcph-m25j-8j63"),
        ("example/other", "v1", None),
    ],
)
def test_advisories(repository: str, version: str, expected: str | None) -> None:
    found = advisory_of(repository, version)
    assert (found.id if found is not None else None) == expected


@pytest.mark.parametrize(
    ("owner", "meant"),
    [
        ("action", "actions"), ("cations", "actions"), ("acti0ns", "actions"), ("actiions", "actions"), ("dokcer", "docker"),
        ("actions", None), ("example", None), ("rubi", None),
    ],
)  # fmt: skip
def test_owners_a_slip_away(owner: str, meant: str | None) -> None:
    assert misspelled(owner) == meant


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("*/5 * * * *", None),
        ("0 0 1,15 jan-jun MON-FRI", None),
        ("59 23 * * 7", None),
        ("*/4 * * * *", "every 4 minutes"),
        ("0,3 * * * *", "every 3 minutes"),
        ("* */3 * * *", "every 1 minutes"),
        ("0 */3 * *", "five fields, not 4"),
        ("60 * * * *", "`60` is not a valid cron field"),
        ("5-1 * * * *", "`5-1` is not a valid cron field"),
        ("*/0 * * * *", "`*/0` is not a valid cron field"),
        ("@daily", "five fields, not 1"),
    ],
)
def test_cron_lines(line: str, says: str | None) -> None:
    fault = cron_fault(line)
    assert fault is None if says is None else fault is not None and says in fault


@pytest.mark.parametrize("pattern", ["main", "release/**", "!release/old", "v[0-9]+.x", "feature-?", "*", "**", "v1.*"])
def test_patterns_that_match(pattern: str) -> None:
    assert pattern_fault(pattern, is_path=False) is None


@pytest.mark.parametrize("pattern", ["^main", "v\\d+", "v[9-1]", "v*+", "a b", "/main", "main/", "v[", "[]", "!"])
def test_patterns_that_match_no_ref(pattern: str) -> None:
    assert pattern_fault(pattern, is_path=False) is not None


def test_patterns_of_paths() -> None:
    assert pattern_fault("**/*.md", is_path=True) is None
    assert pattern_fault(".github/**", is_path=True) is None
    assert pattern_fault("./src", is_path=True) is not None
    assert pattern_fault("src/../docs", is_path=True) is not None


def test_labels() -> None:
    assert looks_hosted("ubuntu-oldest") and looks_hosted("macos-10.15")
    assert not looks_hosted("ubuntu-24.04-16core") and not looks_hosted("gpu")
    assert system_of("Windows-2025") == "windows" and system_of("windows-own") is None


def test_inputs_and_majors() -> None:
    known = inputs_of("pypa/gh-action-pypi-publish")
    assert known is not None and "packages_dir" in known[1] and "packages-dir" in known[0]
    assert inputs_of("example/setup") is None
    assert is_outdated("actions/checkout", "v3.1.0") and not is_outdated("actions/checkout", "v4")
    assert not is_outdated("actions/checkout", "main")


@pytest.mark.parametrize(
    "script",
    ["./build.sh", "make", "npm ci", "npm run build -w www", "sudo make install", "cd x && ./gradlew build", "bash x.sh", "python3 t.py",
     "pip install -r requirements.txt", "sed -f config a > b", "A=1 ./x", "x=$(./get.sh)", "dotnet test", "npx danger ci"],
)  # fmt: skip
def test_what_runs_the_files_of_a_folder(script: str) -> None:
    assert running().search(script)


@pytest.mark.parametrize(
    "script", ["cat x", "echo make", "npm -v", "ls ./x", "git diff -- a/b.sh", "unzip a.zip", "jq . x.json"]
)
def test_what_does_not(script: str) -> None:
    assert not running().search(script)


def test_an_advisory_on_moved_tags_is_silent_about_commits() -> None:
    assert advisory_of("aquasecurity/setup-trivy", "v0.2.1") is not None
    assert advisory_of("aquasecurity/setup-trivy", "v0.2.1", is_commit=True) is None
    assert advisory_of("aquasecurity/trivy-action", "0.32.0", is_commit=True) is not None
    assert advisory_of("aquasecurity/trivy-action", "0.35.0") is None


def test_an_advisory_of_two_ranges_speaks_of_both() -> None:
    assert advisory_of("github/codeql-action", "v3.26.11") is not None
    assert advisory_of("github/codeql-action", "v2.27.0") is not None
    assert advisory_of("github/codeql-action", "v3.26.10") is None
    assert advisory_of("github/codeql-action", "v3") is None


def test_a_retired_runner_keeps_its_system() -> None:
    assert "macos-13" not in HOSTED
    assert system_of("macos-13") == "macos"
    assert system_of("windows-11-vs2026-arm") == "windows"


COLUMNS = frozenset(
    """inputs required outputs node-gone cache cache-with tool-version instead scripts text-outputs json-outputs author-input head-outputs
    file-output passes credential-file login deploys program publishes trusted needs writes advisory archived artifact keeps-token merges
    no-check permission-check runs-tree test""".split()  # noqa: SIM905
)


def test_every_action_has_one_row_of_known_columns() -> None:
    names = list(known_actions())
    assert len(names) == len(set(names)) > 400
    for name in names:
        assert name == name.lower() and row_of(name) and COLUMNS.issuperset(row_of(name)), name


def test_rows_are_in_order_in_each_table() -> None:
    for table in actions._TABLES:
        names = [line.partition(":")[0] for line in table.split("\n") if line and not line.startswith(" ")]
        assert names == sorted(names)


def test_a_row_holds_what_is_known_of_an_action() -> None:
    assert has("actions-rs/cargo", "archived") and has("actions-rs/cargo", "runs-tree")
    assert words_of("actions/cache", "required") == ("path", "key")
    assert (text_of("actions/cache/save", "outputs") or "").endswith(":"), "it is known to have none"
    assert text_of("example/none", "outputs") is None and not row_of("example/none")
    assert not row_of("actions/cache:") and not row_of(""), "what is no name has no row"
    assert len(row_of("peter-evans/create-pull-request")["needs"]) == 2
    given = [words for name in known_actions() if (words := words_of(name, "json-outputs"))]
    assert given and all(len(words) == 4 and words[1] in ("when", "unless") for words in given)


def test_needs_are_read_from_their_clauses() -> None:
    (need,) = needs_of("aws-actions/configure-aws-credentials")
    assert (need.scope, need.needs, need.unless[0]) == ("id-token", "role-to-assume", "aws-access-key-id")
    assert [each.pushes for each in needs_of("endbug/add-and-commit")] == [True]
    assert [each.is_sure for each in needs_of("release-drafter/release-drafter")] == [False, False]
    assert needs_of("actions/labeler")[0].unless == ("repo-token",)
    assert needs_of("actions/stale")[0].instead == "pull-requests"
    assert needs_of("example/none") == ()
