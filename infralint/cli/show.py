"""What a run would do: the files that it judges, and the settings that hold."""

from __future__ import annotations

from collections.abc import Sequence

import click

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from infralint.engine.options import Options


def show_files(paths: Sequence[str], options: Options) -> int:
    """List the files that would be judged, each with its kind."""
    from infralint.engine.report import Report
    from infralint.engine.session import Session
    from infralint.output.escape import visible

    session = Session(paths, options)
    report = Report(session.root, [])
    for path, kind in session.plan():
        note = "  (fixtures: credentials only)" if session.is_fixture(path) else ""
        click.echo(f"{visible(report.shown(path))}: {kind}{note}")
    return 0


def show_settings(paths: Sequence[str], options: Options) -> int:
    """Print the settings that hold for the first path, and where each value comes from."""
    from infralint.engine.discover import inside
    from infralint.engine.session import Session
    from infralint.output.escape import visible

    session = Session(paths, options)
    first = session.stdin[0] if session.stdin else inside(session.root, str(paths[0]))
    path = first if first in session.tree.paths or session.stdin else f"{first}/x" if first else "x"
    settings = session.settings(path)
    click.echo(f"# {visible(first or '.')}, below {visible(session.root)}")
    click.echo(f"# settings file: {visible(settings.path or 'none')}")
    for name, value, origin in effective(settings, session):
        click.echo(f"{name} = {visible(value)}  # {visible(origin)}")
    return 0


def effective(settings: Any, session: Any) -> list[tuple[str, str, str]]:
    """Each key with its value as TOML and where it comes from."""
    from infralint.engine.setting_keys import ROWS_OF_KEYS
    from infralint.engine.settings import HONOURED

    rows = []
    for key in ROWS_OF_KEYS:
        if key.name in ("extends", "github"):
            continue
        origin = settings.origins.get(key.name, "default")
        if key.name in ("ignore", "extend-select", "exclude") and getattr(session.options, key.name.replace("-", "_")):
            origin = "the command line" if origin == "default" else f"{origin} and the command line"
        if key.name == "fail-on" and session.options.sets_floor:
            origin = "the command line"
        value = _value(settings, session, key.name)
        if value is None or (key.name == "honor" and tuple(settings.honor) == HONOURED and origin == "default"):
            continue
        rows.append((key.name, toml(value), origin))
    return rows


def _value(settings: Any, session: Any, key: str) -> Any:
    """The value of a key as plain data; None where there is none."""
    if key == "fail-on":
        floor = session.options.fail_on if session.options.sets_floor else settings.fail_on
        return "never" if floor is None else floor.label
    if key in ("min-severity", "min-confidence"):
        return getattr(settings, key.replace("-", "_")).label
    if key in ("exclude", "accept-unreadable"):
        return [_glob(pattern) for pattern in getattr(settings, key.replace("-", "_"))]
    if key == "files":
        return {_glob(pattern): kind for pattern, kind in settings.files}
    if key == "per-file-ignores":
        return {_glob(pattern): words for pattern, words in settings.per_file}
    if key == "rules":
        table: dict[str, dict[str, Any]] = {rule: dict(values) for rule, values in settings.params.items()}
        for rule, severity in settings.severities.items():
            table.setdefault(rule, {})["severity"] = severity.label
        return table
    value = getattr(settings, key.replace("-", "_"))
    return list(value) if isinstance(value, tuple) else value


def _glob(pattern: Any) -> str:
    return f"{pattern.folder}/{pattern.glob}" if pattern.folder else str(pattern.glob)


def toml(value: Any) -> str:
    """A plain value as TOML writes it on one line."""
    from json import dumps

    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{dumps(key)} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    return dumps(value, ensure_ascii=False)
