"""railway.toml and railway.json: how a service is built and deployed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.parts import Command, Service, ServiceParts, head_of
from infralint.model.platform.reading import integer
from infralint.model.shared.value import get, pairs_of, scalars, text_of
from infralint.syntax.yaml import Mapping, Node
from infralint.text.source import Located


class RailwayDocument(PlatformDocument):
    """A `railway.toml` or `railway.json`."""

    platform = "Railway"

    def _scopes(self) -> Iterator[Node]:
        """The file, and each of its environments."""
        if self.root is not None:
            yield self.root
        for _, node in pairs_of(get(self.root, "environments")):
            yield node

    def read_services(self) -> Iterable[Service]:
        deploy = get(self.root, "deploy")
        if not isinstance(deploy, Mapping):
            return
        key = self.root.key("deploy") if self.root is not None else None
        head: Located = key if key is not None else head_of(self.source)
        release = next(iter(scalars(deploy.get("preDeployCommand"))), None)
        role = "cron" if deploy.get("cronSchedule") is not None else "web"
        parts = ServiceParts(
            role,
            text_of(deploy.get("startCommand")),
            None,
            text_of(deploy.get("healthcheckPath")),
            release,
            integer(deploy.get("numReplicas")),
        )
        yield Service("deploy", head, deploy, parts)

    def read_scripts(self) -> Iterable[Command]:
        for scope in self._scopes():
            for section, key, when in (
                ("build", "buildCommand", "build"),
                ("deploy", "preDeployCommand", "release"),
                ("deploy", "startCommand", "start"),
            ):
                for text in scalars(get(scope, section, key)):
                    if text:
                        yield Command(text, when)
