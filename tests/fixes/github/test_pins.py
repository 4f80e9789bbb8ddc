"""Actions pinned to the commits that a repository knows."""

from __future__ import annotations

import pathlib
import textwrap

import pytest
from github_documents import workflow

from infralint.fixes.github.pins import pinned
from infralint.text.edit import apply


def test_a_commit_is_known_when_the_repository_pins_that_version_elsewhere(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    one, two = "1" * 40, "2" * 40
    (folder / "a.yml").write_text(f"x:\n  - uses: o/n@{one} # v1\n  - uses: o/twice@{one} # v2\n")
    (folder / "b.yml").write_text(f"x:\n  - uses: o/twice@{two} # v2\n  - uses: 'o/q/sub@{two}'  # v3\n")
    files = {f".github/workflows/{name}.yml": "workflow" for name in "ab"}
    document = workflow(
        """\
        on: push
        jobs:
          a:
            runs-on: x
            steps:
              - uses: O/N@v1
              - uses: o/n@v1.0
              - uses: o/twice@v2
              - uses: o/q@v3
        """,
        str(tmp_path),
        files,
    )
    assert [edits[0].text if edits else None for edits in map(pinned, document.uses)] == [one, None, None, two]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("a/b@v1", "a/b@%s # v1"),
        ("'a/b@v1'", "'a/b@%s' # v1"),
        ("a/b@v1 # v1", "a/b@%s # v1"),
        ("a/b@v1 # keep", None),
        ("a/b@v2", None),
        ("&x a/b@v1", "&x a/b@%s # v1"),
        (">-\n          a/b@v1", None),
    ],
)
def test_a_known_commit_is_written_with_its_version_behind_it(
    tmp_path: pathlib.Path, line: str, wanted: str | None
) -> None:
    commit = "1f6a6c4b3f3b3e6a0d7c7f0a4f1c9b8a5d2e4f60"
    text = f"""
        on: push
        jobs:
          a:
            runs-on: ubuntu-24.04
            steps:
              - uses: a/b@{commit} # v1
              - uses: {line}
        """
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "ci.yml").write_text(textwrap.dedent(text))
    document = workflow(text, str(tmp_path), {".github/workflows/ci.yml": "workflow"})
    edits = pinned(document.uses[1])
    if wanted is None:
        assert edits is None
    else:
        assert edits is not None
        assert f"- uses: {wanted % commit}\n" in apply(document.source.text, edits)
