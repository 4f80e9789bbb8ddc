"""Google Cloud Build: steps that each run an image with arguments or a script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.job import Job, JobVariable, Parts, Script, Substitution
from infralint.model.pipelines.reading import head_of, image_at, items_of, known_text, marks_in, variables_in
from infralint.model.shared.value import get, mappings, pairs_of, scalars, text_of
from infralint.model.shared.variable import Variable
from infralint.syntax.yaml import Mapping, Node
from infralint.text import regex as re
from infralint.text.source import Text

KIND = "cloudbuild"
MARK = re.compile(r"(?<!\$)\$(?:\{(_?\w{1,100}+)[^}\n]{0,200}\}|(_?\w{1,100}+))")
OUTSIDERS = dict.fromkeys(
    ("branch_name", "tag_name", "ref_name", "_head_branch", "_base_branch", "_head_repo_url", "_pr_title", "_pr_body"),
    "outsider",
)
"""After the page "Substituting variable values" (read 2026-11)."""
_SHELLS = ("bash", "sh", "/bin/bash", "/bin/sh", "/usr/bin/bash", "dash", "zsh")


class CloudBuildDocument(PipelineDocument):
    """A `cloudbuild.yaml` or `cloudbuild.json`."""

    system = "Cloud Build"
    schema = "cloudbuild"
    coerces = True

    def read_jobs(self) -> Iterable[Job]:
        root = self.root
        if root is None:
            return
        timeout = text_of(root.get("timeout"))
        pool = get(root, "options", "pool", "name")
        for step in mappings(root.get("steps")):
            image = image_at(step, "name")
            first = head_of(step)
            yield Job(
                text_of(step.get("id"))
                or text_of(step.get("name"))
                or Text("step", step.source, first.start, first.end),
                step,
                Parts(
                    images=(image,) if image is not None else (),
                    scripts=tuple(_scripts(step)),
                    variables=tuple(assignments_in(step.get("env"))),
                    timeout=text_of(step.get("timeout")) or timeout,
                    runner=tuple(text for text in scalars(pool)),
                ),
            )

    def read_variables(self) -> Iterable[Variable]:
        yield from assignments_in(get(self.root, "options", "env"))
        yield from variables_in(get(self.root, "substitutions"))

    def read_substitutions(self) -> Iterable[Substitution]:
        dynamic = text_of(get(self.root, "options", "dynamicSubstitutions")) == "true"
        users = {str(name).lower(): "starter" for name, _ in pairs_of(get(self.root, "substitutions"))}
        for step in mappings(get(self.root, "steps")):
            shell = text_of(step.get("entrypoint")) in _SHELLS
            for text in scalars(step.get("args")):
                into = "script" if shell else "argument"
                yield from marks_in(
                    text, MARK, into, {**users, **OUTSIDERS, "_*": "starter"} if shell or dynamic else OUTSIDERS
                )
            for text in scalars(step.get("entrypoint")):
                yield from marks_in(text, MARK, "program", {"_*": "starter"} if dynamic else {})


def _scripts(step: Mapping) -> Iterator[Script]:
    """The script of a step: written as such, or the argument that a shell runs."""
    if (text := text_of(step.get("script"))) is not None:
        yield Script(text)
    arguments = scalars(step.get("args"))
    shell = text_of(step.get("entrypoint")) in _SHELLS
    if shell:
        at = next((n for n, word in enumerate(arguments) if re.fullmatch(r"-[a-z]*c", word)), None)
        if at is not None and at + 1 < len(arguments):
            yield Script(arguments[at + 1], True, MARK)
    elif arguments and (name := text_of(step.get("name"))) is not None:
        yield from _as_command(name, step, arguments)


def _as_command(name: Text, step: Mapping, arguments: list[Text]) -> Iterator[Script]:
    """What an image's program is given, as the command that it amounts to; it stands at the arguments."""
    node = step.get("args")
    program = text_of(step.get("entrypoint")) or name.partition("@")[0].rpartition("/")[2].partition(":")[0]
    if node is not None and not any(re.search(r"[\s\"'`;&|<>()]", word) for word in arguments):
        yield Script(Text(" ".join((str(program), *arguments)), node.source, node.start, node.end), True, MARK)


def assignments_in(node: Node | None) -> Iterator[JobVariable]:
    """The variables of a list of `NAME=value` texts."""
    for item in items_of(node):
        text = text_of(item)
        name, equals, value = text.partition("=") if text is not None else ("", "", "")
        if text is not None and equals:
            given = text.slice(len(name) + 1, len(text))
            known = given if "$" not in value else known_text(item)
            yield JobVariable(text.start, text.end, text.slice(0, len(name)), given, known)
