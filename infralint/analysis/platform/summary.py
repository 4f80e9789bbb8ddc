"""What the cross-file rules need of a platform file, as plain values that cross process borders."""

from __future__ import annotations

from infralint.model.platform.document import PlatformDocument
from infralint.model.project.summary import PlatformSummary


def platform_summary(document: PlatformDocument) -> PlatformSummary:
    """What the file deploys, and the runtimes that it pins."""
    return PlatformSummary(document.source.path)
