"""Every regular expression of the code base, and texts made from its structure that make a bad one slow.

A text is: what leads to a repeated part, the repeated part over and over, and an end at which the match fails. Time is
compared at two sizes of one text, so that no machine is fast or slow by it.
"""

from __future__ import annotations

import ast
import gc
import importlib
import itertools
import pkgutil
import re
import signal
import time
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

import infralint

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import sre_constants as sre
    import sre_parse

ANCHORED = frozenset(("match", "fullmatch"))
SEARCHED = frozenset(("search", "finditer", "findall", "sub", "subn", "split", "compile"))
MANY = 40
"""A repeat of fewer rounds cannot grow."""
ENDS = ("\x01", "\n")
LIMIT = 3.0
"""Seconds after which one measurement is given up."""
LONGEST = 40_000
LEAST = 0.025
"""Seconds that are long enough to be compared."""
FACTOR = 2.9
"""Twice the text may take so many times as long: two is linear, four is quadratic."""


class Found(NamedTuple):
    """A pattern, where it is written, and whether it is only ever tried at one place of a text."""

    pattern: str
    flags: int
    where: str
    anchored: bool


def modules() -> Iterator[Any]:
    """Every module of the program."""
    for info in pkgutil.walk_packages(infralint.__path__, "infralint."):
        if ".compiled" not in info.name and not info.name.endswith("__main__"):
            yield importlib.import_module(info.name)


def every_pattern() -> list[Found]:
    """The patterns that the code compiles or hands to `re`, those of the tables among them."""
    found: dict[tuple[str, int], Found] = {}

    def add(pattern: Any, flags: int, where: str, anchored: bool) -> None:
        if not isinstance(pattern, str) or not re.search(r"[*+{]", pattern):
            return
        known = found.get((pattern, flags))
        if known is None or (known.anchored and not anchored):
            found[pattern, flags] = Found(pattern, flags, where, anchored)

    for module in modules():
        path = getattr(module, "__file__", None)
        if path is None or not path.endswith(".py"):
            continue
        with open(path, encoding="utf-8") as stream:
            tree = ast.parse(stream.read())
        only = _ways(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                name = _name(node.func)
                if name not in ANCHORED | SEARCHED | {"_compiled"} or not _is_of_re(node.func):
                    continue
                pattern, flags = _value(node.args[0], module), _flags(node, module)
                anchored = name in ANCHORED or (name in ("compile", "_compiled") and only.get(id(node), False))
                add(pattern, flags, f"{module.__name__}:{node.lineno}", anchored)
        for name, value in list(vars(module).items()):
            is_new = isinstance(value, re.Pattern) and (value.pattern, value.flags & ~re.U) not in found
            if is_new:
                add(value.pattern, value.flags & ~re.U, f"{module.__name__}.{name}", False)
    for pattern, where in of_tables():
        add(pattern, re.M if "kinds" in where else 0, where, False)
    return list(found.values())


def of_tables() -> Iterator[tuple[str, str]]:
    """The patterns that stand in tables or are made of them."""
    from infralint.model.kinds import KINDS
    from infralint.tables import secret_commands, secret_find, secret_hashes
    from infralint.tables.secret_formats import FORMATS

    for row in KINDS:
        yield from ((one, f"kinds {row.name}") for one in (row.looks_like, *row.shared_like, row.shared_unless) if one)
    yield from ((pattern, f"secret_commands {word}") for word, pattern in secret_commands.OPTIONS)
    yield secret_commands.INSIDE, "secret_commands"
    yield secret_hashes._pattern().pattern, "secret_hashes"
    for one in FORMATS:
        for shape in one.shapes:
            yield secret_find._pattern(shape).pattern, f"secret format {one.name}"


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_of_re(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) or (isinstance(node, ast.Attribute) and _name(node.value) == "re")


def _value(node: ast.expr, module: Any) -> Any:
    """What an expression of constants and the module's names gives; None where it needs more."""
    try:
        return eval(compile(ast.Expression(node), "pattern", "eval"), vars(module))
    except Exception:  # noqa: BLE001 - what is no constant is no pattern of the code
        return None


def _flags(node: ast.Call, module: Any) -> int:
    texts = [*node.args[1:], *(one.value for one in node.keywords if one.arg == "flags")]
    total = 0
    for one in texts:
        value = _value(one, module)
        if isinstance(value, int) and "re." in ast.unparse(one):
            total |= int(value)
    return total


def _ways(tree: ast.Module) -> dict[int, bool]:
    """Of each `compile` call: whether the name that it is given, or what it returns, is only matched at one place."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    ways: dict[int, bool] = {}
    for scope in (tree, *functions):
        used: dict[str, set[str]] = {}
        for node in ast.walk(scope):
            if isinstance(node, ast.Attribute):
                name = f"{_name(node.value.func)}()" if isinstance(node.value, ast.Call) else _name(node.value)
                used.setdefault(name, set()).add(node.attr)
                if isinstance(node.value, ast.Call):
                    ways[id(node.value)] = node.attr in ANCHORED
        for node in ast.walk(scope):
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Call):
                name = _name(node.targets[0] if isinstance(node, ast.Assign) else node.target)
                ways[id(node.value)] = bool(used.get(name)) and used[name] <= ANCHORED
        for function in functions if scope is tree else ():
            for node in ast.walk(function):
                if isinstance(node, ast.Return) and isinstance(node.value, ast.Call):
                    name = f"{function.name}()"
                    ways[id(node.value)] = bool(used.get(name)) and used[name] <= ANCHORED
    return ways


# ---------------------------------------------------------------- texts from the structure


def attacks(found: Found) -> Iterator[tuple[str, str, str]]:
    """(head, part to repeat, end) for each repeat of a pattern."""
    tree = sre_parse.parse(found.pattern, found.flags)
    seen: set[tuple[str, str, str]] = set()
    letters = sorted(_letters(tree))[:14]
    for head, body, rest in _repeats(tree, ""):
        parts = list(dict.fromkeys([*_shortest(body, letters), *_shortest([*body, *rest], letters)]))[:8]
        for part in parts:
            for end in ENDS:
                seen.add((head, part, end))
            seen.update({("", head + part, ENDS[0]), ("", head, ENDS[0]), (head, head + part, ENDS[0])})
    for one in letters:
        for end in ENDS[:2]:
            seen.add(("", one, end))
    for one, other in itertools.permutations(letters[:6], 2):
        seen.add(("", one + other, ENDS[0]))
    yield from (one for one in sorted(seen) if one[1])


def _repeats(items: Any, head: str) -> Iterator[tuple[str, Any, Any]]:
    """Each repeat that may go on for long: what leads to it, its body, and what follows it."""
    items = list(items)
    for at, (code, argument) in enumerate(items):
        if code in (sre.MAX_REPEAT, sre.MIN_REPEAT) or str(code) == "POSSESSIVE_REPEAT":
            _, high, body = argument
            if high >= MANY:
                yield head, list(body), items[at + 1 : at + 3]
            yield from _repeats(body, head)
        elif code is sre.SUBPATTERN:
            yield from _repeats(argument[-1], head)
        elif code is sre.BRANCH:
            for branch in argument[1]:
                yield from _repeats(branch, head)
        elif str(code) == "ATOMIC_GROUP":
            yield from _repeats(argument, head)
        elif code in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repeats(argument[1], head)
        head += _first(items[at : at + 1])


def _first(items: Any) -> str:
    return next(iter(_shortest(items, [])), "")


def _shortest(items: Any, letters: list[str]) -> list[str]:
    """A few texts that a sequence takes, short ones; with each of the pattern's letters where a class has it."""
    texts = [""]
    for item in items:
        made = _texts(item, letters)
        texts = [head + tail for head in texts for tail in made][:12] if made else texts
    return texts


def _texts(item: Any, letters: list[str]) -> list[str]:
    code, argument = item
    if code is sre.LITERAL:
        return [chr(argument)]
    if code in (sre.NOT_LITERAL, sre.ANY, sre.IN):
        return _members(item, letters)[:4]
    if code in (sre.MAX_REPEAT, sre.MIN_REPEAT) or str(code) == "POSSESSIVE_REPEAT":
        low, high, body = argument
        return [one * max(low, min(1, high)) for one in _shortest(body, letters)]
    if code is sre.SUBPATTERN:
        return _shortest(argument[-1], letters)
    if str(code) == "ATOMIC_GROUP":
        return _shortest(argument, letters)
    if code is sre.BRANCH:
        return [one for branch in argument[1][:4] for one in _shortest(branch, letters)[:2]]
    return [""]


_CANDIDATES = "a0 A_-./\"'\\:=,;#${}()[]<>|&*+?!%@~^`\tz9Zbcdefghijklmnopqrstuvwxyy\n"


def _members(item: Any, letters: list[str]) -> list[str]:
    """Characters that a class takes."""
    pattern = re.compile(_source(item), re.S)
    return [one for one in dict.fromkeys([*letters, *_CANDIDATES]) if pattern.fullmatch(one)]


def _source(item: Any) -> str:
    """A class as a pattern again."""
    code, argument = item
    if code is sre.ANY:
        return "."
    if code is sre.NOT_LITERAL:
        return f"[^{re.escape(chr(argument))}]"
    out = []
    for one, value in argument:
        if one is sre.NEGATE:
            out.append("^")
        elif one is sre.LITERAL:
            out.append(re.escape(chr(value)))
        elif one is sre.RANGE:
            out.append(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        elif one is sre.CATEGORY:
            out.append(
                {
                    "DIGIT": r"\d",
                    "NOT_DIGIT": r"\D",
                    "SPACE": r"\s",
                    "NOT_SPACE": r"\S",
                    "WORD": r"\w",
                    "NOT_WORD": r"\W",
                }[str(value)[9:]]
            )
    return f"[{''.join(out)}]"


def _letters(items: Any) -> set[str]:
    """A character of every literal and class of a pattern."""
    found: set[str] = set()
    for code, argument in items:
        if code is sre.LITERAL:
            found.add(chr(argument))
        elif code in (sre.IN, sre.NOT_LITERAL, sre.ANY):
            found.update(_members((code, argument), [])[:2])
        elif code in (sre.MAX_REPEAT, sre.MIN_REPEAT) or str(code) == "POSSESSIVE_REPEAT":
            found |= _letters(argument[2])
        elif code is sre.SUBPATTERN:
            found |= _letters(argument[-1])
        elif code is sre.BRANCH:
            for branch in argument[1]:
                found |= _letters(branch)
        elif str(code) == "ATOMIC_GROUP":
            found |= _letters(argument)
        elif code in (sre.ASSERT, sre.ASSERT_NOT):
            found |= _letters(argument[1])
    return found


# ---------------------------------------------------------------- growth


class TooLong(Exception):
    """One measurement took more than LIMIT."""


def slow_text(found: Found) -> str:
    """The text, as a description, on which a pattern grows faster than the text; "" where none was found."""
    compiled = re.compile(found.pattern, found.flags)
    # what is tried everywhere goes on behind what it found, as finditer does
    work = compiled.match if found.anchored else (lambda text: sum(1 for _ in compiled.finditer(text)))
    for head, part, end in attacks(found):
        if _grows(work, head, part, end):
            return f"{head[:60]!r} + {part[:60]!r} * n + {end!r}"
    return ""


def _grows(work: Any, head: str, part: str, end: str) -> bool:
    times = 24
    while True:
        taken = _seconds(work, head + part * times + end)
        if taken > LEAST:
            half = _seconds(work, head + part * (times // 2) + end)
            if taken <= FACTOR * half:
                return False
            taken = min(taken, *(_seconds(work, head + part * times + end) for _ in range(2)))
            half = max(half, *(_seconds(work, head + part * (times // 2) + end) for _ in range(2)))
            return taken > FACTOR * half
        if len(part) * times >= LONGEST:
            return False
        times = min(times * 4, LONGEST // len(part) + 1)


def _seconds(work: Any, text: str) -> float:
    def stop(*_: Any) -> None:
        raise TooLong

    old = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    gc.disable()
    started = time.process_time()
    try:
        work(text)
        return time.process_time() - started
    except TooLong:
        return LIMIT * 4
    finally:
        gc.enable()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
