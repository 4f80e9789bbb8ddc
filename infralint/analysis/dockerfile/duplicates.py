"""Instructions and stages that are written more than once, so that one overrides another."""

from __future__ import annotations

from infralint.model.dockerfile.instruction import Instruction
from infralint.model.dockerfile.stage import Stage
from infralint.model.element import Element, fact_of, span_union


@fact_of(Instruction, name="previous_definition")
def previous_instruction(instruction: Instruction) -> Instruction | None:
    """The instruction of the same name above it in its stage."""
    around = instruction.document.head if instruction.stage is None else instruction.stage.instructions
    return next((i for i in reversed(around[: instruction.index]) if i.node.name == instruction.node.name), None)


@fact_of(Instruction, name="span_from_previous")
def span_from_previous_instruction(instruction: Instruction) -> Element:
    """From its previous definition to it, where nothing but comments stands between them; else it alone."""
    previous = previous_instruction(instruction)
    return (
        span_union(previous, instruction)
        if previous is not None and previous.index == instruction.index - 1
        else instruction
    )


@fact_of(Stage, name="previous_definition")
def previous_stage(stage: Stage) -> Stage | None:
    """The earlier stage of the same name, upper and lower case alike."""
    if stage.name is None:
        return None
    name = stage.name.lower()
    earlier = stage.document.stages[: stage.number]
    return next((one for one in earlier if one.name is not None and one.name.lower() == name), None)


@fact_of(Stage, name="span_from_previous")
def span_from_previous_stage(stage: Stage) -> Element | None:
    """From the stage of the same name to its own name, where that stage is the one just above and short; else its name."""
    previous = previous_stage(stage)
    if previous is None or stage.name is None:
        return None
    return (
        span_union(previous, stage.name)
        if previous.number == stage.number - 1
        else Element(stage.source, stage.name.start, stage.name.end)
    )


@fact_of(Stage)
def overriding(stage: Stage, name: str) -> list[Instruction]:
    """All but the first instruction of that name: each overrides the one above it where only the last one counts."""
    return [i for i in stage.instructions if i.node.name == name][1:]
