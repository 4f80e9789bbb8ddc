"""What mending env files changes, and for whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.fixing import fix, write
from infralint.engine.options import Options


def mended(root: Path, text: str, *, unsafe: bool = False) -> str:
    (root / ".env").write_text(text, encoding="utf-8", newline="")
    assert write(fix([str(root)], Options(root=str(root), select=["env"]), unsafe=unsafe)) == []
    return (root / ".env").read_bytes().decode()


@pytest.mark.parametrize(
    ("before", "safe", "unsafe"),
    [
        ("A=b", "A=b\n", "A=b\n"),
        ("A=b\r\nB=c", "A=b\r\nB=c\r\n", "A=b\r\nB=c\r\n"),
        ("A=1\n\n\n\nB=2\n", "A=1\n\nB=2\n", "A=1\n\nB=2\n"),
        ('A="b"\n', 'A="b"\n', "A=b\n"),
        ("A=b \n", "A=b \n", "A=b\n"),
        ("A =b\n", "A=b\n", "A=b\n"),
        ("A= b\n", "A= b\n", "A=b\n"),
        ("B=1\n# of a\nA=2\n", "# of a\nA=2\nB=1\n", "# of a\nA=2\nB=1\n"),
        ("B=1\nA=${B}\n", "B=1\nA=${B}\n", "B=1\nA=${B}\n"),
        ("B=1\nA=$C\n", "B=1\nA=$C\n", "A=$C\nB=1\n"),
        ("A=1\nA=1\n", "A=1\n", "A=1\n"),
        ("A=1\nA=2\n", "A=1\nA=2\n", "A=1\n# A=2\n"),
        ("a-b=1\n", "a-b=1\n", "A_B=1\n"),
        ('K="one\n\n\ntwo"\n', 'K="one\n\n\ntwo"\n', 'K="one\n\n\ntwo"\n'),
    ],
)
def test_a_safe_fix_leaves_every_readers_value(tmp_path: Path, before: str, safe: str, unsafe: str) -> None:
    assert mended(tmp_path, before) == safe
    assert mended(tmp_path, before, unsafe=True) == unsafe
    assert mended(tmp_path, unsafe, unsafe=True) == unsafe
