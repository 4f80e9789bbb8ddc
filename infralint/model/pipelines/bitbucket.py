"""Bitbucket Pipelines: steps by the event that starts them, pipes, deployments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.job import ExternalCode, Job, Parts, Script, Substitution
from infralint.model.pipelines.reading import (
    RELEASE,
    SHELL_VARIABLE,
    head_of,
    image_at,
    items_of,
    known_text,
    marks_in,
    variables_in,
)
from infralint.model.shared.image import Image
from infralint.model.shared.value import get, pairs_of, scalars, text_of
from infralint.model.shared.variable import Variable
from infralint.syntax.yaml import Mapping, Node
from infralint.text import regex as re
from infralint.text.source import Text

KIND = "bitbucket"
OUTSIDERS = frozenset(
    ("BITBUCKET_BRANCH", "BITBUCKET_TAG", "BITBUCKET_PR_DESTINATION_BRANCH", "BITBUCKET_BOOKMARK", "BITBUCKET_COMMIT_MESSAGE", "BITBUCKET_PR_TITLE",
     "BITBUCKET_PR_DESCRIPTION", "BITBUCKET_STEP_TRIGGERER_UUID")
)  # fmt: skip
"""After the page "Variables and secrets" (read 2026-11): the names that whoever pushes a branch or a tag chooses."""
_DIGEST = re.compile(r"@sha256:[0-9a-f]{64}$")


class BitbucketDocument(PipelineDocument):
    """A `bitbucket-pipelines.yml`."""

    system = "Bitbucket Pipelines"
    schema = "bitbucket-pipelines"
    outsider_variables = OUTSIDERS

    def read_jobs(self) -> Iterable[Job]:
        root = self.root
        pipelines = get(root, "pipelines")
        if root is None or not isinstance(pipelines, Mapping):
            return
        inherited = image_at(root.get("image"), "name")
        number = 0
        for event, node in pipelines.items():
            groups = [("", node)] if event == "default" else list(node.items()) if isinstance(node, Mapping) else []
            for _, group in groups:
                for step, deployment in _steps(group, None):
                    number += 1
                    yield self._job(step, str(event), number, inherited, deployment)

    def _job(self, step: Mapping, event: str, number: int, inherited: Image | None, stage: Text | None) -> Job:
        name = text_of(step.get("name")) or _place(step)
        own = image_at(step.get("image"), "name")
        image = own if own is not None else inherited
        services = [
            found
            for service in scalars(step.get("services"))
            if (found := image_at(get(self.root, "definitions", "services", service), "image")) is not None
        ]
        timeout = text_of(step.get("max-time")) or text_of(get(self.root, "options", "max-time"))
        environment = known_text(step.get("deployment"))
        return Job(
            name,
            step,
            Parts(
                images=(image,) if image is not None else (),
                services=tuple(services),
                scripts=tuple(
                    Script(text)
                    for key in ("script", "after-script")
                    for item in items_of(step.get(key))
                    for text in scalars(item)
                ),
                variables=tuple(
                    each
                    for item in items_of(step.get("script"))
                    if isinstance(item, Mapping)
                    for each in variables_in(item.get("variables"))
                ),
                external=tuple(_pipes(step)),
                environment=environment if environment is not None else stage,
                timeout=timeout,
                runner=tuple(scalars(step.get("runs-on"))),
                is_approved=text_of(step.get("trigger")) == "manual",
                runs_on_change=event == "pull-requests",
                is_limited=event != "default",
            ),
        )

    def read_variables(self) -> Iterable[Variable]:
        custom = get(self.root, "pipelines", "custom")
        for _, group in pairs_of(custom):
            for item in items_of(group):
                if isinstance(item, Mapping):
                    yield from variables_in(item.get("variables"), "default")

    def read_substitutions(self) -> Iterable[Substitution]:
        caches = [value for _, value in pairs_of(get(self.root, "definitions", "caches"))]
        texts = [text for node in caches for text in (*scalars(node), *scalars(get(node, "path")))]
        texts += [text for job in self.jobs for text in scalars(get(job.node, "caches"))]
        for text in texts:
            yield from marks_in(
                text, SHELL_VARIABLE, "cache key", dict.fromkeys((name.lower() for name in OUTSIDERS), "writer")
            )


def _place(step: Mapping) -> Text:
    """Where a step without a name stands: its key."""
    key = head_of(step)
    return Text("step", step.source, key.start, key.end)


def _steps(node: Node | None, deployment: Text | None) -> Iterator[tuple[Mapping, Text | None]]:
    """The steps of a list of steps, stages and parallel groups, with the deployment of their stage."""
    if isinstance(node, Mapping):
        inner = node.get("steps")
        yield from _steps(inner, text_of(node.get("deployment")) or deployment)
        return
    for item in items_of(node):
        if not isinstance(item, Mapping):
            continue
        step = item.get("step")
        if isinstance(step, Mapping):
            yield step, deployment
        for key in ("parallel", "stage"):
            if (group := item.get(key)) is not None:
                yield from _steps(group, deployment)


def _pipes(step: Mapping) -> Iterator[ExternalCode]:
    for key in ("script", "after-script"):
        for item in items_of(step.get(key)):
            pipe = text_of(item.get("pipe")) if isinstance(item, Mapping) else None
            if pipe is None or not isinstance(item, Mapping):
                continue
            name = pipe.removeprefix("docker://")
            tail = name.rpartition("/")[2]
            version = tail.partition(":")[2].partition("@")[0]
            held = _DIGEST.search(pipe) is not None
            at = len(pipe) - len(version) if version and pipe.endswith(version) else len(pipe)
            written = pipe.slice(at, len(pipe)) if version and pipe.endswith(version) else None
            if version and RELEASE.fullmatch(version) is None and not held:
                written = None if re.fullmatch(r"\d+(?:\.\d+)?", version) is None else written
            yield ExternalCode("pipe", pipe, written, held, item)
