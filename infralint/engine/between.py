"""What lies between the files: the cards of kind `project`, judged after all documents from their digests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infralint.engine.judge import judge
from infralint.model.digest import DockerfileDigest

if TYPE_CHECKING:
    from infralint.engine.run import Judged, Run


def judge_project(state: Run, judged: list[Judged]) -> list[Judged]:
    """The findings of the project's cards, by the file in which each stands."""
    rules = state.book.of("project", state.settings(""))
    digests = {one.path: one.digest for one in judged if one.digest is not None}
    if not rules or all(isinstance(digest, DockerfileDigest) for digest in digests.values()):
        return []  # Dockerfiles only answer; the others ask
    from infralint.model.project import ProjectDocument

    document = ProjectDocument(state.index, digests, state.tree.paths)
    by_path: dict[str, list[object]] = {}
    for finding in judge(document, rules, document.project).findings:
        by_path.setdefault(finding.path, []).append(finding)
    return [state.settle_between(path, found) for path, found in by_path.items()]  # type: ignore[arg-type]
