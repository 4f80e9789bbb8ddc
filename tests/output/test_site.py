"""The documentation site: a page a rule, all links lead somewhere, and every other tool's name finds its rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from infralint.cli.main import main
from infralint.output.site import GUIDES
from infralint.policy.catalogue import catalogue

ROOT = Path(__file__).parents[2]
OWN = """\
---
title: No latest
severity: low
each: dockerfile.stage
when: stage.is_final
at: stage
say: a stage
---
Text.

```dockerfile bad
«FROM a:1»
```
```dockerfile good
```
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = CliRunner().invoke(main, ["docs", "build", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


def test_every_rule_and_guide_has_a_page(site: Path) -> None:
    for rule in catalogue():
        assert (site / "docs/rules" / f"{rule.id}.md").is_file()
    for name, _ in GUIDES:
        assert (site / "docs" / name).is_file()


def test_links_between_pages_lead_somewhere(site: Path) -> None:
    for page in site.rglob("*.md"):
        text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S)
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            if page.parent.name != "rules" or page.name == "index.md" or "/" in target:
                assert (page.parent / target).exists() or target.startswith("../shared"), (page.name, target)


def test_a_peers_name_finds_our_rule(site: Path) -> None:
    row = next(
        line for line in (site / "docs/names.md").read_text("utf-8").splitlines() if line.startswith("| `DL3002`")
    )
    assert "(rules/dockerfile/runs-as-root.md)" in row


def test_a_teams_own_rules_have_pages(tmp_path: Path) -> None:
    (tmp_path / "own/dockerfile").mkdir(parents=True)
    (tmp_path / "own/dockerfile/no-latest.md").write_text(OWN, "utf-8")
    done = CliRunner().invoke(
        main, ["docs", "build", str(tmp_path / "site"), "--own", "--rules", str(tmp_path / "own")]
    )
    assert done.exit_code == 0, done.output
    assert [path.name for path in (tmp_path / "site/docs/rules").rglob("*.md")] == ["index.md", "no-latest.md"] or (
        tmp_path / "site/docs/rules/local/dockerfile/no-latest.md"
    ).is_file()
    assert not (tmp_path / "site/docs/rules/dockerfile").exists()


def test_the_guides_are_shipped() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    assert all(f'"docs/{name}" = "infralint/docs/{name}"' in text for name, _ in GUIDES)
