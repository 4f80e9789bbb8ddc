"""Azure Pipelines: stages, jobs and deployments of a pipeline or a template, with their steps and tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from infralint.model.element import UNKNOWN, Truth, Unknown
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.job import ExternalCode, Job, Parts, Script, Substitution
from infralint.model.pipelines.reading import COMMIT, head_of, image_at, known_text, marks_in, variables_in
from infralint.model.shared.image import Image
from infralint.model.shared.value import get, mappings, pairs_of, scalars, text_of
from infralint.model.shared.variable import Variable
from infralint.syntax.yaml import Mapping, Node, Scalar
from infralint.text import regex as re
from infralint.text.source import Text

KIND = "azure"
MARK = re.compile(r"\$\{\{([^{}\n]{0,400})\}\}|\$\(([\w.-]{1,200}+)\)|\$\[([^\]\n]{0,400})\]")
OUTSIDERS = frozenset(
    ("BUILD_SOURCEBRANCH", "BUILD_SOURCEBRANCHNAME", "BUILD_SOURCEVERSIONMESSAGE", "BUILD_SOURCEVERSIONAUTHOR", "BUILD_REQUESTEDFOR",
     "BUILD_REQUESTEDFOREMAIL", "SYSTEM_PULLREQUEST_SOURCEBRANCH", "SYSTEM_PULLREQUEST_SOURCEREPOSITORYURI")
)  # fmt: skip
_NAMES = (
    "build.sourcebranch", "build.sourcebranchname", "build.sourceversionmessage", "build.sourceversionauthor", "build.requestedfor",
    "build.requestedforemail", "system.pullrequest.sourcebranch", "system.pullrequest.sourcerepositoryuri",
    "system.pullrequest.sourcebranchname",
)  # fmt: skip
"""After the page "Use predefined variables" (read 2026-11): the names and messages that whoever pushes a branch writes."""
_OF_OUTSIDERS = ("system.pullrequest.", "build.requestedfor")
_BY_NAME = {name: "outsider" if name.startswith(_OF_OUTSIDERS) else "writer" for name in _NAMES}
WRITERS = {
    form.format(name): writer for name, writer in _BY_NAME.items() for form in ("{}", "variables['{}']", "variables.{}")
}
"""A change of a fork runs on `refs/pull/NUMBER/merge`, so that the other names come from those who may push."""
SCRIPT_KEYS = {"script": True, "bash": True, "powershell": False, "pwsh": False}
_SCRIPT_INPUTS = ("script", "inlineScript", "inline", "bashScript", "Script")
_SCRIPT_TASKS = {
    "bash": True, "shellscript": True, "azurecli": True, "cmdline": True, "powershell": False, "azurepowershell": False, "awsshellscript": True,
    "ssh": True, "batchscript": False,
}  # fmt: skip
_DEPLOYING = (
    "azurewebapp", "azurermwebappdeployment", "azurefunctionapp", "kubernetes", "kubernetesmanifest", "helmdeploy", "azureresourcemanagertemplatedeployment",
    "azureresourcegroupdeployment", "azurecontainerapps", "azurespringcloud", "azurecloudpowershelldeployment", "sqlazuredacpacdeployment",
    "iiswebappdeploymentonmachinegroup", "azurestaticwebapp", "elasticbeanstalkdeploy", "cloudformationcreateorupdatestack", "codedeploydeployapplication",
    "azureappservicemanage", "azurevmssdeployment", "lambdadeployfunction", "azurewebappcontainer", "azurefunctionappcontainer",
)  # fmt: skip
_VERSION = re.compile(r"\d+(?:\.\d+){0,2}")


class AzureDocument(PipelineDocument):
    """An `azure-pipelines.yml`, or a template that one takes."""

    system = "Azure Pipelines"
    schema = "azure-pipelines"
    coerces = True
    outsider_variables = OUTSIDERS

    def read_jobs(self) -> Iterable[Job]:
        root = self.root
        if root is None:
            return
        yield from self._jobs(root, None, 0)

    def _jobs(self, owner: Mapping, stage: Mapping | None, level: int) -> Iterator[Job]:
        """The jobs of a pipeline, a stage or a conditional block."""
        if level > 12:
            return
        for key, value in owner.items():
            if key == "stages":
                for one in mappings(value):
                    yield from self._jobs(one, one if one.get("stage") is not None else stage, level + 1)
            elif key == "jobs":
                for one in mappings(value):
                    name = one.get("job") if one.get("job") is not None else one.get("deployment")
                    if name is not None or one.get("steps") is not None:
                        yield self._job(one, stage, text_of(name))
                    else:
                        yield from self._jobs(one, stage, level + 1)
            elif key.startswith("${{"):
                for one in mappings(value):
                    if one.get("job") is not None or one.get("deployment") is not None:
                        yield self._job(one, stage, text_of(one.get("job")) or text_of(one.get("deployment")))
                    else:
                        yield from self._jobs(one, stage, level + 1)
        if owner.get("steps") is not None and owner.get("job") is None and owner.get("deployment") is None:
            yield self._job(owner, stage, None)

    def _job(self, node: Mapping, stage: Mapping | None, name: Text | None) -> Job:
        steps = list(steps_of(node))
        pool = node.get("pool") or get(stage, "pool") or get(self.root, "pool")
        windows = "windows" in str(text_of(get(pool, "vmImage")) or "").lower()
        own = text_of(pool) if isinstance(pool, Scalar) else text_of(get(pool, "name"))
        vm = get(pool, "vmImage")
        environment = node.get("environment")
        container = image_at(node.get("container"), "image")
        images = [container] if container is not None and not self._is_alias(container) else []
        named = name if name is not None else Text("job", node.source, head_of(node).start, head_of(node).end)
        timeout = text_of(node.get("timeoutInMinutes"))
        return Job(
            named,
            node,
            Parts(
                images=tuple(images),
                services=tuple(
                    image
                    for _, value in pairs_of(node.get("services"))
                    if (image := image_at(value, "image")) is not None and not self._is_alias(image)
                ),
                scripts=tuple(_scripts(steps, windows)),
                variables=tuple(_variables(node))
                + tuple(each for step in steps for each in variables_in(step.get("env"))),
                external=tuple(_tasks(steps)),
                environment=known_text(environment.get("name") if isinstance(environment, Mapping) else environment),
                timeout=timeout,
                runner=(own,) if own is not None and vm is None and own != "Azure Pipelines" else (),
                is_approved=UNKNOWN if node.get("deployment") is not None else False,
                runs_on_change=self._runs_on_change(node, stage),
                is_limited=_is_limited(node, stage, get(self.root, "trigger")),
                deploying=next((task for step in steps if (task := _deploying(step)) is not None), None),
            ),
        )

    def _is_alias(self, image: Image) -> bool:
        """Whether it is the name of a container that the pipeline declares."""
        listed = get(self.root, "resources", "containers")
        return any(text_of(one.get("container")) == str(image.reference) for one in mappings(listed))

    def _runs_on_change(self, node: Mapping, stage: Mapping | None) -> Truth:
        condition = f"{text_of(node.get('condition')) or ''} {text_of(get(stage, 'condition')) or ''}"
        if "PullRequest" in condition or "refs/heads/" in condition or "SourceBranch" in condition:
            return UNKNOWN if "eq(variables['Build.Reason'], 'PullRequest')" not in condition else True
        validated = get(self.root, "pr")
        if validated is None or (isinstance(validated, Scalar) and validated.content == "none"):
            return UNKNOWN if validated is None else False
        return True

    def read_external_code(self) -> Iterable[ExternalCode]:
        for one in mappings(get(self.root, "resources", "repositories")):
            name = text_of(one.get("name"))
            if name is None or text_of(one.get("repository")) == "self":
                continue
            ref = known_text(one.get("ref"))
            held: Truth = (
                UNKNOWN if isinstance(ref, Unknown) else ref is not None and COMMIT.fullmatch(str(ref)) is not None
            )
            yield ExternalCode("template repository", name, ref, held, one)

    def read_variables(self) -> Iterable[Variable]:
        yield from _variables(self.root)
        for one in mappings(get(self.root, "stages")):
            yield from _variables(one)

    @cached_property
    def images(self) -> list[Image]:
        containers = [image_at(one.get("image")) for one in mappings(get(self.root, "resources", "containers"))]
        found = [image for job in self.jobs for image in (*job.images, *job.services)]
        return [image for image in (*containers, *found) if image is not None]

    def read_substitutions(self) -> Iterable[Substitution]:
        starters = {
            f"parameters.{str(name).lower()}": "starter"
            for one in mappings(get(self.root, "parameters"))
            if (name := text_of(one.get("name"))) is not None
            and one.get("values") is None
            and (text_of(one.get("type")) or "string") == "string"
        }
        carried = {
            str(one.name).lower(): writer
            for one in self.variables
            if (writer := _writer_in(str(getattr(one, "text", "") or ""))) is not None
        }
        for script in self.scripts:
            for found in _carried_by(script.text):
                carried[found.lower()] = "writer"
        writers = {
            **WRITERS,
            **carried,
            **{f"variables.{name}": writer for name, writer in carried.items()},
            **starters,
        }
        for script in self.scripts:
            yield from marks_in(script.text, MARK, "script", writers)
        for owner in _owners(self.root, 0):
            for text in (
                *scalars(owner.get("pool")),
                *scalars(get(owner, "pool", "name")),
                *scalars(get(owner, "pool", "vmImage")),
                *scalars(get(owner, "pool", "demands")),
            ):
                yield from marks_in(text, MARK, "runner", {**writers, "parameters.*": "starter"})
        for job in self.jobs:
            for step in steps_of(job.node) if job.node is not None else ():
                if (text_of(step.get("task")) or "").lower().startswith("cache@"):
                    for key in ("key", "restoreKeys"):
                        for text in scalars(get(step, "inputs", key)):
                            yield from marks_in(text, MARK, "cache key", writers)


_SETS = re.compile(
    r"##vso\[task\.setvariable variable=(\w{1,100}+)[^\]\n]{0,100}\][^\n]{0,200}?\$\((?:[Bb]uild\.[Ss]ource(?:VersionMessage|Branch|BranchName)|System\.PullRequest\.SourceBranch)\)"
)


def _writer_in(value: str) -> str | None:
    """Who writes what a variable's value is made of."""
    found = [writer for name, writer in _BY_NAME.items() if name in value.lower()]
    return "outsider" if "outsider" in found else next(iter(found), None)


def _carried_by(text: Text) -> list[str]:
    """The variables that a script sets, by a logging command, to what an outsider wrote."""
    return _SETS.findall(text)


def _owners(node: Node | None, level: int) -> Iterator[Mapping]:
    """The pipeline, its stages and its jobs."""
    if not isinstance(node, Mapping) or level > 8:
        return
    yield node
    for key, value in node.items():
        if key in ("stages", "jobs") or key.startswith("${{"):
            for one in mappings(value):
                yield from _owners(one, level + 1)


def steps_of(node: Mapping) -> Iterator[Mapping]:
    """The steps of a job or a deployment, those in conditional blocks and hooks too."""
    stack: list[tuple[Node | None, int]] = [(node.get("steps"), 0)]
    for _, way in pairs_of(node.get("strategy")):
        for hook, value in pairs_of(way):
            stack.append((get(value, "steps"), 0))
            if hook == "on":
                stack += [(get(value, "success", "steps"), 0), (get(value, "failure", "steps"), 0)]
    while stack:
        one, level = stack.pop(0)
        for item in mappings(one):
            first = str(item.pairs[0].name) if item.pairs else ""
            if first.startswith("${{") and level < 8:
                stack += [(value, level + 1) for _, value in item.items()]
            else:
                yield item


def _scripts(steps: list[Mapping], windows: bool) -> Iterator[Script]:
    for step in steps:
        for key, posix in SCRIPT_KEYS.items():
            if (text := text_of(step.get(key))) is not None:
                yield Script(text, posix and not (windows and key == "script"), MARK)
        task = (text_of(step.get("task")) or "").partition("@")[0].lower()
        if task in _SCRIPT_TASKS:
            kind = (text_of(get(step, "inputs", "scriptType")) or "").lower()
            posix = _SCRIPT_TASKS[task] and kind not in ("ps", "pscore", "batch")
            for key in _SCRIPT_INPUTS:
                if (text := text_of(get(step, "inputs", key))) is not None:
                    yield Script(text, posix, MARK)


def _tasks(steps: list[Mapping]) -> Iterator[ExternalCode]:
    for step in steps:
        text = text_of(step.get("task"))
        if text is None:
            continue
        name, at, version = text.rpartition("@")
        if "$" in text:
            yield ExternalCode("task", text, UNKNOWN, UNKNOWN, step)
            continue
        place = text.slice(len(text) - len(version), len(text)) if at and _VERSION.fullmatch(version) else None
        yield ExternalCode("task", text, place, bool(at) and version.count(".") == 2 and bool(name), step)


def _deploying(step: Mapping) -> Text | None:
    """The task of a step that deploys."""
    text = text_of(step.get("task"))
    name = (text or "").partition("@")[0].lower()
    if name not in _DEPLOYING:
        return None
    if name == "kubernetes" and (text_of(get(step, "inputs", "command")) or "apply") not in ("apply", "set", "replace"):
        return None
    if name == "helmdeploy" and (text_of(get(step, "inputs", "command")) or "") not in ("upgrade", "install"):
        return None
    return text


def _variables(node: Node | None) -> Iterator[Variable]:
    yield from variables_in(get(node, "variables"))


def _is_limited(node: Mapping, stage: Mapping | None, trigger: Node | None) -> Truth:
    for one in (node, stage):
        condition = text_of(get(one, "condition"))
        if condition is not None and ("SourceBranch" in condition or "refs/" in condition):
            return True
    return trigger is not None and not (isinstance(trigger, Scalar) and trigger.content == "none")
