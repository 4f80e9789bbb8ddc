"""References of Argo Workflows to steps and tasks: whether what they name is there, and has run before."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.shared.fault import Fault
from infralint.model.shared.value import get, mappings, pairs_of, scalars, text_of
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.text import regex as re
from infralint.text.similar import most_similar
from infralint.text.source import Text

_MARK = re.compile(r"\{\{[ \t]{0,20}+(steps|tasks)\.([\w-]{1,100}+)\.([\w.-]{1,200}+)[ \t]{0,20}\}\}")
_LATER = frozenset(("hooks", "onExit"))
"""Keys of a task whose content runs after it, and may speak of the task itself."""


def reference_faults(template: Mapping, templates: dict[str, Mapping]) -> Iterator[Fault]:
    """The references within a template of steps or tasks that Argo cannot resolve; `templates` are the file's by name."""
    for word, before in (("steps", _steps(template)), ("tasks", _tasks(template))):
        if not before:
            continue
        tasks = {name: task for name, (task, _) in before.items()}
        for task, earlier in before.values():
            for key, value in pairs_of(task):
                if key not in _LATER:
                    yield from _unresolved(value, word, tasks, earlier, templates)
        for output in mappings(get(template, "outputs", "parameters")):
            yield from _unresolved(output.get("valueFrom"), word, tasks, None, templates)


Earlier = dict[str, tuple[Mapping, set[str] | None]]
"""Steps or tasks by name, each with the names of those that have ended before it; None where that is not known."""


def _steps(template: Mapping) -> Earlier:
    found: Earlier = {}
    steps = template.get("steps")
    for group in steps.values() if isinstance(steps, Sequence) else ():
        done = set(found)
        for step in mappings(group):
            name = text_of(step.get("name"))
            if name is not None:
                found[str(name)] = step, done
    return found


def _tasks(template: Mapping) -> Earlier:
    tasks = {
        str(named): task for task in mappings(get(template, "dag", "tasks")) if (named := text_of(task.get("name")))
    }
    waits: dict[str, set[str] | None] = {}
    for name, task in tasks.items():
        depends = text_of(task.get("depends"))
        words = (
            set(re.findall(r"[\w-]+", depends))
            if depends is not None
            else set(map(str, scalars(task.get("dependencies"))))
        )
        waits[name] = None if depends is not None and "{{" in depends else words & set(tasks)
    return {name: (task, _ancestors(name, waits)) for name, task in tasks.items()}


def _ancestors(name: str, waits: dict[str, set[str] | None]) -> set[str] | None:
    found: set[str] = set()
    left = [name]
    while left:
        named = waits.get(left.pop())
        if named is None:
            return None
        left += named - found
        found |= named
    return found


def _unresolved(
    node: Node | None, word: str, tasks: dict[str, Mapping], earlier: set[str] | None, templates: dict[str, Mapping]
) -> Iterator[Fault]:
    for text in texts_in(node):
        for match in _MARK.finditer(text):
            if match[1] != word or "=" in text[match.start() : match.start() + 3]:
                continue
            name, place = match[2], text.slice(match.start(), match.end())
            shown = f"{{{{{word}.{name}.{match[3]}}}}}"
            if name not in tasks:
                nearest = most_similar(name, tasks, 0.75)
                hint = f"; did you mean `{nearest}`?" if nearest else ""
                yield Fault(
                    "unresolved", f"`{shown}` resolves to nothing: no {word[:-1]} is called `{name}`{hint}", place
                )
            elif earlier is not None and name not in earlier:
                yield Fault(
                    "missing-dependency" if word == "tasks" else "unresolved",
                    f"`{shown}` resolves to nothing: `{name}` does not run before",
                    place,
                )
            elif _lacks_output(match[3], tasks[name], templates):
                output = match[3].rpartition(".")[2]
                yield Fault("unresolved", f"`{shown}` resolves to nothing: `{name}` has no output `{output}`", place)


def _lacks_output(path: str, task: Mapping, templates: dict[str, Mapping]) -> bool:
    """Whether a task's template is here and declares no output parameter of that name."""
    parts = path.split(".")
    template = templates.get(str(text_of(task.get("template"))))
    if (
        parts[:2] != ["outputs", "parameters"]
        or len(parts) != 3
        or template is None
        or template.get("plugin") is not None
    ):
        return False
    names = {str(text_of(one.get("name"))) for one in mappings(get(template, "outputs", "parameters"))}
    return parts[2] not in names


def texts_in(node: Node | None) -> Iterator[Text]:
    """The scalars of a value, at any depth, that hold a mark."""
    stack: list[Node] = [node] if node is not None else []
    while stack:
        one = stack.pop()
        if isinstance(one, Scalar):
            if "{{" in one.content:
                yield one.text
        elif isinstance(one, Sequence):
            stack += reversed(list(one.values()))
        else:
            stack += [value for _, value in reversed(pairs_of(one))]
