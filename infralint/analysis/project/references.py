"""What documents name of the repository: scripts, make targets, npm scripts, compose services, workflows, files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import islice

from infralint.analysis.project.documents import document_at, document_paths
from infralint.analysis.project.recipes import recipes, tasks
from infralint.analysis.project.tree import endings, files_of, folders_of, holds_sources
from infralint.analysis.shared.ignored import git_ignores
from infralint.model.element import fact_of, noun_of, remembered
from infralint.model.project.document import Project, ProjectDocument
from infralint.model.project.evidence import DocumentLink, Named, Reference
from infralint.model.project.services import text_of
from infralint.model.project.summary import ComposeSummary
from infralint.syntax.markup import Code, Outline
from infralint.tables.trees import EXAMPLES, variants_of
from infralint.text import regex as re
from infralint.text.similar import most_similar
from infralint.text.source import Source

_SHELL = frozenset(("", "sh", "shell", "bash", "console", "shellsession", "zsh", "terminal", "shell-session"))
_SCRIPT = re.compile(
    r"(?<![\w./$~{}-])(?:\./)?((?:[\w.-]{1,60}/){1,6}[\w.-]{1,60}\.(?:sh|bash|py|rb|pl|ps1))(?!\.?[\w/-])"
)
_MAKE = re.compile(
    r"^[ \t]*+(?:[$#>][ \t]++)?make[ \t]++([a-zA-Z][\w./-]{0,60}+(?:[ \t]++[a-zA-Z][\w./-]{0,60}+){0,3}+)[ \t]*+(?=$|[;&|#])",
    re.M,
)
_NPM = re.compile(
    r"^[ \t]*(?:[$#>][ \t]+)?(?:npm|pnpm)[ \t]+run[ \t]+([a-z][\w:.-]{0,60})(?=[ \t]*(?:$|[;&|#]|--[ \t]))",
    re.M,
)
_COMPOSE = re.compile(
    r"^[ \t]*(?:[$#>][ \t]+)?(?:sudo[ \t]+)?docker[ -]compose[ \t]+(?:up|restart|logs|stop|start|build|exec|run)"
    r"(?:[ \t]+(?:-d|--build|-f|--rm|--detach|--follow|-it))*[ \t]+([a-z][\w.-]{0,60})(?=$|[ \t;&|#])",
    re.M,
)
_TASK = re.compile(
    r"^[ \t]*(?:[$#>][ \t]+)?task[ \t]+([a-z][\w:.-]{0,60})(?=[ \t]*(?:$|[;&|#]|--[ \t]|[A-Z_]+=))", re.M
)
_JUST = re.compile(r"^[ \t]*(?:[$#>][ \t]+)?just[ \t]+([a-z][\w-]{0,60})(?=$|[ \t;&|#])", re.M)
_IN_CODE = (
    ("make target", _MAKE), ("npm script", _NPM), ("compose service", _COMPOSE), ("task", _TASK), ("recipe", _JUST),
)  # fmt: skip
_WORKFLOW = re.compile(r"(?<![\w/.-])\.github/workflows/[\w.-]{1,80}\.ya?ml(?![\w-])")
_TARGET = re.compile(r"^([^\s:#=][^:#=\n]{0,400}?)[ \t]*::?(?!=)", re.M)
_PLACEHOLDER = re.compile(
    r"your|example|foo|bar|xxx|<|>|\.\.\.|path[/_-]to|my[-_]|some[-_]|new[-_]|(?:^|/)(?:test_)?(?:file|script|module|name|test)\.",
    re.I,
)
_LEFT = re.compile(
    r"(?:\./configure|\b(?:autogen|cmake|tar x|unzip|pushd))|\b(?:cd|git clone|curl|wget|mkdir|touch|cp|mv|docker run|docker exec|kubectl exec|ssh|cat >|tee)\b|(?:^|\s)>>?\s",
    re.M,
)
"""Commands after which a path is no longer one of this repository, or is about to be made."""
_MADE = re.compile(
    r"\b(?:creat(?:e|es|ing)|writ(?:e|es|ing)|add(?:s|ing)?|sav(?:e|es|ing)|put|paste|plac(?:e|ing)|generat(?:e|es|ed|ing)|renam(?:e|ing)|named|called|"
    r"example|e\.g\.|your own|new|use this|following)\b[^.;\n]{0,80}$",
    re.I,
)
"""Words by which a sentence tells to make what it names, or names it as an example."""
_GONE = re.compile(
    r"\b(?:disabled|removed|deleted|deprecated|no longer|formerly|previously|renamed|moved|was|were|used to)\b"
    r"|\b(?:no|missing|lacks?|without|planned|deferred|todo) `",
    re.I,
)
"""Words by which a sentence tells that what it names is not there, or no longer."""
_PLANNED = re.compile(
    r"\b(?:deliverables|files? to (?:create|add)|new files|to be (?:created|written|added)|proposed|planned|future|next steps)\b",
    re.I,
)
"""Words by which a heading tells that what stands below it is not there yet."""
_HOMES = frozenset(("docs", "doc", "documentation", ".github", "runbooks"))
_OF_HERE = re.compile(
    r"(?:^|/)(?:readme|contribut\w*|develop\w*|hacking|runbook|operations|deploy\w*|install\w*|testing|releas\w*|maintain\w*|build\w*)[^/]*$",
    re.I,
)
"""Documents that speak of the repository wherever they lie; others below other folders teach, or are what a site publishes."""
_PAST = re.compile(
    r"(?:^|/)(?:rfcs?|adrs?|decisions|proposals|archived?|history|blog|posts|skills|plans|audits|roadmaps?)/"
    r"|(?:^|[/_-])(?:rfc|adr|audit|roadmap|proposal|changelog|postmortem|retrospective)(?:[_-][^/]{0,80})?\.[a-z]{1,10}$",
    re.I,
)
"""Folders and names of documents that speak of another time, or of other repositories."""
_HINTS = ("make ", "task ", "just ", " run ", "compose ", ".sh", ".py", "workflows/")
MAX_DOCUMENTS = 80
MAX_REFERENCES = 2_000


def _places(project: Project, deepest: int, hints: tuple[str, ...]) -> Iterator[Outline]:
    """The documents that speak of this repository and hold a hint: those of examples and of agents' skills are left out."""
    for path in document_paths(project):
        folder = posixpath.dirname(path)
        hidden = folder.startswith(".") and not folder.startswith(".github")
        if (
            path.count("/") > deepest
            or hidden
            or not _speaks_of_here(path)
            or EXAMPLES in variants_of(folder.replace("docs", "") + "/x")
        ):
            continue
        source = text_of(project.index, path)
        found = (
            document_at(project, path) if source is not None and any(hint in source.text for hint in hints) else None
        )
        if found is not None:
            yield found


def _speaks_of_here(path: str) -> bool:
    if _PAST.search(path) is not None:
        return False
    return "/" not in path or path.split("/", 1)[0].lower() in _HOMES or _OF_HERE.search(path) is not None


@noun_of(ProjectDocument, "reference")
def references(document: ProjectDocument) -> list[Reference]:
    """The places of documents at the top and under docs that name something of the repository by a certain form."""
    project = document.project
    found: list[Reference] = []
    for each in islice(_places(project, 2, _HINTS), MAX_DOCUMENTS):
        for code in each.codes:
            if code.language in _SHELL:
                found += _in_code(project, each.source, code)
        if len(found) > MAX_REFERENCES:
            break
    return found


@noun_of(ProjectDocument, "link")
def links(document: ProjectDocument) -> list[DocumentLink]:
    """The relative links of documents."""
    project = document.project
    return [
        DocumentLink("link", link.target, project, each.source, link.start, link.end)
        for each in _places(project, 3, ("](",))
        for link in each.links
        if not re.match(r"[a-z][a-z0-9+.-]*:|#|/|\{|<|\$|mailto|@", link.target, re.I)
    ]


def _in_code(project: Project, source: Source, code: Code) -> Iterator[Reference]:
    text = source.text[code.start : code.end]
    for form, pattern in _IN_CODE:
        for match in pattern.finditer(text):
            if _leaves(text, match.start()):
                continue
            words = match[1].split() if form == "make target" else [match[1]]
            at = match.start(1)
            for word in words:
                at = text.index(word, at)
                yield Reference(form, word, project, source, code.start + at, code.start + at + len(word))
                at += len(word)
    for match in _WORKFLOW.finditer(text):
        if _is_to_be_made(source, code, match.start()):
            continue
        yield _named("workflow", match[0], project, source, code.start + match.start())
    for match in _SCRIPT.finditer(text):
        if not _leaves(text, match.start()) and not _is_to_be_made(source, code, match.start()):
            yield _named("script", match[1], project, source, code.start + match.start(1))


def _named(form: str, name: str, project: Project, source: Source, start: int) -> Reference:
    return Reference(form, name, project, source, start, start + len(name))


def _leaves(text: str, offset: int) -> bool:
    """Whether a command before has gone elsewhere, or fetches or makes what is named."""
    return _LEFT.search(text, 0, text.find("\n", offset) if "\n" in text[offset:] else len(text)) is not None


def _is_to_be_made(source: Source, code: Code, offset: int) -> bool:
    """Whether the words before a place, or the lines before its block, tell to make what it names."""
    line = source.line_of(code.start)
    if not code.is_block:
        if _GONE.search(source.line_text(line)) is not None:
            return True
        if _MADE.search(source.text, source.line_starts[line - 1], code.start + offset) is not None:
            return True
        headings = (source.line_text(number) for number in range(max(line - 8, 1), line))
        return any(text.startswith(("#", "**")) and _PLANNED.search(text) is not None for text in headings)
    above = [source.line_text(number).rstrip(": ") for number in range(max(line - 4, 1), line - 1)]
    return any(_MADE.search(text) is not None for text in above)


@fact_of(Reference, DocumentLink)
def is_missing(reference: Reference | DocumentLink) -> bool:
    """Whether what is named is certainly not there: its folder, Makefile, package.json or compose file is, and it is not."""
    project: Project = reference.project
    if _PLACEHOLDER.search(reference.name) is not None:
        return False
    answer = {
        "script": _lacks_script,
        "workflow": _lacks_workflow,
        "link": _lacks_link,
        "make target": _lacks_target,
        "npm script": _lacks_npm_script,
        "compose service": _lacks_service,
        "task": _lacks_task,
        "recipe": _lacks_recipe,
    }
    return answer[reference.form](project, reference)


def _lacks_script(project: Project, reference: Named) -> bool:
    """Whether the folder of the script is here, counted from the top or from the document, and the script is not."""
    name = posixpath.normpath(reference.name)
    if posixpath.splitext(name)[1].lower() not in endings(project) or not holds_sources(project):
        return False
    base = posixpath.dirname(reference.source.path)
    places = {name, posixpath.normpath(posixpath.join(base, name))}
    if any(place in files_of(project) or project.index.is_file(place) for place in places):
        return False
    if any(path.endswith(f"/{name}") for path in project.paths):
        return False  # it is there below another folder
    first = name.split("/", 1)[0]
    if any(git_ignores(project.index, place) for place in places):
        return False
    return posixpath.dirname(name) in folders_of(project) and first in folders_of(project) and not name.startswith(".")


def _lacks_workflow(project: Project, reference: Named) -> bool:
    return ".github/workflows" in folders_of(project) and reference.name not in files_of(project)


def _lacks_link(project: Project, reference: Named) -> bool:
    """Whether a relative link leads to no file or folder, although its folder is here."""
    target = re.split(r"[#?]", reference.name, maxsplit=1)[0]
    ending = posixpath.splitext(target)[1].lower()
    if not target or ending not in (
        ".md",
        ".rst",
        ".adoc",
        ".sh",
        ".yml",
        ".yaml",
        ".py",
        ".toml",
        ".txt",
        ".env",
        ".example",
    ):
        return False
    if not reference.source.path.lower().endswith((".md", ".markdown")) or "%" in target:
        return False
    place = project.index.resolve(posixpath.dirname(reference.source.path), target)
    if not holds_sources(project) or ending not in endings(project):
        return False
    if place is None or place in files_of(project) or project.index.is_file(place) or project.index.is_folder(place):
        return False
    folder = posixpath.dirname(place)
    if git_ignores(project.index, place):
        return False
    return not folder or folder in folders_of(project)


def _make_targets(project: Project, folder: str) -> set[str] | None:
    """The targets of the Makefile of a folder; None where there is none, or it holds patterns or includes."""
    names = ("Makefile", "makefile", "GNUmakefile")
    path = next((one for name in names if (one := posixpath.join(folder, name)) in files_of(project)), None)
    source = project.index.source(path) if path is not None else None
    if (
        source is None
        or not source.text.strip()
        or re.search(r"^-?s?include\b|^[ \t]*+\$\(eval|%[^:\n]{0,200}:|^\$\(", source.text, re.M)
    ):
        return None
    return {word for match in _TARGET.finditer(source.text) for word in match[1].split()}


def _lacks_target(project: Project, reference: Named) -> bool:
    """Whether neither the Makefile at the top nor that beside the document has the target."""
    folders = {"", posixpath.dirname(reference.source.path)}
    known = [_make_targets(project, folder) for folder in folders]
    has_file = [folder for folder in folders if _has_makefile(project, folder)]
    if not has_file or any(
        targets is None and folder in has_file for folder, targets in zip(folders, known, strict=True)
    ):
        return False
    if "." in reference.name or "/" in reference.name:
        return False
    written = {target for targets in known if targets is not None for target in targets}
    return bool(written) and reference.name not in written and not any("$" in target for target in written)


def _has_makefile(project: Project, folder: str) -> bool:
    return any(posixpath.join(folder, name) in files_of(project) for name in ("Makefile", "makefile", "GNUmakefile"))


@remembered
def _npm_scripts(project: Project) -> set[str] | None:
    """The scripts of every package.json; None where there is none at the top, or one cannot be read."""
    import json

    paths = [
        path for path in project.paths if path.rpartition("/")[2] == "package.json" and "node_modules/" not in path
    ]
    if "package.json" not in paths or len(paths) > 200:
        return None
    found: set[str] = set()
    for path in paths:
        source = project.index.source(path)
        try:
            read = json.loads(source.text) if source is not None else None
        except ValueError:
            return None
        scripts = read.get("scripts") if isinstance(read, dict) else None
        found |= set(scripts) if isinstance(scripts, dict) else set()
    return found


def _lacks_npm_script(project: Project, reference: Named) -> bool:
    scripts = _npm_scripts(project)
    return bool(scripts) and reference.name not in (scripts or ())


def _lacks_task(project: Project, reference: Named) -> bool:
    known = tasks(project)
    return bool(known) and reference.name not in (known or ())


def _lacks_recipe(project: Project, reference: Named) -> bool:
    known = recipes(project)
    return bool(known) and reference.name not in (known or ())


def _lacks_service(project: Project, reference: Named) -> bool:
    """Whether no compose file of the repository has the service, and one stands at the top or beside the document."""
    composes = [one for one in project.summaries.values() if isinstance(one, ComposeSummary)]
    near = {"", posixpath.dirname(reference.source.path)}
    sources = (text_of(project.index, one.path) for one in composes)
    if any(source is None or re.search(r"^include:", source.text, re.M) is not None for source in sources):
        return False  # services may come from files that are not here
    if not project.is_whole or not any(posixpath.dirname(one.path) in near for one in composes):
        return False
    return all(reference.name != service.name for one in composes for service in one.services)


@fact_of(Reference)
def similar(reference: Reference) -> str | None:
    """The name that is there and is nearest to the one written; absent where none is near."""
    project: Project = reference.project
    if reference.form == "make target":
        names = _make_targets(project, "") or set()
    elif reference.form == "npm script":
        names = _npm_scripts(project) or set()
    elif reference.form in ("task", "recipe"):
        names = (tasks(project) if reference.form == "task" else recipes(project)) or set()
    elif reference.form == "compose service":
        names = {
            service.name
            for one in project.summaries.values()
            if isinstance(one, ComposeSummary)
            for service in one.services
        }
    else:
        folder = posixpath.dirname(reference.name)
        names = {path for path in project.paths if posixpath.dirname(path) == folder}
    return most_similar(reference.name, sorted(names), 0.75)
