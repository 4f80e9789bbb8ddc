"""What shows that the practices of `tables/practices` are followed here."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from infralint.analysis.project import practices
from infralint.analysis.project.commands import (
    PROBES,
    RESTORE,
    ROLLBACK,
    command_in_scripts,
    setting_in_manifests,
)
from infralint.analysis.project.documents import document_at, documented, is_unwritten, readme
from infralint.analysis.project.migrations import migration_command
from infralint.analysis.project.parts import (
    composes,
    counts,
    deploying,
    dockerfiles,
    example_env_files,
    own_paths,
    workflows,
)
from infralint.analysis.project.practices import (
    action_updater,
    owners_file,
    renovate,
)
from infralint.model.project.document import Project
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
from infralint.tables.updaters import DEPENDABOT
from infralint.text import regex as re
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
        paths = own_paths(project, cls)
        paths.sort(key=lambda path: (path.startswith("."), path.count("/"), path))
        if paths:
            more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
            found.append(_file(project, f"{word}{more}", paths[0]))
    for pattern, word in _DECLARED:
        path = next((path for path in project.paths if pattern.search(path) and counts(path)), None)
        if path is not None:
            found.append(_file(project, word, path))
    return found


def _tested(project: Project) -> list[Evidence]:
    return _some([_file(project, "runs tests", one.path) for one in workflows(project) if one.runs_tests])


def _deployed(project: Project) -> list[Evidence]:
    return _some([_at(project, "job", f"deploys to {one.how}", one.at) for one in deploying(project)])


def _serialised(project: Project) -> list[Evidence]:
    return [
        _at(project, "job", "one deployment at a time", one.at) for one in deploying(project) if one.grade.is_serialised
    ][:1]


def _unprivileged(project: Project) -> list[Evidence]:
    found = [
        _file(project, "final stage runs as a user without root", one.path)
        for one in dockerfiles(project)
        if one.stages and one.stages[-1].has_user and one.stages[-1].runs_as_root is False
    ]
    return _some(sorted(found, key=lambda one: one.source.path.startswith(".")))


def _searched_for_secrets(project: Project) -> list[Evidence]:
    known = (path for path in project.paths if project.index.kind_at(path) is not None)
    paths = sorted(known, key=lambda path: (path.startswith("."), path.count("/"), path))
    return [_file(project, "no credential found in this and the other configuration files", paths[0])] if paths else []


def _ignored_env_files(project: Project) -> list[Evidence]:
    source = text_of(project.index, ".gitignore") if ".gitignore" in project.paths else None
    match = re.search(r"^[ \t]*(?:\*\*/|/)?\.env(?:\*|\b[^\n]*)?$", source.text, re.M) if source is not None else None
    return (
        [Evidence("setting", "git ignores env files", source, match.start(), match.end())] if source and match else []
    )


def _stored_secrets(project: Project) -> list[Evidence]:
    for _, one in sorted(project.summaries.items()):
        if isinstance(one, (WorkflowSummary, PlatformSummary)) and one.secrets:
            where = (
                "the secrets of the CI system" if isinstance(one, WorkflowSummary) else "the settings of the platform"
            )
            first = one.secrets[0]
            return [_at(project, "setting", f"`{first.text}` comes from {where}", first.at)]
    return []


def _limited_tokens(project: Project) -> list[Evidence]:
    found = [
        _at(project, "setting", "permissions of the token are set", one.limits)
        for one in workflows(project)
        if one.limits
    ]
    return _some(found)


def _owners(project: Project) -> list[Evidence]:
    found = owners_file(project)
    return [Evidence("file", "code owners", found.source, 0, 0)] if found is not None else []


def _protected(project: Project) -> list[Evidence]:
    found = [
        _at(project, "setting", f"environment `{one.environment}`", one.at)
        for one in deploying(project)
        if one.environment
    ]
    return _some(found)


def _example_files(project: Project) -> list[Evidence]:
    return _some([_file(project, "example of the variables", path) for path in example_env_files(project)])


def _named_environments(project: Project) -> list[Evidence]:
    named = (one for one in deploying(project) if one.environment and one.grade.stage in (PRODUCTION, STAGING))
    return _some([_at(project, "job", f"deploys to the environment `{one.environment}`", one.at) for one in named])


def _migrating(project: Project) -> list[Evidence]:
    found = [
        _at(project, "job", "migrates before it deploys", one.at)
        for one in deploying(project)
        if one.grade.migrates and not one.grade.migration_at
    ]
    found += [
        _at(project, "setting", "migrates in a release phase", one.at)
        for one in deploying(project)
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
        for one in composes(project)
        for service in one.services
        if service.has_healthcheck
    ]
    found += [
        _file(project, "health check of the image", one.path)
        for one in dockerfiles(project)
        if one.stages and one.stages[-1].has_healthcheck
    ]
    found += [
        _at(project, "setting", "health check of the platform", one.at)
        for one in deploying(project)
        if one.has_health_check
    ]
    return _some(found) + _command(setting_in_manifests(project, PROBES))


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
    return _command(practices.monitoring_service(project)) + _told("monitoring", "monitoring")(project)


def _staged(project: Project) -> list[Evidence]:
    before = (one for one in deploying(project) if one.grade.stage == STAGING)
    return _some(
        [_at(project, "job", f"{_who(one)} deploys to an environment before production", one.at) for one in before]
    )


def _who(one: DeploymentSummary) -> str:
    """What deploys, in words."""
    return f"job `{one.grade.job}`" if one.grade.job else f"`{posixpath.basename(one.at.path)}`"


def _command(found: Evidence | None) -> list[Evidence]:
    """A service, a command or a setting, as the code that it is."""
    return [Evidence(found.form, f"`{found.says}`", found.source, found.start, found.end)] if found is not None else []


def _rolled_back(project: Project) -> list[Evidence]:
    jobs = [_at(project, "job", "its pipeline rolls back", one.at) for one in deploying(project) if one.has_rollback]
    return jobs[:1] + _command(command_in_scripts(project, ROLLBACK)) + _told("rollback", "rollback")(project)


def _backed_up(project: Project) -> list[Evidence]:
    sure = _command(practices.backup_service(project)) + _command(command_in_scripts(project, RESTORE))
    return sure + _told("backup", "backup")(project) + _told("restore", "restore")(project)


def _locked(project: Project) -> list[Evidence]:
    paths = [path for path in project.paths if posixpath.basename(path) in _LOCKS and counts(path)]
    return _some([_file(project, "lock file", path) for path in sorted(paths, key=lambda path: path.count("/"))])


def _pinned(project: Project) -> list[Evidence]:
    return [
        _at(project, "setting", "action pinned to a commit", one.pin.at)
        for one in workflows(project)
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
    document = document_at(project, found.source.path) if found is not None else None
    if found is None or document is None:
        return []
    written = [one for one in document.headings if not is_unwritten(document, one)]
    if len(written) < 2 and len(written) < len(document.headings):
        return []  # only the title is the project's own
    return [Evidence("file", "README", found.source, found.start, found.end)]


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
    "example_env_files": _example_files,
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
