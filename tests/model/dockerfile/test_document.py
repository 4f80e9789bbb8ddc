"""Dockerfiles as stages and instructions."""

from __future__ import annotations

from infralint.model.dockerfile.document import KIND, NOUNS, DockerfileDocument
from infralint.model.index import Index
from infralint.text.source import Source


def read(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), KIND)


def test_keys_are_structural() -> None:
    document = read("ARG A\nFROM a AS build\nRUN x\nRUN y\nFROM b\nUSER c\n")
    runs = document.stages[0].runs
    assert [document.key_of(e) for e in (document.head[0], document.stages[0], runs[1], runs[1].commands[0])] == [
        "ARG[0]", "stage.build", "stage.build.RUN[1]", "stage.build.RUN[1]",
    ]  # fmt: skip
    assert document.key_of(document.stages[1].user) == "stage[1].USER[0]"


def test_triggers_are_judged_but_do_not_change_the_stage() -> None:
    document = read("FROM a\nONBUILD USER root\nONBUILD RUN apt-get install x\n")
    assert document.stages[0].user is None
    assert [run.trigger for run in NOUNS["run"].of(document)] == [True]


def test_problems_and_comments_come_through() -> None:
    document = read("# hi\nFROM a\nRUM x # no comment\n")
    assert [(p.name, p.raw) for p in document.problems] == [("unknown-instruction", "RUM")]
    assert [(c.text, c.line, c.alone) for c in document.comments()] == [("# hi", 1, True)]
