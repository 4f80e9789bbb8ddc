"""Variables in use, and whether something defines them."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.analysis.dockerfile.variables import extends_itself, is_set_in_same_env, is_undefined, references
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.element import UNKNOWN
from infralint.model.index import Index
from infralint.text.source import Source


def document(text: str, root: Path | str = "/nowhere") -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index(str(root)), "dockerfile")


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("ARG A=1\nFROM scratch\nCOPY $A /\n", {"A": True}),
        ("ARG A=1\nFROM scratch\nARG A\nCOPY $A /\n", {"A": False}),
        ("FROM scratch AS x\nENV A=1\nARG B=2\nFROM x\nCOPY $A $B /\n", {"A": False, "B": True}),
        ("FROM alpine:3\nENV P=$PATH:$X\n", {"PATH": False, "X": True}),
        ("FROM node:22\nENV P=$X\n", {"X": UNKNOWN}),
        ("FROM example/alpine\nENV P=$X\n", {"X": UNKNOWN}),
        ("FROM $A\nCOPY $HTTP_PROXY /\n", {"A": True, "HTTP_PROXY": False}),
        ("ARG A\nFROM --platform=$BUILDPLATFORM x:$A\n", {"A": False, "BUILDPLATFORM": False}),
        ("FROM scratch\nLABEL a='$A' b=\"$B\" c=\\$C d=${D:-1}\n", {"B": True, "D": True}),
        ("FROM scratch\nONBUILD COPY $A /\nRUN echo $B\n", {}),
    ],
)
def test_variables_and_whether_something_defines_them(text: str, verdicts: dict[str, object]) -> None:
    found = references(document(text))
    assert {str(reference.name): is_undefined(reference) for reference in found} == verdicts
    assert all(reference.raw.lstrip("${").startswith(reference.name) for reference in found)


def test_a_variable_does_not_see_what_is_set_beside_it() -> None:
    found = references(document("FROM scratch\nENV A=1 B=$A C=$C\nENV D=$A\n"))
    assert [(str(r.name), is_set_in_same_env(r), extends_itself(r)) for r in found] == [
        ("A", True, False), ("C", False, True), ("A", False, False),
    ]  # fmt: skip
