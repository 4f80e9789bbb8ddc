"""What the cross-file rules need of a compose file: its services, as plain values that cross process borders."""

from __future__ import annotations

from infralint.analysis.compose.builds import dockerfile_path
from infralint.analysis.compose.healthchecks import is_disabled, tools_of
from infralint.analysis.compose.known_images import keeps_its_data, known_image
from infralint.analysis.compose.mounts import written_source
from infralint.analysis.compose.resolution import is_fully_resolved
from infralint.analysis.compose.variables import is_set_or_in_example
from infralint.model.compose.document import ComposeDocument
from infralint.model.compose.service import Service
from infralint.model.compose.variables import interpolations
from infralint.model.element import Unknown
from infralint.model.project.summary import (
    ComposeSummary,
    DependencySummary,
    MentionSummary,
    ServiceSummary,
    mark,
)
from infralint.text.source import Text


def compose_summary(document: ComposeDocument) -> ComposeSummary:
    """A file's services, each as the merged model has it."""
    services = tuple(_service_summary(service) for service in document.services)
    return ComposeSummary(document.source.path, services, _unset_variables(document))


def _unset_variables(document: ComposeDocument) -> tuple[MentionSummary, ...]:
    """The variables that are read without a default and that no env file beside the file sets or shows, each once."""
    found: dict[str, MentionSummary] = {}
    for each in interpolations(document.stream, document.interpolation):
        if each.operator in ("", "?", ":?") and each.name not in found and not is_set_or_in_example(each):
            found[each.name] = MentionSummary(each.name, mark(each))
    return tuple(found.values())


def _state(service: Service) -> str | None:
    """The named volume or the folder of the host that keeps a database's data; None where none is known to."""
    image = known_image(service)
    if image is None or keeps_its_data(image) is not True:
        return None
    sources = (written_source(mount) for mount in service.mounts)
    return next((source for source in sources if source), None) or image.name


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
        state=_state(service),
        image_at=mark(service.image) if service.image is not None else None,
        health_at=mark(check.test) if check is not None and isinstance(check.test, Text) else None,
    )
