"""What keeps untrusted pull requests out of a job: conditions, scripts that end it, jobs that lie elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

import infralint

HEAD = """on: {event}
jobs:
{before}  build:
    runs-on: ubuntu-24.04
{job}    steps:
{steps}      - uses: actions/checkout@v4.2.2
        with:
          ref: refs/pull/${{{{ github.event.number }}}}/head
      - run: make
"""


def is_reported(
    root: Path, *, before: str = "", job: str = "", steps: str = "", event: str = "pull_request_target"
) -> bool:
    path = root / ".github/workflows/a.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(event=event, before=before, job=job, steps=steps), encoding="utf-8")
    report = infralint.check([root], root=root, select=["untrusted-checkout", "untrusted-checkout-toctou"])
    return bool(report.findings)


def test_nothing_keeps_them_out(tmp_path: Path) -> None:
    assert is_reported(tmp_path)


@pytest.mark.parametrize(
    "script",
    [
        '[ "$(gh api $URL --jq .head.repo.full_name)" = "$GITHUB_REPOSITORY" ] || exit 1',
        'if [ "$(gh pr view $N --json isCrossRepository -q .isCrossRepository)" = true ]; then exit 1; fi',
        'gh api "/repos/$R/collaborators/$WHO/permission" --jq .permission | grep -q write || exit 1',
    ],
)
def test_a_script_that_ends_the_job_is_a_gate(tmp_path: Path, script: str) -> None:
    assert not is_reported(tmp_path, steps=f"      - run: |\n          {script}\n")
    told = script.replace("exit 1", "echo no").replace("&& exit", "")
    assert is_reported(tmp_path, steps=f"      - run: |\n          {told}\n"), "a script that only says so is none"


def test_an_inline_script_that_fails_the_step_is_a_gate(tmp_path: Path) -> None:
    step = "      - uses: actions/github-script@v7\n        with:\n          script: |\n            {}\n"
    check = "if (pull.head.repo.full_name !== own) core.setFailed('fork')"
    assert not is_reported(tmp_path, steps=step.format(check))
    assert is_reported(tmp_path, steps=step.format(check.replace("setFailed", "info")))


def test_a_job_that_lies_elsewhere_may_be_a_gate(tmp_path: Path) -> None:
    gate = "  gate:\n    uses: {}\n"
    needs = "    needs: gate\n"
    assert not is_reported(tmp_path, before=gate.format("example/gates/.github/workflows/check.yml@v1"), job=needs)
    assert is_reported(tmp_path, before=gate.format("./.github/workflows/other.yml"), job=needs)
    assert is_reported(tmp_path, before=gate.format("example/gates/.github/workflows/check.yml@v1")), (
        "nothing waits for it"
    )


@pytest.mark.parametrize(
    ("branches", "found"),
    [("[main, update/tls]", False), ("['update/**']", True), ("['!main']", True), ("[]", True)],
)
def test_a_branch_that_the_trigger_names_is_no_untrusted_text(tmp_path: Path, branches: str, found: bool) -> None:
    text = (
        f"on:\n  workflow_run:\n    workflows: [CI]\n    types: [completed]\n    branches: {branches}\n"
        "jobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ github.event.workflow_run.head_branch }}\n"
    )
    path = tmp_path / ".github/workflows/a.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    report = infralint.check([tmp_path], root=tmp_path, select=["template-injection"])
    assert bool(report.findings) is found


def test_an_advisory_ends_where_it_says() -> None:
    from infralint.tables.advisories import advisory_of

    assert advisory_of("tj-actions/changed-files", "v45.0.7") is not None
    assert advisory_of("tj-actions/changed-files", "v45.0.8") is None
    assert advisory_of("tj-actions/changed-files", "v45") is None, "a moving tag may be fixed by now"
    assert advisory_of("tj-actions/branch-names", "v8.2.1") is not None
    assert advisory_of("tj-actions/branch-names", "v9.0.0") is None


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("push", False),
        ("[push, schedule, workflow_dispatch]", False),
        ("[push, pull_request]", True),
    ],
)
def test_a_run_after_trusted_workflows_is_trusted(tmp_path: Path, on: str, found: bool) -> None:
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    (folder / "ci.yml").write_text(f"name: CI\non: {on}\njobs: {{}}\n", encoding="utf-8")
    (folder / "after.yml").write_text(
        "on:\n  workflow_run:\n    workflows: [CI]\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n"
        "        with:\n          ref: ${{ github.event.workflow_run.head_sha }}\n          allow-unsafe-pr-checkout: true\n      - run: make\n",
        encoding="utf-8",
    )
    report = infralint.check([tmp_path], root=tmp_path, select=["untrusted-checkout"])
    assert bool(report.findings) is found


def test_a_run_after_an_unknown_workflow_may_be_untrusted(tmp_path: Path) -> None:
    test_a_run_after_trusted_workflows_is_trusted(tmp_path, "push", False)
    (tmp_path / ".github/workflows/ci.yml").unlink()
    report = infralint.check([tmp_path], root=tmp_path, select=["untrusted-checkout"])
    assert report.findings


@pytest.mark.parametrize(
    ("value", "script"),
    [
        ("github.event.pull_request.author_association", 'case "$V" in OWNER|MEMBER) ;; *) exit 1 ;; esac'),
        ("github.event.pull_request.author_association", '[[ "$V" == MEMBER ]] || exit 1'),
        ("github.event.pull_request.head.repo.full_name", '[ "$V" != "$GITHUB_REPOSITORY" ] && exit 1'),
        ("github.event.pull_request.user.login", 'if [ "$V" != lead ]; then exit 1; fi'),
    ],
)
def test_a_variable_that_a_script_compares_is_a_gate(tmp_path: Path, value: str, script: str) -> None:
    step = f"      - run: |\n          {script}\n        env: {{V: '${{{{ {value} }}}}'}}\n"
    assert not is_reported(tmp_path, steps=step)
    assert is_reported(tmp_path, steps=step.replace("exit 1", "true"))
    assert is_reported(tmp_path, steps=step.replace(script, 'git clone "$V" || exit 1')), "it compares nothing"


def test_who_started_the_run_may_be_asked_by_a_script(tmp_path: Path) -> None:
    assert not is_reported(tmp_path, steps='      - run: if [ "$GITHUB_ACTOR" != lead ]; then exit 1; fi\n')
    open_ = '      - run: if [ "$GITHUB_ACTOR" = "dependabot[bot]" ]; then exit 1; fi\n'
    assert is_reported(tmp_path, steps=open_), "a script that keeps one out lets the others in"


def test_a_local_action_whose_check_fails_is_a_gate(tmp_path: Path) -> None:
    action = tmp_path / "check/action.yml"
    action.parent.mkdir()
    action.write_text(
        "name: check\ndescription: asks\nruns:\n  using: composite\n  steps:\n    - shell: bash\n"
        '      run: gh api "/repos/$R/collaborators/$WHO/permission" --jq .permission | grep -q write || exit 1\n'
    )
    assert not is_reported(tmp_path, steps="      - uses: ./check\n")
    assert is_reported(tmp_path, steps="      - uses: ./check\n        continue-on-error: true\n")


def test_a_run_of_a_workflow_elsewhere_comes_from_the_events_that_are_named(tmp_path: Path) -> None:
    event = "{workflow_run: {workflows: [CI]}}"
    asked = "    if: github.event.workflow_run.event {} 'pull_request'\n"
    assert not is_reported(tmp_path, event=event, job=asked.format("!="))
    assert is_reported(tmp_path, event=event, job=asked.format("=="))
