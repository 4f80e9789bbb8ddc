"""What Woodpecker's linter warns of: variables under their old names, keys that mean the same."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.model.element import Element, fact_of, noun_of
from infralint.model.pipelines.drone import WoodpeckerDocument
from infralint.model.pipelines.job import Job
from infralint.syntax.yaml import Mapping
from infralint.tables.woodpecker import RENAMED
from infralint.text import regex as re
from infralint.text.source import Text

_VARIABLE = re.compile(r"\$(?:\$)?(?:\{(\w{1,60}+)\b|(\w{1,60}+))")


class OldVariable(Element):
    """A variable of Woodpecker's own under a name that is deprecated or gone. It stands at the name."""

    __slots__ = ("is_gone", "name", "now")
    name: Text
    now: str
    """Its name today."""
    is_gone: bool
    """Whether the newest release no longer sets the old one."""

    def __init__(self, name: Text) -> None:
        super().__init__(name.source, name.start, name.end)
        self.name = name
        self.now, self.is_gone = RENAMED[str(name)]


@noun_of(WoodpeckerDocument, "old_variable")
def old_variables_in(file: WoodpeckerDocument) -> list[OldVariable]:
    """Where scripts use a variable by an old name."""
    return [OldVariable(name) for script in file.scripts for name in _used(script.text)]


def _used(text: Text) -> Iterator[Text]:
    for match in _VARIABLE.finditer(text):
        group = 1 if match[1] else 2
        if match[group] in RENAMED:
            yield text.slice(match.start(group), match.end(group))


@fact_of(Job)
def settings_and_environment(job: Job) -> Element | None:
    """The key `environment` of a step that has `settings` as well; None where one is missing."""
    node = job.node
    if not isinstance(node, Mapping) or node.get("settings") is None:
        return None
    key = node.key("environment")
    return Element(key.source, key.start, key.end) if key is not None else None
