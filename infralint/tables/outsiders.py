"""Whom the payload of an event speaks of: the outsider who caused it, their fork, this repository.

As of 2026-11, from GitHub's webhook reference and https://docs.github.com/en/graphql/reference/enums#commentauthorassociation.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

EVENTS = frozenset(
    """pull_request pull_request_target pull_request_review pull_request_review_comment workflow_run issue_comment issues
    discussion discussion_comment gollum fork watch""".split()
)
"""Events that anyone with an account can cause in a public repository."""

HEAD_RUN_EVENTS = ("pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment")
"""Events of runs whose head is a commit of a pull request."""

MERGE_REF_EVENTS = frozenset("pull_request pull_request_review pull_request_review_comment".split())
"""Events whose `github.ref` is that of the pull request."""

ASSOCIATIONS = ("NONE", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "CONTRIBUTOR")
"""What `author_association` says of people without write access; a contributor has one merged commit."""

DEFAULT_TYPES = {
    "pull_request": ("opened", "synchronize", "reopened"),
    "pull_request_target": ("opened", "synchronize", "reopened"),
    "issue_comment": ("created", "edited"),
    "issues": ("opened", "edited"),
    "workflow_run": ("requested", "in_progress", "completed"),
    "discussion": ("created", "edited"),
    "discussion_comment": ("created", "edited"),
    "pull_request_review": ("submitted", "edited"),
    "pull_request_review_comment": ("created", "edited"),
}

OWN = {"repository": "full_name", "repository_id": "id", "repository_owner": "login", "repository_owner_id": "owner.id"}
"""Properties of `github` that name this repository, and the domain in which they differ from those of a fork."""

_PULL_REQUESTS = frozenset("pull_request pull_request_target pull_request_review pull_request_review_comment".split())
OBJECTS: dict[str, frozenset[str]] = {
    "pull_request": _PULL_REQUESTS,
    "workflow_run": frozenset(("workflow_run",)),
    "issue": frozenset(("issues", "issue_comment")),
    "comment": frozenset("issue_comment discussion_comment pull_request_review_comment commit_comment".split()),
    "discussion": frozenset(("discussion", "discussion_comment")),
    "review": frozenset(("pull_request_review",)),
    "release": frozenset(("release",)),
    "client_payload": frozenset(("repository_dispatch",)),
    "inputs": frozenset(("workflow_dispatch",)),
    "schedule": frozenset(("schedule",)),
    "head_commit": frozenset(("push",)),
    "merge_group": frozenset(("merge_group",)),
    "forkee": frozenset(("fork",)),
}
"""Objects of payloads, and the events that send them; `github.event` has none of them for other events."""

MERGED = frozenset((("merged",), ("merged_at",), ("merged_by",), ("merged_by", "login"), ("auto_merge",)))
"""What of a pull request is set when a maintainer merges it."""

REPOSITORIES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("pull_request", "head", "repo"), "head"),
    (("pull_request", "base", "repo"), "own"),
    (("workflow_run", "head_repository"), "head"),
    (("workflow_run", "repository"), "own"),
    (("repository",), "own"),
)
"""Where a payload describes a repository: that of the pull request's head, or this one."""

DISTINCT = frozenset(
    tuple(path.split("."))
    for path in "full_name id node_id html_url url clone_url git_url ssh_url svn_url owner.login owner.id owner.node_id".split()
)
"""Fields by which a fork differs from the repository that it is a fork of."""

PEOPLE = frozenset(
    tuple(path.split("."))
    for path in """sender pull_request.user pull_request.head.user issue.user comment.user review.user discussion.user
    workflow_run.actor workflow_run.triggering_actor workflow_run.head_commit.author""".split()
)
"""Where a payload names the outsider."""
