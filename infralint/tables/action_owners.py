"""Owners of actions: those that many use, and those that GitHub has verified.

As of 2026-11, from the Marketplace. What is not here is not known, and nothing is said of it.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

from functools import cache

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


@cache
def is_verified(owner: str) -> bool:
    """Whether GitHub has verified the owner of an action, as far as it is known."""
    return owner.lower() in VERIFIED_OWNERS
