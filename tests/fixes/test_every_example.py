"""Every fix on every example, alone and all together: what comes out is still read by the format's own consumers."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from infralint.engine.fixing import fix
from infralint.engine.options import Options
from infralint.engine.prove import lay_out
from infralint.model import kinds
from infralint.policy.catalogue import read_rule_files, rules_folder
from infralint.policy.rule_file import Example, RuleFile
from infralint.syntax import yaml as our_yaml
from infralint.text.source import Source

RULES = [one for one in read_rule_files(rules_folder()) if "fix" in one.header and one.kind != "infralint"]


class _Loader(yaml.CSafeLoader):
    """PyYAML's loader, with the tags that formats have of their own taken as text."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: suffix)


def refusal(path: str, text: str) -> str:
    """Why a consumer of its format does not read a file; "" where it does."""
    kind = kinds.kind_of_source(Source(path, text))
    if path.endswith((".yml", ".yaml")) and "{{" not in text:
        try:
            list(yaml.load_all(text, _Loader))
        except yaml.YAMLError as error:
            return f"PyYAML: {error}"
        doubled = [one.message for one in our_yaml.parse(Source(path, text)).problems if one.name == "duplicate-key"]
        return "; ".join(doubled)
    if kind == "dockerfile":
        parser = pytest.importorskip("dockerfile")
        try:
            parser.parse_string(text)
        except parser.GoParseError as error:
            return f"BuildKit: {error}"
    return ""


@pytest.mark.parametrize("rule_file", RULES, ids=[one.id for one in RULES])
def test_what_a_fix_makes_is_read_by_the_formats_consumers(tmp_path: Path, rule_file: RuleFile) -> None:
    for number, example in enumerate(one for one in rule_file.examples if one.verdict == "bad"):
        for name, options in (("alone", {"select": [rule_file.id]}), ("together", {"profile": "all"})):
            root = tmp_path / f"{number}-{name}"
            root.mkdir()
            lay_out(str(root), example)
            _check(root, example, Options(root=str(root), **options))  # type: ignore[arg-type]


def _check(root: Path, example: Example, options: Options) -> None:
    result = fix([str(root)], options, unsafe=True)
    for path, made in result.changed.items():
        before = example.files.get(path)
        if before is not None and refusal(path, before):
            continue  # it was not read before either
        assert refusal(path, made.text) == "", f"{path}:\n{made.text}"
