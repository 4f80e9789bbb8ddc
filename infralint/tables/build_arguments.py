"""Build arguments that the builder knows by itself (https://docs.docker.com/build/building/variables/, read 2026-11)."""

from __future__ import annotations

PLATFORM_ARGS = frozenset(
    f"{side}{part}"
    for side in ("BUILD", "TARGET")
    for part in ("PLATFORM", "OS", "ARCH", "VARIANT", "OSVERSION", "STAGE")
)
"""Arguments that the builder sets itself in front of the first FROM."""
PROXY_ARGS = frozenset(("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY", "SOURCE_DATE_EPOCH"))
"""Arguments that every build takes without a declaration."""
