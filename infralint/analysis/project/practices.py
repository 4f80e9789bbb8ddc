"""What shows that the repository follows a practice of running services: documents, jobs, settings."""

from __future__ import annotations

import posixpath

from infralint.analysis.project.commands import (
    BACKUP,
    OBSERVED,
    RESTORE,
    ROLLBACK,
    command_in_scripts,
    setting_in_manifests,
)
from infralint.analysis.project.documents import told
from infralint.analysis.project.tree import holds_sources
from infralint.model.element import UNKNOWN, Unknown, fact_of, noun_of, remembered
from infralint.model.project.document import Project, ProjectDocument
from infralint.model.project.evidence import Evidence, Named, StatefulService
from infralint.model.project.services import text_of
from infralint.model.project.summary import ComposeSummary, WorkflowSummary, element_at
from infralint.tables.document_topics import MAX_PROSE
from infralint.tables.trees import variants_of
from infralint.tables.updaters import BACKUP_IMAGES, DEPENDABOT, LOCKS, MONITORS, OWNERS, PACKAGE_LISTS, RENOVATE
from infralint.text import regex as re
from infralint.text.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PRODUCTION = re.compile(r"(?:^|[._-])(?:prod|production|prd|live|deploy|stack|swarm)(?:[._-]|$)")
_PRODUCTION_FOLDERS = frozenset(("prod", "production", "deploy", "deployment", "swarm"))
MAX_COMPOSES = 12
"""More compose files than these are a collection of examples or templates, and not one project."""
_USUAL = frozenset(
    ("HOME", "USER", "PWD", "UID", "GID", "HOSTNAME", "PATH", "TAG", "VERSION", "DISPLAY", "SHELL", "XDG_RUNTIME_DIR")
)
_NAMING = re.compile(
    r"\.(?:md|rst|adoc|txt|sh|env|example|sample|template|dist|ps1|bat|toml)$|(?:^|/)(?:makefile|justfile)$|(?:^|/)\.?env[._-][^/]*$|"
    r"(?:^|/)(?:\.env|taskfile\.ya?ml)$|/workflows/|ci\.yml$"
)
"""Paths, in small letters, of files that set or explain variables."""
MAX_NAMING = 3_000
MAX_MANIFESTS = 60


def is_production_form(path: str) -> bool:
    """Whether the name of a compose file says that it runs in production."""
    folder, _, name = path.lower().rpartition("/")
    is_named = _PRODUCTION.search(name) is not None or not _PRODUCTION_FOLDERS.isdisjoint(folder.split("/"))
    return is_named and not variants_of(path)


def _composes(summaries: dict[str, Any]) -> list[ComposeSummary]:
    """The compose files in the order of their paths; none where there are so many that they are a collection."""
    found = [one for _, one in sorted(summaries.items()) if isinstance(one, ComposeSummary)]
    return found if len(found) <= MAX_COMPOSES else []


@noun_of(ProjectDocument, "stateful_service")
def stateful_services(document: ProjectDocument) -> list[StatefulService]:
    """The databases that compose files in production form run with a volume of their own."""
    found: list[StatefulService] = []
    for summary in _composes(document.summaries):
        if not is_production_form(summary.path):
            continue
        for one in summary.services:
            if one.state is not None:
                at = element_at(one.at, text_of(document.index, one.at.path))
                found.append(
                    StatefulService(
                        one.name, one.image or "", len(found), document.project, at.source, at.start, at.end
                    )
                )
    return found


@noun_of(ProjectDocument, "pin")
def pins(document: ProjectDocument) -> list[Named]:
    """The first action that a workflow pins to a commit; none where no workflow does, and where only a part of the files is here."""
    if not holds_sources(document.project):
        return []
    for _, summary in sorted(document.summaries.items()):
        if isinstance(summary, WorkflowSummary) and summary.pin is not None:
            at = element_at(summary.pin.at, text_of(document.index, summary.pin.at.path))
            return [Named("action", summary.pin.text, document.project, at.source, at.start, at.end)]
    return []


@noun_of(ProjectDocument, "unset_variable")
def unset_variables(document: ProjectDocument) -> list[Named]:
    """The first variable of a compose file that nothing sets, that has no default and that no document names."""
    for summary in _composes(document.summaries):
        for one in summary.variables if not variants_of(summary.path) else ():
            if _is_told(document.project, one.text) is False:
                at = element_at(one.at, text_of(document.index, one.at.path))
                return [Named("variable", one.text, document.project, at.source, at.start, at.end)]
    return []


@fact_of(Named)
def other_variables(variable: Named) -> list[str]:
    """The names of all variables of its kind, its own included: what an example file has to hold."""
    project: Project = variable.project
    names = {
        one.text
        for summary in _composes(project.summaries)
        if not variants_of(summary.path)
        for one in summary.variables
        if _is_told(project, one.text) is False
    }
    return sorted(names)


def _is_told(project: Project, name: str) -> bool | Unknown:
    """Whether an env file, a script, a workflow or a document names a variable; unknown where the run does not see all."""
    if not project.is_whole:
        return UNKNOWN
    return name in _USUAL or name in _told_names(project)


@remembered
def _told_names(project: Project) -> frozenset[str]:
    """The variables of compose files that documents, env files, scripts, Makefiles and workflows name."""
    wanted = {one.text for summary in _composes(project.summaries) for one in summary.variables}
    found: set[str] = set()
    paths = [path for path in project.paths if _NAMING.search(path.lower()) is not None]
    for path in paths[:MAX_NAMING]:
        if not wanted:
            break
        source = project.index.source(path)
        if source is not None and len(source.text) <= MAX_PROSE:
            here = {name for name in wanted if name in source.text}
            found |= here
            wanted -= here
    return frozenset(found)


@fact_of(Project)
def rollback(project: Project) -> Evidence | Unknown | None:
    """What tells or does the return to an earlier release; unknown where documents are elsewhere, or not in English."""
    for path, summary in sorted(project.summaries.items()):
        for one in summary.deployments if isinstance(summary, WorkflowSummary) else ():
            if one.has_rollback:
                source = text_of(project.index, path)
                at = element_at(one.at, source)
                return Evidence("job", one.grade.job or path, at.source, at.start, at.end)
    return command_in_scripts(project, ROLLBACK) or told(project, "rollback")


@fact_of(Project)
def backup(project: Project) -> Evidence | Unknown | None:
    """What tells or does the copying of data; unknown where documents are elsewhere, or not in English."""
    return backup_service(project) or told(project, "backup")


def backup_service(project: Project) -> Evidence | None:
    """A compose service, or a command of a script, that copies data away."""
    return _service_named(project, BACKUP_IMAGES) or command_in_scripts(project, BACKUP)


def monitoring_service(project: Project) -> Evidence | None:
    """A compose service that observes the others, or a setting of a manifest that lets it be observed."""
    return _service_named(project, MONITORS) or setting_in_manifests(project, OBSERVED)


@fact_of(Project)
def restore(project: Project) -> Evidence | Unknown | None:
    """What tells how data is restored; unknown where documents are elsewhere, or not in English."""
    return command_in_scripts(project, RESTORE) or told(project, "restore")


@fact_of(Project)
def rotation(project: Project) -> Evidence | Unknown | None:
    """What tells how secrets are replaced; unknown where documents are elsewhere, or not in English."""
    return told(project, "rotation")


@fact_of(Project)
def access(project: Project) -> Evidence | Unknown | None:
    """What tells who may change or deploy: CODEOWNERS or a document; unknown where documents are elsewhere, or not in English."""
    return owners_file(project) or told(project, "access")


@remembered
def owners_file(project: Project) -> Evidence | None:
    """The CODEOWNERS file that counts."""
    path = next((one for one in OWNERS if one in project.paths), None)
    source = project.index.source(path) if path is not None else None
    return Evidence("file", path or "", source, 0, 0) if source is not None else None


@fact_of(Project)
def incidents(project: Project) -> Evidence | Unknown | None:
    """What tells whom to reach when the service fails; unknown where documents are elsewhere, or not in English."""
    return told(project, "incidents")


@fact_of(Project)
def deployment_guide(project: Project) -> Evidence | Unknown | None:
    """What tells how the project is deployed; unknown where documents are elsewhere, or not in English."""
    return told(project, "deployment")


@fact_of(Project)
def setup_guide(project: Project) -> Evidence | Unknown | None:
    """What tells how the project is set up for development; unknown where documents are elsewhere, or not in English, and where
    nothing at the top says that there is something to set up: a list of packages, a Makefile, a compose file."""
    starts = {*PACKAGE_LISTS, "Makefile", "compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"}
    answer = told(project, "setup")
    return UNKNOWN if answer is None and starts.isdisjoint(project.paths) else answer


@fact_of(Project)
def environments(project: Project) -> Evidence | Unknown | None:
    """What tells the environments apart; unknown where documents are elsewhere, or not in English."""
    return told(project, "environments")


@fact_of(Project)
def monitoring(project: Project) -> Evidence | Unknown | None:
    """What observes the running service: a service, a package, a document; unknown where documents are elsewhere, or not in English."""
    found = monitoring_service(project)
    if found is not None:
        return found
    pattern = re.compile("|".join(map(re.escape, MONITORS)), re.I)
    paths = [path for path in project.paths if posixpath.basename(path) in PACKAGE_LISTS and path.count("/") < 4]
    for path in paths[:MAX_MANIFESTS]:
        source = project.index.source(path)
        match = pattern.search(source.text) if source is not None else None
        if source is not None and match is not None:
            return Evidence("setting", match[0], source, match.start(), match.end())
    answer = told(project, "monitoring")
    if answer is None and any(not _has_text(project, path) for path in paths):
        return UNKNOWN
    return answer


def _has_text(project: Project, path: str) -> bool:
    source = project.index.source(path)
    return source is not None and bool(source.text.strip())


def _service_named(project: Project, words: tuple[str, ...]) -> Evidence | None:
    """A compose service whose name or image holds one of the words."""
    for _, summary in sorted(project.summaries.items()):
        for one in summary.services if isinstance(summary, ComposeSummary) else ():
            if any(word in f"{one.name} {one.image or ''}".lower() for word in words):
                at = element_at(one.at, text_of(project.index, one.at.path))
                return Evidence("setting", one.name, at.source, at.start, at.end)
    return None


@fact_of(Project)
def action_updater(project: Project) -> Evidence | None:
    """The configuration of Dependabot or Renovate that keeps the actions of workflows up to date."""
    for path in DEPENDABOT:
        source = project.index.source(path) if path in project.paths else None
        match = re.search(r"[\"']?github-actions[\"']?", source.text) if source is not None else None
        if source is not None and match is not None:
            return Evidence("setting", "Dependabot", source, match.start(), match.end())
    found = renovate(project)
    if found is not None:
        return found
    for path in project.paths:
        if "/workflows/" in path and re.search(r"renovate|pinact|frizbee|ratchet", posixpath.basename(path).lower()):
            source = project.index.source(path)
            return Evidence("job", path, source or Source(path, ""), 0, 0)
    return None


@remembered
def renovate(project: Project) -> Evidence | None:
    """The configuration of Renovate."""
    for path in RENOVATE:
        source = project.index.source(path) if path in project.paths else None
        if source is not None:
            return Evidence("file", "Renovate", source, 0, 0)
    source = project.index.source("package.json") if "package.json" in project.paths else None
    match = re.search(r'"renovate"[ \t]*:', source.text) if source is not None else None
    return Evidence("setting", "Renovate", source, match.start(), match.end()) if source and match else None


@fact_of(Project)
def unlocked_manifest(project: Project) -> Evidence | None:
    """The list of packages at the top that has dependencies while no lock file of its package manager is anywhere."""
    if not holds_sources(project):
        return None
    names = {posixpath.basename(path) for path in project.paths}
    for name, (manager, pattern, locks) in LOCKS.items():
        source = project.index.source(name) if name in project.paths and names.isdisjoint(locks) else None
        match = re.search(pattern, source.text, re.M) if source is not None else None
        if source is not None and match is not None:
            return Evidence("file", manager, source, match.start(), match.end())
    return None


@fact_of(Project)
def runs_tests(project: Project) -> bool:
    """Whether a workflow or pipeline runs tests."""
    return any(isinstance(one, WorkflowSummary) and one.runs_tests for one in project.summaries.values())
