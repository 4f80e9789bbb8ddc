"""What a pipeline file writes against its format: the published JSON schema's verdict, in words and on the exact span."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from importlib.util import find_spec
from typing import Any

from infralint.analysis.pipelines.argo_checks import argo_faults
from infralint.analysis.pipelines.circleci_checks import circleci_faults
from infralint.analysis.pipelines.drone_checks import woodpecker_faults
from infralint.analysis.pipelines.fault import Fault
from infralint.analysis.pipelines.gitlab_checks import gitlab_faults
from infralint.analysis.pipelines.jenkins_checks import jenkins_faults
from infralint.model.element import Element, noun_of
from infralint.model.pipelines.circleci import CircleDocument
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.drone import WoodpeckerDocument
from infralint.model.pipelines.gitlab import GitlabDocument
from infralint.model.pipelines.jenkins import JenkinsDocument
from infralint.model.pipelines.kubernetes import ArgoDocument
from infralint.model.shared.value import plain
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.text.similar import most_similar
from infralint.text.source import Located, Text

MAX_FAULTS = 40
"""Faults that are listed of one file: beyond it the file is of another format."""
MAX_LEVELS = 9
"""Lists in one another that GitLab takes for one list of commands."""
_TYPES = {
    "array": "a list", "boolean": "true or false", "integer": "an integer", "null": "nothing", "number": "a number", "object": "a mapping",
    "string": "text",
}  # fmt: skip


@noun_of(PipelineDocument, "fault")
def faults_in_pipeline(file: PipelineDocument) -> list[Fault]:
    """What the CI system refuses in the file, or reads otherwise than it is written."""
    faults = [_of_yaml(file, problem) for problem in file.stream.problems if problem.name in ("duplicate-key", "alias")]
    faults = [one for one in faults if one.raw != "<<"]
    if not file.stream.partial:
        faults += schema_faults(file)
        if isinstance(file, GitlabDocument) and not any(one.is_certain for one in faults):
            own = list(gitlab_faults(file))
            known = {file.source.line_of(one.start) for one in faults}
            for one in own:
                one.restates_schema = file.source.line_of(one.start) in known
            lines = {file.source.line_of(one.start) for one in own}
            faults = [*(one for one in faults if file.source.line_of(one.start) not in lines), *own]
        elif isinstance(file, JenkinsDocument):
            faults += jenkins_faults(file)
        elif isinstance(file, CircleDocument):
            faults += circleci_faults(file)
        elif isinstance(file, WoodpeckerDocument):
            faults += woodpecker_faults(file)
        elif isinstance(file, ArgoDocument):
            faults += argo_faults(file)
    return faults[:MAX_FAULTS]


def _of_yaml(file: PipelineDocument, problem: Any) -> Fault:
    at = Element(file.source, problem.start, problem.end)
    key = file.source.text[problem.start : problem.end].strip("\"'")
    if problem.name == "duplicate-key":
        return Fault(problem.name, f"key `{key}` is written twice; only the last value counts", at)
    return Fault(problem.name, problem.message, at)


def schema_faults(file: PipelineDocument) -> list[Fault]:
    """The places where the file is not what the published schema of its format allows."""
    found: list[Fault] = []
    root = file.schema_root
    validator = _validator(file.schema) if file.schema and root is not None else None
    if validator is None or root is None:
        return found
    seen: set[tuple[int, int]] = set()
    for error in validator.iter_errors(plain(root)):
        for fault in _described(file, root, _sharpest(error)):
            if (fault.start, fault.end) not in seen:
                seen.add((fault.start, fault.end))
                found.append(fault)
        if len(found) >= MAX_FAULTS:
            break
    return found


@cache
def _schema(name: str) -> Any:
    """A schema of those that check-jsonschema carries; None where it is not installed."""
    spec = find_spec("check_jsonschema")
    if spec is None or spec.origin is None:
        return None
    path = os.path.join(os.path.dirname(spec.origin), "builtin_schemas", "vendor", f"{name}.json")
    try:
        with open(path, encoding="utf-8") as stream:
            return json.load(stream)
    except OSError:
        return None


@cache
def _validator(name: str) -> Any:
    import jsonschema_rs

    schema = _schema(name)
    return None if schema is None else jsonschema_rs.validator_for(_alone(schema), retriever=_anything)


def _alone(schema: Any) -> Any:
    """A schema without its references to other files and addresses, where everything is allowed then: nothing is fetched."""
    if isinstance(schema, list):
        return [_alone(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    target = schema.get("$ref")
    if isinstance(target, str) and not target.startswith("#"):
        return {}
    return {key: _alone(value) for key, value in schema.items()}


def _anything(uri: str) -> dict[str, Any]:
    """What stands for a schema at another address, should one be asked for."""
    return {}


def _sharpest(error: Any) -> Any:
    """The error that tells most: of alternatives that all fail, the one which the value was most likely meant to be."""
    while error.kind.name in ("oneOf", "anyOf") and getattr(error.kind, "context", None):
        branches = [branch for branch in error.kind.context if branch]
        fitting = [branch for branch in branches if not _is_other_type(branch, error)]
        if not fitting:
            return error
        deepest = max(fitting, key=lambda branch: (max(len(one.instance_path) for one in branch), -len(branch)))
        if len(fitting) > 1 and all(len(one.instance_path) == len(error.instance_path) for one in deepest):
            return error
        inner = max(deepest, key=lambda one: len(one.instance_path))
        error = inner
    return error


def _is_other_type(branch: list[Any], error: Any) -> bool:
    """Whether an alternative is not meant, because the value is of another type or has another word in its place."""
    return any(one.kind.name in ("type", "const") and one.instance_path == error.instance_path for one in branch)


def _described(file: PipelineDocument, root: Node, error: Any) -> list[Fault]:
    """The error in words, a fault for each key that it concerns."""
    node, key = _at(file, root, error.instance_path)
    where: Located = key if key is not None and not isinstance(node, Scalar) else node
    if where.end <= where.start and key is not None:
        where = key
    if isinstance(node, Sequence) and _is_flattened(file, root, error.instance_path):
        return []
    name, kind = error.kind.name, error.kind
    shown = _shown(error.instance_path)
    sure = not file.is_lenient and name not in ("minItems", "pattern") and not _may_be_replaced(node)
    sure = sure and not (error.instance_path and error.instance_path[-1] in file.lenient_keys)
    sure = sure and not (file.coerces and name in ("type", "oneOf", "anyOf") and isinstance(node, Scalar))
    if name == "additionalProperties" and isinstance(node, Mapping):
        return [_unknown_key(file, node, word, error) for word in kind.unexpected]
    if name == "required":
        missing = str(kind.property).strip("'\"")
        return [Fault("missing-key", f"{shown} has no `{missing}`, which {file.system} requires", where, None, sure)]
    if name == "type":
        return [_wrong_type(file, shown, node, where, _listed(kind.types), sure)]
    if name in ("enum", "const") and isinstance(node, Scalar):
        options = [str(one) for one in _listed(getattr(kind, "options", None) or [getattr(kind, "expected_value", "")])]
        nearest = most_similar(node.content, options, 0.7)
        hint = f"; did you mean `{nearest}`?" if nearest else f"; it takes {_list(options)}"
        text = f"{shown} is `{node.content}`, which {file.system} does not know{hint}"
        return [Fault("bad-value", text, node, nearest, sure)]
    if name in ("oneOf", "anyOf"):
        types = [
            one
            for branch in kind.context
            for error in branch[:1]
            if error.kind.name == "type"
            for one in _listed(error.kind.types)
        ]
        if types and len(types) >= len(kind.context) and _type_of(node) not in [_TYPES.get(one) for one in types]:
            return [_wrong_type(file, shown, node, where, types, sure)]
    if isinstance(node, Mapping) and node.get("task") is not None:
        sure = False  # Azure takes the names of a task's inputs in any case
    said = "has a form" if name == "pattern" else "is none of the forms"
    verb = "does not accept" if name == "pattern" else "accepts"
    return [Fault("bad-value", f"{shown} {said} that {file.system} {verb}", where, None, sure)]


def _is_flattened(file: PipelineDocument, root: Node, path: list[Any]) -> bool:
    """Whether a path leads to a list within a list whose items the CI system takes for those of the outer one."""
    names = [at for at, part in enumerate(path) if isinstance(part, str)]
    if not names or names[-1] == len(path) - 1 or path[names[-1]] not in file.flattened:
        return False
    outer, _ = _at(file, root, path[: names[-1] + 1])
    return _levels(outer) <= MAX_LEVELS


def _levels(node: Node | None, level: int = 0) -> int:
    """How deep lists lie in one another."""
    if not isinstance(node, Sequence) or level > MAX_LEVELS:
        return 0
    return 1 + max((_levels(item, level + 1) for item in node.values()), default=0)


def _wrong_type(file: PipelineDocument, shown: str, node: Node, where: Located, types: list[str], sure: bool) -> Fault:
    wanted = " or ".join(dict.fromkeys(_TYPES.get(one, one) for one in types))
    return Fault("wrong-type", f"{shown} is {_type_of(node)}; {file.system} takes {wanted}", where, None, sure)


def _shown(path: list[Any]) -> str:
    """What a path leads to, as one says it: `image`, item 2 of `needs`."""
    if not path:
        return "the file"
    if isinstance(path[-1], int):
        owner = next((part for part in reversed(path) if not isinstance(part, int)), None)
        return f"item {path[-1] + 1} of `{owner}`" if owner is not None else f"item {path[-1] + 1}"
    return f"`{path[-1]}`"


_REPLACED = re.compile(r"\$|<<|\{\{")
"""What begins a variable, a parameter of CircleCI, or an expression of a template."""


def _may_be_replaced(node: Node) -> bool:
    """Whether the CI system puts something else in the place of a value, so that its form says nothing."""
    stack = [node]
    while stack:
        one = stack.pop()
        if one.tag == "!reference" or (
            isinstance(one, Scalar)
            and (_REPLACED.search(one.content) is not None or one.value is None or not one.content)
        ):
            return True
        if isinstance(one, Mapping):
            if isinstance(one.parent, Sequence) and [pair.name for pair in one.pairs] == ["<<"]:
                return True  # Woodpecker puts the items of the list there
            stack += [pair.value for pair in one.pairs]
        elif isinstance(one, Sequence):
            stack += one.items
    return False


def _unknown_key(file: PipelineDocument, node: Mapping, word: str, error: Any) -> Fault:
    schema = _schema(file.schema)
    for part in list(error.schema_path)[:-1]:
        schema = schema[part] if isinstance(schema, list) else schema.get(part, {})
    known = list(schema.get("properties", {})) if isinstance(schema, dict) else []
    nearest = most_similar(word, known, 0.75)
    at = node.key(word)
    sure = not file.is_lenient and not (
        file.coerces and nearest is not None and word.replace("_", "").lower() == nearest.lower()
    )
    hint = f"; did you mean `{nearest}`?" if nearest else ""
    return Fault(
        "unknown-key", f"{file.system} knows no key `{word}` here{hint}", at if at is not None else node, nearest, sure
    )


def _at(file: PipelineDocument, root: Node, path: list[Any]) -> tuple[Node, Text | None]:
    """The value at a path, and its key; where an alias or a merge key lends it, the last value that stands here."""
    node: Node = root
    key: Text | None = None
    for part in path:
        found: Node | None = None
        if isinstance(node, Mapping):
            key = node.key(str(part)) or key
            found = node.get(str(part))
        elif isinstance(node, Sequence):
            values = list(node.values())
            found = values[part] if isinstance(part, int) and part < len(values) else None
        if found is None:
            break
        node = found
    return node, key


def _type_of(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    value = node.value if isinstance(node, Scalar) else None
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true or false"
    return "a number" if isinstance(value, int | float) else "text"


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


def _list(options: list[str]) -> str:
    shown = [f"`{one}`" for one in options[:6]]
    return ", ".join(shown[:-1]) + f" or {shown[-1]}" if len(shown) > 1 else "".join(shown)
