"""Rights of the host that a job's settings give to its containers."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.pipelines.document import Pipeline
from infralint.model.pipelines.job import Job
from infralint.model.shared.value import get, mappings, pairs_of, scalars, text_of
from infralint.syntax.yaml import Mapping, Node
from infralint.text import regex as re
from infralint.text.source import Text

_HOST_PATHS = re.compile(
    r"(?:/|/etc|/root|/home|/proc|/sys|/dev|/boot|/var/lib/docker|/var/lib/kubelet|/var/run|/run|/var/run/\S*\.sock|/run/\S*\.sock|/usr|/lib)/?"
)
_NAMESPACES = ("hostNetwork", "hostPID", "hostIPC")


@fact_of(Job)
def privileged_setting(job: Job) -> Text | None:
    """The value by which the job's container gets all rights of its host: `privileged: true`; None where nothing gives them."""
    for node in (
        job.node,
        get(job.node, "securityContext"),
        *(value for _, plugin in _plugins(job) for value in [plugin]),
    ):
        text = text_of(get(node, "privileged"))
        if text is not None and text.lower() == "true":
            return text
    return None


@fact_of(Job)
def mounted_socket(job: Job) -> Text | None:
    """The mount by which a container reaches the daemon of its host."""
    for _, plugin in _plugins(job):
        for text in scalars(get(plugin, "volumes")):
            if re.match(r"(?:/var)?/run/docker\.sock", text):
                return text
    return None


def _plugins(job: Job) -> list[tuple[Text, Node]]:
    node = get(job.node, "plugins")
    return [pair for one in mappings(node) for pair in pairs_of(one)]


@fact_of(Job)
def runs_as_root(job: Job) -> Text | None:
    """The value by which a container of Kubernetes runs as root or may become it; None where nothing says so."""
    context = get(job.node, "securityContext")
    if text_of(get(context, "runAsUser")) == "0":
        return text_of(get(context, "runAsUser"))
    text = text_of(get(context, "allowPrivilegeEscalation"))
    return text if text is not None and text.lower() == "true" else None


@fact_of(Job)
def lacks_hardening(job: Job) -> bool:
    """Whether a container of Kubernetes neither refuses root nor privilege escalation."""
    context = get(job.node, "securityContext")
    non_root = text_of(get(context, "runAsNonRoot"))
    user = text_of(get(context, "runAsUser"))
    escalation = text_of(get(context, "allowPrivilegeEscalation"))
    is_user = (non_root or "").lower() == "true" or (user is not None and user.isdigit() and user != "0")
    return not (is_user and (escalation or "").lower() == "false")


@fact_of(Pipeline)
def host_paths(pipeline: Pipeline) -> list[Text]:
    """The folders of the host that volumes mount, where they hold more than the job's own files."""
    found = []
    for root in pipeline.file.roots:
        spec = get(root, "spec", "workflowSpec") or get(root, "spec")
        for volumes in (
            root.get("volumes"),
            get(spec, "volumes"),
            get(spec, "podTemplate", "volumes"),
            get(spec, "taskRunTemplate", "podTemplate", "volumes"),
        ):
            for volume in mappings(volumes):
                path = text_of(get(volume, "host", "path")) or text_of(get(volume, "hostPath", "path"))
                if path is not None and _HOST_PATHS.fullmatch(path):
                    found.append(path)
    return found


@fact_of(Pipeline)
def host_namespaces(pipeline: Pipeline) -> list[Text]:
    """The settings by which pods share the network, the processes or the memory of their host."""
    found = []
    for root in pipeline.file.roots:
        spec = get(root, "spec", "workflowSpec") or get(root, "spec")
        for node in (spec, get(spec, "podTemplate"), get(spec, "taskRunTemplate", "podTemplate")):
            for name in _NAMESPACES:
                text = text_of(get(node, name))
                if text is not None and text.lower() == "true" and isinstance(node, Mapping):
                    key = node.key(name)
                    found.append(key if key is not None else text)
        patch = text_of(get(spec, "podSpecPatch"))
        if patch is not None and (
            match := re.search(r"\"?(?:hostNetwork|hostPID|hostIPC)\"?\s*:\s*true|\"?hostPath\"?\s*:", patch)
        ):
            found.append(patch.slice(*match.span()))
    return found
