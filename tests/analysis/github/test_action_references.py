"""References to actions: remote, local, images, malformed ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from github_documents import steps

import infralint
from infralint.analysis.github.action_references import is_malformed
from infralint.analysis.github.local_calls import local_file


def test_references_to_actions() -> None:
    commit = "a" * 40
    document = steps(
        f"""\
        - uses: actions/checkout@v4
        - uses: Owner/name/sub@{commit} # v1.2.3
        - uses: ./local
        - uses: docker://alpine:3.20
        - uses: broken
        """
    )
    tag, pinned, local, image, broken = document.uses
    assert tag.ref is not None and (tag.ref.is_commit, tag.ref.kind) == (False, "version")
    assert pinned.ref is not None and pinned.ref.is_commit
    assert (pinned.owner, pinned.repository, pinned.path) == ("Owner", "Owner/name", "sub")
    assert pinned.action == "owner/name/sub"
    assert pinned.version_comment == "v1.2.3"
    assert local.is_local and local.ref is None and local_file(local) is None
    assert image.is_docker and image.image is not None and image.image.name == "alpine"
    assert is_malformed(broken) and not is_malformed(tag)
    assert document.source.text[tag.ref.start : tag.ref.end] == "v4"


@pytest.mark.parametrize(
    ("runs", "outputs", "found"),
    [
        ("{using: node24, main: a.js}", "", False),
        ("{using: docker, image: Dockerfile}", "", False),
        ("{using: node24, main: a.js}", "outputs: {b: {description: x}}\n", True),
        ("{using: composite, steps: []}", "", True),
    ],
)
def test_a_program_may_put_out_what_its_action_does_not_declare(
    tmp_path: Path, runs: str, outputs: str, found: bool
) -> None:
    steps = "[{id: s, uses: ./a}, {run: 'make', env: {A: '${{ steps.s.outputs.c }}'}}]"
    texts = {
        "a/action.yml": f"name: a\ndescription: a\n{outputs}runs: {runs}\n",
        ".github/workflows/a.yml": f"on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps: {steps}\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    report = infralint.check([tmp_path], root=tmp_path, select=["expression-type-error"])
    assert bool(report.findings) is found
