"""Variables where the builder replaces them, and whether anything gives them a value."""

from __future__ import annotations

from infralint.analysis.shared.images import is_official
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.dockerfile.instruction import Assignments, From, Instruction
from infralint.model.dockerfile.run import Run
from infralint.model.element import UNKNOWN, Element, Truth, Unknown, fact_of, noun_of
from infralint.tables.build_arguments import PLATFORM_ARGS, PROXY_ARGS
from infralint.tables.images import SETS_ONLY_PATH
from infralint.text import regex as re
from infralint.text.similar import most_similar
from infralint.text.source import Text

EXPANDING = frozenset(("ADD", "COPY", "ENV", "ARG", "EXPOSE", "LABEL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"))
_VARIABLE = r"\\.|'[^']*'|\$(?:\{([A-Za-z_]\w*)(:?[-+?][^}]{0,500})?\}|([A-Za-z_]\w*))"


class VariableReference(Element):
    """A variable where the builder replaces it. `has_default`: `${X:-y}` and its like."""

    __slots__ = ("entry", "has_default", "instruction", "name")
    name: Text
    instruction: Instruction
    has_default: bool

    def __init__(self, text: Text, name: Text, has_default: bool, instruction: Instruction, entry: int) -> None:
        super().__init__(text.source, text.start, text.end)
        self.name = name
        self.has_default = has_default
        self.instruction = instruction
        self.entry = entry


@fact_of(VariableReference)
def is_in_from(reference: VariableReference) -> bool:
    """Whether it stands in a FROM, which sees only what is declared in front of the first one."""
    return isinstance(reference.instruction, From)


@fact_of(VariableReference)
def is_set_in_same_env(reference: VariableReference) -> bool:
    """Whether an earlier entry of the same ENV sets it, which this one does not see."""
    node = reference.instruction.node
    return node.name == "ENV" and any(str(pair.name) == reference.name for pair in node.pairs[: reference.entry])


@fact_of(VariableReference)
def extends_itself(reference: VariableReference) -> bool:
    """Whether it stands in the value of the variable that it names: `ENV PATHS=/x:$PATHS`."""
    pairs = reference.instruction.node.pairs
    return reference.entry < len(pairs) and str(pairs[reference.entry].name) == reference.name


@fact_of(VariableReference)
def similar_name(reference: VariableReference) -> str | None:
    """The name most like it among those that are set here."""
    instruction = reference.instruction
    if isinstance(instruction, From) or instruction.stage is None:
        known = {*PLATFORM_ARGS, *instruction.document.global_arguments}
    else:
        known = {name for stage in instruction.stage.lineage for name in stage.variable_history}
    return most_similar(str(reference.name), sorted(known - {str(reference.name)}), 0.8)


@fact_of(VariableReference)
def is_undefined(reference: VariableReference) -> Truth:
    """Whether nothing that is written gives it a value; unknown where the base image may."""
    name, instruction = str(reference.name), reference.instruction
    document, stage = instruction.document, instruction.stage
    if isinstance(instruction, From):
        return name not in PLATFORM_ARGS and name not in document.global_arguments
    if stage is None:
        return UNKNOWN
    if name in PROXY_ARGS or name.upper() in PROXY_ARGS:
        return False
    if instruction.node.name == "ARG" and any(
        str(pair.name) == name for pair in instruction.node.pairs[: reference.entry]
    ):
        return False
    for each in stage.lineage:
        for at, _, is_env in each.variable_history.get(name, ()):
            if (each is stage and at < instruction.index) or (each is not stage and is_env):
                return False
    image = stage.image
    if image is None:
        return UNKNOWN
    if image.is_scratch:
        return True
    known = is_official(image) is True and str(image.short_name) in SETS_ONLY_PATH
    return name != "PATH" if known else UNKNOWN


@noun_of(DockerfileDocument, "reference")
def references(document: DockerfileDocument) -> list[VariableReference]:
    """The variables in FROM and in the instructions in which the builder replaces them; triggers left out."""
    found: list[VariableReference] = []
    pattern: re.Pattern[str] | None = None
    for instruction in document.instructions:
        name = instruction.node.name
        if instruction.trigger or (name != "FROM" and name not in EXPANDING) or len(found) > 5_000:
            continue
        texts: list[Text | None] = [instruction.node.args]
        if isinstance(instruction, Assignments):
            texts = [pair.raw for pair in instruction.node.pairs]
        elif isinstance(instruction, From):
            texts.append(instruction.platform)
        texts += [heredoc.body for heredoc in instruction.node.heredocs if heredoc.expands and name != "RUN"]
        for entry, text in enumerate(texts):
            if text is None or "$" not in text:
                continue
            pattern = pattern or re.compile(_VARIABLE)
            for match in pattern.finditer(text):
                group = 1 if match[1] else 3
                if match[group]:
                    whole, word = text.slice(*match.span()), text.slice(*match.span(group))
                    found.append(VariableReference(whole, word, match[2] is not None, instruction, entry))
    return found


@fact_of(Run)
def has_variable(run: Run, name: str) -> Truth:
    """Whether ENV or ARG, or the instruction itself, gives that variable a value other than off."""
    for command in run.commands:
        for assignment in command.shell.assignments:
            if str(assignment.name) == name:
                word = assignment.value.value if assignment.value is not None else None
                return UNKNOWN if isinstance(word, Unknown) else _is_on(word)
        for argument in command.arguments if command.name == "export" else ():
            if not isinstance(argument, Unknown) and argument.startswith(f"{name}="):
                return _is_on(argument[len(name) + 1 :])
    value = run.stage.lookup(name, run.index) if run.stage is not None else None
    if isinstance(value, Unknown):
        image = run.stage.image if run.stage is not None else None
        declared = run.stage is not None and any(name in stage.variable_history for stage in run.stage.lineage)
        return UNKNOWN if declared or image is None else False
    return _is_on(value)


def _is_on(value: str | None) -> bool:
    """Whether a value switches something on."""
    return bool(value) and str(value).lower() not in ("0", "false", "off", "no")
