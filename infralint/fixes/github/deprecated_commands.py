"""Fixes of deprecated workflow commands."""

from __future__ import annotations

from infralint.analysis.github.deprecated_commands import DeprecatedCommand
from infralint.model.element import fact_of
from infralint.text import regex as re
from infralint.text.edit import Edit


@fact_of(DeprecatedCommand)
def through_file(command: DeprecatedCommand) -> list[Edit] | None:
    """Edits that write the same into the runner's file; None where the line is not a plain `echo`."""
    text = command.source.text
    if command.inner is None:
        return None
    start, end = command.inner
    line = text[start:end]
    match = re.fullmatch(
        r"echo (?P<q>[\"']?)::(?P<name>set-output|save-state|set-env) name=(?P<key>[\w.-]+)::(?P<value>[^\"'`\n]*)(?P=q)"
        r"|echo (?P<p>[\"']?)::add-path::(?P<path>[^\"'`\n]*)(?P=p)",
        line,
    )
    if match is None or (
        not match["q"] and not match["p"] and re.search(r"[\s|;&<>()]", match["value"] or match["path"] or "")
    ):
        return None
    quote = match["q"] or match["p"] or '"'
    if match["path"] is not None:
        return [Edit(command.source.path, start, end, f'echo {quote}{match["path"]}{quote} >> "$GITHUB_PATH"')]
    target = {"set-output": "GITHUB_OUTPUT", "save-state": "GITHUB_STATE", "set-env": "GITHUB_ENV"}[match["name"]]
    return [Edit(command.source.path, start, end, f'echo {quote}{match["key"]}={match["value"]}{quote} >> "${target}"')]
