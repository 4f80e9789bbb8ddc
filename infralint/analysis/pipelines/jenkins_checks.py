"""What Jenkins' own validation refuses in a declarative pipeline."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.pipelines.jenkins_sections import SECTIONS, fault_at, section_faults, shared_faults
from infralint.analysis.pipelines.jenkins_stages import stage_faults
from infralint.analysis.shared.fault import Fault
from infralint.model.pipelines.jenkins import JenkinsDocument
from infralint.syntax.groovy_tree import Statement


def jenkins_faults(file: JenkinsDocument) -> Iterator[Fault]:
    """What Jenkins refuses of a declarative pipeline."""
    for one in file.statements:
        if (
            one.head == "pipeline"
            and one.block is not None
            and one is not file.pipeline
            and not _is_top(file, one)
            and _looks_declarative(one)
        ):
            yield fault_at(file, "pipeline-not-at-top", one, "`pipeline` must stand at the top of the file")
    pipeline = file.pipeline
    if pipeline is None or pipeline.block is None or not _looks_declarative(pipeline):
        return
    sections = pipeline.statements()
    yield from section_faults(file, sections, SECTIONS, "the pipeline")
    named = {one.head: one for one in sections}
    for required in ("agent", "stages"):
        if required not in named and "notifications" not in named:
            yield fault_at(file, "missing-section", pipeline, f"`pipeline` has no `{required}`, which Jenkins requires")
    yield from shared_faults(file, sections)
    stages = named.get("stages")
    if stages is not None and stages.block is not None:
        yield from stage_faults(file, stages, set(), 0, False)


def _is_top(file: JenkinsDocument, statement: Statement) -> bool:
    return any(one.start == statement.start for one in file.tree.top())


def _looks_declarative(statement: Statement) -> bool:
    return any(one.head in ("agent", "stages") for one in statement.statements())
