"""Starting the engines that the user asked for beside our own judging, and hearing what they found."""

from __future__ import annotations

from infralint.engine.discover import UsageError
from infralint.engine.external.answer import Answer
from infralint.engine.external.process import TIME_LIMIT, Staging, command_of
from infralint.engine.report import Notice
from infralint.engine.settings import ENGINES
from infralint.text import regex as re
from infralint.text.source import Source, Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from infralint.engine.session import Session

SNIPPET_KINDS = ("dockerfile", "workflow", "action")
MAX_STAGED = 20_000


class Pending:
    """Engines at work. The caller ends them with `answers` or `end`, which remove the staged files."""

    __slots__ = ("_limit", "_staging", "_started", "staged")

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._started: list[Any] = []
        self._staging: list[Staging] = []
        self.staged: dict[str, int] = {}
        """How many files each engine was given."""

    def folder(self) -> Staging:
        """A new staging folder, removed with the others."""
        self._staging.append(Staging())
        return self._staging[-1]

    def add(self, engine: Any) -> None:
        """Remember a started engine."""
        self._started.append(engine)

    def answers(self) -> list[Answer]:
        """Wait for all of them."""
        try:
            return [engine.answer(self._limit) for engine in self._started]
        finally:
            self._clear()

    def end(self) -> None:
        """Stop what still runs; its answers are not needed."""
        for engine in self._started:
            engine.end()
        self._clear()

    def _clear(self) -> None:
        for staging in self._staging:
            staging.remove()


def start(session: Session, planned: list[tuple[str, str]]) -> Pending:
    """Start the engines of the run's options. Raises UsageError for one that is not here."""
    options = session.options
    unknown = sorted(set(options.engines) - set(ENGINES))
    if unknown:
        raise UsageError(f"--with {unknown[0]}: the engines are {', '.join(ENGINES)}")
    commands = {
        name: command_of(name, options.engine_commands, session.root) for name in ENGINES if name in options.engines
    }
    pending = Pending(options.engine_timeout or TIME_LIMIT)
    try:
        if "hadolint" in commands:
            _hadolint(session, planned, commands["hadolint"], pending)
        if "checkov" in commands:
            _checkov(session, commands["checkov"], pending)
        if "shellcheck" in commands:
            _shellcheck(session, planned, commands["shellcheck"], pending)
    except BaseException:
        pending.end()
        raise
    return pending


def _read(session: Session, path: str) -> Source | None:
    try:
        return session.read(path)
    except Unreadable:
        return None


def _stage(session: Session, paths: list[str], staging: Staging) -> list[Source]:
    staged = []
    for path in paths[:MAX_STAGED]:
        source = _read(session, path)
        if source is not None and staging.put(path, source.encode(source.text)):
            staged.append(source)
    return staged


def _hadolint(session: Session, planned: list[tuple[str, str]], command: list[str], pending: Pending) -> None:
    from infralint.engine.external.hadolint import NAMES, Hadolint

    staging = pending.folder()
    paths = [
        source.path for source in _stage(session, [path for path, kind in planned if kind == "dockerfile"], staging)
    ]
    pending.staged["hadolint"] = len(paths)
    if paths:
        pending.add(Hadolint(command, staging, paths, _settings(session, NAMES)))


def _checkov(session: Session, command: list[str], pending: Pending) -> None:
    from infralint.engine.external.checkov import NAMES, RENDERED, Checkov, frameworks_of, is_for

    staging = pending.folder()
    given = [path for path in session.paths if is_for(path) and not session.is_excluded(path)]
    staged = _stage(session, given, staging)
    pending.staged["checkov"] = len(staged)
    if any(source.path.rpartition("/")[2].lower() in RENDERED for source in staged):
        said = "Helm charts and kustomizations are not rendered: that would start programs and fetch what they name"
        session.remarks.append(Notice("", f"checkov: {said}", "engine"))
    if staged:
        frameworks = frameworks_of((source.path, source.text) for source in staged)
        pending.add(Checkov(command, staging, frameworks, _settings(session, NAMES)))


def _shellcheck(session: Session, planned: list[tuple[str, str]], command: list[str], pending: Pending) -> None:
    from infralint.engine.external.shellcheck import NAMES, ShellCheck, snippets
    from infralint.engine.templated import is_templated
    from infralint.model import kinds
    from infralint.model.row import PIPELINE

    found = []
    for path, kind in planned:
        source = _read(session, path) if kind in SNIPPET_KINDS or kinds.ROWS[kind].family == PIPELINE else None
        if source is not None and not is_templated(source, kind):
            found += list(snippets(kinds.load(source, session.index, kind)))
    pending.staged["shellcheck"] = len({snippet.text.source.path for snippet in found})
    if found:
        rc = next((source for name in NAMES if (source := session.index.source(name)) is not None), None)
        disabled = (
            re.findall(r"\bSC\d{4}\b", " ".join(re.findall(r"^[ \t]*+disable[ \t]*+=(.*)$", rc.text, re.M)))
            if rc is not None
            else []
        )
        pending.add(ShellCheck(command, pending.folder(), found, disabled))


def _settings(session: Session, names: tuple[str, ...]) -> Any:
    """An engine's own settings at the root of the tree, as plain data."""
    for name in names:
        source = session.index.source(name)
        if source is not None:
            import yaml

            try:
                return yaml.safe_load(source.text) if len(source.text) < 100_000 else None
            except (yaml.YAMLError, RecursionError, ValueError):
                return None
    return None
