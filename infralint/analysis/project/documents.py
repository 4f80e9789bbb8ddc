"""What the repository tells people: README, runbooks, everything under docs."""

from __future__ import annotations

import posixpath
import re

from infralint.model import kinds
from infralint.model.element import fact_of, remembered
from infralint.model.project.document import Project
from infralint.text.glob import matches

MAX_DOCUMENTS = 400
MAX_DOCUMENT = 400_000


@remembered
def document_texts(project: Project) -> list[str]:
    """The texts for people (README, runbooks, everything under docs), in small letters."""
    paths = [path for path in project.paths if kinds.is_document(path) or _is_runbook(path)]
    sources = (project.index.source(path) for path in paths[:MAX_DOCUMENTS])
    return [source.text[:MAX_DOCUMENT].lower() for source in sources if source is not None]


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
    for text in document_texts(project):
        plain = re.sub(r"[\s_-]+", " ", text) if any(" " in word for word in wanted) else text
        if any(word in plain for word in wanted):
            return True
    return False


def _is_runbook(path: str) -> bool:
    """Whether a path is that of a runbook, or of a file under docs."""
    lower = path.lower()
    return "runbook" in lower or lower.startswith(("docs/", "doc/"))
