"""ENV, ARG and LABEL rewritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.analysis.dockerfile.assignments import uses_legacy_format
from infralint.analysis.dockerfile.variables import is_set_in_same_env, references
from infralint.fixes.dockerfile.assignments import split_into_own_env, with_equals_sign
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.index import Index
from infralint.text.edit import apply
from infralint.text.source import Source


def document(text: str, root: Path | str = "/nowhere") -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index(str(root)), "dockerfile")


def test_spaced_names_and_values_are_rewritten_where_that_is_plain() -> None:
    own = document('FROM a\nENV A b c\nENV A=b\nLABEL x "y"\nARG A\n').of("ENV", "LABEL", "ARG")
    assert [uses_legacy_format(each) for each in own] == [True, False, True, False]
    assert [edit.text for edit in with_equals_sign(own[0]) or []] == ['A="b c"']
    assert with_equals_sign(own[2]) is None


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ("ENV A=1 B=$A", "ENV A=1\nENV B=$A"),
        ("ENV A=1 \\\n    B=$A C=2", "ENV A=1\nENV B=$A C=2"),
        ('ENV A="x y" B="$A/z"', 'ENV A="x y"\nENV B="$A/z"'),
    ],
)
def test_env_is_split_in_front_of_the_entry_that_reads_it(env: str, expected: str) -> None:
    source = f"FROM scratch\n{env}\n"
    edits = split_into_own_env(next(r for r in references(document(source)) if is_set_in_same_env(r)))
    assert edits is not None
    assert apply(source, edits) == f"FROM scratch\n{expected}\n"
