"""Variables that Woodpecker has renamed. Source: its pages "Migrations" and "Environment variables", read 2026-11."""

from __future__ import annotations

RENAMED = {
    "CI_COMMIT_AUTHOR_AVATAR": ("CI_PIPELINE_AVATAR", False),
    "CI_COMMIT_PRERELEASE": ("CI_PIPELINE_RELEASE_PRE", False),
    "CI_COMMIT_URL": ("CI_PIPELINE_FORGE_URL", True),
    "CI_PREV_COMMIT_AUTHOR_AVATAR": ("CI_PREV_PIPELINE_AVATAR", False),
    "CI_PREV_COMMIT_URL": ("CI_PREV_PIPELINE_FORGE_URL", True),
}
"""By old name: the name now, and whether the old one is gone (since 3.0)."""
