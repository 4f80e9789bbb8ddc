"""Every question about a hostile Dockerfile ends soon."""

from __future__ import annotations

import pytest
from growth import assert_linear

from infralint.model.dockerfile.document import KIND, DockerfileDocument
from infralint.model.index import Index
from infralint.policy.catalogue import function_at
from infralint.policy.vocabulary import load
from infralint.text.source import Source


def read(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), KIND)


WORDS = load()


def ask_everything(element: object) -> None:
    for attribute in WORDS.of(type(element)).values():
        if attribute.takes is None and attribute.home:
            function_at(attribute.home)(element)
        elif attribute.takes is None:
            getattr(element, attribute.name)


HOSTILE = {
    "stages": "FROM a AS s0\n" + "".join(f"FROM s{i} AS s{i + 1}\n" for i in range(4_000)),
    "doubling": "FROM a\nENV A=aaaaaaaa\n" + "ENV A=$A$A B=$A$A\n" * 3_000,
    "shell": "FROM a\n" + ("RUN " + "a && " * 6_000 + "b\n") * 20,
    "wide": "FROM a\n" + ("RUN " + "😀 " * 20_000 + "b\n") * 20,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_end_soon(text: str) -> None:
    def ask(text: str) -> None:
        document = read(text)
        for noun in WORDS.nouns["dockerfile"].values():
            for element in noun.of(document):
                ask_everything(element)

    assert_linear(ask, text)
