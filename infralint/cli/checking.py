"""The work of `infralint check`, whoever has read its command line: click, or the short way of `quick`."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace

from infralint.cli.errors import guarded
from infralint.cli.say import say
from infralint.engine.discover import UsageError
from infralint.text.finding import Confidence, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    from infralint.engine.baseline import Baseline
    from infralint.engine.listing import Listing
    from infralint.engine.options import Options
    from infralint.text.source import Source

CLEAN, FOUND, USAGE, UNJUDGED = 0, 1, 2, 3
STDIN_BYTES = 6_000_000


def check(paths: tuple[str, ...], given: dict[str, Any], listing: Listing | None = None) -> int:
    """Judge as the command line says; the exit code. `listing`: git's list of the files, already asked for."""
    asked = SimpleNamespace(**given, listing=listing)
    if asked.watch:
        code = guarded(lambda: _watch(paths or (asked.root or ".",), asked))
    else:
        code = guarded(lambda: _check(paths, asked))
    sys.stdout.flush()
    return code


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
            say("infralint: nothing is staged that is judged", err=True)
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
        baseline=_baseline(asked), staged=asked.staged, explains_excludes=not asked.force_exclude, listing=asked.listing,
        cache=not (asked.no_cache or asked.fix or asked.show_diff or asked.patch), cache_dir=asked.cache_dir,
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
