"""Scopes of the workflow token: what actions and commands cannot do without, and all that actions may write.

As of 2026-11, from the actions' own descriptions, the manual of gh and GitHub's table of permissions by endpoint.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Need(NamedTuple):
    """A scope with the access that an action needs, and when it does.

    `unless` names inputs (`$NAME`: variables) that give the action a credential of its own, `needs` an input without
    which the scope is not used, `off` the values of that input that switch the use off (none: it has to be written and not
    be false). `instead` is a scope that does as well; `pushes` says that the action uses the token that checkout keeps,
    `is_sure` whether it always fails without the scope.
    """

    scope: str
    access: str = "write"
    unless: tuple[str, ...] = ()
    needs: str = ""
    off: tuple[str, ...] = ()
    instead: str = ""
    pushes: bool = False
    is_sure: bool = True


def _needs(scopes: str, *unless: str, instead: str = "") -> tuple[Need, ...]:
    return tuple(Need(scope, unless=unless, instead=instead) for scope in scopes.split())


NEEDS: dict[str, tuple[Need, ...]] = {
    "actions/attest": _needs("id-token attestations"),
    "actions/attest-build-provenance": _needs("id-token attestations"),
    "actions/attest-sbom": _needs("id-token attestations"),
    "actions/create-release": _needs("contents", "$GITHUB_TOKEN"),
    "actions/delete-package-versions": _needs("packages", "token"),
    "actions/deploy-pages": _needs("pages id-token"),
    "actions/first-interaction": _needs("issues", "repo-token", "repo_token", instead="pull-requests"),
    "actions/labeler": _needs("pull-requests", "repo-token"),
    "actions/stale": _needs("issues", "repo-token", instead="pull-requests"),
    "actions/upload-release-asset": _needs("contents", "$GITHUB_TOKEN"),
    "ad-m/github-push-action": _needs("contents", "github_token", "repository", "ssh"),
    "aws-actions/configure-aws-credentials": (
        Need("id-token", unless=("aws-access-key-id", "web-identity-token-file", "role-chaining"), needs="role-to-assume"),
    ),
    "azure/login": (Need("id-token", unless=("creds", "auth-type"), needs="client-id"),),
    "changesets/action": _needs("contents pull-requests", "$GITHUB_TOKEN", "github-token"),
    "codecov/codecov-action": (Need("id-token", needs="use_oidc"),),
    "cycjimmy/semantic-release-action": (
        Need("contents", unless=("$GITHUB_TOKEN", "$GH_TOKEN"), needs="dry_run", off=("true",)),
    ),
    "dorny/test-reporter": _needs("checks", "token"),
    "endbug/add-and-commit": (Need("contents", pushes=True),),
    "enricomi/publish-unit-test-result-action": (Need("checks", unless=("github_token",), needs="check_run", off=("false",)),),
    "github/codeql-action/analyze": (
        Need("security-events", unless=("token",), needs="upload", off=("never", "false")),
    ),
    "github/codeql-action/upload-sarif": _needs("security-events", "token"),
    "google-github-actions/auth": (Need("id-token", unless=("credentials_json",), needs="workload_identity_provider"),),
    "google-github-actions/release-please-action": _needs("contents pull-requests", "token"),
    "googleapis/release-please-action": _needs("contents pull-requests", "token", "repo-url"),
    "helm/chart-releaser-action": _needs("contents", "$CR_TOKEN"),
    "hmarr/auto-approve-action": _needs("pull-requests", "github-token"),
    "jamesives/github-pages-deploy-action": _needs("contents", "token", "ssh-key", "repository-name"),
    "marocchino/sticky-pull-request-comment": _needs("pull-requests", "github_token", "repo", instead="issues"),
    "mathieudutour/github-tag-action": (Need("contents", unless=("github_token",), needs="dry_run", off=("true",)),),
    "mikepenz/action-junit-report": (Need("checks", unless=("token",), needs="annotate_only", off=("true",)),),
    "ncipollo/release-action": _needs("contents", "token", "owner", "repo"),
    "nuget/login": _needs("id-token"),
    "ossf/scorecard-action": (Need("id-token", needs="publish_results"),),
    "peaceiris/actions-gh-pages": _needs("contents", "github_token", "deploy_key", "personal_token", "external_repository"),
    "peter-evans/create-issue-from-file": _needs("issues", "token", "repository"),
    "peter-evans/create-or-update-comment": _needs("issues", "token", "repository", instead="pull-requests"),
    "peter-evans/create-pull-request": (
        Need("contents", unless=("token", "branch-token")), Need("pull-requests", unless=("token",)),
    ),
    "peter-evans/repository-dispatch": _needs("contents", "token", "repository"),
    "pypa/gh-action-pypi-publish": _needs("id-token", "password"),
    "release-drafter/release-drafter": (
        Need("contents", unless=("$GITHUB_TOKEN", "token"), is_sure=False),
        Need("pull-requests", unless=("$GITHUB_TOKEN", "token"), is_sure=False),
    ),
    "rubygems/configure-rubygems-credentials": _needs("id-token", "api-token"),
    "rubygems/release-gem": (Need("id-token", needs="setup-trusted-publisher", off=("false",)),),
    "rust-lang/crates-io-auth-action": _needs("id-token"),
    "sigstore/gh-action-sigstore-python": _needs("id-token"),
    "softprops/action-gh-release": _needs("contents", "token", "repository"),
    "stefanzweifel/git-auto-commit-action": (Need("contents", needs="skip_push", off=("true",), pushes=True),),
    "svenstaro/upload-release-action": _needs("contents", "repo_token", "repo_name"),
    "thollander/actions-comment-pull-request": _needs("pull-requests", "github-token", "github_token", instead="issues"),
}  # fmt: skip
"""What fails without a scope; nothing else does surely."""

KEPT_TOKEN_ACTIONS = frozenset(
    {
        "actions-js/push", "changesets/action", "creyd/prettier_action", "devops-infra/action-commit-push",
        "endbug/add-and-commit", "github-actions-x/commit", "helm/chart-releaser-action", "lerna-lite/version",
        "nwtgck/actions-merge-preview", "phips28/gh-action-bump-version", "pre-commit/action",
        "stefanzweifel/git-auto-commit-action", "terraform-docs/gh-actions", "wearerequired/lint-action",
    }
)  # fmt: skip
"""Actions that push with the token that checkout keeps."""

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
    "pr": ("close comment create edit lock merge ready reopen review unlock update-branch", "pull-requests"),
    "release": ("create delete delete-asset edit upload", "contents"),
    "run": ("cancel delete rerun", "actions"),
    "workflow": ("disable enable run", "actions"),
}
_ELSEWHERE = ("-R", "--repo", "--hostname", "--help")


def may_write(action: str, scope: str) -> bool:
    """Whether an action (`owner/name[/path]`, in lower case) may write a scope; of one that is not known: yes."""
    used = _WRITES.get(action)
    return used is None or scope in used.split()


def needed_by_gh(words: Sequence[str]) -> Need | None:
    """The scope that a command of GitHub's own client needs, in this repository; None if none is sure."""
    if len(words) < 3 or words[0] != "gh" or any(word.partition("=")[0] in _ELSEWHERE for word in words):
        return None
    verbs, scope = _GH.get(words[1], ("", ""))
    if words[2] not in verbs.split():
        return None
    return Need(scope, instead=_INSTEAD.get((words[1], words[2]), "pull-requests" if words[1] == "issue" else ""))


_INSTEAD = {("pr", "comment"): "issues", ("pr", "edit"): "issues", ("pr", "lock"): "issues", ("pr", "unlock"): "issues"}
"""A scope that does in the place of another, since every pull request is an issue."""


def read_by_gh(words: Sequence[str]) -> str | None:
    """The scope that a command of GitHub's own client reads, which a private repository has to grant; None if none is."""
    if len(words) < 3 or words[0] != "gh" or any(word.partition("=")[0] in _ELSEWHERE for word in words):
        return None
    return _READ.get(words[1])


_READ = {"cache": "actions", "issue": "issues", "label": "issues", "pr": "pull-requests", "release": "contents",
         "repo": "contents", "run": "actions", "workflow": "actions", "attestation": "attestations"}  # fmt: skip

_REST = {
    "actions": ("cancel create delete disable enable reRun", "actions", ""),
    "checks": ("create update", "checks", ""),
    "codeScanning": ("upload", "security-events", ""),
    "git": ("create delete update", "contents", ""),
    "issues": ("add create delete lock remove set unlock update", "issues", "pull-requests"),
    "packages": ("delete restore", "packages", ""),
    "pulls": ("create delete dismiss remove request submit update", "pull-requests", ""),
    "reactions": ("create delete", "issues", "pull-requests"),
    "repos": (
        "createRelease updateRelease deleteRelease uploadReleaseAsset generateReleaseNotes createOrUpdateFileContents "
        "deleteFile merge createDispatchEvent",
        "contents",
        "",
    ),
}
_REST_OTHERS = {
    "repos.createCommitStatus": "statuses", "repos.createDeployment": "deployments",
    "repos.createDeploymentStatus": "deployments", "repos.deleteDeployment": "deployments", "pulls.merge": "contents",
}  # fmt: skip


def needed_by_rest(room: str, method: str) -> Need | None:
    """The scope that a method of Octokit needs to write (`issues`, `createComment`); None if none is known."""
    other = _REST_OTHERS.get(f"{room}.{method}")
    if other is not None:
        return Need(other)
    verbs, scope, instead = _REST.get(room, ("", "", ""))
    if not any(method.startswith(verb) for verb in verbs.split()):
        return None
    return Need(scope, instead=instead if method not in ("create", "update") else "")


def is_known(action: str) -> bool:
    """Whether all scopes that an action may write are known."""
    return action in _WRITES or action in NEEDS
