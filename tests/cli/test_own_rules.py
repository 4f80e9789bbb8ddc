"""Users' own rules in every command: found, explained, listed, traced, tuned and proven one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from infralint.cli.main import main

RULE = """\
---
title: Image from another registry
severity: low
each: compose.service
when: service.image is not None and not service.image.is_from(params.registries)
at: service.image
say: `{service.image}` is not from our registry
params:
  registries: list of text = [registry.example.com]
---
Ours are scanned.

```yaml bad compose.yaml
services:
  a:
    image: «x:1»
```
```yaml good compose.yaml
services:
  a:
    image: registry.example.com/x:1
```
"""
WRONG = RULE.replace("service.image.is_from", "service.picture.is_from")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / ".infralint" / "rules" / "compose"
    folder.mkdir(parents=True)
    (folder / "own-registry.md").write_text(RULE, encoding="utf-8")
    (tmp_path / "compose.yaml").write_text("services:\n  a:\n    image: y:1\n", encoding="utf-8")
    return tmp_path


def call(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_they_are_listed_explained_and_traced(root: Path) -> None:
    assert "local/compose/own-registry" in call("rules").output
    assert "Ours are scanned." in call("explain", "own-registry").output
    assert "fires" in call("trace", "own-registry", "compose.yaml").output


def test_those_of_a_named_folder_as_well(root: Path) -> None:
    (root / ".infralint").rename(root / "elsewhere")
    folder = str(root / "elsewhere" / "rules")
    assert "own-registry" not in call("rules").output
    assert "own-registry" in call("rules", "--rules", folder).output
    assert "Ours are scanned." in call("explain", "own-registry", "--rules", folder).output
    assert "fires" in call("trace", "own-registry", "compose.yaml", "--rules", folder).output


def test_settings_tune_them(root: Path) -> None:
    settings = root / "infralint.toml"
    settings.write_text('[rules.own-registry]\nseverity = "high"\n', encoding="utf-8")
    assert call("check", "--select", "own-registry").exit_code == 1
    settings.write_text('[rules.own-registry]\nregistries = ["docker.io"]\n', encoding="utf-8")
    assert "own-registry" not in call("check", "--select", "own-registry").output
    settings.write_text('[rules.own-registry]\nregistry = "docker.io"\n', encoding="utf-8")
    wrong = call("check")
    assert wrong.exit_code == 2
    assert "did you mean 'registries'" in wrong.output


def test_each_is_proven_alone(root: Path) -> None:
    folder = root / ".infralint" / "rules" / "compose"
    (folder / "draft.md").write_text(WRONG, encoding="utf-8")
    good = call("prove", str(folder / "own-registry.md"))
    assert good.exit_code == 0, good.output
    wrong = call("prove", str(folder / "draft.md"), str(folder / "own-registry.md"))
    assert wrong.exit_code == 1
    assert "has no 'picture'" in wrong.output
    assert "2 rules, 4 examples, 1 rules not proven" in wrong.output


def test_a_fix_that_several_share_is_written_once(root: Path) -> None:
    folder = root / ".infralint" / "rules" / "compose"
    (folder / "_remedies.md").write_text(
        '---\nour-image: {safety: manual, replace: service.image, with: "registry.example.com/x:1"}\n---\n',
        encoding="utf-8",
    )
    (folder / "own-registry.md").write_text(RULE.replace("params:\n", "fix: our-image\nparams:\n"), encoding="utf-8")
    assert "write registry.example.com/x:1" in call("check", "--select", "own-registry").output
    (folder / "own-registry.md").write_text(RULE.replace("params:\n", "fix: our-images\nparams:\n"), encoding="utf-8")
    assert "did you mean 'our-image'" in call("prove", str(folder / "own-registry.md")).output


def test_it_spares_the_files_that_it_names(root: Path) -> None:
    folder = root / ".infralint" / "rules" / "compose"
    (folder / "own-registry.md").write_text(
        RULE.replace("params:\n", "not_files: [compose.yaml]\nparams:\n"), encoding="utf-8"
    )
    assert "own-registry" not in call("check", "--select", "own-registry").output


def test_outside_of_git_a_workflow_is_one_also_where_it_is_named_alone(root: Path) -> None:
    workflow = root / ".github" / "workflows" / "ci.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make\n", encoding="utf-8"
    )
    assert "fires" in call("trace", "no-timeout", str(workflow)).output


def test_a_place_that_is_absent_is_told(root: Path) -> None:
    path = root / ".infralint" / "rules" / "compose" / "own-registry.md"
    path.write_text(RULE.replace("at: service.image", 'at: service.value("user")'), encoding="utf-8")
    assert '`at: service.value("user")` is absent in compose.yaml:2' in call("prove", str(path)).output
