"""The jobs that have ended when a job begins."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Unknown, remembered
from infralint.model.pipelines.circleci import CircleDocument
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.gitlab import GitlabDocument
from infralint.model.pipelines.job import Job
from infralint.model.shared.value import get, mappings, scalars, text_of
from infralint.syntax.yaml import Mapping, Sequence

_IN_ORDER = frozenset(("Bitbucket Pipelines", "Jenkins", "Cloud Build", "Drone", "Woodpecker", "CodeBuild"))
"""Systems whose jobs run one behind the other as they are written, unless a job says otherwise."""
DEFAULT_STAGES = (".pre", "build", "test", "deploy", ".post")
MAX_JOBS = 300


def earlier_jobs(file: PipelineDocument, job: Job) -> list[Job] | Unknown:
    """The jobs of the file that have ended before; unknown where the file alone does not tell."""
    if isinstance(file, GitlabDocument):
        return _earlier_in_gitlab(file, job)
    if isinstance(file, CircleDocument):
        return _earlier_in_circle(file, job)
    if file.system in _IN_ORDER:
        return [one for one in file.jobs if one.start < job.start and not one.is_template]
    return UNKNOWN


@remembered
def _stages(file: GitlabDocument) -> list[str] | None:
    """The stages in order; None where an include may set them."""
    if file.stages is not None:
        return [".pre", *(str(one) for one in file.stages), ".post"]
    return None if file.is_open else list(DEFAULT_STAGES)


def _stage(file: GitlabDocument, job: Job) -> str | None:
    if job.node is None:
        return None
    chain, is_open = file.chain(str(job.name), job.node)
    stage = text_of(next((found for each in chain if (found := each.get("stage")) is not None), None))
    return str(stage) if stage is not None else None if is_open else "test"


def _earlier_in_gitlab(file: GitlabDocument, job: Job) -> list[Job] | Unknown:
    """The jobs of earlier stages, or those that its `needs` name."""
    if job.node is None or file.is_open:
        return UNKNOWN
    chain, is_open = file.chain(str(job.name), job.node)
    if is_open:
        return UNKNOWN
    needs = next((found for each in chain if (found := each.get("needs")) is not None), None)
    jobs = [one for one in file.jobs if not one.is_template]
    if isinstance(needs, Sequence):
        names = {str(name) for item in needs.values() for name in scalars(get(item, "job") or item)}
        return [one for one in jobs if str(one.name) in names]
    stages, own = _stages(file), _stage(file, job)
    if stages is None or own not in stages:
        return UNKNOWN
    before = set(stages[: stages.index(own)])
    return [one for one in jobs if _stage(file, one) in before]


def _earlier_in_circle(file: CircleDocument, job: Job) -> list[Job] | Unknown:
    """The jobs that each workflow makes it wait for."""
    by_name = {str(one.name): one for one in file.jobs}
    found: dict[str, Job] = {}
    uses = file.uses.get(str(job.name), [])
    if not uses:
        return UNKNOWN
    for options, workflow in uses:
        listed: dict[str, tuple[str, object]] = {}
        for item in mappings(workflow.get("jobs")):
            for written, value in item.items():
                shown = text_of(get(value, "name")) if isinstance(value, Mapping) else None
                listed[str(shown or written)] = (str(written), value)
        waiting = [str(one) for one in scalars(get(options, "requires"))]
        seen: set[str] = set()
        while waiting and len(seen) < MAX_JOBS:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            real, given = listed.get(name, (name, None))
            if real in by_name:
                found[real] = by_name[real]
            if isinstance(given, Mapping):
                waiting += [str(one) for one in scalars(given.get("requires"))]
    return list(found.values())
