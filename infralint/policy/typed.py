"""Cards as typed Python functions: a type checker reads what the vocabulary does not look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from infralint.policy.card import Card
from infralint.policy.compile import params_of
from infralint.policy.vocabulary import Vocabulary

_PARAMS = {"text": "str", "number": "int", "flag": "bool", "list of text": "list[str]", "map of text": "dict[str, str]"}
HEAD = """\
# Generated from rules/*.md for the type checker alone; nothing runs it.
# mypy: disable-error-code="union-attr, truthy-bool, truthy-function, comparison-overlap, operator, misc, empty-body"
from __future__ import annotations

from typing import Any


def matches_glob(text: object, pattern: str) -> bool: ...

"""


def typed_module(cards: Iterable[Card], vocabulary: Vocabulary) -> str:
    """A module with one function a card, its parameters annotated with the classes of the nouns.

    Absent and unknown values are met by the compiler, so unions are not looked into; names, arguments and their
    types are.
    """
    imports: set[str] = set()
    bodies: list[str] = []
    for number, card in enumerate(cards):
        _, noun, entry = vocabulary.noun(card.raw["each"].text)
        item = "instruction" if noun in ("from", "import", "for", "with", "if") else noun.replace("-", "_")
        imports.add(entry.type.__module__)
        parameters = [f"{item}: {_name(entry.type)}"]
        params = params_of(card)
        if params:
            fields = "".join(f"    {name}: {_PARAMS[sort]}\n" for name, (sort, _) in params.items())
            bodies.append(f"class Params{number}:\n{fields}\n")
            parameters.append(f"params: Params{number}")
        project = vocabulary.nouns.get("project", {}).get("project")
        if card.kind == "project" and project is not None and item != "project":
            imports.add(project.type.__module__)
            parameters.append(f"project: {_name(project.type)}")
        lines = [f"def card_{number}({', '.join(parameters)}) -> object:  # {card.id}"]
        indent = "    "
        if "for" in card.raw:
            lines.append(f"{indent}for {card.raw['for'].text}:")
            indent += "    "
        lines.append(f"{indent}return ({_one_line(card.raw['when'].text)}, {_one_line(card.raw['at'].text)})")
        if "for" in card.raw:
            lines.append("    return None")
        bodies.append("\n".join(lines) + "\n\n")
    return HEAD + "".join(f"import {module}\n" for module in sorted(imports)) + "\n\n" + "\n".join(bodies)


def _name(cls: type[Any]) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


def _one_line(text: str) -> str:
    """One line, with `a.matches_glob(b)`, which no class has, as a function."""
    import re

    return re.sub(r"([\w.]+)\.matches_glob\(", r"matches_glob(\1, ", " ".join(text.split("\n")))
