"""Arguments that callers give to parameters of commands, jobs, templates and tasks, followed to the scripts that paste them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator

from infralint.model.element import Element, noun_of
from infralint.model.pipelines import azure, circleci, kubernetes
from infralint.model.pipelines.azure import AzureDocument
from infralint.model.pipelines.circleci import CircleDocument
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.kubernetes import TektonDocument
from infralint.model.pipelines.reading import items_of, writer_of
from infralint.model.shared.value import get, mappings, pairs_of, scalars, text_of
from infralint.syntax.yaml import Mapping, Node, Sequence
from infralint.text import regex as re
from infralint.text.record import NamedTuple
from infralint.text.source import Text

MAX_CALLS = 6
"""Calls within calls that are followed."""
_OPTIONS = frozenset(
    ("requires", "context", "filters", "name", "type", "matrix", "pre-steps", "post-steps", "override-with", "serial-group", "when", "unless")
)  # fmt: skip
"""Keys of a CircleCI job in a workflow that are no parameters of it."""


class Argument(Element):
    """A text that others write, given to a parameter whose value a script pastes. It stands at the caller's mark."""

    __slots__ = ("callee", "name", "parameter", "pasted_at", "writer")
    name: str
    """What is passed, as it is written without its marks."""
    callee: str
    parameter: str
    writer: str
    """Who decides the text, as for a substitution."""
    pasted_at: Text
    """Where a script of the callee, or of what it calls, pastes the parameter."""

    def __init__(self, at: Text, name: str, callee: str, parameter: str, writer: str, pasted_at: Text) -> None:
        super().__init__(at.source, at.start, at.end)
        self.name = name
        self.callee = callee
        self.parameter = parameter
        self.writer = writer
        self.pasted_at = pasted_at


class _Call(NamedTuple):
    """A parameter that is given a text; `callee` is None where what is called is not here."""

    name: str
    parameter: str
    text: Text
    callee: Callable[[], Callee | None]


class Callee(NamedTuple):
    """What takes parameters: the texts of its scripts, the calls that it makes itself, and how a mark of a parameter is written."""

    scripts: list[Text]
    calls: Callable[[], Iterable[_Call]]
    mark: Callable[[str], re.Pattern[str]]


@noun_of(PipelineDocument, "argument")
def arguments_in(file: PipelineDocument) -> list[Argument]:
    """The arguments that carry what others write into the script of a callee; those of files that are not here are unknown."""
    if isinstance(file, CircleDocument):
        return _found(_circle_calls(file), circleci.MARK, circleci.WRITERS)
    if isinstance(file, AzureDocument):
        return _found(_azure_calls(file), azure.MARK, azure.WRITERS)
    if isinstance(file, TektonDocument):
        return _found(_tekton_calls(file), kubernetes.CODE_MARK, kubernetes.CODE_WRITERS)
    return []


def _found(calls: Iterable[_Call], pattern: re.Pattern[str], writers: dict[str, str]) -> list[Argument]:
    found: dict[tuple[str, int, int], Argument] = {}
    for call in calls:
        for match in pattern.finditer(call.text):
            name = next((group for group in match.groups() if group), "").strip()
            writer = writer_of(name, writers)
            if writer not in ("outsider", "writer"):
                continue
            place = pasted_at(call.callee(), call.parameter, 0)
            if place is not None:
                at = call.text.slice(match.start(), match.end())
                key = (at.source.path, at.start, at.end)
                found.setdefault(key, Argument(at, name, call.name, call.parameter, writer, place))
    return list(found.values())


def pasted_at(callee: Callee | None, parameter: str, level: int) -> Text | None:
    """Where a script pastes a parameter of what is called; None where none does, or that is not here."""
    if callee is None or level > MAX_CALLS:
        return None
    mark = callee.mark(parameter)
    for script in callee.scripts:
        match = mark.search(script)
        if match is not None:
            return script.slice(match.start(), match.end())
    for call in callee.calls():
        if mark.search(call.text):
            place = pasted_at(call.callee(), call.parameter, level + 1)
            if place is not None:
                return place
    return None


def _circle_calls(file: CircleDocument) -> Iterator[_Call]:
    for _, workflow in pairs_of(get(file.root, "workflows")):
        for item in mappings(get(workflow, "jobs")):
            for name, options in pairs_of(item):
                for key, value in pairs_of(options):
                    if key not in _OPTIONS and (text := text_of(value)) is not None:
                        yield _Call(str(name), str(key), text, lambda name=str(name): _circle(file, "jobs", name))  # type: ignore[misc]
    for section in ("jobs", "commands"):
        for _, node in pairs_of(get(file.root, section)):
            yield from _circle_steps(file, get(node, "steps"), 0)


def _circle(file: CircleDocument, section: str, name: str) -> Callee | None:
    node = get(file.root, section, name)
    if node is None:
        return None
    steps = get(node, "steps")
    return Callee(list(_circle_scripts(steps, 0)), lambda: _circle_steps(file, steps, 0), _circle_mark)


def _circle_mark(parameter: str) -> re.Pattern[str]:
    return re.compile(rf"<<[ \t]*parameters\.{re.escape(parameter)}[ \t]*>>")


def _circle_scripts(steps: Node | None, level: int) -> Iterator[Text]:
    """The scripts that stand in a list of steps themselves."""
    for item in mappings(steps):
        for name, value in item.items():
            if name in ("run", "deploy"):
                text = text_of(get(value, "command")) if isinstance(value, Mapping) else text_of(value)
                if text is not None:
                    yield text
            elif name in ("when", "unless") and level < MAX_CALLS:
                yield from _circle_scripts(get(value, "steps"), level + 1)


def _circle_steps(file: CircleDocument, steps: Node | None, level: int) -> Iterator[_Call]:
    """What steps give to the commands of the same file."""
    for item in items_of(steps):
        for name, options in pairs_of(item):
            if name in ("when", "unless") and level < MAX_CALLS:
                yield from _circle_steps(file, get(options, "steps"), level + 1)
            elif name not in circleci.STEPS:
                for key, value in pairs_of(options):
                    if (text := text_of(value)) is not None:
                        yield _Call(str(name), str(key), text, lambda name=str(name): _circle(file, "commands", name))  # type: ignore[misc]


def _azure_calls(file: AzureDocument) -> Iterator[_Call]:
    for owner in _templates_in(file.root, 0):
        name = text_of(owner.get("template"))
        if name is None:
            continue
        for key, value in pairs_of(owner.get("parameters")):
            for text in scalars(value):
                yield _Call(str(name), str(key), text, lambda name=str(name): _azure(file, name))  # type: ignore[misc]


def _templates_in(node: Node | None, level: int) -> Iterator[Mapping]:
    """The mappings that take a template, wherever one may stand."""
    if level > 40:
        return
    if isinstance(node, Mapping):
        if node.get("template") is not None:
            yield node
        for pair in node.pairs:
            yield from _templates_in(node.stream.resolve(pair.value), level + 1)
    elif isinstance(node, Sequence):
        for item in node.values():
            yield from _templates_in(item, level + 1)


def _azure(file: AzureDocument, name: str) -> Callee | None:
    """The template of the same repository that a name means; None for one of another repository, or none."""
    path, _, repository = name.partition("@")
    if repository not in ("", "self") or "$" in path:
        return None
    base = "" if path.startswith("/") else posixpath.dirname(file.source.path)
    target = file.index.resolve(base, path.lstrip("/"))
    if target is None or target == file.source.path:
        return None
    found = file.index.memo(("azure template", target), lambda: _azure_document(file, target))
    if found is None:
        return None
    return Callee([script.text for script in found.scripts], lambda: _azure_calls(found), _azure_mark)


def _azure_document(file: AzureDocument, path: str) -> AzureDocument | None:
    source = file.index.source(path)
    return AzureDocument(source, file.index.of_document(), file.kind) if source is not None else None


def _azure_mark(parameter: str) -> re.Pattern[str]:
    name = re.escape(parameter)
    return re.compile(
        rf"\$\{{\{{[^{{}}\n]{{0,200}}?\bparameters(?:\.{name}\b|\[[ ]?'{name}'[ ]?\])[^{{}}\n]{{0,200}}\}}\}}", re.I
    )


def _tekton_calls(file: TektonDocument) -> Iterator[_Call]:
    for root in file.roots:
        spec = root.get("spec")
        if text_of(root.get("kind")) in ("PipelineRun", "TaskRun"):
            for kind, embedded, ref in (("Pipeline", "pipelineSpec", "pipelineRef"), ("Task", "taskSpec", "taskRef")):
                yield from _tekton_given(file, get(spec, "params"), kind, get(spec, embedded), get(spec, ref))


def _tekton_given(
    file: TektonDocument, params: Node | None, kind: str, embedded: Node | None, ref: Node | None
) -> Iterator[_Call]:
    """What a run or a task of a pipeline gives to what it starts."""
    name = text_of(get(ref, "name"))
    if get(ref, "resolver") is not None or (embedded is None and name is None):
        return
    shown = str(name) if name is not None else f"the {kind.lower()}"
    for one in mappings(params):
        parameter, text = text_of(one.get("name")), text_of(one.get("value"))
        if parameter is not None and text is not None:
            yield _Call(shown, str(parameter), text, lambda: tekton_callee(file, kind, embedded, name))


def tekton_callee(file: TektonDocument, kind: str, embedded: Node | None, name: Text | None) -> Callee | None:
    """The task or pipeline that is embedded or named; None where it is not here."""
    spec = embedded if embedded is not None else _tekton_spec(file, kind, str(name))
    if spec is None:
        return None
    scripts = [
        script.text
        for key in ("steps", "sidecars")
        for step in mappings(get(spec, key))
        for script in kubernetes.scripts_of(step, kubernetes.TEKTON_MARK)
    ]
    return Callee(scripts, lambda: _tekton_tasks(file, spec), _tekton_mark)


def _tekton_tasks(file: TektonDocument, spec: Node) -> Iterator[_Call]:
    for key in ("tasks", "finally"):
        for task in mappings(get(spec, key)):
            yield from _tekton_given(file, task.get("params"), "Task", task.get("taskSpec"), task.get("taskRef"))


def _tekton_spec(file: TektonDocument, kind: str, name: str) -> Node | None:
    """The specification of a task or pipeline of that name, of this file or another of the repository."""
    found = _named(file, kind, name)
    if found is not None:
        return found
    for path in file.index.of_kind(file.kind):
        if path == file.source.path:
            continue
        other = file.index.memo(("tekton", path), lambda path=path: _tekton_document(file, path))  # type: ignore[misc]
        if other is not None and (found := _named(other, kind, name)) is not None:
            return found
    return None


def _named(file: TektonDocument, kind: str, name: str) -> Node | None:
    for root in file.roots:
        if text_of(root.get("kind")) == kind and text_of(get(root, "metadata", "name")) == name:
            return root.get("spec")
    return None


def _tekton_document(file: TektonDocument, path: str) -> TektonDocument | None:
    source = file.index.source(path)
    return TektonDocument(source, file.index.of_document(), file.kind) if source is not None else None


def _tekton_mark(parameter: str) -> re.Pattern[str]:
    name = re.escape(parameter)
    return re.compile(rf"\$\((?:inputs\.)?params(?:\.{name}|\[[\"']{name}[\"']\])(?:\[\*\]|\.[\w.-]{{1,100}})?\)")
