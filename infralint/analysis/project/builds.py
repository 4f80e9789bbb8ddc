"""Compose services beside the Dockerfiles that they are built from."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.project.services import BuiltService, BuiltStage, Mention
from infralint.tables.compose_builds import is_predefined_argument, lacks


def _lacks(stage: BuiltStage, tool: str) -> bool:
    """Whether a program is neither in its base image nor in anything that it runs or copies."""
    return stage.summary.base is not None and tool not in stage.summary.tools and lacks(stage.summary.base, tool)


@fact_of(BuiltService)
def undeclared_arguments(service: BuiltService) -> list[Mention]:
    """The build arguments that it passes and that no ARG of the Dockerfile declares."""
    known = service.dockerfile_summary.arguments
    passed = [one for one in service.summary.arguments if one.text not in known and "$" not in one.text]
    return [service.mention(one) for one in passed if not is_predefined_argument(one.text)]


@fact_of(BuiltService)
def unexposed_ports(service: BuiltService) -> list[Mention]:
    """The ports that it publishes although its stage exposes only others."""
    stage = service.stage
    ports = stage.ports if isinstance(stage, BuiltStage) else []
    return (
        [service.mention(one) for one in service.summary.ports if one.text.isdecimal() and one.text not in ports]
        if ports
        else []
    )


@fact_of(BuiltService)
def missing_programs(service: BuiltService) -> list[Mention]:
    """The programs that its health check calls and that its image does not bring."""
    stage, at = service.stage, service.summary.health_at
    if not isinstance(stage, BuiltStage) or at is None:
        return []
    return [Mention(tool, at, service.index) for tool in service.summary.health_tools if _lacks(stage, tool)]
