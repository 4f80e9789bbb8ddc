"""Sections of a runbook, filled from what the repository is known to run, and the example file of its variables."""

from __future__ import annotations

from collections.abc import Callable

from infralint.analysis.project.practices import other_variables
from infralint.model.element import fact_of
from infralint.model.project.document import Deployment, Project
from infralint.model.project.evidence import Named, StatefulService
from infralint.model.project.summary import ComposeSummary, PlatformSummary, WorkflowSummary
from infralint.tables.rollbacks import BACKUPS, ROLLBACKS
from infralint.text.edit import Edit

RUNBOOK = "docs/runbook.md"


def _added(project: Project, section: str) -> list[Edit] | None:
    """Edits that add a section to the runbook, which they make where there is none; None where it cannot be read."""
    if RUNBOOK not in project.paths:
        return [Edit(RUNBOOK, 0, 0, f"# Runbook\n\n{section}", True)]
    source = project.index.source(RUNBOOK)
    if source is None:
        return None
    end = len(source.text)
    gap = source.newline * (2 if source.text and not source.text.endswith("\n") else 1)
    return [Edit(RUNBOOK, end, end, gap + section.replace("\n", source.newline))]


@fact_of(Deployment)
def with_runbook_section(deployment: Deployment, topic: str) -> list[Edit] | None:
    """Edits that add a section of that topic to docs/runbook.md, filled from the deployment."""
    sections: dict[str, Callable[[Deployment], str]] = {
        "rollback": _rollback,
        "rotation": _rotation,
        "access": _access,
        "incidents": _incidents,
        "deployment": _deployment,
    }
    write = sections.get(topic)
    return _added(deployment.project, write(deployment)) if write is not None else None


def _subject(deployment: Deployment) -> str:
    job = deployment.summary.grade.job
    return f"The job `{job}` in `{deployment.source.path}`" if job else f"`{deployment.source.path}`"


def _rollback(deployment: Deployment) -> str:
    how = deployment.summary.how
    command = ROLLBACKS.get(how)
    step = f"Run `{command}`." if command else "Run the deployment again for the last good commit."
    return (
        f"## Rollback\n\n{_subject(deployment)} deploys to {how}. When a release fails its checks:\n\n"
        f"1. Decide: NAME or ROLE decides to roll back.\n2. {step}\n"
        "3. Check that the previous release answers: URL of the health check.\n"
        "4. If the release has migrated the database: state whether the previous release runs with the new schema.\n"
    )


def _rotation(deployment: Deployment) -> str:
    summary = deployment.project.summaries.get(deployment.source.path)
    secrets = summary.secrets if isinstance(summary, (WorkflowSummary, PlatformSummary)) else ()
    rows = "".join(f"| `{one.text}` | OWNER | INTERVAL | HOW |\n" for one in secrets)
    return (
        f"## Secret rotation\n\n{_subject(deployment)} uses these secrets. Replace one at once if it may have leaked.\n\n"
        f"| Secret | Owner | Interval | Where a new one is issued |\n|---|---|---|---|\n{rows}"
    )


def _access(deployment: Deployment) -> str:
    environment = deployment.summary.environment
    place = f"the environment `{environment}`" if environment else deployment.summary.how
    return (
        f"## Access\n\n{_subject(deployment)} deploys to {place}.\n\n| Who | May do what | Granted by |\n|---|---|---|\n"
        "| ROLE | approve and start deployments | NAME |\n| ROLE | read and change secrets | NAME |\n"
    )


def _incidents(deployment: Deployment) -> str:
    return (
        f"## Incidents\n\nThe service runs on {deployment.summary.how}.\n\n- On call: NAME or ROTATION, reached by CHANNEL.\n"
        "- Logs and dashboards: URL.\n- Escalation: NAME after MINUTES without an answer.\n"
    )


def _deployment(deployment: Deployment) -> str:
    started = {"branch": "a push to the branch", "tag": "a tag", "manual": "a person", "schedule": "a schedule"}
    by = " or ".join(started[one] for one in deployment.summary.grade.triggers if one in started) or "its triggers"
    return (
        f"## Deployment\n\n{_subject(deployment)} deploys to {deployment.summary.how}, started by {by}.\n\n"
        "- Before: what must be true, and who approves.\n- After: how to see that the release works.\n"
    )


@fact_of(StatefulService)
def with_backup_section(service: StatefulService) -> list[Edit] | None:
    """Edits that add a section on backup and restore to docs/runbook.md, with the commands of each database."""
    project: Project = service.project
    rows = []
    for path, summary in sorted(project.summaries.items()):
        for one in summary.services if isinstance(summary, ComposeSummary) and path == service.source.path else ():
            if one.state is None:
                continue
            image = (one.image or "").lower()
            commands = next(
                (pair for name, pair in BACKUPS.items() if name in image), ("BACKUP COMMAND", "RESTORE COMMAND")
            )
            rows.append(
                f"### `{one.name}` (volume `{one.state}`)\n\n- Backup: `{commands[0]}`\n- Restore: `{commands[1]}`\n"
            )
    section = (
        "## Backup and restore\n\nInterval, where the copies are kept, and who last restored one: FILL IN.\n\n"
        + "\n".join(rows)
    )
    return _added(project, section) if rows else None


@fact_of(Named)
def with_example_file(variable: Named) -> list[Edit] | None:
    """Edits that make an `.env.example` of the variables that nothing else names; None where there is one."""
    project: Project = variable.project
    if any(path.rpartition("/")[2].startswith((".env", "env.")) for path in project.paths):
        return None
    lines = "".join(f"{name}=\n" for name in other_variables(variable))
    return [Edit(".env.example", 0, 0, lines, True)]
