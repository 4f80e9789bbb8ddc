"""When jobs of pipelines run, and who lets them."""

from __future__ import annotations

from infralint.model.element import Truth, fact_of
from infralint.model.pipelines.job import Job


@fact_of(Job)
def is_approved(job: Job) -> Truth:
    """Whether a person has to let it run."""
    return job.parts.is_approved


@fact_of(Job)
def allows_failure(job: Job) -> Truth:
    """Whether the pipeline goes on, and is green, where it fails or is not run."""
    return job.parts.allows_failure


@fact_of(Job)
def runs_on_change(job: Job) -> Truth:
    """Whether it runs for a merge or pull request before anyone has merged it."""
    return job.parts.runs_on_change


@fact_of(Job)
def is_limited(job: Job) -> Truth:
    """Whether it runs only for certain branches or tags."""
    return job.parts.is_limited


@fact_of(Job)
def is_run(job: Job) -> bool:
    """Whether it stands for all jobs that one run starts."""
    return job.parts.is_run
