"""Keywords, and the case in which the file writes most of them."""

from __future__ import annotations

from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.dockerfile.instruction import From
from infralint.model.element import Element, noun_of
from infralint.text.source import Text


class Keyword(Element):
    """An instruction's keyword, or the AS of a FROM. `usual` is how the file (for AS: its FROM) would write it."""

    __slots__ = ("is_as", "text", "usual")
    text: Text
    usual: str
    is_as: bool

    def __init__(self, text: Text, usual: str, is_as: bool) -> None:
        super().__init__(text.source, text.start, text.end)
        self.text = text
        self.usual = usual
        self.is_as = is_as


@noun_of(DockerfileDocument, "keyword")
def keywords(document: DockerfileDocument) -> list[Keyword]:
    """Every keyword, with the case that most of them have; capitals where it is even."""
    own = [i for i in document.instructions if not i.trigger]
    lower = sum(1 for i in own if i.node.keyword.islower())
    upper = sum(1 for i in own if i.node.keyword.isupper())
    found: list[Keyword] = []
    for instruction in own:
        word = instruction.node.keyword
        found.append(Keyword(word, str(word).lower() if lower > upper else str(word).upper(), False))
        words = instruction.node.words if isinstance(instruction, From) else []
        if len(words) > 2 and words[1].lower() == "as":
            same = word.islower() or word.isupper()
            found.append(Keyword(words[1], ("as" if word.islower() else "AS") if same else str(words[1]), True))
    return found
