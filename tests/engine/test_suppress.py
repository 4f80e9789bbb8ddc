"""Comments silence what they name, where they stand, and say so when they do not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run

TODAY = date(2026, 6, 1)


def rules(root: Path, text: str, name: str = ".env", **options: object) -> list[str]:
    (root / name).write_text(text, encoding="utf-8")
    report = run([str(root)], Options(root=str(root), today=TODAY, **options))  # type: ignore[arg-type]
    return [one.rule.split("/")[1] for one in report.findings]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A=1\nA=2\n", ["duplicate-key"]),
        ("A=1\nA=2 # infralint: ignore[duplicate-key] x\n", []),
        ("A=1\n# infralint: ignore[env/duplicate-key] x\nA=2\n", []),
        ("A=1\n# infralint: ignore[duplicate-key] x\n# another remark\nA=2\n", []),
        ("A=1\n# infralint: ignore[duplicate-key] x\n\nA=2\n", ["unused-suppression", "duplicate-key"]),
        ("# infralint: ignore-file[duplicate-key] x\nA=1\nB=1\nA=2\nA=3\n", []),
        ("A=1\n# infralint: ignore[duplicate-kye] x\nA=2\n", ["unknown-suppression", "duplicate-key"]),
        ("A=1\n# infralint: ignore\nA=2\n", ["unknown-suppression", "duplicate-key"]),
        ("A=1\n# infralint: ignore[*] x\nA=2\n", ["unknown-suppression", "duplicate-key"]),
        ("A=1\n# infralint: ignore[duplicate-key] until=2026-06-01 x\nA=2\n", []),
        ("A=1\n# infralint: ignore[duplicate-key] until=2026-05-31 x\nA=2\n", ["expired-suppression", "duplicate-key"]),
        ("A=1\n# infralint: ignore[duplicate-key] until=soon x\nA=2\n", ["unknown-suppression", "duplicate-key"]),
        (
            "A=1\n# infralint: ignore[duplicate-key] x UNTIL = 2026-05-31\nA=2\n",
            ["expired-suppression", "duplicate-key"],
        ),
        (
            "A=1\n# infralint: ignore[duplicate-key] x until: 2026-05-31\nA=2\n",
            ["expired-suppression", "duplicate-key"],
        ),
        (
            "A=1\n# infralint: ignore[duplicate-key] expires on 2026-05-31.\nA=2\n",
            ["expired-suppression", "duplicate-key"],
        ),
        ("A=1\n# infralint: ignore[duplicate-key] until 2026-06-01\nA=2\n", []),
        ("A=1\n# infralint: ignore[duplicate-key] until the next release\nA=2\n", []),
        ("# text\n\n# infralint: ignore-file[duplicate-key] x\nA=1\nA=2\n", []),
        ("A=1\nA=2\n# infralint: ignore-file[duplicate-key] x\n", ["duplicate-key", "unknown-suppression"]),
        ("A=1\n# infralint: ignore[duplicate-k\u0435y] x\nA=2\n", ["unknown-suppression", "duplicate-key"]),
        ("A=1\n# infralint: disable=duplicate-key\nA=2\n", ["unknown-suppression", "duplicate-key"]),
        ("A=1\n# see the docs of infralint: there\n", []),
        ("A=1\n# dotenv-linter:off DuplicatedKey\nA=2\n", []),
        ("A=1\n# dotenv-linter:off\nA=2\n# dotenv-linter:on\nA=3\n", ["duplicate-key"]),
        ("A=1\n# dotenv-linter:off LowercaseKey\nA=2\n", ["duplicate-key"]),
    ],
)
def test_comments(tmp_path: Path, text: str, found: list[str]) -> None:
    assert rules(tmp_path, text) == found


def test_inline_comments_can_be_refused(tmp_path: Path) -> None:
    text = "A=1\nA=2 # infralint: ignore[duplicate-key] x\n"
    assert rules(tmp_path, text, inline=False) == ["duplicate-key"]
    assert rules(tmp_path, text, config={"allow-inline": False}) == ["duplicate-key"]
    assert rules(tmp_path, text, config={"require-reason": True}) == []
    assert rules(tmp_path, text.replace(" x", ""), config={"require-reason": True}) == [
        "duplicate-key", "suppression-without-reason",
    ]  # fmt: skip
    assert rules(tmp_path, "A=1\n# dotenv-linter:off\nA=2\n", config={"honor": []}) == ["duplicate-key"]
