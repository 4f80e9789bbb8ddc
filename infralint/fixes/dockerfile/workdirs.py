"""Edits that turn `cd` into WORKDIR."""

from __future__ import annotations

from infralint.fixes.dockerfile.layers import is_chain
from infralint.model.dockerfile.run import Run
from infralint.model.element import Unknown, fact_of
from infralint.text.edit import Edit


@fact_of(Run)
def cd_as_workdir(run: Run) -> list[Edit] | None:
    """WORKDIR in place of a leading `cd /folder &&`."""
    own = [command for command in run.script.commands if command.holder is None]
    if len(own) < 2 or run.node.flags or run.is_exec_form or run.node.heredocs or run.trigger or not is_chain(run):
        return None
    words = [word.value for word in own[0].argv]
    if len(words) != 2 or words[0] != "cd" or own[0].assignments or own[0].start != run.node.args.start:
        return None
    folder = words[1]
    if isinstance(folder, Unknown) or not folder.startswith("/") or folder != own[0].argv[1].raw or "'" in folder:
        return None
    source = run.source
    return [Edit(source.path, run.start, own[1].start, f"WORKDIR {folder}{source.newline}{run.keyword} ")]
