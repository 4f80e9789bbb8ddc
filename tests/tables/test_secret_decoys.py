"""What looks like a credential and is none: four hundred decoys, of which next to none may be reported."""

from __future__ import annotations

import random
from pathlib import Path

from decoys import MAKERS

from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.tables.secret_formats import FORMATS

KEPT = 40


def test_next_to_no_decoy_is_reported(tmp_path: Path) -> None:
    chance = random.Random(400)
    made = {}
    for maker in MAKERS:
        for number in range(KEPT):
            name = f"{maker.__name__}-{number}.{'yaml' if number % 2 else 'txt'}"
            made[name] = maker(chance)
            (tmp_path / name).write_text(made[name] + "\n", encoding="utf-8")
    assert len(made) >= 400
    report = run([str(tmp_path)], Options(root=str(tmp_path), all_text=True))
    reported = {one.path: (made[one.path], one.rule) for one in report.findings if one.rule.startswith("any/")}
    assert len(reported) <= 4, reported


def test_each_format_is_found_by_its_own_sample(tmp_path: Path) -> None:
    """The other side: a table that found nothing would pass the decoys."""
    from infralint.tables.secret_find import find
    from infralint.tables.secret_formats import sample

    missed = []
    for row in FORMATS:
        if not row.shapes:
            continue
        for seed in range(3):
            if sample(row.name, seed).isalpha():
                continue  # a word to all that can be seen
            text = f'{row.words[0] if row.words else "value"}_token = "{sample(row.name, seed)}"\n'
            if row.name not in {match.format.name for match in find(text)} and not {
                match.format.name for match in find(text)
            } - {"generic", "digits"}:
                missed.append((row.name, seed))
    assert missed == []
