"""Tekton and Argo Workflows: tasks and templates as Kubernetes resources, each step an image with a script or arguments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.model.element import UNKNOWN, Truth
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.job import ExternalCode, Job, Parts, Script, Substitution
from infralint.model.pipelines.reading import COMMIT, head_of, image_at, marks_in, variables_in
from infralint.model.shared.image import Image
from infralint.model.shared.value import get, mappings, pairs_of, scalars, text_of
from infralint.syntax.yaml import Mapping, Node
from infralint.text import regex as re
from infralint.text.source import Text

KIND = "tekton"
TEKTON_MARK = re.compile(r"\$\(([\w.\[\]'\"*-]{1,200}+)\)")
ARGO_MARK = re.compile(r"\{\{=?([^{}\n]{0,400})\}\}")
CODE_MARK = re.compile(r"\{\{[ \t]{0,20}+([\w.]{1,200}+)[ \t]{0,20}\}\}")
TEKTON_WRITERS = {"params.*": "starter", "inputs.params.*": "starter", "context.pipelinerun.annotations.*": "outsider"}
CODE_WRITERS = dict.fromkeys(
    (
        "source_branch",
        "sender",
        "trigger_comment",
        "pull_request_labels",
        "git_tag",
        "event_title",
        "body.*",
        "headers.*",
    ),
    "outsider",
)
"""After Pipelines-as-Code's "Dynamic variables" (read 2026-11)."""
ARGO_WRITERS = {"inputs.parameters.*": "starter", "workflow.parameters.*": "starter"}
_SHELLS = ("bash", "sh", "/bin/bash", "/bin/sh", "ash", "/bin/ash")
_NOT_POSIX = re.compile(r"\A#!.*(?:python|node|ruby|perl|pwsh|powershell)")


class TektonDocument(PipelineDocument):
    """Tasks, pipelines and runs of Tekton."""

    system = "Tekton"

    def read_jobs(self) -> Iterable[Job]:
        for root in self.roots:
            kind = text_of(root.get("kind")) or ""
            if kind in ("TaskRun", "PipelineRun"):
                yield from self._run(root, kind)
            for owner, spec in _task_specs(root):
                yield from self._steps(owner, spec, root)

    def _run(self, root: Mapping, kind: str) -> Iterator[Job]:
        name = (
            text_of(get(root, "metadata", "name"))
            or text_of(get(root, "metadata", "generateName"))
            or text_of(root.get("kind"))
        )
        limits = [get(root, "spec", "timeout"), *(value for _, value in pairs_of(get(root, "spec", "timeouts")))]
        if name is not None:
            yield Job(
                name,
                root,
                Parts(timeout=next((text for one in limits if (text := text_of(one)) is not None), None), is_run=True),
            )

    def _steps(self, owner: Mapping, spec: Mapping, root: Mapping) -> Iterator[Job]:
        for key in ("steps", "sidecars"):
            for step in mappings(spec.get(key)):
                image = image_at(step, "image") or image_at(get(spec, "stepTemplate"), "image")
                first = head_of(step)
                yield Job(
                    text_of(step.get("name")) or Text("step", step.source, first.start, first.end),
                    step,
                    Parts(
                        images=(image,) if image is not None else (),
                        scripts=tuple(scripts_of(step, TEKTON_MARK)),
                        variables=tuple(variables_in(step.get("env"))),
                        timeout=text_of(step.get("timeout")) or UNKNOWN,
                    ),
                )

    def read_external_code(self) -> Iterable[ExternalCode]:
        for root in self.roots:
            for ref in _task_refs(root):
                yield from _resolved(ref)

    def read_substitutions(self) -> Iterable[Substitution]:
        for script in self.scripts:
            yield from marks_in(script.text, TEKTON_MARK, "script", TEKTON_WRITERS)
            yield from marks_in(script.text, CODE_MARK, "script", CODE_WRITERS)


class ArgoDocument(PipelineDocument):
    """Workflows and templates of Argo Workflows."""

    system = "Argo Workflows"

    def read_jobs(self) -> Iterable[Job]:
        for root in self.roots:
            spec = workflow_spec(root)
            name = (
                text_of(get(root, "metadata", "name"))
                or text_of(get(root, "metadata", "generateName"))
                or text_of(root.get("kind"))
            )
            if (
                isinstance(spec, Mapping)
                and name is not None
                and text_of(root.get("kind")) in ("Workflow", "CronWorkflow")
            ):
                yield Job(name, spec, Parts(timeout=text_of(spec.get("activeDeadlineSeconds")), is_run=True))
            for template in mappings(get(spec, "templates")):
                yield from self._template(template)

    def _template(self, template: Mapping) -> Iterator[Job]:
        named: Text | None = text_of(template.get("name"))
        first = head_of(template)
        name = named or Text("template", template.source, first.start, first.end)
        holders: list[Mapping] = [
            one for key in ("container", "script") if isinstance(one := template.get(key), Mapping)
        ]
        extra = [one for key in ("initContainers", "sidecars") for one in mappings(template.get(key))]
        extra += mappings(get(template, "containerSet", "containers"))
        for number, holder in enumerate([*holders, *extra]):
            image = image_at(holder, "image")
            yield Job(
                name if number == 0 else text_of(holder.get("name")) or name,
                holder,
                Parts(
                    images=(image,) if image is not None else (),
                    scripts=tuple(scripts_of(holder, ARGO_MARK, "source")),
                    variables=tuple(variables_in(holder.get("env"))),
                    timeout=text_of(template.get("activeDeadlineSeconds")) or UNKNOWN,
                    is_template=False,
                ),
            )

    def read_external_code(self) -> Iterable[ExternalCode]:
        return ()

    def read_substitutions(self) -> Iterable[Substitution]:
        for script in self.scripts:
            yield from marks_in(script.text, ARGO_MARK, "script", ARGO_WRITERS)


def workflow_spec(root: Mapping) -> Node | None:
    """The specification of a workflow, inside a CronWorkflow's too."""
    return get(root, "spec", "workflowSpec") or root.get("spec")


def scripts_of(step: Mapping, mark: re.Pattern[str], key: str = "script") -> Iterator[Script]:
    """The script of a container: written as such, or the argument that a shell runs."""
    text = text_of(step.get(key))
    command = scalars(step.get("command"))
    if text is not None:
        posix: Truth = _NOT_POSIX.match(text) is None and (
            not command or command[0].rpartition("/")[2] in ("sh", "bash", "ash")
        )
        yield Script(text, posix, mark)
    words = [*command, *scalars(step.get("args"))]
    if words and words[0] in _SHELLS:
        at = next((n for n, word in enumerate(words) if re.fullmatch(r"-[a-z]*c", word)), None)
        if at is not None and at + 1 < len(words):
            yield Script(words[at + 1], True, mark)
    elif words and text is None:
        node = step.get("args") or step.get("command")
        if node is not None and not any(re.search(r"[\s\"'`;&|<>]", word) for word in words):
            yield Script(Text(" ".join(words), node.source, node.start, node.end), True, mark)


def _task_specs(root: Mapping) -> Iterator[tuple[Mapping, Mapping]]:
    """The task specifications of a resource, each with what it stands in."""
    kind, spec = text_of(root.get("kind")) or "", root.get("spec")
    if kind in ("Task", "ClusterTask", "StepAction") and isinstance(spec, Mapping):
        yield root, spec
        if kind == "StepAction":
            return
    inner = get(spec, "taskSpec")
    if isinstance(inner, Mapping):
        yield root, inner
    for key in ("tasks", "finally"):
        for owner in (spec, get(spec, "pipelineSpec")):
            for task in mappings(get(owner, key)):
                if isinstance(found := task.get("taskSpec"), Mapping):
                    yield task, found


def _task_refs(root: Mapping) -> Iterator[Mapping]:
    spec = root.get("spec")
    for key in ("taskRef", "pipelineRef"):
        if isinstance(found := get(spec, key), Mapping):
            yield found
    for key in ("tasks", "finally"):
        for owner in (spec, get(spec, "pipelineSpec")):
            for task in mappings(get(owner, key)):
                if isinstance(found := task.get("taskRef"), Mapping):
                    yield found


def _resolved(ref: Mapping) -> Iterator[ExternalCode]:
    """What a resolver fetches: a bundle, a file of a git repository, a task of a hub."""
    bundle = text_of(ref.get("bundle"))
    if bundle is not None:
        yield _bundle(bundle, ref)
    resolver = text_of(ref.get("resolver"))
    if resolver not in ("git", "bundles", "hub", "http"):
        return
    given = {str(text_of(one.get("name"))): text_of(one.get("value")) for one in mappings(ref.get("params"))}
    name = given.get("bundle") or given.get("url") or given.get("repo") or given.get("name") or resolver
    version = given.get("revision") or given.get("version")
    if resolver == "bundles" and (bundle := given.get("bundle")) is not None:
        yield _bundle(bundle, ref)
    elif resolver == "http":
        yield ExternalCode("remote task", name, None, COMMIT.search(str(name)) is not None, ref)
    elif version is not None and "$" in version:
        yield ExternalCode("remote task", name, UNKNOWN, UNKNOWN, ref)
    else:
        held = version is not None and COMMIT.fullmatch(version) is not None
        yield ExternalCode("remote task", name, version, held, ref)


def _bundle(name: Text, ref: Mapping) -> ExternalCode:
    """A bundle of tasks: an image, whose tag can move."""
    if "$" in name:
        return ExternalCode("bundle", name, UNKNOWN, UNKNOWN, ref)
    tag = Image(name).tag
    return ExternalCode("bundle", name, tag if isinstance(tag, Text) else None, "@sha256:" in name, ref)
