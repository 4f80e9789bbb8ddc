"""What GitLab's own validation refuses beyond the schema: stages, needs, rules, scripts, includes and inputs."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.pipelines.gitlab_inputs import input_faults
from infralint.analysis.shared.fault import Fault
from infralint.model.element import Unknown
from infralint.model.pipelines.gitlab import KEYWORDS, GitlabDocument
from infralint.model.pipelines.gitlab_rules import can_be_read
from infralint.model.shared.value import get, mappings, scalars, text_of
from infralint.syntax.yaml import Mapping, Node, Sequence
from infralint.text import regex as re
from infralint.text.similar import most_similar
from infralint.text.source import Text

MAX_KEY_FILES = 2
"""The files of which GitLab makes the key of a cache."""
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
    yield from _missing_includes(file, root)
    if "!reference" in file.source.text:
        yield from _circular_references(file, root)
    yield from input_faults(file)
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
        yield from _dependencies(file, job.node, names, is_open)


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
    when = text_of(node.get("when"))
    if when == "never":
        yield Fault("never", "`when: never` of a job is refused; GitLab takes it in `rules` only", when)
    caches = _written(node, "cache")
    for cache in caches.values() if isinstance(caches, Sequence) else [caches]:
        files = get(cache, "key", "files")
        if isinstance(files, Sequence) and len(files.items) > MAX_KEY_FILES:
            yield Fault(
                "too-many-files",
                f"`files` of a cache key names {len(files.items)} files; GitLab takes at most {MAX_KEY_FILES}",
                files,
            )
    needs, dependencies = _written(node, "needs"), _written(node, "dependencies")
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
    needs = _written(node, "needs")
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


def _dependencies(file: GitlabDocument, node: Mapping, names: set[str], is_open: bool) -> Iterator[Fault]:
    """Jobs under `dependencies` that the pipeline does not have."""
    if is_open or file.is_open or file.lent_names:
        return
    for text in scalars(node.get("dependencies")):
        base = re.sub(r":? \[[^\[\n]{0,200}\]$| \d{1,4}/\d{1,4}$", "", text).strip()
        if "$" not in text and text not in names and base not in names:
            nearest = most_similar(text, names, 0.75)
            hint = f"; did you mean `{nearest}`?" if nearest else ""
            yield Fault(
                "unknown-dependency", f"no job is called `{text}`; GitLab refuses the pipeline{hint}", text, nearest
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


def _missing_includes(file: GitlabDocument, root: Mapping) -> Iterator[Fault]:
    """Local includes of files that the repository does not have."""
    if not file.is_root or not file.index.has_files:
        return
    node = root.get("include")
    for item in [*(node.values() if isinstance(node, Sequence) else [node])]:
        text = text_of(item.get("local") if isinstance(item, Mapping) else item)
        if text is None or text.startswith(("http://", "https://", "./", "../")) or "$" in text or "*" in text:
            continue
        if isinstance(item, Mapping) and item.get("rules") is not None:
            continue
        path = file.index.resolve("", text.lstrip("/"))
        if path is not None and not file.index.is_file(path):
            yield Fault("missing-include", f"local include `{text}` does not exist; GitLab refuses the pipeline", text)


def _circular_references(file: GitlabDocument, root: Mapping) -> Iterator[Fault]:
    """A `!reference` that leads back to the value that it stands in."""
    for name, value in root.items():
        if not isinstance(value, Mapping):
            continue
        for key, node in value.items():
            for target in _references(node):
                parts = [text for item in target.items if (text := text_of(item)) is not None]
                if [str(part) for part in parts] == [str(name), str(key)]:
                    at = parts[0]
                    yield Fault(
                        "reference-cycle", f"`!reference [{name}, {key}]` names the value that it stands in", at
                    )


def _written(node: Mapping, key: str) -> Node | None:
    """The value of a key that stands there; None where a `!reference` lends it."""
    value = node.get(key)
    return None if value is not None and value.tag == "!reference" else value


def _references(node: Node | None) -> Iterator[Sequence]:
    """The references in a value and in the lists within it."""
    if isinstance(node, Sequence):
        if node.tag == "!reference":
            yield node
            return
        for item in node.values():
            yield from _references(item)
