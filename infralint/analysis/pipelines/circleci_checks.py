"""What CircleCI refuses beyond the schema: jobs, commands and parameters that nothing declares, cycles, options out of place."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.shared.fault import Fault
from infralint.model.pipelines.circleci import STEPS, CircleDocument
from infralint.model.pipelines.reading import items_of
from infralint.model.shared.value import get, pairs_of, text_of
from infralint.syntax.yaml import Mapping, Node
from infralint.text.similar import most_similar
from infralint.text.source import Text

_OPTIONS = frozenset(
    ("requires", "name", "context", "filters", "matrix", "type", "pre-steps", "post-steps", "serial-group", "override-with", "when", "unless", "branches", "plan")
)  # fmt: skip
_TYPES = ("approval", "no-op", "release", "lock", "unlock", "build")
_REFUSED_BY_GROUPS = ("context", "type", "pre-steps", "post-steps", "matrix", "override-with")


def circleci_faults(file: CircleDocument) -> Iterator[Fault]:
    """What CircleCI refuses of a configuration whose structure is right."""
    root = file.root
    if root is None:
        return
    jobs = {str(name): node for name, node in pairs_of(root.get("jobs"))}
    groups = {str(name) for name, _ in pairs_of(root.get("job-groups"))}
    for _, workflow in pairs_of(root.get("workflows")):
        if isinstance(workflow, Mapping):
            yield from _reruns(workflow)
            yield from _workflow(file, workflow, jobs, groups)
    commands = {str(name) for name, _ in pairs_of(root.get("commands"))}
    for section in ("jobs", "commands"):
        for _, node in pairs_of(root.get(section)):
            yield from _steps(file, get(node, "steps"), commands, 0)


def _reruns(workflow: Mapping) -> Iterator[Fault]:
    text = text_of(workflow.get("max_auto_reruns"))
    if text is not None and "<<" not in text:
        number = int(text) if text.isdigit() else 0
        if not 1 <= number <= 5:
            name = "too-many-reruns" if number > 5 else "too-few-reruns"
            yield Fault(name, f"`max_auto_reruns` is `{text}`; CircleCI takes 1 to 5", text)


def _workflow(file: CircleDocument, workflow: Mapping, jobs: dict[str, Node], groups: set[str]) -> Iterator[Fault]:
    uses: list[tuple[Text, Mapping | None]] = []
    for item in items_of(workflow.get("jobs")):
        if (text := text_of(item)) is not None:
            uses.append((text, None))
        for name, value in pairs_of(item):
            uses.append((name, value if isinstance(value, Mapping) else None))
    known = {str(text_of(get(options, "name")) or name) for name, options in uses} | {str(name) for name, _ in uses}
    is_open = any("<<" in one or get(options, "matrix") is not None for one, options in uses)
    edges: dict[str, list[Text]] = {}
    for name, options in uses:
        yield from _use(file, name, options, jobs, groups)
        for node in items_of(get(options, "requires")):
            for text in [text_of(node), *(key for key, _ in pairs_of(node))]:
                if text is None:
                    continue
                edges.setdefault(str(text_of(get(options, "name")) or name), []).append(text)
                if text not in known and not is_open and "<<" not in text:
                    nearest = most_similar(text, known, 0.75)
                    hint = f"; did you mean `{nearest}`?" if nearest else ""
                    yield Fault(
                        "unknown-need",
                        f"the workflow runs no job `{text}`; CircleCI refuses the pipeline{hint}",
                        text,
                        nearest,
                    )
    yield from _cycles(edges)


def _cycles(edges: dict[str, list[Text]]) -> Iterator[Fault]:
    """The jobs that wait for themselves."""
    for name, needed in edges.items():
        seen: set[str] = set()
        waiting = [str(text) for text in needed]
        while waiting:
            one = waiting.pop()
            if one == name:
                yield Fault("cycle", f"job `{name}` waits for itself; CircleCI refuses the pipeline", needed[0])
                break
            if one not in seen:
                seen.add(one)
                waiting += [str(text) for text in edges.get(one, [])]


def _use(
    file: CircleDocument, name: Text, options: Mapping | None, jobs: dict[str, Node], groups: set[str]
) -> Iterator[Fault]:
    kind = text_of(get(options, "type"))
    if name in groups:
        for key, _ in pairs_of(options):
            if key in _REFUSED_BY_GROUPS:
                yield Fault("group-option", f"`{key}` is not allowed where a job group is used", key)
            elif key not in _OPTIONS:
                yield Fault("group-parameter", f"job group `{name}` takes no parameter, but `{key}` is given", key)
        return
    if name not in jobs:
        if kind is not None:
            if kind not in _TYPES and "<<" not in kind:
                yield Fault(
                    "inline-type",
                    f"`type: {kind}` declares no job; CircleCI takes {', '.join(f'`{one}`' for one in _TYPES[:-1])}",
                    kind,
                )
        elif "/" not in name and "<<" not in name:
            nearest = most_similar(name, jobs, 0.75)
            hint = f"; did you mean `{nearest}`?" if nearest else ""
            yield Fault("unknown-job", f"no job is called `{name}`; CircleCI refuses the pipeline{hint}", name, nearest)
        return
    declared = {str(key): value for key, value in pairs_of(get(jobs[str(name)], "parameters"))}
    given = {str(key): key for key, _ in pairs_of(options) if key not in _OPTIONS}
    given |= {str(key): key for key, _ in pairs_of(get(options, "matrix", "parameters"))}
    for word, key in given.items():
        if word not in declared and "<<" not in word:
            nearest = most_similar(word, declared, 0.7)
            hint = f"; did you mean `{nearest}`?" if nearest else ""
            yield Fault("unknown-parameter", f"job `{name}` declares no parameter `{word}`{hint}", key, nearest)
    for word, node in declared.items():
        if word not in given and get(node, "default") is None and isinstance(node, Mapping) and "default" not in node:
            yield Fault("missing-parameter", f"job `{name}` needs parameter `{word}`, which is not given", name)


def _steps(file: CircleDocument, steps: Node | None, commands: set[str], level: int) -> Iterator[Fault]:
    for item in items_of(steps):
        text = text_of(item)
        names = [text] if text is not None else [name for name, _ in pairs_of(item)]
        for name in names:
            if name not in STEPS and name not in commands and "/" not in name and "<<" not in name:
                nearest = most_similar(name, [*commands, *STEPS], 0.75)
                hint = f"; did you mean `{nearest}`?" if nearest else ""
                yield Fault(
                    "unknown-command",
                    f"no command is called `{name}`; CircleCI refuses the pipeline{hint}",
                    name,
                    nearest,
                )
        checkout = get(item, "checkout")
        if isinstance(checkout, Mapping):
            yield from _checkout(checkout)
        for key in ("when", "unless"):
            if level < 10 and (inner := get(item, key, "steps")) is not None:
                yield from _steps(file, inner, commands, level + 1)


def _checkout(node: Mapping) -> Iterator[Fault]:
    method, depth = text_of(node.get("method")), text_of(node.get("depth"))
    if method is not None and "<<" not in method and method not in ("full", "blobless", "shallow"):
        yield Fault(
            "checkout-method",
            f"`method` of `checkout` is `{method}`; CircleCI takes `full`, `blobless` or `shallow`",
            method,
        )
    if depth is not None and "<<" not in depth and method is not None and method != "shallow":
        yield Fault("checkout-depth", "`depth` of `checkout` counts with `method: shallow` alone", depth)
