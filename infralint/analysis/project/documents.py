"""What the repository tells people: README, runbooks, everything under docs."""

from __future__ import annotations

import posixpath

from infralint.model import kinds
from infralint.model.element import UNKNOWN, Element, Unknown, fact_of, remembered
from infralint.model.project.document import Project
from infralint.model.project.evidence import Evidence
from infralint.model.project.services import text_of
from infralint.syntax.markup import Heading, Outline, outline
from infralint.tables import document_topics
from infralint.tables.document_topics import MAX_PROSE, SKIPPED, TOPICS
from infralint.tables.trees import EXAMPLES, FIXTURES, TESTS, lies_in, variants_of
from infralint.text import regex as re
from infralint.text.glob import matches

MAX_DOCUMENTS = 400
_POSTS = re.compile(r"(?:^|/)(?:_?posts?|_?blogs?|news|articles)/")
"""Folders of what a site publishes by date: it tells of another day, or of another project."""


@fact_of(Project)
def has_file(project: Project, pattern: str) -> bool:
    """Whether the repository has a file at a path that matches a glob: `**/.dockerignore`."""
    return any(matches(path, pattern) for path in project.paths)


@fact_of(Project)
def has_file_named(project: Project, patterns: list[str]) -> bool:
    """Whether the name of a file, in small letters, matches one of these patterns."""
    names = {posixpath.basename(path).lower() for path in project.paths}
    return any(matches(name, pattern) for name in names for pattern in patterns)


@fact_of(Project)
def mentions(project: Project, words: list[str]) -> bool:
    """Whether a document for people holds one of these words, blanks and dashes alike."""
    wanted = [re.sub(r"[\s_-]+", " ", word.lower()) for word in words]
    texts = (re.sub(r"[\s_-]+", " ", each.source.text.lower()) for each in documents(project)) if wanted else ()
    return any(word in text for text in texts for word in wanted)


@remembered
def document_paths(project: Project) -> list[str]:
    """The paths of the documents for people, those at the top first; changelogs, licences and vendored ones are left out."""
    found = []
    for path in project.paths:
        lower = path.lower()
        name = posixpath.basename(lower)
        if not (kinds.is_document(path) or lower.endswith(".asciidoc") or "runbook" in lower):
            continue
        if lies_in(path, FIXTURES) or any(matches(name, pattern) for pattern in SKIPPED):
            continue
        if (
            "versioned_docs/" in lower
            or "/i18n/" in lower
            or _POSTS.search(lower) is not None
            or lower.startswith((".changeset/", "rules/", ".github/issue_template", ".github/pull_request_template"))
        ):
            continue
        found.append(path)
    return sorted(found, key=lambda path: (path.count("/"), path))[:MAX_DOCUMENTS]


def document_at(project: Project, path: str) -> Outline | None:
    """A document in English, or too short to tell, read; None for others, for very large ones, and for what cannot be read."""
    source = text_of(project.index, path)
    if source is None or len(source.text) > MAX_PROSE or document_topics.is_english(source.text) is False:
        return None
    found: Outline = project.index.memo(("outline", path), lambda: outline(source))
    return found


@remembered
def documents(project: Project) -> list[Outline]:
    """The documents in English, or too short to tell, read."""
    read = (document_at(project, path) for path in document_paths(project))
    return [one for one in read if one is not None]


@remembered
def speaks_english(project: Project) -> bool | Unknown:
    """Whether the README at the top is in English; unknown where there is none, or where it is too short to tell."""
    for path in document_paths(project):
        if "/" not in path and re.match(r"readme(?:\.(?:md|rst|adoc|txt))?$", path.lower()):
            source = project.index.source(path)
            answer = document_topics.is_english(source.text) if source is not None else None
            if answer is not None:
                return answer
    return UNKNOWN


@remembered
def leads_elsewhere(project: Project) -> Element | None:
    """A link from a document at the top to a wiki, a handbook or a runbook that is kept elsewhere."""
    for each in documents(project):
        if each.source.path.count("/") > 1:
            break
        for link in each.links:
            if document_topics.leads_to_operations(link.text, link.target):
                return Element(each.source, link.start, link.end)
    return None


@fact_of(Project)
def searched(project: Project) -> str:
    """How many documents were searched, in words: "README.md and 3 other documents"."""
    read = documents(project)
    if not read:
        return "no document is there to search"
    more = len(read) - 1
    rest = f" and {more} other document{'s' * (more > 1)}" if more else ""
    return f"{read[0].source.path}{rest} searched"


@fact_of(Project)
def readme(project: Project) -> Evidence | None:
    """The README at the top, where it is in English: its first heading; absent where there is none, or it is not."""
    if speaks_english(project) is not True:
        return None
    for each in documents(project):
        if each.source.path.lower().startswith("readme") and each.headings:
            head = each.headings[0]
            return Evidence("file", head.text, each.source, head.start, head.end)
    return None


_TELLING = (
    ".md",
    ".rst",
    ".adoc",
    ".txt",
    ".sh",
    ".bash",
    ".py",
    ".rb",
    ".js",
    ".ts",
    ".yml",
    ".yaml",
    ".toml",
    ".conf",
    ".tf",
    "",
)
"""Endings of files whose name says that they cover a topic; not those of pictures and of most source code."""


def file_on(project: Project, topic: str) -> Evidence | None:
    """The file whose name says that it covers a topic: a document, or a script or configuration where these count."""
    pattern = document_topics.name_pattern(topic)
    paths = (
        sorted(project.paths, key=lambda path: path.count("/")) if TOPICS[topic].by_code else document_paths(project)
    )
    for path in paths:
        if pattern.search(posixpath.basename(path.lower()).replace("_", "-").replace(" ", "-")) is None:
            continue
        if posixpath.splitext(path)[1].lower() not in _TELLING or _is_aside(path):
            continue
        source = project.index.source(path)
        if source is not None:
            return Evidence("file", path, source, 0, 0)
    return None


def _is_aside(path: str) -> bool:
    """Whether a file is there for tests or as an example, or is generated or another's."""
    folder = posixpath.dirname(path)
    variants = variants_of(f"{folder.removeprefix('docs').removeprefix('doc')}/x")
    is_hidden = path.startswith(".") and "/" in path and not path.startswith((".github/", ".gitlab/"))
    return (
        is_hidden
        or lies_in(path, FIXTURES)
        or bool(variants & {TESTS, EXAMPLES})
        or "templates/" in path
        or "{{" in path
    )


def _is_open(document: Outline, heading: Heading) -> bool:
    """Whether the text under a heading still holds blanks to fill in."""
    return document_topics.BLANKS.search(document.source.text, heading.end, _end_of(document, heading)) is not None


def _end_of(document: Outline, heading: Heading) -> int:
    """Where the text under a heading ends."""
    return next((one.start for one in document.headings if one.start > heading.end), len(document.source.text))


def is_unwritten(document: Outline, heading: Heading | None) -> bool:
    """Whether the text under a heading is still that of a template for READMEs."""
    if heading is None or not _holds_template(document.source.text):
        return False
    return document_topics.UNWRITTEN.search(document.source.text, heading.end, _end_of(document, heading)) is not None


def _holds_template(text: str) -> bool:
    return "GitLab" in text or "your project" in text


def section_on(project: Project, pattern: re.Pattern[str]) -> Evidence | None:
    """The first heading of a document that a pattern finds."""
    for each in documents(project):
        for heading in each.headings:
            if pattern.search(heading.text) is not None and not is_unwritten(each, heading):
                return Evidence("section", heading.text, each.source, heading.start, heading.end)
    return None


def documented(project: Project, topic: str) -> Evidence | None:
    """What surely covers a topic: a file by its name, or a heading; absent where documents only mention it, or nothing does."""
    found = file_on(project, topic)
    if found is not None and document_topics.BLANKS.search(found.source.text) is None:
        return found
    pattern = document_topics.title_pattern(topic)
    for each in documents(project):
        names = each.headings[:1] if each.source.path.lower().startswith("readme") else ()  # the name of the project
        for heading in () if _is_aside(each.source.path) else each.headings:
            if heading in names or pattern.search(heading.text) is None:
                continue
            if not _is_open(each, heading) and not is_unwritten(each, heading):
                return Evidence("section", heading.text, each.source, heading.start, heading.end)
    return None


def mention_of(project: Project, topic: str) -> Evidence | None:
    """The first sentence of a document that speaks of a topic."""
    pattern = document_topics.sentence_pattern(topic)
    for each in documents(project):
        found = pattern.finditer(each.source.text)
        match = next((one for one in found if not is_unwritten(each, each.section_of(one.start()))), None)
        if match is not None:
            return Evidence("mention", match[0], each.source, match.start(), match.end())
    return None


def told(project: Project, topic: str) -> Evidence | Unknown | None:
    """What the documents tell on a topic: a section, else a sentence. Unknown where they are not in English, lie elsewhere, or
    the run does not see the whole repository."""
    found = documented(project, topic) or section_on(project, document_topics.heading_pattern(topic))
    found = found or mention_of(project, topic)
    if found is not None:
        return found
    if not project.is_whole or speaks_english(project) is False or leads_elsewhere(project) is not None:
        return UNKNOWN
    return None
