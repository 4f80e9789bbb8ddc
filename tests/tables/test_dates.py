"""Every table says as of when it holds, so that `bench/tables.py` can tell which is stale."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_tables", ROOT / "bench" / "tables.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_table_has_a_date(bench: Any) -> None:
    assert [table.name for table in bench.tables() if table.date is None] == []


def test_the_oldest_date_of_a_table_counts(bench: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text(
        '"""Names, as of 2026-11."""\nA = ("a", "b", "c", "d", "e")\n"""Read 2025-02."""\n', encoding="utf-8"
    )
    table = bench.table_of(path)
    assert (f"{table.date:%Y-%m}", table.rows) == ("2025-02", 5)


def test_what_the_schema_of_workflows_has_and_the_tables_lack_is_told(bench: Any) -> None:
    described = {"push": {}, "teleport": {}}
    schema = {
        "definitions": {
            "event": {"enum": ["push"]},
            "permissions-event": {"properties": {"contents": {}, "moods": {}}},
        },
        "properties": {"on": {"oneOf": [{}, {}, {"properties": described}]}},
    }
    lines = list(bench.against_schema(schema))
    assert "+ event: teleport" in lines
    assert "+ scope: moods" in lines
    assert "+ scope: contents" not in lines


def test_inputs_that_an_action_has_and_the_table_lacks_are_told(bench: Any, tmp_path: Path) -> None:
    path = tmp_path / "actions" / "checkout" / "action.yml"
    path.parent.mkdir(parents=True)
    path.write_text("inputs: {ref: {}, warp-factor: {}}\noutputs: {}\n", encoding="utf-8")
    assert list(bench.against_actions(tmp_path)) == ["+ inputs of actions/checkout: warp-factor"]


def test_advisories_that_the_table_lacks_are_told(bench: Any, tmp_path: Path) -> None:
    path = tmp_path / "advisories/github-reviewed/2026/01/GHSA-a/GHSA-a.json"
    path.parent.mkdir(parents=True)
    path.write_text(
        '{"id": "GHSA-a", "affected": [{"package": {"ecosystem": "GitHub Actions", "name": "Example/Act"}}]}',
        encoding="utf-8",
    )
    assert "+ advisory: GHSA-a example/act" in list(bench.against_advisories(tmp_path))


def test_inputs_that_changed_and_runtimes_that_ended_are_told(bench: Any, tmp_path: Path) -> None:
    path = tmp_path / "actions" / "cache" / "save" / "action.yml"
    path.parent.mkdir(parents=True)
    path.write_text(
        "inputs: {path: {required: true}, key: {}, enableCrossOsArchive: {deprecationMessage: no}}\n"
        "runs: {using: node16}\n",
        encoding="utf-8",
    )
    assert list(bench.against_actions(tmp_path)) == [
        "- required of actions/cache/save: key",
        "+ deprecated input of actions/cache/save: enablecrossosarchive",
        "+ node-gone of actions/cache/save: its newest version runs on node16",
    ]
