"""What is known of single actions: doubles of the runner's own tools, tools left open, verified owners, publishers.

As of 2026-11, from the actions' own repositories.
What is not here is not known, and nothing is said of it.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from infralint.tables.action_names import is_one_slip

WELL_KNOWN_OWNERS = frozenset(
    """actions aws-actions azure cachix codecov docker dorny google-github-actions gradle hashicorp
    jetbrains microsoft peaceiris peter-evans pnpm pre-commit pypa ruby rustsec shivammathur softprops
    sonarsource step-security swatinem taiki-e tj-actions""".split()
)
"""Owners of actions that many use: a name one letter away from theirs is more likely a slip, or a trap."""

_LOOKALIKES = str.maketrans("01358", "oless")


@cache
def misspelled(owner: str) -> str | None:
    """The well-known owner that was most likely meant by one a slip away; None for a name of its own."""
    lower = owner.lower()
    if lower in WELL_KNOWN_OWNERS or len(lower) < 5:
        return None
    for known in sorted(WELL_KNOWN_OWNERS):
        if (
            len(known) >= 5
            and abs(len(known) - len(lower)) <= 1
            and (lower.translate(_LOOKALIKES) == known or is_one_slip(lower, known))
        ):
            return known
    return None


SUPERFLUOUS: dict[str, str] = {
    "actions-rust-lang/setup-rust-toolchain": "rustup",
    "addnab/docker-run-action": "docker run",
    "dtolnay/rust-toolchain": "rustup",
    "elgohr/publish-docker-github-action": "docker build and docker push",
    "hecrj/setup-rust-action": "rustup",
    "juliangruber/read-file-action": "cat",
    "ncipollo/release-action": "gh release create",
    "peter-evans/create-issue-from-file": "gh issue create",
    "peter-evans/create-or-update-comment": "gh issue comment or gh pr comment",
    "peter-evans/create-pull-request": "gh pr create",
    "softprops/action-gh-release": "gh release create",
    "stefanzweifel/git-auto-commit-action": "git commit and git push",
    "svenstaro/upload-release-action": "gh release upload",
    "actions-cool/issues-helper": "gh issue",
    "actions-ecosystem/action-add-labels": "gh issue edit --add-label",
    "actions-ecosystem/action-remove-labels": "gh issue edit --remove-label",
    "dacbd/create-issue-action": "gh issue create",
    "mikefarah/yq": "yq",
}
"""Actions that do what a tool of GitHub's own runners does, with that tool."""

TOOL_VERSIONS: dict[str, str] = {
    "1password/load-secrets-action": "version",
    "aquasecurity/setup-trivy": "version",
    "azure/setup-helm": "version",
    "azure/setup-kubectl": "version",
    "extractions/setup-just": "just-version",
    "golangci/golangci-lint-action": "version",
    "goreleaser/goreleaser-action": "version",
    "hashicorp/setup-terraform": "terraform_version",
    "oven-sh/setup-bun": "bun-version",
}
"""Actions that fetch the newest release of their tool where this input names none."""

VERIFIED_OWNERS = frozenset(
    """1password actions akeyless aquasecurity anchore apple atlassian auth0 aws-actions azure backstage bridgecrewio
    buildkite cachix checkmarx circleci cloudflare codacy codecov codeql cypress-io databricks datadog
    dependabot digitalocean docker dopplerhq elastic endorlabs facebook github gitguardian gitleaks google-github-actions
    googleapis googlecloudplatform goreleaser gradle grafana harden-runner hashicorp heroku infracost jfrog jetbrains
    launchdarkly lacework microsoft mongodb newrelic nixos nuget octopusdeploy ossf okteto oracle-actions oven-sh
    planetscale pulumi pypa redhat-actions returntocorp ruby sentry-io getsentry semgrep shopify slackapi snyk
    sonarsource step-security stripe supabase tailscale temporalio terraform-linters trufflesecurity trunk-io veracode vercel
    wiz-sec-public zaproxy""".split()
)
"""Owners whose actions bear the mark of a verified creator on the Marketplace; many more may by now."""

ORGANIZATION_PERMISSIONS = frozenset(
    """permission-members permission-organization-administration permission-organization-announcement-banners
    permission-organization-copilot-seat-management permission-organization-custom-org-roles
    permission-organization-custom-properties permission-organization-custom-roles permission-organization-events
    permission-organization-hooks permission-organization-packages
    permission-organization-personal-access-token-requests permission-organization-personal-access-tokens
    permission-organization-plan permission-organization-projects permission-organization-secrets
    permission-organization-self-hosted-runners permission-organization-user-blocking permission-team-discussions
    permission-email-addresses permission-followers permission-git-ssh-keys permission-gpg-keys
    permission-interaction-limits permission-profile permission-starring""".split()
)
"""Inputs of actions/create-github-app-token that reach no repository."""


class Publisher(NamedTuple):
    """How an action that publishes is given a long-lived credential, and the registries that would do without.

    `credential` is the input that holds it; `off` the value by which trusted publishing is switched off instead.
    """

    credential: str
    registry: tuple[str, ...]
    trusting: tuple[str, ...]
    off: str = ""


PUBLISHERS: dict[str, Publisher] = {
    "pypa/gh-action-pypi-publish": Publisher(
        "password",
        ("repository-url", "repository_url"),
        ("https://upload.pypi.org/legacy/", "https://test.pypi.org/legacy/"),
    ),
    "rubygems/release-gem": Publisher("setup-trusted-publisher", (), (), "false"),
    "rubygems/configure-rubygems-credentials": Publisher("api-token", ("gem-server",), ("https://rubygems.org",)),
}

TRUSTING_COMMANDS = (
    ("bun", "publish"),
    ("bunx", "npm", "publish"),
    ("cargo", "publish"),
    ("dotnet", "nuget", "push"),
    ("gem", "push"),
    ("npm", "publish"),
    ("npx", "npm", "publish"),
    ("nuget", "push"),
    ("pnpm", "publish"),
    ("twine", "upload"),
    ("uv", "publish"),
    ("yarn", "npm", "publish"),
)
"""Commands that publish to a registry which takes a workflow's own identity instead of a stored token."""


@cache
def is_verified(owner: str) -> bool:
    """Whether GitHub has verified the owner of an action, as far as it is known."""
    return owner.lower() in VERIFIED_OWNERS
