"""What shows that the practices of `tables/practices` are followed here, and what makes each apply."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from infralint.analysis.project import practices
from infralint.analysis.project.documents import documented, readme, told
from infralint.analysis.project.migrations import migrated_by_command, migration_command, migrations
from infralint.analysis.project.practices import (
    action_updater,
    is_production_form,
    owners_file,
    renovate,
    stateful_services,
)
from infralint.model.element import Unknown
from infralint.model.project.document import Project, ProjectDocument, is_site
from infralint.model.project.evidence import Evidence
from infralint.model.project.services import text_of
from infralint.model.project.summary import (
    ComposeSummary,
    DeploymentSummary,
    DockerfileSummary,
    Mark,
    PlatformSummary,
    WorkflowSummary,
    element_at,
)
from infralint.tables.deploy_names import PRODUCTION, STAGING
from infralint.tables.trees import EXAMPLES, FIXTURES, TESTS, lies_in, variants_of
from infralint.tables.updaters import DEPENDABOT
from infralint.text.source import Source

_LOCKS = frozenset(
    (
        "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb", "poetry.lock", "uv.lock", "pdm.lock",
        "Pipfile.lock", "Cargo.lock", "go.sum", "Gemfile.lock", "composer.lock", "mix.lock", "gradle.lockfile", "packages.lock.json", "flake.lock",
        "deno.lock", "pixi.lock",
    )
)  # fmt: skip
_DECLARED = (
    (re.compile(r"\.(?:tf|tofu)$"), "Terraform configuration"),
    (re.compile(r"(?:^|/)Chart\.yaml$"), "Helm chart"),
    (re.compile(r"(?:^|/)kustomization\.ya?ml$"), "Kustomize configuration"),
    (re.compile(r"(?:^|/)(?:playbook|site)\.ya?ml$|(?:^|/)ansible\.cfg$"), "Ansible configuration"),
    (re.compile(r"(?:^|/)Pulumi\.ya?ml$"), "Pulumi project"),
)
_STARTS = re.compile(r"entry-?point|start|release|deploy|docker|procfile|compose|heroku|fly\.|/workflows/", re.I)
"""Names of files that run when a release is deployed or a container begins."""
MAX_SHOWN = 4


def _at(project: Project, form: str, says: str, at: Mark) -> Evidence:
    element = element_at(at, text_of(project.index, at.path))
    return Evidence(form, says, element.source, element.start, element.end)


def _file(project: Project, says: str, path: str) -> Evidence:
    return Evidence("file", says, text_of(project.index, path) or Source(path, ""), 0, 0)


def _counts(path: str) -> bool:
    """Whether a file is the project's own, and not there for tests or as an example."""
    return not lies_in(path, FIXTURES) and not variants_of(path) & {TESTS, EXAMPLES}


def _deploying(project: Project) -> Iterator[DeploymentSummary]:
    """The deployments that certainly put a running service out."""
    for _, summary in sorted(project.summaries.items()):
        if isinstance(summary, (WorkflowSummary, PlatformSummary)):
            yield from (one for one in summary.deployments if one.certainty == "certain" and not is_site(one))


def _composes(project: Project) -> list[ComposeSummary]:
    found = (one for _, one in sorted(project.summaries.items()) if isinstance(one, ComposeSummary))
    return [one for one in found if _counts(one.path)]


def _workflows(project: Project) -> list[WorkflowSummary]:
    return [one for _, one in sorted(project.summaries.items()) if isinstance(one, WorkflowSummary)]


def _dockerfiles(project: Project) -> list[DockerfileSummary]:
    found = (one for _, one in sorted(project.summaries.items()) if isinstance(one, DockerfileSummary))
    return [one for one in found if _counts(one.path)]


def _some(found: list[Evidence]) -> list[Evidence]:
    """The first few, the last of them with how many more there are."""
    if len(found) > MAX_SHOWN:
        last = found[MAX_SHOWN - 1]
        more = Evidence(last.form, f"{last.says}, and {len(found) - MAX_SHOWN} more", last.source, last.start, last.end)
        return [*found[: MAX_SHOWN - 1], more]
    return found


def _infrastructure(project: Project) -> list[Evidence]:
    words = (
        (DockerfileSummary, "Dockerfile"), (ComposeSummary, "compose file"), (WorkflowSummary, "pipeline"),
        (PlatformSummary, "file of a platform"),
    )  # fmt: skip
    found = []
    for cls, word in words:
        paths = [path for path, one in project.summaries.items() if isinstance(one, cls) and _counts(path)]
        paths.sort(key=lambda path: (path.startswith("."), path.count("/"), path))
        if paths:
            more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
            found.append(_file(project, f"{word}{more}", paths[0]))
    for pattern, word in _DECLARED:
        path = next((path for path in project.paths if pattern.search(path) and _counts(path)), None)
        if path is not None:
            found.append(_file(project, word, path))
    return found


def _tested(project: Project) -> list[Evidence]:
    return _some([_file(project, "runs tests", one.path) for one in _workflows(project) if one.runs_tests])


def _deployed(project: Project) -> list[Evidence]:
    return _some([_at(project, "job", f"deploys to {one.how}", one.at) for one in _deploying(project)])


def _serialised(project: Project) -> list[Evidence]:
    return [
        _at(project, "job", "one deployment at a time", one.at)
        for one in _deploying(project)
        if one.grade.is_serialised
    ][:1]


def _unprivileged(project: Project) -> list[Evidence]:
    found = [
        _file(project, "final stage runs as a user without root", one.path)
        for one in _dockerfiles(project)
        if one.stages and one.stages[-1].has_user and one.stages[-1].runs_as_root is False
    ]
    return _some(sorted(found, key=lambda one: one.source.path.startswith(".")))


def _searched_for_secrets(project: Project) -> list[Evidence]:
    paths = sorted(project.summaries, key=lambda path: (path.count("/"), path))
    return [_file(project, "no credential found in this and the other configuration files", paths[0])] if paths else []


def _ignored_env_files(project: Project) -> list[Evidence]:
    source = text_of(project.index, ".gitignore") if ".gitignore" in project.paths else None
    match = re.search(r"^[ \t]*(?:\*\*/|/)?\.env(?:\*|\b[^\n]*)?$", source.text, re.M) if source is not None else None
    return (
        [Evidence("setting", "git ignores env files", source, match.start(), match.end())] if source and match else []
    )


def _stored_secrets(project: Project) -> list[Evidence]:
    for one in _workflows(project):
        if one.secrets:
            return [
                _at(
                    project,
                    "setting",
                    f"`{one.secrets[0].text}` comes from the secrets of the CI system",
                    one.secrets[0].at,
                )
            ]
    return []


def _limited_tokens(project: Project) -> list[Evidence]:
    found = [
        _at(project, "setting", "permissions of the token are set", one.limits)
        for one in _workflows(project)
        if one.limits
    ]
    return _some(found)


def _owners(project: Project) -> list[Evidence]:
    found = owners_file(project)
    return [Evidence("file", "code owners", found.source, 0, 0)] if found is not None else []


def _protected(project: Project) -> list[Evidence]:
    found = [
        _at(project, "setting", f"environment `{one.environment}`", one.at)
        for one in _deploying(project)
        if one.environment
    ]
    return _some(found)


def _example_env_files(project: Project) -> list[Evidence]:
    words = ("example", "sample", "template", "dist")
    paths = [
        path
        for path in project.paths
        if re.match(r"\.?env[._-]|.*\.env[._-]", posixpath.basename(path).lower())
        and any(word in posixpath.basename(path).lower() for word in words)
        and not lies_in(path, FIXTURES)
    ]
    return _some([_file(project, "example of the variables", path) for path in paths])


def _named_environments(project: Project) -> list[Evidence]:
    named = (one for one in _deploying(project) if one.environment and one.grade.stage in (PRODUCTION, STAGING))
    return _some([_at(project, "job", f"deploys to the environment `{one.environment}`", one.at) for one in named])


def _migrating(project: Project) -> list[Evidence]:
    found = [
        _at(project, "job", "migrates before it deploys", one.at)
        for one in _deploying(project)
        if one.grade.migrates and not one.grade.migration_at
    ]
    found += [
        _at(project, "setting", "migrates in a release phase", one.at)
        for one in _deploying(project)
        if one.has_release_phase
    ]
    command = migration_command(project)
    if not found and isinstance(command, Evidence) and _STARTS.search(command.source.path) is not None:
        found.append(
            Evidence("command", f"`{' '.join(command.says.split())}`", command.source, command.start, command.end)
        )
    return found[:MAX_SHOWN]


def _health_checked(project: Project) -> list[Evidence]:
    found = [
        _at(project, "setting", f"health check of service `{service.name}`", service.at)
        for one in _composes(project)
        for service in one.services
        if service.has_healthcheck
    ]
    found += [
        _file(project, "health check of the image", one.path)
        for one in _dockerfiles(project)
        if one.stages and one.stages[-1].has_healthcheck
    ]
    found += [
        _at(project, "setting", "health check of the platform", one.at)
        for one in _deploying(project)
        if one.has_health_check
    ]
    return _some(found)


def _told(topic: str, words: str) -> Callable[[Project], list[Evidence]]:
    """What surely covers a topic."""

    def find(project: Project) -> list[Evidence]:
        found = documented(project, topic)
        if found is None or (topic == "access" and posixpath.basename(found.source.path) == "CODEOWNERS"):
            return []
        says = f'{words}: "{found.says}"' if found.form == "section" else words
        return [Evidence(found.form, says, found.source, found.start, found.end)]

    return find


def _monitored(project: Project) -> list[Evidence]:
    found = practices.monitoring_service(project)
    sure = [Evidence("setting", f"`{found.says}`", found.source, found.start, found.end)] if found is not None else []
    return sure + _told("monitoring", "monitoring")(project)


def _staged(project: Project) -> list[Evidence]:
    return _some(
        [_at(project, "job", "deploys to staging", one.at) for one in _deploying(project) if one.grade.stage == STAGING]
    )


def _rolled_back(project: Project) -> list[Evidence]:
    jobs = [_at(project, "job", "its pipeline rolls back", one.at) for one in _deploying(project) if one.has_rollback]
    return jobs[:1] + _told("rollback", "rollback")(project)


def _backed_up(project: Project) -> list[Evidence]:
    found = practices.backup_service(project)
    sure = (
        [Evidence("setting", f"service `{found.says}`", found.source, found.start, found.end)]
        if found is not None
        else []
    )
    return sure + _told("backup", "backup")(project) + _told("restore", "restore")(project)


def _locked(project: Project) -> list[Evidence]:
    paths = [path for path in project.paths if posixpath.basename(path) in _LOCKS and _counts(path)]
    return _some([_file(project, "lock file", path) for path in sorted(paths, key=lambda path: path.count("/"))])


def _pinned(project: Project) -> list[Evidence]:
    return [
        _at(project, "setting", "action pinned to a commit", one.pin.at)
        for one in _workflows(project)
        if one.pin is not None
    ][:1]


def _updated(project: Project) -> list[Evidence]:
    found = action_updater(project) or renovate(project)
    if found is None:
        path = next((path for path in DEPENDABOT if path in project.paths), None)
        return [_file(project, "Dependabot", path)] if path is not None else []
    return [Evidence(found.form, f"{found.says} updates dependencies", found.source, found.start, found.end)]


def _readme(project: Project) -> list[Evidence]:
    found = readme(project)
    return [Evidence("file", "README", found.source, found.start, found.end)] if found is not None else []


EVIDENCE: dict[str, Callable[[Project], list[Evidence]]] = {
    "infrastructure": _infrastructure,
    "tested": _tested,
    "deployed": _deployed,
    "serialised": _serialised,
    "unprivileged": _unprivileged,
    "searched_for_secrets": _searched_for_secrets,
    "ignored_env_files": _ignored_env_files,
    "stored_secrets": _stored_secrets,
    "limited_tokens": _limited_tokens,
    "owners": _owners,
    "access_told": _told("access", "access"),
    "protected": _protected,
    "example_env_files": _example_env_files,
    "named_environments": _named_environments,
    "rotated": _told("rotation", "rotation"),
    "migrating": _migrating,
    "health_checked": _health_checked,
    "monitored": _monitored,
    "staged": _staged,
    "rolled_back": _rolled_back,
    "backed_up": _backed_up,
    "locked": _locked,
    "pinned": _pinned,
    "updated": _updated,
    "readme": _readme,
    "set_up": _told("setup", "set-up"),
    "deployment_told": _told("deployment", "deployment"),
    "contact": _told("incidents", "contact"),
    "decided": _told("decisions", "decisions"),
}
"""What shows that a practice is followed, by its name in the table."""


def applies(document: ProjectDocument, trigger: str) -> bool:
    """Whether what makes a practice apply is here."""
    project = document.project
    deployments = list(_deploying(project))
    if trigger == "deployment":
        return bool(deployments)
    if trigger == "secrets":
        return any(one.secrets for one in _workflows(project) if any(each in deployments for each in one.deployments))
    if trigger == "production":
        return any(one.grade.stage == PRODUCTION for one in deployments)
    if trigger == "state":
        return bool(stateful_services(document)) or any(one.state for one in deployments)
    if trigger == "migrations":
        known = migrated_by_command(project) is not None or bool(migrations(document))
        return known or any(one.grade.migrates or one.has_release_phase for one in deployments)
    if trigger == "services":
        return bool(deployments) or any(is_production_form(one.path) or one.services for one in _composes(project))
    if trigger == "environments":
        named = any(one.environment or one.grade.stage in (PRODUCTION, STAGING) for one in deployments)
        return named or any(one.variables for one in _composes(project)) or bool(_example_env_files(project))
    if trigger == "containers":
        return bool(_composes(project) or _dockerfiles(project))
    if trigger == "workflows":
        return any("/workflows/" in one.path for one in _workflows(project))
    return bool(project.summaries) if trigger == "configuration" else True


def mention(project: Project, topic: str) -> Evidence | Unknown | None:
    """The sentence by which a document may tell of a topic; unknown where documents are elsewhere, or not in English."""
    return told(project, topic) if topic else None
