"""CircleCI: jobs with their executors and commands, orbs, the workflows that run them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from infralint.model.element import UNKNOWN, Truth, Unknown
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.job import ExternalCode, Job, Parts, Script, Substitution
from infralint.model.pipelines.reading import image_at, items_of, marks_in, variables_in
from infralint.model.shared.value import get, mappings, pairs_of, scalars, text_of
from infralint.model.shared.variable import Variable
from infralint.syntax.yaml import Mapping, Node
from infralint.text import regex as re
from infralint.text.source import Text

KIND = "circleci"
MARK = re.compile(r"(?<!\\)<<([^<>\n]{0,300})>>")
OUTSIDERS = frozenset(
    (
        "CIRCLE_BRANCH",
        "CIRCLE_TAG",
        "CIRCLE_PR_USERNAME",
        "CIRCLE_PR_REPONAME",
        "CIRCLE_USERNAME",
        "CIRCLE_PULL_REQUEST",
    )
)
"""After the page "Project values and variables" (read 2026-11)."""
WRITERS = {
    "pipeline.git.branch": "writer", "pipeline.git.tag": "writer", "pipeline.git.commit.subject": "writer",
    "pipeline.git.commit.body": "writer", "pipeline.git.commit.author_name": "writer", "pipeline.git.commit.author_login": "writer",
    "pipeline.git.commit.author_email": "writer", "pipeline.git.branch.name": "writer",
    "pipeline.trigger_parameters.github_app.pull_request.*": "outsider", "pipeline.trigger_parameters.github_app.branch": "writer",
    "pipeline.trigger_parameters.github_app.commit_title": "writer", "pipeline.trigger_parameters.github_app.commit_message": "writer",
    "pipeline.event.github.pull_request.title": "outsider", "pipeline.event.github.pull_request.head.ref": "outsider",
    "pipeline.event.github.pull_request.body": "outsider", "pipeline.event.github.head_ref": "outsider", "pipeline.parameters.*": "starter",
    "parameters.*": "caller",
}  # fmt: skip
"""A branch of a fork is called `pull/NUMBER` here, so that names of branches come from those who may push."""
STEPS = frozenset(
    ("run", "checkout", "setup_remote_docker", "save_cache", "restore_cache", "deploy", "store_artifacts", "store_test_results", "persist_to_workspace",
     "attach_workspace", "add_ssh_keys", "when", "unless", "steps")
)  # fmt: skip
_EXACT = re.compile(r"\d+\.\d+\.\d+")
MAX_LEVELS = 12


class CircleDocument(PipelineDocument):
    """A `.circleci/config.yml`, or the config that a setup workflow continues with."""

    system = "CircleCI"
    schema = "circle-ci"
    lenient_keys = frozenset(("version",))
    outsider_variables = OUTSIDERS

    @cached_property
    def uses(self) -> dict[str, list[tuple[Mapping | None, Mapping]]]:
        """How workflows use each job: the mapping of options, None for a bare name, and the workflow."""
        found: dict[str, list[tuple[Mapping | None, Mapping]]] = {}
        workflows = get(self.root, "workflows")
        for _, workflow in pairs_of(workflows):
            for item in items_of(get(workflow, "jobs")):
                if isinstance(workflow, Mapping):
                    if isinstance(item, Mapping):
                        for name, value in item.items():
                            found.setdefault(str(name), []).append(
                                (value if isinstance(value, Mapping) else None, workflow)
                            )
                    elif (text := text_of(item)) is not None:
                        found.setdefault(str(text), []).append((None, workflow))
        return found

    def read_jobs(self) -> Iterable[Job]:
        jobs = get(self.root, "jobs")
        for name, node in pairs_of(jobs):
            if isinstance(node, Mapping) and text_of(node.get("type")) not in (
                "approval",
                "no-op",
                "release",
                "lock",
                "unlock",
            ):
                yield Job(name, node, self._parts(str(name), node))
        commands = get(self.root, "commands")
        for name, node in pairs_of(commands):
            if isinstance(node, Mapping):
                scripts = tuple(Script(text, True, MARK) for text in self._scripts(node.get("steps"), 0, False))
                yield Job(name, node, Parts(scripts=scripts, is_template=True))

    def _parts(self, name: str, node: Mapping) -> Parts:
        executor = self._executor(node)
        images = [image for item in _docker(node, executor) if (image := image_at(item, "image")) is not None]
        steps = node.get("steps")
        uses = self.uses.get(name, [])
        windows = any(
            "win" in text.lower() for text in scalars(node.get("executor")) + scalars(get(node, "executor", "name"))
        )
        windows = windows or "powershell" in str(text_of(node.get("shell")) or "")
        return Parts(
            images=tuple(images[:1]),
            services=tuple(images[1:]),
            scripts=tuple(Script(text, not windows, MARK) for text in self._scripts(steps, 0, True)),
            variables=tuple(_variables(node, executor)),
            timeout=_timeout(steps),
            runner=tuple(_runner(node, executor)),
            is_approved=self._is_approved(uses),
            is_limited=_all(options is not None and options.get("filters") is not None for options, _ in uses)
            if uses
            else UNKNOWN,
        )

    def _executor(self, node: Mapping) -> Mapping | None:
        name = text_of(node.get("executor")) or text_of(get(node, "executor", "name"))
        found = get(self.root, "executors", str(name)) if name is not None else None
        return found if isinstance(found, Mapping) else None

    def _scripts(self, steps: Node | None, level: int, follows: bool) -> Iterator[Text]:
        """The scripts of a list of steps, commands of the same file followed."""
        for item in items_of(steps):
            if isinstance(item, Mapping):
                for name, value in item.items():
                    if name in ("run", "deploy"):
                        text = text_of(value.get("command") if isinstance(value, Mapping) else value)
                        if text is not None:
                            yield text
                    elif name in ("when", "unless"):
                        yield from self._scripts(get(value, "steps"), level + 1, follows)
                    elif follows:
                        yield from self._command(str(name), level)
            elif follows and (text := text_of(item)) is not None:
                yield from self._command(str(text), level)

    def _command(self, name: str, level: int) -> Iterator[Text]:
        if name not in STEPS and level < MAX_LEVELS:
            yield from self._scripts(get(self.root, "commands", name, "steps"), level + 1, True)

    def _is_approved(self, uses: list[tuple[Mapping | None, Mapping]]) -> Truth:
        """Whether an approval job stands before it wherever a workflow runs it."""
        return _all(self.waits(options, workflow, 0) for options, workflow in uses) if uses else UNKNOWN

    def waits(self, options: Mapping | None, workflow: Mapping, level: int = 0) -> bool:
        listed = {str(name): value for item in mappings(workflow.get("jobs")) for name, value in item.items()}
        for needed in scalars(get(options, "requires")):
            found = listed.get(str(needed))
            if found is None:
                found = next((value for value in listed.values() if text_of(get(value, "name")) == needed), None)
            if text_of(get(found, "type")) == "approval":
                return True
            if level < MAX_LEVELS and isinstance(found, Mapping) and self.waits(found, workflow, level + 1):
                return True
        return False

    def read_external_code(self) -> Iterable[ExternalCode]:
        orbs = get(self.root, "orbs")
        for _, node in pairs_of(orbs):
            text = text_of(node)
            if text is None:
                continue
            _, at, version = text.rpartition("@")
            place = text.slice(len(text) - len(version), len(text)) if at else None
            exact = _EXACT.fullmatch(version) is not None or "sha256" in version
            known: Text | Unknown | None = UNKNOWN if "<<" in text else place
            yield ExternalCode("orb", text, known, exact if "<<" not in text else UNKNOWN)

    def read_variables(self) -> Iterable[Variable]:
        executors = get(self.root, "executors")
        for _, node in pairs_of(executors):
            yield from _variables(node, None)

    def read_substitutions(self) -> Iterable[Substitution]:
        for script in self.scripts:
            yield from marks_in(script.text, MARK, "script", WRITERS)
        jobs = get(self.root, "jobs")
        for _, node in pairs_of(jobs):
            for item in items_of(get(node, "steps")):
                for key in ("save_cache", "restore_cache"):
                    value = get(item, key)
                    for text in scalars(get(value, "key")) + scalars(get(value, "keys")):
                        yield from marks_in(text, _CACHE_MARK, "cache key", _CACHE_WRITERS)
                        yield from marks_in(text, MARK, "cache key", WRITERS)
            for text in scalars(get(node, "resource_class")):
                yield from marks_in(text, MARK, "runner", WRITERS)


_CACHE_MARK = re.compile(r"\{\{([^{}\n]{0,300})\}\}")
_CACHE_WRITERS = {".branch": "writer", ".environment.circle_branch": "writer", ".environment.circle_pr_username": "outsider",
                  ".environment.circle_tag": "writer", ".environment.circle_pr_reponame": "outsider"}  # fmt: skip


def _all(values: Iterable[bool]) -> bool:
    return all(values)


def _docker(node: Mapping, executor: Mapping | None) -> list[Node]:
    return items_of(node.get("docker")) or items_of(get(executor, "docker"))


def _variables(node: Node | None, executor: Mapping | None) -> Iterator[Variable]:
    yield from variables_in(get(node, "environment"))
    for item in items_of(get(node, "docker")):
        yield from variables_in(get(item, "environment"))
    for item in items_of(get(node, "steps")):
        for key in ("run", "deploy"):
            yield from variables_in(get(item, key, "environment"))
    if executor is not None:
        yield from variables_in(executor.get("environment"))


def _runner(node: Mapping, executor: Mapping | None) -> Iterator[Text]:
    """The resource class, where it names runners of one's own."""
    for one in (node, executor):
        text = text_of(get(one, "resource_class"))
        if text is not None and "/" in text:
            yield text


def _timeout(steps: Node | None) -> Text | None:
    """The first limit that a step sets to its silence; CircleCI has none for jobs."""
    for item in items_of(steps):
        text = text_of(get(item, "run", "no_output_timeout"))
        if text is not None:
            return text
    return None
