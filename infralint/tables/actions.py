"""What is known of single actions: archived ones, advisories, doubles of the runner's own tools, tools left open.

As of 2026-11, from the actions' own repositories and the GitHub Advisory Database (https://github.com/advisories).
What is not here is not known, and nothing is said of it.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from infralint.tables.action_names import is_one_slip

ARCHIVED = frozenset(
    """actions/create-release actions/setup-elixir actions/setup-haskell actions/setup-ruby
    actions/upload-release-asset actions-rs/audit-check actions-rs/cargo actions-rs/clippy-check actions-rs/components-nightly
    actions-rs/grcov actions-rs/install actions-rs/tarpaulin actions-rs/toolchain
    andresz1/size-limit-action azure/appservice-actions azure/container-scan azure/k8s-actions
    cedrickring/golang-action decathlon/pull-request-labeler-action docker/github-actions
    google-github-actions/setup-cloud-sdk gr2m/merge-schedule-action jakejarvis/s3-sync-action
    justinribeiro/lighthouse-action machine-learning-apps/actions-ml-cicd nwtgck/actions-comment-run
    repo-sync/pull-request sonarsource/sonarcloud-github-action
    technote-space/auto-cancel-redundant-workflow trilom/file-changes-action whelk-io/maven-settings-xml-action
    xt0rted/pull-request-comment-branch xt0rted/slash-command-action""".split()
)
"""Repositories of actions that their owners have archived."""


class Advisory(NamedTuple):
    """A published weakness of an action: versions from `since` (none: all) up to, without, `fixed` (none: no fix).

    Where the advisory names the last version that has it, that is `last`: between the two lie versions without it.
    """

    id: str
    since: tuple[int, ...]
    fixed: tuple[int, ...]
    last: tuple[int, ...] = ()

    def speaks_of(self, lowest: tuple[int, ...], highest: tuple[int, ...]) -> bool:
        """Whether every version from `lowest` to `highest` has the weakness."""
        if lowest < self.since:
            return False
        return highest <= self.last if self.last else highest < self.fixed + (0,) * (3 - len(self.fixed))


ADVISORIES: dict[str, tuple[Advisory, ...]] = {
    "actions/download-artifact": (Advisory("GHSA-cxww-7g56-2vh6", (4,), (4, 1, 3)),),
    "atlassian/gajira-comment": (Advisory("GHSA-p2rr-6wmh-5v4q", (), (2, 0, 2)),),
    "atlassian/gajira-create": (Advisory("GHSA-4xqx-pqpj-9fqw", (), (2, 0, 1)),),
    "azure/setup-kubectl": (Advisory("GHSA-p756-rfxh-x63h", (), (3,)),),
    "check-spelling/check-spelling": (Advisory("GHSA-g86g-chm8-7r2p", (), (0, 0, 19)),),
    "dawidd6/action-download-artifact": (Advisory("GHSA-5xr6-xhww-33m4", (), (6,)),),
    "gradle/gradle-build-action": (Advisory("GHSA-h3qr-39j9-4r5v", (), (2, 4, 2)),),
    "hashicorp/vault-action": (Advisory("GHSA-4mgv-m5cm-f9h7", (), (2, 2, 0)),),
    "kartverket/github-workflows": (Advisory("GHSA-f9qj-7gh3-mhj4", (), (2, 7, 5)),),
    "lycheeverse/lychee-action": (Advisory("GHSA-65rg-554r-9j5x", (), (2, 0, 2)),),
    "reviewdog/action-setup": (Advisory("GHSA-qmg3-hpqr-gqvc", (1,), (1, 0, 1)),),
    "rlespinasse/github-slug-action": (Advisory("GHSA-6q4m-7476-932w", (4,), (4, 4, 1)),),
    "sonarsource/sonarqube-scan-action": (Advisory("GHSA-f79p-9c5r-xg88", (4,), (5, 3, 1)),),
    "tj-actions/branch-names": (
        Advisory("GHSA-8v8w-v8xg-79rf", (), (7, 0, 7)),
        Advisory("GHSA-gq52-6phf-x2r6", (), (9,), (8, 2, 1)),
    ),
    "tj-actions/changed-files": (
        Advisory("GHSA-mcph-m25j-8j63", (), (41,)),
        Advisory("GHSA-mrrh-fwg8-r2c3", (), (46, 0, 1), (45, 0, 7)),
    ),
    "tj-actions/verify-changed-files": (Advisory("GHSA-ghm2-rq8q-wrhc", (), (17,)),),
    "ultralytics/actions": (Advisory("GHSA-7x29-qqmq-v6qc", (), (0, 0, 3)),),
}


def advisory_of(repository: str, version: str) -> Advisory | None:
    """The advisory that speaks of a written version (`v4.1.0`, `2.2`); None where a moving tag may be fixed by now."""
    numbers = _numbers(version)
    if numbers is None:
        return None
    blank = 3 - len(numbers)
    lowest, highest = numbers + (0,) * blank, numbers + (10**6,) * blank  # `v4` is moved along with v4.1.7
    for advisory in ADVISORIES.get(repository.lower(), ()):
        if advisory.speaks_of(lowest, highest):
            return advisory
    return None


def _numbers(version: str) -> tuple[int, ...] | None:
    parts = version.removeprefix("v").split("+")[0].split("-")[0].split(".")
    if not parts or len(parts) > 3 or not all(part.isdigit() and len(part) < 6 for part in parts):
        return None
    return tuple(int(part) for part in parts)


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
