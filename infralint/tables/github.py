"""What is known of GitHub Actions: who writes which context, which events do what.

As of 2026-11. Names of contexts: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts.
The rows (who writes which payload field, events, scopes) are not yet checked one by one against GitHub's webhook reference.
What is known of actions is in `action_rows`.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

from functools import cache

from infralint.tables.actions import row_of
from infralint.text.record import NamedTuple

ATTACKER_CONTROLLED = """
github.head_ref
github.event.issue.title
github.event.issue.body
github.event.pull_request.title
github.event.pull_request.body
github.event.pull_request.head.ref
github.event.pull_request.head.label
github.event.pull_request.head.repo.default_branch
github.event.pull_request.head.repo.description
github.event.pull_request.head.repo.homepage
github.event.forkee.description
github.event.forkee.homepage
github.event.discussion.title
github.event.discussion.body
github.event.comment.body
github.event.comment.diff_hunk
github.event.comment.path
github.event.forkee.description
github.event.forkee.homepage
github.event.forkee.default_branch
github.event.comment.diff_hunk
github.event.comment.path
github.event.review.body
github.event.review_comment.body
github.event.pages.*.page_name
github.event.commits.*.message
github.event.commits.*.author.email
github.event.commits.*.author.name
github.event.commits.*.committer.email
github.event.commits.*.committer.name
github.event.head_commit.message
github.event.head_commit.author.email
github.event.head_commit.author.name
github.event.head_commit.committer.email
github.event.head_commit.committer.name
github.event.changes.body.from
github.event.changes.title.from
github.event.changes.head.ref.from
github.event.workflow_run.display_title
github.event.workflow_run.head_branch
github.event.workflow_run.head_commit.message
github.event.workflow_run.head_commit.author.email
github.event.workflow_run.head_commit.author.name
github.event.workflow_run.head_commit.committer.email
github.event.workflow_run.head_commit.committer.name
github.event.workflow_run.head_repository.description
github.event.workflow_run.pull_requests.*.head.ref
github.event.check_suite.head_branch
github.event.check_suite.head_commit.message
github.event.check_suite.pull_requests.*.head.ref
github.event.check_run.check_suite.head_branch
github.event.check_run.check_suite.pull_requests.*.head.ref
github.event.check_run.pull_requests.*.head.ref
github.event.merge_group.head_commit.message
""".split()
"""Texts that anyone who opens an issue, a pull request or a comment writes; a path below is theirs too."""

FIXED = """
github.action github.action_path github.action_repository github.action_status github.actor_id github.api_url
github.event_name github.event_path github.graphql_url github.job github.repository_id github.repository_owner_id
github.repositoryurl github.retention_days github.run_attempt github.run_id github.run_number github.secret_source
github.server_url github.sha github.workflow_sha github.workspace github.env github.output github.path github.state
github.step_summary github.ref_protected github.ref_type github.repository github.repository_owner github.actor
github.triggering_actor github.token github.event.number github.event.action github.event.before github.event.after
github.event.pull_request.number github.event.issue.number github.event.comment.id github.event.pull_request.id
github.event.pull_request.head.sha github.event.pull_request.base.sha github.event.pull_request.merge_commit_sha
github.event.pull_request.merged github.event.pull_request.draft github.event.pull_request.commits
github.event.pull_request.head.repo.full_name github.event.pull_request.head.repo.name
github.event.pull_request.head.repo.owner.login github.event.pull_request.head.repo.fork
github.event.pull_request.head.repo.id github.event.pull_request.user.login github.event.pull_request.user.id
github.event.pull_request.html_url github.event.pull_request.url github.event.pull_request.base.repo.full_name
github.event.issue.html_url github.event.issue.url github.event.issue.user.login github.event.issue.id
github.event.comment.html_url github.event.comment.url github.event.comment.user.login github.event.sender.login
github.event.comment.author_association github.event.issue.author_association
github.event.pull_request.author_association github.event.discussion.number github.event.discussion.id
github.event.review.id github.event.review.state github.event.review.user.login
github.event.repository.name github.event.repository.full_name github.event.repository.id
github.event.repository.owner.login github.event.repository.html_url github.event.repository.clone_url
github.event.repository.private github.event.repository.fork github.event.organization.login
github.event.head_commit.id github.event.release.id github.event.release.prerelease github.event.release.draft
github.event.schedule github.event.workflow_run.id github.event.workflow_run.run_id github.event.workflow_run.head_sha
github.event.workflow_run.conclusion github.event.workflow_run.event github.event.workflow_run.run_number
github.event.workflow_run.status github.event.workflow_run.actor.login github.event.workflow_run.url
github.event.workflow_run.head_repository.full_name github.event.workflow_run.head_repository.owner.login
github.event.workflow_run.workflow_id github.event.workflow_run.check_suite_id github.event.workflow_run.html_url
github.event.check_suite.id github.event.check_run.id github.event.check_suite.head_sha github.event.deployment.id
job.status job.check_run_id job.container.id job.container.network job.services.*.id job.services.*.network
job.services.*.ports.* runner.arch runner.debug runner.environment runner.name runner.os runner.temp
runner.tool_cache runner.workspace steps.*.conclusion steps.*.outcome needs.*.result jobs.*.result
strategy.fail-fast strategy.job-index strategy.job-total strategy.max-parallel
""".split()
"""Contexts whose value GitHub forms itself, in letters that mean nothing to a shell: ids, commits, names, states."""


@cache
def _patterns(of: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(path.split(".")) for path in (ATTACKER_CONTROLLED if of == "attacker" else FIXED))


def _fits(path: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    """Whether the parts that both have agree: a filter (`*`) with anything, an index (`[]`) with the items of a list."""
    return all(one == other or "*" in (one, other) for one, other in zip(path, pattern, strict=False))


def is_attacker_controlled(path: tuple[str, ...], *, whole: bool = False) -> bool:
    """Whether an attacker may write the value at a path. `whole`: as JSON, so that an object counts for what is in it."""
    if path[0] != "github":
        return False
    return any(
        _fits(path, pattern) and (len(path) == len(pattern) or (whole and len(path) < len(pattern)))
        for pattern in _patterns("attacker")
    )


def is_fixed(path: tuple[str, ...]) -> bool:
    """Whether the value at a path can hold nothing that a shell takes for syntax."""
    return any(len(path) == len(pattern) and _fits(path, pattern) for pattern in _patterns("fixed"))


SAFE_FUNCTIONS = frozenset("contains startswith endswith hashfiles success failure always cancelled".split())
"""Functions whose result does not carry their arguments."""

EVENTS = frozenset(
    """branch_protection_rule check_run check_suite create delete deployment deployment_status discussion
    discussion_comment fork gollum image_version issue_comment issues label merge_group milestone page_build project
    project_card project_column public pull_request pull_request_review pull_request_review_comment
    pull_request_target push registry_package release repository_dispatch schedule status watch workflow_call
    workflow_dispatch workflow_run""".split()
)
PRIVILEGED_EVENTS = frozenset(("pull_request_target", "workflow_run", "issue_comment"))
"""Events that people without write access cause and that run with the secrets and the write token of the base repository."""

PERMISSIONS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        """actions artifact-metadata attestations checks code-quality contents deployments discussions drives issues packages
        pages pull-requests repository-projects security-events statuses""".split(),
        ("read", "write", "none"),
    ),
    "id-token": ("write", "none"),
    "copilot-requests": ("write", "none"),
    "models": ("read", "none"),
    "vulnerability-alerts": ("read", "none"),
}
"""Scopes of the workflow token with the access each may have."""

FIRST_PARTY = frozenset(("actions", "github", "octokit"))


class CacheSwitch(NamedTuple):
    """How an action's cache is switched: by which input, by which values, and what holds where it is not written.

    `on`: the input switches it on with any value but `off`; otherwise the input switches it off when it is true.
    """

    input: str
    on: bool
    default: bool
    values: tuple[str, ...] = ()


def caches_of(action: str) -> tuple[CacheSwitch, ...] | None:
    """How an action is told to restore the Actions cache; no switches: it always does. None for one that is not known to."""
    lines = row_of(action).get("cache")
    if lines is None:
        return None
    return tuple(_switch(line) for line in lines if line != "always")


def _switch(line: str) -> CacheSwitch:
    name, state, *rest = line.split()
    values = [each for each in rest if each != "default"]
    return CacheSwitch(name, state == "on", "default" in rest, tuple(values[0].split(",")) if values else ())


ICONS_COLORS = frozenset("white black yellow blue green orange red purple gray-dark".split())
"""The colours of an action's sign on the Marketplace."""


def plain_action(text: str) -> str | None:
    """`owner/name/path@ref` without redundant slashes and dots in its path; None where it has none, or leaves the repository."""
    name, at, ref = text.partition("@")
    parts: list[str] = []
    for part in name.split("/")[2:]:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    plain = "/".join([*name.split("/")[:2], *parts])
    return f"{plain}@{ref}" if at and plain != name else None
