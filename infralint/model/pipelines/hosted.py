"""Travis CI and AWS CodeBuild: one job's phases, each a list of commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.model.pipelines.cloudbuild import assignments_in
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.job import Job, JobVariable, Parts, Script
from infralint.model.pipelines.reading import head_of, variables_in
from infralint.model.shared.value import get, mappings, pairs_of, scalars, text_of
from infralint.model.shared.variable import Variable
from infralint.syntax.yaml import Mapping, Node
from infralint.text.source import Text

KIND = "travis"
TRAVIS_OUTSIDERS = frozenset(
    ("TRAVIS_BRANCH", "TRAVIS_PULL_REQUEST_BRANCH", "TRAVIS_PULL_REQUEST_SLUG", "TRAVIS_COMMIT_MESSAGE", "TRAVIS_TAG")
)
CODEBUILD_OUTSIDERS = frozenset(
    (
        "CODEBUILD_WEBHOOK_HEAD_REF",
        "CODEBUILD_WEBHOOK_BASE_REF",
        "CODEBUILD_WEBHOOK_TRIGGER",
        "CODEBUILD_SOURCE_VERSION",
    )
)
"""After each vendor's page of environment variables (read 2026-11)."""
_PHASES = (
    "before_install", "install", "before_script", "script", "before_cache", "after_success", "after_failure", "before_deploy", "after_deploy", "after_script",
)  # fmt: skip


class TravisDocument(PipelineDocument):
    """A `.travis.yml`."""

    system = "Travis CI"
    schema = "travis"
    is_lenient = True
    outsider_variables = TRAVIS_OUTSIDERS

    def read_jobs(self) -> Iterable[Job]:
        root = self.root
        if root is None or not root.pairs:
            return
        first = head_of(root)
        yield _travis_job(root, Text("build", root.source, first.start, first.end))
        for key in ("jobs", "matrix"):
            for node in mappings(get(root, key, "include")):
                at = head_of(node)
                name = (
                    text_of(node.get("name"))
                    or text_of(node.get("stage"))
                    or Text("job", node.source, at.start, at.end)
                )
                yield _travis_job(node, name)


def _travis_job(node: Mapping, name: Text) -> Job:
    providers = scalars(get(node, "deploy", "provider")) + [
        text for one in mappings(node.get("deploy")) for text in scalars(one.get("provider"))
    ]
    site = ("pages", "releases", "npm", "pypi", "rubygems")
    return Job(
        name,
        node,
        Parts(
            scripts=tuple(Script(text) for phase in _PHASES for text in scalars(node.get(phase))),
            variables=tuple(_travis_variables(node.get("env"))),
            deploying=next((text for text in providers if text not in site), None),
        ),
    )


def _travis_variables(node: Node | None) -> Iterator[JobVariable]:
    """The variables of `env`, in each of its notations; encrypted ones are left out."""
    for one in (node, get(node, "global"), get(node, "jobs"), get(node, "matrix")):
        yield from assignments_in(one)
        if isinstance(one, Mapping) and not {"global", "jobs", "matrix", "secure"} & {
            str(name) for name, _ in pairs_of(one)
        }:
            yield from variables_in(one)


class CodeBuildDocument(PipelineDocument):
    """A `buildspec.yml`."""

    system = "CodeBuild"
    outsider_variables = CODEBUILD_OUTSIDERS

    def read_jobs(self) -> Iterable[Job]:
        for name, phase in pairs_of(get(self.root, "phases")):
            if isinstance(phase, Mapping):
                scripts = [Script(text) for key in ("commands", "finally") for text in scalars(phase.get(key))]
                yield Job(name, phase, Parts(scripts=tuple(scripts)))

    def read_variables(self) -> Iterable[Variable]:
        yield from variables_in(get(self.root, "env", "variables"))
