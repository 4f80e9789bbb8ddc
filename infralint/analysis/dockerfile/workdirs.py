"""Working directories, with what a relative one continues."""

from __future__ import annotations

from infralint.model.dockerfile.instruction import Workdir
from infralint.model.element import UNKNOWN, Unknown, fact_of


@fact_of(Workdir)
def base_path(workdir: Workdir) -> str | Unknown | None:
    """The absolute folder that it continues, from the WORKDIRs above it; None where none is written."""
    parts: list[str] = []
    above = [i for i in workdir.stage.instructions[: workdir.index] if isinstance(i, Workdir)] if workdir.stage else []
    for stage in workdir.stage.lineage[1:] if workdir.stage else ():
        above = stage.of(Workdir) + above
    for own in reversed(above):
        if own.is_absolute is None or isinstance(own.path, Unknown):
            return UNKNOWN
        parts.append(str(own.path).rstrip("/"))
        if own.is_absolute:
            return "/".join(reversed(parts)) or "/"
    return None


@fact_of(Workdir)
def full_path(workdir: Workdir) -> str | Unknown | None:
    """The folder that it means, with what it continues; None where that is not written."""
    path, base = workdir.path, base_path(workdir)
    if isinstance(path, Unknown) or isinstance(base, Unknown):
        return UNKNOWN
    if workdir.is_absolute is True:
        return str(path)
    return f"{base.rstrip('/')}/{path.removeprefix('./')}" if base is not None and ".." not in path else None
