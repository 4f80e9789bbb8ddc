"""Deployments of platform files among the practices."""

from __future__ import annotations

from pathlib import Path

from infralint.analysis.project import deployments
from infralint.analysis.project.parts import applies, deploying
from infralint.analysis.project.standing import EVIDENCE
from infralint.engine.options import Options
from infralint.engine.session import Session
from infralint.fixes.project.runbooks import with_runbook_section
from infralint.model.element import UNKNOWN
from infralint.model.project.document import ProjectDocument
from infralint.model.project.summary import DeploymentSummary, Mark, PlatformSummary


def document(root: Path, **known: object) -> ProjectDocument:
    (root / "fly.toml").write_text('app = "shop"\n', encoding="utf-8")
    summary = DeploymentSummary(Mark("fly.toml", 0, 3), "Fly.io", None, False, platform="Fly.io", **known)  # type: ignore[arg-type]
    session = Session([str(root)], Options(root=str(root)))
    return ProjectDocument(session.index, {"fly.toml": PlatformSummary("fly.toml", (summary,))}, session.tree.paths)


def test_a_platform_file_is_a_deployment_whose_pipeline_is_unknown(tmp_path: Path) -> None:
    one = document(tmp_path).deployments()[0]
    assert one.is_first
    assert deployments.is_service(one)
    assert deployments.is_approved(one) is UNKNOWN
    assert not deployments.is_started_by(one, "branch")
    assert not deployments.is_workflow(one)


def test_what_it_says_counts_as_evidence(tmp_path: Path) -> None:
    found = document(tmp_path, has_health_check=True, has_release_phase=True, state=("data",))
    assert len(list(deploying(found.project))) == 1
    assert [one.says for one in EVIDENCE["health_checked"](found.project)] == ["health check of the platform"]
    assert [one.says for one in EVIDENCE["migrating"](found.project)] == ["migrates in a release phase"]
    assert all(applies(found, trigger) for trigger in ("deployment", "services", "state", "migrations"))
    assert not applies(found, "production")


def test_a_likely_one_makes_nothing_apply(tmp_path: Path) -> None:
    found = document(tmp_path, certainty="likely")
    assert not found.deployments()[0].is_first
    assert not applies(found, "deployment")


def test_a_runbook_names_the_file_and_the_command_of_the_platform(tmp_path: Path) -> None:
    edits = with_runbook_section(document(tmp_path).deployments()[0], "rollback")
    assert edits is not None
    assert "`fly.toml` deploys to Fly.io" in edits[0].text
    assert "fly deploy --image PREVIOUS_IMAGE" in edits[0].text
