"""`infralint posture`: the practices of a repository on one page."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.engine.posture import Posture

FORMATS = ("text", "json", "markdown", "html")


@click.command("posture", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("path", type=click.Path(), default=".")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="The form of the page."
)
@click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Write the page to a file.")
@click.option("--badge", type=click.Path(), metavar="FILE.svg", help="Also write a badge: how many practices are met.")
@click.option("--config", type=click.Path(), metavar="FILE", help="The settings file, in place of those in the tree.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where a practice is not met.")
def command(path: str, form: str, output: str | None, badge: str | None, config: str | None, exit_code: bool) -> None:
    """Print the practices of the repository at PATH: met, not met, not applicable, not assessed, each with its places.

    The page is made of the results of the rules, pedantic ones included, and of what shows that a practice is followed. Practices
    and their rules: docs/practices.md.
    """
    from infralint.cli.errors import guarded

    raise SystemExit(guarded(lambda: _posture(path, form, output, badge, config, exit_code)))


def _posture(path: str, form: str, output: str | None, badge: str | None, config: str | None, exit_code: bool) -> int:
    from infralint.cli.deliver import save
    from infralint.engine.options import Options
    from infralint.engine.posture import posture_of
    from infralint.output.escape import fitted
    from infralint.output.posture import to_json, to_markdown, to_text
    from infralint.output.posture_badge import to_badge
    from infralint.output.posture_html import to_html

    posture = posture_of([path], Options(config=config))
    forms: dict[str, Callable[[Posture], str]] = {
        "text": to_text,
        "json": to_json,
        "markdown": to_markdown,
        "html": to_html,
    }
    page = forms[form](posture)
    if output is not None:
        save(output, page)
    else:
        click.echo(fitted(page, getattr(sys.stdout, "encoding", None)), nl=False)
    if badge is not None:
        save(badge, to_badge(posture))
    return int(exit_code and posture.counts["not met"] > 0)
