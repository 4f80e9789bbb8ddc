"""Inputs of GitLab's includes and components: what is declared, used and given, within a file and across files."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.analysis.pipelines.structure import faults_in_pipeline
from infralint.model import kinds
from infralint.model.index import Index
from infralint.text.source import Source

COMPONENT = """\
spec:
  inputs:
    stage:
      options: [build, test]
      default: test
    version:
      regex: ^v\\d+$
    jobs:
      type: number
      default: 2
---
unit:
  stage: $[[ inputs.stage ]]
  script: make test VERSION=$[[ inputs.version | truncate(0, 8) ]]
"""


def faults(root: Path, text: str, **files: str) -> list[str]:
    for name, content in {".gitlab-ci.yml": text, **{f"{name}.yml": text for name, text in files.items()}}.items():
        (root / name).write_text(content, encoding="utf-8")
    index = Index(str(root))
    index.files = {path.name: "gitlab" for path in root.iterdir()}
    document = kinds.load(Source(".gitlab-ci.yml", text), index, "gitlab")
    return [one.message for one in faults_in_pipeline(document) if one.is_certain]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ("version: v1", None),
        ("{version: v1, stage: build, jobs: 3}", None),
        ("{version: $CI_COMMIT_TAG}", None),
        ("{stage: build}", "input `version` of `/part.yml` is not given and has no default"),
        ("{version: v1, stage: buidl}", "`buidl`, which is not among its options `build`, `test`"),
        ("{version: latest}", "input `version` of `/part.yml` does not match `^v\\d+$`"),
        ("{version: v1, jobs: many}", "input `jobs` of `/part.yml` is not a number"),
        ("{version: v1, stages: test}", "does not declare input `stages`; GitLab refuses the pipeline; did you mean"),
    ],
)
def test_what_an_include_gives_is_compared_with_what_its_file_declares(
    tmp_path: Path, inputs: str, said: str | None
) -> None:
    found = faults(tmp_path, f"include:\n  - local: /part.yml\n    inputs: {inputs}\n", part=COMPONENT)
    assert (not found) if said is None else (len(found) == 1 and said in found[0]), found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("inputs.version |", "inputs.versoin |", "`inputs.versoin` is not declared under `spec:inputs`"),
        ("truncate(0, 8)", "upper", "`upper` is no function of inputs"),
        ("type: number", "type: integer", "input `jobs` has the unknown type `integer`"),
        ("default: 2", "default: two", "default of input `jobs` is not a number"),
        ("stage: $[[", "# $[[ inputs.other ]]\n  stage: $[[", None),
    ],
)
def test_what_a_file_declares_is_compared_with_what_it_uses(
    tmp_path: Path, old: str, new: str, said: str | None
) -> None:
    found = faults(tmp_path, COMPONENT.replace(old, new))
    assert (not found) if said is None else (len(found) == 1 and said in found[0]), found


def test_an_expression_that_takes_long_to_try_is_not_tried(tmp_path: Path) -> None:
    component = COMPONENT.replace("^v\\d+$", "'^.*.*.*.*.*.*.*x$'")
    include = f"include:\n  - local: /part.yml\n    inputs: {{version: {'v' * 900}}}\n"
    assert not faults(tmp_path, include, part=component)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("include: /nowhere.yml\n", "local include `/nowhere.yml` does not exist"),
        ("include: [{local: /nowhere.yml, rules: [{if: $A}]}]\n", None),
        ("include: /$WHERE.yml\n", None),
        ("a:\n  script: make\n  dependencies: [b]\n", "no job is called `b`"),
        ("a:\n  script: make\n  when: never\n", "`when: never` of a job is refused"),
        ("a:\n  script: [!reference [a, script], make]\n", "names the value that it stands in"),
        ("a:\n  script: [[make, [test]], [run]]\n", None),
        ("a:\n  script: make\n  cache: {key: {files: [a, b, c]}}\n", "names 3 files; GitLab takes at most 2"),
    ],
)
def test_what_gitlab_refuses_beyond_its_schema(tmp_path: Path, text: str, said: str | None) -> None:
    found = faults(tmp_path, text)
    assert (not found) if said is None else (len(found) == 1 and said in found[0]), found
