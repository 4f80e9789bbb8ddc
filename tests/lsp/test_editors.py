"""The extension and the page about editors speak of what the server has; `npm test` in `editors/vscode` builds and tests it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("pygls")

from infralint import __version__
from infralint.engine.settings import PROFILES
from infralint.lsp import actions

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "editors/vscode"


def test_the_extension_calls_the_servers_commands() -> None:
    source = (FOLDER / "src/extension.ts").read_text(encoding="utf-8")
    for name in (actions.FIX_ALL_COMMAND, actions.IGNORE_COMMAND, actions.ASK_COMMAND):
        assert f'"{name}"' in source


def test_the_manifest_is_of_this_version_and_knows_the_profiles() -> None:
    manifest = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
    assert manifest["version"] == __version__
    profile = manifest["contributes"]["configuration"]["properties"]["infralint.profile"]
    assert profile["enum"] == ["", *PROFILES]


def test_the_page_names_what_other_clients_need() -> None:
    page = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
    for name in (actions.FIX_ALL_COMMAND, actions.IGNORE_COMMAND, actions.ASK_COMMAND, actions.FIX_ALL):
        assert f"`{name}`" in page
