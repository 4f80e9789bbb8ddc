"""What Amazon ECS refuses in a task definition beyond its shape: names that are not there, settings that exclude each other."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.shared.fault import Fault
from infralint.model.element import noun_of
from infralint.model.platform.cloudformation import CloudFormationDocument
from infralint.model.platform.ecs import Container, EcsDocument, Task, entry, lookup
from infralint.model.platform.reading import is_tagged
from infralint.model.shared.value import mappings, scalars, text_of
from infralint.syntax.yaml import Mapping, Node, Sequence
from infralint.tables.platform_ecs import FARGATE_MEMORY
from infralint.text.similar import most_similar
from infralint.text.source import Located, Text

_UNITS = {"vcpu": 1024, "gb": 1024}


@noun_of(EcsDocument, "task_fault")
def faults_of_tasks(file: EcsDocument) -> list[Fault]:
    """What Amazon ECS refuses in the task definitions of the file, their shape aside."""
    return [fault for task in file.tasks for fault in _faults(task)]


@noun_of(CloudFormationDocument, "task_fault")
def faults_of_template_tasks(file: CloudFormationDocument) -> list[Fault]:
    """What Amazon ECS refuses in the task definitions of a template, their shape aside."""
    return [fault for task in file.tasks for fault in _faults(task)]


def _faults(task: Task) -> Iterator[Fault]:
    containers = task.containers
    if _is_whole(lookup(task.node, "containerDefinitions")):
        yield from _essential(task, containers)
        yield from _dependencies(containers)
    yield from _mounts(task, containers)
    yield from _memory(task, containers)
    mode = _known(lookup(task.node, "networkMode"))
    if mode == "awsvpc":
        yield from _ports(containers)
    compatible = [str(one) for one in scalars(lookup(task.node, "requiresCompatibilities"))]
    if "FARGATE" in compatible:
        yield from _fargate(task, containers)


def _is_whole(node: Node | None) -> bool:
    """Whether all items of a list are written here: no condition of a template decides on one."""
    return isinstance(node, Sequence) and all(isinstance(one, Mapping) and "Fn::If" not in one for one in node.values())


def _known(node: Node | None) -> Text | None:
    """The text of a scalar that nothing else puts in."""
    text = text_of(node)
    if text is None or is_tagged(node) or any(mark in text for mark in ("$", "{{", "<", "%")):
        return None
    return text


def _amount(node: Node | None) -> int | None:
    """A number of CPU units or of MiB, `1 vCPU` and `2 GB` among them."""
    text = _known(node)
    if text is None:
        return None
    number, _, unit = text.strip().lower().replace("vcpu", " vcpu").replace("gb", " gb").partition(" ")
    if not number.replace(".", "", 1).isdecimal():
        return None
    factor = _UNITS.get(unit.strip(), 0) if unit.strip() else 1
    return int(float(number) * factor) or None


def _essential(task: Task, containers: list[Container]) -> Iterator[Fault]:
    if containers and not any(one.is_essential for one in containers):
        message = "no container of the task is essential; Amazon ECS refuses the task definition"
        yield Fault("no-essential-container", message, task)


def _dependencies(containers: list[Container]) -> Iterator[Fault]:
    names = [name for one in containers if (name := _known(lookup(one.node, "name"))) is not None]
    if len(names) < len(containers):
        return
    seen: dict[str, Text] = {}
    for name in names:
        if seen.setdefault(str(name), name) is not name:
            yield Fault("duplicate-container", f"two containers are named `{name}`; Amazon ECS refuses them", name)
    for one in containers:
        for item in mappings(lookup(one.node, "dependsOn")):
            target = _known(lookup(item, "containerName"))
            if target is not None and str(target) not in seen:
                nearest = most_similar(target, list(seen), 0.7)
                hint = f"; did you mean `{nearest}`?" if nearest else ""
                message = f"container `{one.name}` depends on `{target}`, which the task does not have{hint}"
                yield Fault("unknown-container", message, target, nearest)


def _mounts(task: Task, containers: list[Container]) -> Iterator[Fault]:
    listed = lookup(task.node, "volumes")
    if listed is not None and not _is_whole(listed):
        return
    names = [_known(lookup(one, "name")) for one in mappings(listed)]
    if None in names:
        return
    known = [str(name) for name in names]
    for one in containers:
        for mount in mappings(lookup(one.node, "mountPoints")):
            name = _known(lookup(mount, "sourceVolume"))
            if name is not None and str(name) not in known:
                nearest = most_similar(name, known, 0.7)
                hint = f"; did you mean `{nearest}`?" if nearest else ""
                message = f"container `{one.name}` mounts the volume `{name}`, which the task does not define{hint}"
                yield Fault("unknown-volume", message, name, nearest)


def _memory(task: Task, containers: list[Container]) -> Iterator[Fault]:
    for one in containers:
        hard, soft = lookup(one.node, "memory"), lookup(one.node, "memoryReservation")
        if hard is None and soft is None and _is_complete(task) and lookup(task.node, "memory") is None:
            message = (
                f"neither container `{one.name}` nor the task sets `memory`; Amazon ECS refuses the task definition"
            )
            yield Fault("no-memory", message, one)
        least, most = _amount(soft), _amount(hard)
        at = text_of(soft)
        if least is not None and most is not None and least > most and at is not None:
            message = (
                f"container `{one.name}` reserves {least} MiB, more than its limit of {most} MiB; Amazon ECS refuses it"
            )
            yield Fault("reserved-above-limit", message, at)


def _is_complete(task: Task) -> bool:
    """Whether nothing else adds settings to it: a file without a family is a part of a definition."""
    return lookup(task.node, "family") is not None or "ContainerDefinitions" in task.node


def _ports(containers: list[Container]) -> Iterator[Fault]:
    for one in containers:
        for port in mappings(lookup(one.node, "portMappings")):
            inner, outer = _known(lookup(port, "containerPort")), _known(lookup(port, "hostPort"))
            if inner is None or outer is None or not (inner.isdecimal() and outer.isdecimal()):
                continue
            if int(outer) not in (0, int(inner)):
                message = (
                    f"hostPort {outer} differs from containerPort {inner}; network mode `awsvpc` takes no other port"
                )
                yield Fault("host-port", message, outer)
        links = entry(one.node, "links")
        if links is not None and scalars(links.value):
            message = f"container `{one.name}` has `links`, which network mode `awsvpc` does not support"
            yield Fault("links", message, links.key)


def _fargate(task: Task, containers: list[Container]) -> Iterator[Fault]:
    """What Fargate alone refuses."""
    where = _word(task.node, "requiresCompatibilities", task)
    mode = lookup(task.node, "networkMode")
    known = _known(mode)
    if mode is None and _is_complete(task):
        yield Fault("network-mode", "the task is for Fargate, but `networkMode` is not set to `awsvpc`", where)
    elif known is not None and known != "awsvpc":
        yield Fault("network-mode", f"network mode is `{known}`; Fargate takes `awsvpc` only", known)
    for key in ("cpu", "memory"):
        if lookup(task.node, key) is None and _is_complete(task):
            yield Fault(f"no-task-{key}", f"the task is for Fargate, which requires `{key}` of the task itself", where)
    yield from _size(task)
    for one in containers:
        if one.is_true("privileged"):
            at = _word(one.node, "privileged", one)
            yield Fault("privileged", f"container `{one.name}` is privileged; Fargate refuses it", at)
    if lookup(task.node, "executionRoleArn") is None and _is_complete(task):
        for one in containers:
            reason = _reason_for_role(one)
            if reason is not None:
                message = f"container `{one.name}` {reason}, but the task has no `executionRoleArn`; Fargate refuses it"
                yield Fault("no-execution-role", message, one)
                break


def _size(task: Task) -> Iterator[Fault]:
    units, memory = _amount(lookup(task.node, "cpu")), _amount(lookup(task.node, "memory"))
    at = text_of(lookup(task.node, "cpu")), text_of(lookup(task.node, "memory"))
    if units is None or units > max(FARGATE_MEMORY):
        return
    if units not in FARGATE_MEMORY:
        if at[0] is not None:
            yield Fault("fargate-size", f"Fargate has no tasks with {units} CPU units", at[0])
    elif memory is not None and memory not in FARGATE_MEMORY[units] and at[1] is not None:
        least, most = FARGATE_MEMORY[units][0], FARGATE_MEMORY[units][-1]
        message = f"Fargate has no tasks with {units} CPU units and {memory} MiB; it takes certain values from {least} to {most}"
        yield Fault("fargate-size", message, at[1])


def _reason_for_role(container: Container) -> str | None:
    """Why the agent needs a role for a container; None where it needs none that is known here."""
    if mappings(lookup(container.node, "secrets")):
        return "has `secrets`"
    if _known(lookup(container.node, "logConfiguration", "logDriver")) == "awslogs":
        return "logs by `awslogs`"
    return None


def _word(node: Mapping, key: str, other: Located) -> Located:
    """The word of a key."""
    pair = entry(node, key)
    return pair.key if pair is not None else other
