"""Files of no kind of their own: settings and plain text, judged for what every kind shares."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.model.document import Comment, Document, Noun
from infralint.model.element import Element, askable, fact
from infralint.model.shared.secret import Secret, Url, secrets_of, urls_in
from infralint.model.shared.variable import Variable
from infralint.syntax import yaml
from infralint.tables.secret_names import names_a_secret
from infralint.tables.secret_surroundings import is_told_apart, pair_of
from infralint.tables.settings_files import is_settings_file, is_translation
from infralint.text import regex as re
from infralint.text.source import Source, Text

KIND = "config"


class Node(Element):
    """Any value of a YAML or JSON file, for rules about formats that have no model."""

    __slots__ = ("_node",)

    def __init__(self, node: yaml.Node) -> None:
        super().__init__(node.source, node.start, node.end)
        self._node = node

    @property
    def node(self) -> yaml.Node:
        return self._node

    @fact
    def path(self) -> str:
        """The keys and indices that lead here, joined by dots: services.web.ports.0."""
        return ".".join(str(part) for part in self._node.route())

    @fact
    def key(self) -> str:
        """The last key (or index) of the path."""
        route = self._node.route()
        return str(route[-1]) if route else ""

    @fact
    def text(self) -> Text | None:
        """A scalar's text; absent for mappings and sequences."""
        return self._node.text if isinstance(self._node, yaml.Scalar) else None

    @fact
    def is_mapping(self) -> bool:
        """Whether it is keys with values."""
        return isinstance(self._node, yaml.Mapping)

    def below(self, key: str) -> yaml.Node | None:
        """The value at a dotted key below it; None where none is written."""
        node: yaml.Node | None = self._node
        for name in key.split("."):
            node = node.get(name) if isinstance(node, yaml.Mapping) else None
        return node

    @askable
    def has(self, key: str) -> bool:
        """Whether a key is written below it; a dotted one for what lies deeper."""
        return self.below(key) is not None

    @askable
    def value(self, key: str) -> Text | None:
        """The text at a key below it (dotted for nested ones); None where no scalar stands there."""
        found = self.below(key)
        return found.text if isinstance(found, yaml.Scalar) else None

    @fact
    def is_true(self) -> bool:
        """Whether it is the boolean true."""
        return isinstance(self._node, yaml.Scalar) and self._node.value is True

    @fact
    def is_false(self) -> bool:
        """Whether it is the boolean false."""
        return isinstance(self._node, yaml.Scalar) and self._node.value is False

    @fact
    def keys(self) -> list[Text]:
        """The keys of a mapping."""
        if not isinstance(self._node, yaml.Mapping):
            return []
        return [pair.key.text for pair in self._node.pairs if isinstance(pair.key, yaml.Scalar)]


def nodes_of(stream: yaml.Stream) -> Iterator[Node]:
    """Every value of a tree, keys left out."""
    stack: list[yaml.Node] = list(reversed(stream.documents))
    while stack:
        node = stack.pop()
        yield Node(node)
        if isinstance(node, yaml.Mapping):
            stack += [pair.value for pair in reversed(node.pairs) if not isinstance(pair.value, yaml.Alias)]
        elif isinstance(node, yaml.Sequence):
            stack += [item for item in reversed(node.items) if not isinstance(item, yaml.Alias)]


MARKS = ("infralint:", "checkov:skip", "gitleaks:allow", "pragma:", "zizmor:")


def marked_comments(source: Source) -> list[Comment]:
    """The comments that speak to a linter, found by their words: for formats whose comments are not read."""
    found = []
    text = source.text
    if any(word in text for word in MARKS):
        line = 0
        for match in re.finditer("|".join(MARKS), text):
            if source.line_of(match.start()) == line:
                continue
            line = source.line_of(match.start())
            start, end = source.line_span(line)
            sign = re.search(r"#|//|;|--|<!--|/\*", text[start : match.start()])
            if sign is not None:
                at = start + sign.start()
                found.append(Comment(text[at:end], at, end, line, not text[start:at].strip()))
    return found


class TextFile(Element):
    """The file itself."""

    __slots__ = ()

    @fact
    def name(self) -> str:
        """The file's name without its folder."""
        return self.source.path.rpartition("/")[2]


def settings_of(document: Document) -> list[Variable]:
    """What is given a value under a name that credentials bear, a line each, in any notation of names and values."""
    text, source = document.source.text, document.source
    if is_translation(source.path):
        return []
    found = []
    pattern = (
        r"^[ \t]*(?:[-*][ \t]+|export[ \t]+)?[\"']?([A-Za-z_][\w.-]*)[\"']?[ \t]*(?:=>|:=|=|:)[ \t]*"
        r"(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\s\"'{\[#,;(]+))[ \t]*[,;]?[ \t]*\r?(?:[#/].*)?$"
    )
    for match in re.finditer(pattern, text, re.M):
        name, where = match[1], "setting"
        if name == "value":
            name, where = pair_of(text, match.start(1)), "pair"
        if names_a_secret(name) and not is_told_apart(text, match.start(1)):
            group = 2 if match[2] is not None else 3 if match[3] is not None else 4
            start, end = match.span(group)
            if text[start:end] and end - start < 300:
                value = Text(text[start:end], source, start, end, ((0, start),), "" if group == 4 else text[start - 1])
                found.append(Variable(source, match.start(1), end, Text(name, source, *match.span(1)), value, where))
    return found


class TextDocument(Document):
    """A text of no known kind, read for secrets alone."""

    def comments(self) -> list[Comment]:
        return marked_comments(self.source)

    nouns = {
        "secret": Noun(Secret, secrets_of),
        "url": Noun(Url, lambda document: urls_in(document.source)),
        "variable": Noun(Variable, settings_of),
        "file": Noun(TextFile, lambda document: [TextFile(document.source, 0, 0)]),
    }


class FixtureDocument(TextDocument):
    """A file that is there for tests or comes from elsewhere: read for what is a credential by its format alone."""

    nouns = {"secret": Noun(Secret, lambda document: [one for one in secrets_of(document) if one.is_verified])}


class ConfigDocument(TextDocument):
    """A settings file: its secrets, and its nodes where a rule asks for them."""

    @property
    def nodes(self) -> list[Node]:
        """Its values, where it is YAML or JSON that can be read."""
        if not self.source.path.lower().endswith((".yml", ".yaml", ".json")):
            return []
        stream = yaml.parse(self.source)
        return [] if stream.partial else list(nodes_of(stream))

    nouns = {
        **{name: noun for name, noun in TextDocument.nouns.items() if name != "file"},
        "url": Noun(
            Url,
            lambda document: urls_in(
                document.source, in_settings=is_settings_file(document.source.path, document.source.text)
            ),
        ),
        "node": Noun(Node, lambda document: document.nodes),
    }


NOUNS = ConfigDocument.nouns
