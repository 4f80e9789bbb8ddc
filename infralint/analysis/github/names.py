"""Names that GitHub knows (events, scopes, shells), and the one that was most likely meant."""

from __future__ import annotations

from infralint.analysis.expressions.checker import nearest
from infralint.model.element import fact_of
from infralint.model.github.job import Need
from infralint.model.github.permissions import Permission
from infralint.model.github.shell import Shell
from infralint.model.github.workflow import Trigger
from infralint.tables import github
from infralint.text.source import Text


@fact_of(Trigger, Permission, Shell)
def is_known(part: Trigger | Permission | Shell) -> bool:
    """Whether GitHub has such an event, such a scope with this access, such a shell."""
    if isinstance(part, Trigger):
        return part.name in github.EVENTS
    if isinstance(part, Permission):
        given = github.PERMISSIONS.get(str(part.scope), ())
        return part.scope in github.PERMISSIONS and (not isinstance(part.access, Text) or part.access in given)
    return part.program in SHELLS


@fact_of(Trigger, Permission, Need, name="nearest")
def nearest_name(part: Trigger | Permission | Need) -> str | None:
    """The known event, scope or job whose name is most like this one; None where none is close."""
    if isinstance(part, Trigger):
        return nearest(str(part.name), github.EVENTS)
    if isinstance(part, Permission):
        known = part.scope in github.PERMISSIONS
        return None if known else nearest(str(part.scope), github.PERMISSIONS)
    return nearest(str(part.name), [str(job.id) for job in part.owner.workflow.jobs if job is not part.owner])


SHELLS = ("bash", "sh", "pwsh", "powershell", "python", "cmd")
