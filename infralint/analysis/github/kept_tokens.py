"""Whether steps need the token that checkout leaves in the git configuration."""

from __future__ import annotations

from infralint.analysis.github.local_calls import action_document, local_file
from infralint.analysis.github.permissions import effective_permissions
from infralint.model.element import remembered
from infralint.model.github.checkout import Checkout
from infralint.model.github.job import Job
from infralint.model.github.step import Step
from infralint.tables.actions import has
from infralint.tables.permissions import needs_of
from infralint.text import regex as re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_TALKS_TO_ORIGIN = re.compile(
    r"""\bgit\s(?:[^\n;&|]{0,300}\s)?(?:push|pull|fetch|clone|ls-remote|send-pack|lfs|subtree|submodule|p4|svn)\b
    | \bhub\s+push\b | \bgh\s+(?:pr\s+(?:create|checkout)|repo\s+sync)\b
    | \bmkdocs\s+gh-deploy\b | \bmike\s[^\n]{0,300}(?:-p\b|--push\b) | \bghp-import\s[^\n]{0,300}(?:-\w*p|--push)
    | \b(?:gh-pages|angular-cli-ghpages|semantic-release|release-it|release-plz|auto-changelog|standard-release)\b
    | \blerna\s+(?:publish|version)\b | \bcargo[ -](?:release|ws\s+publish|workspaces\s+publish)\b
    | \brelease:(?:prepare|perform|branch|clean)\b | \bpublish_docs\b | \bnpx\s+(?:np|auto)\b | \bauto\s+shipit\b
    | \bdocusaurus\s+deploy\b | \bchangeset\s+publish\b | \bgit-auto-commit\b | \bpre-commit\s+autoupdate\b
    """,
    re.VERBOSE,
)
"""Commands that push to the repository that was checked out, or fetch from it."""
_OWN_SCRIPT = re.compile(
    r"""(?ix)(?:\b(?:make|just|task|rake|nox|tox|invoke|npm|yarn|pnpm|bun|poe|hatch|gradlew?|mvnw?)\b[^\n;&|]*
        | (?:^|[\s;&|(])\.{0,2}/?[\w./-]*[\w-]\.(?:sh|bash|py|js|mjs|ts|rb|pl)\b | (?:^|[\s;&|(])\.{1,2}/[\w./-]+)""",
)
_PUSHING_NAME = re.compile(
    r"(?i)(?<![a-z])(?:push|release|publish|deploy|gh-?pages|bump|commit|tag|sync|backport|mirror)"
)


def needs_kept_token(checkout: Checkout) -> bool:
    """Whether a later step pushes to or fetches from the repository with the token of a checkout, or may well do so."""
    job = checkout.step.job
    last = _last_talk(job if job is not None else checkout.step.file)
    return last > checkout.step.position or (job is not None and _pushes_unseen(checkout, job))


@remembered
def _last_talk(holder: Any) -> int:
    """The position of the last step of a job or file that talks to where the checkout came from; -1 where none does."""
    return max((each.position for each in holder.steps if _talks_to_origin(each)), default=-1)


def _talks_to_origin(step: Step) -> bool:
    uses = step.uses
    if uses is not None:
        if uses.is_local:
            path = local_file(uses)
            other = action_document(step.file.index, path) if path is not None else None
            inside = other.steps if other is not None and other is not step.file else []
            return _PUSHING_NAME.search(uses.text) is not None or any(
                _talks_to_origin(each) for each in inside if each.uses is None or not each.uses.is_local
            )
        return has(uses.action, "keeps-token") or any(need.pushes for need in needs_of(uses.action))
    if step.run is None:
        return False
    text = re.sub(r"(?m)^[ \t]*#.*$", "", str(step.run.text))
    return _TALKS_TO_ORIGIN.search(text) is not None or any(
        _PUSHING_NAME.search(match[0]) for match in _OWN_SCRIPT.finditer(text)
    )


def _pushes_unseen(checkout: Checkout, job: Job) -> bool:
    """Whether the job is given `contents: write` and no step is known to use it, so that some script pushes."""
    if effective_permissions(job).access("contents") != "write":
        return False
    later = [each for each in job.steps if each.position > checkout.step.position]
    used = any(
        any(need.scope == "contents" for need in needs_of(step.uses.action)) for step in later if step.uses is not None
    )
    released = any(step.run is not None and "gh release" in step.run.text for step in later)
    return not used and not released and any(step.run is not None for step in later)
