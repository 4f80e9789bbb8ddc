"""Names of container registries, and slips of the pen by which attackers collect logins: `ghrc.io` answers as a registry.

As of 2026-11, from the registries' own documentation and reports on such names.
"""

from __future__ import annotations

REGISTRIES = ("ghcr.io", "docker.io", "quay.io", "gcr.io", "registry.gitlab.com", "mcr.microsoft.com", "public.ecr.aws")
_SLIPS = {
    "ghcr.io": "ghrc.io gchr.io ghcr.com ghcr.co ghc.io gihcr.io gcrh.io ghcrio.io gthcr.io",
    "docker.io": "dokcer.io docker.oi dcoker.io dockre.io doker.io docke.io docker.co",
    "quay.io": "qauy.io quya.io qay.io quai.io quay.oi",
    "gcr.io": "grc.io gcr.oi gcr.co",
    "mcr.microsoft.com": "mcr.micrsoft.com mcr.mircosoft.com mrc.microsoft.com",
}
LOOK_ALIKES = {slip: name for name, slips in _SLIPS.items() for slip in slips.split()}
"""Slips of the pen, and the registry that was meant."""


def look_alike_of(host: str) -> str | None:
    """The registry that a host is a slip of the pen for; None for any other host."""
    return LOOK_ALIKES.get(host.lower().rpartition("://")[2].partition("/")[0])
