"""`infralint init`: a settings file to begin with, with what other linters' configurations say."""

from __future__ import annotations

import os
from pathlib import Path

import click

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.engine.peers.off import PeerConfig

HEAD = """\
# Settings of infralint: `infralint config` prints what holds, docs/settings.md and `infralint config --keys` list all keys.
# The closest of infralint.toml, .infralint.toml and [tool.infralint] in pyproject.toml wins.

# default: few rules, sharp. pedantic: also style and good practice. all: also what is opt-in or new.
profile = "default"

# The lowest severity that fails the run: critical, high, medium, low, info or never.
fail-on = "{fail_on}"

# Rules or kinds to leave out, by our names or other tools'.
ignore = {ignore}

# Files and folders to leave out.
exclude = []

# Folders of test fixtures, vendored and generated files, which are searched for credentials of known formats only:
# testdata, fixtures, vendor, third_party, generated, ... unless this names others.
# fixtures = ["testdata", "vendor"]
{honor}
[per-file-ignores]
{per_file}
# Severity and parameters of single rules: see `infralint explain RULE`.
{rules}"""
REPOSITORY = "https://github.com/infralint/infralint"


@click.command("init", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", default=".", type=click.Path(file_okay=False, exists=True))
@click.option("--pre-commit", "hook", is_flag=True, help="Add the hooks to .pre-commit-config.yaml; its comments stay.")
@click.option("--ci", is_flag=True, help="Add a job to the CI that is there: a workflow for GitHub, a job for GitLab.")
@click.option("--diff", "show", is_flag=True, help="Print the settings and write nothing.")
def command(folder: str, hook: bool, ci: bool, show: bool) -> None:
    """Write infralint.toml: the defaults, explained, and what hadolint, zizmor, actionlint, Checkov, Trivy, dclint, gitleaks,
    dotenv-linter and yamllint are configured to leave out.

    Without it their configurations count as well; with it they stand in one place, and `honor` leaves the tools out.
    """
    from infralint.cli.errors import guarded

    raise SystemExit(guarded(lambda: _init(folder, hook, ci, show)))


def _init(folder: str, hook: bool, ci: bool, show: bool) -> int:
    from infralint.engine.peers.files import configs_in

    configs = configs_in(folder)
    text = settings_of(configs)
    if show:
        click.echo(text, nl=False)
        return 0
    path = Path(folder, "infralint.toml")
    if path.exists() and (hook or ci):
        click.echo(f"{path} exists already; it was left as it is")
    else:
        _write_settings(path, text, configs)
    if hook:
        click.echo(_add_hook(Path(folder, ".pre-commit-config.yaml")))
    if ci:
        from infralint.cli.ci_steps import add_steps

        for line in add_steps(Path(folder)):
            click.echo(line)
    missing = [*(["--pre-commit adds hooks"] if not hook else []), *(["--ci adds a job"] if not ci else [])]
    if missing:
        click.echo(f"`infralint init` goes on: {', '.join(missing)}; docs/ci.md has the steps for each CI system")
    click.echo(f"now run `infralint check {folder}`; `infralint baseline write` accepts what it finds today")
    return 0


def _write_settings(path: Path, text: str, configs: list[PeerConfig]) -> None:
    from infralint.engine.discover import UsageError

    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise UsageError(f"{path} exists already; it was left as it is") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    click.echo(f"wrote {path}")
    for config in configs:
        rules, severities = len(config.offs), len(config.severities)
        entries = f"{rules} entr{'y' if rules == 1 else 'ies'} of {config.peer}"
        click.echo(f"{config.path}: took over {entries}{f' and {severities} severities' if severities else ''}")
        for what in config.untold:
            click.echo(f"{config.path}: no equivalent: {what}")


def settings_of(configs: list[PeerConfig]) -> str:
    """The text of a settings file that says what other linters' configurations say.

    What settings cannot say (a line, a day, a part of a message) stays in the file of the linter, which is honoured.
    """
    from infralint.cli.show import toml
    from infralint.engine.setting_keys import severity
    from infralint.engine.settings import HONOURED

    ignore: list[str] = []
    per_file: dict[str, list[str]] = {}
    left: set[str] = set()
    rules: dict[str, str] = {}
    for config in configs:
        for off in config.offs:
            known = _known(off.names)
            if off.line or off.until or off.words:
                left.add(config.peer)
            elif off.globs:
                for glob in off.globs:
                    per_file.setdefault(glob, []).extend(known)
            else:
                ignore += known
        for name, level in config.severities.items():
            for rule in _meant(f"{config.peer}/{name}") if level else []:
                rules.setdefault(rule, severity(level, ValueError).label)  # type: ignore[arg-type]
    fail_on = next((config.fail_on for config in configs if config.fail_on), "medium")
    moved = {config.peer for config in configs} - left
    honor = [peer for peer in HONOURED if peer not in moved]
    per_file = {glob: list(dict.fromkeys(names)) for glob, names in per_file.items() if names}
    rows = [f"{toml(glob)} = {toml(names)}" for glob, names in per_file.items()] or [
        '# "examples/**" = ["untagged-image"]'
    ]
    tables = [f"[rules.{toml(rule)}]\nseverity = {toml(level)}\n" for rule, level in sorted(rules.items())]
    return HEAD.format(
        fail_on=fail_on,
        ignore=_listed(list(dict.fromkeys(ignore))),
        honor=f"\n# Linters whose comments and files count; these would be all but those whose files stand here now:\n# honor = {toml(honor)}\n"
        if moved
        else "",
        per_file="\n".join(rows) + "\n",
        rules="\n".join(tables) or '# [rules.untagged-image]\n# severity = "low"\n',
    )


def _listed(words: list[str]) -> str:
    from infralint.cli.show import toml

    return toml(words) if len(words) < 3 else "[\n" + "".join(f"    {toml(word)},\n" for word in words) + "]"


def _known(names: tuple[str, ...]) -> list[str]:
    """Names of peers' rules that some rule of ours answers, and those of engines; wildcards as what they stand for."""
    from infralint.engine.settings import names_engine
    from infralint.policy.catalogue import catalogue
    from infralint.text.glob import matches

    everything = {name for rule in catalogue() for name in (*rule.same_as, *rule.part_of)}
    found: list[str] = []
    for pattern in names:
        answered = sorted(
            {rule.id for rule in catalogue() if any(matches(name, pattern) for name in (*rule.same_as, *rule.part_of))}
        )
        if "*" in pattern or not any(pattern in rule.same_as for rule in catalogue()):
            found += answered
        elif pattern in everything:
            found.append(pattern)
            found += [rule for rule in answered if not _selects(pattern, rule)]
        if names_engine(pattern) and "*" not in pattern and pattern not in found:
            found.append(pattern)
    return found


def _meant(name: str) -> list[str]:
    """The rules whose severity a peer's name means: ours that answer it, and that of the engine."""
    from infralint.engine.settings import names_engine
    from infralint.policy.catalogue import catalogue

    return [*(rule.id for rule in catalogue() if name in rule.same_as), *([name] if names_engine(name) else [])]


def _selects(name: str, rule: str) -> bool:
    """Whether a peer's name in `ignore` means a rule."""
    from infralint.policy.catalogue import catalogue, peer_names

    return any(one.id == rule and name in peer_names(one.same_as) for one in catalogue())


def _add_hook(path: Path) -> str:
    """Add our hooks to pre-commit's file, or make it; says what was done."""
    from infralint import __version__
    from infralint.engine.discover import UsageError

    entry = f"  - repo: {REPOSITORY}\n    rev: v{__version__}\n    hooks:\n      - id: infralint\n      - id: infralint-project\n"
    if not path.exists():
        path.write_text("repos:\n" + entry, encoding="utf-8")
        return f"wrote {path}"
    from infralint.engine.yaml_edit import added

    before = path.read_text(encoding="utf-8")
    if "infralint" in before:
        return f"{path} has the hooks already"
    after = added(before, entry)
    if after is None:
        raise UsageError(f"{path} could not be edited; add to its `repos`:\n{entry}")
    fresh = path.with_suffix(f".{os.getpid()}.new")
    fresh.write_text(after, encoding="utf-8")
    os.replace(fresh, path)
    return f"added the hooks to {path}"
