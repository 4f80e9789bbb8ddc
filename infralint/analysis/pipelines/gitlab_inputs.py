"""Inputs of GitLab's includes and components: what a file declares and uses, and what its includer gives it.

After GitLab's page "CI/CD inputs" (read 2026-11).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.analysis.shared.fault import Fault
from infralint.model.pipelines.gitlab import GitlabDocument
from infralint.model.shared.value import get, pairs_of, text_of
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence, parse
from infralint.text import regex as re
from infralint.text.similar import most_similar
from infralint.text.source import Located, Text

TYPES = ("string", "number", "boolean", "array")
FUNCTIONS = frozenset(("expand_vars", "truncate", "posix_escape"))
MAX_FUNCTIONS = 3
MAX_STEPS = 1_000_000
"""The most steps that trying an expression on a value may take; beyond them nothing is said of the value."""
_MARK = re.compile(r"\$\[\[([^\]\n]{1,1024}+)\]\]")


def input_faults(file: GitlabDocument) -> Iterator[Fault]:
    """What is wrong with the inputs that a file declares, uses and gives to local includes."""
    if file.header is not None:
        declared = get(file.header, "spec", "inputs")
        yield from _declarations(declared)
        yield from _uses(file, declared, file.root)
    for item, path in _local_includes(file):
        source = file.index.source(path)
        if source is None:
            continue
        roots = [one for one in parse(source, merge=True).documents if isinstance(one, Mapping)]
        header = roots[0] if len(roots) > 1 and "spec" in roots[0] else None
        where = text_of(item.get("local")) if isinstance(item, Mapping) else text_of(item)
        if where is None:
            continue
        given = item.get("inputs") if isinstance(item, Mapping) else None
        declared = get(header, "spec", "inputs")
        yield from _given(where, given, declared, has_header=header is not None)
        if header is not None and file.index.kind_at(path) != file.kind:  # that file is not judged by itself
            inner = [*_declarations(declared), *_unknown_marks(roots[1], _names(declared), source.text)]
            yield from (Fault(one.name, f"`{where}`: {one.message}", where) for one in inner)


def _local_includes(file: GitlabDocument) -> Iterator[tuple[Node, str]]:
    node = file.root.get("include") if file.root is not None else None
    for item in list(node.values()) if isinstance(node, Sequence) else [node] if node is not None else []:
        text = text_of(item.get("local") if isinstance(item, Mapping) else item)
        if text is None or "$" in text or "*" in text or text.startswith(("http://", "https://")):
            continue
        path = file.index.resolve("", text.lstrip("/"))
        if path is not None:
            yield item, path


def _names(declared: Node | None) -> set[str]:
    return {str(name) for name, _ in pairs_of(declared)}


def _declarations(declared: Node | None) -> Iterator[Fault]:
    for name, node in pairs_of(declared):
        kind = text_of(get(node, "type"))
        if kind is not None and kind not in TYPES:
            nearest = most_similar(kind, TYPES, 0.6)
            yield Fault(
                "input-type",
                f"input `{name}` has the unknown type `{kind}`; GitLab knows {_list(TYPES)}",
                kind,
                nearest,
            )
            continue
        expression = text_of(get(node, "regex"))
        if expression is not None and not _is_expression(expression):
            yield Fault(
                "input-regex", f"`regex` of input `{name}` cannot be read; GitLab refuses the pipeline", expression
            )
        default = get(node, "default")
        if default is not None:
            yield from _value(f"default of input `{name}`", default, node, default)


def _is_expression(text: str) -> bool:
    try:
        re.compile(text.strip("/"))
    except (re.error, OverflowError, RecursionError):
        return "(?" in text or "\\" in text  # the syntax of RE2 is not quite that of Python
    return True


def _value(what: str, value: Node, spec: Node | None, at: Located) -> Iterator[Fault]:
    """What GitLab refuses of a value: its type, what it is not among, what it does not match."""
    kind = text_of(get(spec, "type")) or "string"
    text = text_of(value)
    if text is not None and "$" in text:
        return
    if not _fits(value, kind):
        yield Fault("input-value", f"{what} is not {_article(kind)}; GitLab refuses the pipeline", at)
        return
    options = get(spec, "options")
    if isinstance(options, Sequence):
        known = [str(one) for item in options.values() if (one := text_of(item)) is not None]
        for item in value.values() if isinstance(value, Sequence) else [value]:
            chosen = text_of(item)
            if chosen is not None and chosen not in known:
                nearest = most_similar(chosen, known, 0.7)
                yield Fault(
                    "input-value",
                    f"{what} is `{chosen}`, which is not among its options {_list(known[:8])}",
                    chosen,
                    nearest,
                )
    expression = text_of(get(spec, "regex"))
    if expression is not None and text is not None and len(expression) < 200 and _refuses(expression, text):
        yield Fault("input-value", f"{what} does not match `{expression}`; GitLab refuses the pipeline", at)


_PLAIN = re.compile(r"(?:\\.|[^\\()|*+?{}\[\]]|\[[^\]]{1,60}\])(?:[*+?]|\{\d{1,3}(?:,\d{0,3})?\})?")


def _refuses(expression: str, text: str) -> bool:
    """Whether a text does not match an expression of characters, sets and repetitions in a row; of any other nothing is known."""
    body = expression.strip("/")
    at = 0
    repeats = 0
    while at < len(body):
        match = _PLAIN.match(body, at)
        if match is None:
            return False
        repeats += match[0][-1] in "*+}"
        at = match.end()
    if len(text) ** (repeats + 1) > MAX_STEPS:
        return False
    try:
        return re.search(body, text) is None
    except (re.error, OverflowError):
        return False


def _fits(value: Node, kind: str) -> bool:
    if kind == "array":
        return isinstance(value, Sequence)
    if not isinstance(value, Scalar):
        return False
    if kind == "boolean":
        return isinstance(value.value, bool)
    if kind == "number":
        return isinstance(value.value, int | float) and not isinstance(value.value, bool)
    return bool(value.style) or not isinstance(value.value, bool | int | float)


def _article(kind: str) -> str:
    return f"an {kind}" if kind == "array" else f"a {kind}"


def _given(where: Text, given: Node | None, declared: Node | None, *, has_header: bool) -> Iterator[Fault]:
    """What an include gives beside, or leaves out of, the inputs that the file declares."""
    specs = {str(name): node for name, node in pairs_of(declared)}
    names = _names(given)
    for name, value in pairs_of(given):
        if str(name) not in specs:
            nearest = most_similar(name, specs, 0.7)
            hint = f"; did you mean `{nearest}`?" if nearest else ""
            why = f"does not declare input `{name}`" if has_header else f"declares no inputs, `{name}` either"
            yield Fault("unknown-input", f"`{where}` {why}; GitLab refuses the pipeline{hint}", name, nearest)
        elif value is not None:
            yield from _value(f"input `{name}` of `{where}`", value, specs[str(name)], value)
    for missing, node in specs.items():
        if missing not in names and get(node, "default") is None and get(node, "rules") is None:
            yield Fault(
                "missing-input",
                f"input `{missing}` of `{where}` is not given and has no default; GitLab refuses the pipeline",
                where,
            )


def _uses(file: GitlabDocument, declared: Node | None, root: Mapping | None) -> Iterator[Fault]:
    if root is not None:
        yield from _unknown_marks(root, _names(declared), file.source.text)


def _unknown_marks(root: Mapping, names: Iterable[str], text: str) -> Iterator[Fault]:
    """Marks that name an input which is not declared, or call a function that GitLab does not know."""
    known = sorted(names)
    for match in _MARK.finditer(text, root.start, root.end):
        if _is_comment(text, match.start()):
            continue
        name, *functions = (part.strip() for part in match[1].split("|"))
        at = Text(match[0], root.source, match.start(), match.end())
        if name.startswith("inputs.") and name[len("inputs.") :] not in known:
            nearest = most_similar(name[len("inputs.") :], known, 0.7)
            hint = f"; did you mean `{nearest}`?" if nearest else ""
            yield Fault(
                "unknown-input", f"`{name}` is not declared under `spec:inputs`; GitLab refuses the pipeline{hint}", at
            )
        for function in functions:
            if function.partition("(")[0].strip() not in FUNCTIONS:
                yield Fault(
                    "input-function",
                    f"`{function}` is no function of inputs; GitLab knows {_list(sorted(FUNCTIONS))}",
                    at,
                )
        if len(functions) > MAX_FUNCTIONS:
            yield Fault(
                "input-function",
                f"`{name}` goes through {len(functions)} functions; GitLab takes at most {MAX_FUNCTIONS}",
                at,
            )


def _is_comment(text: str, at: int) -> bool:
    """Whether the line before a place is a comment of YAML or of a script."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line.lstrip().startswith("#")


def _list(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
