"""Who asks which facts: how many stand outside of classes, and how many rules ask each.

    python bench/facts.py            the figures
    python bench/facts.py --list     each fact that one rule asks, or none, with the rule

Rules are the built-in ones and the policies in docs/examples/rules. What is written (attributes of the classes) is counted apart.
"""

from __future__ import annotations

import argparse
import collections
from pathlib import Path

from infralint.policy.catalogue import read_rule_files, rules_folder
from infralint.policy.compile import asked_by
from infralint.policy.vocabulary import load


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="also each fact that one rule asks, or none")
    arguments = parser.parse_args()
    words = load()
    users: dict[str, set[str]] = collections.defaultdict(set)
    folders = (rules_folder(), Path(__file__).parent.parent / "docs" / "examples" / "rules")
    for rule_file in [each for folder in folders for each in read_rule_files(folder)]:
        for cls, name in asked_by(rule_file, words):
            home = words.of(cls)[name].home
            users[home or f"{cls.__module__}:{cls.__name__}.{name}"].add(rule_file.id)
    outside = {f"{fact.__module__}:{fact.__name__}" for fact in words.facts}
    counts = collections.Counter(min(len(users[fact]), 3) for fact in outside)
    total = len(outside)
    print(
        f"{total} facts outside of classes: " + ", ".join(f"{counts[n]} asked by {n}{'+' * (n == 3)}" for n in range(4))
    )
    print(f"asked by exactly one rule: {100 * counts[1] / total:.0f} %; by none: {counts[0]}")
    written = [users[each] for each in users if each not in outside]
    print(
        f"{len(written)} attributes of classes are asked, {sum(len(one) == 1 for one in written)} of them by one rule"
    )
    if arguments.list:
        for fact in sorted(outside, key=lambda each: (len(users[each]), each)):
            if len(users[fact]) < 2:
                print(f"  {fact}  {' '.join(sorted(users[fact])) or '-'}")


if __name__ == "__main__":
    main()
