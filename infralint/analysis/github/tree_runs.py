"""Commands that run files of the working tree: scripts of it, and programs that its configuration steers."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from itertools import pairwise

from infralint.analysis.github.scripts import script_of
from infralint.analysis.github.shells import is_posix
from infralint.model.element import Unknown, remembered
from infralint.model.github.expression import as_shell_variables
from infralint.model.github.step import Run, Step
from infralint.model.shared.command import Command, commands_in
from infralint.syntax.shell import read_shell
from infralint.tables import taint_sources, tree_runners
from infralint.tables.actions import words_of
from infralint.tables.commands import SHELLS
from infralint.text import regex as re
from infralint.text.record import NamedTuple
from infralint.text.source import Text

MAX_COMMANDS = 500
_QUESTIONS = frozenset(("--version", "-version", "-v", "-V", "--help", "-h", "version", "help"))
_FOLDER_FLAGS = frozenset(
    (
        "-C",
        "--directory",
        "--prefix",
        "--cwd",
        "--dir",
        "--project-dir",
        "--manifest-path",
        "-f",
        "--file",
        "-S",
        "--chdir",
    )
)
_SOURCES = {
    "uvx": (["--from"], ["--with"], ["--with-editable"]),
    "pipx": (["run"], ["--spec"]),
    "uv": (["--from"], ["--with"]),
}
"""Words behind which these programs take a folder for the package that they run."""
_FOUND_SCRIPTS = tree_runners.INTERPRETERS - {"sed", "gsed", "awk", "gawk", "perl"}
_INSIDE = "/workspace/"
_WORKSPACE = re.compile(r"^[\"']?\$(?:\{GITHUB_WORKSPACE\}|GITHUB_WORKSPACE|\{PWD\}|PWD|\(pwd\))[\"']?/?[\"']?")
Words = Sequence[str | None]
"""The words of a command; None where a variable decides."""


class TreeRun(NamedTuple):
    """A command that runs files of the tree: the folders and files, as paths of the workspace, from which it takes them.

    A path is "" for the workspace itself and "?" where a variable decides.
    """

    start: int
    paths: tuple[str, ...]


def takes_from(run: TreeRun, folder: str) -> bool:
    """Whether a command takes what it runs from a folder of the workspace ("" for all of it)."""
    if not folder:
        return any(not path.startswith(("/", "~")) for path in run.paths)
    return any(path == folder or path.startswith(f"{folder}/") for path in run.paths)


@remembered
def tree_runs(step: Step) -> list[TreeRun]:
    """The commands of a step that run files of the tree, in order."""
    folder = working_directory(step)
    found = [run for text in _scripts(step) for run in _runs_in(text, folder)]
    if step.run is not None and is_posix(step.run) is False:
        found += _runs_by_lines(step.run, folder)
    return found


def _scripts(step: Step) -> Iterator[Text]:
    """The shell scripts of a step: its `run:`, and inputs by which an action is given commands."""
    if step.run is not None:
        if script_of(step.run) is not None:
            yield step.run.text
    elif step.uses is not None and not step.uses.action.startswith("actions/"):
        for name in words_of(step.uses.action, "scripts"):
            held = step.input_named(name)
            if held is not None and held.text is not None:
                yield held.text


def working_directory(step: Step) -> str:
    """The folder that a script runs in."""
    node = step.get("working-directory")
    text = re.sub(r"^\$\{\{\s*github\.workspace\s*\}\}/?", "", str(getattr(node, "content", "") or ""))
    return "?" if "${{" in text else _joined("", text)


def _runs_in(text: Text, folder: str) -> Iterator[TreeRun]:
    """The commands of one script that run files of the tree; `folder` is the one that it begins in."""
    text = Text(
        re.sub(r"\$\{\{\s*github\.workspace\s*\}\}", _as_long, text), text.source, text.start, text.end, text.pieces
    )
    for command in list(commands_in(read_shell(as_shell_variables(text))))[:MAX_COMMANDS]:
        if command.name in ("cd", "pushd") and command.arguments:
            folder = _joined(folder, _path_at(command, len(command.words) - 1))
            continue
        taken = _taken_by(command, folder) or _taken_in_loop(command, text, folder)
        if taken:
            yield TreeRun(command.start, tuple(taken))


def _taken_in_loop(command: Command, text: Text, folder: str) -> list[str]:
    """The files of the tree that a command runs one by one: `for each in tests/*.sh; do bash "$each"; done`."""
    argv, at = command.shell.argv, command.resolved_program[1]
    is_script = isinstance(command.name, Unknown) or command.name in _FOUND_SCRIPTS
    named = next((word.raw for word in argv[at:] if isinstance(word.value, Unknown)), None) if is_script else None
    held = re.fullmatch(r"[\"']?(?:\./)?\$\{?(\w+)\}?[\"']?", named) if named is not None else None
    if held is None:
        return []
    loop = re.search(rf"\bfor\s+{held[1]}\s+in\s+([^;\n]+)", text)
    words = loop[1].split() if loop is not None else []
    return [_joined(folder, posixpath.dirname(word)) for word in words if re.match(r"(?:\./)?[\w.-]+/|\*\.\w", word)]


def _as_long(match: re.Match[str]) -> str:
    """The variable of the workspace, padded to the length of the expression, so that offsets stay."""
    return "${GITHUB_WORKSPACE}".ljust(len(match[0]), "/")


def _path_at(command: Command, at: int) -> str:
    """A word as a path: below `_INSIDE` where the workspace is named, "?" where a variable decides, else as it is written."""
    word, raw = command.words[at], str(command.shell.argv[at].raw)
    inside = _WORKSPACE.match(raw)
    if inside is not None:
        return _INSIDE + raw[inside.end() :].strip("\"'/")
    return "?" if isinstance(word, Unknown) else str(word)


def _joined(folder: str, path: str) -> str:
    """A path seen from a folder, as one of the workspace; "?" where that is not known."""
    if path.startswith(_INSIDE):
        folder, path = "", path.removeprefix(_INSIDE)
    if path.startswith(("/", "~")):
        return path
    if "?" in (folder, path):
        return "?"
    whole = posixpath.normpath(posixpath.join(folder, path) or ".")
    return "" if whole == "." else whole


def _taken_by(command: Command, folder: str) -> list[str]:
    """What a command runs of the tree, as paths of the workspace; none where it runs nothing of it."""
    at = command.resolved_program[1]
    if at >= len(command.words):
        return []
    own = _path_at(command, at)
    if own.startswith(_INSIDE) or ("/" in own and not own.startswith(("/", "~"))):
        return [_joined(folder, own)]
    name = command.name
    if isinstance(name, Unknown):  # "$HOME/.local/bin/poetry"
        last = re.search(r"/([\w.-]+)[\"']?$", command.shell.argv[at].raw)
        name = last[1] if last is not None else ""
    return _taken(command, str(name), at, folder)


def _taken(command: Command, name: str, at: int, folder: str) -> list[str]:
    """The same for a program of that name, which stands at a word of the command."""
    words = [None if isinstance(word, Unknown) else str(word) for word in command.words[at + 1 :]]
    if words and all(word in _QUESTIONS for word in words):
        return []
    if name == "pip":
        return _installed(command, at, folder)
    if name in tree_runners.INTERPRETERS or re.fullmatch(r"(?:python|pypy|ruby|perl|php|lua)[\d.]+", name):
        return _interpreted(command, name, at, folder)
    if name in tree_runners.ALWAYS or is_asked_to_run_tree(name, words):
        return [folder, *_named_paths(command, at, folder)]
    return _started(command, name, at, folder) if name in tree_runners.RUNNERS else []


def is_asked_to_run_tree(name: str, words: Words) -> bool:
    """Whether a program that does other things too is asked for one by which it runs the tree."""
    plain = [word for word in words if word is not None and not word.startswith(("-", "+"))]
    if name in tree_runners.CONTAINERS:
        return any(tuple(plain[: len(each)]) == each for each in tree_runners.CONTAINER_BUILDS)
    if name in tree_runners.COMPOSE:
        return any(("compose", word) in tree_runners.CONTAINER_BUILDS for word in plain)
    row = tree_runners.subcommands_of(name)
    if row is None or any(word in ("-g", "--global", "--location=global") for word in words):
        return False
    if name in ("npm", "bun") and "--ignore-scripts" in words and plain[:1] in (["ci"], ["install"], ["i"], ["add"]):
        return False
    if name == "go" and plain[:1] == ["install"]:
        return any(word.startswith(".") for word in plain[1:])
    if name == "nix" and any(re.match(r"nixpkgs|github:|git\+|https:", word) for word in plain[1:]):
        return False
    is_other, known = row
    if not plain:
        return is_other and name in ("pnpm", "composer", "R", "Rscript")
    return plain[0] not in known if is_other else plain[0] in known


def _named_paths(command: Command, at: int, folder: str) -> list[str]:
    """The folders and files that the arguments of a program name."""
    found = []
    for number in range(at + 1, len(command.words)):
        path = _path_at(command, number)
        if path.startswith("-"):
            path = path.partition("=")[2]
        if (
            path
            and path != "?"
            and ("/" in path or str(command.words[number - 1]) in _FOLDER_FLAGS or number == at + 2)
        ):
            found.append(_joined(folder, path))
    return found


def _installed(command: Command, at: int, folder: str) -> list[str]:
    """What `pip` builds or installs of the tree: folders, and lists of requirements, which may name anything."""
    words = [_path_at(command, number) for number in range(at + 1, len(command.words))]
    if not any(word in ("install", "wheel", "download", "sync") for word in words):
        return []
    found = []
    for before, word in zip(["", *words], words, strict=False):
        flag = re.match(r"(?:--(?:requirement|editable|constraint)=|-[rec](?=[\w./]))(.+)", word)
        path = flag[1] if flag is not None else word
        is_file = flag is not None or before in ("-r", "--requirement", "-e", "--editable", "-c", "--constraint")
        is_path = re.match(r"\.{1,2}(?:$|[/\[])|/workspace/|[\w.-]+/[\w./-]*$", path) is not None
        if (
            path != "?"
            and not path.startswith("-")
            and "://" not in path
            and (is_file or is_path or words[0] == "sync" != path)
        ):
            found.append(_joined(folder, path.partition("[")[0]))
    return found


def _interpreted(command: Command, name: str, at: int, folder: str) -> list[str]:
    """The script of the tree that an interpreter runs."""
    flags = tree_runners.SCRIPT_FLAGS.get(name)
    if flags is not None:
        given = command.flag_value(*flags)
        return [] if given is None or isinstance(given, Unknown) else [_joined(folder, str(given))]
    number = at + 1
    while number < len(command.words):
        path = _path_at(command, number)
        following = command.words[number + 1] if number + 1 < len(command.words) else None
        if path == "-m" and name.startswith(("python", "pypy")):
            module = "" if following is None or isinstance(following, Unknown) else str(following)
            return [folder] if module and tree_runners.runs_module(module) else []
        if path in tree_runners.INLINE_FLAGS or re.fullmatch(r"-[a-z]*[ce]", path):
            code = command.shell.argv[number + 1].raw if following is not None else ""
            return [folder] if name not in SHELLS and re.search(tree_runners.TREE_CODE, code) else []
        if path == "--test" and name == "node":
            return [folder]
        if not path.startswith("-") or path == "-":
            return [] if path in ("-", "?") else [_joined(folder, path)]
        number += 2 if path in tree_runners.VALUED_FLAGS else 1
    return _fed(command, folder)


def _fed(command: Command, folder: str) -> list[str]:
    """The script that an interpreter without operands reads: by `xargs`, or from a file."""
    if str(command.words[0]) == "xargs":
        return [folder]
    files = [each.target for each in command.shell.redirections if each.operator == "<" and each.target is not None]
    return [_joined(folder, str(each.value)) for each in files if not isinstance(each.value, Unknown)]


def _started(command: Command, name: str, at: int, folder: str) -> list[str]:
    """What a program starts that stands among the arguments of another one."""
    raw = [str(word.raw).strip("\"'") for word in command.shell.argv[at + 1 :]]
    mounts = [
        word
        for word in raw
        if _WORKSPACE.search(re.sub(r"^[\w,=]*(?:src|source)=", "", word)) or word.startswith("./:")
    ]
    if name in tree_runners.CONTAINERS and not mounts:
        return []
    words = [each for word in raw for each in word.split()]
    if name == "find":
        started = [each for flag, each in pairwise(words) if flag in ("-exec", "-execdir", "-ok")]
        return [folder] if any(each == "{}" or each in _FOUND_SCRIPTS for each in started) else []
    for number, word in enumerate(words):
        bare = posixpath.basename(word)
        if bare in tree_runners.ALWAYS or is_asked_to_run_tree(bare, words[number + 1 :]):
            return [folder]
        if re.match(r"\.{1,2}/\w", word) or (word == "." and words[number - 1 : number] in _SOURCES.get(name, ())):
            return [_joined(folder, word)]
    return []


def _runs_by_lines(run: Run, folder: str) -> Iterator[TreeRun]:
    """The same for scripts that no POSIX shell reads, by the shape of their lines."""
    for match in taint_sources.running().finditer(run.text):
        named = match["own"] or match["file"]
        yield TreeRun(run.text.offset(match.start()), (_joined(folder, named) if named is not None else folder,))
