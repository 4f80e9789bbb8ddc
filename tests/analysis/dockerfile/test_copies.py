"""Sources and destinations of COPY and ADD."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.analysis.dockerfile.copies import could_be_copy, lacks_trailing_slash, unpacked_by
from infralint.model.dockerfile.document import KIND, DockerfileDocument
from infralint.model.element import UNKNOWN, Unknown
from infralint.model.index import Index
from infralint.text.source import Source


def document(text: str, root: Path | str = "/nowhere") -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index(str(root)), "dockerfile")


@pytest.mark.parametrize(
    ("arguments", "lacks"),
    [
        ("a b c", True), ("a b c/", False), ("a b .", False), ("a b $C", UNKNOWN), ("a b", False), ('["a", "b", "c"]', True),
        ("{{ .x }} /bin", UNKNOWN), ("a b c\\", False),
    ],
)  # fmt: skip
def test_several_sources_need_a_folder(arguments: str, lacks: object) -> None:
    copy = document(f"# escape=`\nFROM a\nCOPY {arguments}\n").of("COPY")[0]
    assert lacks_trailing_slash(copy) is lacks


def test_archives_and_the_command_that_unpacks_them() -> None:
    one, two = document("FROM a\nCOPY x/y.tar.gz /z.tgz\nCOPY b.tar /\nRUN tar xf /z.tgz\n").of("COPY")
    assert str(unpacked_by(one)) == "tar xf /z.tgz"
    assert unpacked_by(two) is None


def read(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), KIND)


@pytest.mark.parametrize(
    ("add", "expected"),
    [
        ("ADD a /b", True), ("ADD a.tar.xz /b", False), ("ADD https://a/b /c", False), ("ADD $X /b", None),
        ("ADD a* /b", None), ("ADD --checksum=sha256:1 a /b", False),
    ],
)  # fmt: skip
def test_whether_add_could_be_copy(add: str, expected: bool | None) -> None:
    answer = could_be_copy(read(f"FROM a\n{add}\n").of("ADD")[0])
    assert (None if isinstance(answer, Unknown) else answer) is expected
