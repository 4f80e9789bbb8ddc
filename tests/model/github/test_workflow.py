"""The workflow model: facts that cards ask for, and the edits that mend."""

from __future__ import annotations

import pathlib
import textwrap
from typing import Any

import pytest

from infralint.analysis.github.caches import restores_cache
from infralint.analysis.project.summaries import workflow_summary
from infralint.model.element import UNKNOWN
from infralint.model.github.action import ActionDocument
from infralint.model.github.dependabot import DependabotDocument
from infralint.model.github.workflow import WorkflowDocument
from infralint.model.index import Index
from infralint.text.edit import apply
from infralint.text.source import Source

PATH = ".github/workflows/ci.yml"


def workflow(text: str, root: str = "/nonexistent", files: dict[str, str] | None = None) -> WorkflowDocument:
    return WorkflowDocument(Source(PATH, textwrap.dedent(text)), Index(root, files), "workflow")


def steps(body: str, on: str = "push", extra: str = "") -> WorkflowDocument:
    head = f"on: {on}\njobs:\n  a:\n    runs-on: ubuntu-latest\n{extra}    steps:\n"
    return WorkflowDocument(
        Source(PATH, head + textwrap.indent(textwrap.dedent(body), "      ")), Index("/nonexistent"), "workflow"
    )


def mended(document: WorkflowDocument, expression: int = 0) -> str:
    edits = document.expressions[expression].through_env
    assert edits is not None
    return apply(document.source.text, edits)


def test_attacker_controlled_text_in_a_script_is_seen_also_by_way_of_env() -> None:
    document = steps(
        """\
        - run: echo ${{ github.event.issue.title }} ${{ github.sha }}
        - run: echo ${{ env.TITLE }}
          env:
            TITLE: ${{ github.event.issue.title }}
        - run: echo ${{ contains(github.head_ref, 'x') }} ${{ toJSON(github.event) }}
        """
    )
    seen = [(str(each.text), each.is_in_script, each.is_attacker_controlled) for each in document.expressions]
    assert seen == [
        ("github.event.issue.title", True, True),
        ("github.sha", True, False),
        ("env.TITLE", True, True),
        ("github.event.issue.title", False, True),
        ("contains(github.head_ref, 'x')", True, False),
        ("toJSON(github.event)", True, True),
    ]


def test_the_fix_hands_every_such_value_over_by_env() -> None:
    document = steps(
        """\
        - run: |
            echo "a ${{ github.event.issue.title }}_b"
            echo ${{ github.event.issue.body }}
        """
    )
    assert mended(document).endswith(
        """\
      - run: |
          echo "a ${ISSUE_TITLE}_b"
          echo "$ISSUE_BODY"
        env:
          ISSUE_TITLE: ${{ github.event.issue.title }}
          ISSUE_BODY: ${{ github.event.issue.body }}
"""
    )
    assert document.expressions[0].through_env == document.expressions[1].through_env


def test_the_fix_reuses_a_variable_and_avoids_names_in_use() -> None:
    document = steps(
        """\
        - run: ISSUE_TITLE=x; echo ${{ github.event.issue.title }} ${{ env.OWN }}
          env:
            OWN: ${{ github.event.issue.body }}
        """
    )
    text = mended(document)
    assert 'echo "$ISSUE_TITLE_2" "$OWN"' in text
    assert "ISSUE_TITLE_2: ${{ github.event.issue.title }}" in text
    assert "ENV_OWN" not in text


@pytest.mark.parametrize(
    "script",
    [
        "echo 'a ${{ github.event.issue.title }}'",
        "echo '${{ github.event.issue.title }}' | sh",
        "bash -c 'echo ${{ github.event.issue.title }}'",
        "ssh host '${{ github.event.issue.title }}'",
        "x=$'${{ github.event.issue.title }}'",
        "cat <<'EOF'\n${{ github.event.issue.title }}\nEOF",
        "# ${{ github.event.issue.title }}",
        "${{ github.event.issue.title }} --flag",
        "true && ${{ github.event.issue.title }}",
    ],
)
def test_where_a_variable_would_not_be_read_there_is_no_fix(script: str) -> None:
    document = steps("- run: |\n" + textwrap.indent(script, "    "))
    assert document.expressions[0].through_env is None


@pytest.mark.parametrize(
    ("shell", "script", "wanted"),
    [
        ("pwsh", "echo ${{ github.event.issue.title }}", "echo $env:ISSUE_TITLE"),
        ("pwsh", 'echo "a ${{ github.event.issue.title }}b"', 'echo "a ${env:ISSUE_TITLE}b"'),
        ("pwsh", "f '${{ github.event.issue.title }}'", "f $env:ISSUE_TITLE"),
        (
            "cmd",
            "echo ${{ github.event.issue.title }}",
            "setlocal EnableDelayedExpansion\n          echo !ISSUE_TITLE!\n",
        ),
        (
            "cmd",
            "setlocal EnableDelayedExpansion\necho ${{ github.event.issue.title }}",
            "run: |\n          setlocal EnableDelayedExpansion\n          echo !",
        ),
        (
            "python",
            'print("${{ github.event.issue.title }}")',
            'import os\n          print(os.environ["ISSUE_TITLE"])\n',
        ),
        (
            "python",
            "import sys, os\nx = '${{ github.event.issue.title }}'",
            'run: |\n          import sys, os\n          x = os.environ["ISSUE_TITLE"]\n',
        ),
        ("bash", "echo '${{ github.event.issue.title }}'", 'echo "$ISSUE_TITLE"'),
        ("bash", "name='${{ github.event.issue.title }}'", 'name="$ISSUE_TITLE"'),
        ("bash", "cat <<EOF\n${{ github.event.issue.title }}\nEOF", "cat <<EOF\n          $ISSUE_TITLE"),
        ("bash", 'echo "$(f "${{ github.event.issue.title }}")"', 'echo "$(f "$ISSUE_TITLE")"'),
        ("bash", 'echo "it\'s ${{ github.event.issue.title }}"', 'echo "it\'s $ISSUE_TITLE"'),
    ],
)
def test_each_shell_reads_the_variable_its_own_way(shell: str, script: str, wanted: str) -> None:
    document = steps(f"- shell: {shell}\n  run: |\n" + textwrap.indent(script, "    "))
    assert wanted in mended(document)


def test_github_script_reads_process_env() -> None:
    document = steps(
        """\
        - uses: actions/github-script@v7
          with:
            script: |
              const a = '${{ github.event.issue.title }}'
        """
    )
    assert "const a = process.env.ISSUE_TITLE\n" in mended(document)


def test_needs() -> None:
    document = workflow(
        """\
        on: push
        jobs:
          build: {runs-on: x, steps: [{run: a}], needs: deploy}
          deploy: {runs-on: x, steps: [{run: a}], needs: [biuld, BUILD]}
        """
    )
    circular, missing, other_case = document.nouns["need"].of(document)
    assert circular.is_circular and circular.job.id == "deploy"
    assert missing.job is None and missing.nearest == "build"
    assert other_case.job.id == "build"
    assert document.key_of(missing) == "jobs.deploy.needs[0]"


def test_only_jobs_that_wait_for_each_other_are_circular() -> None:
    document = workflow(
        """\
        on: push
        jobs:
          a: {runs-on: x, steps: [{run: a}], needs: [c, d]}
          b: {runs-on: x, steps: [{run: a}], needs: a}
          c: {runs-on: x, steps: [{run: a}], needs: b}
          d: {runs-on: x, steps: [{run: a}]}
          e: {runs-on: x, steps: [{run: a}], needs: [e, a]}
        """
    )
    seen = [(str(each.owner.id), str(each.name), each.is_circular) for each in document.nouns["need"].of(document)]
    assert seen == [
        ("a", "c", True), ("a", "d", False), ("b", "a", True), ("c", "b", True), ("e", "e", True), ("e", "a", False),
    ]  # fmt: skip


def test_references_to_actions() -> None:
    commit = "a" * 40
    document = steps(
        f"""\
        - uses: actions/checkout@v4
        - uses: Owner/name/sub@{commit} # v1.2.3
        - uses: ./local
        - uses: docker://alpine:3.20
        - uses: broken
        """
    )
    tag, pinned, local, image, broken = document.uses
    assert tag.ref is not None and (tag.ref.is_commit, tag.ref.kind) == (False, "version")
    assert pinned.ref is not None and pinned.ref.is_commit
    assert (pinned.owner, pinned.repository, pinned.path) == ("Owner", "Owner/name", "sub")
    assert pinned.action == "owner/name/sub"
    assert pinned.version_comment == "v1.2.3"
    assert local.is_local and local.ref is None and local.local_file is None
    assert image.is_docker and image.image is not None and image.image.name == "alpine"
    assert broken.is_malformed and not tag.is_malformed
    assert document.source.text[tag.ref.start : tag.ref.end] == "v4"


def test_a_commit_is_known_when_the_repository_pins_that_version_elsewhere(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    one, two = "1" * 40, "2" * 40
    (folder / "a.yml").write_text(f"x:\n  - uses: o/n@{one} # v1\n  - uses: o/twice@{one} # v2\n")
    (folder / "b.yml").write_text(f"x:\n  - uses: o/twice@{two} # v2\n  - uses: 'o/q/sub@{two}'  # v3\n")
    files = {f".github/workflows/{name}.yml": "workflow" for name in "ab"}
    document = workflow(
        """\
        on: push
        jobs:
          a:
            runs-on: x
            steps:
              - uses: O/N@v1
              - uses: o/n@v1.0
              - uses: o/twice@v2
              - uses: o/q@v3
        """,
        str(tmp_path),
        files,
    )
    assert [uses.pinned[0].text if uses.pinned else None for uses in document.uses] == [one, None, None, two]


def test_permissions() -> None:
    document = workflow(
        """\
        on: push
        permissions: write-all
        jobs:
          a:
            runs-on: x
            permissions: {contents: write, issues: read, nothing: read}
            steps: []
          b: {runs-on: x, steps: []}
        """
    )
    assert document.workflow is not None
    a, b = document.jobs
    assert document.workflow.permissions.is_write_all
    assert [str(each.scope) for each in a.permissions.writes] == ["contents"]
    assert a.permissions.grants("contents", "read") and not a.permissions.grants("issues", "write")
    assert [each.is_known_scope for each in a.permissions.entries] == [True, True, False]
    assert b.permissions.is_missing and b.effective_permissions.is_write_all


def test_caches_and_releases() -> None:
    document = steps(
        """\
        - uses: actions/setup-node@v4
          with: {cache: npm}
        - uses: actions/setup-python@v5
        - uses: actions/setup-go@v5
          with: {cache: false}
        - uses: actions/cache@v4
          with: {path: x, key: y}
        - uses: actions/setup-python@v5
          with:
            cache: ${{ inputs.cache }}
        - run: twine upload dist/*
        """
    )
    restored = [restores_cache(step) for step in document.steps]
    assert restored[0] is not None and restored[0].raw == "npm"
    assert restored[1] is None and restored[2] is None
    assert restored[3] is document.steps[3].uses
    assert restored[4] is None
    assert document.jobs[0].publishes_release
    assert document.jobs[0].publishes is not None and document.jobs[0].publishes.raw == "twine upload dist/*"
    assert not steps("- run: make").jobs[0].publishes_release
    assert steps("- run: make", on="{push: {tags: ['v*']}}").jobs[0].publishes_release


def test_deployments() -> None:
    document = steps(
        """\
        - run: kubectl apply -f k8s/${{ inputs.x }}.yml
        - if: failure()
          run: kubectl rollout undo deployment/web
        """,
        extra="    environment: {name: production, url: https://example.com}\n    timeout-minutes: 15\n",
    )
    (job,) = document.jobs
    assert job.deploys is not None and job.deploys.raw.startswith("kubectl apply")
    assert job.deploys_to == "Kubernetes"
    assert job.goes_back is not None
    assert job.environment == "production" and job.timeout == 15


def test_checking_out_a_strangers_head_with_our_rights() -> None:
    body = """\
    - uses: actions/checkout@v4
      with:
        ref: ${{ github.event.pull_request.head.sha }}
    - uses: actions/checkout@v4
      with: {persist-credentials: false}
    """
    risky = steps(body, on="pull_request_target")
    assert risky.steps[0].untrusted_head is not None and risky.steps[1].untrusted_head is None
    assert risky.jobs[0].meets_heads and not steps(body, on="pull_request").jobs[0].meets_heads
    assert [each.persists_credentials for each in risky.nouns["checkout"].of(risky)] == [True, False]


@pytest.mark.parametrize(
    ("condition", "holds", "mended"),
    [
        ("if: github.ref == 'x'", UNKNOWN, None),
        ("if: ${{ github.ref == 'x' }}", UNKNOWN, None),
        ("if: |\n    ${{ github.ref == 'x' }}", True, "if: |-\n          ${{ github.ref == 'x' }}\n"),
        ('if: "${{ a.b }} "', True, "if: ${{ a.b }}\n"),
        ("if: ${{ github.a }} && ${{ github.b || github.c }}", True, "if: github.a && (github.b || github.c)\n"),
        ("if: false", False, None),
        ("if: github.x || true", True, None),
    ],
)
def test_conditions(condition: str, holds: Any, mended: str | None) -> None:
    document = steps(f"- {condition}\n  run: x\n")
    (found,) = document.conditions
    assert found.holds is holds
    edits = found.unwrapped
    if mended is None:
        assert edits is None
    else:
        assert edits is not None and mended in apply(document.source.text, edits)


def test_runners_of_a_matrix_and_their_shell() -> None:
    document = workflow(
        """\
        on: push
        jobs:
          a:
            strategy: {matrix: {os: [ubuntu-latest], include: [{os: windows-latest}]}}
            runs-on: ${{ matrix.os }}
            steps: [{run: x}]
          b: {runs-on: windows-2022, steps: [{run: x}, {run: x, shell: bash}]}
          c: {runs-on: [self-hosted, linux], steps: [{run: x}]}
          d:
            runs-on: ${{ inputs.runner }}
            steps: [{run: x}]
        """
    )
    a, b, c, d = document.jobs
    assert a.runs_on == ["ubuntu-latest", "windows-latest"] and a.is_windows is UNKNOWN
    assert [step.run.shell for step in b.steps if step.run] == ["pwsh", "bash"]
    assert c.self_hosted_label == "self-hosted" and b.self_hosted_label is None
    assert d.runs_on is UNKNOWN and d.steps[0].run is not None and d.steps[0].run.shell is UNKNOWN


def problems(document: WorkflowDocument) -> list[tuple[str, int, str]]:
    return [(each.name, document.source.line_of(each.start), each.raw) for each in document.all_problems]


def test_types_know_steps_needs_matrix_and_inputs() -> None:
    document = workflow(
        """\
        on:
          workflow_dispatch:
            inputs:
              debug: {type: boolean}
        jobs:
          build:
            runs-on: ubuntu-24.04
            outputs: {tag: '${{ steps.late.outputs.x }}'}
            steps:
              - run: echo ${{ steps.late.outputs.x }}
              - id: late
                run: echo ${{ inputs.debgu }} ${{ matrix.os }} ${{ steps.late.outcome }}
          use:
            needs: build
            runs-on: ubuntu-24.04
            steps:
              - run: echo ${{ needs.build.outputs.tga }} ${{ needs.other.result }} ${{ github.event }}
        """
    )
    assert problems(document) == [
        ("expression-undefined", 10, "late"),
        ("expression-undefined", 12, "debgu"),
        ("expression-undefined", 12, "os"),
        ("expression-undefined", 12, "late"),
        ("expression-undefined", 17, "tga"),
        ("expression-undefined", 17, "other"),
        ("expression-type", 17, "${{ github.event }}"),
    ]
    assert all(each.is_type_error for each in document.all_problems)


def test_the_structure_is_checked() -> None:
    document = workflow(
        """\
        on: {push: {branch: main}, pullrequest: }
        jobs:
          a:
            run-on: x
            steps:
              - {id: one, run: x}
              - {id: ONE, run: x}
              - {uses: a/b@v1, run: x}
              - name: nothing
        """
    )
    assert [(name, raw) for name, _, raw in problems(document)] == [
        ("unknown-key", "branch"),
        ("unknown-event", "pullrequest"),
        ("unknown-key", "run-on"),
        ("missing-key", "a"),
        ("duplicate-id", "ONE"),
        ("bad-value", "uses: a/b@v1, run: x}"),
        ("missing-key", "name: nothing"),
    ]


@pytest.mark.parametrize("text", ["", "- a\n", "a: [\n", "on: push\njobs:\n  a: 1\n", "jobs: {a: {steps: {}}}\n", "\t"])
def test_what_is_no_workflow_ends_in_problems(text: str) -> None:
    document = workflow(text)
    for noun in document.nouns.values():
        list(noun.of(document))
    assert document.all_problems


def test_the_steps_of_a_composite_action() -> None:
    text = """\
    name: n
    description: d
    inputs: {who: {required: true}}
    runs:
      using: composite
      steps:
        - run: echo ${{ inputs.hwo }} ${{ secrets.X }}
        - run: echo
          shell: bash
    """
    document = ActionDocument(Source("action.yml", textwrap.dedent(text)), Index("/nonexistent"), "action")
    assert document.action is not None and document.action.is_composite
    assert [(each.name, each.raw) for each in document.all_problems] == [
        ("missing-shell", "run: echo ${{ inputs.hwo }} ${{ secrets.X }}"),
        ("expression-undefined", "hwo"),
        ("expression-unavailable", "secrets"),
    ]
    assert document.key_of(document.steps[1]) == "runs.steps[1]"


def test_dependabot() -> None:
    text = "version: 2\nupdates:\n  - package-ecosystem: pip\n    directory: /\n    cooldown: {default-days: 7, semver-major-days: 3}\n"
    document = DependabotDocument(Source(".github/dependabot.yml", text), Index("/nonexistent"), "dependabot")
    (update,) = document.updates
    assert update.ecosystem == "pip"
    assert update.cooldown is not None and update.cooldown.default_days == 7 and update.cooldown.shortest == 3


def test_a_release_that_deploys_tells_the_project_where_and_whether_it_can_go_back() -> None:
    text = """
        on: push
        jobs:
          deploy:
            runs-on: ubuntu-24.04
            environment: production
            steps:
              - run: |
                  make
                  kubectl apply -f k8s/
          test:
            runs-on: ubuntu-24.04
            steps:
              - run: make test
        """
    document = workflow(text)
    (found,) = workflow_summary(document).deployments
    assert (found.how, found.environment, found.has_way_back) == ("Kubernetes", "production", False)
    assert document.source.text[found.at.start : found.at.end] == "kubectl apply -f k8s/"
    (other,) = workflow_summary(workflow(text.replace("make test", "kubectl rollout undo deployment/web"))).deployments
    assert other.has_way_back


def test_only_jobs_without_any_permissions_have_the_default_token() -> None:
    text = """
        on: push
        jobs:
          a:
            permissions: {}
            runs-on: ubuntu-24.04
          b:
            runs-on: ubuntu-24.04
        """
    one = workflow(text).workflow
    assert one is not None and [str(job) for job in one.default_token_jobs] == ["b"]
    other = workflow(textwrap.dedent(text).replace("on: push", "on: push\npermissions: read-all")).workflow
    assert other is not None and other.default_token_jobs == []


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("a/b@v1", "a/b@%s # v1"),
        ("'a/b@v1'", "'a/b@%s' # v1"),
        ("a/b@v1 # v1", "a/b@%s # v1"),
        ("a/b@v1 # keep", None),
        ("a/b@v2", None),
        ("&x a/b@v1", "&x a/b@%s # v1"),
        (">-\n          a/b@v1", None),
    ],
)
def test_a_known_commit_is_written_with_its_version_behind_it(
    tmp_path: pathlib.Path, line: str, wanted: str | None
) -> None:
    commit = "1f6a6c4b3f3b3e6a0d7c7f0a4f1c9b8a5d2e4f60"
    text = f"""
        on: push
        jobs:
          a:
            runs-on: ubuntu-24.04
            steps:
              - uses: a/b@{commit} # v1
              - uses: {line}
        """
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "ci.yml").write_text(textwrap.dedent(text))
    document = workflow(text, str(tmp_path), {".github/workflows/ci.yml": "workflow"})
    edits = document.uses[1].pinned
    if wanted is None:
        assert edits is None
    else:
        assert edits is not None
        assert f"- uses: {wanted % commit}\n" in apply(document.source.text, edits)


@pytest.mark.parametrize(
    ("step", "is_mended"),
    [
        ("{uses: actions/checkout@v4}", True),
        ("{uses: actions/checkout@v10}", True),
        ("{uses: actions/checkout@main}", True),
        ("{uses: actions/checkout@v1}", False),
        ("{uses: actions/checkout@v1.2.0}", False),
        ("{uses: actions/checkout@v4, run: x}", False),
        ("{uses: actions/checkout@v4, shell: bash}", False),
    ],
)
def test_credentials_are_dropped_where_the_step_takes_that_input(step: str, is_mended: bool) -> None:
    document = workflow(f"on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - {step}\n")
    checkout = document.steps[0].checkout
    assert checkout is not None
    assert (checkout.with_credentials_dropped is not None) is is_mended
