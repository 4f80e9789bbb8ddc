"""Compose services: what each one is told, by all the files that are loaded together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infralint.model.compose.graph import Neighbours
from infralint.model.compose.interpolation import Scope, at_path, items
from infralint.model.compose.known_image import Product
from infralint.model.compose.mount import Mount, Setting
from infralint.model.compose.order import Keys, Order, append_item, of_list, of_names, set_keys, with_key
from infralint.model.compose.parts import (
    Build,
    Capability,
    Dependency,
    Duration,
    EnvFile,
    Healthcheck,
    Namespace,
    Retry,
    SecurityOption,
    env_files_of,
    retries_of,
)
from infralint.model.compose.port import Port
from infralint.model.compose.references import Reference, references
from infralint.model.compose.variables import repeated, variables_of
from infralint.model.element import UNKNOWN, Element, Flag, Unknown, askable, fact
from infralint.model.shared.image import Image
from infralint.model.shared.variable import Variable
from infralint.syntax import yaml
from infralint.tables.compose import (
    DANGEROUS_CAPABILITIES,
    DURATIONS,
    is_container_name,
    is_restart_policy,
    nearest_policy,
)
from infralint.text.edit import Edit
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.compose.document import ComposeDocument

TextOrUnknown = Text | Unknown | None


class Service(Element):
    """One service. Values are those of the merged model, each where it is written; keys are those of this file."""

    __slots__ = ("_document", "_key", "_node", "_scope")

    def __init__(self, document: ComposeDocument, key: Text, node: yaml.Mapping) -> None:
        super().__init__(key.source, key.start, node.end if node.source is key.source else key.end)
        self._document = document
        self._key = key
        self._node = node
        self._scope: Scope = document.scope

    @property
    def node(self) -> yaml.Mapping:
        return self._node

    @fact
    def _merged(self) -> tuple[yaml.Mapping, bool]:
        return self._document.view_of(str(self._key), self._node)

    @property
    def view(self) -> yaml.Mapping:
        """The service with what it extends and what is laid over it."""
        return self._merged[0]

    @fact
    def name(self) -> Text:
        """The service's name, where it is written."""
        return self._key

    @fact
    def is_whole(self) -> bool:
        """Whether all there is to it is known: no file adds to it that could not be read, or may be laid over it."""
        view = self.view
        described = "image" in view or "build" in view or "provider" in view
        return described and self._merged[1] and not self._document.may_be_partial(str(self._key))

    @fact
    def image(self) -> Image | None:
        """The image it runs; absent where only `build` is given."""
        text = yaml.text(self.view.get("image"))
        return Image(text, self._scope.expand) if text else None

    @fact
    def build(self) -> Build | None:
        """What its image is built from."""
        node = self.view.get("build")
        return (
            None if node is None or (isinstance(node, yaml.Scalar) and not node.content) else Build(node, self._scope)
        )

    @fact
    def privileged(self) -> Flag | Unknown | None:
        """`privileged`."""
        return self._scope.flag(self.view.get("privileged"))

    @fact
    def read_only(self) -> Flag | Unknown | None:
        """`read_only`: whether the container's own file system can be written to."""
        return self._scope.flag(self.view.get("read_only"))

    @fact
    def healthcheck(self) -> Healthcheck | None:
        """`healthcheck`."""
        node = self.view.get("healthcheck")
        key = self.view.key("healthcheck")
        return Healthcheck(key, node, self._scope) if isinstance(node, yaml.Mapping) and key is not None else None

    @fact
    def restart(self) -> TextOrUnknown:
        """`restart`."""
        return self.value("restart")

    @fact
    def restart_is_valid(self) -> bool | Unknown:
        """Whether Docker knows its restart policy; unknown where none is known."""
        return is_restart_policy(self.restart) if isinstance(self.restart, Text) else UNKNOWN

    @fact
    def nearest_restart(self) -> str | None:
        """The restart policy that is most like an unknown one."""
        return nearest_policy(self.restart) if isinstance(self.restart, Text) else None

    @fact
    def durations(self) -> list[Duration]:
        """The lengths of time that it is told."""
        found = (self.value(path) for path in DURATIONS)
        return [Duration(text) for text in found if isinstance(text, Text)]

    @fact
    def copies(self) -> int | Unknown | None:
        """How many containers of it are to run, by `scale` or `deploy.replicas`."""
        numbers = [self._scope.number(at_path(self.view, path)) for path in ("scale", "deploy.replicas")]
        return next((number for number in numbers if number is not None), None)

    @fact
    def retries(self) -> list[Retry]:
        """How often it is started again after a failure, as `restart` and as `deploy` say it."""
        return retries_of(self.view, self._scope)

    @fact
    def user(self) -> TextOrUnknown:
        """`user`."""
        return self.value("user")

    @fact
    def network_mode(self) -> TextOrUnknown:
        """`network_mode`."""
        return self.value("network_mode")

    @fact
    def container_name(self) -> TextOrUnknown:
        """`container_name`."""
        return self.value("container_name")

    @fact
    def container_name_is_valid(self) -> bool | Unknown:
        """Whether Docker takes the container's name; unknown where none is known."""
        name = self.container_name
        return UNKNOWN if name is None or isinstance(name, Unknown) else is_container_name(name)

    @fact
    def same_container(self) -> Service | None:
        """The service above it whose container is to have the same name; those with profiles may run by turns."""
        name = self.container_name
        if not isinstance(name, Text) or self.is_optional:
            return None
        first = self._document.neighbours.containers.get(str(name))
        return None if first is None or str(first.name) == str(self._key) else first

    @fact
    def pids_limit(self) -> int | Unknown | None:
        """How many processes it may have, by `pids_limit` or `deploy.resources.limits.pids`; -1 for any number."""
        for path in ("pids_limit", "deploy.resources.limits.pids"):
            node = at_path(self.view, path)
            if node is not None:
                return self._scope.number(node)
        return None

    @fact
    def host_namespaces(self) -> list[Namespace]:
        """The namespaces that it shares with the host."""
        asked = (("network", "network_mode"), ("process", "pid"), ("IPC", "ipc"), ("user", "userns_mode"))
        values = ((name, self.value(key)) for name, key in asked)
        return [Namespace(name, value) for name, value in values if isinstance(value, Text) and value == "host"]

    @fact
    def is_one_shot(self) -> bool | Unknown:
        """Whether it is meant to end: a profile or `restart: "no"` says so, or another waits for its completion."""
        if "profiles" in self.view or self.restart == "no":
            return True
        return str(self._key) in self._document.neighbours.finished

    @fact
    def is_optional(self) -> bool:
        """Whether it only runs with one of its `profiles`."""
        return bool(items(self.view.get("profiles")))

    @fact
    def publishes_ports(self) -> bool:
        """Whether it is reached from outside: `ports` names at least one."""
        return bool(self.ports)

    @fact
    def ports(self) -> list[Port]:
        """`ports`, item by item."""
        return [Port(item, self._scope, self) for item in items(self.view.get("ports"))]

    @fact
    def exposed(self) -> list[Port]:
        """`expose`, item by item."""
        return [Port(item, self._scope, self) for item in items(self.view.get("expose"))]

    @fact
    def unquoted_ports(self) -> list[Port]:
        """Those of `ports` and `expose` that are plain scalars."""
        return [port for port in (*self.ports, *self.exposed) if port.is_unquoted]

    @fact
    def open_ports(self) -> list[Port]:
        """Those of `ports` that no address is written for."""
        return [
            port
            for port in self.ports
            if port.is_published is True and port.host_ip is None and not isinstance(port.text, Unknown)
        ]

    @fact
    def privileged_ports(self) -> list[Port]:
        """Those of `ports` that lead from or to a port below 1024."""
        return [port for port in self.ports if port.is_privileged is True]

    @property
    def neighbours(self) -> Neighbours:
        """What the services of its project are to each other."""
        return self._document.neighbours

    @fact
    def port_key(self) -> Text | None:
        """The key `ports`, where it is written."""
        return self.view.key("ports")

    @askable
    def bind_ports(self, address: str) -> list[Edit] | None:
        """Edits that bind the open ports to an address of the host."""
        return [edit for port in self.open_ports for edit in port.bound_to(address) or []] or None

    @fact
    def port_order(self) -> Order | None:
        """`ports` by the host's ports; those of variables come first."""
        node = self._node.get("ports")
        if not isinstance(node, yaml.Sequence) or node is not self.view.get("ports"):
            return None
        ranks = [Port(item, self._scope, self).rank for item in node.items]
        return of_list(self._node.key("ports"), node, ranks)

    @fact
    def dependency_order(self) -> Order | None:
        """`depends_on` by name."""
        return of_names(self._node.key("depends_on"), self._node.get("depends_on"))

    @fact
    def mounts(self) -> list[Mount]:
        """`volumes`, item by item."""
        return [Mount(item, self._scope, self) for item in items(self.view.get("volumes"))]

    @fact
    def capabilities(self) -> list[Capability]:
        """`cap_add`, item by item."""
        return self._capabilities("cap_add")

    @fact
    def dangerous_capabilities(self) -> list[Capability]:
        """Those of `cap_add` that lead out of a container."""
        return [one for one in self.capabilities if one.name in DANGEROUS_CAPABILITIES]

    def _capabilities(self, key: str) -> list[Capability]:
        texts = (self._scope.text(item) for item in items(self.view.get(key)))
        return [Capability(text) for text in texts if isinstance(text, Text)]

    @fact
    def security_options(self) -> list[SecurityOption]:
        """`security_opt`, item by item."""
        return [SecurityOption(item) for item in items(self.view.get("security_opt")) if isinstance(item, yaml.Scalar)]

    @fact
    def env_files(self) -> list[EnvFile]:
        """`env_file`, item by item; those whose name a variable hides are left out."""
        return env_files_of(self.view, self._scope)

    @fact
    def environment(self) -> list[Variable]:
        """`environment`, in either form."""
        return list(variables_of(self.view.get("environment"), self._scope.index))

    @fact
    def dependencies(self) -> list[Dependency]:
        """`depends_on`, in either form."""
        node = self.view.get("depends_on")
        if isinstance(node, yaml.Mapping):
            return [Dependency(key, value, self._scope) for key, value in node.items()]
        texts = (yaml.text(item) for item in items(node))
        return [Dependency(text, None, self._scope) for text in texts if text is not None and "$" not in text]

    @fact
    def repeated_variables(self) -> list[Variable]:
        """The variables of a list that were given another value above."""
        return repeated(self._node.get("environment"))

    @fact
    def references(self) -> list[Reference]:
        """What it names of the rest of the project: networks, volumes, secrets, configs and services."""
        return references(self._document, self.view, not self.is_optional)

    @fact
    def circle(self) -> list[str]:
        """The services that wait for each other in a circle of which it is the first."""
        return self._document.neighbours.circles.get(str(self._key), [])

    @fact
    def keys(self) -> Keys:
        """Its keys in the order of the file."""
        return Keys(self._node)

    @askable
    def has(self, key: str) -> bool:
        """Whether something is written at a key (dotted for nested ones)."""
        return at_path(self.view, key) is not None

    @askable
    def value(self, key: str) -> Text | Unknown | None:
        """The text at a key (dotted for nested ones)."""
        return self._scope.text(at_path(self.view, key))

    @askable
    def nearest(self, key: str) -> Text:
        """The last key that is written on a dotted way, where the rest is missing; the service's name at least."""
        found, node = self._key, self.view
        for part in key.split("."):
            name = node.key(part)
            value = node.get(part)
            if name is None or name.source is not self.source:
                break
            found = name
            if not isinstance(value, yaml.Mapping):
                break
            node = value
        return found

    @fact
    def product(self) -> Product | None:
        """The well-known program that its image holds, by the image's name; absent where the image is built."""
        name = self.image.full_name if self.image is not None and self.build is None else None
        return None if name is None or isinstance(name, Unknown) else Product(name, self)

    @askable
    def written(self, key: str) -> Setting | None:
        """A key with its value, in whatever file or fragment it is written."""
        pair = self.view.pair(key)
        return Setting(pair) if pair is not None else None

    @askable
    def with_key(self, key: str, value: str) -> list[Edit] | None:
        """Edits that give it a key; absent where it has the key or does not stand for itself."""
        return with_key(self._node, key, value)

    @askable
    def with_item(self, key: str, item: str) -> list[Edit] | None:
        """Edits that put one more item at the end of a list."""
        pair = self.entry(key)
        return append_item(pair.value, item) if pair is not None and isinstance(pair.value, yaml.Sequence) else None

    @fact
    def with_log_limit(self) -> list[Edit] | None:
        """Edits that limit its log to three files of ten megabytes."""
        pair = self.entry("logging")
        if pair is None or not isinstance(pair.value, yaml.Mapping) or "options" in pair.value:
            return None
        return set_keys(pair.value, "options", {"max-size": '"10m"', "max-file": '"3"'})

    @askable
    def entry(self, key: str) -> yaml.Pair | None:
        """A key of this file with its value, to be changed or removed as one; absent where another file's wins."""
        pair = self._node.pair(key)
        if pair is None or pair.key.parent is not self._node:
            return None
        winner = self.view.pair(key)
        return pair if winner is not None and winner.value.source is self.source else None

    def __str__(self) -> str:
        return str(self._key)
