"""Services that wait for others, with what their Dockerfiles say."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Unknown, fact_of
from infralint.model.project.document import ServiceTarget
from infralint.model.project.summary import DockerfileSummary


@fact_of(ServiceTarget)
def has_healthcheck(target: ServiceTarget) -> bool | Unknown:
    """Whether it, or the Dockerfile that it is built from, says how to tell that it is well."""
    own = target.summary.has_healthcheck
    if own is None:
        return UNKNOWN
    if own or target.summary.healthcheck_written:
        return own
    path = target.summary.dockerfile
    dockerfile = target.project.summaries.get(path) if path is not None else None
    if not isinstance(dockerfile, DockerfileSummary) or not dockerfile.stages or not target.summary.target_known:
        return UNKNOWN
    stage = dockerfile.stages[-1]
    if target.summary.target is not None:
        named = [s for s in dockerfile.stages if (s.name or "").lower() == target.summary.target.lower()]
        if not named:
            return UNKNOWN
        stage = named[0]
    return UNKNOWN if stage.has_healthcheck is None else stage.has_healthcheck
