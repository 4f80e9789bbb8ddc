"""What a compose file tells the project."""

from __future__ import annotations

from infralint.model.compose.service import Service
from infralint.model.element import Unknown
from infralint.model.project.summary import ComposeDigest, DependencyDigest, MentionDigest, ServiceDigest, mark
from infralint.text.source import Text


def digest_of(path: str, services: list[Service]) -> ComposeDigest:
    """A file's services, each as the merged model has it."""
    return ComposeDigest(path, tuple(_service(service) for service in services))


def _service(service: Service) -> ServiceDigest:
    build, check, user = service.build, service.healthcheck, service.user
    dockerfile = build.dockerfile_path if build is not None else None
    target = build.target if build is not None else None
    ports = [port.target for port in service.ports]
    return ServiceDigest(
        name=str(service.name),
        at=mark(service.name),
        image=str(service.image) if service.image is not None else None,
        dockerfile=None if isinstance(dockerfile, Unknown) else dockerfile,
        target=None if target is None or isinstance(target, Unknown) else str(target),
        target_known=not isinstance(target, Unknown),
        has_healthcheck=None if not service.is_whole and check is None else check is not None and not check.is_disabled,
        healthcheck_written=check is not None,
        dependencies=tuple(
            DependencyDigest(
                str(one.name),
                str(one.condition) if isinstance(one.condition, Text) else "",
                mark(one.condition if isinstance(one.condition, Text) else one.name),
            )
            for one in service.dependencies
        ),
        is_whole=service.is_whole,
        target_at=mark(target) if isinstance(target, Text) else None,
        user=MentionDigest(str(user), mark(user)) if isinstance(user, Text) else None,
        sets_user=user is not None,
        arguments=tuple(MentionDigest(str(one.name), mark(one)) for one in build.arguments)
        if build is not None
        else (),
        ports=tuple(MentionDigest(str(one), mark(one)) for one in ports if isinstance(one, Text) and "-" not in one),
        health_tools=tuple(check.tools) if check is not None and not check.is_disabled else (),
        health_at=mark(check.test) if check is not None and isinstance(check.test, Text) else None,
    )
