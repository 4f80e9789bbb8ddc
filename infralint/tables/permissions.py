"""Scopes of the workflow token: what actions and commands cannot do without, and all that actions may write.

As of 2026-11, from the actions' own descriptions, the manual of gh and GitHub's table of permissions by endpoint.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from infralint.tables.actions import clauses_of, has, row_of, words_of
from infralint.text.record import NamedTuple


class Need(NamedTuple):
    """A scope with the access that an action needs, and when it does.

    `unless` names inputs (`$NAME`: variables) that give the action a credential of its own, `needs` an input without
    which the scope is not used, `off` the values of that input that switch the use off (none: it has to be written and not
    be false). `instead` is a scope that does as well; `pushes` says that the action uses the token that checkout keeps,
    `is_sure` whether it always fails without the scope.
    """

    scope: str
    access: str = "write"
    unless: tuple[str, ...] = ()
    needs: str = ""
    off: tuple[str, ...] = ()
    instead: str = ""
    pushes: bool = False
    is_sure: bool = True


_CLAUSES = frozenset(("unless", "when", "not", "or", "pushes", "perhaps"))


@cache
def needs_of(action: str) -> tuple[Need, ...]:
    """What an action fails without; nothing else does surely."""
    return tuple(_need(line) for line in row_of(action).get("needs", ()))


def _need(line: str) -> Need:
    found = clauses_of(line, _CLAUSES)
    unless, off = (tuple(filter(None, found.get(word, "").split(","))) for word in ("unless", "not"))
    return Need(
        found[""],
        unless=unless,
        needs=found.get("when", ""),
        off=off,
        instead=found.get("or", ""),
        pushes="pushes" in found,
        is_sure="perhaps" not in found,
    )


_GH = {
    "cache": ("delete", "actions"),
    "issue": ("close comment create delete develop edit lock pin reopen transfer unlock unpin", "issues"),
    "label": ("clone create delete edit", "issues"),
    "pr": ("close comment create edit lock merge ready reopen review unlock update-branch", "pull-requests"),
    "release": ("create delete delete-asset edit upload", "contents"),
    "run": ("cancel delete rerun", "actions"),
    "workflow": ("disable enable run", "actions"),
}
_ELSEWHERE = ("-R", "--repo", "--hostname", "--help")


def may_write(action: str, scope: str) -> bool:
    """Whether an action (`owner/name[/path]`, in lower case) may write a scope; of one that is not known: yes."""
    return not has(action, "writes") or scope in words_of(action, "writes")


def needed_by_gh(words: Sequence[str]) -> Need | None:
    """The scope that a command of GitHub's own client needs, in this repository; None if none is sure."""
    if len(words) < 3 or words[0] != "gh" or any(word.partition("=")[0] in _ELSEWHERE for word in words):
        return None
    verbs, scope = _GH.get(words[1], ("", ""))
    if words[2] not in verbs.split():
        return None
    return Need(scope, instead=_INSTEAD.get((words[1], words[2]), "pull-requests" if words[1] == "issue" else ""))


_INSTEAD = {("pr", "comment"): "issues", ("pr", "edit"): "issues", ("pr", "lock"): "issues", ("pr", "unlock"): "issues"}
"""A scope that does in the place of another, since every pull request is an issue."""


def read_by_gh(words: Sequence[str]) -> str | None:
    """The scope that a command of GitHub's own client reads, which a private repository has to grant; None if none is."""
    if len(words) < 3 or words[0] != "gh" or any(word.partition("=")[0] in _ELSEWHERE for word in words):
        return None
    return _READ.get(words[1])


_READ = {"cache": "actions", "issue": "issues", "label": "issues", "pr": "pull-requests", "release": "contents",
         "repo": "contents", "run": "actions", "workflow": "actions", "attestation": "attestations"}  # fmt: skip

_REST = {
    "actions": ("cancel create delete disable enable reRun", "actions", ""),
    "checks": ("create update", "checks", ""),
    "codeScanning": ("upload", "security-events", ""),
    "git": ("create delete update", "contents", ""),
    "issues": ("add create delete lock remove set unlock update", "issues", "pull-requests"),
    "packages": ("delete restore", "packages", ""),
    "pulls": ("create delete dismiss remove request submit update", "pull-requests", ""),
    "reactions": ("create delete", "issues", "pull-requests"),
    "repos": (
        "createRelease updateRelease deleteRelease uploadReleaseAsset generateReleaseNotes createOrUpdateFileContents "
        "deleteFile merge createDispatchEvent",
        "contents",
        "",
    ),
}
_REST_OTHERS = {
    "repos.createCommitStatus": "statuses", "repos.createDeployment": "deployments",
    "repos.createDeploymentStatus": "deployments", "repos.deleteDeployment": "deployments", "pulls.merge": "contents",
}  # fmt: skip


def needed_by_rest(room: str, method: str) -> Need | None:
    """The scope that a method of Octokit needs to write (`issues`, `createComment`); None if none is known."""
    other = _REST_OTHERS.get(f"{room}.{method}")
    if other is not None:
        return Need(other)
    verbs, scope, instead = _REST.get(room, ("", "", ""))
    if not any(method.startswith(verb) for verb in verbs.split()):
        return None
    return Need(scope, instead=instead if method not in ("create", "update") else "")


def is_known(action: str) -> bool:
    """Whether all scopes that an action may write are known."""
    return has(action, "writes") or has(action, "needs")


ORGANIZATION_PERMISSIONS = frozenset(
    """permission-members permission-organization-administration permission-organization-announcement-banners
    permission-organization-copilot-seat-management permission-organization-custom-org-roles
    permission-organization-custom-properties permission-organization-custom-roles permission-organization-events
    permission-organization-hooks permission-organization-packages
    permission-organization-personal-access-token-requests permission-organization-personal-access-tokens
    permission-organization-plan permission-organization-projects permission-organization-secrets
    permission-organization-self-hosted-runners permission-organization-user-blocking permission-team-discussions
    permission-email-addresses permission-followers permission-git-ssh-keys permission-gpg-keys
    permission-interaction-limits permission-profile permission-starring""".split()
)
"""Inputs of actions/create-github-app-token that reach no repository."""
