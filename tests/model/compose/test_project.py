"""Files that compose loads together."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.analysis.compose.builds import context_path
from infralint.analysis.compose.resolution import is_fully_resolved
from infralint.engine.discover import survey
from infralint.model.compose.document import ComposeDocument
from infralint.model.index import Index
from infralint.model.kinds import kind_of
from infralint.text.source import Source, Text

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


def test_compose_takes_the_first_of_its_names(tmp_path: Path) -> None:
    files = {
        "docker-compose.yml": below("image: a:1"),
        "compose.yaml": below("image: b:1"),
        "compose.override.yml": below("user: '1'"),
        "docker-compose.override.yml": below("user: '2'"),
    }
    one = document(tmp_path, files, "compose.yaml").services[0]
    user = one.value("user")
    assert isinstance(user, Text)
    assert user == "1"
    assert user.source.path == "compose.override.yml"
    other = document(tmp_path, files, "docker-compose.yml").services[0]
    assert other.value("user") is None
    assert not is_fully_resolved(other)  # it may be laid over the file that compose loads


def test_a_variant_is_judged_as_it_stands_and_may_be_partial(tmp_path: Path) -> None:
    files = {
        BASE: below("image: a:1"),
        "compose.prod.yaml": below("image: a:2\nrestart: always") + "  own:\n    image: b:1\n",
    }
    web, own = document(tmp_path, files, "compose.prod.yaml").services
    assert str(web.image) == "a:2"
    assert not is_fully_resolved(web)
    assert is_fully_resolved(own)


def test_extends_within_the_file_and_from_another(tmp_path: Path) -> None:
    files = {
        BASE: (
            "services:\n"
            "  web:\n    extends: base\n    environment: {A: web}\n"
            "  base:\n    extends: {file: common/base.yaml, service: root}\n    user: '5'\n"
        ),
        "common/base.yaml": below("image: x:1").replace("web:", "root:")
        + "    build: ./src\n    environment: {A: root, B: root}\n",
    }
    web = document(tmp_path, files).services[0]
    assert is_fully_resolved(web)
    assert web.value("user") == "5"
    assert {str(one.name): str(one.value) for one in web.environment} == {"A": "web", "B": "root"}
    assert web.image is not None
    assert web.image.source.path == "common/base.yaml"
    assert web.build is not None
    assert context_path(web.build) == "common/src"  # counted from the file that it is written in


@pytest.mark.parametrize(
    "extends",
    [
        "{file: ../outside.yaml, service: a}",
        "{file: https://example.com/c.yaml, service: a}",
        "{file: /etc/compose.yaml, service: a}",
        "{file: '${COMMON}', service: a}",
        "{file: missing.yaml, service: a}",
        "nobody",
        "web",
    ],
)
def test_what_cannot_be_extended_leaves_the_service_unknown(extends: str, tmp_path: Path) -> None:
    web = document(tmp_path, {BASE: below(f"image: a:1\nextends: {extends}")}).services[0]
    assert not is_fully_resolved(web)
    assert str(web.image) == "a:1"
