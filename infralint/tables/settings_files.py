"""Settings files of known programs, in which a random value under a secret's name is a credential. Data, as of 2026-11.

In other YAML, JSON and TOML (seed data, translations, lists of hashes, answers of an API) names like `password` and `token`
mean anything, and only a vendor's format tells a credential.
"""

from __future__ import annotations

from functools import lru_cache

from infralint.text import regex as re
from infralint.text.glob import fits

_NAMES = (
    # frameworks
    "appsettings*.json", "local.settings.json", "application*.yml", "application*.yaml", "application*.properties", "bootstrap*.yml",
    "bootstrap*.yaml", "bootstrap*.properties", "database.yml", "secrets.yml", "credentials.yml", "storage.yml", "cable.yml",
    "parameters.yml", "parameters.yaml", "persistence.xml", "hibernate*.properties", "log4j*.properties", "airflow.cfg", "alembic.ini",
    "uwsgi.ini", "php.ini", "wp-cli.yml", "app.json", "app.yaml", "now.json", "vercel.json", "netlify.toml", "wrangler.toml",
    "wrangler.json", "fly.toml", "render.yaml", "railway.json", "railway.toml", "serverless.yml", "serverless.yaml", "samconfig.toml",
    "config.exs", "sentry.properties", "gradle.properties", "local.properties", "key.properties", "pip.conf",
    # servers
    "redis.conf", "my.cnf", "mysqld.cnf", "pg_hba.conf", "pgbouncer.ini", "grafana.ini", "prometheus*.yml", "prometheus*.yaml",
    "alertmanager*.yml", "alertmanager*.yaml", "traefik.yml", "traefik.yaml", "traefik.toml", "elasticsearch.yml", "kibana.yml",
    "logstash.yml", "filebeat.yml", "metricbeat.yml", "telegraf.conf", "influxdb.conf", "rabbitmq.conf", "nginx.conf", "haproxy.cfg",
    "server.properties", "zookeeper.properties", "homeserver.yaml", "mosquitto.conf", "frpc.ini", "frpc.toml", "frps.ini", "frps.toml",
    "configuration.yaml", "gitea.ini", "app.ini", "config.toml", "gitlab.rb", "litellm*config.yaml",
    # infrastructure
    "values*.yaml", "values*.yml", "*.values.yaml", "*.tfvars", "*.tf", "*.auto.tfvars.json", "pulumi.*.yaml", "ansible.cfg", "vault.yml",
    "hosts.yml", "hosts.ini", "inventory.yml", "inventory.ini", "cloud-config.yml", "cloud-config.yaml", "user-data.yml",
    # continuous integration
    ".gitlab-ci*.yml", ".travis.yml", "bitbucket-pipelines.yml", "azure-pipelines*.yml", "azure-pipelines*.yaml", "buildspec*.yml",
    "buildspec*.yaml", "cloudbuild*.yaml", "cloudbuild*.yml", "cloudbuild*.json", ".drone.yml", ".woodpecker*.yml", ".woodpecker*.yaml",
    "appveyor.yml", ".appveyor.yml", "codefresh.yml", ".cirrus.yml", "jenkinsfile*", "bitrise.yml", "codemagic.yaml",
    # accounts of tools
    ".envrc", ".pgpass", "_netrc", ".my.cnf", ".boto", ".terraformrc", "wp-config.php", "*.container",
    ".npmrc", ".pypirc", ".netrc", ".dockercfg", ".dockerconfigjson", "procfile", "rclone.conf", "s3cfg", ".s3cfg", "boto.cfg", "msmtprc",
    "sftp.json", "sftp-config.json", "filezilla.xml", "nuget.config", "settings.xml", "claude_desktop_config.json", ".mcp.json", "mcp.json",
    # what many programs call theirs
    "settings.yml", "settings.yaml", "settings.json", "settings.toml", "settings.ini", "config.yml", "config.yaml", "config.json",
    "config.ini", "secrets.yaml", "secrets.json", "secrets.toml", "secrets.properties", "credentials.yaml", "credentials.json",
    "credentials.toml", "credentials.properties", "config.properties",
)  # fmt: skip
_FOLDERS = (".circleci", ".woodpecker", ".buildkite", ".tekton", "group_vars", "host_vars")
_LEFTOVERS = (".bak", ".backup", ".old", ".orig", ".save", "~")
"""Copies of settings files; a `.patch` or `.diff` of one is none."""
_TEXTS = re.compile(
    r"^apiVersion:[ \t]*\S[\s\S]*^kind:|^kind:[ \t]*\S[\s\S]*^apiVersion:|^[\"' ]*AWSTemplateFormatVersion\b|^#cloud-config\b",
    re.M,
)
"""How manifests of Kubernetes, templates of CloudFormation and cloud-init's files begin, whatever they are called."""
_PROSE_FOLDERS = frozenset((
    "i18n", "l10n", "lang", "langs", "language", "languages", "locale", "locales", "localization", "messages", "translation", "translations",
))  # fmt: skip


@lru_cache(maxsize=1024)
def _is_named_so(path: str) -> bool:
    folder, _, name = path.lower().rpartition("/")
    for ending in _LEFTOVERS:
        name = name.removesuffix(ending)
    if not _PROSE_FOLDERS.isdisjoint(folder.split("/")):
        return False
    if name.endswith((".patch", ".diff", ".rej")):
        return False
    if any(fits(name, pattern) for pattern in _NAMES) or name.startswith(".env") or name.endswith(".env"):
        return True
    return any(part in _FOLDERS for part in folder.split("/"))


def is_settings_file(path: str, text: str) -> bool:
    """Whether a file is one from which a known program reads its settings, by its name or by how its text begins."""
    return _is_named_so(path) or _TEXTS.search(text[:20_000]) is not None


def is_translation(path: str) -> bool:
    """Whether a file lies among translations, whose `password: ...` is a word in another language."""
    return not _PROSE_FOLDERS.isdisjoint(path.lower().split("/")[:-1])
