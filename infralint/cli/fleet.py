"""`infralint fleet`: judge many repositories, report over them, write patches for them."""

from __future__ import annotations

import os
import sys
from datetime import date

import click

from infralint.cli.deliver import save
from infralint.cli.errors import guarded
from infralint.cli.words import complete_rules
from infralint.engine.discover import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from infralint.fleet.judging import Plan
    from infralint.fleet.running import Outcome, Progress

CLEAN, UNJUDGED, INTERRUPTED = 0, 3, 130
MISSING = "infralint fleet needs Dask and Arrow; install them with `pip install 'infralint[fleet]'`"


class _Sources(click.Group):
    """Judges what is named where the first word is no command of its own."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] in self.commands and args[0] != "run":
            return super().resolve_command(ctx, args)
        return "run", self.commands["run"], args

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0].startswith("-") and args[0] not in ("-h", "--help"):
            args = ["run", *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "SOURCES... --output DIR")
        formatter.write_usage(ctx.command_path, "report|patches DIR")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return ["run", "report", "patches"]


@click.group("fleet", cls=_Sources, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Judge many repositories at once, each as one task of Dask.

    SOURCES are folders of checkouts or bare clones, folders of archives, or text files with one path or git address a
    line. Results are Parquet files in DIR, a partition a day; what has not changed since the last run is not judged again.
    """


def _cluster_options(work: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Worker processes (default: the cores)."),
        click.option("--scheduler", metavar="tcp://HOST:PORT", help="Join a running Dask cluster, which must see the same paths."),
        click.option("--policy", type=click.Path(), metavar="FILE", help="The policy of an organisation: required rules, severities, exceptions."),
        click.option("--rules", "rules_folder", type=click.Path(), metavar="DIR", help="A folder of further rules, trusted."),
        click.option("--timeout", type=click.FloatRange(min=1), default=600, show_default=True, metavar="SECONDS", help="How long one repository may take."),
        click.option("--memory", type=click.IntRange(min=128), default=2048, show_default=True, metavar="MB", help="How much memory judging one may take."),
    ):  # fmt: skip
        work = option(work)
    return work


@command.command("run")
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "--output", required=True, type=click.Path(), metavar="DIR", help="Where results are kept, from run to run."
)
@click.option("--profile", type=click.Choice(["default", "pedantic", "all"]), help="Instead of the repositories' own.")
@click.option("--clone", is_flag=True, help="Clone git addresses, the newest commit alone; needs --online.")
@click.option("--online", is_flag=True, help="Allow to ask the servers of addresses.")
@click.option(
    "--reports", type=click.Path(), metavar="DIR", help="Also write each repository's JSON report; judges all."
)
@click.option("--posture", is_flag=True, help="Also record which practices each repository follows.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@_cluster_options
def run_command(sources: tuple[str, ...], **asked: Any) -> None:
    """Judge repositories (the word `run` may be left out)."""
    sys.exit(guarded(lambda: _run(list(sources), asked)))


def _run(sources: list[str], asked: dict[str, Any]) -> int:
    _needed()
    from infralint.fleet.running import run_fleet
    from infralint.fleet.sources import repositories_of
    from infralint.fleet.store import Store

    if asked["clone"] and not asked["online"]:
        raise UsageError("--clone asks the servers of the addresses; allow it with --online")
    repositories = repositories_of(sources, clone=asked["clone"])
    plan = _plan(
        asked, wants_json=asked["reports"] is not None, wants_posture=asked["posture"], profile=asked["profile"]
    )
    store = Store(os.path.abspath(asked["output"]))
    outcome = run_fleet(
        repositories, plan, store, _connect(asked),
        progress=_progress() if not asked["quiet"] else None, reports=asked["reports"],
    )  # fmt: skip
    if not asked["quiet"]:
        click.echo(_said(outcome, asked["output"]), err=True)
    if outcome.stopped:
        return INTERRUPTED
    return UNJUDGED if outcome.failed else CLEAN


def _said(outcome: Outcome, folder: str) -> str:
    done = f"{outcome.judged} judged, {outcome.carried} unchanged" if outcome.carried else f"{outcome.judged} judged"
    failed = f", {outcome.failed} of them could not be" if outcome.failed else ""
    if outcome.stopped:
        left = outcome.total - outcome.judged - outcome.carried
        return f"stopped: {done}{failed}, {left} left; the same command goes on from here"
    return f"{outcome.total} repositories in {outcome.seconds:.1f} s: {done}{failed}; see `infralint fleet report {folder}`"


@command.command("report")
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option("--format", "form", type=click.Choice(["text", "csv", "json", "html"]), default="text", show_default=True)
@click.option("--output", type=click.Path(), metavar="FILE", help="Write to a file; text also writes DIR/report.html.")
@click.option("--day", metavar="YYYY-MM-DD", help="The report of an earlier day.")
@click.option(
    "--within",
    type=click.IntRange(min=0),
    default=30,
    show_default=True,
    metavar="DAYS",
    help="How soon an exception ends that is told.",
)
@click.option("--policy", type=click.Path(), metavar="FILE", help="The policy whose exceptions are told as well.")  # fmt: skip
def report_command(folder: str, form: str, **asked: Any) -> None:
    """Worst rules and repositories, what is new and fixed, exceptions that end: on the terminal and as one HTML page."""
    sys.exit(guarded(lambda: _report(folder, form, asked)))


def _report(folder: str, form: str, asked: dict[str, Any]) -> int:
    _needed()
    from infralint.fleet.page import to_page
    from infralint.fleet.report import report_of
    from infralint.fleet.show import to_csv, to_json, to_text
    from infralint.fleet.store import Store

    report = report_of(Store(folder), day=asked["day"], within=asked["within"], policy=asked["policy"])
    text = {"text": to_text, "csv": to_csv, "json": to_json, "html": to_page}[form](report)
    if asked["output"] is not None:
        save(asked["output"], text)
    else:
        click.echo(text, nl=False)
    if form == "text" and asked["output"] is None:
        page = os.path.join(folder, "report.html")
        save(page, to_page(report))
        click.echo(f"\nwrote {page}", err=True)
    return CLEAN


@command.command("patches")
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option(
    "--rule", "rules", multiple=True, required=True, metavar="RULE", shell_complete=complete_rules, help="Whose fixes; repeatable."
)  # fmt: skip
@click.option("--output", type=click.Path(), metavar="DIR", help="Where the patches go (default: `patches` in DIR).")
@click.option("--unsafe-fixes", "unsafe", is_flag=True, help="Also fixes that may change behaviour.")
@_cluster_options
def patches_command(folder: str, rules: tuple[str, ...], **asked: Any) -> None:
    """One patch for each repository of the last run that has findings of a rule, for `git am`."""
    sys.exit(guarded(lambda: _patches(folder, list(rules), asked)))


def _patches(folder: str, rules: list[str], asked: dict[str, Any]) -> int:
    _needed()
    from infralint.fleet.patches import write_patches
    from infralint.fleet.store import Store

    titles = _titles(rules, asked["rules_folder"])
    plan = _plan(asked, select=sorted(titles), unsafe=asked["unsafe"])
    target = asked["output"] or os.path.join(folder, "patches")
    done = write_patches(Store(folder), plan, titles, target, _connect(asked))
    for name, error in sorted(done.failed.items()):
        click.echo(f"{name}: {error}", err=True)
    if done.secrets:
        click.echo(f"these patches hold credentials in clear, do not publish them: {', '.join(done.secrets)}", err=True)
    click.echo(f"wrote {len(done.written)} patch{'es' * (len(done.written) != 1)} to {target}", err=True)
    return UNJUDGED if done.failed else CLEAN


def _titles(words: list[str], folder: str | None) -> dict[str, str]:
    """The rules that words mean, with their titles. Raises UsageError for a word that means none."""
    from infralint.engine.session import own_rules
    from infralint.policy.catalogue import catalogue, matching

    rules = catalogue() if folder is None else [*catalogue(), *own_rules("", folder)[0]]
    found: dict[str, str] = {}
    for word in words:
        meant = matching(rules, word)
        if not meant:
            from infralint.policy.vocabulary import near

            known = {name for rule in rules for name in (rule.id, rule.name, rule.kind)}
            raise UsageError(f"--rule {word}: there is no such rule{near(word, known)}")
        found |= {rule.id: rule.entry["title"] for rule in meant}
    return found


def _plan(asked: dict[str, Any], **more: Any) -> Plan:
    """The plan of what was asked; what workers read is named by absolute paths."""
    from infralint.fleet.judging import Plan

    policy, rules = asked["policy"], asked["rules_folder"]
    if policy is not None and not os.path.isfile(policy):
        raise UsageError(f"--policy {policy} is no file")
    if rules is not None and not os.path.isdir(rules):
        raise UsageError(f"--rules {rules} is not a folder")
    return Plan(
        today=date.today(),
        policy=os.path.abspath(policy) if policy is not None else None,
        rules_folder=os.path.abspath(rules) if rules is not None else None,
        seconds=asked["timeout"],
        megabytes=asked["memory"],
        **more,
    )


def _connect(asked: dict[str, Any]) -> Callable[[], Any]:
    from infralint.fleet.running import cluster

    return lambda: cluster(asked["scheduler"], asked["workers"])


def _needed() -> None:
    """Raise UsageError where what runs the fleet is not installed."""
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("dask", "distributed", "pyarrow")):
        raise UsageError(MISSING)


def _progress() -> Progress | None:
    """What tells how far a run is: a line that changes on a terminal, one for each tenth elsewhere."""
    live = sys.stderr.isatty() and not os.environ.get("CI")
    told = [0]

    def show(done: int, total: int, failed: int) -> None:
        tenth = 10 * done // max(1, total)
        if not live and tenth <= told[0]:
            return
        told[0] = tenth
        wrong = f", {failed} not judged" if failed else ""
        line = f"{done} of {total} repositories{wrong}"
        click.echo(f"\r\033[K{line}" if live else line, err=True, nl=not live or done >= total)

    return show
