"""The state of a run: what was asked, the tree, the settings of each path, and the models of its files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property

from infralint.engine import discover
from infralint.engine.config import PACKAGE, Configs, file_of_package
from infralint.engine.discover import UsageError
from infralint.engine.judge import RuleBook
from infralint.engine.options import EXCEPTIONS, Options
from infralint.engine.report import Notice
from infralint.engine.settings import SELECTABLE, Pattern, Settings, names_engine, resolved
from infralint.model import kinds
from infralint.model.index import Index
from infralint.policy import catalogue
from infralint.policy.catalogue import Rule
from infralint.tables.trees import variants_of
from infralint.text.finding import Finding
from infralint.text.source import MAX_BYTES, Source, Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from infralint.engine.organisation import Organisation
    from infralint.engine.peers.off import Off

VARIED = ("dockerfile", "compose", "env", "config", "text")
"""Kinds whose files are there for tests or examples where their path says so; a workflow `test.yml` runs like any other."""

COMMAND_LINE = "the command line"


class Session:
    """The state of a run that judging a file needs."""

    def __init__(self, paths: Sequence[str], options: Options, tree: discover.Tree | None = None) -> None:
        self.options = options
        self.asked = [str(path) for path in paths]
        if any("\0" in str(path) for path in (*paths, options.root or "")):
            raise UsageError("a path holds a NUL character, which no file name can")
        first = str(paths[0]) if paths else options.root or "."
        if options.stdin is not None and os.path.isabs(options.stdin[0]):
            first = options.stdin[0]
        if options.root is not None and not os.path.isdir(options.root):
            raise UsageError(f"the root {options.root} is not a folder")
        starts = [first] if options.stdin is not None else [str(path) for path in paths] or [first]
        self.root = os.path.abspath(options.root) if options.root is not None else discover.root_of_all(starts)
        self.tree = tree or discover.survey(self.root, options.listing)
        self.settings_root = options.settings_root or self.root
        """The folder whose settings, own rules, exceptions and baseline count."""
        self.stdin: tuple[str, bytes] | None = None
        there, missing = discover.existing([str(path) for path in paths])
        if options.stdin is not None:
            given = discover.inside(self.root, options.stdin[0])
            if not given:
                raise UsageError("standard input is judged as a file; name one, such as --stdin-filename .env")
            self.stdin = given, options.stdin[1]
            self.paths, self.named = [given], {given}
        else:
            self.paths, self.named = discover.chosen(self.tree, self.root, there)
        if options.staged:
            self.named = set()
        starts = there if self.stdin is None else []
        self.starts = sorted({discover.inside(self.root, str(path)) for path in starts if os.path.isdir(path)}, key=len)
        self.records = self._may_keep(tree)
        """Whether what judging a file asks is taken down, so that its result can be kept."""
        self.index = self._index()
        self.index.tracked = self.tree.tracked
        self.index.remotes = options.remotes
        self.remarks = [Notice(path, "does not exist; it is skipped", "skipped") for path in missing]
        """Notices about the run itself."""
        asked = there if self.stdin is None else []
        self.remarks += [
            Notice(path, "is a repository of its own and was not judged; name it to judge it", "nested")
            for path in self.tree.nested
            if self._is_wanted(path, asked)
        ]
        self.remarks += [
            Notice(path or ".", "cannot be opened; what lies in it was not judged", "unreadable")
            for path in self.tree.unread
            if self._is_wanted(path, asked)
        ]
        self.foreign, self.broken_files = own_rules(
            self.settings_root, options.rules_folder, trusted=options.trust_rules, only=options.only_rule
        )
        where = self.tree.paths if options.settings_root is None else discover.files_below(options.settings_root)
        self.configs = Configs(self.settings_root, where, options.config, self.foreign)
        self.book = RuleBook(catalogue.rules_of, self.foreign, online=bool(options.online or options.remotes))
        self._settings: dict[int, Settings] = {}
        self._folders: dict[str, str] = {}
        """Where folders really lie."""
        self.plain = Settings()
        """The settings of who has set nothing: by the default profile results of fixes are held."""
        self._names: set[str] | None = None
        self._organisation: Organisation | None = None
        self._is_settled = False
        self._offs: list[Off] | None = None
        self.index.files = {path: kind for path in self.tree.paths if (kind := self.kind(path)) is not None}

    @property
    def is_whole(self) -> bool:
        """Whether all of the tree is judged, by all rules that the settings choose."""
        return "" in self.starts and self.options.select is None

    def _may_keep(self, tree: discover.Tree | None) -> bool:
        """Whether results of this run are kept: those of whole folders as they lie there, judged by our own rules offline."""
        options = self.options
        is_plain = self.stdin is None and not self.named and not options.staged and tree is None
        return options.cache and is_plain and not options.engines and options.online is None and not options.remotes

    def _index(self) -> Index:
        if not self.records:
            return Index(self.root)
        from infralint.engine.recording import RecordingIndex  # runs without the cache do without it

        return RecordingIndex(self.root, self._day)

    def forget(self) -> None:
        """Drop what was worked out: files have changed."""
        self.index.forget()
        self._folders.clear()

    def _day(self) -> str:
        return self.options.today.isoformat()

    def today(self) -> date:
        """The day of the run."""
        self.index.asks_day()
        return self.options.today

    def _is_wanted(self, path: str, asked: list[str]) -> bool:
        """Whether a folder lies below what the user has asked for."""
        starts = [discover.inside(self.root, each) for each in asked]
        return any(not start or path == start or path.startswith(f"{start}/") for start in starts)

    def settings(self, path: str) -> Settings:
        """The settings for a file, with what the command line says on top."""
        found = self.configs.of(path)
        if id(found) not in self._settings:
            options = self.options
            if options.select is not None:
                found.select = self._words(options.select)
                found.origins["select"] = COMMAND_LINE
            found.extend_select = [*found.extend_select, *self._words(options.extend_select)]
            found.ignore = [*found.ignore, *self._words(options.ignore)]
            found.exclude = [*found.exclude, *(Pattern("", glob) for glob in options.exclude)]
            if options.profile is not None:
                found.profile = options.profile
                found.origins["profile"] = COMMAND_LINE
            if options.min_severity is not None:
                found.min_severity = options.min_severity
                found.origins["min-severity"] = COMMAND_LINE
            if options.min_confidence is not None:
                found.min_confidence = options.min_confidence
                found.origins["min-confidence"] = COMMAND_LINE
            found.allow_inline = found.allow_inline and options.inline
            self._settings[id(found)] = found
        return found

    def _words(self, words: list[str]) -> list[str]:
        """Words of the command line that mean rules, those of peers as the ids of ours. Raises UsageError."""
        if not words:
            return []
        self._check_words(words)
        return resolved([*catalogue.catalogue(), *self.foreign], words)

    def _check_words(self, words: list[str]) -> None:
        everything = [*catalogue.catalogue(), *self.foreign]
        for word in words:
            meant = catalogue.matching(everything, word)
            if meant and not self.book.online and all(rule.needs_online for rule in meant):
                note = Notice("", f"{word} asks the repositories of actions, and is silent without --online")
                self.remarks += [note] if note not in self.remarks else []
            if word not in SELECTABLE and not names_engine(word) and not meant:
                from infralint.policy.vocabulary import near  # only the message of an error needs it

                names = {name for rule in everything for name in (rule.id, rule.name, rule.kind, *rule.same_as)}
                raise UsageError(f"{word!r} is no rule or kind{near(word, names)}")

    def peers_off(self, settings: Settings) -> list[Off]:
        """What the configuration files of other linters switch off, for files with these settings."""
        offs = self.all_off()
        return [off for off in offs if off.peer in settings.honor] if offs else offs

    def all_off(self) -> list[Off]:
        """What the configuration files of other linters switch off, whether settings honour it or not."""
        if self._offs is None:
            from infralint.engine.peers.names import NAMES  # most repositories have none of these files

            self._offs = []
            if any(os.path.lexists(os.path.join(self.settings_root, name)) for name in NAMES):
                from infralint.engine.peers.files import configs_in

                self._offs = [off for config in configs_in(self.settings_root) for off in config.offs]
        return self._offs

    def is_rule(self, name: str) -> bool:
        """Whether a name in a suppression means a rule."""
        if self._names is None:
            rules = [*catalogue.catalogue(), *self.foreign]
            self._names = {name for rule in rules for name in (*rule.words, *catalogue.peer_names(rule.same_as))}
        return name in self._names or names_engine(name)

    @cached_property
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

    def is_said(self, path: str) -> bool:
        """Whether the user says of what kind a file is: it is named, or the settings map it."""
        return path in self.named or self.configs.of(path).kind_of(path) is not None

    def kind(self, path: str) -> str | None:
        """The kind a file is judged as."""
        if self.options.as_kind is not None and path in self.named:
            return self.options.as_kind
        settings = self.configs.of(path)
        said = settings.kind_of(path)
        kind = kinds.kind_of(path) or said if settings.names_win else said or kinds.kind_of(path)
        if kind is None and (self.options.all_text or self.configs.of("").all_text):
            return "text"
        return kind

    def _below_start(self, path: str) -> str:
        """A path below the folder that was named to reach it."""
        start = next((one for one in reversed(self.starts) if one and path.startswith(f"{one}/")), "")
        return path[len(start) + 1 :] if start else path

    def is_fixture(self, path: str) -> bool:
        """Whether a file lies in a folder of test fixtures, vendored or generated files that was not itself named."""
        return path not in self.named and self.settings(path).is_fixture(self._below_start(path))

    def variants(self, path: str, kind: str) -> frozenset[str]:
        """For what a file is there, by its path: tests, development, examples."""
        row = kinds.ROWS[kind]
        if kind not in VARIED and not row.family:
            return frozenset()
        folder, slash, name = self._below_start(path).rpartition("/")
        return variants_of(folder + slash + (name.lower().replace(row.own_word, "") if row.own_word else name))

    def fails(self, finding: Finding) -> bool:
        """Whether a finding is grave enough to fail the run."""
        floor = self.options.fail_on if self.options.sets_floor else self.settings(finding.path).fail_on
        ceiling = self.organisation.fail_on if self.organisation is not None else None
        if ceiling is not None and finding.severity >= ceiling:
            return True
        return floor is not None and finding.severity >= floor

    @property
    def organisation(self) -> Organisation | None:
        """What the repository's settings cannot weaken; None where nothing is required and no exception granted. Raises UsageError."""
        if self._is_settled:
            return self._organisation
        self._is_settled = True
        required = self.configs.of("").required
        has_exceptions = os.path.lexists(os.path.join(self.settings_root, EXCEPTIONS)) and self.options.config is None
        if required or has_exceptions or self.options.policy is not None:
            from infralint.engine.organisation import organisation_of  # runs without a policy do without it

            self._organisation = organisation_of(
                self.options.policy, self.settings_root if has_exceptions else "", self.configs.of(""), self.foreign,
                self.options.repository or os.path.basename(self.root),
            )  # fmt: skip
        return self._organisation

    def plan(self) -> list[tuple[str, str]]:
        """The files to judge with their kinds."""
        planned = []
        known = set(self.paths)
        for path in self.paths:
            kind = self.index.files.get(path) if path not in self.named else None
            kind = kind or self.kind(path)
            if kind is None or self.is_excluded(path):
                continue
            target = discover.target_of(self.root, path)
            if target == path or target not in known or self.kind(target) != kind:  # a link to what is judged itself
                planned.append((path, kind))
        return planned

    def is_excluded(self, path: str) -> bool:
        """Whether a path is left out, by the settings around it or by the command line."""
        self.settings(path)
        return self.configs.is_excluded(path)

    def given_source(self) -> Source | None:
        """Standard input as text; None where there is none, or it is no text."""
        try:
            return Source(*self.stdin) if self.stdin is not None else None
        except Unreadable:
            return None

    def read(self, path: str) -> Source | None:
        """A file's text. Raises Unreadable; None for a folder, such as a repository within this one, and for what is gone."""
        if path in self.index.given:
            return self.index.given[path]
        if self.stdin is not None and path == self.stdin[0]:
            return Source(path, self.stdin[1])
        data = self._data(path)
        if data is None:
            return None
        source = Source(path, data)
        self.index.saw(path, data)
        return source

    def bytes_of(self, path: str) -> bytes | None:
        """What a file holds; None for what is not there or cannot be read."""
        try:
            return self._data(path)
        except Unreadable:
            return None

    def _data(self, path: str) -> bytes | None:
        """What a file holds. Raises Unreadable; None as in `read`."""
        full = os.path.join(self.root, path)
        if not os.path.lexists(full) or (path not in self.named and discover.leads_nowhere(self.root, path)):
            return None
        refused = discover.refusal(self.root, path, self._folders)
        if refused:
            raise Unreadable(refused)
        if os.path.isdir(full):
            return None
        try:
            if os.stat(full).st_size > MAX_BYTES:
                raise Unreadable("is larger than 5 MB, which no config should be; exclude it")
            with open(full, "rb") as stream:
                return stream.read()
        except OSError as error:
            raise Unreadable(f"cannot be opened: {error.strerror or error}") from None


def own_rules(
    root: str, folder: str | None, *, trusted: bool = False, only: str | None = None
) -> tuple[list[Rule], list[tuple[str, int, str]]]:
    """Users' own rules: those of the tree's `.infralint/rules` and of a folder that the user names; and which of the
    tree's cannot be loaded: path, line, message. Raises UsageError and, for the named folder, RuleError."""
    rules: list[Rule] = []
    broken: list[tuple[str, int, str]] = []
    local = os.path.join(root, ".infralint", "rules")
    if os.path.isdir(local):
        if not os.path.realpath(local).startswith(os.path.join(os.path.realpath(root), "")):
            raise UsageError(".infralint/rules leads out of the root; name the folder itself with --rules")
        rules, broken = catalogue.local_rules(local, trusted=trusted)
    if folder is not None:
        if folder.startswith(PACKAGE):
            folder = os.path.join(*file_of_package(folder, "--rules"))
        if not os.path.isdir(folder):
            raise UsageError(f"--rules {folder} is not a folder")
        rules += catalogue.foreign_rules(folder, trusted=True, only=only)
    return rules, broken


def known_rules(folder: str | None, path: str = ".") -> list[Rule]:
    """Every rule that commands know: the built-in ones, and the users' own of the tree around a path and of a folder."""
    return [*catalogue.catalogue(), *own_rules(discover.root_of(path), folder)[0]]
