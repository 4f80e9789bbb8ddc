"""What a .dockerignore leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.analysis.dockerfile.context import ignore_patterns, ignored_sources, is_ignored
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.index import Index
from infralint.text.source import Source


def document(text: str, root: Path | str = "/nowhere") -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index(str(root)), "dockerfile")


@pytest.mark.parametrize(
    ("path", "ignored"),
    [("a", False), ("x/deep/a", True), ("docs/b.md", True), ("docs/keep.md", False), ("docs", False), ("b.log", True)],
)
def test_dockerignore(path: str, ignored: bool) -> None:
    patterns = ignore_patterns("# comment\n*/deep\n./docs/\n!docs/keep.md\n*.log\n")
    assert is_ignored(path, patterns) is ignored


def test_copies_of_ignored_files_are_found_beside_the_dockerfile(tmp_path: Path) -> None:
    (tmp_path / ".dockerignore").write_text("secret\n")
    text = "FROM scratch\nCOPY ./secret/a b $C *.x .  /\nCOPY --from=z secret /\n"
    first, second = document(text, tmp_path).of("COPY")
    assert [str(word) for word in ignored_sources(first)] == ["./secret/a"]
    assert ignored_sources(second) == []
