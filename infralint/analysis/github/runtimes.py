"""The versions of languages that a workflow sets up, where they are written plainly."""

from __future__ import annotations

from infralint.model.github.workflow import WorkflowDocument
from infralint.model.project.summary import RuntimeSummary, mark
from infralint.text import regex as re
from infralint.text.source import Text

_SETUPS = {
    "actions/setup-node": ("node", "node-version"),
    "actions/setup-python": ("python", "python-version"),
    "actions/setup-go": ("go", "go-version"),
    "ruby/setup-ruby": ("ruby", "ruby-version"),
}
_VERSION = re.compile(r"v?(\d{1,4}(?:\.\d{1,4}){0,3})(?:\.x)?")


def runtimes_in_workflow(document: WorkflowDocument) -> tuple[RuntimeSummary, ...]:
    """The versions that its jobs set up; ranges, matrices and variables are left out."""
    found = []
    for job in document.jobs:
        for step in job.steps:
            name = str(step.uses.repository).lower() if step.uses is not None else ""
            language, key = _SETUPS.get(name, ("", ""))
            value = step.input(key) if key else None
            match = _VERSION.fullmatch(value) if isinstance(value, Text) else None
            if match is not None and isinstance(value, Text):
                found.append(RuntimeSummary(language, match[1], mark(value), "ci"))
    return tuple(found)
