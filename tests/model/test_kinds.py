"""A new kind of file is one row in the table of kinds, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.model import kinds
from infralint.model.row import Row
from infralint.policy.vocabulary import load
from infralint.text.source import Source

MODEL = '''
"""A toy format: lines of `name = value`."""

from infralint.model.document import Document, Noun
from infralint.model.element import Element, fact


class Setting(Element):
    """A line."""

    @fact
    def name(self) -> str:
        """What stands before the sign."""
        return self.raw.partition("=")[0].strip()


class ToyDocument(Document):
    def settings(self):
        starts = self.source.line_starts
        return [Setting(self.source, *self.source.line_span(at + 1)) for at, _ in enumerate(starts) if "=" in self.source.line_text(at + 1)]

    nouns = {"setting": Noun(Setting, settings)}
'''
RULE = """\
---
title: Debug is on
severity: medium
each: toy.setting
when: setting.name == "debug"
at: setting
say: `debug` is on
---
Off it is.

```toy bad
«debug = 1»
```
```toy good
name = x
```
"""


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = tmp_path / "package"
    (package / "toy_kind").mkdir(parents=True)
    (package / "toy_kind" / "__init__.py").write_text("", encoding="utf-8")
    (package / "toy_kind" / "model.py").write_text(MODEL, encoding="utf-8")
    monkeypatch.syspath_prepend(str(package))
    row = Row("toy", "toy_kind.model", "ToyDocument", suffixes=(".toy",), language="toy", example="a.toy")
    monkeypatch.setattr(kinds, "KINDS", (row, *kinds.KINDS))
    monkeypatch.setitem(kinds.ROWS, "toy", row)
    rules = tmp_path / "rules" / "toy"
    rules.mkdir(parents=True)
    (rules / "debug-on.md").write_text(RULE, encoding="utf-8")
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("toy_kind")]:
        del sys.modules[name]


def test_its_files_are_found_and_judged(toy: Path) -> None:
    root = toy / "tree"
    root.mkdir()
    (root / "x.toy").write_text("name = x\ndebug = 1\n", encoding="utf-8")
    report = run([str(root)], Options(root=str(root), rules_folder=str(toy / "rules")))
    assert [(one.rule, one.path, one.line) for one in report.findings] == [("local/toy/debug-on", "x.toy", 2)]
    assert report.kinds == {"toy": 1}


def test_its_words_and_the_files_of_its_examples_are_known(toy: Path) -> None:
    from infralint.engine.prove import prove
    from infralint.policy.catalogue import read_rule_file

    assert "name" in load().of(load().nouns["toy"]["setting"].type)
    (rule,) = (toy / "rules" / "toy").glob("*.md")
    read = read_rule_file(toy / "rules", rule, "local/")
    assert [list(example.files) for example in read.examples] == [["a.toy"], ["a.toy"]]
    assert prove(read, str(toy / "rules")) == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("docker-stack.yml", "compose"),
        ("deploy/stack.prod.yaml", "compose"),
        ("compose/production.yml", "compose"),
        ("local.yml", "compose"),
        ("Containerfile.dev", "dockerfile"),
        (".flaskenv", "env"),
        (".dev.vars", "env"),
        (".envs/.local/.django", "env"),
        (".envrc", "text"),
        ("deploy/id_ed25519", "text"),
        ("server.key", "text"),
        ("id_rsa.pub", None),
        ("identity.go", None),
        ("stack.go", None),
        ("rancher-compose.yml", "config"),
        ("docs/docker-compose.mdx", None),
    ],
)
def test_files_by_the_names_that_people_use(path: str, kind: str | None) -> None:
    assert kinds.kind_of(path) == kind


def test_a_shared_name_is_of_the_kind_that_its_text_has(tmp_path: Path) -> None:
    service = "services:\n  web:\n    image: nginx\n    privileged: true\n"
    other = "functions:\n  web:\n    image: nginx\n    privileged: true\n"
    pipeline = f"steps:\n  - name: a\n    image: alpine\n{service}"
    for name, text in (("stack.yml", service), ("swarm.yml", other), ("test.yml", pipeline)):
        (tmp_path / name).write_text(text)
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    assert {one.path for one in report.findings} == {"stack.yml"}
    assert kinds.otherwise("swarm.yml") == "config"


@pytest.mark.parametrize(
    ("path", "text", "alike"),
    [
        (".gitlab-ci/rules.yml", "patterns:\n  deny: []\n", False),
        (".gitlab-ci/jobs.yml", "a:\n  script: make\n", True),
        (".gitlab-ci.yml", "patterns:\n  deny: []\n", True),
        (".buildkite/filebeat.yml", "http.enabled: false\ninputs:\n- type: log\n", False),
        (".buildkite/a.yml", "# steps\n- command: make\n", True),
    ],
)
def test_folders_of_pipelines_hold_other_files_too(path: str, text: str, alike: bool) -> None:
    assert kinds.looks_alike(Source(path, text), kinds.kind_of(path) or "") is alike
