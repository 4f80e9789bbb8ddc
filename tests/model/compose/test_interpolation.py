"""Variables in values."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.discover import survey
from infralint.model.compose.document import ComposeDocument
from infralint.model.element import UNKNOWN
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


@pytest.mark.parametrize(
    ("text", "env", "expected"),
    [
        ("${MODE:-host}", "", "host"),
        ("${MODE-host}", "", "host"),
        ("${MODE:-host}", "MODE=bridge\n", "bridge"),
        ("${MODE}", "MODE=bridge\n", "bridge"),
        ("$MODE", "MODE='bridge'\n", "bridge"),
        ("${MODE:-${OTHER:-none}}", "", "none"),
        ("${MODE:-host}", "MODE=\n", "host"),
        ("$$MODE", "", "$MODE"),
    ],
)
def test_defaults_and_the_env_file_beside_the_file(text: str, env: str, expected: str, tmp_path: Path) -> None:
    web = document(tmp_path, {BASE: below(f"image: a:1\nnetwork_mode: {text}"), ".env": env}).services[0]
    assert web.value("network_mode") == expected


@pytest.mark.parametrize(
    "text", ["${MODE}", "$MODE", "${MODE:?say which}", "${MODE:+host}", "${MODE:-$OTHER}", "${MODE:-host"]
)
def test_what_nothing_sets_is_unknown(text: str, tmp_path: Path) -> None:
    mode = document(tmp_path, {BASE: below(f"image: a:1\nnetwork_mode: '{text}'")}).services[0].value("network_mode")
    assert mode is UNKNOWN
