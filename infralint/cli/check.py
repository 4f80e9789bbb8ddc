"""`infralint check`: judge files, print findings, apply fixes."""

from __future__ import annotations

import click

from infralint.cli.checking import check
from infralint.cli.words import complete_rules
from infralint.output.formats import NAMES
from infralint.text.finding import Confidence, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SEVERITIES = [one.label for one in reversed(Severity)]
CONFIDENCES = [one.label for one in reversed(Confidence)]
ENGINES = ["hadolint", "checkov", "shellcheck"]


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
@click.option("--no-cache", is_flag=True, help="Judge every file anew, and keep no results.")
@click.option(
    "--cache-dir", type=click.Path(), metavar="DIR", help="Where results are kept (default: the user's cache folder)."
)
@click.option("--watch", is_flag=True, help="Judge again whenever a file changes, until interrupted.")
@click.option("--color/--no-color", default=None, help="Colour, whatever the output is.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but findings.")
def command(paths: tuple[str, ...], **given: Any) -> None:
    """Judge files and folders (default: the working directory); `-` is standard input.

    Exit code: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or settings, 3 something could not be judged.
    """
    raise SystemExit(check(paths, given))
