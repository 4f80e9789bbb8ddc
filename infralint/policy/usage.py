"""Which facts the rules ask for."""

from __future__ import annotations

from infralint.policy.catalogue import read_rule_files, rules_folder
from infralint.policy.compile import asked_by
from infralint.policy.vocabulary import Vocabulary


def count_asked(words: Vocabulary) -> dict[tuple[type, str], int]:
    """How many built-in rules ask for each (class, attribute)."""
    counts: dict[tuple[type, str], int] = {}
    for rule_file in read_rule_files(rules_folder()):
        for pair in asked_by(rule_file, words):
            counts[pair] = counts.get(pair, 0) + 1
    return counts
