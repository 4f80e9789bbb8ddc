"""What GitLab's own validation refuses beyond the schema: stages, needs, rules, scripts, includes and inputs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from infralint.analysis.pipelines.fault import Fault
from infralint.model.element import Unknown
from infralint.model.pipelines.gitlab import KEYWORDS, GitlabDocument
from infralint.model.pipelines.gitlab_rules import can_be_read
from infralint.model.shared.value import mappings, scalars, text_of
from infralint.syntax.yaml import Mapping, Node, Sequence
from infralint.text.similar import most_similar
from infralint.text.source import Text

DEFAULT_STAGES = ("build", "test", "deploy")


def gitlab_faults(file: GitlabDocument) -> Iterator[Fault]:
    """What GitLab refuses of a file whose structure is right."""
    root = file.root
    if root is None:
        return
    names = {str(job.name) for job in file.jobs} | {
        str(name)
        for layer in file.included
        for name, value in layer.items()
        if isinstance(value, Mapping) and name not in KEYWORDS
    }
    yield from _includes(root)
    for job in file.jobs:
        if not isinstance(job.node, Mapping):
            continue
        chain, is_open = file.chain(str(job.name), job.node)
        is_open = is_open or file.is_open
        yield from _own(job.node)
        if job.is_template:
            continue
        yield from _script(job.name, chain, is_open)
        stage = text_of(next((found for each in chain if (found := each.get("stage")) is not None), None))
        yield from _stage(file, stage)
        yield from _needs(file, job.node, stage, names, is_open)


def _own(node: Mapping) -> Iterator[Fault]:
    """What is wrong with a job by itself, a template too."""
    rules = node.get("rules")
    if isinstance(rules, Sequence):
        for item in mappings(rules):
            condition = text_of(item.get("if"))
            if condition is not None and not can_be_read(condition):
                hint = "; write `$NAME` without braces" if "${" in condition else ""
                yield Fault("bad-condition", f"`if` of this rule is no condition that GitLab can read{hint}", condition)
    for key in ("only", "except"):
        if rules is not None and node.get(key) is not None:
            at = node.key(key)
            yield Fault(
                "contradiction",
                f"`{key}` and `rules` in one job: GitLab refuses the pipeline",
                at if at is not None else node,
            )
    needs, dependencies = node.get("needs"), node.get("dependencies")
    if isinstance(needs, Sequence) and isinstance(dependencies, Sequence):
        known = {
            str(text_of(item.get("job")) if isinstance(item, Mapping) else text_of(item)) for item in needs.values()
        }
        for text in scalars(dependencies):
            if text not in known and known:
                yield Fault(
                    "bad-reference", f"`{text}` in `dependencies` is not in `needs`; GitLab refuses the pipeline", text
                )


def _script(name: Text, chain: list[Mapping], is_open: bool) -> Iterator[Fault]:
    found: Node | None = None
    for each in chain:
        for key in ("script", "run", "trigger"):
            found = found if found is not None else each.get(key)
    pages = name == "pages" or any("pages" in each for each in chain)
    if found is None and not is_open and not pages:
        yield Fault("no-script", f"job `{name}` has no `script`, `run` or `trigger`; GitLab refuses the pipeline", name)
    elif isinstance(found, Sequence) and not found.items and found.tag is None:
        yield Fault("no-script", f"`script` of job `{name}` is empty; GitLab refuses the pipeline", found)


def _stage(file: GitlabDocument, stage: Text | None) -> Iterator[Fault]:
    if stage is None or "$" in stage or stage in (".pre", ".post"):
        return
    stages = file.stages
    if file.is_open or (stages is None and file.lent_names):
        return
    known = [str(one) for one in stages] if stages is not None else list(DEFAULT_STAGES)
    if stage not in known and not any("$" in one for one in known) and stage.source is file.source:
        nearest = most_similar(stage, known, 0.7)
        hint = f"; did you mean `{nearest}`?" if nearest else ""
        yield Fault(
            "unknown-stage", f"stage `{stage}` is not in `stages`; GitLab refuses the pipeline{hint}", stage, nearest
        )


def _needs(file: GitlabDocument, node: Mapping, stage: Text | None, names: set[str], is_open: bool) -> Iterator[Fault]:
    needs = node.get("needs")
    order = [str(one) for one in file.stages] if file.stages is not None else list(DEFAULT_STAGES)
    for item in needs.values() if isinstance(needs, Sequence) else ():
        if isinstance(item, Mapping) and (item.get("project") is not None or item.get("pipeline") is not None):
            continue
        if isinstance(item, Mapping) and text_of(item.get("optional")) == "true":
            continue
        text = text_of(item.get("job") if isinstance(item, Mapping) else item)
        if text is None or "$" in text:
            continue
        base = re.sub(r":? \[[^\[\n]{0,200}\]$| \d{1,4}/\d{1,4}$", "", text).strip()
        if base not in names and text not in names:
            if not is_open and not file.is_open and not file.lent_names:
                nearest = most_similar(text, names, 0.75)
                hint = f"; did you mean `{nearest}`?" if nearest else ""
                yield Fault(
                    "unknown-need", f"no job is called `{text}`; GitLab refuses the pipeline{hint}", text, nearest
                )
            continue
        other = _stage_of(file, base if base in names else str(text))
        own = str(stage) if stage is not None else "test"
        if other in order and own in order and order.index(other) > order.index(own):
            yield Fault(
                "later-stage",
                f"job `{text}` runs in the later stage `{other}`; GitLab refuses a need that points forward",
                text,
            )


def _stage_of(file: GitlabDocument, name: str) -> str | None:
    job = next((one for one in file.jobs if one.name == name), None)
    if job is None or job.node is None:
        return None
    chain, is_open = file.chain(name, job.node)
    found = file.value(chain, "stage", is_open)
    if isinstance(found, Unknown):
        return None
    text = text_of(found)
    return str(text) if text is not None else "test"


def _includes(root: Mapping) -> Iterator[Fault]:
    node = root.get("include")
    for item in [*(node.values() if isinstance(node, Sequence) else [node])]:
        text = text_of(item.get("local") if isinstance(item, Mapping) else item)
        if text is not None and text.startswith(("./", "../")):
            yield Fault(
                "bad-include",
                f"`{text}` is no path that GitLab includes; a local path begins at the root of the repository",
                text,
            )
