"""Caches as a source of untrusted files: jobs in which outsiders can write entries, and jobs with rights that restore them."""

from __future__ import annotations

from infralint.analysis.github.caches import SCOPE_EVENTS, can_poison_default_branch_cache, restores_cache
from infralint.analysis.github.local_calls import workflow_document
from infralint.analysis.github.outsiders import untrusted_head_event
from infralint.analysis.github.untrusted_code import executed_by
from infralint.model.element import Unknown, fact_of
from infralint.model.github.step import Step
from infralint.model.index import Index

DEFAULT_BRANCHES = ("main", "master", "trunk")


@fact_of(Step)
def cache_writer(step: Step) -> Step | None:
    """A step of another job of this repository that runs untrusted code where the cache of the default branch can be written,
    and so can leave any entry for this step to restore; None where none is known, or this step restores no cache."""
    if step.job is None or restores_cache(step) is None:
        return None
    index = step.file.index
    found: list[Step] = index.memo("untrusted-cache-writers", lambda: _writers(index))
    return next((each for each in found if each.job is not None and each.job.node is not step.job.node), None)


def _writers(index: Index) -> list[Step]:
    """The steps of all workflows that run untrusted code in the scope of the default branch's cache."""
    found = []
    for source in index.sources(index.of_kind("workflow")):
        if not any(event in source.text for event in SCOPE_EVENTS):
            continue
        document = workflow_document(index, source.path)
        for step in document.steps if document is not None else ():
            if step.job is None or not can_poison_default_branch_cache(step.job, DEFAULT_BRANCHES):
                continue
            run = executed_by(step)
            event = untrusted_head_event(step) if run is not None else None
            if run is not None and event is not None and not isinstance(event, Unknown):
                found.append(run)
    return found
