"""The type checker for expressions: what it reports and, as much, what it leaves alone."""

from __future__ import annotations

import pytest

from infralint.analysis.expressions.checker import check
from infralint.analysis.expressions.contexts import base_contexts, environment_at, place_of
from infralint.analysis.expressions.value_types import ANY, BOOLEAN, NUMBER, STRING, array, closed, merge
from infralint.syntax.expression import parse
from infralint.text.source import Source, text_at

STEP_IF = "jobs.<job_id>.steps.if"
RUN = "jobs.<job_id>.steps.run"


def faults(text: str, place: str = RUN) -> list[tuple[str, str]]:
    expression = parse(text_at(Source("x.yml", text), 0, len(text)))
    assert expression.root is not None, expression.faults
    contexts = {
        **base_contexts(),
        "matrix": closed({"os": STRING, "pkg": array(closed({"name": STRING}))}, "the matrix has no `{name}`"),
        "inputs": closed({"debug": BOOLEAN, "count": NUMBER}),
    }
    return [
        (each.message, text[each.start : each.end]) for each in check(expression, environment_at(place, contexts))[1]
    ]


@pytest.mark.parametrize(
    ("text", "place", "words", "at"),
    [
        ("github.events", RUN, "did you mean `event`", "events"),
        ("gthub.ref", RUN, "did you mean `github`", "gthub"),
        ("main", RUN, "single quotes", "main"),
        ("startWith('a', 'b')", RUN, "did you mean `startsWith`", "startWith('a', 'b')"),
        ("startsWith('a')", RUN, "takes 2 arguments, not 1", "startsWith('a')"),
        ("startsWith('a', github.event)", RUN, "argument 2 of `startsWith`", "github.event"),
        ("env[0]", RUN, "must be a string, not number", "0"),
        ("github.repository.owner", RUN, "string has no properties", "github.repository.owner"),
        ("job.container.os", RUN, "no property `os`", "os"),
        ("matrix.oss", RUN, "did you mean `os`", "oss"),
        ("matrix.pkg.name", RUN, "array has no property `name`", "matrix.pkg.name"),
        ("format('{0}{1}', 1)", RUN, "`{1}` has no argument", "'{0}{1}'"),
        ("format('{0}', 1, 2)", RUN, "not used", "2"),
        ("fromJSON('[1,')", RUN, "is not JSON", "'[1,'"),
        ("fromJSON('{\"a\": 1}').b", RUN, "no property `b`", "b"),
        ("github.event == 'push'", RUN, "never equal", "github.event == 'push'"),
        ("inputs.debug == 'yes'", RUN, "a boolean never equals", "inputs.debug == 'yes'"),
        ("inputs.debug > 3", RUN, "cannot compare a boolean", "inputs.debug > 3"),
        ("always()", RUN, "`always()` is not available", "always()"),
        ("secrets.X", STEP_IF, "`secrets` is not available", "secrets"),
        ("env.X", "jobs.<job_id>.if", "`env` is not available", "env"),
        ("matrix.os", "jobs.<job_id>.steps.shell", "nothing is evaluated", "matrix"),
        ("hashFiles('x')", "jobs.<job_id>.env", "`hashFiles()` is not available", "hashFiles('x')"),
        ("case(true, 1, 2, 3)", RUN, "pairs", "case(true, 1, 2, 3)"),
    ],
)
def test_faults(text: str, place: str, words: str, at: str) -> None:
    (found,) = faults(text, place)
    assert words in found[0]
    assert found[1] == at


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("github.event.anything.at.all", RUN),
        ("GitHub.Event_Name == 'PUSH'", RUN),
        ("job.services.redis.ports[6379]", RUN),
        ("contains(github.event.pull_request.labels.*.name, 'x')", STEP_IF),
        ("matrix.pkg[0].name", RUN),
        ("join(matrix.pkg.*.name, ',')", RUN),
        ("success() || failure() && always()", STEP_IF),
        ("secrets.ANY || github.token", RUN),
        ("runner.os == 'Linux' && 'a' || 'b'", RUN),
        ("fromJSON(needs.x.outputs.y)[0].z", RUN),
        ("inputs.debug == true && inputs.count > 3", RUN),
        ("inputs.debug == 'true' || inputs.debug == '1'", "a.key.of.no.table"),
        ("vars.X", RUN),
        ("format('{{0}} {0}', 1)", RUN),
    ],
)
def test_what_is_right_or_not_known_is_silent(text: str, place: str) -> None:
    found = [each for each in faults(text, place) if "never equals" not in each[0]]
    assert found == []


def test_types_that_differ_merge_to_any_and_objects_unite() -> None:
    assert merge([STRING, NUMBER]) is ANY
    both = merge([closed({"a": STRING}), closed({"b": NUMBER})])
    assert set(both.properties) == {"a", "b"} and both.other is None


@pytest.mark.parametrize(
    ("route", "place"),
    [
        (("jobs", "a", "steps", 0, "env", "X"), "jobs.<job_id>.steps.env"),
        (("jobs", "a", "services", "db", "env", "X"), "jobs.<job_id>.services.<service_id>.env.<env_id>"),
        (("jobs", "a", "services", "db", "image"), "jobs.<job_id>.services"),
        (("jobs", "a", "container", "credentials", "password"), "jobs.<job_id>.container.credentials"),
        (("jobs", "a", "environment", "url"), "jobs.<job_id>.environment.url"),
        (("jobs", "a", "environment", "name"), "jobs.<job_id>.environment"),
        (("on", "workflow_call", "outputs", "x", "value"), "on.workflow_call.outputs.<output_id>.value"),
        (("env", "X"), "env"),
    ],
)
def test_places(route: tuple[str | int, ...], place: str) -> None:
    assert place_of(route) == place


def test_hash_files_is_for_the_steps_and_defaults_of_an_action_not_for_its_outputs() -> None:
    text = "hashFiles('x')"
    assert faults(text, "inputs.<input_id>.default") == []
    assert "not available" in faults(text, "outputs.<output_id>.value")[0][0]
