"""The names of other linters' configuration files, cheap to ask for."""

from __future__ import annotations

NAMES = (
    ".hadolint.yaml", ".hadolint.yml", "zizmor.yml", "zizmor.yaml", ".github/zizmor.yml", ".github/zizmor.yaml",
    ".github/actionlint.yaml", ".github/actionlint.yml", ".checkov.yaml", ".checkov.yml", ".trivyignore", ".trivyignore.yaml",
    ".trivyignore.yml", "trivy.yaml", "trivy.yml", ".dclintrc", ".dclintrc.yaml", ".dclintrc.yml", ".dclintrc.json", ".gitleaks.toml",
    "gitleaks.toml", ".gitleaksignore", ".pre-commit-config.yaml", ".yamllint", ".yamllint.yaml", ".yamllint.yml",
)  # fmt: skip
