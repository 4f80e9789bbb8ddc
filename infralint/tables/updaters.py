"""Where updaters of dependencies are configured, and what each package ecosystem of Dependabot updates.

Sources: https://docs.github.com/en/code-security/dependabot/ecosystems-supported-by-dependabot and
https://docs.renovatebot.com/configuration-options/ (read 2026-11).
"""

from __future__ import annotations

DEPENDABOT = (".github/dependabot.yml", ".github/dependabot.yaml")
RENOVATE = (
    "renovate.json", "renovate.json5", ".github/renovate.json", ".github/renovate.json5", ".gitlab/renovate.json", ".gitlab/renovate.json5",
    ".renovaterc", ".renovaterc.json", ".renovaterc.json5",
)  # fmt: skip
MANIFESTS: dict[str, tuple[str, ...]] = {
    "bundler": ("Gemfile", "gems.rb", "*.gemspec"),
    "cargo": ("Cargo.toml",),
    "composer": ("composer.json",),
    "elm": ("elm.json",),
    "gitsubmodule": (".gitmodules",),
    "gomod": ("go.mod", "go.work"),
    "maven": ("pom.xml",),
    "mix": ("mix.exs",),
    "npm": ("package.json",),
    "pub": ("pubspec.yaml",),
    "docker": ("*dockerfile*", "*Dockerfile*", "*Containerfile*", "*.yml", "*.yaml"),
    "docker-compose": ("*compose*.yml", "*compose*.yaml"),
}
"""By the ecosystem: the names of files in the folder itself that it reads. Those that search folders below are left out."""
OWNERS = ("CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
BACKUP_IMAGES = ("backup", "restic", "borg", "wal-g", "barman", "litestream", "velero", "kopia", "duplicati")
"""Parts of the names of images and services that copy data away."""
MONITORS = (
    "sentry", "opentelemetry", "otel", "prometheus", "prom-client", "datadog", "ddtrace", "newrelic", "new_relic", "statsd", "honeycomb", "rollbar",
    "bugsnag", "airbrake", "appsignal", "applicationinsights", "application_insights", "elastic-apm", "grafana", "loki", "micrometer",
    "metrics-exporter", "cloudwatch", "logdna", "papertrail", "betterstack", "highlight.io", "posthog", "healthchecks.io",
)  # fmt: skip
"""Parts of the names of packages, images and variables that observe a running service."""
PACKAGE_LISTS = (
    "package.json", "requirements.txt", "pyproject.toml", "go.mod", "Cargo.toml", "Gemfile", "pom.xml", "build.gradle", "build.gradle.kts",
    "composer.json", "mix.exs", "Pipfile", "setup.py", "Directory.Packages.props",
)  # fmt: skip
LOCKS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "package.json": (
        "npm", r'"dependencies"(?=[ \t]*:[ \t]*\{\s*")', ("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb", "deno.lock"),
    ),
    "Gemfile": ("Bundler", r"^[ \t]*gem[ \t(]", ("Gemfile.lock",)),
    "composer.json": ("Composer", r'"require"(?=[ \t]*:[ \t]*\{\s*")', ("composer.lock",)),
    "Pipfile": ("Pipenv", r"^\[packages\]", ("Pipfile.lock",)),
    "Cargo.toml": ("Cargo", r"^\[dependencies\]", ("Cargo.lock",)),
    "mix.exs": ("Mix", r"\bdefp deps\b", ("mix.lock",)),
}  # fmt: skip
"""By the manifest: the package manager, what shows that it has dependencies, and the lock files of which one pins them."""
