"""Edits of keys and variables: limits of time, variables taken out, single quotes in Groovy."""

from __future__ import annotations

from infralint.fixes.verbs import delete, set_key
from infralint.model.element import fact_of
from infralint.model.pipelines.job import Job, JobVariable
from infralint.model.pipelines.parts import Artifact, CredentialUse
from infralint.text.edit import Edit

LIMITS = {
    "GitLab CI": ("timeout", "1 hour"), "Azure Pipelines": ("timeoutInMinutes", "60"), "Bitbucket Pipelines": ("max-time", "60"),
    "Buildkite": ("timeout_in_minutes", "60"), "Argo Workflows": ("activeDeadlineSeconds", "3600"), "Cloud Build": ("timeout", "1800s"),
}  # fmt: skip
"""The key by which each system limits a job, with an hour or so as its value."""


@fact_of(Job)
def with_timeout(job: Job) -> list[Edit] | None:
    """Edits that limit its time; None where the system has no key for it."""
    limit = LIMITS.get(job.parts.system)
    return set_key(job, *limit) if limit is not None and job.node is not None else None


@fact_of(JobVariable)
def removed(variable: JobVariable) -> list[Edit] | None:
    """Edits that take it out; None where it is no entry of a mapping."""
    return delete(variable.pair) if variable.pair is not None else None


@fact_of(Artifact)
def over_tls(artifact: Artifact) -> list[Edit] | None:
    """Edits that fetch it over HTTPS; None where its address is not written plainly."""
    if not artifact.raw.startswith("http://"):
        return None
    return [Edit(artifact.source.path, artifact.start, artifact.start + 7, "https://")]


@fact_of(CredentialUse)
def left_to_shell(credential_use: CredentialUse) -> list[Edit] | None:
    """Edits that put the string into single quotes, so that the shell takes the credential from its environment.

    None where the string holds a quote, an escape, or anything else that Groovy has to put in.
    """
    token = credential_use.token
    if token is None or token.quote not in ('"', '"""') or "'" in token.text or "\\" in token.text:
        return None
    path = credential_use.source.path
    names = credential_use.bound
    if any(one.expression not in names for one in token.interpolations):
        return None
    single = "'" * len(token.quote)
    edits = [
        Edit(path, token.start, token.start + len(token.quote), single),
        Edit(path, token.end - len(token.quote), token.end, single),
    ]
    return edits + [Edit(path, one.start, one.end, f"${one.expression}") for one in token.interpolations]
