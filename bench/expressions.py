"""How many expressions of all workflows below a folder are read and typed, and each that is refused.

Usage: python bench/expressions.py FOLDER
"""

from __future__ import annotations

import collections
import pathlib
import sys
import time

from infralint.analysis.github.problems import workflow_problems
from infralint.model.github.expression import expressions_of
from infralint.model.github.workflow import WorkflowDocument
from infralint.model.index import Index
from infralint.text.source import Source, Unreadable


def main(folder: str) -> None:
    counts: collections.Counter[str] = collections.Counter()
    spent = 0.0
    for path in sorted(pathlib.Path(folder).rglob(".github/workflows/*.y*ml")):
        root = path.parents[2]
        name = path.relative_to(root).as_posix()
        try:
            source = Source(name, path.read_bytes())
        except (Unreadable, OSError) as error:
            print(f"{path}: {error}")
            continue
        start = time.perf_counter()
        file = WorkflowDocument(source, Index(str(root)), "workflow")
        problems = workflow_problems(file)
        spent += time.perf_counter() - start
        counts["files"] += 1
        counts["expressions"] += len(expressions_of(file))
        for problem in problems:
            counts[problem.name] += 1
            line, column = source.position(problem.start)
            print(f"{path}:{line}:{column}: {problem.name}: {problem.message}  |  {problem.raw[:80]!r}")
    print(", ".join(f"{count} {name}" for name, count in counts.items()), f"in {spent:.2f} s")


if __name__ == "__main__":
    main(sys.argv[1])
