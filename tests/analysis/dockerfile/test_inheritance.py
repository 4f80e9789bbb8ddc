"""What stages need of each other."""

from __future__ import annotations

from infralint.analysis.dockerfile.healthchecks import has_healthcheck
from infralint.analysis.dockerfile.inheritance import is_used
from infralint.analysis.shared.images import is_untagged
from infralint.model.dockerfile.document import KIND, NOUNS, DockerfileDocument
from infralint.model.element import Unknown
from infralint.model.index import Index
from infralint.text.source import Source


def read(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), KIND)


def test_images_are_those_that_are_no_stages() -> None:
    document = read(
        "ARG V=3.12\nFROM python:$V AS Build\nFROM build AS two\nCOPY --from=0 a b\nCOPY --from=nginx:1 a b\n"
        "RUN --mount=type=bind,from=tools:2,target=/t x\nFROM $NOPE\nCOPY --from=two a b\n"
    )
    images = list(NOUNS["image"].of(document))
    assert [str(image) for image in images] == ["python:$V", "nginx:1", "tools:2", "$NOPE"]
    assert (images[0].tag, isinstance(is_untagged(images[3]), Unknown)) == ("3.12", True)
    assert [is_used(stage) for stage in document.stages] == [True, True, True]
    assert isinstance(has_healthcheck(document.stages[2]), Unknown)
    assert document.stages[1].image is not None
    assert document.stages[1].image.full_name == "docker.io/library/python"
