"""The `--platform` of FROM."""

from __future__ import annotations

from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.dockerfile.instruction import From
from infralint.model.element import Element, fact_of, noun_of
from infralint.text.source import Text


class Platform(Element):
    """The `--platform` of a FROM."""

    __slots__ = ("instruction", "value")
    instruction: From
    value: Text

    def __init__(self, instruction: From, value: Text) -> None:
        super().__init__(value.source, value.start, value.end)
        self.instruction = instruction
        self.value = value


@fact_of(Platform)
def is_constant(platform: Platform) -> bool:
    """Whether no variable is in it."""
    return "$" not in platform.value


@fact_of(Platform)
def is_target(platform: Platform) -> bool:
    """Whether it is the platform for which is built, which is meant anyway."""
    return platform.value.strip('"') in ("$TARGETPLATFORM", "${TARGETPLATFORM}")


@fact_of(Platform)
def is_in_stage_name(platform: Platform) -> bool:
    """Whether the stage is named for it (`build_amd64`), as where one of several is chosen."""
    alias = platform.instruction.alias
    return alias is not None and any(
        part and part.lower() in alias.lower() for part in platform.value.strip('"').split("/")
    )


@noun_of(DockerfileDocument, "platform")
def platforms(document: DockerfileDocument) -> list[Platform]:
    """The platforms that FROMs ask for."""
    return [Platform(own, own.platform) for own in document.of("FROM") if own.platform is not None]
