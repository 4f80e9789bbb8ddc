"""How the values of a compose file are read: variables by their defaults and the `.env` beside it."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Flag, Unknown
from infralint.model.index import Index
from infralint.syntax import dotenv, interpolation, yaml
from infralint.text import regex as re
from infralint.text.source import Text

_INSTALLED = frozenset(("vendor", "node_modules", "third_party", "target", "dist", "build"))
TextOrUnknown = Text | Unknown | None
_TRUE = frozenset(("true", "yes", "on", "y", "1"))


class InterpolationContext:
    """Variables and files that the values of one compose file are read with.

    What `.env` sets wins over a default; a variable that neither sets is unknown, for the shell may set it.
    """

    __slots__ = ("_folder", "_variables", "index")

    def __init__(self, index: Index, folder: str) -> None:
        self.index = index
        self._folder = folder
        self._variables: dict[str, str] | None = None

    @property
    def variables(self) -> dict[str, str]:
        """What the `.env` beside the file sets."""
        if self._variables is None:
            self._variables = self.index.memo(("compose-env", self._folder), self._read)
        return self._variables

    def _read(self) -> dict[str, str]:
        path = f"{self._folder}/.env" if self._folder else ".env"
        source = self.index.source(path) if self.index.is_file(path) else None
        if source is None:
            return {}

        found = {}
        for entry in dotenv.parse(source).entries:
            if entry.value is not None and "$" not in entry.value:
                found[str(entry.key)] = str(entry.value)
        return found

    def stands(self, path: str, written: str, *, folder: bool = False) -> bool | Unknown:
        """Whether a file (or folder) of the repository is there.

        Unknown where it is there counted from a folder above, as `--project-directory` has it, or where
        something is installed to: `vendor`, `node_modules`.
        """
        index = self.index
        found = index.is_folder if folder else index.is_file
        if found(path):
            return True
        if any(part in _INSTALLED for part in (*path.split("/"), *self._folder.split("/"))):
            return UNKNOWN
        above = self._folder
        while above:
            above = above.rpartition("/")[0]
            other = index.resolve(above, written)
            if other is not None and found(other):
                return UNKNOWN
        return False

    def example(self, names: tuple[str, ...]) -> str | None:
        """The first of these files that stands beside the file."""
        paths = (f"{self._folder}/{name}" if self._folder else name for name in names)
        return self.index.memo(("compose-example", self._folder), lambda: next(filter(self.index.is_file, paths), None))

    def names_of(self, path: str) -> frozenset[str]:
        """The variables that a dotenv file names, those in its comments too."""

        def read() -> frozenset[str]:
            source = self.index.source(path)
            text = source.text if source is not None else ""
            return frozenset(
                re.findall(r"^[ \t]*+(?:#[ \t]*+)?(?:export[ \t]++)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=", text, re.M)
            )

        return self.index.memo(("compose-names", path), read)

    def expand(self, text: str) -> str | Unknown:
        """A text with its variables replaced; unknown where one is neither set nor has a default."""
        if "$" not in text:
            return text
        known = self.variables
        for reference in interpolation.references(str(text), "compose"):
            if reference.is_malformed or (reference.name not in known and not reference.has_default):
                return UNKNOWN
        return interpolation.expand(text, known.get, "compose")

    def text(self, node: yaml.Node | None) -> Text | Unknown | None:
        """A scalar's text; unknown where a variable hides it, absent where it is empty, reset or no scalar."""
        if not isinstance(node, yaml.Scalar) or (node.value is None and not node.style) or node.tag == "!reset":
            return None
        return self.read(node.text)

    def read(self, text: Text) -> Text | Unknown:
        """A written text as compose reads it; what variables gave stands where they are written."""
        if "$" not in text:
            return text
        value = self.expand(text)
        return UNKNOWN if isinstance(value, Unknown) else Text(value, text.source, text.start, text.end, None, "*")

    def flag(self, node: yaml.Node | None) -> Flag | Unknown | None:
        """A boolean, which compose also takes as text."""
        text = self.text(node)
        if node is None or text is None:
            return None
        if isinstance(text, Unknown):
            return UNKNOWN
        return Flag(text.lower() in _TRUE, node.source, text.start, text.end)

    def number(self, node: yaml.Node | None) -> int | Unknown | None:
        """A whole number; unknown where it is none."""
        text = self.text(node)
        if text is None:
            return None
        if isinstance(text, Unknown):
            return UNKNOWN
        digits = text.removeprefix("-")
        return int(text) if digits.isdecimal() and digits.isascii() and len(digits) < 12 else UNKNOWN


def items(node: yaml.Node | None) -> list[yaml.Node]:
    """The items of a list, aliases resolved; a lone scalar is a list of one, as compose takes it."""
    if isinstance(node, yaml.Sequence):
        return list(node.values())
    return [node] if isinstance(node, yaml.Scalar) and (node.value is not None or node.style) else []


def at_path(node: yaml.Node | None, path: str) -> yaml.Node | None:
    """The value at dotted keys."""
    for key in path.split("."):
        node = node.get(key) if isinstance(node, yaml.Mapping) else None
    return node
