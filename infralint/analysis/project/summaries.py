"""What the cross-file rules need of each file, as plain values that cross process borders."""

from __future__ import annotations

from infralint.analysis.compose.builds import dockerfile_path
from infralint.analysis.compose.healthchecks import is_disabled, tools_of
from infralint.analysis.compose.resolution import is_fully_resolved
from infralint.analysis.dockerfile.healthchecks import has_healthcheck
from infralint.analysis.dockerfile.users import is_root
from infralint.analysis.shared.images import is_official, is_rootless
from infralint.model.compose.document import ComposeDocument
from infralint.model.compose.service import Service
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.dockerfile.stage import Stage
from infralint.model.element import UNKNOWN, Unknown
from infralint.model.project.summary import (
    ComposeSummary,
    DependencySummary,
    DockerfileSummary,
    MentionSummary,
    ServiceSummary,
    StageSummary,
    mark,
)
from infralint.text.source import Text


def dockerfile_summary(document: DockerfileDocument) -> DockerfileSummary:
    """Stages and their health checks. A base image that is not Docker's own may bring one."""
    stages = []
    for stage in document.stages:
        health = has_healthcheck(stage)
        if health is False and stage.healthcheck is None:
            base = stage.image
            if base is None or not (base.is_scratch or is_official(base) is True):
                health = UNKNOWN
        stages.append(_stage_summary(stage, None if isinstance(health, Unknown) else health))
    arguments = {str(entry.name) for own in document.of("ARG") for entry in own.entries}
    return DockerfileSummary(document.source.path, tuple(stages), tuple(sorted(arguments)))


def _stage_summary(stage: Stage, health: bool | None) -> StageSummary:
    image, user = stage.image, stage.user
    as_root = is_root(user) if user is not None else UNKNOWN
    lineage = stage.lineage
    numbers = [port.number for each in lineage for expose in each.exposes for port in expose.ports]
    raw = [one.raw for each in lineage for one in (*each.runs, *each.copies)]
    return StageSummary(
        name=str(stage.name) if stage.name is not None else None,
        has_healthcheck=health,
        base=str(image.reference) if image is not None and "$" not in image.reference else None,
        has_user=user is not None or image is None or is_rootless(image) is not False,
        runs_as_root=None if isinstance(as_root, Unknown) else as_root,
        ports=None
        if any(isinstance(one, Unknown) for one in numbers)
        else tuple(one for one in numbers if isinstance(one, int)),
        tools=tuple(tool for tool in ("curl", "wget") if any(tool in text for text in raw)),
    )


def compose_summary(document: ComposeDocument) -> ComposeSummary:
    """A file's services, each as the merged model has it."""
    return ComposeSummary(document.source.path, tuple(_service_summary(service) for service in document.services))


def _service_summary(service: Service) -> ServiceSummary:
    build, check, user = service.build, service.healthcheck, service.value("user")
    dockerfile = dockerfile_path(build) if build is not None else None
    target = build.target if build is not None else None
    ports = [port.target for port in service.ports]
    return ServiceSummary(
        name=str(service.name),
        at=mark(service.name),
        image=str(service.image) if service.image is not None else None,
        dockerfile=None if isinstance(dockerfile, Unknown) else dockerfile,
        target=None if target is None or isinstance(target, Unknown) else str(target),
        target_known=not isinstance(target, Unknown),
        has_healthcheck=None
        if not is_fully_resolved(service) and check is None
        else check is not None and not is_disabled(check),
        healthcheck_written=check is not None,
        dependencies=tuple(
            DependencySummary(
                str(one.name),
                str(one.condition) if isinstance(one.condition, Text) else "",
                mark(one.condition if isinstance(one.condition, Text) else one.name),
            )
            for one in service.dependencies
        ),
        is_fully_resolved=is_fully_resolved(service),
        target_at=mark(target) if isinstance(target, Text) else None,
        user=MentionSummary(str(user), mark(user)) if isinstance(user, Text) else None,
        sets_user=user is not None,
        arguments=tuple(MentionSummary(str(one.name), mark(one)) for one in build.arguments)
        if build is not None
        else (),
        ports=tuple(MentionSummary(str(one), mark(one)) for one in ports if isinstance(one, Text) and "-" not in one),
        health_tools=tuple(tools_of(check)) if check is not None and not is_disabled(check) else (),
        health_at=mark(check.test) if check is not None and isinstance(check.test, Text) else None,
    )
