"""What the structure of a workflow gets wrong: unknown, missing and empty keys, values of no meaning.

After https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax, as of 2026-11; the keys of
snapshots, services and single events are not yet checked one by one.
"""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.github.schema_check import SchemaCheck, further_documents, is_expression
from infralint.analysis.github.schema_events import check_triggers
from infralint.analysis.github.schema_jobs import check_job
from infralint.model.github.document import WorkflowProblem
from infralint.model.github.workflow import WorkflowDocument
from infralint.syntax.yaml import Alias, Mapping, Scalar
from infralint.text import regex as re


def _is_commented_out(file: WorkflowDocument, key: str) -> bool:
    """Whether a comment at the left margin holds that key, as in a workflow that is switched off for a while."""
    return re.search(rf"(?m)^#[ \t]*[\"']?{key}[\"']?:", file.source.text) is not None


def structure_problems(file: WorkflowDocument) -> Iterator[WorkflowProblem]:
    """Everything that GitHub would refuse in the structure of a workflow, as far as it is known."""
    root = file.root
    if root is None or file.workflow is None or file.stream.partial:
        return
    yield from further_documents(file)
    check = SchemaCheck(file)
    if not any(root.get(key) is not None or _is_commented_out(file, key) for key in ("on", "jobs")):
        start, end = (root.pairs[0].key.start, root.pairs[0].key.end) if root.pairs else (root.start, root.end)
        message = "file has neither `on` nor `jobs`; it is no workflow, and GitHub shows an error for it"
        yield check.problem("missing-key", message, start, end)
        return
    yield from check.keys(root, "the workflow")
    for key in ("on", "jobs"):
        if root.get(key) is None:
            where = root.key(key) or root.pairs[0].key if root.pairs else root
            name = "commented-out" if root.key(key) is None and _is_commented_out(file, key) else "missing-key"
            yield check.problem(name, f"workflow has no `{key}`", where.start, where.end)
    yield from check_triggers(check)
    yield from check.shared(root)
    yield from check.mapping(root, "env")
    variables = root.get("env")
    if isinstance(variables, Mapping):
        yield from check.duplicates(variables, "variable")
    held = root.get("jobs")
    if isinstance(held, Mapping):
        yield from check.duplicates(held, "job")
        if not held.pairs:
            yield check.problem("missing-key", "`jobs` is empty", held.start, held.end)
    elif held is not None and not is_expression(held):
        yield check.problem("bad-value", "`jobs` must be a mapping of ids to jobs", held.start, held.end)
    for job in file.workflow.jobs:
        yield from check_job(check, job)
    if "<<" in file.source.text:
        yield from _merge_keys(check)
    if "!!" in file.source.text:
        yield from _tags(check)
    yield from _long_expressions(check)
    if "&" in file.source.text:
        yield from _unused_anchors(check)
        yield from _recursive_aliases(check)


_MAX_LENGTH = 21_000
"""The characters that GitHub takes of a value with an expression."""


def _merge_keys(check: SchemaCheck) -> Iterator[WorkflowProblem]:
    """Merge keys, which GitHub takes for keys of that name."""
    for node in check.file.stream.walk():
        for pair in node.pairs if isinstance(node, Mapping) else ():
            if pair.name == "<<":
                message = "GitHub Actions does not support YAML merge keys (`<<`)"
                yield check.at(pair, "bad-value", message)


_TAGGED = {
    "str": None,
    "bool": re.compile(r"true|True|TRUE|false|False|FALSE"),
    "int": re.compile(r"[-+]?\d+|0o[0-7]+|0x[0-9A-Fa-f]+"),
    "float": re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"),
    "null": re.compile(r"null|Null|NULL|~|"),
}
"""The tags that GitHub's reader knows for scalars, and the plain values that each takes (None: any)."""


def _tags(check: SchemaCheck) -> Iterator[WorkflowProblem]:
    """Scalars with a tag that GitHub's reader does not know, or that their value does not fit."""
    for node in check.file.stream.walk():
        prefix, _, name = (node.tag or "").rpartition("tag:yaml.org,2002:")
        if not isinstance(node, Scalar) or not name or prefix:
            continue
        pattern = _TAGGED.get(name)
        if name not in _TAGGED:
            yield check.problem("bad-value", f"GitHub Actions does not know the tag `!!{name}`", node.start, node.end)
        elif pattern is not None and (node.style or not pattern.fullmatch(node.content)):
            yield check.problem(
                "bad-value", f"`{node.content[:40]}` is no plain value of `!!{name}`", node.start, node.end
            )


def _long_expressions(check: SchemaCheck) -> Iterator[WorkflowProblem]:
    """Values with an expression that are longer than GitHub takes."""
    if len(check.file.source.text) <= _MAX_LENGTH:
        return
    for node in check.file.stream.walk():
        if is_expression(node) and isinstance(node, Scalar) and len(node.content) > _MAX_LENGTH:
            message = f"value with an expression has {len(node.content)} characters; GitHub allows {_MAX_LENGTH}"
            yield check.problem("bad-value", message, node.start, min(node.end, node.start + 80))


def _recursive_aliases(check: SchemaCheck) -> Iterator[WorkflowProblem]:
    """Aliases of a block that they stand in."""
    for node in check.file.stream.walk():
        target = node.target if isinstance(node, Alias) else None
        if target is not None and target.start <= node.start and node.end <= target.end:
            message = f"`{check.file.source.text[node.start : node.end]}` stands in the block that it refers to"
            yield check.problem("bad-value", message, node.start, node.end)


def _unused_anchors(check: SchemaCheck) -> Iterator[WorkflowProblem]:
    """Anchors that nothing refers to."""
    nodes = list(check.file.stream.walk())
    used = {id(node.target) for node in nodes if isinstance(node, Alias)}
    for node in nodes:
        if node.anchor is not None and id(node) not in used:
            start = check.file.source.text.rfind("&" + node.anchor, 0, max(node.end, node.start) + 1)
            if start >= 0:
                end = start + 1 + len(node.anchor)
                yield check.problem("unused-anchor", f"anchor `&{node.anchor}` is not used", start, end)
