"""Scopes of the workflow token: what actions and commands cannot do without, and all that actions may write.

As of 2026-11, from the actions' own descriptions, the manual of gh and GitHub's table of permissions by endpoint.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Need(NamedTuple):
    """A scope with the access that an action needs, and when it does.

    `unless` names inputs that bring a token or a credential of their own, `needs` one without which the scope is not used.
    """

    scope: str
    access: str = "write"
    unless: tuple[str, ...] = ()
    needs: str = ""


NEEDS: dict[str, tuple[Need, ...]] = {
    "actions/attest": (Need("id-token"), Need("attestations")),
    "actions/attest-build-provenance": (Need("id-token"), Need("attestations")),
    "actions/attest-sbom": (Need("id-token"), Need("attestations")),
    "actions/create-release": (Need("contents"),),
    "actions/deploy-pages": (Need("pages"), Need("id-token")),
    "actions/labeler": (Need("pull-requests", unless=("repo-token",)),),
    "aws-actions/configure-aws-credentials": (
        Need("id-token", unless=("aws-access-key-id", "web-identity-token-file", "role-chaining"), needs="role-to-assume"),
    ),
    "azure/login": (Need("id-token", unless=("creds", "auth-type"), needs="client-id"),),
    "google-github-actions/auth": (Need("id-token", unless=("credentials_json",), needs="workload_identity_provider"),),
    "ossf/scorecard-action": (Need("id-token", needs="publish_results"),),
    "peaceiris/actions-gh-pages": (Need("contents", unless=("github_token", "deploy_key", "personal_token", "external_repository")),),
    "peter-evans/create-pull-request": (
        Need("contents", unless=("token", "branch-token")), Need("pull-requests", unless=("token",)),
    ),
    "softprops/action-gh-release": (Need("contents", unless=("token", "repository")),),
    "sigstore/gh-action-sigstore-python": (Need("id-token"),),
}  # fmt: skip
"""What fails without a scope; nothing else does surely."""

_WRITES = {
    "actions/ai-inference": "", "actions/attest": "id-token attestations artifact-metadata packages",
    "actions/attest-build-provenance": "id-token attestations artifact-metadata packages",
    "actions/attest-sbom": "id-token attestations artifact-metadata packages",
    "actions/cache": "", "actions/cache/restore": "", "actions/cache/save": "", "actions/checkout": "", "actions/configure-pages": "pages",
    "actions/create-github-app-token": "", "actions/create-release": "contents", "actions/delete-package-versions": "packages",
    "actions/dependency-review-action": "pull-requests", "actions/deploy-pages": "pages id-token deployments", "actions/download-artifact": "",
    "actions/first-interaction": "issues pull-requests", "actions/labeler": "pull-requests issues", "actions/setup-dotnet": "",
    "actions/setup-go": "", "actions/setup-java": "", "actions/setup-node": "", "actions/setup-python": "",
    "actions/stale": "issues pull-requests contents actions", "actions/upload-artifact": "", "actions/upload-pages-artifact": "",
    "actions/upload-release-asset": "contents", "aquasecurity/trivy-action": "", "astral-sh/setup-uv": "", "aws-actions/amazon-ecr-login": "id-token",
    "aws-actions/configure-aws-credentials": "id-token", "azure/login": "id-token", "azure/setup-helm": "", "azure/setup-kubectl": "",
    "codecov/codecov-action": "id-token", "denoland/setup-deno": "", "dependabot/fetch-metadata": "",
    "docker/bake-action": "packages id-token attestations artifact-metadata",
    "docker/build-push-action": "packages id-token attestations artifact-metadata", "docker/login-action": "packages", "docker/metadata-action": "",
    "docker/setup-buildx-action": "", "docker/setup-qemu-action": "", "dorny/paths-filter": "", "dorny/test-reporter": "checks",
    "dtolnay/rust-toolchain": "", "golangci/golangci-lint-action": "checks", "google-github-actions/auth": "id-token",
    "google-github-actions/setup-gcloud": "", "googleapis/release-please-action": "contents pull-requests issues",
    "github/codeql-action/analyze": "security-events", "github/codeql-action/autobuild": "", "github/codeql-action/init": "security-events",
    "github/codeql-action/upload-sarif": "security-events", "hadolint/hadolint-action": "", "hashicorp/setup-terraform": "",
    "hashicorp/vault-action": "id-token", "ncipollo/release-action": "contents discussions", "oven-sh/setup-bun": "",
    "peaceiris/actions-gh-pages": "contents", "peter-evans/create-or-update-comment": "issues pull-requests",
    "peter-evans/create-pull-request": "contents pull-requests", "peter-evans/find-comment": "", "pnpm/action-setup": "", "pypa/cibuildwheel": "",
    "pypa/gh-action-pypi-publish": "id-token", "release-drafter/release-drafter": "contents pull-requests", "ruby/setup-ruby": "",
    "shivammathur/setup-php": "", "sigstore/cosign-installer": "", "sigstore/gh-action-sigstore-python": "id-token contents",
    "softprops/action-gh-release": "contents discussions", "stefanzweifel/git-auto-commit-action": "contents", "step-security/harden-runner": "",
    "swatinem/rust-cache": "", "taiki-e/install-action": "", "tj-actions/changed-files": "", "zizmorcore/zizmor-action": "security-events",
}  # fmt: skip
"""All scopes that an action may write; what is not here is not known."""

LOGINS = {
    "aliyun/configure-aliyun-credentials-action": "Alibaba Cloud", "aws-actions/configure-aws-credentials": "AWS", "azure/login": "Azure",
    "google-github-actions/auth": "Google Cloud", "hashicorp/vault-action": "HashiCorp Vault", "jfrog/setup-jfrog-cli": "JFrog",
    "octopusdeploy/login": "Octopus Deploy", "tailscale/github-action": "Tailscale",
}  # fmt: skip
"""Actions that log in elsewhere, with what they log in to."""

_GH = {
    "cache": ("delete", "actions"),
    "issue": ("close comment create delete develop edit lock pin reopen transfer unlock unpin", "issues"),
    "label": ("clone create delete edit", "issues"),
    "pr": ("close create ready reopen review", "pull-requests"),
    "release": ("create delete delete-asset edit upload", "contents"),
    "run": ("cancel delete rerun", "actions"),
    "workflow": ("disable enable run", "actions"),
}
INSTEAD = {"issues": "pull-requests"}
"""A scope that does in the place of another, where an issue may be a pull request."""
_ELSEWHERE = ("-R", "--repo", "--hostname", "--help")


def may_write(action: str, scope: str) -> bool:
    """Whether an action (`owner/name[/path]`, in lower case) may write a scope; of one that is not known: yes."""
    used = _WRITES.get(action)
    return used is None or scope in used.split()


def needed_by_gh(words: Sequence[str]) -> str | None:
    """The scope that a command of GitHub's own client has to write, in this repository; None if none is sure."""
    if len(words) < 3 or words[0] != "gh" or any(word.partition("=")[0] in _ELSEWHERE for word in words):
        return None
    verbs, scope = _GH.get(words[1], ("", ""))
    return scope if words[2] in verbs.split() else None
