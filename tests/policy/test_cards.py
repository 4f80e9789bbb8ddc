"""Every built-in card proves itself, and what it asks holds up before a type checker."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from infralint.engine.prove import prove
from infralint.policy.card import Card
from infralint.policy.catalogue import catalogue, read_cards, rules_folder
from infralint.policy.typed import typed_module
from infralint.policy.vocabulary import load

CARDS = read_cards(rules_folder())


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_does_what_its_examples_show(card: Card) -> None:
    assert prove(card) == []


def test_an_example_that_is_wrong_is_told_apart(tmp_path: Path) -> None:
    card = next(card for card in CARDS if card.id == "env/duplicate-key")
    text = Path(card.path).read_text(encoding="utf-8").replace("# PORT=9090\n", "PORT=9090\n", 1)
    from infralint.policy.card import read

    faults = prove(read(card.id, "x.md", text))
    assert faults
    assert all(fault.startswith("x.md:") for fault in faults)


def test_ids_and_names_are_unique_per_kind_and_known_to_the_catalogue() -> None:
    ids = [card.id for card in CARDS]
    assert len(set(ids)) == len(ids)
    assert sorted(rule.id for rule in catalogue()) == sorted(ids)


def test_claims_and_references_are_well_formed() -> None:
    for card in CARDS:
        for name in card.names("references"):
            assert name.startswith("https://"), card.id
        for claim in [*card.names("same_as"), *card.names("part_of")]:
            assert "/" in claim or "." in claim, (card.id, claim)


def test_conditions_pass_the_type_checker(tmp_path: Path) -> None:
    path = tmp_path / "cards_as_functions.py"
    path.write_text(typed_module(CARDS, load()), encoding="utf-8")
    root = Path(__file__).parent.parent.parent
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, "--ignore-missing-imports",
         "--follow-imports=silent", "--cache-dir", str(root / ".mypy_cache/cards"), str(path)],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
