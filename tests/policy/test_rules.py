"""Every built-in rule proves itself, and what it asks holds up before a type checker."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from infralint.engine.prove import prove
from infralint.policy.catalogue import catalogue, read_rule_files, rules_folder
from infralint.policy.rule_file import RuleFile
from infralint.policy.typed import typed_module
from infralint.policy.vocabulary import load

RULES = read_rule_files(rules_folder())


@pytest.mark.parametrize("rule_file", RULES, ids=lambda rule_file: rule_file.id)
def test_a_rule_does_what_its_examples_show(rule_file: RuleFile) -> None:
    assert prove(rule_file) == []


def test_an_example_that_is_wrong_is_told_apart(tmp_path: Path) -> None:
    rule_file = next(rule_file for rule_file in RULES if rule_file.id == "env/duplicate-key")
    text = Path(rule_file.path).read_text(encoding="utf-8").replace("# PORT=9090\n", "PORT=9090\n", 1)
    from infralint.policy.rule_file import read

    faults = prove(read(rule_file.id, "x.md", text))
    assert faults
    assert all(fault.startswith("x.md:") for fault in faults)


def test_ids_and_names_are_unique_per_kind_and_known_to_the_catalogue() -> None:
    ids = [rule_file.id for rule_file in RULES]
    assert len(set(ids)) == len(ids)
    assert sorted(rule.id for rule in catalogue()) == sorted(ids)


def test_claims_and_references_are_well_formed() -> None:
    for rule_file in RULES:
        for name in rule_file.names("references"):
            assert name.startswith("https://"), rule_file.id
        for claim in [*rule_file.names("same_as"), *rule_file.names("part_of")]:
            assert "/" in claim or "." in claim, (rule_file.id, claim)


def test_conditions_pass_the_type_checker(tmp_path: Path) -> None:
    path = tmp_path / "cards_as_functions.py"
    path.write_text(typed_module(RULES, load()), encoding="utf-8")
    root = Path(__file__).parent.parent.parent
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, "--ignore-missing-imports",
         "--follow-imports=silent", "--cache-dir", str(root / ".mypy_cache/rules"), str(path)],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
