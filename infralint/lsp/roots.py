"""A root and its open documents: each judged alone as it is edited, all files together when edits pause."""

from __future__ import annotations

import os
from collections.abc import Iterator
from copy import copy

from infralint.engine.cache import seal
from infralint.engine.cross_file import judge_project
from infralint.engine.discover import UsageError, inside
from infralint.engine.files import FileResult, broken_rules, judge_file
from infralint.engine.groups import Group, standing
from infralint.engine.options import Options
from infralint.engine.recording import RecordingIndex, digest
from infralint.engine.report import Report
from infralint.engine.run import assemble, hold_known, once
from infralint.engine.session import Session
from infralint.lsp.buffers import LANGUAGES, Buffer
from infralint.policy.rule_file import RuleError
from infralint.text.finding import Finding

BATCH = 16
"""Results of so many files are sealed together."""
SETTINGS = ("infralint.toml", ".infralint.toml", "pyproject.toml")
Key = tuple[str, str]
"""A rule and what it said."""


class Root:
    """One root: its session, its open documents, and what came of its other files."""

    __slots__ = ("_files", "_groups", "_merged", "buffers", "error", "folder", "page", "preferences", "session")

    def __init__(self, folder: str, preferences: dict[str, str | bool] | None = None) -> None:
        self.folder = folder
        self.preferences = preferences or {}
        """What the editor's settings say for this folder: `profile`."""
        self.buffers: dict[str, Buffer] = {}
        """The open documents by their paths below the root."""
        self.session: Session | None = None
        self.error = ""
        """Why nothing can be judged: bad settings; "" where it can."""
        self.page = ""
        """The address of the rules' pages, "" where they are not published."""
        self._files: dict[str, FileResult] = {}
        self._groups: dict[str, Group] = {}
        self._merged: dict[str, set[Key]] = {}
        self.refresh()

    def refresh(self) -> None:
        """Read the list of files, the settings and the root's own rules again."""
        options = Options(root=self.folder, cache=True, profile=str(self.preferences.get("profile") or "") or None)
        try:
            session = Session([self.folder], options)
            for path in ["", *self.buffers]:
                session.settings(path)
            self.page = session.settings("").docs_url
        except (UsageError, RuleError, OSError) as error:
            self.error = str(error)
            return
        self.error, self.session = "", session
        self._files, self._groups = {}, {}
        for buffer in self.buffers.values():
            session.index.given[buffer.path] = buffer.source
            buffer.is_dirty = True

    def holds(self, full: str) -> bool:
        """Whether a path lies below the root."""
        return full.startswith(os.path.join(self.folder, ""))

    def add(self, buffer: Buffer) -> None:
        """Take an open document in."""
        try:
            buffer.path = inside(self.folder, buffer.full)
        except (UsageError, OSError, ValueError):  # a link that leads out of the root
            buffer.path = os.path.relpath(buffer.full, self.folder).replace(os.sep, "/")
        self.buffers[buffer.path] = buffer

    def changed(self, buffer: Buffer) -> None:
        """Judge by the text that a buffer holds now."""
        if self.session is not None:
            self.session.index.given[buffer.path] = buffer.source

    def remove(self, buffer: Buffer) -> None:
        """Judge by the disk again."""
        self.buffers.pop(buffer.path, None)
        if self.session is not None:
            self.session.index.given.pop(buffer.path, None)

    def kind(self, buffer: Buffer) -> str | None:
        """The kind that a document is judged as; None for one that is not judged."""
        session = self.session
        if session is None or session.is_excluded(buffer.path) or buffer.trouble:
            return None
        return session.kind(buffer.path) or LANGUAGES.get(buffer.language)

    def judge(self, buffer: Buffer) -> None:
        """Judge a document by itself; what the last look at all files found besides stays at its place."""
        buffer.is_dirty = False
        session, kind = self.session, self.kind(buffer)
        if session is None or kind is None:
            buffer.findings = []
            return
        session.forget()
        done = judge_file(session, buffer.path, kind)
        found = [] if done is None else self._reported([done], buffer.path)
        merged = self._merged.get(buffer.path, set())
        buffer.findings = [one for one in found if (one.rule, one.message) not in merged] + buffer.extra

    def _reported(self, judged: list[FileResult], path: str) -> list[Finding]:
        session = self._session()
        report = assemble(session, judged, 0.0)
        self._settle(session, report)
        return [one for one in report.findings if one.path == path]

    def _settle(self, session: Session, report: Report) -> None:
        """What the baseline, required rules and exceptions change; required rules judge the open documents only."""
        hold_known(session, report)
        if session.organisation is not None:
            from infralint.engine.enforce import settle  # most roots have no policy

            settle(session, report, self._demanded)

    def _demanded(self, session: Session, started: float) -> tuple[Report, None]:
        kinds = [(path, session.kind(path)) for path in self.buffers]
        judged = [judge_file(session, path, kind) for path, kind in kinds if kind is not None]
        return assemble(session, [one for one in judged if one is not None], 0.0), None

    def _session(self) -> Session:
        if self.session is None:
            raise UsageError(self.error)
        return self.session

    def judge_all(self) -> Iterator[None]:
        """Judge all files of the root in small steps, those again that changed or whose questions have other answers."""
        session = self._session()
        index = session.index
        if not isinstance(index, RecordingIndex):
            return
        session.forget()
        holds: dict[str, bool] = {}
        for name, is_same in standing(self._groups, index):
            holds[name] = is_same
            yield
        files: dict[str, FileResult] = {}
        fresh: list[FileResult] = []
        for path, kind in session.plan():
            source = index.given.get(path)
            data = source.encode(source.text) if source is not None else session.bytes_of(path)
            kept = self._files.get(path)
            if data is None:
                continue
            if kept is None or kept.planned != kind or kept.content != digest(data) or not holds.get(kept.group):
                kept = judge_file(session, path, kind)
                if kept is None:
                    continue
                fresh.append(kept)
            files[path] = kept
            if len(fresh) == BATCH:
                self._seal(fresh, index)
            yield
        self._seal(fresh, index)
        self._files = files
        self._groups = {name: group for name, group in self._groups.items() if holds.get(name, True)}
        yield
        self._tell(session, list(files.values()))

    def _seal(self, fresh: list[FileResult], index: RecordingIndex) -> None:
        seal(fresh, index)
        for one in fresh:
            self._groups.update(one.groups)
            one.groups = {}
        fresh.clear()

    def _tell(self, session: Session, files: list[FileResult]) -> None:
        """Give the open documents what is reported of the whole root."""
        judged = [_copied(one) for one in files]
        alone = {(one.path, finding.rule, finding.message) for one in files for finding in one.findings}
        judged += once([other for one in judged for other in one.elsewhere])
        judged += judge_project(session, judged)
        judged += broken_rules(session)
        report = assemble(session, judged, 0.0)
        self._settle(session, report)
        by_path: dict[str, list[Finding]] = {}
        for one in report.findings:
            by_path.setdefault(one.path, []).append(one)
        for path, buffer in self.buffers.items():
            if path not in self._files:
                continue
            found = by_path.get(path, [])
            said = {(one.rule, one.message) for one in found}
            self._merged[path] = {key for name, *key in alone if name == path and tuple(key) not in said}  # type: ignore[misc]
            buffer.extra = [one for one in found if (path, one.rule, one.message) not in alone]
            buffer.findings = found
            buffer.is_dirty = False

    def needs_refresh(self, full: str) -> bool:
        """Whether a change of a file on the disk changes settings, rules or the list of files."""
        path = os.path.relpath(full, self.folder).replace(os.sep, "/")
        name = path.rpartition("/")[2]
        known = self.session is not None and path in self.session.tree.paths
        is_there = os.path.exists(full)
        return (
            name in SETTINGS
            or name == ".gitignore"
            or path.startswith(".infralint/")
            or known != is_there
            or self.session is None
        )


def _copied(one: FileResult) -> FileResult:
    """A result whose findings may be changed by what is done with a whole run."""
    fresh = copy(one)
    fresh.findings = [copy(finding) for finding in one.findings]
    fresh.silenced = [copy(finding) for finding in one.silenced]
    fresh.elsewhere = [_copied(other) for other in one.elsewhere]
    return fresh
