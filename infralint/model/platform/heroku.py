"""heroku.yml and app.json: what Heroku builds, runs, and gives to new apps."""

from __future__ import annotations

from collections.abc import Iterable

from infralint.model.element import UNKNOWN
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.parts import Command, PlatformVariable, Service, ServiceParts
from infralint.model.platform.reading import integer, known, variables_of
from infralint.model.shared.value import get, pairs_of, scalars, text_of
from infralint.syntax.yaml import Mapping, Scalar
from infralint.text.source import Text


class HerokuDocument(PlatformDocument):
    """A `heroku.yml` or an `app.json`."""

    platform = "Heroku"

    def read_services(self) -> Iterable[Service]:
        release = get(self.root, "release", "command")
        texts = scalars(release)
        for name, node in pairs_of(get(self.root, "run")):
            text = text_of(node) or next(iter(scalars(get(node, "command"))), None)
            role = "web" if name == "web" else "worker"
            yield Service(str(name), name, node, ServiceParts(role, text, None, None, next(iter(texts), None)))
        for name, node in pairs_of(get(self.root, "formation")):
            role = "web" if name == "web" else "worker"
            count = integer(get(node, "quantity"))
            yield Service(str(name), name, node, ServiceParts(role, None, None, None, UNKNOWN, count))

    def read_variables(self) -> Iterable[PlatformVariable]:
        for node in (get(self.root, "env"), *(get(one, "env") for _, one in pairs_of(get(self.root, "environments")))):
            if not isinstance(node, Mapping):
                continue
            for pair in node.effective().values():
                value = pair.value.get("value") if isinstance(pair.value, Mapping) else pair.value
                if isinstance(pair.key, Scalar) and isinstance(value, Scalar):
                    yield PlatformVariable(pair.key.text, known(value), pair.start, pair.end, None)
        yield from variables_of(get(self.root, "build", "config"))
        yield from variables_of(get(self.root, "setup", "config"))

    def read_scripts(self) -> Iterable[Command]:
        for one in self.services:
            if one.command is not None:
                yield Command(one.command, "start")
        found: list[tuple[Text, str]] = [(text, "release") for text in scalars(get(self.root, "release", "command"))]
        found += [(text, "release") for text in scalars(get(self.root, "scripts", "postdeploy"))]
        for text, when in found:
            yield Command(text, when)
