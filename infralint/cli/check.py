"""`infralint check`: judge files, print findings, apply fixes."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Literal

import click

from infralint.cli.words import complete_rules
from infralint.engine.discover import UsageError
from infralint.output.formats import NAMES
from infralint.text.finding import Confidence, Severity

if TYPE_CHECKING:
    from infralint.engine.baseline import Baseline
    from infralint.engine.options import Options
    from infralint.text.source import Source

CLEAN, FOUND, USAGE, UNJUDGED = 0, 1, 2, 3
SEVERITIES = [one.label for one in reversed(Severity)]
CONFIDENCES = [one.label for one in reversed(Confidence)]
ENGINES = ["hadolint", "checkov", "shellcheck"]
STDIN_BYTES = 6_000_000


@click.command("check", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--root", type=click.Path(), help="What paths are relative to (default: the repository).")
@click.option("--profile", type=click.Choice(["default", "pedantic", "all"]), help="How much to report.")
@click.option(
    "--select",
    metavar="RULES",
    multiple=True,
    shell_complete=complete_rules,
    help="Only these rules or kinds, separated by commas; `all` for every one.",
)
@click.option(
    "--extend-select",
    metavar="RULES",
    multiple=True,
    shell_complete=complete_rules,
    help="These rules or kinds as well.",
)
@click.option(
    "--ignore", metavar="RULES", multiple=True, shell_complete=complete_rules, help="Not these rules or kinds."
)
@click.option("--exclude", metavar="PATTERN", multiple=True, help="Leave out files and folders; repeatable.")
@click.option("--min-severity", type=click.Choice(SEVERITIES), help="Report and fix nothing below it.")
@click.option("--min-confidence", type=click.Choice(CONFIDENCES), help="Report and fix nothing below it.")
@click.option("--new-from", metavar="REF", help="Report only what is new since the work left this git ref.")
@click.option(
    "--policy-from",
    metavar="REF|FILE",
    help="Take settings, own rules, exceptions and baseline from a git ref, such as the base branch; or add the policy in a .toml file.",
)
@click.option("--staged", is_flag=True, help="Judge what git is about to commit, as it will be committed.")
@click.option("--config", type=click.Path(), metavar="FILE", help="Settings file to use instead of those in the tree.")
@click.option(
    "--rules",
    "rules_folder",
    type=click.Path(),
    metavar="DIR",
    help="A folder of further rules, trusted; `package:NAME/DIR` for one of an installed package.",
)
@click.option("--trust-rules", is_flag=True, help="Trust the rules in .infralint/rules as well: apply their fixes.")
@click.option("--format", "form", type=click.Choice(NAMES), help="Format of standard output (default: text).")
@click.option(
    "--output", "outputs", multiple=True, metavar="[FORMAT=]FILE", help="Write a format to a file; repeatable."
)
@click.option("--statistics", is_flag=True, help="Print how many findings each rule has.")
@click.option("--group-by", type=click.Choice(["file", "rule"]), help="What the text output groups findings by.")
@click.option("--max-findings", type=click.IntRange(min=0), metavar="N", help="Print so many, the gravest first.")
@click.option("--docs-url", metavar="URL", help="Where the pages of rules are published; links lead there.")
@click.option(
    "--fail-on",
    metavar="SEVERITY",
    shell_complete=lambda *_: [*SEVERITIES, "never"],
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
@click.option("--no-baseline", is_flag=True, help="Also report what the baseline of the settings holds.")
@click.option(
    "--write-baseline", type=click.Path(), metavar="FILE", help="The same as `infralint baseline write --file FILE`."
)
@click.option(
    "--with",
    "engines",
    multiple=True,
    metavar="ENGINE",
    shell_complete=lambda *_: ENGINES,
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
    "--force-exclude", is_flag=True, help="Say nothing of files that are named and excluded (they never are judged)."
)
@click.option("--no-inline-ignores", is_flag=True, help="Ignore comments that silence findings.")
@click.option("--show-files", is_flag=True, help="List the files that would be judged, with their kinds.")
@click.option("--show-settings", is_flag=True, help="Print the settings in effect and where each comes from.")
@click.option("--watch", is_flag=True, help="Judge again whenever a file changes, until interrupted.")
@click.option("--color/--no-color", default=None, help="Colour, whatever the output is.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but findings.")
def command(paths: tuple[str, ...], **given: Any) -> None:
    """Judge files and folders (default: the working directory); `-` is standard input.

    Exit code: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or settings, 3 something could not be judged.
    """
    from infralint.cli.errors import guarded

    asked = SimpleNamespace(**given)
    if asked.watch:
        code = guarded(lambda: _watch(paths or (asked.root or ".",), asked))
    else:
        code = guarded(lambda: _check(paths, asked))
    sys.stdout.flush()
    raise SystemExit(code)


def _watch(paths: tuple[str, ...], asked: Any) -> int:
    from infralint.cli.watch import watch

    _refuse(paths, asked)
    return watch(paths, lambda: _check(paths, asked))


def _check(paths: tuple[str, ...], asked: Any) -> int:
    paths = paths or (asked.root or ".",)
    _refuse(paths, asked)
    options = _options(paths, asked)
    if asked.policy_from is None:
        return _run(paths, asked, options)
    from infralint.engine.changed import policy_of

    with policy_of(asked.policy_from, paths, options):
        return _run(paths, asked, options)


def _run(paths: tuple[str, ...], asked: Any, options: Options) -> int:
    from infralint.cli import deliver

    if asked.show_files or asked.show_settings:
        from infralint.cli.show import show_files, show_settings

        return (show_files if asked.show_files else show_settings)(paths, options)
    given = _staged(asked, options) if asked.staged else None
    if given is not None:
        if not given:
            click.echo("infralint: nothing is staged that is judged", err=True)
            return CLEAN
        paths = tuple(os.path.join(str(options.root), path) for path in given)
    if asked.new_from is not None:
        from infralint.engine.changed import findings_of

        options.baseline = findings_of(asked.new_from, paths, options)
    view = deliver.View(asked, options)
    if not (asked.fix or asked.show_diff or asked.patch):
        from infralint.engine.run import run

        report = run(paths, options, given)
        deliver.wipe()
        if asked.write_baseline is not None:
            return deliver.keep(report, asked.write_baseline)
        return deliver.deliver(report, view)
    from infralint.engine.fixing import fix

    result = fix(paths, options, unsafe=asked.unsafe_fixes, given=given)
    deliver.wipe()
    return deliver.deliver_fixes(result, view)


def _refuse(paths: tuple[str, ...], asked: Any) -> None:
    """Raise UsageError for what does not go together."""
    from infralint.model.kinds import ROWS

    fixes = asked.fix or asked.show_diff or asked.patch
    if asked.as_kind is not None and asked.as_kind not in ROWS:
        raise UsageError(f"--as {asked.as_kind} is no kind; kinds are {', '.join(ROWS)}")
    if asked.write_baseline is not None and (asked.baseline is not None or asked.new_from is not None or fixes):
        raise UsageError(
            "--write-baseline takes down what is there; it goes with no --baseline, --new-from, --fix, --diff or --patch"
        )
    if asked.new_from is not None and asked.baseline is not None:
        raise UsageError("--new-from and --baseline both say which findings are old; use one of them")
    if "-" in paths and len(paths) > 1:
        raise UsageError("`-` is standard input; it is judged alone")
    if asked.staged and ("-" in paths or asked.stdin_filename):
        raise UsageError("--staged judges files, not standard input")
    if "-" in paths and asked.stdin_filename is None and asked.as_kind is None:
        raise UsageError("say what standard input is: --stdin-filename PATH, or --as KIND")
    if asked.watch and (fixes or asked.staged or "-" in paths or asked.stdin_filename):
        raise UsageError("--watch only judges; it goes with no --fix, --diff, --patch, --staged or standard input")


def _options(paths: tuple[str, ...], asked: Any) -> Options:
    from infralint.cli.progress import progress
    from infralint.engine.options import Options

    stdin = None
    if asked.stdin_filename is not None or "-" in paths:
        name = asked.stdin_filename if asked.stdin_filename is not None else _name_of(asked.as_kind)
        stdin = (name, sys.stdin.buffer.read(STDIN_BYTES))
    return Options(
        root=asked.root, select=_selected(asked.select), profile=asked.profile, config=asked.config,
        all_text=asked.all_text, rules_folder=asked.rules_folder, trust_rules=asked.trust_rules,
        inline=not asked.no_inline_ignores, stdin=stdin, progress=None if asked.quiet else progress(),
        engines=_words(asked.engines), engine_commands=_commands(asked.commands), engine_timeout=asked.engine_timeout,
        as_kind=asked.as_kind, fail_on=_floor(asked.fail_on), online=asked.server if asked.online else None,
        online_timeout=asked.online_timeout, ignore=_words(asked.ignore), extend_select=_words(asked.extend_select),
        exclude=asked.exclude, min_severity=Severity[asked.min_severity.upper()] if asked.min_severity else None,
        min_confidence=Confidence[asked.min_confidence.upper()] if asked.min_confidence else None,
        baseline=_baseline(asked), staged=asked.staged, explains_excludes=not asked.force_exclude,
    )  # fmt: skip


def _baseline(asked: Any) -> Baseline | str | None:
    return "" if asked.no_baseline or asked.write_baseline is not None else asked.baseline


def _name_of(kind: str) -> str:
    """A file name for standard input of a kind."""
    from infralint.model.kinds import ROWS

    return ROWS[kind].example or "stdin"


def _staged(asked: Any, options: Options) -> dict[str, Source]:
    from infralint.engine.changed import staged
    from infralint.engine.discover import root_of

    options.root = options.root or root_of(".")
    return staged(options.root)


def _selected(given: tuple[str, ...]) -> list[str] | None:
    words = _words(given)
    if given and not words:
        raise UsageError("--select names no rule")
    return words or None


def _words(given: tuple[str, ...]) -> list[str]:
    return [word.strip() for one in given for word in one.split(",") if word.strip()]


def _commands(given: tuple[str, ...]) -> dict[str, str]:
    for one in given:
        if not all(one.partition("=")[::2]):
            raise UsageError(f"--engine-command {one}: write ENGINE=PROGRAM, such as hadolint=/usr/local/bin/hadolint")
    return dict(one.split("=", 1) for one in given)


def _floor(fail_on: str | None) -> Severity | Literal["never"] | None:
    if fail_on is None or fail_on == "never":
        return fail_on  # type: ignore[return-value]
    from infralint.engine.setting_keys import severity

    return severity(fail_on, lambda message: UsageError(f"--fail-on: {message}"))
