"""Fixes of concurrency groups."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.github.value import get, texts
from infralint.model.github.workflow import Trigger, Workflow
from infralint.syntax.yaml_edit import column_of
from infralint.text.edit import Edit

_BY_REF = frozenset(("create", "delete", "merge_group", "pull_request", "push", "schedule", "workflow_dispatch"))
"""Events of which runs with one ref replace each other."""
_OF_HEAD = frozenset(("opened", "synchronize", "reopened", "ready_for_review"))


@fact_of(Workflow)
def with_concurrency_group(workflow: Workflow) -> list[Edit] | None:
    """Edits that add a concurrency group for each branch or pull request.

    None where a group would drop runs that do different things (comments, labels, runs of other workflows), or where
    it could be the group of a workflow that calls this one or that this one calls, which would wait for itself.
    """
    key = workflow.key("jobs")
    names = {str(trigger.name) for trigger in workflow.triggers}
    if key is None or column_of(key.source, key.start) or not names:
        return None
    if names - _BY_REF - {"pull_request_target"} or any(job.uses is not None for job in workflow.jobs):
        return None
    pulls = [trigger for trigger in workflow.triggers if trigger.name in ("pull_request", "pull_request_target")]
    if any(_has_other_activities(trigger) for trigger in pulls):
        return None
    ref = "github.event.pull_request.number || github.ref" if "pull_request_target" in names else "github.ref"
    lines = (
        "concurrency:",
        f"  group: ${{{{ github.workflow }}}}-${{{{ {ref} }}}}",
        "  cancel-in-progress: ${{ github.event_name == 'pull_request' }}",
        "",
        "",
    )
    return [Edit(key.source.path, key.start, key.start, key.source.newline.join(lines))]


def _has_other_activities(trigger: Trigger) -> bool:
    """Whether activities start it that do not bring new commits, so that one run must not stand for another."""
    node = get(trigger.node, "types")
    return node is not None and not {str(text) for text in texts(node)} <= _OF_HEAD
