"""Which kind of file a path is, and where that kind's model lives. A new kind is one row here."""

from __future__ import annotations

import posixpath
from functools import cache
from importlib import import_module

from infralint.model.document import Document, Noun
from infralint.model.index import Index
from infralint.model.pipelines.rows import ROWS as PIPELINES_ROWS
from infralint.model.platform.rows import ROWS as PLATFORM_ROWS
from infralint.model.row import PIPELINE, PLATFORM, YAML, Row
from infralint.tables.credential_files import is_key_store, is_private_key
from infralint.text import regex as re
from infralint.text.glob import expression
from infralint.text.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PINS_FILE = ".github/infralint-pins.toml"
"""Where `infralint pins update` writes which commit a version of an action means."""

_STAGES = ("local", "dev", "development", "test", "ci", "staging", "prod", "production")
TEMPLATED = (".j2", ".jinja", ".jinja2", ".tmpl", ".tpl", ".template", ".erb", ".m4", ".in", ".mustache", ".gotmpl")
_CODE = (
    ".py", ".go", ".js", ".jsx", ".ts", ".tsx", ".mjs", ".cjs", ".rb", ".rs", ".sh", ".java", ".cs", ".php", ".gemspec", ".json",
    ".html", ".md", ".mdx", ".rst", ".adoc", ".txt", ".xml", ".svg", ".png", ".log", ".lock", ".zip", ".gz", ".tgz", ".pem", ".crt",
    ".cer", ".key", *YAML,
)  # fmt: skip
LEFTOVERS = (".bak", ".backup", ".diff", ".old", ".orig", ".patch", ".rej", ".save", ".swp", ".swo", ".tmp", "~")
"""Endings of copies and differences of files: not read by what reads the file, and searched for secrets alone."""
_INSTRUCTIONS = "ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR"

KINDS = (
    Row(
        "workflow",
        "infralint.model.github.workflow",
        "WorkflowDocument",
        suffixes=YAML,
        folders=(".github/workflows", ".gitea/workflows", ".forgejo/workflows"),
        example=".github/workflows/ci.yml",
        summary="infralint.analysis.github.summary:workflow_summary",
    ),
    Row(
        "action",
        "infralint.model.github.action",
        "ActionDocument",
        names=("action.yml", "action.yaml"),
        looks_like=r"^[ \t{]*[\"']?(?:runs|inputs|outputs|branding)[\"']?[ \t]*:",
        asks_always=True,
        example="action.yml",
    ),
    Row(
        "dependabot",
        "infralint.model.github.dependabot",
        "DependabotDocument",
        names=("dependabot.yml", "dependabot.yaml"),
        folders=(".github",),
        example=".github/dependabot.yml",
    ),
    Row(
        "compose",
        "infralint.model.compose.document",
        "ComposeDocument",
        names=tuple(f"{stem}{ending}" for stem in ("compose", "docker-compose") for ending in YAML),
        prefixes=("compose.", "compose-", "docker-compose.", "docker-compose-"),
        suffixes=tuple(f"{mark}compose{ending}" for mark in (".", "-", "_") for ending in YAML),
        unless=tuple(f"rancher-compose{ending}" for ending in YAML),
        looks_like=r"^[\"']?(?:services|include|version|networks|volumes|secrets|configs|models|x-[\w.-]+)[\"']?[ \t]*:"
        r"|^[ \t]+[\"']?(?:image|build)[\"']?[ \t]*:",
        shared_names=tuple(
            f"{stem}{ending}"
            for stem in (
                "stack",
                "*[-_.]stack",
                "stack[-_.]*",
                "swarm",
                "swarm[-_.]*",
                "*/compose/*",
                "compose/*",
                "compose_*",
                *_STAGES,
            )
            for ending in YAML
        ),
        shared_like=(
            r"^[\"']?services[\"']?:[ \t]*+(?:#[^\r\n]*+)?\r?\n(?:[ \t]*+(?:#[^\r\n]*+)?\r?\n)*+[ \t]++[\"']?[\w.-]++[\"']?:[ \t]*+(?:#[^\r\n]*+)?\r?$",
            r"^[ \t]+[\"']?(?:image|build)[\"']?[ \t]*:",
        ),
        shared_unless=r"^(?![\"']?(?:services|include|version|name|networks|volumes|secrets|configs|models|x-[\w.-]+)[\"']?[ \t]*:)[\"']?[A-Za-z_][\w.-]*[\"']?[ \t]*:",
        example="compose.yaml",
        summary="infralint.analysis.compose.summary:compose_summary",
    ),
    Row(
        "dockerfile",
        "infralint.model.dockerfile.document",
        "DockerfileDocument",
        names=("dockerfile", "containerfile"),
        prefixes=tuple(f"{word}{mark}" for word in ("dockerfile", "containerfile") for mark in (".", "-", "_")),
        suffixes=(".dockerfile", ".containerfile"),
        unless=(".dockerignore", *_CODE),
        looks_like=r"^[ \t]*(?i:FROM)[ \t]+(?:--\S+[ \t]+)*\S+(?:[ \t]+(?i:AS)[ \t]+\S+)?[ \t]*\r?$"
        rf"|\A(?:[ \t]*(?:#.*)?\n)*[ \t]*(?:{_INSTRUCTIONS})[ \t]",
        templates=True,
        language="dockerfile",
        example="Dockerfile",
        summary="infralint.analysis.dockerfile.summary:dockerfile_summary",
    ),
    Row(
        "env",
        "infralint.model.env.document",
        "EnvDocument",
        names=(
            ".env",
            ".flaskenv",
            ".dev.vars",
            *(f"env.{word}" for word in ("example", "sample", "local", "template", "dist", *_STAGES)),
        ),
        prefixes=(".env.", ".env-", ".env_", ".dev.vars."),
        shared_names=("*.envs/.*",),
        shared_like=(r"^[ \t]*(?:export[ \t]+)?[A-Za-z_]\w*=",),
        suffixes=(".env", ".envs", *(f".env.{word}" for word in ("example", "sample", "template", "dist"))),
        unless=(".vault", ".enc", ".gpg", *_CODE),
        looks_like=r"^[ \t]*(?:export[ \t]+)?[A-Za-z_][\w.-]*[ \t]*[=:]",
        language="dotenv",
        may_be_templated=False,
        example=".env",
    ),
    *PIPELINES_ROWS,
    *PLATFORM_ROWS,
    Row("config", "infralint.model.shared.config", "ConfigDocument", may_be_templated=False, is_judged_as_text=True),
    Row("text", "infralint.model.shared.config", "TextDocument", may_be_templated=False, is_judged_as_text=True),
)
ROWS = {row.name: row for row in KINDS}
PROJECT = "infralint.model.project.document"
FAMILIES = {
    PIPELINE: ("infralint.model.pipelines.document", "PipelineDocument"),
    PLATFORM: ("infralint.model.platform.document", "PlatformDocument"),
}
"""The folders of rules that several kinds share, and the model that those kinds have in common."""

_CONFIG = (".yml", ".yaml", ".json", ".toml", ".ini", ".cfg", ".conf", ".properties", ".tf", ".tfvars", ".hcl")
_LOCKS = {
    "package-lock.json", "pnpm-lock.yaml", "npm-shrinkwrap.json", "composer.lock", "poetry.lock", "uv.lock",
    "pdm.lock", "pixi.lock", "flake.lock", "bun.lock", "deno.lock",
}  # fmt: skip
_CONFIG_NAMES = {"procfile", ".npmrc", ".pypirc", ".netrc", ".dockercfg"}
_ACCOUNTS = {
    ".envrc", ".pgpass", "_netrc", ".git-credentials", ".htpasswd", ".s3cfg", ".boto", ".my.cnf", "kubeconfig", ".terraformrc",
    ".vault-token", "wp-config.php",
}  # fmt: skip
"""Files of shells and programs that hold logins: searched for secrets."""
_UNITS = (".container", ".kube", ".pod")
"""Units of Podman for systemd."""
_DOCUMENTS = (".md", ".rst", ".adoc", ".txt")


def kind_of(path: str) -> str | None:
    """The kind of a file by its path below the root (POSIX); None for what infralint does not judge."""
    lower = posixpath.basename(path).lower()
    folder = posixpath.dirname(path)
    for row in KINDS:
        if _is_named(row, lower, folder):
            return row.name
    shared = next((row.name for row in KINDS if _fits(path.lower(), row.shared_names)), None)
    if shared is not None:
        return shared
    if (
        is_key_store(lower)
        or is_private_key(lower)
        or _is_leftover(path)
        or lower in _ACCOUNTS
        or lower.endswith(_UNITS)
    ):
        return "text"
    if lower in _LOCKS or lower.endswith((".min.json", ".lock.json")):
        return None
    return "config" if lower.endswith(_CONFIG) or lower in _CONFIG_NAMES else None


def _is_named(row: Row, lower: str, folder: str) -> bool:
    """Whether a file of that name (lower case) in that folder is of a kind."""
    if row.homes and lower.endswith(YAML) and f"{folder}/".startswith(tuple(f"{home}/" for home in row.homes)):
        return True
    if row.folders and not (folder in row.folders or folder.endswith(tuple(f"/{one}" for one in row.folders))):
        return False
    if lower in row.names:
        return True
    if row.templates and lower.endswith(TEMPLATED):
        lower = lower[: lower.rindex(".")]
        if lower in row.names:
            return True
    if lower.endswith(LEFTOVERS) or (not lower.startswith(row.prefixes) and not lower.endswith(row.suffixes)):
        return False
    return not lower.endswith(row.unless) and (row.language != "yaml" or lower.endswith(YAML))


def _is_leftover(path: str) -> bool:
    """Whether a file is a copy or a difference of one that has a kind: `.env.bak`, `Dockerfile.orig`."""
    ending = next((one for one in LEFTOVERS if path.lower().endswith(one)), None)
    if ending is None:
        return False
    whole = path[: -len(ending)]
    lower, folder = posixpath.basename(whole).lower(), posixpath.dirname(whole)
    return any(_is_named(row, lower, folder) for row in KINDS)


def looks_alike(source: Source, kind: str) -> bool:
    """Whether a file's text is that of its kind, where the name alone does not tell; a blank one passes for it."""
    row = ROWS[kind]
    if _shares_name(row, source.path):
        if row.shared_unless and re.search(row.shared_unless, source.text, re.M) is not None:
            return False
        return all(re.search(pattern, source.text, re.M) is not None for pattern in row.shared_like)
    if not row.looks_like or (not row.asks_always and posixpath.basename(source.path).lower() in row.names):
        return True
    if re.search(row.looks_like, source.text, re.M) is not None:
        return True
    return re.search(r"^[ \t]*[^#\s]", source.text, re.M) is None


def _shares_name(row: Row, path: str) -> bool:
    lower = posixpath.basename(path).lower()
    return not _is_named(row, lower, posixpath.dirname(path)) and _fits(path.lower(), row.shared_names)


def _fits(lower: str, patterns: tuple[str, ...]) -> bool:
    """Whether a path (lower case), or its last part, is one of the patterns."""
    if not patterns:
        return False
    pattern = _any_of(patterns)
    return pattern.match(posixpath.basename(lower)) is not None or pattern.match(lower) is not None


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(expression, patterns)))


def otherwise(path: str) -> str:
    """The kind of a file whose text is not of the kind that its name says."""
    return "config" if path.lower().endswith(_CONFIG) else "text"


def is_env_name(lower: str) -> bool:
    """Whether a file name (lower case) is that of a dotenv file."""
    return _is_named(ROWS["env"], lower, "")


def is_template(path: str) -> bool:
    """Whether the name says that something else is made of this file first."""
    lower = path.lower()
    return lower.endswith(TEMPLATED) or "{{" in path or ("/templates/" in f"/{lower}" and "/charts/" in f"/{lower}")


def is_document(path: str) -> bool:
    """Whether a path is a document for people: read for what it says, not judged."""
    return path.lower().endswith(_DOCUMENTS)


def by_content(source: Source) -> str | None:
    """The kind of a YAML or JSON file that its text tells, where its name does not; None for any other."""
    lower = source.path.lower()
    if not lower.endswith((*YAML, ".json")):
        return None
    return next(
        (
            row.name
            for row in KINDS
            if row.content and lower.endswith(row.content_endings) and re.search(row.content, source.text, re.M)
        ),
        None,
    )


def kind_of_source(source: Source) -> str | None:
    """The kind of a file by its name, or by its text where that tells more."""
    kind = kind_of(source.path)
    return by_content(source) or kind if kind == "config" else kind


def load(source: Source, index: Index, kind: str) -> Document:
    """The model of a file."""
    row = ROWS[kind]
    made: Document = getattr(import_module(row.module), row.document)(source, index.of_document(), kind)
    return made


def kinds_of(document: type) -> list[str]:
    """The kinds whose documents are of a class."""
    kinds = [row.name for row in KINDS if issubclass(getattr(import_module(row.module), row.document), document)]
    kinds += [family for family, home in FAMILIES.items() if home == (document.__module__, document.__name__)]
    return kinds + (["project"] if document.__module__ == PROJECT else [])


def nouns() -> dict[str, dict[str, Noun]]:
    """Every noun of every kind, the shared ones under "any", those of the project under "project"."""
    found: dict[str, dict[str, Noun]] = {}
    for row in KINDS:
        document: Any = getattr(import_module(row.module), row.document)
        found.setdefault(row.name, {}).update(document.nouns)
    shared: dict[str, Noun] = {}
    for kind, words in found.items():
        for name in SHARED:
            if name in words and kind != "text":
                shared.setdefault(name, words[name])
    project: Any = import_module(PROJECT)
    run: Any = import_module("infralint.model.run")
    for family, (module, name) in FAMILIES.items():
        found[family] = dict(getattr(import_module(module), name).nouns)
    return {**found, "any": shared, "project": project.NOUNS, "infralint": run.NOUNS}


SHARED = (
    "image",
    "command",
    "step",
    "input",
    "shell_use",
    "checkout",
    "injection",
    "secret_leak",
    "agent",
    "file_write",
    "deprecated_command",
    "secret",
    "url",
    "variable",
    "node",
    "problem",
    "uses",
    "expression",
    "condition",
    "evaluation",
    "expansion",
)
"""Nouns with one model in every kind that has them; their rules lie in rules/any."""
