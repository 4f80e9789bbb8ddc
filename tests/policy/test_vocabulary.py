"""What rules may ask is looked up by class, and told whole."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from infralint.cli.main import main
from infralint.model.document import Noun
from infralint.model.element import askable, fact_of
from infralint.policy.expression import Compiler, ExpressionError
from infralint.policy.vocabulary import Kind, Vocabulary, load
from infralint.text.quantity import Duration, Size, Version


class Run:
    """A class with the name of two others."""

    limit: Size | None
    every: Duration
    version: Version
    count: int
    name: str

    @askable
    def matches(self, word: str) -> bool:
        return word == self.name


class Twin:
    run: Run


Run.__name__ = "Twin"
WORDS = Vocabulary({"toy": {"run": Noun(Run, lambda _: []), "other": Noun(Twin, lambda _: [])}})


def compiler() -> Compiler:
    return Compiler(WORDS, {"run": Kind((Run,)), "other": Kind((Twin,))})


def test_two_classes_of_one_name_are_two() -> None:
    assert compiler().value("other.run.count").kind.classes == (int,)
    with pytest.raises(ExpressionError, match="no 'count'"):
        compiler().value("other.count")


@pytest.mark.parametrize(
    "text",
    [
        "run.limit > 4g",
        "run.every <= 1m30s",
        "run.version >= 3.18",
        "run.version < 3.18.4",
        "run.count > 3",
        "run.limit == 512m",
    ],
)
def test_what_has_an_order_compares_with_its_own(text: str) -> None:
    assert compiler().condition(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('run.name > "4g"', "no common order"),
        ("run.name > 4", "name.*is no number|no common order"),
        ("run.limit > 30s", "30s is no size"),
        ("run.every > run.limit", "no common order"),
        ("run.version > 'new'", "is no version"),
        ("run.matches(3)", "takes str"),
        ("run.matches(run.limit)", "takes str"),
    ],
)
def test_what_has_none_is_refused_when_the_rule_loads(text: str, message: str) -> None:
    with pytest.raises(ExpressionError, match=message):
        compiler().condition(text)


def test_a_fact_outside_of_its_class_is_asked_like_an_attribute() -> None:
    calls: list[Any] = []

    @fact_of(Run, name="is_large")
    def large(run: Run) -> bool:
        calls.append(run)
        return run.count > 2

    words = Vocabulary(WORDS.nouns, [large])
    compiled = Compiler(words, {"run": Kind((Run,))})
    text = compiled.condition("run.is_large")
    (name,) = compiled.homes
    run = Run()
    run.count = 3
    assert eval(text, {name: large, "run": run}) is True
    assert eval(text, {name: large, "run": run}) is True
    assert len(calls) == 1, "an answer is worked out once per noun"


def test_the_parents_of_stages_and_jobs_can_be_asked() -> None:
    words = load()
    stage = words.nouns["dockerfile"]["stage"].type
    assert "parent" in words.of(stage)
    assert not {"EVERY", "source", "start", "node"} & set(words.of(stage))


def test_nouns_lists_the_parts_that_nouns_lead_to_and_the_forms_of_questions() -> None:
    shown = CliRunner().invoke(main, ["nouns", "compose.healthcheck", "workflow.step"]).output
    assert "compose.healthcheck: " in shown
    assert ".is_disabled: bool" in shown
    assert "(*names)" in shown
