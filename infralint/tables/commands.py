"""What a command line does: which program runs behind its wrappers, what it installs, downloads, interprets.

As of 2026-11, from the manuals of the programs.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

from collections.abc import Sequence

from infralint.syntax.shell_words import WRAPPER_OPERANDS, WRAPPERS
from infralint.tables.managers import MANAGERS, Manager
from infralint.text import regex as re
from infralint.text.record import NamedTuple
from infralint.text.source import Text
from infralint.text.unknown import UNKNOWN, Unknown

Argument = Text | Unknown
"""A word of a command line; UNKNOWN where it holds a variable."""

DOWNLOADERS = frozenset(("curl", "wget", "aria2c", "fetch"))
SHELLS = frozenset(("sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "fish"))
INTERPRETERS = SHELLS | frozenset(
    ("python", "python2", "python3", "perl", "ruby", "node", "nodejs", "php", "pwsh", "powershell")
)
HARMLESS = frozenset((
    "adduser", "addgroup", "useradd", "groupadd", "usermod", "chmod", "chown", "cp", "echo", "export", "find", "ln",
    "ls", "mkdir", "mv", "printf", "rm", "sed", "set", "sleep", "true", "touch", "cd", "test", "[", ":",
))  # fmt: skip
"""Programs that install nothing, whatever their arguments."""
UNFAILING = frozenset(("echo", "printf", "yes", "true", ":"))
"""Programs whose failure in a pipe tells nothing: they only print (`yes` always ends by a broken pipe)."""
ELEVATORS = frozenset(("sudo", "doas"))
LAUNCHERS = frozenset("npx bunx bundle exec dlx poetry uv uvx run hatch pdm pipenv rye".split())
"""Words of package managers by which they start the program that follows."""


class Package(NamedTuple):
    """One package that a command names; no version where none is asked for."""

    name: Text
    version: Text | None
    word: Text


class Use(NamedTuple):
    """One call of a package manager. `action` is install, update, upgrade, clean or other.

    `unnamed` counts arguments that are no package by name: files, folders, addresses, variables.
    """

    manager: str
    action: str
    subcommand: Text | None
    packages: list[Package]
    unnamed: int
    assumes_yes: bool | Unknown


def basename(value: str) -> str:
    """The name of a program without its folder and Windows ending."""
    name = value.rpartition("/")[2]
    return name.removesuffix(".exe")


def unwrap(words: Sequence[Argument]) -> tuple[int, list[str]]:
    """Where the program stands behind `sudo`, `env` and their like, and the names of those."""
    at = 0
    wrappers: list[str] = []
    while at < len(words):
        word = words[at]
        if isinstance(word, Unknown):
            return at, wrappers
        name = basename(word)
        if name not in WRAPPERS or at + 1 == len(words):
            return at, wrappers
        after = _behind_options(words, at + 1, frozenset(WRAPPERS[name].split()), name == "env" or name in ELEVATORS)
        after += WRAPPER_OPERANDS.get(name, 0)
        if after >= len(words):
            return at, wrappers
        wrappers.append(name)
        at = after
    return at, wrappers


def _behind_options(words: Sequence[Argument], at: int, valued: frozenset[str], assigns: bool) -> int:
    while at < len(words):
        word = words[at]
        if isinstance(word, Unknown):
            return at
        if word == "--":
            return at + 1
        if word.startswith("-") and len(word) > 1:
            at += 2 if str(word) in valued else 1
        elif assigns and "=" in word and not word.startswith("="):
            at += 1
        else:
            return at
    return at


def program_of(words: Sequence[Argument]) -> tuple[str | Unknown | None, int]:
    """The program that runs, by its bare name, and its index; `python -m pip` is pip, `pip3.12` too."""
    at, _ = unwrap(words)
    if at >= len(words):
        return None, at
    word = words[at]
    if isinstance(word, Unknown):
        return UNKNOWN, at
    name = basename(word)
    if name.startswith("python") and at + 2 < len(words) and _is(words[at + 1], "-m") and _is(words[at + 2], "pip"):
        return "pip", at + 2
    if name == "uv" and at + 1 < len(words) and _is(words[at + 1], "pip"):
        return "pip", at + 1
    if name.startswith("pip") and name[3:].replace(".", "").isdigit():
        return "pip", at
    return name, at


def _is(word: Argument, value: str) -> bool:
    return not isinstance(word, Unknown) and str(word) == value


def use_of(words: Sequence[Argument]) -> Use | None:
    """What a package manager is asked to do; None where the program is none."""
    name, at = program_of(words)
    if isinstance(name, Unknown) or name is None:
        return None
    manager = MANAGERS.get(name)
    if manager is None:
        return None
    if name == "pacman":
        return _pacman(manager, words[at + 1 :])
    plain, flags, versions = _arguments(words[at + 1 :], manager)
    subcommand: Text | None = None
    for word in plain[:2]:
        if isinstance(word, Unknown):
            break
        del plain[0]
        subcommand = word
        if word not in ("global", "module"):  # yarn global add
            break
    if subcommand is None and plain:
        return Use(name, "other", None, [], len(plain), UNKNOWN)
    asks = subcommand is None and any(flag in ("--version", "-v", "--help", "-h") for flag in flags)
    action = "other" if asks else action_of(manager, str(subcommand) if subcommand is not None else manager.default)
    packages: list[Package] = []
    unnamed = 0
    if action == "install":
        for word in plain[:1] if subcommand == "run" else plain:
            package = None if isinstance(word, Unknown) else package_of(manager, word)
            if package is None:
                unnamed += 1
            else:
                packages.append(package)
        if len(packages) == 1 and versions and packages[0].version is None:
            packages = [packages[0]._replace(version=versions[0])]
    return Use(name, action, subcommand, packages, unnamed, _yes(manager, flags))


def action_of(manager: Manager, subcommand: str) -> str:
    """The sort of a subcommand."""
    if subcommand in manager.install:
        return "install"
    if subcommand in manager.update:
        return "update"
    if subcommand in manager.upgrade:
        return "upgrade"
    return "clean" if subcommand in manager.clean else "other"


_VERSION_FLAGS = {"gem": ("-v", "--version"), "cargo": ("--version", "--vers")}


def _arguments(words: Sequence[Argument], manager: Manager) -> tuple[list[Argument], list[Argument], list[Text]]:
    """Plain words, flags, and versions given by a flag of their own."""
    plain: list[Argument] = []
    flags: list[Argument] = []
    versions: list[Text] = []
    version_flags = _VERSION_FLAGS.get(manager.name, ())
    at, only_plain = 0, False
    while at < len(words):
        word = words[at]
        at += 1
        if isinstance(word, Unknown) or only_plain or not word.startswith("-") or word == "-":
            plain.append(word)
            continue
        if word == "--":
            if manager.name == "gem":  # the rest is for the build of its extension
                break
            only_plain = True
            continue
        flags.append(word)
        name, equals, _ = word.partition("=")
        if name in version_flags:
            value = word.slice(len(name) + 1, len(word)) if equals else words[at] if at < len(words) else UNKNOWN
            versions.append(word if isinstance(value, Unknown) else value)
        if str(word) in manager.valued:
            at += 1
    return plain, flags, versions


def _yes(manager: Manager, flags: list[Argument]) -> bool | Unknown:
    if manager.yes is None:
        return True
    letters = {flag[1] for flag in manager.yes if len(flag) == 2}
    quiet = 0
    for flag in flags:
        if isinstance(flag, Unknown):
            continue
        if flag in manager.yes or flag.partition("=")[0] in manager.yes:
            return True
        if flag[1] != "-" and flag.isascii() and flag[1:].isalpha() and not letters.isdisjoint(flag[1:]):
            return True
        if manager.name.startswith("apt"):
            if flag == "-q=2":
                return True
            quiet += flag == "--quiet" or (flag[1] != "-" and flag[1:].isalpha() and flag.count("q"))
    return quiet > 1


def _pacman(manager: Manager, words: Sequence[Argument]) -> Use:
    plain, flags, _ = _arguments(words, manager)
    action = "other"
    for flag in flags:
        if isinstance(flag, Unknown) or not flag.startswith("-S"):
            continue
        action = (
            "clean" if "c" in flag else "upgrade" if "u" in flag and not plain else "install" if plain else "update"
        )
    packages = [Package(word, None, word) for word in plain if not isinstance(word, Unknown)]
    if action != "install":
        packages = []
    return Use("pacman", action, None, packages, len(plain) - len(packages), _yes(manager, flags))


def package_of(manager: Manager, word: Text) -> Package | None:
    """The package that a word names; None for files, folders, addresses and version-control links."""
    if word.startswith(("git+", "git://")) and manager.name in ("pip", "npm") and "$" not in word:
        return _from_git(manager, word)
    if (
        "://" in word
        or word.startswith((".", "/", "~", "git+", "file:"))
        or word.endswith((".whl", ".deb", ".rpm", ".apk", ".tar", ".tgz", ".gz", ".zip", ".gem", ".go"))
    ):
        return None
    if not word or "$" in word or (manager.name in ("pip", "pipx") and "/" in word):
        return None
    if manager.name == "go" and word in ("all", "cmd", "std", "tool"):  # patterns of the module's own
        return None
    for sign in sorted(manager.versions, key=len, reverse=True):
        at = word.find(sign, 1)
        if at > 0:
            return Package(word.slice(0, at), word.slice(at + len(sign), len(word)), word)
    if manager.name in ("pip", "pipx"):
        at = min((i for i in map(word.find, "<>!~@;[") if i > 0), default=-1)
        if at > 0:
            return Package(word.slice(0, at), None, word)
    if not manager.versions and manager.name != "pacman":
        return _dashed(word)
    return Package(word, None, word)


def _from_git(manager: Manager, word: Text) -> Package:
    """A repository as pip and npm name it; what they check out stands behind `@` or `#`."""
    path = word.partition("#")[0]
    at = len(path) if manager.name == "npm" else path.find("@", path.rfind("/"))
    version = word.slice(at + 1, len(word)) if 0 <= at < len(word) else None
    return Package(word, version, word)


def _dashed(word: Text) -> Package:
    """`nginx-1.24.0`, as yum and dnf write it: the version begins at the first dash before a digit."""
    if (colon := word.find(":", 1)) > 0:  # a stream of a module
        return Package(word.slice(0, colon), word.slice(colon + 1, len(word)), word)
    at = word.find("-")
    while at > 0:
        rest = word[at + 1 :]
        if rest[:1].isdigit() and "." in rest:
            return Package(word.slice(0, at), word.slice(at + 1, len(word)), word)
        at = word.find("-", at + 1)
    return Package(word, None, word)


def is_interpreter(name: str) -> bool:
    """Whether a program runs code that it reads: a shell, Python, Perl, ..."""
    return name in INTERPRETERS or (name.startswith("python") and name[6:].replace(".", "").isdigit())


def reads_code_from_input(words: Sequence[Argument]) -> bool | Unknown:
    """Whether an interpreter takes its code from standard input: `sh`, `bash -s -- x`, `python3 -`."""
    name, at = program_of(words)
    if isinstance(name, Unknown):
        return UNKNOWN
    if name is None or not is_interpreter(name):
        return False
    for word in words[at + 1 :]:
        if isinstance(word, Unknown):
            return UNKNOWN
        if word in ("-", "-s", "/dev/stdin", "/proc/self/fd/0") or word == "--":
            return True
        if not word.startswith("-"):
            return False
        if not word.startswith("--"):
            if "s" in word[1:] and name in SHELLS:
                return True
            if "c" in word[1:] or (word[1:2] in ("e", "m") and name not in SHELLS):
                return False
    return True


RELOADING = frozenset(("uvicorn", "gunicorn", "hypercorn", "flask"))
"""Servers that `--reload` or `--debug` turns into one for the desk."""
FOR_DEVELOPMENT = frozenset(("nodemon", "ts-node-dev", "webpack-dev-server"))
"""Programs that start others again whenever a file changes."""


def credential_in(word: str) -> tuple[int, int] | None:
    """Where a variable, substitution or expression stands as user or password of an address; None where none does."""
    if "://" not in word or "@" not in word:
        return None
    value = r"(?:\$\{\{[^}\n]*\}\}|\$\{?\w+\}?|\$\([^)\n]*\))"
    match = re.search(rf"https?://(?:[\w.-]*:)?({value}(?::(?:[\w.-]+|{value}))?)@", word)
    return match.span(1) if match is not None else None
