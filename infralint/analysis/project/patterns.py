"""Patterns of paths that match nothing here: filters of workflows, CODEOWNERS, folders of Dependabot."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import lru_cache

from infralint.analysis.project.tree import files_of, folders_of, holds_sources
from infralint.model.element import fact_of, noun_of
from infralint.model.project.document import Project, ProjectDocument
from infralint.model.project.evidence import Evidence, PathPattern, UpdatedFolder
from infralint.model.project.services import text_of
from infralint.model.project.summary import WorkflowSummary, element_at
from infralint.model.shared.value import get, mappings, scalars
from infralint.model.shared.value import text_of as scalar_of
from infralint.syntax.yaml import parse
from infralint.tables.updaters import DEPENDABOT, MANIFESTS, OWNERS
from infralint.text import regex as re
from infralint.text.glob import compiled, matches

MAX_PATTERNS = 1_000


@noun_of(ProjectDocument, "path_filter")
def path_filters(document: ProjectDocument) -> list[PathPattern]:
    """The patterns of paths that let events start workflows; those that leave paths out are not among them."""
    found = []
    for _, summary in sorted(document.summaries.items()):
        for one in summary.filters if isinstance(summary, WorkflowSummary) else ():
            at = element_at(one.at, text_of(document.index, one.at.path))
            found.append(PathPattern("path filter", one.text, document.project, at.source, at.start, at.end))
    return found


@noun_of(ProjectDocument, "owned_path")
def owned_paths(document: ProjectDocument) -> list[PathPattern]:
    """The patterns of the CODEOWNERS file that counts."""
    path = next((one for one in OWNERS if one in document.project.paths), None)
    source = document.index.source(path) if path is not None else None
    if source is None:
        return []
    found = []
    for number, start in enumerate(source.line_starts[:MAX_PATTERNS], start=1):
        line = source.line_text(number)
        pattern = line.split(maxsplit=1)[0] if line.strip() else ""
        if not pattern or pattern.startswith(("#", "[", "^", "!")) or "\\" in line:
            continue
        at = start + line.index(pattern)
        found.append(PathPattern("owned path", pattern, document.project, source, at, at + len(pattern)))
    return found


@noun_of(ProjectDocument, "updated_folder")
def updated_folders(document: ProjectDocument) -> list[UpdatedFolder]:
    """The folders that Dependabot is told to update, globs left out."""
    path = next((one for one in DEPENDABOT if one in document.project.paths), None)
    source = document.index.source(path) if path is not None else None
    root = parse(source).root if source is not None else None
    found = []
    for update in mappings(get(root, "updates")):
        ecosystem = scalar_of(update.get("package-ecosystem"))
        if ecosystem is None or scalar_of(update.get("target-branch")) is not None:
            continue  # another branch may hold other files
        for folder in [*scalars(update.get("directory")), *scalars(update.get("directories"))]:
            if not set("*?[") & set(folder):
                found.append(
                    UpdatedFolder(
                        str(ecosystem), str(folder), document.project, folder.source, folder.start, folder.end
                    )
                )
    return found


@fact_of(PathPattern)
def matches_nothing(pattern: PathPattern) -> bool:
    """Whether no file of the repository matches it; False where it holds what only the CI system knows how to read."""
    project: Project = pattern.project
    name = pattern.name
    if not _is_judged(project, name) or name.startswith("!") or not name.strip("*/") or set("?+[]{}$\\") & set(name):
        return False
    if pattern.form == "path filter":
        if "*" in name.split("/")[0]:
            return False  # a kind of file, such as `**.webp`, may be added one day
        return not _any_matches(project, (name.removeprefix("/") if name.startswith("/") else name,))
    if name.startswith("**/"):
        return False  # likewise
    return not _any_matches(project, tuple(_owner_globs(name)))


def _is_judged(project: Project, pattern: str) -> bool:
    """Whether the tree holds what the pattern could match: source code, or workflows where these are meant."""
    return holds_sources(project) or (project.is_whole and pattern.startswith(".github/workflows/"))


def _any_matches(project: Project, patterns: tuple[str, ...]) -> bool:
    for pattern in patterns:
        if not set("*?[") & set(pattern):
            if pattern in files_of(project):
                return True
        elif any(map(_matcher(pattern), project.paths)):
            return True
    return False


@lru_cache(maxsize=256)
def _matcher(pattern: str) -> Callable[[str], object]:
    if pattern.count("*") <= 3:
        return compiled(pattern).match
    return lambda path: matches(path, pattern)


@fact_of(Project)
def unowned_workflow(project: Project) -> Evidence | None:
    """The first workflow for which CODEOWNERS names no one, at the first pattern of CODEOWNERS; absent where a pattern is not understood."""
    path = next((one for one in OWNERS if one in project.paths), None)
    source = project.index.source(path) if path is not None else None
    workflows = [path for path in project.paths if re.match(r"\.github/workflows/[^/]+\.ya?ml$", path)]
    if source is None or not workflows or not project.is_whole:
        return None
    patterns: list[str] = []
    first: tuple[int, int] | None = None
    for number, start in enumerate(source.line_starts[:MAX_PATTERNS], start=1):
        words = source.line_text(number).split("#", 1)[0].split()
        if not words:
            continue
        if set("[]!^\\") & set(words[0]):
            return None
        at = start + source.line_text(number).index(words[0])
        first = first or (at, at + len(words[0]))
        patterns += _owner_globs(words[0]) if len(words) > 1 else []
    unowned = [one for one in workflows if not any(matches(one, pattern) for pattern in patterns)]
    return Evidence("file", unowned[0], source, *first) if unowned and first is not None else None


def _owner_globs(pattern: str) -> list[str]:
    """The globs of whole paths that a pattern of CODEOWNERS means."""
    plain = pattern.strip("/")
    whole = [f"{plain}/**"] if pattern.endswith("/") else [plain, f"{plain}/**"]
    if plain in ("*", "**"):
        return ["**"]
    return whole if "/" in pattern.rstrip("/") else whole + [f"**/{one}" for one in whole]


@fact_of(UpdatedFolder)
def is_missing_folder(folder: UpdatedFolder) -> bool:
    """Whether the repository has no such folder."""
    project: Project = folder.project
    return holds_sources(project) and _plain(folder) not in folders_of(project)


@fact_of(UpdatedFolder)
def lacks_manifest(folder: UpdatedFolder) -> bool:
    """Whether the folder is here and holds no file that the ecosystem reads; False where it searches folders below."""
    project: Project = folder.project
    names = MANIFESTS.get(folder.ecosystem)
    plain = _plain(folder)
    if names is None or not holds_sources(project) or plain not in folders_of(project):
        return False
    inside = [posixpath.basename(path) for path in project.paths if posixpath.dirname(path) == plain]
    return not any(matches(name, pattern) for name in inside for pattern in names)


@fact_of(UpdatedFolder)
def manifests(folder: UpdatedFolder) -> str:
    """What the ecosystem looks for in the folder, in words."""
    return " or ".join(f"`{name}`" for name in MANIFESTS.get(folder.ecosystem, ())[:3])


def _plain(folder: UpdatedFolder) -> str:
    return posixpath.normpath(folder.name).strip("/").removeprefix("./") if folder.name.strip("/.") else ""
