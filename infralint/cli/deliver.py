"""What comes of a run: printed, written to files, and the exit code."""

from __future__ import annotations

import os
import sys

from infralint.cli.progress import wipe
from infralint.cli.say import say
from infralint.engine.discover import UsageError
from infralint.output.formats import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from infralint.engine.fixing import FixReport
    from infralint.engine.options import Options
    from infralint.engine.report import Report

__all__ = ["View", "deliver", "deliver_fixes", "keep", "wipe"]
CLEAN, FOUND, UNJUDGED = 0, 1, 3


class View:
    """How a report is shown, by the command line, else by the settings at the root."""

    __slots__ = ("asked", "color", "docs_url", "form", "group_by", "limit", "quiet", "targets")

    def __init__(self, asked: Any, options: Options) -> None:
        self.asked = asked
        self.quiet: bool = asked.quiet
        self.color: bool | None = asked.color
        self.targets = [_target(output) for output in asked.outputs]
        self.form: str = asked.form or ""
        self.docs_url: str | None = asked.docs_url
        self.group_by: str = asked.group_by or ""
        self.limit: int | None = asked.max_findings

    def complete(self, report: Report) -> None:
        """Take what the command line does not say from the report's settings."""
        settings = report.settings
        self.form = self.form or (settings.format if settings is not None else "text")
        self.group_by = self.group_by or (settings.group_by if settings is not None else "file")
        if self.limit is None and settings is not None:
            self.limit = settings.max_findings
        if self.docs_url is None and settings is not None:
            self.docs_url = settings.docs_url
        report.docs_url = self.docs_url or ""


def deliver(report: Report, view: View) -> int:
    """Print and write a report; the exit code."""
    view.complete(report)
    _describe(report, view)
    _print(report, view)
    _write(report, view.targets)
    return _code(report)


def deliver_fixes(result: FixReport, view: View) -> int:
    """Write the fixes, or show them, and what is left; the exit code."""
    from infralint.engine.fixing import write
    from infralint.engine.report import Notice

    report = result.report
    view.complete(report)
    stdin = bool(report.stdin)
    show, apply = view.asked.show_diff, view.asked.fix and not view.asked.show_diff
    if view.asked.patch is not None:
        save(view.asked.patch, result.patch)
    if show:
        _print_bytes(result.patch.encode("utf-8", "surrogateescape"))
    if apply and stdin:
        _print_bytes(result.text_of_stdin)
    elif apply:
        report.notices += [Notice("", failure, "failed") for failure in write(result)]
    _describe(report, view)
    if not show:
        if apply:
            _print(report, view, stream=sys.stderr if stdin else None)
        _write(report, view.targets)
    if (show or view.asked.patch is not None) and result.shows_secrets:
        say("the patch holds credentials in clear, in the lines that it removes or keeps: do not publish it", err=True)
    if not view.quiet:
        verb = "fixed" if apply else "would fix"
        count, files = len(result.applied), len(result.files)
        say(f"{verb} {count} finding{'s' * (count != 1)} in {files} file{'s' * (files != 1)}", err=True)
    if apply:
        code = _code(report)
        return code or (FOUND if result.files and not stdin else CLEAN)
    return FOUND if result.files else _code(report)


def _print_bytes(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def keep(report: Report, file: str) -> int:
    """Write the findings of a report as a baseline; the exit code."""
    from infralint.engine.baseline import entries_of, written

    save(file, written(entries_of(report)))
    count = len(report.findings)
    say(
        f"wrote {count} finding{'s' * (count != 1)} to {file}; check with --baseline {file}, or set `baseline` in the settings",
        err=True,
    )
    return UNJUDGED if _is_unjudged(report) else CLEAN


def _target(output: str) -> tuple[str, str]:
    """`sarif=out.sarif` as format and file; the ending tells the format where it is not given."""
    form, sign, file = output.partition("=")
    if sign and form in FORMATS:
        return form, file
    ending = output.rpartition(".")[2]
    found = next((name for name, row in FORMATS.items() if row.ending == ending != ""), None)
    if found is None:
        raise UsageError(f"--output {output}: name the format, as in --output sarif={output}")
    return found, output


def _describe(report: Report, view: View) -> None:
    """Read the pages of the rules for the formats that show them."""
    if any(FORMATS[name].shows_pages for name in (view.form, *(name for name, _ in view.targets))):
        from infralint.engine.rule_docs import describe

        describe(report)


def _print(report: Report, view: View, stream: Any = None) -> None:
    from infralint.output.formats import write

    stream = stream or sys.stdout
    if view.asked.statistics:
        from infralint.output.statistics import write_statistics

        write_statistics(report, stream, as_json=view.form == "json")
        return
    if view.form != "text":
        write(view.form, report, stream)
        if view.form == "github":
            _summarize(report)
        return
    if view.quiet and not report.findings and not report.notices:
        return
    from infralint.output.escape import fitted
    from infralint.output.text import Look, is_colored, to_text

    color = is_colored(stream) if view.color is None else view.color
    on_terminal = bool(stream.isatty())
    width = _width() if on_terminal else 0
    look = Look(color, width, on_terminal and color, view.group_by, view.limit)
    stream.write(fitted(to_text(report, look=look), getattr(stream, "encoding", None)))


def _width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size((100, 24)).columns


def _summarize(report: Report) -> None:
    """Add the Markdown summary to that of the job, where GitHub says where it is."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if not file:
        return
    from infralint.engine.rule_docs import describe
    from infralint.output.formats import render

    describe(report)
    try:
        with open(file, "a", encoding="utf-8", errors="replace") as stream:
            stream.write(render("markdown", report))
    except OSError as error:
        say(f"infralint: {file} cannot be written: {error.strerror or error}", err=True)


def _write(report: Report, targets: list[tuple[str, str]]) -> None:
    from infralint.output.formats import render

    for form, file in targets:
        save(file, render(form, report))


def save(file: str, text: str) -> None:
    """Write an output whole or not at all."""
    fresh = f"{file}.{os.getpid()}.new"
    try:
        with open(fresh, "w", encoding="utf-8", errors="surrogateescape", newline="") as stream:
            stream.write(text)
        os.replace(fresh, file)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror or error}") from None


def _code(report: Report) -> int:
    if _is_unjudged(report):
        return UNJUDGED
    return FOUND if any(one.fails for one in report.findings) else CLEAN


def _is_unjudged(report: Report) -> bool:
    from infralint.engine.report import FAILURES

    return any(notice.kind in FAILURES for notice in report.notices)
