"""`infralint check`: judge files, print findings, apply fixes."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any, Literal

import click

from infralint.engine.discover import UsageError
from infralint.output.formats import FORMATS, NAMES
from infralint.text.finding import Severity

if TYPE_CHECKING:
    from infralint.engine.fixing import FixReport
    from infralint.engine.report import Report

CLEAN, FOUND, USAGE, UNJUDGED = 0, 1, 2, 3


@click.command("check", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--root", type=click.Path(), help="What paths are relative to (default: the repository).")
@click.option("--profile", type=click.Choice(["default", "pedantic", "all"]), help="How much to report.")
@click.option("--select", metavar="RULES", help="Only these rules or kinds, separated by commas; `all` for every one.")
@click.option("--config", type=click.Path(), metavar="FILE", help="Settings file to use instead of those in the tree.")
@click.option("--rules", "rules_folder", type=click.Path(), metavar="DIR", help="A folder of further rules, trusted.")
@click.option("--trust-rules", is_flag=True, help="Trust the rules in .infralint/rules as well: apply their fixes.")
@click.option("--format", "form", type=click.Choice(NAMES), default="text", show_default=True)
@click.option(
    "--output", "outputs", multiple=True, metavar="[FORMAT=]FILE", help="Write a format to a file; repeatable."
)
@click.option(
    "--fail-on",
    metavar="SEVERITY",
    help="Lowest severity that gives exit code 1, or `never` (default: that of the settings, else medium).",
)
@click.option("--fix", "fix", is_flag=True, help="Apply the safe fixes.")
@click.option(
    "--unsafe-fixes", is_flag=True, help="With --fix, --diff or --patch: also those that may change behaviour."
)
@click.option("--diff", "show_diff", is_flag=True, help="Print what --fix would change and change nothing.")
@click.option(
    "--patch", type=click.Path(), metavar="FILE", help="Write what --fix would change as a patch for git apply."
)
@click.option(
    "--as", "as_kind", metavar="KIND", help="Judge the files that are named as this kind: compose, dockerfile, ..."
)
@click.option("--all-text", is_flag=True, help="Also read files of no known kind, for secrets alone.")
@click.option("--baseline", type=click.Path(), metavar="FILE", help="Report only what this file does not hold already.")
@click.option(
    "--write-baseline", type=click.Path(), metavar="FILE", help="Write what is found now as a baseline, and end with 0."
)
@click.option(
    "--with",
    "engines",
    multiple=True,
    metavar="ENGINE",
    help="Run hadolint, checkov or shellcheck beside and merge what they find; repeatable.",
)
@click.option(
    "--engine-command",
    "commands",
    multiple=True,
    metavar="ENGINE=PROGRAM",
    help="The program that is an engine; repeatable.",
)
@click.option(
    "--engine-timeout",
    type=click.FloatRange(min=0.1),
    metavar="SECONDS",
    help="How long an engine may take (default: 600).",
)
@click.option(
    "--online",
    is_flag=True,
    help="Allow to ask the repositories of the actions that are used, with git; some rules need it.",
)
@click.option(
    "--server",
    default="https://github.com",
    show_default=True,
    metavar="URL",
    help="With --online: where OWNER/NAME of an action is found.",
)
@click.option(
    "--online-timeout",
    type=click.FloatRange(min=0.1),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="How long a repository may take to answer; all together, five times as long.",
)
@click.option("--stdin-filename", metavar="PATH", help="Judge standard input as if it were this file.")
@click.option(
    "--force-exclude", is_flag=True, help="Let excludes count for files that are named one by one (always so)."
)
@click.option("--no-inline-ignores", is_flag=True, help="Ignore comments that silence findings.")
@click.option("--color/--no-color", default=None, help="Colour, whatever the output is.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but findings.")
def command(paths: tuple[str, ...], **asked: Any) -> None:
    """Judge files and folders (default: the working directory).

    Exit code: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or settings, 3 something could not be judged.
    """
    try:
        code = _check(paths or (asked["root"] or ".",), **asked)
    except UsageError as error:
        click.echo(f"infralint: {_visible(str(error))}", err=True)
        code = USAGE
    except Exception as error:
        from infralint.policy.rule_file import RuleError

        if not isinstance(error, RuleError):
            raise
        click.echo(f"infralint: {_visible(str(error))}", err=True)
        code = USAGE
    sys.stdout.flush()
    raise SystemExit(code)


def _visible(text: str) -> str:
    from infralint.output.escape import visible

    return visible(text)


def _check(
    paths: tuple[str, ...],
    *,
    root: str | None,
    profile: str | None,
    select: str | None,
    config: str | None,
    rules_folder: str | None,
    trust_rules: bool,
    form: str,
    outputs: tuple[str, ...],
    fail_on: str | None,
    fix: bool,
    unsafe_fixes: bool,
    show_diff: bool,
    patch: str | None,
    as_kind: str | None,
    all_text: bool,
    baseline: str | None,
    write_baseline: str | None,
    engines: tuple[str, ...],
    commands: tuple[str, ...],
    engine_timeout: float | None,
    online: bool,
    server: str,
    online_timeout: float,
    stdin_filename: str | None,
    force_exclude: bool,
    no_inline_ignores: bool,
    color: bool | None,
    quiet: bool,
) -> int:
    from infralint.engine.options import Options
    from infralint.engine.run import run
    from infralint.model.kinds import ROWS

    if as_kind is not None and as_kind not in ROWS:
        raise UsageError(f"--as {as_kind} is no kind; kinds are {', '.join(ROWS)}")
    if write_baseline is not None and (baseline is not None or fix or show_diff or patch):
        raise UsageError(
            "--write-baseline takes down what is there; it goes with no --baseline, --fix, --diff or --patch"
        )
    if baseline is not None and (fix or show_diff or patch):
        raise UsageError("--baseline is for reports; fixes are worked out for every finding, so leave it away")
    targets = [_target(output) for output in outputs]
    stdin = None
    if stdin_filename is not None:
        if fix or show_diff or patch:
            raise UsageError("--stdin-filename only judges; name the file itself to fix it")
        stdin = (stdin_filename, sys.stdin.buffer.read(6_000_000))
    options = Options(
        root=root, select=[word.strip() for word in select.split(",")] if select else None, profile=profile,
        config=config, all_text=all_text, rules_folder=rules_folder, trust_rules=trust_rules,
        inline=not no_inline_ignores, stdin=stdin, progress=None if quiet else _progress(),
        engines=[name for word in engines for name in word.split(",")], engine_commands=_commands(commands),
        engine_timeout=engine_timeout, as_kind=as_kind, fail_on=_floor(fail_on), online=server if online else None, online_timeout=online_timeout,
    )  # fmt: skip
    if not (fix or show_diff or patch):
        report = run(paths, options)
        _wipe()
        if write_baseline is not None:
            return _keep(report, write_baseline)
        if baseline is not None:
            _hold(report, baseline)
        _describe(report, form, targets)
        _print(report, form, color, quiet)
        _write(report, targets)
        return _code(report)
    from infralint.engine.fixing import fix as work_out

    result = work_out(paths, options, unsafe=unsafe_fixes)
    _wipe()
    return _deliver(result, form, targets, color=color, quiet=quiet, apply=fix, show=show_diff, patch=patch)


def _deliver(
    result: FixReport, form: str, targets: list[tuple[str, str]], *,
    color: bool | None, quiet: bool, apply: bool, show: bool, patch: str | None,
) -> int:  # fmt: skip
    from infralint.engine.fixing import write
    from infralint.engine.report import Notice

    if patch is not None:
        _save(patch, result.patch)
    if show:
        sys.stdout.flush()
        sys.stdout.buffer.write(result.patch.encode("utf-8", "surrogateescape"))
    if apply and not show:
        failures = write(result)
        result.report.notices += [Notice("", failure, "failed") for failure in failures]
    _describe(result.report, form, targets)
    if not show:
        if apply:
            _print(result.report, form, color, quiet)
        _write(result.report, targets)
    if (show or patch is not None) and result.shows_secrets:
        click.echo(
            "the patch holds credentials in clear, in the lines that it removes or keeps: do not publish it", err=True
        )
    if not quiet:
        verb = "fixed" if apply and not show else "would fix"
        count, files = len(result.applied), len(result.files)
        click.echo(f"{verb} {count} finding{'s' * (count != 1)} in {files} file{'s' * (files != 1)}", err=True)
    if apply and not show:
        code = _code(result.report)
        return code or (FOUND if result.files else CLEAN)
    return FOUND if result.files else _code(result.report)


def _keep(report: Report, file: str) -> int:
    from infralint.engine.baseline import written

    _save(file, written(report))
    count = len(report.findings)
    click.echo(f"wrote {count} finding{'s' * (count != 1)} to {file}; check with --baseline {file}", err=True)
    return UNJUDGED if _is_unjudged(report) else CLEAN


def _hold(report: Report, file: str) -> None:
    from infralint.engine.baseline import held_against

    held_against(report, file)


def _commands(given: tuple[str, ...]) -> dict[str, str]:
    for one in given:
        if not all(one.partition("=")[::2]):
            raise UsageError(f"--engine-command {one}: write ENGINE=PROGRAM, such as hadolint=/usr/local/bin/hadolint")
    return dict(one.split("=", 1) for one in given)


def _floor(fail_on: str | None) -> Severity | Literal["never"] | None:
    if fail_on is None or fail_on == "never":
        return fail_on  # type: ignore[return-value]
    from infralint.engine.config import severity

    return severity(fail_on, lambda message: UsageError(f"--fail-on: {message}"))


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


def _describe(report: Report, form: str, targets: list[tuple[str, str]]) -> None:
    """Read the pages of the rules for the formats that show them."""
    if any(FORMATS[name].shows_pages for name in (form, *(name for name, _ in targets))):
        from infralint.engine.rule_docs import describe

        describe(report)


def _print(report: Report, form: str, color: bool | None, quiet: bool) -> None:
    from infralint.output.formats import write

    stream = sys.stdout
    if color is None:
        from infralint.output.text import is_colored

        color = is_colored(stream)
    if quiet and form == "text" and not report.findings and not report.notices:
        return
    write(form, report, stream, color=color)


def _write(report: Report, targets: list[tuple[str, str]]) -> None:
    from infralint.output.formats import render

    for form, file in targets:
        _save(file, render(form, report))


def _save(file: str, text: str) -> None:
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


_shown = [False]


def _progress() -> Any:
    """A bar on a terminal, for runs that take longer than a second."""
    if not sys.stderr.isatty() or os.environ.get("CI"):
        return None
    started = time.monotonic()

    def show(done: int, total: int) -> None:
        if time.monotonic() - started > 1 and total:
            filled = 30 * done // total
            sys.stderr.write(f"\r{'━' * filled}{'─' * (30 - filled)} {done}/{total} files")
            sys.stderr.flush()
            _shown[0] = True

    return show


def _wipe() -> None:
    if _shown[0]:
        sys.stderr.write("\r\033[K")
