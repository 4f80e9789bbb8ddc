"""What a `dependabot.yml` may hold: keys, types and words.

After https://docs.github.com/en/code-security/reference/supply-chain-security/dependabot-options-reference, as of 2026-11.
A type is a word (`string`, `text`: not empty, `number`: not negative, `flag`, `time`), or a tuple: ("list", type, least length), ("map", type),
("keys", name of an entry of KEYS), ("word", words), ("either", types).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Type = Any
else:
    Type = object

INTERVALS = frozenset(["daily", "weekly", "monthly", "quarterly", "semiannually", "yearly", "cron"])
DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
ECOSYSTEMS = frozenset(
    """bazel bun bundler cargo composer conda deno devcontainers docker docker-compose dotnet-sdk elm gitsubmodule github-actions
    gomod gradle helm julia maven mix nix npm nuget opentofu pip pre-commit pub rust-toolchain sbt swift terraform uv
    vcpkg""".split()  # noqa: SIM905
)
_REGISTRIES = frozenset(
    """cargo-registry composer-repository docker-registry git goproxy-server helm-registry hex-organization hex-repository
    maven-repository npm-registry nuget-feed pub-repository python-index rubygems-server terraform-registry""".split()  # noqa: SIM905
)
_UPDATES = frozenset(f"version-update:semver-{size}" for size in ("major", "minor", "patch"))
_TEXTS = ("list", "text", 1)

KEYS: dict[str, dict[str, Type]] = {
    "the configuration": {
        "version": ("word", frozenset(("2",))), "updates": ("list", ("keys", "an update"), 1),
        "registries": ("map", ("keys", "a registry")), "enable-beta-ecosystems": "flag",
        "multi-ecosystem-groups": ("map", ("keys", "a group of ecosystems")),
    },
    "an update": {
        "package-ecosystem": ("word", ECOSYSTEMS), "directory": "text", "directories": _TEXTS, "schedule": ("keys", "a schedule"),
        "allow": ("list", ("keys", "an entry of allow"), 1), "assignees": _TEXTS, "commit-message": ("keys", "a commit-message"),
        "cooldown": ("keys", "a cooldown"), "exclude-paths": _TEXTS, "groups": ("map", ("keys", "a group")),
        "ignore": ("list", ("keys", "an entry of ignore"), 1),
        "insecure-external-code-execution": ("word", frozenset(("allow", "deny"))), "labels": ("list", "text", 0),
        "milestone": "number", "multi-ecosystem-group": "text", "open-pull-requests-limit": "number", "patterns": _TEXTS,
        "pull-request-branch-name": ("keys", "a pull-request-branch-name"),
        "rebase-strategy": ("word", frozenset(("auto", "disabled"))),
        "registries": ("either", ("word", frozenset("*")), _TEXTS), "reviewers": _TEXTS, "target-branch": "text", "vendor": "flag",
        "versioning-strategy": ("word", frozenset(["auto", "increase", "increase-if-necessary", "lockfile-only", "widen"])),
    },
    "a schedule": {
        "interval": ("word", INTERVALS), "day": ("word", DAYS), "time": "time", "timezone": "text", "cronjob": "text",
    },
    "an entry of allow": {
        "dependency-name": "text", "update-types": ("list", ("word", _UPDATES), 1),
        "dependency-type": ("word", frozenset(["direct", "indirect", "all", "production", "development"])),
    },
    "an entry of ignore": {
        "dependency-name": "text", "update-types": ("list", ("word", _UPDATES), 1),
        "versions": ("either", "text", _TEXTS),
    },
    "a commit-message": {"prefix": "string", "prefix-development": "string", "include": ("word", frozenset(("scope",)))},
    "a cooldown": {
        "default-days": "number", "semver-major-days": "number", "semver-minor-days": "number", "semver-patch-days": "number",
        "include": _TEXTS, "exclude": _TEXTS,
    },
    "a group": {
        "applies-to": ("word", frozenset(("version-updates", "security-updates"))), "group-by": "text",
        "dependency-type": ("word", frozenset(("development", "production"))), "patterns": _TEXTS, "exclude-patterns": _TEXTS,
        "update-types": ("list", ("word", frozenset(("major", "minor", "patch"))), 1),
    },
    "a group of ecosystems": {
        "schedule": ("keys", "a schedule"), "assignees": _TEXTS, "labels": ("list", "text", 0), "milestone": "number",
        "target-branch": "text", "commit-message": ("keys", "a commit-message"), "reviewers": _TEXTS,
        "pull-request-branch-name": ("keys", "a pull-request-branch-name"), "open-pull-requests-limit": "number",
    },
    "a pull-request-branch-name": {"separator": ("word", frozenset("-_/"))},
    "a registry": {
        "type": ("word", _REGISTRIES), "url": "text", "username": "text", "password": "text", "key": "text", "token": "text",
        "replaces-base": "flag", "organization": "text", "repo": "text", "auth-key": "text", "public-key-fingerprint": "text",
        "registry": "text", "tenant-id": "text", "client-id": "text", "jfrog-oidc-provider-name": "text", "audience": "text",
        "identity-mapping-name": "text", "aws-region": "text", "account-id": "text", "role-name": "text", "domain": "text",
        "domain-owner": "text",
    },
}  # fmt: skip
REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "the configuration": (("version",), ("updates",)),
    "an update": (("package-ecosystem",), ("directory", "directories"), ("schedule", "multi-ecosystem-group")),
    "a schedule": (("interval",),),
    "a registry": (("type",), ("url", "organization", "repo", "registry")),
    "an entry of allow": (("dependency-name", "dependency-type", "update-types"),),
    "an entry of ignore": (("dependency-name", "versions", "update-types"),),
    "a commit-message": (("prefix", "prefix-development", "include"),),
    "a cooldown": (
        ("default-days", "semver-major-days", "semver-minor-days", "semver-patch-days", "include", "exclude"),
    ),
    "a group": (("applies-to", "dependency-type", "patterns", "exclude-patterns", "update-types", "group-by"),),
    "a group of ecosystems": (("schedule",),),
    "a pull-request-branch-name": (("separator",),),
}
"""Of each group of keys one has to be there."""
EXCLUSIVE = {"an update": (("directory", "directories"),)}
OF_GROUP = ("commit-message", "open-pull-requests-limit")
"""What an update of a multi-ecosystem group leaves to the group."""
