"""Programs that sign, describe, attest and scan what a pipeline builds, and what weakens the integrity of packages.

As of 2026-11, from the programs' own references: cosign, notation, syft, cdxgen, trivy, grype, snyk, slsa-verifier, pip, npm,
yarn, pnpm, Bundler, Cargo, Go.
"""

from __future__ import annotations

from collections.abc import Sequence

from infralint.text import regex as re

SIGNERS = (("cosign", "sign"), ("cosign", "sign-blob"), ("notation", "sign"), ("gpg", "--sign"), ("gpg", "--detach-sign"), ("gpg", "-b"),
           ("sigstore", "sign"), ("rekor-cli", "upload"), ("cosign", "attest"), ("minisign", "-S"), ("signtool", "sign"), ("jarsigner",),
           ("codesign",), ("gitsign",))  # fmt: skip
SBOM_MAKERS = (("syft",), ("cdxgen",), ("cyclonedx",), ("cyclonedx-npm",), ("cyclonedx-py",), ("cyclonedx-gomod",), ("spdx-sbom-generator",),
               ("sbom-tool",), ("docker", "sbom"), ("docker", "buildx", "build", "--sbom=true"), ("tern",), ("bom", "generate"))  # fmt: skip
SBOM_FORMATS = ("cyclonedx", "spdx", "spdx-json", "cyclonedx-json")
ATTESTERS = (("cosign", "attest"), ("cosign", "attest-blob"), ("slsa-generator",), ("slsa-github-generator",), ("in-toto-run",), ("witness", "run"),
             ("docker", "buildx", "build", "--provenance=true"), ("docker", "buildx", "build", "--provenance=mode=max"), ("gh", "attestation"),
             ("slsa-verifier",))  # fmt: skip
SCANNERS = (("trivy",), ("grype",), ("snyk",), ("clair-scanner",), ("anchore-cli",), ("docker", "scout"), ("osv-scanner",), ("safety",), ("pip-audit",),
            ("npm", "audit"), ("yarn", "audit"), ("pnpm", "audit"), ("bundle", "audit"), ("bundler-audit",), ("cargo", "audit"), ("govulncheck",),
            ("dependency-check",), ("dependency-check.sh",), ("semgrep",), ("bandit",), ("gosec",), ("checkov",), ("tfsec",), ("kics",), ("horusec",),
            ("nancy",), ("audit-ci",), ("wiz",), ("wizcli",), ("prisma",), ("twistcli",), ("sonar-scanner",), ("codeql",), ("gitleaks",),
            ("trufflehog",), ("detect-secrets",), ("mvn", "dependency-check:check"), ("cosign", "verify"))  # fmt: skip
VERIFIERS = (("cosign", "verify"), ("cosign", "verify-blob"), ("cosign", "verify-attestation"), ("sha256sum", "-c"), ("sha512sum", "-c"),
             ("sha256sum", "--check"), ("sha1sum", "-c"), ("shasum", "-c"), ("gpg", "--verify"), ("slsa-verifier",), ("gh", "attestation", "verify"),
             ("notation", "verify"), ("minisign", "-V"), ("sha512sum", "--check"), ("shasum", "-a"), ("md5sum", "-c"))  # fmt: skip

INTEGRITY_VARIABLES = {
    "GOSUMDB": re.compile("off", re.I),
    "GONOSUMCHECK": re.compile(r"\S+"),
    "GONOSUMDB": re.compile(r"\*"),
    "GOINSECURE": re.compile(r"\S+"),
    "GOFLAGS": re.compile(r"-insecure\b"),
    "GOPROXY": re.compile("direct|off", re.I),
    "GOPRIVATE": re.compile(r"\*"),
    "NPM_CONFIG_IGNORE_SCRIPTS": re.compile(r"(?!)"),
}
"""Variables that switch the checks of package managers off, with the values that do so."""
DEBUG_VARIABLES = frozenset(
    ("CI_DEBUG_TRACE", "CI_DEBUG_SERVICES", "ACTIONS_STEP_DEBUG", "ACTIONS_RUNNER_DEBUG", "SYSTEM_DEBUG", "system.debug", "BUILDKITE_AGENT_DEBUG")
)  # fmt: skip
"""Variables by which a CI system writes everything that a job does, with its secrets, into the log."""


def follows_any(words: Sequence[str], wanted: Sequence[tuple[str, ...]]) -> bool:
    """Whether a command is one of these: its program, and the other words somewhere behind it in that order."""
    if not words:
        return False
    program = words[0].rsplit("/", 1)[-1]
    for row in wanted:
        if program == row[0]:
            rest = iter(words[1:])
            if all(any(word == want for word in rest) for want in row[1:]):
                return True
    return False


def makes_sbom(words: Sequence[str]) -> bool:
    """Whether a command writes a software bill of materials."""
    if follows_any(words, SBOM_MAKERS):
        return True
    return bool(words) and words[0] in ("trivy", "grype", "snyk", "docker") and any(
        word.split("=")[-1] in SBOM_FORMATS or word == "sbom" or word.startswith(("--sbom", "--attest=type=sbom")) for word in words[1:]
    )  # fmt: skip


def attests(words: Sequence[str]) -> bool:
    """Whether a command states, signed, how something was built."""
    return follows_any(words, ATTESTERS) or any(
        word.startswith(("--provenance=", "--attest=type=provenance")) for word in words
    )
