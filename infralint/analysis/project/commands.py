"""What scripts, Makefiles, pipelines and manifests of the repository do, by the commands and settings that they hold."""

from __future__ import annotations

from infralint.model.element import fact_of, remembered
from infralint.model.project.document import Project
from infralint.model.project.evidence import Evidence
from infralint.model.project.services import text_of
from infralint.tables.trees import EXAMPLES, FIXTURES, TESTS, lies_in, variants_of
from infralint.text import regex as re
from infralint.text.source import Source

BACKUP = re.compile(
    r"\b(?:pg_dump(?:all)?|pg_basebackup|mysqldump|mariadb-dump|mongodump|wal-g|pgbackrest|restic|borgbackup|borg create|litestream|velero|"
    r"barman)\b"
)
RESTORE = re.compile(
    r"\b(?:pg_restore|mongorestore|wal-g backup-fetch|restic restore|borg extract|litestream restore|velero restore)\b"
)
ROLLBACK = re.compile(
    r"\b(?:rollout undo|helm rollback|argocd app rollback|kamal rollback|heroku rollback|rollback-stack|service rollback|deploy:rollback|"
    r"wrangler rollback|vercel rollback)\b"
)
PROBES = re.compile(r"\b(?:livenessProbe|readinessProbe|startupProbe)(?=:)")
OBSERVED = re.compile(
    r"\bkind: (?:ServiceMonitor|PodMonitor|PrometheusRule)\b|\bprometheus\.io/scrape\b|\bOTEL_EXPORTER_OTLP_ENDPOINT\b|\bSENTRY_DSN\b"
)
_WORKLOADS = re.compile(r"^kind: (?:Deployment|StatefulSet)(?=[ \t\r]*$)", re.M)
_SCRIPTS = re.compile(
    r"\.(?:sh|bash|mk|service|timer)$|(?:^|/)(?:GNUm|[Mm])akefile$|(?:^|/)[jJ]ustfile$|(?:^|/)(?:Procfile|Rakefile|crontab)$|(?:^|/)bin/[^/.]+$|"
    r"\.ya?ml$"
)
_FOLDERS = frozenset(
    ("k8s", "kubernetes", "kube", "manifest", "manifests", "deploy", "deployment", "deployments", "helm", "chart", "charts", "kustomize",
     "overlays", "base", "infra", "infrastructure")
)  # fmt: skip
"""Folders in which Kubernetes manifests and charts usually lie."""
MAX_FILES = 600
MAX_TEXT = 200_000


@remembered
def _scripts(project: Project) -> list[Source]:
    """The texts of scripts and of YAML files: those of tests and examples are left out."""
    return _texts(project, [path for path in project.paths if _SCRIPTS.search(path) is not None])


@remembered
def _manifests(project: Project) -> list[Source]:
    """The texts of Kubernetes manifests and charts, by the folders that these usually lie in."""
    manifests = (path for path in project.paths if path.endswith((".yaml", ".yml", ".tpl")))
    return _texts(project, [path for path in manifests if not _FOLDERS.isdisjoint(path.lower().split("/")[:-1])])


def _texts(project: Project, paths: list[str]) -> list[Source]:
    chosen = [path for path in paths if not lies_in(path, FIXTURES) and not variants_of(path) & {TESTS, EXAMPLES}]
    read = (text_of(project.index, path) for path in sorted(chosen, key=lambda path: path.count("/"))[:MAX_FILES])
    return [source for source in read if source is not None and len(source.text) <= MAX_TEXT]


def command_in_scripts(project: Project, pattern: re.Pattern[str]) -> Evidence | None:
    """The first command of a script, a Makefile or a pipeline that a pattern finds."""
    return _first(_scripts(project), pattern, "command")


def setting_in_manifests(project: Project, pattern: re.Pattern[str]) -> Evidence | None:
    """The first setting of a Kubernetes manifest or chart that a pattern finds."""
    return _first(_manifests(project), pattern, "setting")


def _first(sources: list[Source], pattern: re.Pattern[str], form: str) -> Evidence | None:
    for source in sources:
        match = pattern.search(source.text)
        if match is not None:
            return Evidence(form, match[0], source, match.start(), match.end())
    return None


@fact_of(Project)
def unprobed_workload(project: Project) -> Evidence | None:
    """The first Deployment or StatefulSet of the manifests, where none of these has a probe; absent where one has, or none is here."""
    if not project.is_whole or setting_in_manifests(project, PROBES) is not None:
        return None
    return setting_in_manifests(project, _WORKLOADS)
