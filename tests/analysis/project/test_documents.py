"""What documents tell of a topic, and when nothing is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.analysis.project import practices
from infralint.analysis.project.documents import document_paths, documented, searched, told
from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.engine.session import Session
from infralint.model.element import UNKNOWN
from infralint.model.project.document import Project, ProjectDocument
from infralint.model.project.evidence import Evidence

DEPLOY = """\
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/
"""
ENGLISH = "This is the shop of the town and it is for the people who want to buy the shoes that are in the store. " * 6
GERMAN = (
    "Dies ist der Laden der Stadt, und er ist für die Leute da, die Schuhe kaufen wollen, die es im Lager gibt. " * 6
)
RULE = "project/rollback-undocumented"


def project(root: Path, files: dict[str, str], *, is_whole: bool = True) -> Project:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    session = Session([str(root)], Options(root=str(root)))
    return ProjectDocument(session.index, {}, session.tree.paths, is_whole).project


@pytest.mark.parametrize(
    ("path", "text", "form"),
    [
        ("README.md", "# Shop\n\n## Rolling back\n", "section"),
        ("README.rst", "Shop\n====\n\nRollback\n--------\n", "section"),
        ("docs/ops.adoc", "= Ops\n\n== Reverting to a release\n", "section"),
        ("docs/runbook.md", "**Roll back:**\n", "section"),
        ("scripts/rollback.sh", "kubectl rollout undo\n", "file"),
        ("docs/ops.md", "To go to the previous version, deploy its tag.\n", "mention"),
    ],
)
def test_rollback_is_told_in_many_forms(tmp_path: Path, path: str, text: str, form: str) -> None:
    found = told(project(tmp_path, {path: text}), "rollback")
    assert isinstance(found, Evidence)
    assert (found.form, found.source.path) == (form, path)


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": "# Shop\n\nBuys shoes.\n"},
        {"CHANGELOG.md": "# Changes\n\n## Rollback\n"},
        {"vendor/lib/README.md": "# Lib\n\n## Rollback\n"},
        {"assets/rollback.svg": "<svg/>\n"},
    ],
)
def test_nothing_tells(tmp_path: Path, files: dict[str, str]) -> None:
    assert told(project(tmp_path, files), "rollback") is None


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": GERMAN},
        {"README.md": "# Shop\n\nSee the [operations handbook](https://handbook.example.com).\n"},
        {"README.md": "# Shop\n\nSee https://git.example.com/shop/wiki\n"},
    ],
)
def test_what_is_elsewhere_or_in_another_language_is_unknown(tmp_path: Path, files: dict[str, str]) -> None:
    assert told(project(tmp_path, files), "rollback") is UNKNOWN


def test_a_part_of_a_repository_tells_nothing_of_what_is_absent(tmp_path: Path) -> None:
    assert told(project(tmp_path, {"README.md": ENGLISH}, is_whole=False), "rollback") is UNKNOWN


def test_a_mention_is_no_proof(tmp_path: Path) -> None:
    assert (
        documented(project(tmp_path, {"README.md": f"{ENGLISH}\nRevert to a previous version.\n"}), "rollback") is None
    )


def test_the_name_of_the_project_covers_no_topic(tmp_path: Path) -> None:
    one = project(tmp_path, {"README.md": "# Monitoring\n\nA tool.\n"})
    assert documented(one, "monitoring") is None
    assert practices.monitoring(one) is not None


def test_documents_are_those_for_people_from_the_top_down(tmp_path: Path) -> None:
    names = [
        "docs/b.md",
        "README.md",
        "LICENSE.md",
        "docs/i18n/de/README.md",
        ".github/ISSUE_TEMPLATE/bug.md",
        "testdata/a.md",
    ]
    one = project(tmp_path, dict.fromkeys(names, "# A\n"))
    assert document_paths(one) == ["README.md", "docs/b.md"]
    assert searched(one) == "README.md and 1 other document searched"


def findings(root: Path, *paths: str, **options: object) -> list[str]:
    report = run([str(root / path) for path in paths or [""]], Options(root=str(root), select=[RULE], **options))  # type: ignore[arg-type]
    return [one.rule for one in report.findings]


def test_a_run_over_some_files_reports_nothing_as_missing(tmp_path: Path) -> None:
    project(
        tmp_path, {".github/workflows/deploy.yml": DEPLOY, "README.md": "# Shop\n", "compose.yaml": "services: {}\n"}
    )
    assert findings(tmp_path) == [RULE]
    assert findings(tmp_path, ".github/workflows/deploy.yml") == []
    assert findings(tmp_path, ".github/workflows/deploy.yml", staged=True) == []
    assert findings(tmp_path, ".github") == []


@pytest.mark.parametrize(
    ("asks", "path", "text"),
    [
        ("rollback", "Makefile", "undo:\n\tkubectl rollout undo deployment/shop\n"),
        ("rollback", ".github/workflows/x.yml", "on: push\n# helm rollback shop\n"),
        ("backup", "scripts/nightly.sh", "pg_dump shop | aws s3 cp - s3://backups/shop\n"),
        ("restore", "scripts/again.sh", "pg_restore --clean backup.dump\n"),
        ("monitoring", "k8s/monitor.yaml", "kind: ServiceMonitor\n"),
        ("monitoring", "requirements.txt", "sentry-sdk==2.0\n"),
    ],
)
def test_scripts_and_manifests_are_evidence_too(tmp_path: Path, asks: str, path: str, text: str) -> None:
    found = getattr(practices, asks)(project(tmp_path, {"README.md": "# Shop\n", path: text}))
    assert isinstance(found, Evidence)
    assert found.source.path == path


def test_an_empty_list_of_packages_leaves_monitoring_unknown(tmp_path: Path) -> None:
    assert practices.monitoring(project(tmp_path, {"README.md": "# Shop\n", "requirements.txt": ""})) is UNKNOWN
