"""The policies of companies that docs/examples shows are rules that prove themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.prove import prove
from infralint.policy.catalogue import read_rule_file

FOLDER = Path(__file__).parents[2] / "docs" / "examples" / "rules"
PATHS = sorted(FOLDER.rglob("*.md"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.relative_to(FOLDER).with_suffix("").as_posix())
def test_a_policy_of_a_company_is_a_rule(path: Path) -> None:
    assert prove(read_rule_file(FOLDER, path, "local/"), str(FOLDER)) == []


def test_there_are_some_thirty_of_them() -> None:
    assert len(PATHS) >= 30
