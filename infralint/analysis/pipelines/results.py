"""Results of a task that are made of its parameters and pasted into the script of another one: Tekton, Argo Workflows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.analysis.pipelines.arguments import Callee, pasted_at, tekton_callee
from infralint.model.element import Element, noun_of
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.kubernetes import ARGO_MARK, ArgoDocument, TektonDocument, scripts_of, workflow_spec
from infralint.model.shared.value import get, mappings, text_of
from infralint.syntax.yaml import Mapping, Node, Sequence
from infralint.text import regex as re
from infralint.text.source import Text

_TEKTON = re.compile(r"\$\(tasks\.([\w-]{1,100}+)\.results\.([\w.-]{1,100}+)\)")
_TEKTON_PARAMETER = re.compile(r"\$\((?:inputs\.)?params[.\[]")
_ARGO = re.compile(
    r"\{\{[ \t]*(?:tasks|steps)\.([\w-]{1,100}+)\.outputs\.(?:parameters\.([\w-]{1,100}+)|result)[ \t]*\}\}"
)
_ARGO_PARAMETER = re.compile(r"\{\{[ \t]*(?:inputs|workflow)\.parameters\.")


class PastedResult(Element):
    """A result that a task makes of its parameters, given to another task that pastes it into a script."""

    __slots__ = ("callee", "made_by", "name", "pasted_at")
    name: str
    made_by: str
    """The task whose result it is."""
    callee: str
    """The task that pastes it."""
    pasted_at: Text

    def __init__(self, at: Text, name: str, made_by: str, callee: str, place: Text) -> None:
        super().__init__(at.source, at.start, at.end)
        self.name = name
        self.made_by = made_by
        self.callee = callee
        self.pasted_at = place


@noun_of(PipelineDocument, "pasted_result")
def pasted_results_in(file: PipelineDocument) -> list[PastedResult]:
    """The results that scripts of the file paste; of tasks that are not here nothing is known."""
    if isinstance(file, TektonDocument) and ".results." in file.source.text:
        return [
            found
            for root in file.roots
            for key in ("spec", "spec.pipelineSpec")
            for found in _tekton_results(file, get(root, *key.split(".")))
        ]
    if isinstance(file, ArgoDocument) and ".outputs." in file.source.text:
        return [found for root in file.roots for found in _argo_results(workflow_spec(root))]
    return []


def _tekton_results(file: TektonDocument, spec: Node | None) -> Iterator[PastedResult]:
    tasks = _named(mappings(get(spec, "tasks")))

    def callee(task: Mapping) -> Callee | None:
        kind = text_of(get(task, "taskRef", "kind"))
        return tekton_callee(file, str(kind or "Task"), task.get("taskSpec"), text_of(get(task, "taskRef", "name")))

    for name, task in tasks.items():
        for one in mappings(task.get("params")):
            parameter, value = text_of(one.get("name")), text_of(one.get("value"))
            match = _TEKTON.search(value) if value is not None else None
            if parameter is None or value is None or match is None or match[1] not in tasks:
                continue
            maker, taker = callee(tasks[match[1]]), callee(task)
            if not _makes(maker, re.compile(rf"results\.{re.escape(match[2])}\.path"), _TEKTON_PARAMETER):
                continue
            place = pasted_at(taker, str(parameter), 0)
            if place is not None:
                yield PastedResult(value.slice(match.start(), match.end()), match[2], match[1], name, place)


def _named(nodes: Iterable[Mapping]) -> dict[str, Mapping]:
    """The mappings that have a `name`, by it."""
    return {str(text): node for node in nodes if (text := text_of(node.get("name"))) is not None}


def _makes(maker: Callee | None, result: re.Pattern[str], parameter: re.Pattern[str]) -> bool:
    """Whether a script writes a result and pastes a parameter."""
    return maker is not None and any(result.search(text) and parameter.search(text) for text in maker.scripts)


def _argo_results(spec: Node | None) -> Iterator[PastedResult]:
    templates = _named(mappings(get(spec, "templates")))
    for template in templates.values():
        tasks = _named(_argo_tasks(template))
        for name, task in tasks.items():
            for one in mappings(get(task, "arguments", "parameters")):
                parameter, value = text_of(one.get("name")), text_of(one.get("value"))
                match = _ARGO.search(value) if value is not None else None
                if parameter is None or value is None or match is None or match[1] not in tasks:
                    continue
                made = any(_ARGO_PARAMETER.search(text) for text in _argo_scripts(templates, tasks[match[1]]))
                mark = re.compile(rf"\{{\{{[ \t]*inputs\.parameters\.{re.escape(parameter)}[ \t]*\}}\}}")
                pasted = ((text, mark.search(text)) for text in _argo_scripts(templates, task))
                place = next((text.slice(found.start(), found.end()) for text, found in pasted if found), None)
                if made and place is not None:
                    result = match[2] or "result"
                    yield PastedResult(value.slice(match.start(), match.end()), result, match[1], name, place)


def _argo_tasks(template: Mapping) -> Iterator[Mapping]:
    yield from mappings(get(template, "dag", "tasks"))
    steps = template.get("steps")
    for group in steps.values() if isinstance(steps, Sequence) else ():
        yield from mappings(group)


def _argo_scripts(templates: dict[str, Mapping], task: Mapping) -> Iterator[Text]:
    """The scripts of the template that a task names."""
    template = templates.get(str(text_of(task.get("template"))))
    for key in ("container", "script"):
        holder = template.get(key) if template is not None else None
        if isinstance(holder, Mapping):
            yield from (script.text for script in scripts_of(holder, ARGO_MARK, "source"))
