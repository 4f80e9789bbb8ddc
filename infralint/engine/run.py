"""A whole run: discover, read, judge, settle."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from infralint.engine import discover
from infralint.engine.config import SELECTABLE, Configs, Settings, names_engine, names_rule
from infralint.engine.discover import UsageError
from infralint.engine.judge import MAX_FINDINGS, RuleBook, judge
from infralint.engine.mask import mask_messages, mask_notices, spans_of
from infralint.engine.options import Options
from infralint.engine.report import Notice, Report
from infralint.engine.suppress import directives, settle
from infralint.engine.templated import is_templated
from infralint.model import kinds
from infralint.model.document import Document, Problem
from infralint.model.index import Index
from infralint.policy import catalogue
from infralint.policy.catalogue import Rule
from infralint.text.finding import Finding
from infralint.text.source import Source, Unreadable

if TYPE_CHECKING:
    from infralint.engine.external.joining import Merged

PARALLEL_FROM = 150


class Judged:
    """What came of one file, ready to cross a process border."""

    __slots__ = ("digest", "elsewhere", "findings", "kind", "masks", "notices", "path", "silenced")

    def __init__(self, path: str, kind: str) -> None:
        self.path = path
        self.kind = kind
        self.findings: list[Finding] = []
        self.silenced: list[Finding] = []
        self.notices: list[Notice] = []
        self.masks: list[tuple[int, int]] = []
        self.digest: Any = None
        self.elsewhere: list[Judged] = []
        """What was found in files that this one draws in and that nothing else judges."""


class Run:
    """The state of a run that judging a file needs."""

    def __init__(self, paths: Sequence[str], options: Options) -> None:
        self.options = options
        if any("\0" in str(path) for path in (*paths, options.root or "")):
            raise UsageError("a path holds a NUL character, which no file name can")
        first = str(paths[0]) if paths else options.root or "."
        if options.stdin is not None and os.path.isabs(options.stdin[0]):
            first = options.stdin[0]
        if options.root is not None and not os.path.isdir(options.root):
            raise UsageError(f"the root {options.root} is not a folder")
        self.root = os.path.abspath(options.root) if options.root is not None else discover.root_of(first)
        self.tree = discover.survey(self.root)
        self.stdin: tuple[str, bytes] | None = None
        if options.stdin is not None:
            given = discover.inside(self.root, options.stdin[0])
            if not given:
                raise UsageError("standard input is judged as a file; name one, such as --stdin-filename .env")
            self.stdin = given, options.stdin[1]
            self.paths, self.named = [given], {given}
        else:
            self.paths, self.named = discover.chosen(self.tree, self.root, [str(path) for path in paths])
        self.index = Index(self.root, discover.kind_table(self.tree))
        self.index.tracked = self.tree.tracked
        self.index.remotes = options.remotes
        self.remarks: list[Notice] = []
        """What is to be said of the run itself."""
        self.foreign: list[Rule] = []
        self.broken_cards: list[tuple[str, int, str]] = []
        local = os.path.join(self.root, ".infralint", "rules")
        if os.path.isdir(local):
            if not os.path.realpath(local).startswith(os.path.join(os.path.realpath(self.root), "")):
                raise UsageError(".infralint/rules leads out of the root; name the folder itself with --rules")
            self.foreign, self.broken_cards = catalogue.local_rules(local, trusted=options.trust_rules)
        if options.rules_folder is not None:
            if not os.path.isdir(options.rules_folder):
                raise UsageError(f"--rules {options.rules_folder} is not a folder")
            self.foreign += catalogue.foreign_rules(options.rules_folder, trusted=True)
        self.configs = Configs(self.root, self.tree.paths, options.config, self.foreign)
        self.book = RuleBook(catalogue.rules_of, self.foreign, online=bool(options.online or options.remotes))
        self._settings: dict[int, Settings] = {}
        self._names: set[str] | None = None

    def settings(self, path: str) -> Settings:
        """The settings for a file, with what the command line says on top."""
        found = self.configs.of(path)
        if id(found) not in self._settings:
            options = self.options
            if options.select is not None:
                self._check_words(options.select)
                found.select = options.select
            if options.profile is not None:
                found.profile = options.profile
            found.allow_inline = found.allow_inline and options.inline
            self._settings[id(found)] = found
        return found

    def _check_words(self, words: list[str]) -> None:
        everything = [*catalogue.catalogue(), *self.foreign]
        for word in words:
            meant = catalogue.matching(everything, word)
            if meant and not self.book.online and all(rule.needs_online for rule in meant):
                note = Notice("", f"{word} asks the repositories of actions, and is silent without --online")
                self.remarks += [note] if note not in self.remarks else []
            if word not in SELECTABLE and not names_engine(word) and not meant:
                from infralint.policy.vocabulary import near

                names = {name for rule in everything for name in (rule.id, rule.name, rule.kind)}
                raise UsageError(f"{word!r} is no rule or kind{near(word, names)}")

    def is_rule(self, name: str) -> bool:
        """Whether a name in a suppression means a rule."""
        if self._names is None:
            rules = [*catalogue.catalogue(), *self.foreign]
            self._names = {n for rule in rules for n in (rule.id, rule.name, *rule.entry["formerly"])}
        return name in self._names or names_engine(name)

    @property
    def later(self) -> frozenset[str]:
        """The names of the rules that judge after all files, and of those for which an engine or a server may speak."""
        engines = self.options.engines
        rules = (
            rule
            for rule in [*catalogue.catalogue(), *self.foreign]
            if rule.kind == "project"
            or rule.needs_online
            or (engines and any(name.startswith(engines) for name in rule.same_as))
        )
        return frozenset(name for rule in rules for name in (rule.id, rule.name))

    def kind(self, path: str) -> str | None:
        """The kind a file is judged as."""
        kind = kinds.kind_of(path)
        if kind is None and self.options.all_text:
            return "text"
        return kind

    def plan(self) -> list[tuple[str, str]]:
        """The files to judge with their kinds."""
        planned = []
        for path in self.paths:
            kind = self.kind(path)
            if kind is not None and (not self.settings(path).is_excluded(path)):
                planned.append((path, kind))
        return planned

    def read(self, path: str) -> Source | None:
        """A file's text. Raises Unreadable; None for what is no plain file."""
        if path in self.index.given:
            return self.index.given[path]
        if self.stdin is not None and path == self.stdin[0]:
            return Source(path, self.stdin[1])
        full = os.path.join(self.root, path)
        if not discover.is_regular(self.root, path):
            return None
        try:
            size = os.stat(full).st_size
            if size > 5_000_000:
                raise Unreadable("is larger than 5 MB, which no config should be; exclude it")
            with open(full, "rb") as stream:
                return Source(path, stream.read())
        except OSError as error:
            raise Unreadable(f"cannot be opened: {error.strerror or error}") from None

    def judge(self, path: str, kind: str) -> Judged | None:
        """Judge one file; None for what is no plain file."""
        done = Judged(path, kind)
        settings = self.settings(path)
        try:
            source = self.read(path)
            if source is None:
                return None
        except Unreadable as error:
            if kind == "text":  # of a binary file the name alone can be judged
                done.findings = judge(
                    kinds.load(Source(path, ""), self.index, kind), self.book.of(kind, settings)
                ).findings
                if done.findings:
                    return done
            if kind in ("text", "config"):  # not one of the formats we vouch for
                done.notices.append(Notice(path, str(error), "skipped"))
                return done
            empty = Source(path, "")
            self._complain(done, [Problem("unreadable", str(error), empty, 0, 0)], settings, empty)
            return done
        if kind in ("dockerfile", "compose", "workflow", "action", "dependabot") and is_templated(path, source.text):
            done.notices.append(Notice(path, "is a template; only its secrets were judged", "templated"))
            kind = "text"
        document = kinds.load(source, self.index, kind)
        result = judge(document, self.book.of(kind, settings))
        abroad = [one for one in result.findings if one.path != path]
        here = [one for one in result.findings if one.path == path] if abroad else result.findings
        self.settle(done, document, here, result.problems, settings)
        for other in sorted({one.path for one in abroad}):
            done.elsewhere.append(self.settle_between(other, [one for one in abroad if one.path == other]))
        done.notices += [
            Notice(path, f"draws more of {rule} than the {MAX_FINDINGS:,} that are listed", "cut")
            for rule in result.cut
        ]
        digest = getattr(document, "digest", None)
        done.digest = digest() if digest is not None else None
        return done

    def settle(
        self, done: Judged, document: Document, findings: list[Finding], problems: list[Problem], settings: Settings
    ) -> None:
        """Drop what settings and comments silence; say what is wrong with the comments; mask what remains."""
        ignored = settings.ignored_for(done.path)
        if ignored:
            findings = [one for one in findings if not names_rule(ignored, one.rule)]
        complaints: list[Problem] = list(problems)
        done.findings = findings
        wishes = directives(document)
        if wishes:
            done.findings, done.silenced, faults = settle(
                findings, wishes, settings, self.options.today, self.is_rule, self.later
            )
            everything = settings.select is None or "all" in settings.select
            complaints += [
                Problem(fault.name, fault.message, document.source, fault.start, fault.end)
                for fault in faults
                if everything or fault.name != "unused-suppression"
            ]
        if done.kind != "project":
            self._complain(done, complaints, settings, document.source)
        if done.findings or done.silenced or done.notices:
            done.masks = spans_of(document)
            mask_messages([*done.findings, *done.silenced], document.source, done.masks)
            done.notices = mask_notices(done.notices, document.source, done.masks)

    def judge_cards(self) -> list[Judged]:
        """A finding for each card of the tree that cannot be loaded."""
        found = []
        for name, line, message in self.broken_cards:
            path = f".infralint/rules/{name}"
            source = self.index.source(path) or Source(path, "")
            start, end = source.line_span(min(line, len(source.line_starts)))
            done = Judged(path, "project")
            problem = Problem("card-failed", f"the card cannot be loaded: {message}", source, start, end)
            self._complain(done, [problem], self.settings(path), source)
            found.append(done)
        return found

    def settle_between(self, path: str, findings: list[Finding]) -> Judged:
        """Settle what the project's cards found in one file."""
        done = Judged(path, "project")
        source, kind = self.index.source(path), self.kind(path)
        if source is None or kind is None:
            done.findings = findings
        else:
            self.settle(done, kinds.load(source, self.index, kind), findings, [], self.settings(path))
        return done

    def _complain(self, done: Judged, problems: list[Problem], settings: Settings, source: Source) -> None:
        """The run's own findings about a file."""
        for problem in problems:
            if problem.name == "unreadable":
                if any(_matches(pattern, done.path) for pattern in settings.accept_unreadable):
                    done.notices.append(Notice(done.path, f"{problem.message} (accepted by the settings)", "accepted"))
                    continue
                done.notices.append(Notice(done.path, problem.message, "unreadable"))
            page = _Page(source, self.index, done.kind, problem)
            done.findings += judge(page, self.book.of("infralint", settings)).findings


class _Page(Document):
    """A problem of the run, as a document for the cards of kind `infralint`."""

    from infralint.model.run import NOUNS as nouns  # noqa: N811 - the table of a model

    def __init__(self, source: Source, index: Index, kind: str, problem: Problem) -> None:
        super().__init__(source, index, kind)
        self.own = problem

    def __iter__(self) -> Any:
        return iter([self.own])


def _matches(pattern: str, path: str) -> bool:
    from infralint.engine.config import _covers

    return _covers(pattern, path)


def run(paths: Sequence[str], options: Options, given: dict[str, Source] | None = None) -> Report:
    """Judge paths. Raises UsageError (also for bad settings) and CardError (a user's card)."""
    started = time.perf_counter()
    state = Run(paths, options)
    if given:
        state.index.given.update(given)
    report, _ = judge_all(state, started)
    return report


def judge_all(state: Run, started: float) -> tuple[Report, list[Judged]]:
    """Judge every planned file, then what lies between them."""
    planned = state.plan()
    with beside(state, planned) as merge:
        judged = list(_each(state, planned))
        judged += once([other for one in judged for other in one.elsewhere])
        from infralint.engine.between import judge_project

        judged += judge_project(state, judged)
        judged += state.judge_cards()
        merged = merge(judged)
    judged += merged.judged if merged is not None else []
    report = settle_report(state, judged, time.perf_counter() - started)
    if merged is not None:
        report.notices += merged.notices
        report.rules.update(merged.rules)
    return report, judged


@contextmanager
def beside(state: Run, planned: list[tuple[str, str]]) -> Iterator[Callable[[list[Judged]], Merged | None]]:
    """The engines that were asked for at work beside what is done within; what is given merges their findings."""
    if not state.options.engines:
        yield lambda judged: None
        return
    from infralint.engine.external.joining import merge
    from infralint.engine.external.start import start

    pending = start(state, planned)
    try:
        yield lambda judged: merge(state, judged, pending.answers())
    except BaseException:
        pending.end()
        raise


def once(judged: list[Judged]) -> list[Judged]:
    """Several documents may draw in one file and find the same in it."""
    seen: set[tuple[str, str, int, int, str]] = set()
    for one in judged:
        fresh = []
        for finding in one.findings:
            mark = (finding.rule, finding.path, finding.place.start, finding.place.end, finding.message)
            if mark not in seen:
                seen.add(mark)
                fresh.append(finding)
        one.findings = fresh
    return judged


def settle_report(state: Run, judged: Iterable[Judged], seconds: float) -> Report:
    """One report of what came of each file."""
    findings: list[Finding] = []
    silenced: list[Finding] = []
    notices = [*state.remarks]
    masks: dict[str, list[tuple[int, int]]] = {}
    count: dict[str, int] = {}
    for one in judged:
        findings += one.findings
        silenced += one.silenced
        notices += one.notices
        if one.masks:
            masks.setdefault(one.path, []).extend(one.masks)
        if one.kind != "project":
            count[one.kind] = count.get(one.kind, 0) + 1
    for path in sorted(state.named):
        if state.kind(path) is None:
            notices.append(
                Notice(path, "is of no kind that infralint judges; --all-text reads it for secrets", "skipped")
            )
    findings.sort(key=lambda one: (one.path, one.place.start, one.rule))
    report = Report(
        state.root, findings, silenced, notices, sum(count.values()), count, seconds,
        profile=state.options.profile or "default", masks=masks, sources=dict(state.index.given),
    )  # fmt: skip
    if state.stdin is not None:
        path, data = state.stdin
        try:
            report.sources[path] = Source(path, data)
        except Unreadable:
            report.sources[path] = None
    return report


def _each(state: Run, planned: list[tuple[str, str]]) -> Iterable[Judged]:
    if state.options.online is not None:
        from infralint.engine.online import ask_all

        ask_all(state, planned)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(planned) >= PARALLEL_FROM and cores > 1 and hasattr(os, "fork"):
        from infralint.engine.workers import judge_in_processes

        yield from judge_in_processes(state, planned, min(cores, 8))
        return
    progress = state.options.progress
    for number, (path, kind) in enumerate(planned):
        one = state.judge(path, kind)
        if one is not None:
            yield one
        if progress is not None and number % 16 == 0:
            progress(number, len(planned))
