"""A literal credential moves to where the environment gives it, and the example file says that it is wanted."""

from __future__ import annotations

from pathlib import Path

from infralint.engine.fixing import fix, write
from infralint.engine.options import Options
from infralint.tables.secret_formats import sample

COMPOSE = "services:\n  a:\n    image: x:1\n    environment:\n      - DB_PASSWORD={}\n      - 'API_TOKEN={}'\n      - PORT=80\n"


def mended(root: Path, *, unsafe: bool = True) -> None:
    assert write(fix([str(root)], Options(root=str(root), select=["any"]), unsafe=unsafe)) == []


def test_values_become_references_and_the_example_names_them(tmp_path: Path) -> None:
    text = COMPOSE.format(sample("password", 1), sample("github-pat", 2))
    (tmp_path / "app").mkdir()
    (tmp_path / "app/compose.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "app/.env.example").write_text("# API_TOKEN=\nPORT=80", encoding="utf-8")
    mended(tmp_path)
    assert (tmp_path / "app/compose.yaml").read_text(encoding="utf-8") == COMPOSE.format(
        "${DB_PASSWORD:?}", "${API_TOKEN:?}"
    )
    assert (tmp_path / "app/.env.example").read_text(encoding="utf-8") == "# API_TOKEN=\nPORT=80\nDB_PASSWORD=\n"


def test_it_never_happens_without_being_asked(tmp_path: Path) -> None:
    text = COMPOSE.format(sample("password", 1), sample("github-pat", 2))
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    mended(tmp_path, unsafe=False)
    assert (tmp_path / "compose.yaml").read_text(encoding="utf-8") == text
    assert not (tmp_path / ".env.example").exists()


def test_a_workflow_asks_for_a_secret_of_the_repository(tmp_path: Path) -> None:
    text = 'on: push\nenv:\n  NPM_TOKEN: "{}"\n  GITHUB_TOKEN: {}\njobs: {{}}\n'
    path = tmp_path / ".github/workflows/a.yml"
    path.parent.mkdir(parents=True)
    token = sample("github-pat", 4)
    path.write_text(text.format(sample("npm-token", 3), token), encoding="utf-8")
    mended(tmp_path)
    assert path.read_text(encoding="utf-8") == text.format("${{ secrets.NPM_TOKEN }}", token)
