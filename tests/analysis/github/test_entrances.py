"""What outsiders reach through a called workflow or a local action is reported once, and names the file that lets them in."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.text.finding import Finding

HEAD = "${{ github.event.pull_request.head.sha }}"
CALLER = "on: pull_request_target\njobs:\n  a:\n    uses: ./.github/workflows/called.yml\n"
CALLED = (
    "on: workflow_call\njobs:\n  b:\n    runs-on: ubuntu-24.04\n    steps:\n"
    f"      - uses: actions/checkout@VERSION\n        with:\n          ref: {HEAD}\n      - run: make\n"
)
USER = (
    "on: EVENT\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
    "      - uses: actions/checkout@v4\n      - uses: ./.github/actions/fetch\n"
)
ACTION = (
    "name: fetch\ndescription: Fetches.\nruns:\n  using: composite\n  steps:\n"
    f"    - uses: actions/checkout@VERSION\n      with:\n        ref: {HEAD}\n    - run: make\n      shell: bash\n"
)


def checkouts(root: Path, files: dict[str, str], version: str, profile: str = "default") -> list[Finding]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text.replace("VERSION", version), encoding="utf-8")
    report = run([str(root)], Options(root=str(root), profile=profile))
    return [one for one in report.findings if "checkout" in one.rule]


def called(version: str) -> tuple[dict[str, str], str]:
    return {".github/workflows/caller.yml": CALLER, ".github/workflows/called.yml": CALLED}, version


def used(event: str = "pull_request_target") -> dict[str, str]:
    return {".github/workflows/user.yml": USER.replace("EVENT", event), ".github/actions/fetch/action.yml": ACTION}


def test_the_caller_is_named_where_outsiders_come_in(tmp_path: Path) -> None:
    (found,) = checkouts(tmp_path, *called("v4.1.0"))
    assert found.path == ".github/workflows/called.yml"
    assert "`pull_request_target` through `.github/workflows/caller.yml`" in found.message
    assert (found.related[0][0].path, found.related[0][1]) == (".github/workflows/caller.yml", "outsiders come in here")


def test_a_checkout_in_an_action_is_one_finding_with_the_place_in_the_action_beside_it(tmp_path: Path) -> None:
    (found,) = checkouts(tmp_path, used(), "v4.1.0")
    assert (found.rule, found.path) == ("workflow/untrusted-checkout", ".github/workflows/user.yml")
    assert ".github/actions/fetch/action.yml" in {place.path for place, _ in found.related}


@pytest.mark.parametrize(("event", "count"), [("pull_request_target", 0), ("issue_comment", 1)])
def test_a_checkout_in_an_action_that_refuses_forks_is_no_default_finding(
    tmp_path: Path, event: str, count: int
) -> None:
    assert len(checkouts(tmp_path, used(event), "v4")) == count


def test_a_stale_label_matters_only_where_the_checkout_takes_forks(tmp_path: Path) -> None:
    text = (
        "on:\n  pull_request_target:\n    types: [labeled, synchronize]\njobs:\n  a:\n"
        "    if: contains(github.event.pull_request.labels.*.name, 'safe')\n    runs-on: ubuntu-24.04\n    steps:\n"
        f"      - uses: actions/checkout@VERSION\n        with:\n          ref: {HEAD}\n      - run: make\n"
    )

    def labels(version: str, profile: str) -> bool:
        path = tmp_path / ".github/workflows/a.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("VERSION", version), encoding="utf-8")
        report = run([str(tmp_path)], Options(root=str(tmp_path), profile=profile))
        return "workflow/stale-label-approval" in {one.rule for one in report.findings}

    assert labels("v4.1.0", "default")
    assert not labels("v5", "default")
    assert labels("v5", "pedantic")
