"""What the metadata of an action get wrong: missing and misplaced keys, runtimes that are gone, files that are not there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from infralint.analysis.github.schema_check import SchemaCheck, further_documents
from infralint.analysis.github.schema_steps import check_steps
from infralint.model.element import Element
from infralint.model.github.action import ActionDocument
from infralint.model.github.document import WorkflowProblem
from infralint.model.github.value import get, known
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.tables.github import ICONS_COLORS
from infralint.text import regex as re
from infralint.text.source import Text

OLDEST_NODE = 20


_RUNS = {
    "composite": frozenset(("using", "steps")),
    "docker": frozenset(
        ("using", "image", "env", "entrypoint", "pre-entrypoint", "post-entrypoint", "args", "pre-if", "post-if")
    ),
    "node": frozenset(("using", "main", "pre", "pre-if", "post", "post-if")),
}


_NEEDED = {"composite": "steps", "docker": "image", "node": "main"}


def action_problems(file: ActionDocument) -> Iterator[WorkflowProblem]:
    """Everything that GitHub would refuse in the metadata of an action, as far as it is known."""
    root, action = file.root, file.action
    if root is None or action is None or file.stream.partial:
        return

    yield from further_documents(file)

    def at(name: str, message: str, node: Node | Text | None) -> WorkflowProblem:
        place = node if node is not None and node.end > node.start else action
        return WorkflowProblem(name, message, file.source, place.start, place.end)

    for key in ("name", "description", "runs"):
        if root.get(key) is None:
            name = "missing-key" if key == "runs" else "missing-metadata"
            yield at(name, f"action metadata has no `{key}`", None)
    for what in ("inputs", "outputs"):
        declared = root.get(what)
        if isinstance(declared, Mapping):
            yield from _duplicates(file, declared, what)
            for name, value in declared.items():
                if what == "inputs" and isinstance(get(value, "required"), Mapping | Sequence):
                    yield at("bad-value", f"`required` of `{name}` must be true or false", get(value, "required"))
                elif isinstance(value, Sequence):
                    yield at("bad-value", f"`{name}` must be a mapping", value)
        elif declared is not None and not (
            isinstance(declared, Scalar) and declared.value is None and not declared.style
        ):
            yield at("bad-value", f"`{what}` must be a mapping of names", declared)
    color = known(get(root, "branding", "color"))
    if isinstance(color, Text) and color not in ICONS_COLORS:
        yield at("bad-value", f"`{color}` is not a colour of the Marketplace", color)
    yield from _runs(file, root.get("runs"))
    yield from _steps(file)
    for step in file.steps:
        if step.run is not None and step.get("shell") is None:
            message = "script of a composite action has no `shell`; the action cannot be loaded"
            yield WorkflowProblem("missing-shell", message, file.source, step.start, step.end)


def _steps(file: ActionDocument) -> Iterator[WorkflowProblem]:
    """The steps of a composite action."""
    node = get(file.root, "runs", "steps")
    if file.action is None or not file.action.is_composite or node is None:
        return
    check = SchemaCheck(file)
    if not isinstance(node, Sequence):
        yield check.problem("bad-value", "`steps` must be a list", node.start, max(node.end, node.start))
    yield from check_steps(check, node, file.steps, "a step of a composite action")


def _duplicates(file: ActionDocument, node: Mapping, what: str) -> Iterator[WorkflowProblem]:
    seen: set[str] = set()
    for pair in node.pairs:
        lower = pair.name.lower()
        if lower in seen:
            message = f"`{pair.name}` is defined twice in `{what}`; names are not case-sensitive"
            yield WorkflowProblem("duplicate-key", message, file.source, pair.key.start, pair.key.end)
        seen.add(lower)


def _runs(file: ActionDocument, runs: Node | None) -> Iterator[WorkflowProblem]:
    action = file.action
    assert action is not None
    if not isinstance(runs, Mapping):
        if runs is not None:
            yield WorkflowProblem("missing-key", "`runs` has no `using`", file.source, action.start, action.end)
        return
    using = known(runs.get("using"))
    if not isinstance(using, Text):
        if using is None:
            yield WorkflowProblem("missing-key", "`runs` has no `using`", file.source, *_place(runs, "using", action))
        return
    node = re.fullmatch(r"node(\d+)", using)
    kind = "node" if node else str(using)
    if kind not in _RUNS:
        yield WorkflowProblem(
            "bad-value", f"`using: {using}` is not a supported runtime", file.source, using.start, using.end
        )
        return
    if node and int(node[1]) < OLDEST_NODE:
        yield WorkflowProblem(
            "old-runtime",
            f"`{using}` is no longer available on runners; the action cannot start",
            file.source,
            using.start,
            using.end,
        )
    if runs.get(_NEEDED[kind]) is None:
        message = f"`runs` of a {kind} action has no `{_NEEDED[kind]}`"
        yield WorkflowProblem("missing-key", message, file.source, using.start, using.end)
    for pair in runs.pairs:
        if pair.name not in _RUNS[kind]:
            known_key = any(pair.name in keys for keys in _RUNS.values())
            message = (
                f"`{pair.name}` is not valid for a {kind} action"
                if known_key
                else f"`{pair.name}` is not a valid key of `runs`"
            )
            yield WorkflowProblem("unknown-key", message, file.source, pair.key.start, pair.key.end)
    if kind == "docker":
        image = known(runs.get("image"))
        if isinstance(image, Text) and not re.search(r"^docker://|dockerfile$", image, re.IGNORECASE):
            message = f"`image: {image}` must be `docker://` and an image, or the path of a file named `Dockerfile`"
            yield WorkflowProblem("bad-value", message, file.source, image.start, image.end)
    if kind == "node":
        for condition, needed in (("pre-if", "pre"), ("post-if", "post")):
            pair_ = runs.pair(condition)
            if pair_ is not None and runs.get(needed) is None:
                message = f"`{condition}` has no effect without `{needed}`"
                yield WorkflowProblem("unknown-key", message, file.source, pair_.key.start, pair_.key.end)
        folder = posixpath.dirname(file.source.path)
        for key in ("main", "pre", "post"):
            text = known(runs.get(key))
            path = file.index.resolve(folder, str(text)) if isinstance(text, Text) and text else None
            if (
                isinstance(text, Text)
                and path is not None
                and not path.startswith("dist/")
                and not file.index.is_file(path)
            ):
                yield WorkflowProblem(
                    "missing-file",
                    f"file `{text}` does not exist; the action cannot start",
                    file.source,
                    text.start,
                    text.end,
                )


def _place(runs: Mapping, key: str, action: Element) -> tuple[int, int]:
    found = runs.key(key)
    return (found.start, found.end) if found is not None else (action.start, action.end)
