"""The rules of a run: found, compiled once, and loaded only for the kinds that are met."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from functools import cache
from types import SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from infralint.model.document import Document
    from infralint.policy.rule_file import RuleFile

HERE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
OTHERS = "_others"
"""What the compiled module of a kind's pedantic and opt-in rules is called behind the kind: most runs do not load it."""
MAX_BYTES = 300_000
"""More than any rule may hold: one that is cut here is refused for its length."""


class Rule:
    """A compiled rule. `functions`: items, when, at, say, related, fix, same_as, part_of, once, pedantic_if."""

    __slots__ = ("entry", "functions", "is_foreign", "params", "rule_file")

    def __init__(
        self,
        entry: dict[str, Any],
        functions: tuple[Any, ...] | None,
        is_foreign: bool = False,
        rule_file: RuleFile | None = None,
    ) -> None:
        self.entry = entry
        self.rule_file = rule_file
        """The file of a user's own rule; None for a built-in one, whose file is read where its page is asked for."""
        self.functions = functions
        self.is_foreign = is_foreign
        types = entry["types"]
        self.params = SimpleNamespace(**{name: _param(types[name], value) for name, value in entry["params"].items()})

    @property
    def id(self) -> str:
        return self.entry["id"]  # type: ignore[no-any-return]

    @property
    def name(self) -> str:
        return self.id.rsplit("/", 1)[-1]

    @property
    def kind(self) -> str:
        return self.entry["kind"]  # type: ignore[no-any-return]

    @property
    def words(self) -> frozenset[str]:
        """Every word of our own that means it: id, name, and those it had before."""
        former = self.entry["formerly"]
        return frozenset((self.id, self.name, *former, *(name.rpartition("/")[2] for name in former)))

    @property
    def profile(self) -> str:
        return self.entry["profile"]  # type: ignore[no-any-return]

    @property
    def status(self) -> str:
        return self.entry["status"]  # type: ignore[no-any-return]

    @property
    def same_as(self) -> tuple[str, ...]:
        return tuple(self.entry["same_as"])

    @property
    def needs_online(self) -> bool:
        """Whether it is judged only where other machines may be asked."""
        return self.entry["online"]  # type: ignore[no-any-return]

    @property
    def part_of(self) -> tuple[str, ...]:
        return tuple(self.entry["part_of"])

    def __repr__(self) -> str:
        return f"<Rule {self.id}>"


def _param(sort: str, value: Any) -> Any:
    """A parameter as its rule compares it: sizes, durations and versions by their order, the others as they are."""
    if sort not in ("size", "duration", "version"):
        return value
    from infralint.text.quantity import ORDERED

    return ORDERED[sort].read(str(value))


def rules_folder() -> Path:
    """Where the built-in rules lie: inside the installed package, beside it in a checkout."""
    from pathlib import Path

    return Path(_rules_folder())


def _rules_folder() -> str:
    inside = os.path.join(HERE, "rules")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(HERE), "rules")


def rule_path(rule: str) -> Path:
    """The file of a built-in rule."""
    return rules_folder() / f"{rule}.md"


def read_rule_files(folder: Path, prefix: str = "") -> list[RuleFile]:
    """Every rule below a folder, sorted by id. Raises RuleError at the first that cannot be read."""
    return [read_rule_file(folder, path, prefix) for path in _rule_paths(folder)]


def _rule_paths(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.rglob("*.md"))
        if path.name not in ("README.md", "_remedies.md") and not path.is_symlink() and path.is_file()
    ]


def read_rule_file(folder: Path, path: Path, prefix: str) -> RuleFile:
    """The rule at a path below a folder of rules; its id is the path behind the prefix. Raises RuleError."""
    from infralint.policy.rule_file import REMEDIES, read, read_remedies

    name = path.relative_to(folder).with_suffix("").as_posix()
    shared = path.parent / REMEDIES
    remedies = read_remedies(os.path.relpath(shared), _text_of(shared)) if shared.is_file() else {}
    return read(prefix + name, os.path.relpath(path), _text_of(path), remedies)


def _text_of(path: Path) -> str:
    from infralint.policy.rule_file import RuleError

    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(os.path.relpath(path), 1, 1, f"cannot be read: {error}") from None


def _stamp() -> str:
    """What the compiled modules depend on: in a checkout the rules, the models and the compiler."""
    if os.path.isdir(os.path.join(HERE, "rules")):
        return "built"
    entries = []
    for base, ending in (
        (_rules_folder(), ".md"),
        *((os.path.join(HERE, floor), ".py") for floor in ("model", "analysis", "fixes", "policy")),
    ):
        for folder, _, names in os.walk(base):
            for name in names:
                if name.endswith(ending):
                    status = os.stat(os.path.join(folder, name))
                    entries.append(f"{folder}/{name} {status.st_mtime_ns} {status.st_size}")
    import zlib

    return f"{zlib.crc32(chr(10).join(sorted(entries)).encode()):08x}-{len(entries)}-{sys.version_info[1]}"


def stamp() -> str:
    """Changes whenever the built-in rules or what they ask do; an installed package changes with its version only."""
    _module("nouns")
    return str(_loaded["stamp"])


def build(target: Path, folder: Path | None = None, stamp: str | None = None) -> None:
    """Compile all built-in rules into a folder: by kind a module of the default rules and one of the others, and the catalogue.

    Raises RuleError.
    """
    from infralint.policy import compile as compiler
    from infralint.policy import vocabulary

    words = vocabulary.load()
    by_module: dict[str, list[RuleFile]] = {}
    for rule_file in read_rule_files(folder or rules_folder()):
        name = rule_file.kind if rule_file.choice("profile") == "default" else rule_file.kind + OTHERS
        by_module.setdefault(name, []).append(rule_file)
    entries: list[dict[str, Any]] = []
    modules: dict[str, str] = {}
    for name, rule_files in by_module.items():
        modules[name] = compiler.module(rule_files, words)
        space: dict[str, Any] = {}
        exec(compile(modules[name], name, "exec"), space)
        entries += [entry for entry, _ in space["RULES"]]
    entries.sort(key=lambda entry: entry["id"])
    nouns = {
        kind: {name: noun.home for name, noun in offered.items() if noun.home} for kind, offered in words.nouns.items()
    }
    target.mkdir(parents=True, exist_ok=True)
    modules["catalogue"] = f"# Generated from rules/*.md; do not edit.\nENTRIES = {entries!r}\n"
    modules["nouns"] = f"# Generated from the analyses; do not edit.\nNOUNS = {nouns!r}\n"
    for name, text in modules.items():
        _write(target / f"{name}.py", text)
    _write(target / "__init__.py", f'"""Compiled rules."""\n\nSTAMP = {stamp or _stamp()!r}\n')


def _write(path: Path, text: str) -> None:
    fresh = path.with_suffix(f".{os.getpid()}.new")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, path)


_loaded: dict[str, Any] = {}


def _module(name: str) -> dict[str, Any]:
    """A compiled module's names; the rules are compiled first where they have changed."""
    if "stamp" not in _loaded:
        from importlib import import_module

        stamp = _stamp()
        try:
            compiled: Any = import_module("infralint.compiled")

            fresh = stamp == "built" or stamp == compiled.STAMP
        except (ImportError, AttributeError):  # never built, or built halfway
            fresh = False
        if not fresh:
            from pathlib import Path

            try:
                build(Path(HERE, "compiled"))
                for known in [n for n in sys.modules if n.startswith("infralint.compiled")]:
                    del sys.modules[known]
                import importlib

                importlib.invalidate_caches()
            except PermissionError:  # a read-only checkout: compile in memory, each time
                import tempfile

                with tempfile.TemporaryDirectory() as folder:
                    build(Path(folder))
                    for path in Path(folder).glob("*.py"):
                        space: dict[str, Any] = {}
                        exec(compile(path.read_text(encoding="utf-8"), path.name, "exec"), space)
                        _loaded[path.stem] = space
        _loaded["stamp"] = stamp
    if name not in _loaded:
        from importlib import import_module

        try:
            _loaded[name] = vars(import_module(f"infralint.compiled.{name}"))
        except ModuleNotFoundError:
            _loaded[name] = {"RULES": [], "ENTRIES": [], "NOUNS": {}}
    return _loaded[name]  # type: ignore[no-any-return]


def rules_of(kind: str, *, with_others: bool = True) -> list[Rule]:
    """The built-in rules that judge a kind (`any` for the shared nouns); without others those of the default profile."""
    pairs = [*_module(kind)["RULES"], *(_module(kind + OTHERS)["RULES"] if with_others else ())]
    return sorted((Rule(entry, functions) for entry, functions in pairs), key=lambda rule: rule.id)


def catalogue() -> list[Rule]:
    """Every built-in rule without its functions: what it is called, and whose rules it answers."""
    if "rules" not in _loaded:
        _loaded["rules"] = [Rule(entry, None) for entry in _module("catalogue")["ENTRIES"]]
    return list(_loaded["rules"])


def nouns_outside(kind: str) -> dict[str, str]:
    """The nouns of a kind that an analysis finds, not the document itself: name to `module:function`."""
    return _module("nouns")["NOUNS"].get(kind, {})  # type: ignore[no-any-return]


def elements_of(document: Document, noun: str) -> Iterable[Any] | None:
    """The elements of a document that a noun means; None where its kind has no such noun."""
    offered = document.nouns.get(noun)
    if offered is not None:
        return offered.of(document)
    home = nouns_outside(document.kind).get(noun)
    return function_at(home)(document) if home is not None else None


def summary_of(document: Document) -> Any:
    """What the cross-file rules need of a file, as plain values that can be pickled; None if nothing."""
    from infralint.model import kinds

    row = kinds.ROWS.get(document.kind)
    return function_at(row.summary)(document) if row is not None and row.summary else None


@cache
def function_at(home: str) -> Any:
    """The function of an analysis that `module:function` names."""
    from importlib import import_module

    module, _, name = home.partition(":")
    return getattr(import_module(module), name)


def foreign_rules(folder: str | Path, *, trusted: bool = False, only: str | None = None) -> list[Rule]:
    """Users' own rules, named `local/<kind>/<name>`; `only` is the id of the one that is wanted. Raises RuleError.

    Trusted are those of a folder that was named on the command line; the others run on a step budget.
    """
    from pathlib import Path

    folder = Path(folder)
    paths = [path for path in _rule_paths(folder) if only in (None, _local_id(folder, path))] if folder.is_dir() else []
    rule_files = [read_rule_file(folder, path, "local/") for path in paths]
    return _compiled(rule_files, folder, trusted) if rule_files else []


def _local_id(folder: Path, path: Path) -> str:
    return f"local/{path.relative_to(folder).with_suffix('').as_posix()}"


def local_rules(folder: str | Path, *, trusted: bool = False) -> tuple[list[Rule], list[tuple[str, int, str]]]:
    """The scanned tree's own rules, and what is wrong with those that cannot be loaded: path, line, message."""
    from pathlib import Path

    from infralint.policy.rule_file import RuleError

    folder = Path(folder)
    rules: list[Rule] = []
    broken: list[tuple[str, int, str]] = []
    for path in _rule_paths(folder):
        try:
            rules += _compiled([read_rule_file(folder, path, "local/")], folder, trusted)
        except RuleError as error:
            broken.append((path.relative_to(folder).as_posix(), error.line, error.message))
    return rules, broken


def _compiled(rule_files: list[Any], folder: Path, trusted: bool) -> list[Rule]:
    from infralint.policy import compile as compiler
    from infralint.policy import vocabulary

    space: dict[str, Any] = {
        "__builtins__": {"any": any, "all": all, "bool": bool, "map": map, "__import__": _only_ours}
    }
    exec(compile(compiler.module(rule_files, vocabulary.load(), foreign=not trusted), str(folder), "exec"), space)
    pairs = zip(space["RULES"], rule_files, strict=True)
    return [Rule(entry, functions, not trusted, rule_file) for (entry, functions), rule_file in pairs]


_IMPORTED = ("infralint.policy.runtime", "infralint.policy.fix_loader")


def _only_ours(name: str, *rest: Any) -> Any:
    """Imports of generated modules: the two of their own head, and the facts of analyses."""
    if name not in _IMPORTED and not name.startswith(("infralint.analysis.", "infralint.fixes.")):
        raise ImportError(name)
    return __import__(name, *rest)


def matching(rules: Iterable[Rule], word: str) -> list[Rule]:
    """The rules that a word selects: an id, a name (in every kind), a kind, a former name; else a peer's name (`DL3002`)."""
    rules = list(rules)
    own = [rule for rule in rules if word == rule.kind or word in rule.words]
    return own or [rule for rule in rules if word in peer_names(rule.same_as)]


def peer_names(same_as: Iterable[str]) -> frozenset[str]:
    """What peers call a finding, with their own name in front (`hadolint/DL3002`) and without."""
    names = tuple(same_as)
    return frozenset((*names, *(name.partition("/")[2] for name in names)))
