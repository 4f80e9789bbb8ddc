"""Which facts the cards ask for: a fact that a single card asks is to be rare."""

from __future__ import annotations

from infralint.policy.catalogue import read_cards, rules_folder
from infralint.policy.compile import asked_by
from infralint.policy.vocabulary import Vocabulary


def count_asked(words: Vocabulary) -> dict[tuple[type, str], int]:
    """How many built-in cards ask for each (class, attribute)."""
    counts: dict[tuple[type, str], int] = {}
    for card in read_cards(rules_folder()):
        for pair in asked_by(card, words):
            counts[pair] = counts.get(pair, 0) + 1
    return counts
