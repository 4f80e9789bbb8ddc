"""Whether we refuse the workflows that GitHub's own reader refuses, by the test files of actions/languageservices.

    python bench/workflows_reader.py CHECKOUT              how many files agree, and each that does not
    python bench/workflows_reader.py CHECKOUT --show NAME  one file, what GitHub says of it, and what we say

CHECKOUT is a clone of https://github.com/actions/languageservices; nothing of it is kept here. A file of workflow-parser/testdata/reader
holds options, a workflow, the workflows that it calls, and what the reader makes of them: it is refused where that has `errors`.
Called workflows are laid out as local ones; files that try other limits than GitHub's own are left out.
`expressions/testdata/syntax-errors.json` lists expressions that cannot be parsed, and some whose names are not known, which is left to
their place in a workflow.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import re
import sys
import tempfile
from typing import NamedTuple

import infralint
from infralint.syntax import expression
from infralint.text.source import Source, Text

REFUSING = (
    "workflow/invalid-workflow", "workflow/invalid-event", "workflow/invalid-call", "workflow/mismatched-call", "workflow/undefined-need",
    "workflow/circular-needs", "workflow/missing-runner", "workflow/invalid-permission", "workflow/invalid-permissions-word",
    "workflow/invalid-schedule", "workflow/invalid-filter-pattern", "workflow/undeclared-secret", "workflow/missing-permission",
    "workflow/conflicting-runner-labels", "workflow/unknown-event", "workflow/invalid-variable-name", "any/invalid-id", "any/broken-expression",
    "any/expression-type-error", "any/missing-action-ref", "any/malformed-action", "any/missing-action-input",
    "infralint/unreadable-file",
)  # fmt: skip
"""Rules that say that GitHub rejects the file."""


NO_REFUSAL = re.compile(
    r"was retired|no earlier step has the id|has no property|has no job|declares no input|has no matrix|matrix of this job"
)
"""Messages of these rules on what GitHub reads as an empty value, or lets wait for a runner."""
EXPLAINED = {
    "errors-anchor-tag": "GitHub takes anchors since 2025-09",
    "errors-reusable-workflow-permissions-not-allowed-job-level-from-caller-default": "the repository's setting decides",
    "errors-reusable-workflow-permissions-not-allowed-workflow-level-from-caller-default": "the repository's setting decides",
    "concurrency": "a job without steps is read, and does nothing",
    "misc-jobs": "a job without steps is read, and does nothing",
    "events-mapping-all": "the filters are refused when the event comes, not by the reader",
    "on-workflow_dispatch-unknown-keys-ignored": "the key is read over; what was meant by it is lost",
    "step-id-generates-when-empty": "the reference is refused when the action is fetched, not by the reader",
    "round-to-infinity": "a time limit of infinity",
}
"""Files on which we mean to differ, and why."""
LIMITS = re.compile(r"(?m)^max-")
"""Options that set other limits than GitHub's own."""


class Case(NamedTuple):
    """One file: the workflow, those that it calls by the reference, and the messages with which GitHub refuses it."""

    name: str
    options: str
    workflow: str
    called: dict[str, str]
    errors: list[str]


def read_case(path: pathlib.Path) -> Case | None:
    """The parts of a file; None where it has no answer."""
    parts = re.split(r"(?m)^---[ \t]*\r?$\n?", path.read_text(encoding="utf-8"))
    if len(parts) < 3:
        return None
    try:
        answer = json.loads(parts[-1])
    except ValueError:
        return None
    between = parts[2:-1]
    called = {reference.strip(): text for reference, text in zip(between[::2], between[1::2], strict=False)}
    return Case(path.stem, parts[0], parts[1], called, [one["Message"] for one in answer.get("errors") or ()])


def lay_out(case: Case, root: pathlib.Path) -> None:
    """Write the files of a case, calls of other repositories as calls of local files."""
    local = {reference: f"./.github/workflows/called-{number}.yml" for number, reference in enumerate(case.called)}
    texts = {".github/workflows/workflow.yml": case.workflow}
    texts |= {local[reference]: text for reference, text in case.called.items()}
    for name, text in texts.items():
        written = text
        for reference, path in local.items():
            written = written.replace(reference, path)
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(written, encoding="utf-8")


def refused_by_us(case: Case) -> list[str]:
    """The rules that say that GitHub rejects one of the files."""
    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        root = pathlib.Path(folder).resolve()
        lay_out(case, root)
        found = infralint.check([root], root=root, select=["all"]).findings
    refusing = [one for one in found if one.rule in REFUSING and not NO_REFUSAL.search(one.message)]
    return [f"{one.rule} {one.path}:{one.line}: {one.message}" for one in refusing]


def judge_files(folder: pathlib.Path, show: str | None) -> tuple[int, int]:
    """Print the files on which we differ; how many agree, of how many."""
    agree = total = 0
    for path in sorted(folder.glob("*.yml")):
        case = read_case(path)
        if case is None or LIMITS.search(case.options) or (show is not None and case.name != show):
            continue
        ours = refused_by_us(case)
        total += 1
        agree += bool(ours) == bool(case.errors) or case.name in EXPLAINED
        if show is not None:
            print(case.options, case.workflow, *case.called.values(), *case.errors, *ours, sep="\n")
        elif bool(ours) != bool(case.errors):
            why = f" (explained: {EXPLAINED[case.name]})" if case.name in EXPLAINED else ""
            print(f"{case.name}: {'only ' + ours[0] if ours else 'missed: ' + case.errors[0]}{why}")
    return agree, total


def judge_expressions(file: pathlib.Path) -> tuple[int, int]:
    """Print the expressions that we read and GitHub does not; how many agree, of how many."""
    agree = total = 0
    for rows in json.loads(file.read_text(encoding="utf-8")).values():
        for row in rows:
            error = row.get("err") or {}
            if error.get("kind") not in ("lexing", "parsing") or error["value"].startswith("Unrecognized"):
                continue
            total += 1
            text = row["expr"]
            read = expression.parse(Text(text, Source("expression", text), 0, len(text), ((0, 0),)))
            agree += bool(read.faults)
            if not read.faults:
                print(f"expression is read: {row['expr']!r}: {row['err']['value']}")
    return agree, total


def main() -> int:
    """Read the arguments and print how many agree."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=pathlib.Path)
    parser.add_argument("--show")
    options = parser.parse_args()
    agree, total = judge_files(options.checkout / "workflow-parser" / "testdata" / "reader", options.show)
    if options.show is None:
        print(f"files: {agree} of {total} agree, {100 * agree / total:.1f} %")
        agree, total = judge_expressions(options.checkout / "expressions" / "testdata" / "syntax-errors.json")
        print(f"expressions: {agree} of {total} agree, {100 * agree / total:.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
