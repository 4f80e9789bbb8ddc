"""Which scopes of the token an action cannot do without.

As of 2026-11, from the actions' own descriptions; only what fails without it. `unless` names inputs that bring a token
or a credential of their own, `needs` one without which the scope is not used.
"""

from __future__ import annotations

from typing import NamedTuple


class Need(NamedTuple):
    """A scope with the access that an action needs, and when it does."""

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
    "peter-evans/create-pull-request": (
        Need("contents", unless=("token", "branch-token")), Need("pull-requests", unless=("token",)),
    ),
    "softprops/action-gh-release": (Need("contents", unless=("token", "repository")),),
    "sigstore/gh-action-sigstore-python": (Need("id-token"),),
}  # fmt: skip
