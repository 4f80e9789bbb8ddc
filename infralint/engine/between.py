"""What lies between the files: the cards of kind `project`, judged after all documents from their digests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infralint.engine.judge import judge
from infralint.model.document import Problem
from infralint.model.kinds import PINS_FILE
from infralint.model.project.summary import DockerfileDigest
from infralint.text.source import Source

if TYPE_CHECKING:
    from infralint.engine.run import Judged, Run

MAX_FAULTS = 20


def judge_project(state: Run, judged: list[Judged]) -> list[Judged]:
    """The findings of the project's cards, by the file in which each stands."""
    return [*_broken_pins(state), *_between(state, judged)]


def _broken_pins(state: Run) -> list[Judged]:
    """The pins file, where it pins less than it seems to."""
    if PINS_FILE not in state.tree.paths or state.settings(PINS_FILE).is_excluded(PINS_FILE):
        return []
    from infralint.engine.run import Judged
    from infralint.model.github.pins import read_pins

    source = state.index.source(PINS_FILE)
    faults = read_pins(source.text)[1][:MAX_FAULTS] if source is not None else ["cannot be read as text"]
    if not faults:
        return []
    source = source or Source(PINS_FILE, "")
    done = Judged(PINS_FILE, "project")
    problems = [Problem("unreadable", f"the pins file {fault}", source, 0, 0) for fault in faults]
    state._complain(done, problems, state.settings(PINS_FILE), source)
    return [done]


def _between(state: Run, judged: list[Judged]) -> list[Judged]:
    rules = state.book.of("project", state.settings(""))
    digests = {one.path: one.digest for one in judged if one.digest is not None}
    if not rules or all(isinstance(digest, DockerfileDigest) for digest in digests.values()):
        return []  # Dockerfiles only answer; the others ask
    from infralint.model.project.document import ProjectDocument

    document = ProjectDocument(state.index, digests, state.tree.paths)
    by_path: dict[str, list[object]] = {}
    for finding in judge(document, rules, document.project).findings:
        by_path.setdefault(finding.path, []).append(finding)
    return [state.settle_between(path, found) for path, found in by_path.items()]  # type: ignore[arg-type]
