"""Questions about Tekton and Argo resources alone."""

from __future__ import annotations

from infralint.model.element import fact_of, noun_of
from infralint.model.pipelines.kubernetes import ArgoDocument, TektonDocument, workflow_spec
from infralint.model.pipelines.parts import Artifact, Manifest, Run, WorkspacePath
from infralint.model.shared.value import get, mappings, text_of
from infralint.syntax.yaml import Mapping
from infralint.text import regex as re
from infralint.text.source import Text

_PARAMETER = re.compile(
    r"\{\{=?[ \t]{0,20}+(?:inputs|workflow)\.parameters[^{}\n]{0,200}\}\}|\$\((?:inputs\.)?params[^)\n]{0,200}\)"
)
_ADMIN = re.compile(r"(?:^|-)(?:cluster-)?admin(?:$|-)|^argo-server$|^root$")


@noun_of(TektonDocument, "run")
def runs_in_tekton(file: TektonDocument) -> list[Run]:
    """The runs of tasks and pipelines."""
    return [_run(root) for root in file.roots if text_of(root.get("kind")) in ("TaskRun", "PipelineRun")]


@noun_of(ArgoDocument, "run")
def runs_in_argo(file: ArgoDocument) -> list[Run]:
    """The workflows."""
    kinds = ("Workflow", "CronWorkflow", "WorkflowTemplate", "ClusterWorkflowTemplate")
    return [_run(root) for root in file.roots if text_of(root.get("kind")) in kinds]


def _run(root: Mapping) -> Run:
    name = text_of(get(root, "metadata", "name")) or text_of(get(root, "metadata", "generateName"))
    key = root.key("kind")
    assert key is not None  # its value has been read
    return Run(name if name is not None else key, root)


@fact_of(Run)
def service_account(run: Run) -> Text | None:
    """The service account that it runs as; None where none is named."""
    spec = workflow_spec(run.node)
    for node in (spec, get(spec, "taskRunTemplate")):
        text = text_of(get(node, "serviceAccountName"))
        if text is not None and text.strip():
            return text
    return None


@fact_of(Run)
def mounts_token(run: Run) -> bool:
    """Whether nothing keeps the token of its service account out of its containers."""
    spec = workflow_spec(run.node)
    if get(spec, "workflowTemplateRef") is not None:
        return False
    templates = mappings(get(spec, "templates"))
    own = [text_of(one.get("automountServiceAccountToken")) for one in templates]
    return text_of(get(spec, "automountServiceAccountToken")) != "false" and not (
        own and all(text == "false" for text in own)
    )


@fact_of(Run)
def is_admin(run: Run) -> bool:
    """Whether the name of its account says that it may do everything."""
    account = service_account(run)
    return account is not None and _ADMIN.search(account) is not None


@noun_of(ArgoDocument, "artifact")
def artifacts_in(file: ArgoDocument) -> list[Artifact]:
    """The addresses that input artifacts are fetched from."""
    found = []
    for root in file.roots:
        spec = workflow_spec(root)
        for owner in [get(spec, "arguments"), *(get(one, "inputs") for one in mappings(get(spec, "templates")))]:
            for one in mappings(get(owner, "artifacts")):
                for keys in (
                    ("http", "url"),
                    ("git", "repo"),
                    ("s3", "endpoint"),
                    ("artifactory", "url"),
                    ("hdfs", "path"),
                ):
                    text = text_of(get(one, *keys))
                    if text is not None:
                        found.append(Artifact(text))
    return found


@fact_of(Artifact)
def is_insecure(artifact: Artifact) -> bool:
    """Whether nothing proves that it comes from its server: plain HTTP, git's own protocol."""
    text = artifact.text
    local = re.match(r"\w+://(?:localhost|127\.|\[::1|[\w.-]+\.svc\b|[\w.-]+\.cluster\.local)", text)
    return text.startswith(("http://", "git://", "ftp://")) and local is None


@noun_of(ArgoDocument, "manifest")
def manifests_in(file: ArgoDocument) -> list[Manifest]:
    """The manifests that templates apply."""
    texts = [
        text_of(get(one, "resource", "manifest"))
        for root in file.roots
        for one in mappings(get(workflow_spec(root), "templates"))
        if text_of(get(one, "resource", "action")) in ("apply", "create", "patch", "replace")
    ]
    return [Manifest(text) for text in texts if text is not None]


@noun_of(TektonDocument, "workspace_path")
def workspace_paths_in(file: TektonDocument) -> list[WorkspacePath]:
    """The paths within volumes that steps and tasks use."""
    found = []
    for root in file.roots:
        stack = [root.get("spec")]
        while stack:
            node = stack.pop()
            for key in ("workspaces", "tasks", "finally", "steps", "sidecars"):
                for one in mappings(get(node, key)):
                    text = text_of(one.get("subPath")) if key == "workspaces" else None
                    if text is not None:
                        found.append(WorkspacePath(text))
                    if key != "workspaces":
                        stack.append(one)
            stack += [inner for name in ("taskSpec", "pipelineSpec") if (inner := get(node, name)) is not None]
    return found


@fact_of(Manifest, WorkspacePath)
def pasted_parameter(value: Manifest | WorkspacePath) -> Text | None:
    """The parameter that is pasted into it; None where none is."""
    match = _PARAMETER.search(value.text)
    return value.text.slice(*match.span()) if match is not None else None
