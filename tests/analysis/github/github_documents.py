"""Workflow models for tests: of a whole text, or of the steps of one job."""

from __future__ import annotations

import textwrap

from infralint.model.github.workflow import WorkflowDocument
from infralint.model.index import Index
from infralint.text.source import Source

PATH = ".github/workflows/ci.yml"


def workflow(text: str, root: str = "/nonexistent", files: dict[str, str] | None = None) -> WorkflowDocument:
    return WorkflowDocument(Source(PATH, textwrap.dedent(text)), Index(root, files), "workflow")


def steps(body: str, on: str = "push", extra: str = "") -> WorkflowDocument:
    head = f"on: {on}\njobs:\n  a:\n    runs-on: ubuntu-latest\n{extra}    steps:\n"
    return WorkflowDocument(
        Source(PATH, head + textwrap.indent(textwrap.dedent(body), "      ")), Index("/nonexistent"), "workflow"
    )
