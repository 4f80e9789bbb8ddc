"""Local actions and reusable workflows: the files that `./` and `$/` name, what they declare, and who calls them."""

from __future__ import annotations

from infralint.model.element import remembered
from infralint.model.github.action import ActionDocument
from infralint.model.github.job import Job
from infralint.model.github.step import Step, StepsDocument
from infralint.model.github.uses import Uses
from infralint.model.github.value import get, known
from infralint.model.github.workflow import Workflow, WorkflowDocument
from infralint.model.index import Index
from infralint.syntax.yaml import Mapping, parse
from infralint.text import regex as re
from infralint.text.source import Text

MAX_CALLERS = 20


def workflow_document(index: Index, path: str) -> WorkflowDocument | None:
    """The model of another workflow of the run, read once."""

    def read() -> WorkflowDocument | None:
        source = index.source(path)
        return WorkflowDocument(source, index.of_document(), "workflow") if source is not None else None

    return index.memo(("workflow-document", path), read)


def action_document(index: Index, path: str) -> ActionDocument | None:
    """The model of a local action, read once."""

    def read() -> ActionDocument | None:
        source = index.source(path)
        return ActionDocument(source, index.of_document(), "action") if source is not None else None

    return index.memo(("action-document", path), read)


def workflows_of_name(index: Index, name: str) -> list[Workflow]:
    """The workflows of the run that have a name, or that path where they have none; only files that hold it are read."""

    def read() -> list[Workflow]:
        found = []
        for path in index.of_kind("workflow"):
            source = index.source(path)
            document = workflow_document(index, path) if name == path or (source and name in source.text) else None
            workflow = document.workflow if document is not None else None
            if workflow is not None and name == (str(workflow.name) if isinstance(workflow.name, Text) else path):
                found.append(workflow)
        return found

    return index.memo(("workflows-of-name", name), read)


def workflows_named(index: Index, names: list[str]) -> list[Workflow] | None:
    """The workflows of the run that have these names; None where one of them is not here, or none is named."""
    found = [workflows_of_name(index, name) for name in names]
    return [workflow for each in found for workflow in each] if found and all(found) else None


def _local_uses(index: Index) -> dict[str, list[str]]:
    """Which workflows of the run name which local files: folder or file to paths of workflows."""

    def read() -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for source in index.sources(index.of_kind("workflow")):
            for name in set(
                re.findall(
                    r"uses:[ \t]*[\"']?(?:\$/|\.?/?)(\.[\w./-]+|[\w-]+/[\w./-]*)[\"']?[ \t]*(?:#.*)?\r?$",
                    source.text,
                    re.MULTILINE,
                )
            ):
                found.setdefault(name.removeprefix("./").rstrip("/"), []).append(source.path)
        return found

    return index.memo("local-uses", read)


def calling_jobs(file: StepsDocument) -> list[Job]:
    """The jobs of this run's workflows that call a reusable workflow."""
    index, path = file.index, file.source.path
    found = []
    for caller in _local_uses(index).get(path, ())[:MAX_CALLERS]:
        other = workflow_document(index, caller)
        for job in other.jobs if other is not None and caller != path else ():
            if job.uses is not None and local_file(job.uses) == path:
                found.append(job)
    return found


def calling_steps(file: StepsDocument) -> list[Step]:
    """The steps of this run's workflows that use a local action."""
    index, path = file.index, file.source.path
    folder = path.rpartition("/")[0]
    found = []
    for caller in _local_uses(index).get(folder, ())[:MAX_CALLERS] if folder else ():
        other = workflow_document(index, caller)
        for step in other.steps if other is not None else ():
            if step.uses is not None and local_file(step.uses) == path:
                found.append(step)
    return found


@remembered
def local_file(uses: Uses) -> str | None:
    """The file that a local action or workflow is read from; None if it is not there."""
    if not uses.is_local:
        return None
    index: Index = uses.file.index
    head, within, _ = uses.source.path.partition(".github/")
    folder = head if within else ""  # a template may hold a repository of its own
    base = index.resolve(folder, str(uses.text[2:]) or ".")
    if base is None:
        return None
    if uses.is_reusable_workflow:
        return base if index.is_file(base) else None
    names = [f"{base}/{name}".removeprefix("./") for name in ("action.yml", "action.yaml")]
    return next((name for name in names if index.is_file(name)), None)


def declared_outputs(uses: Uses) -> list[str] | None:
    """The outputs that a local action or workflow declares; None for those that are not here."""
    return _declared(uses, "outputs")


def is_script_action(uses: Uses) -> bool:
    """Whether a local action is a program, JavaScript or an image, that says at run time what it puts out."""
    using = known(get(_root(uses.file.index, local_file(uses)), "runs", "using"))
    return isinstance(using, Text) and (using == "docker" or using.startswith("node"))


def missing_inputs(uses: Uses) -> list[str]:
    """Inputs that a local action or workflow requires and that are not given."""
    root = _root(uses.file.index, local_file(uses))
    declared = get(root, *_head(uses), "inputs")
    if not isinstance(declared, Mapping):
        return []
    holder = uses.step or uses.job
    written = holder.get("with") if holder is not None else None
    given = {name.lower() for name, _ in written.items()} if isinstance(written, Mapping) else set()
    missing = []
    for name, value in declared.items():
        required = get(value, "required")
        is_required = getattr(required, "value", None) in (True, "true")
        if is_required and get(value, "default") is None and name.lower() not in given:
            missing.append(str(name))
    return missing


def _declared(uses: Uses, what: str) -> list[str] | None:
    root = _root(uses.file.index, local_file(uses))
    if root is None:
        return None
    node = get(root, *_head(uses), what)
    return [str(name) for name, _ in node.items()] if isinstance(node, Mapping) else []


def _head(uses: Uses) -> tuple[str, ...]:
    return ("on", "workflow_call") if uses.is_reusable_workflow else ()


def _root(index: Index, path: str | None) -> Mapping | None:
    def read() -> Mapping | None:
        source = index.source(path) if path is not None else None
        root = parse(source).root if source is not None else None
        return root if isinstance(root, Mapping) else None

    return index.memo(("github-yaml", path), read) if path is not None else None
