"""Names that a project declares."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.analysis.compose.references import declared, declares
from infralint.engine.discover import survey
from infralint.model.compose.document import ComposeDocument
from infralint.model.index import Index
from infralint.model.kinds import kind_of
from infralint.text.source import Source

BASE, OVER = "compose.yaml", "compose.override.yaml"


def project(root: Path, files: dict[str, str]) -> Index:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Index(str(root), {path: kind for path in survey(str(root)).paths if (kind := kind_of(path))})


def document(root: Path, files: dict[str, str], name: str = BASE) -> ComposeDocument:
    index = project(root, files)
    return ComposeDocument(Source(name, files[name]), index, "compose")


def below(lines: str) -> str:
    return "services:\n  web:\n" + "".join(f"    {line}\n" for line in lines.strip("\n").split("\n"))


def test_includes_are_declared_too(tmp_path: Path) -> None:
    files = {
        BASE: "include:\n  - infra/db.yaml\n  - path: [more.yaml, more2.yaml]\n" + below("image: a:1"),
        "infra/db.yaml": "include: [cache.yaml]\nservices:\n  db: {image: 'postgres:17'}\nvolumes:\n  data:\n",
        "infra/cache.yaml": "services:\n  cache: {image: 'redis:7'}\n",
        "more.yaml": "services:\n  more: {image: 'a:1'}\n",
        "more2.yaml": "services:\n  more2: {image: 'a:1'}\n",
    }
    made = document(tmp_path, files)
    assert sorted(declared(made, "service")) == ["cache", "db", "more", "more2", "web"]
    assert declares(made, "volume", "data") is True
    assert declares(made, "volume", "other") is False


@pytest.mark.parametrize(
    "path", ["https://example.com/c.yaml", "../c.yaml", "oci://example.com/c", "${WHERE}/c.yaml", "no.yaml"]
)
def test_includes_that_cannot_be_read_leave_the_rest_unknown(path: str, tmp_path: Path) -> None:
    made = document(tmp_path, {BASE: f"include: ['{path}']\n" + below("image: a:1")})
    assert declares(made, "volume", "other") is not False
    assert declares(made, "service", "web") is True


def test_includes_in_a_cycle_end(tmp_path: Path) -> None:
    files = {
        BASE: "include: [a.yaml]\n" + below("image: a:1"),
        "a.yaml": f"include: [{BASE}, a.yaml]\nservices:\n  a: {{image: 'a:1'}}\n",
    }
    assert sorted(declared(document(tmp_path, files), "service")) == ["a", "web"]
