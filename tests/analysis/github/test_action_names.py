"""Outputs and inputs of actions that many use: what the tables know, and up to which version."""

from __future__ import annotations

import pytest

from infralint.analysis.github.problems import workflow_problems
from infralint.model.github.workflow import WorkflowDocument
from infralint.model.index import Index
from infralint.tables.action_names import names_in, slip_of
from infralint.tables.actions import inputs_of, known_actions, outputs_of, text_of
from infralint.text.source import Source

SHA = "0123456789abcdef0123456789abcdef01234567"


def problems(text: str) -> list[tuple[str, str, str | None]]:
    head = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
    document = WorkflowDocument(Source(".github/workflows/x.yml", head + text), Index("/nonexistent"), "workflow")
    return [(each.name, each.raw, each.nearest) for each in workflow_problems(document)]


def of_output(uses: str, name: str) -> list[tuple[str, str, str | None]]:
    return problems(f"      - id: x\n        uses: {uses}\n      - run: echo ${{{{ steps.x.outputs.{name} }}}}\n")


def of_input(uses: str, name: str) -> list[tuple[str, str, str | None]]:
    return problems(f"      - uses: {uses}\n        with:\n          {name}: x\n")


@pytest.mark.parametrize(
    ("uses", "name", "nearest"),
    [
        ("actions/setup-python@v5", "python_version", "python-version"),
        ("actions/setup-python@v5.1.0", "python", None),
        (f"actions/setup-python@{SHA} # v4.2", "version", None),
        ("actions/setup-python@main", "pythn-version", "python-version"),
        ("Docker/Build-Push-Action@v6", "image-id", "imageid"),
        ("actions/cache@v4", "hit", None),
        ("actions/create-release@v1", "uploadurl", "upload_url"),
        ("docker/login-action@v3", "token", None),
    ],
)
def test_an_output_that_the_action_does_not_have(uses: str, name: str, nearest: str | None) -> None:
    ((sort, raw, close),) = [
        each for each in of_output(uses, name) if each[0] not in ("old-runtime", "action-incomplete")
    ]
    assert (sort, raw) == ("expression-undefined", name)
    assert nearest is None or close == nearest


@pytest.mark.parametrize(
    ("uses", "name"),
    [
        ("actions/setup-python@v5", "Python-Version"),
        ("actions/setup-python@v99", "what_a_later_version_gives"),
        (f"actions/setup-python@{SHA}", "what_a_later_version_gives"),
        ("actions/setup-python@main", "what_a_later_version_gives"),
        ("actions/github-script@v7", "set_by_the_script"),
        ("dorny/paths-filter@v3", "backend"),
        ("tj-actions/changed-files@v45", "docs_any_changed"),
        ("aws-actions/amazon-ecr-login@v2", "docker_username_1234"),
        ("example/setup@v1", "anything"),
        ("docker://alpine:3", "anything"),
        ("./not-here", "anything"),
    ],
)
def test_an_output_that_it_has_or_may_have_is_silent(uses: str, name: str) -> None:
    assert [each for each in of_output(uses, name) if each[0].startswith("expression")] == []


@pytest.mark.parametrize(
    ("uses", "name", "found"),
    [
        ("peter-evans/create-pull-request@v7", "add-path", True),
        ("peter-evans/create-pull-request@v7", "paths", True),
        ("peter-evans/create-pull-request@v99", "paths", False),
        ("peter-evans/create-pull-request@v99", "add_paths", True),
        ("actions/upload-artifact@v4", "retention_days", True),
        (f"actions/upload-artifact@{SHA}", "archive", False),
        ("actions/checkout@v99", "branch", True),
        ("actions/setup-java@v5", "cache-read-only", False),
    ],
)
def test_inputs_are_told_by_the_version_too(uses: str, name: str, found: bool) -> None:
    assert ("action-undeclared" in [each[0] for each in of_input(uses, name)]) == found


@pytest.mark.parametrize(
    ("name", "slip"),
    [
        ("cache_hit", "cache-hit"),
        ("cachehit", "cache-hit"),
        ("cache-hot", "cache-hit"),
        ("cahce-hit", "cache-hit"),
        ("cache-hit", None),
        ("CACHE-HIT", None),
        ("cache-hits", None),
        ("cache-hits-all", None),
        ("ix", None),
    ],
)
def test_slips(name: str, slip: str | None) -> None:
    assert slip_of(name, ["cache-hit", "id"]) == slip


def test_rows() -> None:
    names = names_in("4: name ~Old-Name")
    assert names.known == {"name", "old-name"} and names.deprecated == {"old-name"}
    assert (
        names.are_all_of("v4.9")
        and names.are_all_of("3")
        and not names.are_all_of("v5")
        and not names.are_all_of("4-beta")
    )
    assert not names.are_all_of("main") and not names.are_all_of(None)
    assert names_in("name").are_all_of(None)
    assert not names_in("0: name").are_all_of("v0.9.4"), "of no version it is known that these are all"


def test_the_rows_name_no_input_twice() -> None:
    described = 0
    for action in known_actions():
        for column, read in (("inputs", inputs_of), ("outputs", outputs_of)):
            row, names = text_of(action, column), read(action)
            assert (row is None) == (names is None), action
            if row is not None and names is not None:
                words = row.rpartition(":")[2].lower().replace("~", "").split()
                assert len(names.known) == len(words), action
                described += 1
    assert described > 150


def test_an_input_that_is_given_already_is_not_proposed() -> None:
    step = "      - uses: actions/setup-node@v4\n        with:\n          node_version: 24\n"
    assert [nearest for _, _, nearest in problems(step)] == ["node-version"]
    assert [nearest for _, _, nearest in problems(step + "          node-version: 22\n")] == [None]
