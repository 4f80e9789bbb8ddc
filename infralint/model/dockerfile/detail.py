"""Small words of a Dockerfile as nouns: keywords, variables where they are used, empty lines, platforms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from infralint.model.dockerfile.instruction import Bindings, From, Instruction
from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.tables.images import SETS_ONLY_PATH
from infralint.text.edit import Edit
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.dockerfile.document import DockerfileDocument

Truth = bool | Unknown
PLATFORM_ARGS = frozenset(
    f"{side}{part}"
    for side in ("BUILD", "TARGET")
    for part in ("PLATFORM", "OS", "ARCH", "VARIANT", "OSVERSION", "STAGE")
)
"""Arguments that the builder sets itself in front of the first FROM."""
PROXY_ARGS = frozenset(("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY", "SOURCE_DATE_EPOCH"))
EXPANDING = frozenset(("ADD", "COPY", "ENV", "ARG", "EXPOSE", "LABEL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"))
_VARIABLE = r"\\.|'[^']*'|\$(?:\{([A-Za-z_]\w*)(:?[-+?][^}]*)?\}|([A-Za-z_]\w*))"


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


class Reference(Element):
    """A variable where the builder replaces it. `has_default`: `${X:-y}` and its like."""

    __slots__ = ("entry", "has_default", "instruction", "name")
    name: Text
    instruction: Instruction
    has_default: bool

    def __init__(self, text: Text, name: Text, has_default: bool, instruction: Instruction, entry: int) -> None:
        super().__init__(text.source, text.start, text.end)
        self.name = name
        self.has_default = has_default
        self.instruction = instruction
        self.entry = entry

    @fact
    def is_in_from(self) -> bool:
        """Whether it stands in a FROM, which sees only what is declared in front of the first one."""
        return isinstance(self.instruction, From)

    @fact
    def is_set_beside(self) -> bool:
        """Whether an earlier entry of the same ENV sets it, which this one does not see."""
        node = self.instruction.node
        return node.name == "ENV" and any(str(pair.name) == self.name for pair in node.pairs[: self.entry])

    @fact
    def extends_itself(self) -> bool:
        """Whether it stands in the value of the variable that it names: `ENV PATHS=/x:$PATHS`."""
        pairs = self.instruction.node.pairs
        return self.entry < len(pairs) and str(pairs[self.entry].name) == self.name

    @fact
    def nearest(self) -> str | None:
        """The name most like it among those that are set here."""
        from difflib import get_close_matches

        instruction = self.instruction
        if isinstance(instruction, From) or instruction.stage is None:
            known = {*PLATFORM_ARGS, *instruction.document._globals}
        else:
            known = {name for stage in instruction.stage.lineage for name in stage._history}
        close = get_close_matches(str(self.name)[:100], sorted(known - {str(self.name)}), 1, 0.8)
        return close[0] if close else None

    @fact
    def apart(self) -> list[Edit] | None:
        """Edits that give the entry of ENV in which it stands, and those behind it, an instruction of their own."""
        from infralint.model.dockerfile.rewrite import split_before

        return split_before(self.instruction, self.entry) if isinstance(self.instruction, Bindings) else None

    @fact
    def is_undefined(self) -> Truth:
        """Whether nothing that is written gives it a value; unknown where the base image may."""
        name, instruction = str(self.name), self.instruction
        document, stage = instruction.document, instruction.stage
        if isinstance(instruction, From):
            return name not in PLATFORM_ARGS and name not in document._globals
        if stage is None:
            return UNKNOWN
        if name in PROXY_ARGS or name.upper() in PROXY_ARGS:
            return False
        if instruction.node.name == "ARG" and any(
            str(pair.name) == name for pair in instruction.node.pairs[: self.entry]
        ):
            return False
        for each in stage.lineage:
            for at, _, is_env in each._history.get(name, ()):
                if (each is stage and at < instruction.index) or (each is not stage and is_env):
                    return False
        image = stage.image
        if image is None:
            return UNKNOWN
        if image.is_scratch:
            return True
        known = image.is_official is True and str(image.short_name) in SETS_ONLY_PATH
        return name != "PATH" if known else UNKNOWN


def references(document: DockerfileDocument) -> list[Reference]:
    """The variables in FROM and in the instructions in which the builder replaces them; triggers left out."""
    found: list[Reference] = []
    pattern: re.Pattern[str] | None = None
    for instruction in document.instructions:
        name = instruction.node.name
        if instruction.trigger or (name != "FROM" and name not in EXPANDING) or len(found) > 5_000:
            continue
        texts: list[Text | None] = [instruction.node.args]
        if isinstance(instruction, Bindings):
            texts = [pair.raw for pair in instruction.node.pairs]
        elif isinstance(instruction, From):
            texts.append(instruction.platform)
        for entry, text in enumerate(texts):
            if text is None or "$" not in text:
                continue
            pattern = pattern or re.compile(_VARIABLE)
            for match in pattern.finditer(text):
                group = 1 if match[1] else 3
                if match[group]:
                    whole, word = text.slice(*match.span()), text.slice(*match.span(group))
                    found.append(Reference(whole, word, match[2] is not None, instruction, entry))
    return found


class Gap(Element):
    """Empty lines inside an instruction, and the line below them on which it goes on."""

    __slots__ = ("instruction", "lines")
    instruction: Instruction
    lines: list[int]

    def __init__(self, instruction: Instruction, lines: list[int], end: int) -> None:
        super().__init__(instruction.source, instruction.source.line_span(lines[0])[0], end)
        self.instruction = instruction
        self.lines = lines

    @fact
    def closed(self) -> list[Edit]:
        """Edits that take the empty lines away."""
        starts = self.source.line_starts
        return [Edit(self.source.path, starts[line - 1], starts[line], "") for line in self.lines]


def gaps(document: DockerfileDocument) -> list[Gap]:
    """The empty lines inside of instructions; here-documents may have as many as they like."""
    found: list[Gap] = []
    source = document.source
    for instruction in document.instructions:
        if instruction.trigger or instruction.lines < 2 or instruction.node.heredocs:
            continue
        empty: list[int] = []
        for line in range(instruction.node.first_line + 1, source.line_of(max(instruction.end - 1, 0)) + 1):
            start, end = source.line_span(line)
            text = source.text[start:end].strip()
            if not text:
                empty.append(line)
            elif empty and not text.startswith("#"):
                found.append(
                    Gap(instruction, empty, min(start + len(source.text[start:end].rstrip()), instruction.end))
                )
                empty = []
    return found


class Platform(Element):
    """The `--platform` of a FROM."""

    __slots__ = ("instruction", "value")
    instruction: From
    value: Text

    def __init__(self, instruction: From, value: Text) -> None:
        super().__init__(value.source, value.start, value.end)
        self.instruction = instruction
        self.value = value

    @fact
    def is_constant(self) -> bool:
        """Whether no variable is in it."""
        return "$" not in self.value

    @fact
    def is_target(self) -> bool:
        """Whether it is the platform for which is built, which is meant anyway."""
        return self.value.strip('"') in ("$TARGETPLATFORM", "${TARGETPLATFORM}")

    @fact
    def is_in_name(self) -> bool:
        """Whether the stage is named for it (`build_amd64`), as where one of several is chosen."""
        alias = self.instruction.alias
        return alias is not None and any(
            part and part.lower() in alias.lower() for part in self.value.strip('"').split("/")
        )

    @fact
    def removed(self) -> list[Edit] | None:
        """Edits that take the flag away."""
        flag = self.instruction.node.flag("platform")
        words = self.instruction.node.words
        if flag is None or not words or len(self.instruction.node.flags) > 1:
            return None
        return [Edit(self.source.path, flag.start, words[0].start, "")]


def platforms(document: DockerfileDocument) -> list[Platform]:
    """The platforms that FROMs ask for."""
    return [Platform(own, own.platform) for own in document.of("FROM") if own.platform is not None]
