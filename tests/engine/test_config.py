"""Settings: the closest file wins, and what it says holds for the files below it alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.discover import UsageError
from infralint.engine.options import Options
from infralint.engine.run import run


def found(root: Path, **options: object) -> list[str]:
    report = run([str(root)], Options(root=str(root), **options))  # type: ignore[arg-type]
    return [f"{one.path} {one.rule}" for one in report.findings]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("a.env", "sub/b.env"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("A=1\nA=2\n", encoding="utf-8")
    return tmp_path


BOTH = ["a.env env/duplicate-key", "sub/b.env env/duplicate-key"]


@pytest.mark.parametrize(
    ("settings", "left"),
    [
        ("", BOTH), ('ignore = ["duplicate-key"]', []), ('ignore = ["env"]', []), ('exclude = ["sub"]', BOTH[:1]),
        ('exclude = ["**/b.env"]', BOTH[:1]), ('select = ["compose"]', []), ('[per-file-ignores]\n"sub/**" = ["duplicate-key"]', BOTH[:1]),
    ],
)  # fmt: skip
def test_what_is_left_out(root: Path, settings: str, left: list[str]) -> None:
    (root / "infralint.toml").write_text(settings, encoding="utf-8")
    assert found(root) == left


def test_the_closest_settings_win(root: Path) -> None:
    (root / "infralint.toml").write_text('ignore = ["duplicate-key"]\n', encoding="utf-8")
    (root / "sub/.infralint.toml").write_text("", encoding="utf-8")
    assert found(root) == BOTH[1:]
    (root / "sub/.infralint.toml").unlink()
    (root / "sub/pyproject.toml").write_text("[project]\n", encoding="utf-8")
    assert found(root) == [], "a pyproject.toml without our table says nothing"


def test_extends_stays_below_the_root_and_ends(root: Path) -> None:
    (root / "base.toml").write_text('ignore = ["duplicate-key"]\n', encoding="utf-8")
    (root / "infralint.toml").write_text('extends = "base.toml"\n', encoding="utf-8")
    assert found(root) == []
    (root / "infralint.toml").write_text('extends = "infralint.toml"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="extends"):
        found(root)


INJECTED = """\
on: {issue_comment: {types: [created]}}
permissions: {contents: read}
jobs:
  answer:
    runs-on: ubuntu-24.04
    steps:
      - run: echo ${{ github.event.comment.body }}
"""


@pytest.mark.parametrize(("server", "poisons"), [("ghes-3.17", True), ("ghes-3.x", True), ("github.com", False)])
def test_an_enterprise_server_has_caches_that_untrusted_events_write(
    tmp_path: Path, server: str, poisons: bool
) -> None:
    (tmp_path / ".github/workflows").mkdir(parents=True)
    (tmp_path / ".github/workflows/a.yml").write_text(INJECTED, encoding="utf-8")
    (tmp_path / "infralint.toml").write_text(f'[github]\nserver = "{server}"\n', encoding="utf-8")
    rules = " ".join(found(tmp_path))
    assert "template-injection" in rules
    assert ("cache-poisoning-via-code-injection" in rules) is poisons


@pytest.mark.parametrize("settings", ['[github]\nserver = "ghe"', 'github = "ghes-3.x"', '[github]\nhost = "ghes-3.x"'])
def test_an_unknown_server_is_an_error(root: Path, settings: str) -> None:
    (root / "infralint.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(UsageError, match=r"infralint\.toml:1: "):
        found(root)


@pytest.mark.parametrize("line", ["{} = 1", "[{}]", "[[{}]]"])
def test_a_key_of_many_parts_is_refused_before_it_is_read(tmp_path: Path, line: str) -> None:
    (tmp_path / "infralint.toml").write_text("\n" + line.format(".".join("a" * 20_000)) + "\n")
    with pytest.raises(UsageError, match=r"infralint\.toml:2: a key has more than"):
        run([str(tmp_path)], Options(root=str(tmp_path)))
