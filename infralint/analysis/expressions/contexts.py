"""The contexts of GitHub Actions and where each may be used.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts, read 2026-11; for action
metadata the published schema of https://github.com/actions/languageservices (action-v1.0.json), read 2026-11.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from infralint.analysis.expressions.checker import STATUS_FUNCTIONS, Environment
from infralint.analysis.expressions.value_types import (
    ANY,
    BOOLEAN,
    NUMBER,
    OPEN,
    STRING,
    Lazy,
    Payload,
    Type,
    closed,
    mapping,
)
from infralint.tables.github import EVENTS

GITHUB_STRINGS = (
    "action action_path action_ref action_repository action_status actor actor_id api_url artifacts artifacts_list "
    "base_ref env event_name event_path graphql_url head_ref job output path ref ref_name ref_type repository "
    "repository_id repository_owner repository_owner_id repository_visibility repositoryurl retention_days run_attempt "
    "run_id run_number secret_source server_url sha state step_summary token triggering_actor workflow workflow_ref "
    "workflow_sha workspace"
)
"""Properties of `github` that are text, the undocumented ones of the runner included."""

RUNNER_STRINGS = "name os arch temp tool_cache debug environment workspace"

_OPEN_EVENTS = frozenset(("workflow_call", "image_version"))
"""Events whose payload is the caller's, or of which nothing is known."""

_STEP = "github needs strategy matrix job runner env vars secrets steps inputs"
_JOB = "github needs strategy matrix vars inputs"
_CREDENTIALS = "github needs strategy matrix env vars secrets inputs"
_CONTAINER_ENV = "github needs strategy matrix job runner env vars secrets inputs"
_ACTION = "github strategy matrix job runner env steps inputs"
_STATUS = " ".join(sorted(STATUS_FUNCTIONS))

_PLACES: dict[str, tuple[str, str]] = {
    "run-name": ("github inputs vars", ""),
    "concurrency": ("github inputs vars", ""),
    "env": ("github secrets inputs vars", ""),
    "jobs.<job_id>.concurrency": (_JOB, ""),
    "jobs.<job_id>.container": (_JOB, ""),
    "jobs.<job_id>.container.credentials": (_CREDENTIALS, ""),
    "jobs.<job_id>.container.env.<env_id>": (_CONTAINER_ENV, ""),
    "jobs.<job_id>.container.image": (_JOB, ""),
    "jobs.<job_id>.continue-on-error": (_JOB, ""),
    "jobs.<job_id>.defaults.run": (_JOB + " env", ""),
    "jobs.<job_id>.env": (_JOB + " secrets", ""),
    "jobs.<job_id>.environment": (_JOB, ""),
    "jobs.<job_id>.environment.url": (_JOB + " job runner env steps", ""),
    "jobs.<job_id>.if": ("github needs vars inputs", _STATUS),
    "jobs.<job_id>.name": (_JOB, ""),
    "jobs.<job_id>.outputs.<output_id>": (_STEP, ""),
    "jobs.<job_id>.runs-on": (_JOB, ""),
    "jobs.<job_id>.secrets.<secrets_id>": (_JOB + " secrets", ""),
    "jobs.<job_id>.services": (_JOB, ""),
    "jobs.<job_id>.services.<service_id>.credentials": (_CREDENTIALS, ""),
    "jobs.<job_id>.services.<service_id>.env.<env_id>": (_CONTAINER_ENV, ""),
    "jobs.<job_id>.steps.continue-on-error": (_STEP, "hashfiles"),
    "jobs.<job_id>.steps.env": (_STEP, "hashfiles"),
    "jobs.<job_id>.steps.if": (_STEP.replace(" secrets", ""), _STATUS + " hashfiles"),
    "jobs.<job_id>.steps.name": (_STEP, "hashfiles"),
    "jobs.<job_id>.steps.run": (_STEP, "hashfiles"),
    "jobs.<job_id>.steps.timeout-minutes": (_STEP, "hashfiles"),
    "jobs.<job_id>.steps.with": (_STEP, "hashfiles"),
    "jobs.<job_id>.steps.working-directory": (_STEP, "hashfiles"),
    "jobs.<job_id>.snapshot.if": (_JOB, ""),
    "jobs.<job_id>.strategy": ("github needs vars inputs", ""),
    "jobs.<job_id>.timeout-minutes": (_JOB, ""),
    "jobs.<job_id>.with.<with_id>": (_JOB, ""),
    "on.workflow_call.inputs.<inputs_id>.default": ("github inputs vars", ""),
    "on.workflow_call.outputs.<output_id>.value": ("github jobs vars inputs", ""),
    # keys that take no expression at all
    "name": ("", ""),
    "defaults": ("", ""),
    "permissions": ("", ""),
    "jobs.<job_id>.needs": ("", ""),
    "jobs.<job_id>.permissions": ("", ""),
    "jobs.<job_id>.uses": ("", ""),
    "jobs.<job_id>.steps.id": ("", ""),
    "jobs.<job_id>.steps.shell": ("", ""),
    "jobs.<job_id>.steps.uses": ("", ""),
    "jobs.<job_id>.steps.background": ("", ""),
    "jobs.<job_id>.steps.cancel": ("", ""),
    "jobs.<job_id>.steps.wait": ("", ""),
    "jobs.<job_id>.steps.wait-all": ("", ""),
    # action metadata
    "inputs.<input_id>.default": ("github strategy matrix job runner", "hashfiles"),
    "outputs.<output_id>.value": (_ACTION, ""),
    "runs.pre-if": (_ACTION.replace(" steps", ""), _STATUS + " hashfiles"),
    "runs.post-if": (_ACTION.replace(" steps", ""), _STATUS + " hashfiles"),
    "runs.steps.if": (_ACTION, _STATUS + " hashfiles"),
    "runs.steps": (_ACTION, "hashfiles"),
    "runs.args": ("inputs", ""),
    "runs.env": ("inputs", ""),
}


@cache
def available(place: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The contexts and the special functions that may be used at a key; None for a key of no table."""
    if place not in _PLACES:
        return None
    contexts, functions = _PLACES[place]
    return frozenset(contexts.split()), frozenset(functions.split())


def place_of(route: tuple[str | int, ...]) -> str:
    """The key of a workflow that the table speaks of, for the route of a value; "" where it speaks of none."""
    keys = [str(key).lower() if isinstance(key, str) else "*" for key in route]
    if not keys:
        return ""
    if keys[0] == "on":
        if keys[1:3] == ["workflow_call", "inputs"] and keys[4:] == ["default"]:
            return "on.workflow_call.inputs.<inputs_id>.default"
        if keys[1:3] == ["workflow_call", "outputs"] and keys[4:] == ["value"]:
            return "on.workflow_call.outputs.<output_id>.value"
        return ""
    if keys[0] != "jobs":
        return keys[0]
    if len(keys) < 3:
        return ""
    key, rest = keys[2], keys[3:]
    if key == "steps":
        rest = rest[2:] if rest[1:2] == ["parallel"] else rest
        return f"jobs.<job_id>.steps.{rest[1]}" if len(rest) > 1 else ""
    if key in ("container", "services"):
        base = "jobs.<job_id>.container"
        if key == "services":
            base, rest = "jobs.<job_id>.services", rest[1:]
        inner = base + (".<service_id>" if key == "services" else "")
        if rest[:1] == ["credentials"]:
            return f"{inner}.credentials"
        if rest[:1] == ["env"] and len(rest) > 1:
            return f"{inner}.env.<env_id>"
        return base
    named = {"outputs": "<output_id>", "with": "<with_id>", "secrets": "<secrets_id>"}
    if key in named:
        return f"jobs.<job_id>.{key}.{named[key]}"
    if key == "environment" and rest == ["url"]:
        return "jobs.<job_id>.environment.url"
    if key == "snapshot" and rest == ["if"]:
        return "jobs.<job_id>.snapshot.if"
    if key == "defaults":
        return "jobs.<job_id>.defaults.run"
    return f"jobs.<job_id>.{key}"


def place_in_action(route: tuple[str | int, ...]) -> str:
    """The same for the metadata of an action."""
    keys = [str(key).lower() if isinstance(key, str) else "*" for key in route]
    if keys[:1] == ["inputs"] and keys[2:] == ["default"]:
        return "inputs.<input_id>.default"
    if keys[:1] == ["outputs"] and keys[2:] == ["value"]:
        return "outputs.<output_id>.value"
    if keys[:2] == ["runs", "steps"]:
        return "runs.steps.if" if keys[3:4] == ["if"] else "runs.steps"
    return ".".join(keys[:2])


@cache
def base_contexts() -> dict[str, Type]:
    """Every context with the type it has where nothing more is known of the workflow."""
    github = dict.fromkeys(GITHUB_STRINGS.split(), STRING)
    service = closed({"id": STRING, "network": STRING, "ports": OPEN})
    strings = mapping(STRING)
    return {
        "github": closed(
            {**github, "ref_protected": BOOLEAN, "artifact_cache_size_limit": NUMBER, "event": OPEN},
            "context `github` has no property `{name}`",
        ),
        "env": strings,
        "vars": strings,
        "secrets": strings,
        "job": closed(
            {
                **dict.fromkeys(("status", "workflow_ref", "workflow_sha", "workflow_repository"), STRING),
                "workflow_file_path": STRING,
                "check_run_id": NUMBER,
                "container": closed({"id": STRING, "network": STRING}),
                "services": mapping(service),
            }
        ),
        "runner": closed(dict.fromkeys(RUNNER_STRINGS.split(), STRING)),
        "strategy": mapping(
            ANY, {"fail-fast": BOOLEAN, "job-index": NUMBER, "job-total": NUMBER, "max-parallel": NUMBER}
        ),
        "steps": OPEN,
        "matrix": OPEN,
        "needs": OPEN,
        "jobs": OPEN,
        "inputs": OPEN,
    }


@lru_cache(64)
def github_of(event: Type) -> Type:
    """The context `github` where something is known of the event."""
    github = base_contexts()["github"]
    return closed({**github.properties, "event": event}, github.missing)


@cache
def event_of(triggers: frozenset[str]) -> Type:
    """The type of `github.event` for the events that start a workflow; anything where one of them is not known."""
    if not triggers or not triggers <= EVENTS or triggers & _OPEN_EVENTS:
        return OPEN

    def load() -> Mapping[str, Type]:
        from infralint.analysis.expressions.payloads import properties

        return properties(sorted(triggers))

    return Type("object", Lazy(load), payload=Payload(tuple(sorted(triggers)), True))


def environment_at(place: str, contexts: dict[str, Type]) -> Environment:
    """The environment of an expression at a key, with what the model knows of the contexts."""
    found = available(place)
    if found is None:
        return Environment(contexts)
    return Environment(contexts, found[0], found[1], place)
