"""What the cross-file rules need of a Dockerfile: its stages, as plain values that cross process borders."""

from __future__ import annotations

from infralint.analysis.dockerfile.additions import brings_unknown_programs
from infralint.analysis.dockerfile.healthchecks import has_healthcheck
from infralint.analysis.dockerfile.users import is_root
from infralint.analysis.shared.images import is_official, is_rootless
from infralint.analysis.shared.runtimes import runtime_of_image
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.dockerfile.stage import Stage
from infralint.model.element import UNKNOWN, Unknown
from infralint.model.project.summary import (
    DockerfileSummary,
    RuntimeSummary,
    StageSummary,
)

TOOLS = ("curl", "wget")


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
    return DockerfileSummary(document.source.path, tuple(stages), tuple(sorted(arguments)), _runtimes(document))


def _runtimes(document: DockerfileDocument) -> tuple[RuntimeSummary, ...]:
    """The versions of languages of its base images; that of the last stage is what runs."""
    found = []
    for stage in document.stages:
        image = stage.image
        made = runtime_of_image(image, "image" if stage.is_final else "build") if image is not None else None
        if made is not None:
            found.append(made)
    return tuple(found)


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
        tools=TOOLS
        if brings_unknown_programs(stage)
        else tuple(tool for tool in TOOLS if any(tool in text for text in raw)),
    )
