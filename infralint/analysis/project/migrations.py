"""Changes of the schema of a database: whether they can be undone, and whether a deployment runs them."""

from __future__ import annotations

import posixpath

from infralint.model.element import UNKNOWN, Unknown, fact_of, noun_of
from infralint.model.project.document import Project, ProjectDocument
from infralint.model.project.evidence import Evidence, Migration
from infralint.tables.deploy_names import MIGRATIONS
from infralint.tables.trees import EXAMPLES, FIXTURES, lies_in, variants_of
from infralint.text import regex as re
from infralint.text.source import Source

_UP = re.compile(r"^(.+)\.up\.sql$")
_SECTIONS = (
    ("goose", re.compile(r"^--[ \t]*\+goose[ \t]+Up\b", re.M), re.compile(r"^--[ \t]*\+goose[ \t]+Down\b", re.M)),
    ("dbmate", re.compile(r"^--[ \t]*migrate:up\b", re.M), re.compile(r"^--[ \t]*migrate:down\b", re.M)),
)
"""Tools that keep both ways in one file, by the comments that begin them."""
_FRAMEWORKS = (
    ("Django", re.compile(r"(?:^|/)migrations/0001_\w+\.py$"), "manage.py"),
    ("Rails", re.compile(r"(?:^|/)db/migrate/\d{14}_\w+\.rb$"), "Gemfile"),
    ("Alembic", re.compile(r"(?:^|/)versions/\w+\.py$"), "alembic.ini"),
    ("Prisma", re.compile(r"(?:^|/)prisma/(?:[\w-]+/)?migrations/[^/]+/migration\.sql$"), "schema.prisma"),
    ("Laravel", re.compile(r"(?:^|/)database/migrations/\d{4}_\d\d_\d\d_\w+\.php$"), "artisan"),
)
"""Frameworks whose migrations run by a command only: a migration's path, and a file that must be there too."""
_COMMANDS = re.compile("|".join(r"[\s\"',\[\]:]+".join(map(re.escape, words)) for words in MIGRATIONS) + r"|db:prepare")
_CALLERS = re.compile(
    r"entry|start|run|deploy|release|migrat|docker|procfile|makefile|justfile|taskfile|heroku|package\.json|\.ya?ml$|\.sh$|"
    r"\.toml$|\.md$|\.rst$|\.py$|fly\.|app\.json|bin/|rakefile|init",
    re.I,
)
_KEPT = re.compile(
    r"(?:^|/)[^/]*\.up\.sql$|(?:^|/)migrations?/(?:[^/]+/)?V\d[\d._]{0,30}+[a-z][^/]*\.sql$|(?:^|/)db/changelog/[^/]+\.(?:xml|ya?ml|sql)$",
    re.I,
)
"""Migrations of migrate, Flyway and Liquibase."""
MAX_MIGRATIONS = 2_000
MAX_TEXT = 200_000


@noun_of(ProjectDocument, "migration")
def migrations(document: ProjectDocument) -> list[Migration]:
    """The migrations of tools that have a way back, where it is missing, although other migrations here have one."""
    project = document.project
    if not project.is_whole:
        return []
    paths = [path for path in project.paths if path.endswith(".sql") and not lies_in(path, FIXTURES)]
    files = set(paths)
    downs = {posixpath.dirname(path) for path in paths if path.endswith(".down.sql")}
    found = []
    for path in paths[:MAX_MIGRATIONS]:
        match = _UP.match(path)
        if match is not None:
            if f"{match[1]}.down.sql" not in files and posixpath.dirname(path) in downs:
                source = project.index.source(path) or Source(path, "")
                found.append(Migration("migrate", project, source, 0, min(source.line_span(1).end, len(source.text))))
        elif "migrat" in path.lower():
            found += _one_way(project, path)
    return found


def _one_way(project: Project, path: str) -> list[Migration]:
    source = project.index.source(path)
    text = source.text[:MAX_TEXT] if source is not None else ""
    for tool, up, down in _SECTIONS:
        match = up.search(text)
        if source is not None and match is not None and down.search(text) is None:
            return [Migration(tool, project, source, match.start(), match.end())]
    return []


@fact_of(Project)
def migrated_by_command(project: Project) -> Evidence | None:
    """The first migration of a framework whose migrations run by a command only; absent where there is none."""
    names = {posixpath.basename(path) for path in project.paths}
    for framework, pattern, beside in _FRAMEWORKS:
        if beside not in names:
            continue
        for path in project.paths:
            if pattern.search(path) is None or lies_in(path, FIXTURES) or variants_of(path) & {EXAMPLES, "tests"}:
                continue
            return Evidence("file", framework, project.index.source(path) or Source(path, ""), 0, 0)
    return None


def keeps_migrations(project: Project) -> bool:
    """Whether files of the repository change the schema of a database step by step."""
    return any(_KEPT.search(path) is not None and not lies_in(path, FIXTURES) for path in project.paths)


@fact_of(Project)
def migration_command(project: Project) -> Evidence | Unknown | None:
    """What runs the migrations, or tells how: a script, a job, a document; unknown where a file that may do it is empty."""
    unread = False
    for path in project.paths:
        if _CALLERS.search(path) is None or lies_in(path, FIXTURES):
            continue
        source = project.index.source(path)
        text = source.text[:MAX_TEXT] if source is not None else ""
        match = _COMMANDS.search(text)
        if source is not None and match is not None:
            return Evidence("command", match[0], source, match.start(), match.end())
        unread = unread or (not text.strip() and not path.endswith("__init__.py"))
    return UNKNOWN if unread or not project.is_whole else None
