"""`cd` becomes WORKDIR."""

from __future__ import annotations

import pytest

from infralint.fixes.dockerfile.workdirs import cd_as_workdir
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.index import Index
from infralint.text.edit import apply
from infralint.text.source import Source


def document(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), "dockerfile")


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("RUN cd /src && make", "WORKDIR /src\nRUN make"),
        ("RUN cd /src \\\n  && make && x", "WORKDIR /src\nRUN make && x"),
        ("RUN cd $DIR && make", None),
        ("RUN cd src && make", None),
        ("RUN cd /src; make", None),
        ("RUN cd /src && make || true", None),
        ("RUN cd /src", None),
        ("RUN --network=none cd /src && make", None),
    ],
)
def test_a_leading_cd_becomes_a_workdir_only_where_all_hangs_on_it(run: str, expected: str | None) -> None:
    source = f"FROM x\n{run}\n"
    edits = cd_as_workdir(document(source).of("RUN")[0])
    assert (apply(source, edits) if edits else None) == (f"FROM x\n{expected}\n" if expected else None)
