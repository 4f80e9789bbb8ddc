"""Drone and Woodpecker: steps that each run in an image, with settings for plugins or commands for a shell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.model.element import Truth
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.job import Job, Parts, Script, Substitution
from infralint.model.pipelines.reading import head_of, image_at, marks_in, variables_in
from infralint.model.shared.value import get, mappings, pairs_of, scalars, text_of
from infralint.model.shared.variable import Variable
from infralint.syntax.yaml import Mapping, Node
from infralint.text import regex as re
from infralint.text.source import Text

KIND = "drone"
OUTSIDERS = frozenset(
    ("DRONE_COMMIT_MESSAGE", "DRONE_COMMIT_BRANCH", "DRONE_COMMIT_REF", "DRONE_COMMIT_AUTHOR", "DRONE_COMMIT_AUTHOR_NAME", "DRONE_COMMIT_AUTHOR_EMAIL",
     "DRONE_SOURCE_BRANCH", "DRONE_PULL_REQUEST_TITLE", "DRONE_TAG", "DRONE_BRANCH", "DRONE_DEPLOY_TO", "DRONE_TARGET_BRANCH",
     "CI_COMMIT_MESSAGE", "CI_COMMIT_SOURCE_BRANCH", "CI_COMMIT_REF", "CI_COMMIT_BRANCH", "CI_COMMIT_TAG", "CI_COMMIT_AUTHOR", "CI_COMMIT_AUTHOR_EMAIL",
     "CI_COMMIT_PULL_REQUEST_LABELS", "CI_PIPELINE_RELEASE_TITLE", "CI_PIPELINE_TITLE")
)  # fmt: skip
"""After Drone's "Environment variables" and Woodpecker's page of the same name (read 2026-11)."""
_OF_WRITERS = (
    "DRONE_TAG",
    "DRONE_BRANCH",
    "DRONE_COMMIT_BRANCH",
    "DRONE_TARGET_BRANCH",
    "DRONE_DEPLOY_TO",
    "CI_COMMIT_TAG",
    "CI_COMMIT_BRANCH",
)
"""Branches and tags of the repository itself: a pull request's own branch has another name."""
WRITERS = {name.lower(): "writer" if name in _OF_WRITERS else "outsider" for name in OUTSIDERS}
MARK = re.compile(r"(?<!\$)\$\{(\w{1,100}+)[^}\n]{0,200}\}")
_ANY = re.compile(r"(?<!\$)\$(?:\{(\w{1,100}+)[^}\n]{0,200}\}|(\w{1,100}+))")


class DroneDocument(PipelineDocument):
    """A `.drone.yml`: one pipeline a YAML document; `${X}` is replaced in the raw text before YAML is read."""

    system = "Drone"
    shell = "sh"
    schema = "drone-ci"
    outsider_variables = OUTSIDERS

    def read_jobs(self) -> Iterable[Job]:
        for root in self.roots:
            if (text_of(root.get("kind")) or "pipeline") == "pipeline":
                yield from _jobs(root, "trigger")

    def read_substitutions(self) -> Iterable[Substitution]:
        for script in self.scripts:
            yield from marks_in(script.text, MARK, "script", WRITERS)
        for root in self.roots:
            for key in ("node", "labels"):
                for _, value in pairs_of(root.get(key)):
                    for text in scalars(value):
                        yield from marks_in(text, _ANY, "runner", WRITERS)
            for step in steps_in(root.get("steps")):
                for text in scalars(step.get("image")):
                    yield from marks_in(text, _ANY, "image", WRITERS)
                for key, value in pairs_of(step.get("settings")):
                    if "cache" in str(text_of(step.get("image")) or "") and "key" in key:
                        for text in scalars(value):
                            yield from marks_in(text, _CACHE_MARK, "cache key", _CACHE_WRITERS)
                            yield from marks_in(text, _ANY, "cache key", WRITERS)


_CACHE_MARK = re.compile(r"\{\{([^{}\n]{0,300})\}\}")
_CACHE_WRITERS = {".commit.branch": "outsider", ".commit.message": "outsider", ".build.branch": "outsider", ".commit.author.*": "outsider", ".build.sourcebranch": "outsider"}  # fmt: skip


class WoodpeckerDocument(DroneDocument):
    """A workflow of Woodpecker: steps in a list or by name."""

    system = "Woodpecker"
    schema = "woodpecker-ci"

    def read_jobs(self) -> Iterable[Job]:
        for root in self.roots:
            yield from _jobs(root, "when")


def steps_in(node: Node | None) -> Iterator[Mapping]:
    """The steps of a list, or of a mapping of names."""
    yield from (
        mappings(node)
        if not isinstance(node, Mapping)
        else (value for _, value in node.items() if isinstance(value, Mapping))
    )


def _jobs(root: Mapping, trigger: str) -> Iterator[Job]:
    services = [image for one in steps_in(root.get("services")) if (image := image_at(one, "image")) is not None]
    named = {id(value): name for name, value in pairs_of(root.get("steps"))}
    for number, step in enumerate(steps_in(root.get("steps"))):
        image = image_at(step, "image")
        first = head_of(step)
        name = text_of(step.get("name")) or named.get(id(step)) or Text("step", step.source, first.start, first.end)
        when = step.get("when") or root.get(trigger)
        yield Job(
            name,
            step,
            Parts(
                images=(image,) if image is not None else (),
                services=tuple(services) if number == 0 else (),
                scripts=tuple(
                    Script(text, "powershell" not in str(image or ""), MARK) for text in scalars(step.get("commands"))
                ),
                variables=(*variables_in(step.get("environment")), *_settings(step.get("settings"))),
                runner=tuple(text for _, value in pairs_of(root.get("node")) for text in scalars(value)),
                runs_on_change=_runs_on_change(when),
                is_limited=_is_limited(when),
            ),
        )


def _settings(node: Node | None) -> Iterator[Variable]:
    """The settings of a plugin, nested ones too: it gets them as variables."""
    for _, value in pairs_of(node):
        if isinstance(value, Mapping) and value.get("from_secret") is None:
            yield from variables_in(value)
    yield from variables_in(node)


def _each(when: Node | None) -> list[Node | None]:
    return [*mappings(when)] or [when]


def _runs_on_change(when: Node | None) -> Truth:
    """Whether pull requests run it: all events do where none is named."""
    events = [
        str(text) for one in _each(when) for text in scalars(get(one, "event")) + scalars(get(one, "event", "include"))
    ]
    excluded = [str(text) for one in _each(when) for text in scalars(get(one, "event", "exclude"))]
    if "pull_request" in excluded:
        return False
    return not events or any(event.startswith("pull_request") for event in events)


def _is_limited(when: Node | None) -> Truth:
    for one in _each(when):
        if any(get(one, key) is not None for key in ("branch", "ref", "tag", "target")):
            return True
        events = scalars(get(one, "event")) + scalars(get(one, "event", "include"))
        if events and all(
            event in ("tag", "promote", "rollback", "deployment", "release", "cron", "manual") for event in events
        ):
            return True
    return False
