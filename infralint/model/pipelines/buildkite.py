"""Buildkite: command steps with their plugins; blocks and waits between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.model.element import UNKNOWN, Truth
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.job import ExternalCode, Job, Parts, Script, Substitution
from infralint.model.pipelines.reading import COMMIT, head_of, image_at, items_of, marks_in, variables_in
from infralint.model.shared.value import get, pairs_of, scalars, text_of
from infralint.model.shared.variable import Variable
from infralint.syntax.yaml import Mapping, Node
from infralint.text import regex as re
from infralint.text.source import Text

KIND = "buildkite"
_NAMES = (
    "BUILDKITE_BRANCH", "BUILDKITE_MESSAGE", "BUILDKITE_TAG", "BUILDKITE_PULL_REQUEST_REPO", "BUILDKITE_PULL_REQUEST_LABELS",
    "BUILDKITE_PULL_REQUEST_TITLE", "BUILDKITE_BUILD_AUTHOR", "BUILDKITE_BUILD_AUTHOR_EMAIL", "BUILDKITE_BUILD_CREATOR",
    "BUILDKITE_PULL_REQUEST_BASE_BRANCH", "BUILDKITE_PULL_REQUEST_DEFAULT_BRANCH",
)  # fmt: skip
"""After the page "Environment variables" (read 2026-11): the names and messages that whoever pushes or opens a change writes."""
WRITERS = dict.fromkeys((name.lower() for name in _NAMES), "outsider")
MARK = re.compile(r"(?<![\\$])\$(?:\{(\w{1,100}+)[^}\n]{0,200}\}|(\w{1,100}+))")


class BuildkiteDocument(PipelineDocument):
    """A `.buildkite/pipeline.yml`: `buildkite-agent pipeline upload` replaces `$X` in it before anything is run."""

    system = "Buildkite"
    schema = "buildkite"

    def read_jobs(self) -> Iterable[Job]:
        root = self.root
        steps = root.get("steps") if root is not None else next(iter(self.stream.documents), None)
        yield from self._jobs(steps, False)

    def _jobs(self, steps: Node | None, is_approved: bool) -> Iterator[Job]:
        for item in items_of(steps):
            if text_of(item) in ("block", "input") or (
                isinstance(item, Mapping) and any(key in item for key in ("block", "input", "manual"))
            ):
                is_approved = True
            elif isinstance(item, Mapping) and (item.get("group") is not None or item.get("steps") is not None):
                yield from self._jobs(item.get("steps"), is_approved)
            elif isinstance(item, Mapping) and any(key in item for key in ("command", "commands", "script", "plugins")):
                yield self._job(item, is_approved)

    def _job(self, step: Mapping, is_approved: bool) -> Job:
        name = next((text for key in ("label", "name", "key", "id") if (text := text_of(step.get(key)))), None)
        first = head_of(step)
        branches = scalars(step.get("branches")) + scalars(step.get("if")) + scalars(get(self.root, "branches"))
        plugins = list(_plugins(step.get("plugins")))
        images = [
            image
            for plugin, options in plugins
            if plugin.partition("#")[0].rpartition("/")[2] in ("docker", "docker-buildkite-plugin")
            and (image := image_at(options, "image")) is not None
        ]
        return Job(
            name or Text("step", step.source, first.start, first.end),
            step,
            Parts(
                images=tuple(images),
                scripts=tuple(
                    Script(text, True, _ESCAPED)
                    for key in ("command", "commands", "script")
                    for text in scalars(step.get(key))
                ),
                variables=tuple(variables_in(step.get("env"))),
                external=tuple(code for plugin, _ in plugins if (code := _external(plugin)) is not None),
                timeout=text_of(step.get("timeout_in_minutes")),
                is_approved=is_approved,
                is_limited=bool(branches),
            ),
        )

    def read_variables(self) -> Iterable[Variable]:
        yield from variables_in(get(self.root, "env"))

    def read_substitutions(self) -> Iterable[Substitution]:
        for script in self.scripts:
            yield from marks_in(script.text, MARK, "script", WRITERS)
        for owner in (self.root, *(job.node for job in self.jobs)):
            for _, value in pairs_of(get(owner, "agents")):
                for text in scalars(value):
                    yield from marks_in(text, MARK, "runner", WRITERS)
            for text in scalars(get(owner, "agents")):
                yield from marks_in(text, MARK, "runner", WRITERS)
            for text in scalars(get(owner, "concurrency_group")):
                yield from marks_in(text, MARK, "concurrency group", WRITERS)


_ESCAPED = re.compile(r"\$\$")
"""`$$` reaches the shell as `$`; read as an ordinary variable it has the same meaning."""


def _plugins(node: Node | None) -> Iterator[tuple[Text, Node | None]]:
    for item in items_of(node):
        if (text := text_of(item)) is not None:
            yield text, None
        for name, value in pairs_of(item):
            yield name, value
    for name, value in pairs_of(node):
        yield name, value


def _external(plugin: Text) -> ExternalCode | None:
    if plugin.startswith((".", "/")):
        return None
    _, mark, version = plugin.partition("#")
    held: Truth = COMMIT.fullmatch(version) is not None
    if "$" in plugin:
        return ExternalCode("plugin", plugin, UNKNOWN, UNKNOWN)
    return ExternalCode("plugin", plugin, plugin.slice(len(plugin) - len(version), len(plugin)) if mark else None, held)
