"""wrangler.toml and wrangler.json: a Cloudflare Worker, its variables and bindings, by environment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.model.document import Noun
from infralint.model.element import Element
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.parts import Command, PlatformVariable
from infralint.model.platform.reading import variables_of
from infralint.model.shared.value import get, pairs_of, text_of
from infralint.syntax.yaml import Mapping
from infralint.tables.platform_wrangler import NOT_INHERITED
from infralint.text.source import Text


class Missing(Element):
    """A key of the file that an environment does not take over; it stands at the environment's name."""

    __slots__ = ("environment", "key")
    environment: Text
    key: str

    def __init__(self, environment: Text, key: str) -> None:
        super().__init__(environment.source, environment.start, environment.end)
        self.environment = environment
        self.key = key


class WranglerDocument(PlatformDocument):
    """A `wrangler.toml`, `wrangler.json` or `wrangler.jsonc`."""

    platform = "Cloudflare Workers"
    is_lenient = True

    def environments(self) -> Iterator[tuple[Text, Mapping]]:
        """Its environments by name."""
        for name, node in pairs_of(get(self.root, "env")):
            if isinstance(node, Mapping):
                yield name, node

    def read_variables(self) -> Iterable[PlatformVariable]:
        yield from variables_of(get(self.root, "vars"))
        for _, node in self.environments():
            yield from variables_of(node.get("vars"))

    def read_scripts(self) -> Iterable[Command]:
        for scope in (self.root, *(node for _, node in self.environments())):
            text = text_of(get(scope, "build", "command"))
            if text:
                yield Command(text, "build")

    @property
    def missing(self) -> list[Missing]:
        """The keys at the top of the file that an environment does not take over, and does not set itself."""
        if self.root is None:
            return []
        written = [key for key in NOT_INHERITED if key in self.root]
        return [Missing(name, key) for name, node in self.environments() for key in written if key not in node]

    nouns = {**PlatformDocument.nouns, "missing": Noun(Missing, lambda file: file.missing)}
