"""What stages need of each other, and what ends up in the final image."""

from __future__ import annotations

from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.dockerfile.instruction import Instruction
from infralint.model.dockerfile.stage import Stage
from infralint.model.element import fact_of, remembered


@remembered
def needed_stages(document: DockerfileDocument) -> set[int]:
    """The numbers of the stages that the final one needs, itself included."""
    todo = document.stages[-1:]
    found: set[int] = set()
    while todo:
        stage = todo.pop()
        if stage.number not in found:
            found.add(stage.number)
            todo += needs(stage)
    return found


@fact_of(Instruction)
def is_in_final_image(instruction: Instruction) -> bool:
    """Whether what it leaves behind is in the final image, or in one that is built on it (a trigger)."""
    return (
        instruction.trigger or instruction.stage is None or instruction.stage in instruction.document.stages[-1].lineage
    )


@fact_of(Stage)
def is_used(stage: Stage) -> bool:
    """Whether the final stage needs it."""
    return stage.number in needed_stages(stage.document)


@remembered
def needs(stage: Stage) -> list[Stage]:
    """The stages that it builds on, copies or mounts from."""
    found: list[Stage | None] = [stage.parent]
    found += [copy.from_stage for copy in stage.copies]
    for run in stage.runs:
        found += [stage.document.stage_named(mount.from_name, run) for mount in run.mounts if mount.from_name]
    return [other for other in found if other is not None]
