"""What a layer removes and what is mounted over it."""

from __future__ import annotations

from infralint.analysis.dockerfile.caches import mounts_over, run_removes
from infralint.analysis.shared.packages import installs
from infralint.model.dockerfile.document import KIND, DockerfileDocument
from infralint.model.element import Unknown
from infralint.model.index import Index
from infralint.text.source import Source


def read(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), KIND)


def test_a_run_knows_what_it_installs_and_removes() -> None:
    run = read(
        "FROM a\nRUN --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update \\\n"
        " && apt-get install -y curl=1 \\\n # why\n && rm -rf /var/lib/apt/lists/*\n"
    ).stages[0].runs[0]  # fmt: skip
    (install,) = [command for command in run.commands if installs(command) == "apt-get"]
    assert install.raw == "apt-get install -y curl=1"
    assert run_removes(run, "/var/lib/apt/lists") is True
    assert run_removes(run, "/var/cache/apt") is False
    assert (mounts_over(run, "/var/lib/apt/lists"), mounts_over(run, "/root/.cache")) == (True, False)


def test_a_removal_that_a_variable_may_do_is_unknown() -> None:
    assert isinstance(run_removes(read("FROM a\nRUN rm -rf $X\n").stages[0].runs[0], "/x"), Unknown)
