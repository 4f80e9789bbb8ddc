"""Inputs of actions that many use, and which of their majors run on a Node.js that is gone.

As of 2026-11, from the `action.yml` of each; the inputs of all majors together, so that none is called unknown that
some version takes. `~` marks a deprecated one. An action that is not here is not known.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

from functools import cache

_INPUTS = {
    "actions/cache": "path key restore-keys upload-chunk-size enableCrossOsArchive fail-on-cache-miss lookup-only save-always",
    "actions/checkout": "repository ref token ssh-key ssh-known-hosts ssh-strict ssh-user persist-credentials path clean "
    "filter sparse-checkout sparse-checkout-cone-mode fetch-depth fetch-tags show-progress lfs submodules "
    "set-safe-directory github-server-url allow-unsafe-pr-checkout",
    "actions/github-script": "script github-token debug user-agent previews result-encoding retries retry-exempt-status-codes "
    "base-url",
    "actions/setup-go": "go-version go-version-file check-latest token cache cache-dependency-path architecture "
    "go-download-base-url stable",
    "actions/setup-java": "java-version java-version-file distribution java-package architecture jdkFile jdk-file "
    "check-latest server-id server-username server-password settings-path overwrite-settings gpg-private-key "
    "gpg-passphrase cache cache-dependency-path job-status token mvn-toolchain-id mvn-toolchain-vendor java-home "
    "set-default verify-signature verify-signature-public-key problem-matcher",
    "actions/setup-node": "always-auth node-version node-version-file architecture check-latest registry-url scope token "
    "cache cache-dependency-path package-manager-cache mirror mirror-token version",
    "actions/setup-python": "python-version python-version-file cache architecture check-latest token cache-dependency-path "
    "update-environment allow-prereleases freethreaded pip-version pip-install",
    "docker/login-action": "registry username password scope ecr logout registry-auth",
    "docker/setup-buildx-action": "version driver driver-opts buildkitd-flags buildkitd-config buildkitd-config-inline config "
    "config-inline install use endpoint platforms append name cache-binary cleanup keep-state",
    "docker/setup-qemu-action": "image platforms cache-image",
    "pypa/gh-action-pypi-publish": "user password repository-url ~repository_url packages-dir ~packages_dir "
    "verify-metadata ~verify_metadata skip-existing ~skip_existing verbose print-hash ~print_hash attestations",
    "reviewdog/action-actionlint": "github_token level reporter filter_mode fail_level ~fail_on_error reviewdog_flags "
    "tool_name actionlint_flags reviewdog_version",
    "softprops/action-gh-release": "body body_path name tag_name draft prerelease preserve_order files working_directory "
    "overwrite_files fail_on_unmatched_files repository token target_commitish discussion_category_name "
    "generate_release_notes previous_tag append_body make_latest",
    "rhysd/action-setup-vim": "version neovim configure-args token",
}

_OUTDATED = {
    "actions-rs/audit-check": 1,
    "actions-rs/cargo": 1,
    "actions-rs/clippy-check": 1,
    "actions-rs/toolchain": 1,
    "actions/cache": 3,
    "actions/checkout": 3,
    "actions/create-release": 1,
    "actions/download-artifact": 3,
    "actions/github-script": 6,
    "actions/labeler": 4,
    "actions/setup-dotnet": 3,
    "actions/setup-go": 4,
    "actions/setup-java": 3,
    "actions/setup-node": 3,
    "actions/setup-python": 4,
    "actions/stale": 8,
    "actions/upload-artifact": 3,
    "actions/upload-release-asset": 1,
    "aws-actions/configure-aws-credentials": 3,
    "azure/login": 1,
    "codecov/codecov-action": 3,
    "docker/build-push-action": 4,
    "docker/login-action": 2,
    "docker/metadata-action": 4,
    "docker/setup-buildx-action": 2,
    "docker/setup-qemu-action": 2,
    "dorny/paths-filter": 2,
    "github/codeql-action/analyze": 2,
    "github/codeql-action/autobuild": 2,
    "github/codeql-action/init": 2,
    "github/codeql-action/upload-sarif": 2,
    "golangci/golangci-lint-action": 3,
    "google-github-actions/auth": 1,
    "goreleaser/goreleaser-action": 4,
    "hashicorp/setup-terraform": 2,
    "peaceiris/actions-gh-pages": 3,
    "peter-evans/create-pull-request": 5,
    "pnpm/action-setup": 2,
    "softprops/action-gh-release": 1,
}
"""The last major of an action that needs Node.js 16 or older, which runners no longer have."""


@cache
def inputs_of(action: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The inputs of an action and its deprecated ones, in lower case; None for an action that is not known."""
    words = _INPUTS.get(action)
    if words is None:
        return None
    names = words.lower().split()
    return frozenset(name.lstrip("~") for name in names), frozenset(name[1:] for name in names if name[0] == "~")


def is_outdated(action: str, version: str) -> bool:
    """Whether a version of an action (`v3`, `v3.1.0`) needs a Node.js that is gone."""
    first = version.removeprefix("v").split(".")[0]
    return action in _OUTDATED and first.isdigit() and int(first) <= _OUTDATED[action]


ICONS_COLORS = frozenset("white black yellow blue green orange red purple gray-dark".split())
"""The colours of an action's sign on the Marketplace."""
