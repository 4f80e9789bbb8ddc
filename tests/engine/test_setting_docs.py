"""The settings' schema and page say what the reader does."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from infralint.engine.discover import UsageError
from infralint.engine.setting_docs import PAGE, schema, table
from infralint.engine.setting_keys import ROWS_OF_KEYS, build
from infralint.engine.settings import Settings

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES: dict[str, tuple[list[object], list[object]]] = {
    "profile": (["pedantic"], ["loud", 1]),
    "select": ([["env"], ["DL3002"]], ["env"]),
    "extend-select": ([["env"]], [1]),
    "ignore": ([[]], ["x"]),
    "required": ([["env"], ["default"]], ["x"]),
    "exclude": ([["a/**"]], ["x"]),
    "per-file-ignores": ([{"a/**": ["env"]}], [["x"]]),
    "files": ([{"*.x": "compose"}], [{"*.x": "nope"}]),
    "fixtures": ([[]], ["x"]),
    "all-text": ([True], ["yes"]),
    "fail-on": (["never", "low"], ["loud"]),
    "min-severity": (["low"], ["never"]),
    "min-confidence": (["medium"], ["critical"]),
    "rules": ([{"runs-as-root": {"severity": "low"}}], [[]]),
    "baseline": (["a/b.json"], [1]),
    "cache-dir": ([".cache/infralint"], [1]),
    "honor": ([[], ["hadolint", "detect-secrets"]], [["nope"]]),
    "allow-inline": ([False], ["no"]),
    "require-reason": ([True], [1]),
    "accept-unreadable": ([["x"]], ["x"]),
    "github": ([{"server": "ghes-3.17"}], [{"server": "ghe"}, "x"]),
    "docs-url": (["https://docs.example.org/x"], [1]),
    "format": (["html", "gitlab"], ["xml"]),
    "group-by": (["rule"], ["kind"]),
    "max-findings": ([10], [-1, "x"]),
    "file-memory": ([10], [-1, "x"]),
    "file-seconds": ([10], [-1, "x"]),
}


def reads(key: str, value: object) -> bool:
    try:
        build({key: value}, "x", "", [], Settings())
    except UsageError:
        return False
    return True


@pytest.mark.parametrize("key", [row.name for row in ROWS_OF_KEYS if row.name != "extends"])
def test_schema_and_reader_agree(key: str) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    good, bad = EXAMPLES[key]
    for value in good:
        assert validator.is_valid({key: value})
        assert reads(key, value)
    for value in bad:
        assert not validator.is_valid({key: value})
        assert not reads(key, value)


def test_the_published_schema_and_page_are_fresh() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert json.loads((DOCS / "schemas/settings.schema.json").read_text("utf-8")) == schema()
    assert (DOCS / "settings.md").read_text("utf-8") == PAGE.format(table=table())


def test_options_named_by_keys_exist() -> None:
    from infralint.cli.check import command

    options = {option for param in command.params for option in param.opts}
    assert {row.option for row in ROWS_OF_KEYS} - {""} <= options


def test_settings_extend_a_file_of_a_package_without_running_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from infralint.engine.options import Options
    from infralint.engine.run import run

    package = tmp_path / "site/acme_policies"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit('run')\n", encoding="utf-8")
    (package / "infralint.toml").write_text('ignore = ["duplicate-key"]\n', encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / ".env").write_text("A=1\nA=2\n", encoding="utf-8")
    (tree / "infralint.toml").write_text('extends = "package:acme_policies"\n', encoding="utf-8")
    assert run([str(tree)], Options(root=str(tree))).findings == []
    (tree / "infralint.toml").write_text('extends = "package:acme_policies/../../x"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="no file of an installed package"):
        run([str(tree)], Options(root=str(tree)))


def test_rules_of_an_installed_package_judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from infralint.engine.options import Options
    from infralint.engine.run import run

    folder = tmp_path / "site/acme_policies/rules/env"
    folder.mkdir(parents=True)
    (folder / "no-a.md").write_text(
        "---\ntitle: No A\nseverity: low\neach: env.entry\nwhen: entry.key == 'A'\nat: entry\nsay: A is there\n---\nText.\n\n"
        "```dotenv bad\n«A=1»\n```\n```dotenv good\nB=1\n```\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / ".env").write_text("A=1\n", encoding="utf-8")
    report = run([str(tree)], Options(root=str(tree), rules_folder="package:acme_policies/rules"))
    assert [one.rule for one in report.findings] == ["local/env/no-a"]
