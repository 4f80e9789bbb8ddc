"""Edits that install dependencies before the source is copied."""

from __future__ import annotations

from infralint.analysis.dockerfile.dependencies import context_copied_above, manifests, path_beside
from infralint.analysis.dockerfile.layers import is_single_command
from infralint.model.dockerfile.run import Run
from infralint.model.element import fact_of
from infralint.model.shared.command import Command
from infralint.text.edit import Edit


@fact_of(Run)
def with_manifests_first(run: Run, command: Command) -> list[Edit]:
    """Edits that copy the manifests beside the file and install in front of the COPY; none where that is not plain."""
    copy = context_copied_above(run, command)
    text = run.source.text
    if copy is None or copy.index != run.index - 1 or not is_single_command(run) or copy.destination is None:
        return []
    files = manifests(command)
    there = [file for file in files if run.document.index.is_file(path_beside(run, file))]
    if not there or there[0] != files[0] or any("/" in file for file in there) or text[copy.end : run.start].strip():
        return []
    target = str(copy.destination.raw)
    if target[:1] in "'\"" or copy.is_exec_form:
        return []
    target = target if target.endswith("/") else target + "/"
    line = f"{text[copy.start : copy.sources[0].start]}{' '.join(there)} {target}"
    newline = run.source.newline
    path = run.source.path
    return [Edit(path, copy.start, copy.start, f"{line}{newline}{run.raw}{newline}"), Edit(path, copy.end, run.end, "")]
