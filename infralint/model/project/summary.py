"""What a document tells the project: small, plain values that cross process borders."""

from __future__ import annotations

from infralint.model.element import Element
from infralint.text.record import NamedTuple
from infralint.text.source import Located, Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal


class Mark(NamedTuple):
    """A place in a file, without its text."""

    path: str
    start: int
    end: int


def mark(element: Located) -> Mark:
    """The place of an element."""
    return Mark(element.source.path, element.start, element.end)


def element_at(at: Mark, source: Source | None) -> Element:
    """An element that stands at a mark; at the head of an empty text where the file is gone."""
    if source is None or at.end > len(source.text):
        return Element(Source(at.path, ""), 0, 0)
    return Element(source, *Span(at.start, at.end))


class DependencySummary(NamedTuple):
    """A service that another waits for."""

    name: str
    condition: str
    at: Mark


class MentionSummary(NamedTuple):
    """A word of a file, with its place."""

    text: str
    at: Mark


class ServiceSummary(NamedTuple):
    """A compose service; None in `has_healthcheck` means that another file may add one.

    `health_tools` are the programs of its health check that an image may lack; `is_fully_resolved`: no other file adds to it.
    """

    name: str
    at: Mark
    image: str | None
    dockerfile: str | None
    target: str | None
    target_known: bool
    has_healthcheck: bool | None
    healthcheck_written: bool
    dependencies: tuple[DependencySummary, ...]
    is_fully_resolved: bool = False
    target_at: Mark | None = None
    user: MentionSummary | None = None
    sets_user: bool = False
    arguments: tuple[MentionSummary, ...] = ()
    ports: tuple[MentionSummary, ...] = ()
    health_tools: tuple[str, ...] = ()
    health_at: Mark | None = None
    state: str | None = None
    """What keeps the data of a database: the named volume or the folder of the host."""
    image_at: Mark | None = None


class ComposeSummary(NamedTuple):
    """A compose file."""

    path: str
    services: tuple[ServiceSummary, ...]
    variables: tuple[MentionSummary, ...] = ()
    """The variables that it reads without a default and that no env file beside it sets or shows."""


class StageSummary(NamedTuple):
    """A stage of a Dockerfile; None in `has_healthcheck` means that its base image may bring one.

    `runs_as_root` is None where no USER is written or it is unknown; `ports` is None where EXPOSE holds a variable;
    `tools` are words of its commands and copies that name a program a health check may call.
    """

    name: str | None
    has_healthcheck: bool | None
    base: str | None = None
    has_user: bool = True
    runs_as_root: bool | None = None
    ports: tuple[int, ...] | None = None
    tools: tuple[str, ...] = ()


class RuntimeSummary(NamedTuple):
    """A version of a language that a file asks for: `version` is as far as it is written, `3.12` or `20.11.1`.

    `role` is what it is for: `image` (a stage that runs), `build` (a stage or platform that builds), `ci`, `development`.
    """

    language: str
    version: str
    at: Mark
    role: str


class DockerfileSummary(NamedTuple):
    """A Dockerfile."""

    path: str
    stages: tuple[StageSummary, ...]
    arguments: tuple[str, ...] = ()
    runtimes: tuple[RuntimeSummary, ...] = ()


class GradeSummary(NamedTuple):
    """What the pipeline around a deploying job is known to do. None means unknown: a setting of the platform, a caller elsewhere.

    `form` is "service", "site" (static files) or "infrastructure"; `stage` is "production", "staging", "preview" or
    "unknown"; `triggers` hold "branch", "tag", "manual", "schedule", "pull request", "call" and names of other events.
    `cancelled_at` is the setting by which a newer run ends an older one midway; `migration_at` a migration of the
    database that begins behind the deploying command; `moving_image` the image that it deploys by the tag `latest`.
    """

    job: str = ""
    form: Literal["service", "site", "infrastructure"] = "service"
    stage: str = "unknown"
    triggers: tuple[str, ...] = ()
    is_approved: bool | None = None
    runs_after_tests: bool | None = None
    runs_after_staging: bool | None = None
    is_serialised: bool | None = None
    cancelled_at: Mark | None = None
    migrates: bool = False
    migration_at: Mark | None = None
    moving_image: MentionSummary | None = None


class DeploymentSummary(NamedTuple):
    """Something that deploys: where, how, and whether its workflow can roll back.

    `platform` is a word of `tables/deploys` where a file of a platform deploys, "" for a job. None in `has_health_check`
    and `has_release_phase` means unknown. `state` holds the names of its volumes and databases. `certainty` is "likely"
    where the file alone does not show that it is used.
    """

    at: Mark
    how: str
    environment: str | None
    has_rollback: bool
    platform: str = ""
    has_health_check: bool | None = None
    has_release_phase: bool | None = None
    state: tuple[str, ...] = ()
    certainty: Literal["certain", "likely"] = "certain"
    instances: int | None = None
    """How many copies of the service run at least; None where it is unknown."""
    grade: GradeSummary = GradeSummary()


class WorkflowSummary(NamedTuple):
    """A CI workflow, or a file of a platform.

    `secrets` are the long-lived secrets that it uses, each once; `filters` the patterns of paths that start it; `pin` the
    first action that it pins to a commit; `runs_tests`: whether a job of it runs tests; `limits` the permissions that it sets
    for all its jobs.
    """

    path: str
    deployments: tuple[DeploymentSummary, ...]
    secrets: tuple[MentionSummary, ...] = ()
    filters: tuple[MentionSummary, ...] = ()
    pin: MentionSummary | None = None
    runs_tests: bool = False
    limits: Mark | None = None
    runtimes: tuple[RuntimeSummary, ...] = ()


class PlatformSummary(NamedTuple):
    """A file of a deployment platform or a development environment: what it deploys, and the runtimes that it pins.

    `secrets` are the stored secrets that it names for what it deploys, each once; `grants`: whether it holds statements of IAM.
    """

    path: str
    deployments: tuple[DeploymentSummary, ...] = ()
    runtimes: tuple[RuntimeSummary, ...] = ()
    secrets: tuple[MentionSummary, ...] = ()
    grants: bool = False
