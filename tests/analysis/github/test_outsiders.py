"""Conditions are evaluated for a run that an outsider causes: who gets through, by which event, with what granted."""

from __future__ import annotations

from pathlib import Path

import pytest

import infralint
from infralint.analysis.github.outsiders import outsider_event, untrusted_head_event
from infralint.model.element import UNKNOWN
from tests.analysis.github.github_documents import workflow

PULL = "pull_request_target"


def event_of(condition: str, event: str = PULL, *granted: str, before: str = "", job: str = "") -> object:
    quoted = condition.replace("'", "''")
    text = f"on: {event}\njobs:\n{before}  a:\n    if: '{quoted}'\n{job}    runs-on: x\n    steps:\n      - run: make\n"
    document = workflow(text)
    return untrusted_head_event(document.jobs[-1].steps[0], *granted)


@pytest.mark.parametrize(
    "condition",
    [
        "github.event.pull_request.head.repo.full_name == github.repository",
        "github.repository == github.event.pull_request.head.repo.full_name",
        "github.event.pull_request.head.repo.full_name == github.event.pull_request.base.repo.full_name",
        "github.event.pull_request.head.repo.full_name == github.event.repository.full_name",
        "github.event.pull_request.head.repo.full_name == 'acme/app'",
        "github.event.pull_request.head.repo.id == github.repository_id",
        "github.event.pull_request.head.repo.html_url == github.event.pull_request.base.repo.html_url",
        "github.event.pull_request.head.repo.owner.login == github.repository_owner",
        "github.event.pull_request.head.user.login == github.repository_owner",
        "startsWith(github.event.pull_request.head.repo.full_name, 'acme/')",
        "startsWith(github.event.pull_request.head.label, 'acme:')",
        "startsWith(github.event.pull_request.head.label, format('{0}:', github.repository_owner))",
        "format('{0}/app', github.event.pull_request.head.repo.owner.login) == github.repository",
        "github.event.pull_request.head.repo.fork == false",
        "github.event.pull_request.head.repo.fork != true",
        "!github.event.pull_request.head.repo.fork",
        "${{ ! (github.event.pull_request.head.repo.fork || false) }}",
        "github.event.pull_request.merged",
        "github.event.pull_request.merged == true && github.base_ref == 'main'",
        "github.event.pull_request.merged_at != null",
        "github.actor == 'boss'",
        'contains(fromJSON(\'["a", "b"]\'), github.actor)',
        "contains(fromJSON(vars.ADMINS), github.actor)",
        "contains('a,b', github.event.pull_request.user.login)",
        "github.actor == vars.BOT && github.event.action != 'closed'",
        "github.event.sender.type == 'Bot'",
        'contains(fromJSON(\'["OWNER","MEMBER"]\'), github.event.pull_request.author_association)',
        "github.event.pull_request.author_association == 'OWNER' || github.actor == 'boss'",
        "contains(github.event.pull_request.labels.*.name, 'safe')",
        "contains(join(github.event.pull_request.labels.*.name, ','), 'safe')",
        "contains(toJSON(github.event.pull_request.labels.*.name), '\"safe\"')",
        "github.event.label.name == 'safe'",
        "github.event_name == 'push'",
        "github.event_name != 'pull_request_target'",
        'contains(fromJSON(\'["push", "schedule"]\'), github.event_name)',
        "startsWith(github.ref, 'refs/tags/')",
        "github.event.workflow_run.conclusion == 'success'",
        "false",
        "always() && github.actor == 'boss'",
    ],
)
def test_outsiders_are_kept_out(condition: str) -> None:
    assert event_of(condition) is None


@pytest.mark.parametrize(
    "condition",
    [
        "github.event.pull_request.head.repo.full_name != github.repository",
        "!(github.event.pull_request.head.repo.full_name == github.repository)",
        "github.event.pull_request.head.repo.fork",
        "github.event.pull_request.head.repo.full_name == github.repository || github.event_name == 'pull_request_target'",
        "github.event.pull_request.head.repo.full_name == github.repository || github.base_ref == 'main'",
        "github.event.pull_request.head.repo.name == github.event.repository.name",
        "github.repository == 'acme/app'",
        "github.repository_owner == 'acme'",
        "github.actor != 'dependabot[bot]'",
        "github.event.pull_request.user.login != 'renovate[bot]'",
        "github.event.pull_request.author_association != 'FIRST_TIME_CONTRIBUTOR'",
        "github.event.pull_request.author_association == 'NONE'",
        'contains(fromJSON(\'["OWNER","CONTRIBUTOR"]\'), github.event.pull_request.author_association)',
        "!contains(github.event.pull_request.labels.*.name, 'skip')",
        "github.event.pull_request.draft == false",
        "startsWith(github.head_ref, 'release/')",
        "github.event.action == 'opened' && github.event.pull_request",
        "github.event_name == 'push' || github.event.pull_request.head.repo.fork",
        'contains(fromJSON(\'["push", "pull_request_target"]\'), github.event_name)',
        "inputs.deep != 'no'",
        "vars.RUN == 'true'",
        "always()",
        "${{ github.event_name }} == push",
        "github.actor == github.event.pull_request.user.login",
    ],
)
def test_outsiders_get_through(condition: str) -> None:
    assert event_of(condition) == PULL


@pytest.mark.parametrize(
    ("condition", "grant", "others"),
    [
        ("contains(github.event.pull_request.labels.*.name, 'ok')", "label", ("actor", "association", "repository")),
        ("github.actor == 'a' || contains(github.event.pull_request.labels.*.name, 'ok')", "label", ("association",)),
        ("github.event.pull_request.author_association == 'MEMBER'", "association", ("label", "actor")),
        ("github.event.pull_request.head.repo.fork == false", "repository", ("label", "actor")),
        ("github.event.pull_request.merged", "merge", ("label", "actor")),
    ],
)
def test_what_a_maintainer_grants_opens_the_door(condition: str, grant: str, others: tuple[str, ...]) -> None:
    assert event_of(condition, PULL, grant) == PULL
    assert [event_of(condition, PULL, other) for other in others] == [None] * len(others)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("github.event.workflow_run.event == 'push'", None),
        ("github.event.workflow_run.event != 'pull_request'", None),
        ("github.event.workflow_run.event != 'pull_request' || 'pull_request_target' == ''", "workflow_run"),
        ("github.event.workflow_run.head_repository.full_name == github.repository", None),
        ("github.event.workflow_run.head_repository.fork == false", None),
        ("github.event.workflow_run.actor.login == 'boss'", None),
        ("github.event.workflow_run.event == 'pull_request'", "workflow_run"),
        ("github.event.workflow_run.head_branch == 'main'", "workflow_run"),
        ("github.event.workflow_run.conclusion == 'success'", "workflow_run"),
        (
            "github.event.workflow_run.event == 'push' || github.event.workflow_run.conclusion == 'failure'",
            "workflow_run",
        ),
    ],
)
def test_the_run_before_decides(condition: str, expected: str | None) -> None:
    assert event_of(condition, "{workflow_run: {workflows: [CI], types: [completed]}}") == expected


GATE = "  gate:\n    if: github.actor == 'boss'\n    runs-on: x\n    steps: [{run: make}]\n"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("github.base_ref == 'main'", None),
        ("always()", PULL),
        ("!cancelled()", PULL),
        ("always() && needs.gate.result == 'success'", None),
        ("always() && needs.gate.result != 'failure'", PULL),
    ],
)
def test_a_job_that_is_waited_for_is_a_gate(condition: str, expected: str | None) -> None:
    assert event_of(condition, before=GATE, job="    needs: gate\n") == expected


def test_a_job_or_environment_elsewhere_is_not_known() -> None:
    gate = "  gate:\n    uses: acme/gates/.github/workflows/check.yml@v1\n"
    needs = "    needs: gate\n"
    assert event_of("github.base_ref == 'main'", before=gate, job=needs) is UNKNOWN
    assert event_of("needs.gate.outputs.allowed == 'true'", before=gate, job=needs) is UNKNOWN
    assert event_of("always()", before=gate, job=needs) == PULL
    assert event_of("true", job="    environment: review\n") is UNKNOWN
    assert event_of("false", job="    environment: review\n") is None


@pytest.mark.parametrize("condition", ["needs.gate.outputs.ok == 'true'", "needs.gate.outputs.ok != 'false'"])
def test_the_answer_of_a_permission_query_keeps_them_out(condition: str) -> None:
    step = "{id: q, run: 'echo ok=$(gh api repos/$R/collaborators/$A/permission --jq .permission) >> $GITHUB_OUTPUT'}"
    gate = f"  gate:\n    runs-on: x\n    outputs: {{ok: '${{{{ steps.q.outputs.ok }}}}'}}\n    steps: [{step}]\n"
    assert event_of(condition, before=gate, job="    needs: gate\n") is None
    assert event_of(condition, PULL, "permission", before=gate, job="    needs: gate\n") == PULL
    assert event_of(condition, before=gate.replace("collaborators", "labels"), job="    needs: gate\n") == PULL


def test_the_condition_of_an_output_is_evaluated_too() -> None:
    output = "${{ github.event.pull_request.head.repo.full_name == github.repository }}"
    gate = f"  gate:\n    runs-on: x\n    outputs: {{own: '{output}'}}\n    steps: [{{run: make}}]\n"
    needs = "    needs: gate\n"
    assert event_of("needs.gate.outputs.own == 'true'", before=gate, job=needs) is None
    assert event_of("needs.gate.outputs.own == 'false'", before=gate, job=needs) == PULL


def test_a_step_that_fails_for_forks_ends_the_job() -> None:
    text = (
        "on: pull_request_target\njobs:\n  a:\n    runs-on: x\n    steps:\n"
        "      - if: github.event.pull_request.head.repo.fork\n        run: |\n          echo no\n          {end}\n"
        "      - run: make\n      - if: always()\n        run: make\n"
    )
    steps = workflow(text.format(end="exit 1")).steps
    assert [untrusted_head_event(step) for step in steps] == [PULL, None, PULL]
    steps = workflow(text.format(end="exit 0")).steps
    assert [untrusted_head_event(step) for step in steps] == [PULL, PULL, PULL]


def test_issues_and_comments_are_events_of_outsiders() -> None:
    document = workflow("on: [issues, push]\njobs:\n  a:\n    runs-on: x\n    steps: [{run: make}]\n")
    assert outsider_event(document.jobs[0]) == "issues"
    assert untrusted_head_event(document.jobs[0]) is None
    assert event_of("github.event.comment.author_association == 'MEMBER'", "issue_comment") is None
    assert event_of("github.event.issue.pull_request && contains(github.event.comment.body, '/test')", "issue_comment")


def laid_out(root: Path, **files: str) -> Path:
    folder = root / ".github/workflows"
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text)
    return root


BUILD = (
    "on: {event}\npermissions: {{contents: write}}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
    "      - uses: actions/checkout@v4.2.2\n        with: {{ref: '${{{{ github.event.workflow_run.head_sha }}}}'}}\n"
    "      - run: make\n"
)


@pytest.mark.parametrize(("event", "found"), [("push", False), ("[push, pull_request]", True)])
def test_a_workflow_run_of_pushes_alone_is_no_outsiders(tmp_path: Path, event: str, found: bool) -> None:
    before = f"name: CI\non: {event}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps: [{{run: make}}]\n"
    after = BUILD.format(event="{workflow_run: {workflows: [CI], types: [completed]}}")
    root = laid_out(tmp_path, ci=before, after=after)
    rules = {each.rule for each in infralint.check([root], root=root).findings}
    assert ("workflow/untrusted-checkout" in rules) is found


@pytest.mark.parametrize(
    ("condition", "found"), [("github.actor == 'boss'", False), ("github.base_ref == 'main'", True)]
)
def test_the_condition_of_the_caller_counts(tmp_path: Path, condition: str, found: bool) -> None:
    caller = f"on: pull_request_target\njobs:\n  a:\n    if: {condition}\n    uses: ./.github/workflows/build.yml\n"
    build = BUILD.format(event="workflow_call").replace("workflow_run.head_sha", "pull_request.head.sha")
    root = laid_out(tmp_path, caller=caller, build=build)
    rules = {each.rule for each in infralint.check([root], root=root).findings}
    assert ("workflow/untrusted-checkout" in rules) is found


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("acme/may-comment@v1", UNKNOWN),
        ("actions-cool/check-user-permission@v2", None),
        ("dorny/paths-filter@v3", PULL),
        ("actions/cache@v4", PULL),
        ("khan/pull-request-comment-trigger@v1", PULL),
    ],
)
def test_the_answer_of_an_action_that_is_not_known_is_not_known(action: str, expected: object) -> None:
    gate = (
        "  gate:\n    runs-on: x\n    outputs: {ok: '${{ steps.q.outputs.ok }}'}\n"
        f"    steps: [{{id: q, uses: {action}}}]\n"
    )
    needs = "    needs: gate\n"
    found = event_of("needs.gate.outputs.ok == 'true'", before=gate, job=needs)
    assert found is expected or (expected == PULL and found == PULL)
    assert event_of("always()", before=gate, job=needs) == PULL


@pytest.mark.parametrize(
    ("inner", "found"), [("acme/may-comment@v1", False), ("actions/cache@v4", True), ("github/command@v2", False)]
)
def test_the_answer_of_a_local_action_is_that_of_its_steps(tmp_path: Path, inner: str, found: bool) -> None:
    action = (
        "name: gate\ndescription: Asks.\noutputs: {ok: {description: x, value: '${{ steps.q.outputs.ok }}'}}\n"
        f"runs:\n  using: composite\n  steps:\n    - id: q\n      uses: {inner}\n"
    )
    steps = (
        "      - uses: actions/checkout@v4\n      - {id: gate, uses: ./.github/actions/gate}\n"
        "      - uses: actions/checkout@v4.1.0\n        if: steps.gate.outputs.ok == 'true'\n"
        "        with: {ref: '${{ github.event.pull_request.head.sha }}'}\n      - run: make\n"
    )
    workflow = f"on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n{steps}"
    for name, text in ((".github/actions/gate/action.yml", action), (".github/workflows/a.yml", workflow)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    rules = {one.rule for one in infralint.check([tmp_path], root=tmp_path).findings}
    assert ("workflow/untrusted-checkout" in rules) is found
