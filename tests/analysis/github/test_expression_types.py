"""What `github.event` holds follows from the events that start a workflow."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from infralint.analysis.expressions import payloads as payload_types
from infralint.analysis.expressions.contexts import event_of
from infralint.analysis.github.problems import problems_of_action, workflow_problems
from infralint.model.github.action import ActionDocument
from infralint.model.github.workflow import WorkflowDocument
from infralint.model.index import Index
from infralint.tables import github
from infralint.text.source import Source


def faults(on: str, body: str) -> list[tuple[str, str]]:
    """The sort and place of each fault of one step, written below a workflow of these triggers."""
    head = f"on: {on}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
    text = head + textwrap.indent(textwrap.dedent(body).strip("\n"), "      ") + "\n"
    document = WorkflowDocument(Source(".github/workflows/x.yml", text), Index("/nonexistent"), "workflow")
    return [
        (each.name, each.raw) for each in workflow_problems(document) if each.name.startswith(("payload", "expression"))
    ]


def of_run(on: str, expression: str) -> list[tuple[str, str]]:
    return faults(on, f"- run: echo ${{{{ {expression} }}}}")


def of_if(on: str, condition: str) -> list[tuple[str, str]]:
    return faults(on, f'- if: "{condition}"\n  run: make')


@pytest.mark.parametrize(
    ("on", "expression", "name"),
    [
        ("pull_request", "github.event.pull_request.titel", "titel"),
        ("pull_request_target", "github.event.pull_request.sha", "sha"),
        ("pull_request", "join(github.event.pull_request.labels.*.title)", "title"),
        ("push", "github.event.push.ref", "push"),
        ("push", "github.event.commits[0].mesage", "mesage"),
        ("push", "github.event['head_commit'].Autor.name", "Autor"),
        ("[push, schedule]", "github.event.head_commit.titel", "titel"),
        ("issue_comment", "github.event.issue.pull_request.head.sha", "head"),
        ("workflow_run", "github.event.workflow_run.pull_requests[0].title", "title"),
        ("pull_request_review", "github.event.pull_request.merged", "merged"),
    ],
)
def test_a_property_that_no_payload_has(on: str, expression: str, name: str) -> None:
    assert of_run(on, expression) == [("payload-undefined", name)]


@pytest.mark.parametrize(
    ("on", "expression"),
    [
        ("[push, pull_request]", "github.event.pull_request.title || github.event.head_commit.message"),
        ("[push, pull_request]", "github.event.pull_request.head.repo.owner.login"),
        ("pull_request_target", "github.event.pull_request.head.repo.fork"),
        ("pull_request", "github.event.Pull_Request['Head'].SHA"),
        ("pull_request", "github.event.changes.title.from"),
        ("schedule", "github.event.schedule"),
        ("schedule", "github.event.repository.default_branch"),
        ("repository_dispatch", "github.event.client_payload.any.thing[0].below"),
        ("deployment_status", "github.event.deployment.payload.any.thing"),
        ("push", "github.event.repository.custom_properties.team"),
        ("workflow_dispatch", "github.event.inputs.any"),
        ("workflow_call", "github.event.pull_request.titel"),
        ("[push, workflow_call]", "github.event.titel"),
        ("[push, some_new_event]", "github.event.titel"),
        ("image_version", "github.event.titel"),
        ("merge_group", "github.event.merge_group.head_sha"),
        ("push", "toJSON(github.event.pull_request)"),
        ("pull_request", "github.event[github.event_name].titel"),
    ],
)
def test_what_a_payload_has_or_may_have_is_silent(on: str, expression: str) -> None:
    assert of_run(on, expression) == []


@pytest.mark.parametrize(
    ("on", "body", "name"),
    [
        ("push", "- run: gh pr comment ${{ github.event.pull_request.number }}", "pull_request"),
        ("push", "- if: github.event.pull_request.merged\n  run: make", "pull_request"),
        ("push", "- if: success() && github.event.action == 'opened'\n  run: make", "action"),
        ("[push, schedule]", "- if: startsWith(github.event.release.name, 'v')\n  run: make", "release"),
        ("issues", "- run: gh pr view $N\n  env:\n    N: ${{ github.event.number }}", "number"),
        (
            "push",
            "- uses: a/b@v1\n  with:\n    sha: ${{ format('{0}', github.event.workflow_run.head_sha) }}",
            "workflow_run",
        ),
        ("push", "- if: github.event_name == 'push'\n  run: echo ${{ github.event.issue.number }}", "issue"),
    ],
)
def test_what_only_other_events_send(on: str, body: str, name: str) -> None:
    assert faults(on, body) == [("payload-elsewhere", name)]


@pytest.mark.parametrize(
    "body",
    [
        "- run: echo ${{ github.event.pull_request.number || github.run_id }}",
        "- run: echo ${{ github.event_name == 'pull_request' && github.event.pull_request.number }}",
        "- if: github.event_name == 'pull_request'\n  run: echo ${{ github.event.pull_request.number }}",
        "- if: github.event_name != 'push'\n  run: echo ${{ github.event.pull_request.number }}",
        "- if: github.event.pull_request\n  run: echo ${{ github.event.pull_request.number || 1 }}",
        "- if: github.event_name == 'issues' && github.event.issue.number == 3\n  run: make",
        "- if: github.event.pull_request.draft != true\n  run: make",
        "- if: github.event.pull_request.draft == false\n  run: make",
        "- if: '!contains(github.event.pull_request.title, ''wip'')'\n  run: make",
        "- if: github.ref == 'x' || github.event.action == 'opened'\n  run: make",
        "- run: test -n '' && echo ${{ github.event.pull_request.number }}",
        "- run: |\n    if true; then echo $N; fi\n  env:\n    N: ${{ github.event.pull_request.number }}",
        "- uses: a/b@v1\n  env:\n    N: ${{ github.event.pull_request.number }}",
    ],
)
def test_what_only_other_events_send_is_silent_where_something_stands_in_for_it(body: str) -> None:
    found = faults("push", body)
    assert found == (
        [("payload-elsewhere", "pull_request")] if body.startswith("- if: github.event.pull_request\n") else []
    )


@pytest.mark.parametrize(
    ("condition", "name"),
    [
        ("github.event.pull_request.merged == 'true'", "expression-never-equal"),
        ("contains(github.event.pull_request.labels, 'bug')", "expression-never-equal"),
        ("github.event.pull_request.labels == 'bug'", "expression-type"),
        ("github.event.pull_request.base.ref.name == 'main'", "expression-type"),
        ("github.event.pull_request.merged_by == ''", ""),
        ("github.event.pull_request != null", ""),
        ("github.event.pull_request.head.repo == github.event.repository.name", ""),
        ("github.event.inputs == ''", ""),
        ("contains(github.event.pull_request.labels.*.name, 'bug')", ""),
        ("github.event.pull_request.body == true", "expression-never-equal"),
        ("github.event.pull_request.body == false", ""),
        ("github.event.pull_request.created_at > github.event.repository.pushed_at", ""),
        ("contains(github.event.pull_request.body, 'x') && github.event.number > 3", ""),
    ],
)
def test_the_types_of_a_payload(condition: str, name: str) -> None:
    found = of_if("{pull_request: , workflow_dispatch: {inputs: {a: {type: string}}}}", condition)
    assert [each[0] for each in found] == ([name] if name else [])


def test_objects_of_a_payload_are_no_text() -> None:
    assert of_run("pull_request", "github.event.pull_request.head") == [
        ("expression-type", "${{ github.event.pull_request.head }}")
    ]


def test_declared_inputs_are_part_of_what_a_dispatch_sends() -> None:
    on = "{workflow_dispatch: {inputs: {dry: {type: boolean}}}, push: }"
    assert of_run(on, "github.event.inputs.dry || github.event.head_commit.id") == []
    assert of_run(on, "github.event.inputs.wet") == [("expression-undefined", "wet")]
    assert of_run(on, "github.event.wet") == [("payload-undefined", "wet")]


def test_messages_name_the_events_and_what_was_meant() -> None:
    def message(on: str, expression: str) -> str:
        text = f"on: {on}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${{{{ {expression} }}}}\n"
        document = WorkflowDocument(Source(".github/workflows/x.yml", text), Index("/nonexistent"), "workflow")
        return next(each.message for each in workflow_problems(document) if each.name.startswith("payload"))

    assert message("push", "github.event.issue.id") == "`push` sends no `issue`; this is always empty"
    assert message("[push, release]", "github.event.issue.id").startswith("neither `push` nor `release` sends `issue`")
    assert message("[push, release, fork]", "github.event.issue.id").startswith(
        "none of `fork`, `push` and `release` sends"
    )
    assert message("push", "github.event.push.ref").endswith("the payload is `github.event` itself")
    assert message("push", "github.event.pushr.name").endswith("did you mean `pusher`?")


def test_the_metadata_of_an_action_does_not_know_the_event() -> None:
    text = "name: x\nruns:\n  using: composite\n  steps:\n    - run: echo ${{ github.event.titel }}\n      shell: sh\n"
    document = ActionDocument(Source("action.yml", text), Index("/nonexistent"), "action")
    assert [each.name for each in problems_of_action(document)] == ["missing-metadata"]


def test_every_event_is_described_or_open() -> None:
    for event in github.EVENTS:
        is_open = event_of(frozenset((event,))).payload is None
        assert is_open == (event in ("workflow_call", "image_version")), event
        assert is_open or payload_types.has_event(event), event


def test_every_shape_of_the_table_can_be_read() -> None:
    events = [event for event in github.EVENTS if payload_types.has_event(event)]
    seen: set[int] = set()
    stack = list(payload_types.properties(events).values())
    while stack:
        kind = stack.pop()
        if id(kind) not in seen:
            seen.add(id(kind))
            stack += [*kind.properties.values(), *([kind.item] if kind.item is not None else [])]
    assert len(seen) > 60


def test_the_table_is_read_only_where_an_event_is_asked_for() -> None:
    code = (
        "import sys\n"
        "from infralint.analysis.github.problems import workflow_problems\n"
        "from infralint.model.github.workflow import WorkflowDocument\n"
        "from infralint.model.index import Index\n"
        "from infralint.text.source import Source\n"
        "text = 'on: push\\njobs: {a: {runs-on: x, steps: [{run: %s}]}}'\n"
        "def read(run): return workflow_problems(WorkflowDocument(Source('x.yml', text % run), Index('/nonexistent'), 'workflow'))\n"
        "read(repr('${{ github.event_name }} ${{ github.ref }} ${{ toJSON(github.event) }}'))\n"
        "assert 'infralint.tables.payloads' not in sys.modules\n"
        "read(repr('${{ github.event.ref }}'))\n"
        "assert 'infralint.tables.payloads' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
