"""Fixes as one unified diff for `git apply`. The only output that may show what is masked elsewhere."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable

from infralint.engine.report import Report
from infralint.text.edit import Edit, Fix, compatible, diff


def patch(report: Report, fixes: Iterable[Fix]) -> str:
    """A patch of the fixes that can be applied together, files in order; encode it as UTF-8 with surrogateescape.

    A fix for a file that is gone, has changed since or is not UTF-8 (git takes it for binary) is left out whole.
    """
    taken, _ = compatible(fix for fix in fixes if all(_is_patchable(report, edit) for edit in fix.edits))
    by_path: dict[str, list[Edit]] = {}
    for fix in taken:
        for edit in fix.edits:
            by_path.setdefault(edit.path, []).append(edit)
    parts = []
    for path, edits in sorted(by_path.items()):
        source = report.source(path)
        has_mark = source is not None and source.bom == BOM_UTF8
        parts.append(diff(path, source.text if source else "", edits, bom=has_mark))
    return "".join(parts)


def _is_patchable(report: Report, edit: Edit) -> bool:
    source = report.source(edit.path)
    if edit.creates:
        return source is None
    return source is not None and source.encoding == "utf-8" and edit.end <= len(source.text)
