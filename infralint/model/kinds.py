"""Which kind of file a path is, and where that kind's model lives. A new kind is one row here."""

from __future__ import annotations

import posixpath
from importlib import import_module
from typing import Any, NamedTuple

from infralint.model.document import Document, Noun
from infralint.model.index import Index
from infralint.tables.credential_files import is_key_store
from infralint.text.source import Source

PINS_FILE = ".github/infralint-pins.toml"
"""Where `infralint pins update` writes which commit a version of an action means."""


class Row(NamedTuple):
    """A kind: its name, the module of its model, the class in it, and whether `check` looks for its files itself."""

    name: str
    module: str
    document: str


KINDS = (
    Row("dockerfile", "infralint.model.dockerfile.document", "DockerfileDocument"),
    Row("compose", "infralint.model.compose.document", "ComposeDocument"),
    Row("workflow", "infralint.model.github.workflow", "WorkflowDocument"),
    Row("action", "infralint.model.github.action", "ActionDocument"),
    Row("dependabot", "infralint.model.github.dependabot", "DependabotDocument"),
    Row("env", "infralint.model.env.document", "EnvDocument"),
    Row("config", "infralint.model.shared.config", "ConfigDocument"),
    Row("text", "infralint.model.shared.config", "TextDocument"),
)
ROWS = {row.name: row for row in KINDS}
PROJECT = "infralint.model.project.document"

TEMPLATED = (".j2", ".jinja", ".jinja2", ".tmpl", ".tpl", ".template", ".erb", ".m4", ".in", ".mustache", ".gotmpl")
_CONFIG = (".yml", ".yaml", ".json", ".toml", ".ini", ".cfg", ".conf", ".properties", ".tf", ".tfvars", ".hcl")
_LOCKS = {
    "package-lock.json", "pnpm-lock.yaml", "npm-shrinkwrap.json", "composer.lock", "poetry.lock", "uv.lock",
    "pdm.lock", "pixi.lock", "flake.lock", "bun.lock", "deno.lock",
}  # fmt: skip
_CONFIG_NAMES = {"procfile", "jenkinsfile", ".npmrc", ".pypirc", ".netrc", ".dockercfg"}
_DOCUMENTS = (".md", ".rst", ".adoc", ".txt")


def kind_of(path: str) -> str | None:
    """The kind of a file by its path below the root (POSIX); None for what infralint does not judge."""
    name = posixpath.basename(path)
    lower = name.lower()
    if lower.endswith((".yml", ".yaml")):
        return _yaml_kind(path, lower)
    if lower in ("dockerfile", "containerfile"):
        return "dockerfile"
    if "dockerfile" in lower or "containerfile" in lower:
        stem = (
            lower[: -len(next((end for end in TEMPLATED if lower.endswith(end)), ""))]
            if lower.endswith(TEMPLATED)
            else lower
        )
        if _is_dockerfile_name(stem):
            return "dockerfile"
    if is_env_name(lower):
        return "env"
    if is_key_store(lower):
        return "text"
    if lower in _LOCKS or lower.endswith((".min.json", ".lock.json")):
        return None
    if lower.endswith(_CONFIG) or lower in _CONFIG_NAMES:
        return "config"
    return None


def _yaml_kind(path: str, lower: str) -> str | None:
    folder = posixpath.dirname(path)
    if folder.endswith(("/workflows", "/workflow-templates")) or folder in ("workflow-templates",):
        parent = posixpath.basename(posixpath.dirname(folder))
        if parent in (".github", ".gitea", ".forgejo") and folder.endswith("/workflows"):
            return "workflow"
    if lower in ("action.yml", "action.yaml"):
        return "action"
    if lower in ("dependabot.yml", "dependabot.yaml") and posixpath.basename(folder) == ".github":
        return "dependabot"
    stem = lower.rsplit(".", 1)[0]
    if stem in ("compose", "docker-compose") or stem.startswith(
        ("compose.", "compose-", "docker-compose.", "docker-compose-")
    ):
        return "compose"
    if stem.endswith((".compose", "-compose", ".docker-compose", "_compose")):
        return "compose"
    return None if lower in _LOCKS else "config"


def _is_dockerfile_name(lower: str) -> bool:
    if lower.endswith(".dockerignore") or "/" in lower:
        return False
    for word in ("dockerfile", "containerfile"):
        if lower.endswith("." + word) or lower == word:
            return True
        if lower.startswith((word + ".", word + "-", word + "_")):
            ending = lower.rsplit(".", 1)[-1] if "." in lower else ""
            return ending not in ("md", "py", "go", "js", "ts", "rb", "json", "yml", "yaml", "txt", "html", "sh", "rst")
    return False


def is_env_name(lower: str) -> bool:
    """Whether a file name (lower case) is that of a dotenv file."""
    if lower in (".env", "env.example", "env.sample", "env.local", "env.template", "env.dist"):
        return True
    if lower.startswith((".env.", ".env-", ".env_")):
        return not lower.endswith(
            (".js", ".ts", ".mjs", ".cjs", ".py", ".rb", ".d.ts", ".md", ".json", ".vault", ".enc", ".gpg")
        )
    return lower.endswith((".env", ".env.example", ".env.sample", ".env.template", ".env.dist", ".envs"))


def is_template(path: str) -> bool:
    """Whether the name says that something else is made of this file first."""
    lower = path.lower()
    return lower.endswith(TEMPLATED) or "{{" in path or ("/templates/" in f"/{lower}" and "/charts/" in f"/{lower}")


def is_document(path: str) -> bool:
    """Whether a path is a document for people: read for what it says, not judged."""
    return path.lower().endswith(_DOCUMENTS)


def load(source: Source, index: Index, kind: str) -> Document:
    """The model of a file."""
    row = ROWS[kind]
    made: Document = getattr(import_module(row.module), row.document)(source, index, kind)
    return made


def kinds_of(document: type) -> list[str]:
    """The kinds whose documents are of a class."""
    return [row.name for row in KINDS if issubclass(getattr(import_module(row.module), row.document), document)] + (
        ["project"] if document.__module__ == PROJECT else []
    )


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
    return {**found, "any": shared, "project": project.NOUNS, "infralint": run.NOUNS}


SHARED = (
    "image",
    "command",
    "secret",
    "url",
    "variable",
    "node",
    "problem",
    "uses",
    "expression",
    "condition",
    "expansion",
)
"""Nouns with one model in every kind that has them; their cards lie in rules/any."""
