"""Whether a workflow uses one of several actions or commands."""

from __future__ import annotations

from collections.abc import Sequence

from infralint.model.element import fact_of
from infralint.model.github.workflow import Workflow
from infralint.text.glob import fits


@fact_of(Workflow)
def runs_one_of(workflow: Workflow, actions: Sequence[str], commands: Sequence[str]) -> bool:
    """Whether a job or step of it uses one of these actions (`owner/name`, `owner/*`), or a script holds one of these commands."""
    for job in workflow.jobs:
        if job.uses is not None and _is_one_of(job.uses.action, actions):
            return True
        for step in job.steps:
            if step.uses is not None and _is_one_of(step.uses.action, actions):
                return True
            if step.run is not None and any(command in step.run.text for command in commands):
                return True
    return False


def _is_one_of(action: str, patterns: Sequence[str]) -> bool:
    return any(fits(action, str(pattern).lower()) for pattern in patterns)
