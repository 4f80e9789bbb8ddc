"""Steps that fetch the head of an untrusted pull request: checkouts, clones, remotes, archives and patches."""

from __future__ import annotations

import posixpath

from infralint.analysis.github.checkouts import folder_of, is_checkout
from infralint.analysis.github.scripts import commands_of
from infralint.analysis.github.taint_path import MAX_DEPTH, TaintLookup, TaintPath
from infralint.model.element import Element, Unknown
from infralint.model.github.step import Step
from infralint.model.shared.command import Command
from infralint.tables import taint_sources
from infralint.tables.commands import INTERPRETERS
from infralint.text import regex as re
from infralint.text.record import NamedTuple

_IN_TREE = (
    "checkout",
    "pull",
    "switch",
    "reset",
    "merge",
    "rebase",
    "cherry-pick",
    "worktree",
    "read-tree",
    "restore",
    "apply",
    "am",
)
_VALUED = frozenset(("-C", "-c", "--git-dir", "--work-tree", "-R", "--repo", "--hostname"))
_INSTALLERS = frozenset(("pip", "npm", "yarn", "pnpm", "bun", "cargo", "uv", "pipx", "nix", "docker"))
_ARCHIVE = re.compile(r"/archive/|tarball|zipball|codeload\.|archive_url|raw\.githubusercontent|/raw/")
_PATCH = re.compile(
    r"\.(?:diff|patch)\b|(?:diff|patch)_url|\bgh\b[^|;&]{0,300}\bpr\s+diff\b|vnd\.github\.(?:v3\.)?(?:diff|patch)"
)
MAX_COMMANDS = 300


class Fetch(NamedTuple):
    """What names the head that is fetched, and the folder of the workspace that it comes into ("" for all of it).

    `runs`: the command itself runs what it fetches. `by`: the step that uses `actions/checkout`, that of a local action too.
    """

    head: TaintPath
    folder: str
    runs: bool = False
    by: Step | None = None


def untrusted_fetch(taint: TaintLookup, step: Step) -> Fetch | None:
    """How a step fetches the head of an untrusted pull request; None if it is not known to."""
    if is_checkout(step):
        found = _checkout(taint, step)
        return Fetch(found, folder_of(step, "path"), by=step) if found is not None else None
    if step.run is not None:
        return _Commands(taint, step).fetch()
    inner = taint.inner(step)
    for each in inner.file.steps if inner is not None else ():
        fetched = untrusted_fetch(inner, each) if inner is not None and each is not step else None
        if fetched is not None:
            at = step.uses if step.uses is not None else step
            return fetched._replace(head=fetched.head._replace(at=at))
    return None


def _checkout(taint: TaintLookup, step: Step) -> TaintPath | None:
    """What names a head in the inputs of `actions/checkout`."""
    for name in ("ref", "repository"):
        held = step.input_named(name)
        if held is None or held.text is None:
            continue
        if taint_sources.head_pattern().search(held.text) and "github.repository " not in held.text:
            return TaintPath(str(held.text), held, "head", True)
        found = taint.of_text(held.route, "head", MAX_DEPTH)
        if found is not None:
            return found
    return None


class _Commands:
    """The commands of one script, and which of its remotes and downloads are an outsider's."""

    def __init__(self, taint: TaintLookup, step: Step) -> None:
        self.taint = taint
        self.step = step
        self.commands = commands_of(step.run)[:MAX_COMMANDS] if step.run is not None else []
        self.remotes: set[str] = set()
        self.has_fetched = False
        self.has_patch = False
        self.folder = ""

    def fetch(self) -> Fetch | None:
        """The first command by which the head comes into the workspace."""
        for command in self.commands:
            found = self._of(command)
            if found is not None:
                return found
        return None

    def _of(self, command: Command) -> Fetch | None:
        name, words = str(command.name), _plain(command)
        if name == "cd" and words:
            self.folder = posixpath.normpath(posixpath.join(self.folder, words[0])).removeprefix(".")
        elif name in ("gh", "hub"):
            return self._of_gh(command, words)
        elif name == "git":
            return self._of_git(command, words)
        elif name in ("curl", "wget"):
            return self._of_download(command)
        elif name == "patch" and self.has_patch:
            return self._found(command, "patch of the pull request")
        elif name in ("degit", "tiged") or words[:1] in (["degit"], ["tiged"]):
            return self._found(command, name) if self._names_head(command) else None
        elif name in _INSTALLERS and re.search(r"github|git\+|\.git\b|//", command.raw) and self._names_head(command):
            found = self._found(command, name)
            return found._replace(runs=True)
        return None

    def _of_gh(self, command: Command, words: list[str]) -> Fetch | None:
        if words[:2] == ["pr", "checkout"]:
            return self._found(command, "gh pr checkout")
        if words[:2] in (["repo", "clone"], ["pr", "clone"]) or words[:1] in (["clone"], ["checkout"]):
            return self._found(command, "clone", _target(words[2:])) if self._names_head(command) else None
        if words[:2] == ["pr", "diff"]:
            self.has_patch = True
        if words[:1] == ["api"]:
            return self._of_download(command)
        return None

    def _of_git(self, command: Command, words: list[str]) -> Fetch | None:
        verb, rest = (words[0] if words else ""), words[1:]
        if verb == "clone":
            return self._found(command, "git clone", _target(rest)) if self._names_head(command) else None
        if verb == "remote" and rest[:1] in (["add"], ["set-url"]) and self._names_head(command):
            self.remotes |= set(rest[1:2])
        elif verb in ("fetch", "remote") and (self._names_head(command) or self._names_remote(rest)):
            self.has_fetched = True
            later = [each for each in self.commands if each.start > command.start and str(each.name) == "git"]
            if any((_plain(each) or [""])[0] in _IN_TREE for each in later):
                return self._found(command, "git fetch")
        elif verb in ("apply", "am"):
            return self._found(command, "patch of the pull request") if self.has_patch else None
        elif verb in ("checkout", "switch") and not rest and command.has_flag("-b", "-B", "-c", "-C") is True:
            return None  # a new branch of what is there already, whatever its name
        elif verb in _IN_TREE and (self._names_head(command) or self._names_remote(rest)):
            return self._found(command, "git", _target(rest[1:]) if verb == "worktree" else "")
        return None

    def _of_download(self, command: Command) -> Fetch | None:
        """An archive or file of the head that is downloaded and unpacked, or a patch of it."""
        if not self._names_head(command) and not re.search(r"\bpull/|/pulls/|(?:diff|patch)_url", command.raw):
            return None
        if _PATCH.search(command.raw):
            self.has_patch = True
            return None
        if _is_raw(command):
            return self._of_raw(command) if self._names_head(command) else None
        is_archive = _ARCHIVE.search(command.raw) is not None and self._names_head(command)
        script = str(self.step.run.text) if self.step.run is not None else ""
        if is_archive and re.search(r"\b(?:bsd)?tar\b|\bunzip\b|\b7z\b", script):
            return self._found(command, "download of the pull request head")
        return None

    def _of_raw(self, command: Command) -> Fetch | None:
        """A single file of the head that is run at once, or comes to lie in the workspace."""
        found = self._found(command, "download of the pull request head")
        pipeline = command.shell.pipeline
        behind = pipeline.commands[pipeline.commands.index(command.shell) + 1 :] if pipeline is not None else []
        names = [str(word.value) for each in behind for word in each.argv[:3]]
        if _is_run_by_holder(command) or any(posixpath.basename(name) in INTERPRETERS for name in names):
            return found._replace(runs=True)
        files = [str(each.target.raw) for each in command.shell.redirections if each.operator == ">" and each.target]
        given = command.flag_value("-o", "--output", "-O", "--output-document")
        files += [str(given)] if given is not None else []
        is_saved = command.has_flag("-O", "--remote-name") is True or command.name == "wget"
        inside = [file for file in files if not re.match(r"[\"']?(?:/|~|\$\{?(?:RUNNER_TEMP|HOME)|-$)", file)]
        return found if inside or (is_saved and not files) else None

    def _found(self, command: Command, what: str, folder: str = "") -> Fetch:
        at = Element(self.step.source, command.start, command.end)
        return Fetch(TaintPath(what, at, "head", True), posixpath.join(self.folder, folder).strip("/"))

    def _names_remote(self, words: list[str]) -> bool:
        return any(word.partition("/")[0] in self.remotes for word in words) or (
            self.has_fetched and "FETCH_HEAD" in words
        )

    def _names_head(self, command: Command) -> bool:
        """Whether a command names the head of a pull request, by itself or by a variable."""
        text = command.raw
        if taint_sources.head_pattern().search(text) or re.search(r"\bpull/", text):
            return True
        names = re.findall(r"\$\{?(\w+)", text)[:10]
        held = self.taint.held(self.step, "head")
        return any(name in held or self.taint.variable(self.step, name, "head", 12) is not None for name in names)


def _is_run_by_holder(command: Command) -> bool:
    """Whether what it prints is run: it stands in an argument of an interpreter, `eval` or `source`, not in an assignment."""
    holder = command.shell.holder
    name = holder.argv[0].value if holder is not None and holder.argv else None
    return isinstance(name, str) and (posixpath.basename(name) in INTERPRETERS or name in ("eval", "source", "."))


def _is_raw(command: Command) -> bool:
    """Whether it downloads a single file and no archive."""
    return re.search(r"raw\.githubusercontent|/raw/", command.raw) is not None


def _plain(command: Command) -> list[str]:
    """The operands of a command, without the values of options that stand before its verb; `?` for what is not known."""
    found: list[str] = []
    skip = False
    for word in command.arguments:
        text = "?" if isinstance(word, Unknown) else str(word)
        if skip:
            skip = False
        elif text in _VALUED or text in ("-b", "--branch", "--depth", "-o", "--output"):
            skip = True
        elif not text.startswith("-"):
            found.append(text)
    return found


def _target(words: list[str]) -> str:
    """The folder that a clone goes to: the word behind the address; that of the repository's name is not known."""
    folder = words[1] if len(words) > 1 else ""
    return "" if folder in (".", "./", "?") else folder.removeprefix("./").rstrip("/")
