"""`infralint baseline`: record what is found today, and keep the record true."""

from __future__ import annotations

import os

import click

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from infralint.engine.baseline import Baseline, Entry, Matched

SHOWN = 20


@click.group("baseline", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Record what is found today, so that only new findings count.

    The file is that of --file, else of `baseline` in the settings at the root, else .infralint-baseline.json.
    """


def _options(function: Any) -> Any:
    for option in (
        click.option("--file", type=click.Path(dir_okay=False), help="The baseline."),
        click.option("--root", type=click.Path(), help="What paths are relative to (default: the repository)."),
        click.option(
            "--config", type=click.Path(), metavar="FILE", help="Settings file to use instead of those in the tree."
        ),
        click.option("--profile", type=click.Choice(["default", "pedantic", "all"]), help="How much to report."),
        click.option("--rules", "rules_folder", type=click.Path(), metavar="DIR", help="A folder of further rules."),
    ):
        function = option(function)
    return function


@command.command("write")
@_options
def write_command(**asked: Any) -> None:
    """Record everything that is found now, in place of what was recorded."""

    def work(run: _Run) -> int:
        from infralint.engine.baseline import entries_of

        run.save(entries_of(run.report))
        click.echo(f"wrote {_many(len(run.report.findings), 'finding')} to {run.file}")
        if not run.is_set:
            click.echo(
                f'to use it, set `baseline = "{run.inner}"` in infralint.toml, or check with --baseline {run.file}'
            )
        return run.code

    _with(asked, work, known=False)


@command.command("prune")
@_options
def prune_command(**asked: Any) -> None:
    """Remove the entries of findings that are fixed."""

    def work(run: _Run) -> int:
        gone = set(run.matched.gone)
        run.save([entry for entry in run.baseline.entries if entry not in gone])
        click.echo(f"removed {_many(len(gone), 'entry', 'entries')}, kept {len(run.matched.pairs)}")
        return run.code

    _with(asked, work)


@command.command("update")
@_options
def update_command(**asked: Any) -> None:
    """Follow findings that were moved, renamed or edited, and remove those that are fixed; new ones are not added."""

    def work(run: _Run) -> int:
        from infralint.engine.baseline import entries_of

        fresh = entries_of(run.report, [finding for finding, _ in run.matched.pairs])
        followed = len(set(fresh) - set(run.baseline.entries))
        run.save(fresh)
        gone = _many(len(run.matched.gone), "entry", "entries")
        click.echo(f"followed {_many(followed, 'finding')}, removed {gone}; {len(run.matched.new)} new not recorded")
        return run.code

    _with(asked, work)


@command.command("show")
@_options
def show_command(**asked: Any) -> None:
    """Count what is recorded by rule, and list what is fixed."""

    def work(run: _Run) -> int:
        counts: dict[str, int] = {}
        for entry in run.baseline.entries:
            counts[entry.rule] = counts.get(entry.rule, 0) + 1
        for rule, count in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
            click.echo(f"{count:>6}  {rule}")
        click.echo(
            f"{_many(len(run.baseline.entries), 'entry', 'entries')}: {len(run.matched.pairs)} found, "
            f"{len(run.matched.gone)} fixed; {len(run.matched.new)} new"
        )
        for entry in run.matched.gone[:SHOWN]:
            click.echo(f"fixed: {entry.path}: {entry.rule}")
        return 0

    _with(asked, work)


class _Run:
    """The repository judged without its baseline, and how the baseline fits."""

    def __init__(self, asked: dict[str, Any], known: bool) -> None:
        from infralint.engine.baseline import FILE, Baseline, match, read
        from infralint.engine.options import Options
        from infralint.engine.run import run

        options = Options(
            root=asked["root"], config=asked["config"], profile=asked["profile"], rules_folder=asked["rules_folder"], baseline=""
        )  # fmt: skip
        self.report = run([asked["root"] or "."], options)
        settings = self.report.settings
        named = settings.baseline if settings is not None else None
        self.is_set = asked["file"] is None and named is not None
        self.inner = asked["file"] or named or FILE
        self.file = asked["file"] or os.path.relpath(os.path.join(self.report.root, self.inner))
        self.baseline: Baseline = read(self.file) if known else Baseline([], self.file)
        self.matched: Matched = match(self.report, self.baseline, self.report.findings)

    @property
    def code(self) -> int:
        """3 where something could not be judged: what it would have had is not known."""
        from infralint.engine.report import FAILURES

        failures = [notice for notice in self.report.notices if notice.kind in FAILURES]
        for notice in failures:
            click.echo(f"infralint: {notice.path}: {notice.message}", err=True)
        return 3 if failures else 0

    def save(self, entries: list[Entry]) -> None:
        """Write the baseline. Raises UsageError where that fails."""
        from infralint.cli.deliver import save
        from infralint.engine.baseline import written

        save(self.file, written(entries))


def _with(asked: dict[str, Any], work: Any, *, known: bool = True) -> None:
    from infralint.cli.errors import guarded

    raise SystemExit(guarded(lambda: work(_Run(asked, known))))


def _many(count: int, noun: str, nouns: str = "") -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {nouns or noun + 's'}"
