"""References to actions: remote, local, images, malformed ones."""

from __future__ import annotations

from github_documents import steps

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
