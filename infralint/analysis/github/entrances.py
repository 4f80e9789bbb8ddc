"""Where outsiders come in: the job or step of another file that hands them on to a called workflow or a local action."""

from __future__ import annotations

from infralint.analysis.github.local_calls import calling_steps
from infralint.analysis.github.outsiders import untrusted_head_event, ways_in
from infralint.model.element import Unknown, fact_of
from infralint.model.github.job import Job
from infralint.model.github.step import Step
from infralint.model.github.uses import Uses


@fact_of(Job, Step)
def outside_caller(part: Job | Step) -> Uses | None:
    """The `uses:` in another file by which outsiders come to it, the outermost; None where its own workflow lets them in."""
    if isinstance(part, Step) and part.job is None:
        for step in calling_steps(part.file):
            event = untrusted_head_event(step)
            if event is not None and not isinstance(event, Unknown):
                return outside_caller(step) or step.uses
        return None
    for _, calls in ways_in(part):
        return calls[-1].uses if calls else None
    return None


@fact_of(Job, Step)
def entrance(part: Job | Step, event: str) -> str:
    """The event in backquotes, with the file of the caller where there is one: "`issue_comment` through `.github/workflows/a.yml`"."""
    caller = outside_caller(part)
    return f"`{event}`" if caller is None else f"`{event}` through `{caller.source.path}`"
