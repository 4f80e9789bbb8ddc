"""The ignore file of a build context."""

from __future__ import annotations

from infralint.analysis.dockerfile.context import missing_ignore_file
from infralint.model.dockerfile.instruction import CopyOrAdd
from infralint.model.element import fact_of
from infralint.text.edit import Edit

LEFT_OUT = (
    ".git", ".gitignore", ".github", ".env", ".env.*", "!.env.example", "**/node_modules", "**/__pycache__", "**/.venv", "*.log",
)  # fmt: skip


@fact_of(CopyOrAdd)
def with_ignore_file(copy: CopyOrAdd) -> list[Edit] | None:
    """Edits that make the .dockerignore of the build context; None where there is one, or the context is unknown."""
    path = missing_ignore_file(copy)
    return [Edit(path, 0, 0, "".join(f"{one}\n" for one in LEFT_OUT), True)] if path is not None else None
