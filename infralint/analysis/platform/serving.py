"""How a platform serves a program: over plain HTTP, by a development server, on a fixed port, to whom."""

from __future__ import annotations

import ipaddress

from infralint.analysis.platform.scripts import commands_of_service
from infralint.analysis.shared.servers import is_development_server
from infralint.model.element import Element, Unknown, fact, fact_of, noun_of
from infralint.model.platform.fly import FlyDocument
from infralint.model.platform.netlify import NetlifyDocument
from infralint.model.platform.pages import PagesDocument, Rule
from infralint.model.platform.parts import Database, Header, Redirect, Service
from infralint.model.platform.render import RenderDocument
from infralint.model.shared.command import Command
from infralint.model.shared.value import get, mappings, scalars, text_of
from infralint.syntax.yaml import Mapping, Scalar
from infralint.text import regex as re
from infralint.text.similar import most_similar
from infralint.text.source import Located, Text

_RUNNERS = ("npm", "yarn", "pnpm", "bun")
_SCRIPTS = frozenset(("dev", "start:dev", "develop", "watch"))
_PORT = re.compile(
    r"(?:(?:-b|--bind|--listen|--host)[ =][\w.\[\]:*]{0,60}:|(?:-p|--port)[ =]|\b0\.0\.0\.0:)(\d{2,5})\b"
)
_HTTP = re.compile(r"http://(?:[^/@\s]{0,200}@)?([a-z\d][a-z\d.-]{0,250})(?=[:/?#]|$)", re.I)
"""An address without TLS, with its host written plainly."""
_LOCAL = re.compile(
    r"localhost$|127\.|10\.|192\.168\.|\[?::1|[\w-]+$|.*\.(?:local|internal|test|example|localhost)$", re.I
)


class PlainPort(Element):
    """A place of fly.toml that serves requests over plain HTTP as well; it stands at its head."""

    __slots__ = ("node",)

    def __init__(self, at: Located, node: Mapping) -> None:
        super().__init__(at.source, at.start, at.end)
        self.node = node


@noun_of(FlyDocument, "plain_port")
def plain_ports(file: FlyDocument) -> list[PlainPort]:
    """Where plain HTTP is served and not sent on to HTTPS, though HTTPS is served too; not where the file says so itself."""
    found = []
    for service in file.services:
        node = service.node
        if service.name == "http_service" and isinstance(node, Mapping) and _is_open(node):
            found.append(PlainPort(service, node))
        ports = mappings(get(node, "ports")) if service.name.startswith("services") else []
        handlers = [{str(one) for one in scalars(port.get("handlers"))} for port in ports]
        if not any("tls" in each for each in handlers):
            continue
        for port, each in zip(ports, handlers, strict=True):
            if each == {"http"} and "force_https" not in port:
                number = port.pair("port")
                found.append(PlainPort(number.value if number is not None else port, port))
    return found


def _is_open(node: Mapping) -> bool:
    """Whether a table of its own describes a service that plain HTTP reaches; one that only holds checks adds to another file."""
    return "force_https" not in node and any(isinstance(pair.value, Scalar) for pair in node.pairs)


@fact_of(Service)
def development_server(service: Service) -> Command | None:
    """The command of it that starts a development server."""
    return next((one for one in commands_of_service(service) if _is_for_development(one)), None)


def _is_for_development(command: Command) -> bool:
    name = command.name
    words = [str(word) for word in command.operands if not isinstance(word, Unknown)]
    if name in _RUNNERS:
        return bool(words) and (
            words[0] in _SCRIPTS or (words[0] == "run" and words[1:2] != [] and words[1] in _SCRIPTS)
        )
    if name == "next":
        return words[:1] == ["dev"]
    return is_development_server(command) is True


@fact_of(Service)
def fixed_port(service: Service) -> Text | None:
    """The port that its command names, where it does not read the one that the platform gives."""
    command = service.command
    if command is None or "PORT" in command:
        return None
    match = _PORT.search(command)
    return command.slice(*match.span(1)) if match is not None else None


@fact_of(Service)
def has_one_instance(service: Service) -> bool:
    """Whether the file asks for one copy of it, or for none while it is idle."""
    return isinstance(service.instances, int) and service.instances <= 1


@fact_of(Header)
def lets_in_any_origin(header: Header) -> bool:
    """Whether it lets pages of every origin read the answers."""
    return header.key_name == "access-control-allow-origin" and header.value.strip() == "*"


@fact_of(Header)
def lets_in_credentials(header: Header) -> bool:
    """Whether another header of the same paths lets such pages send cookies."""
    beside = header.beside("access-control-allow-credentials")
    return beside is not None and beside.strip().lower() == "true"


@fact_of(Header)
def short_transport_security(header: Header) -> Text | None:
    """Its value, where browsers keep to HTTPS for less than half a year."""
    if header.key_name != "strict-transport-security":
        return None
    match = re.search(r"max-age\s{0,5}=\s{0,5}\"?(\d{1,12})", header.value)
    return header.value if match is not None and int(match[1]) < 15_552_000 else None


@fact_of(Header)
def ignored_frame_options(header: Header) -> Text | None:
    """Its value, where browsers know no such frame option and so allow every frame."""
    is_known = header.value.strip().upper() in ("DENY", "SAMEORIGIN")
    return header.value if header.key_name == "x-frame-options" and not is_known else None


@fact_of(Redirect)
def plain_http_target(redirect: Redirect) -> Text | None:
    """Its target, where it is an address without TLS on another machine."""
    match = _HTTP.match(redirect.target)
    return redirect.target if match is not None and _LOCAL.match(match[1]) is None else None


@noun_of(NetlifyDocument, "shadowed_redirect")
def shadowed_redirects(file: NetlifyDocument) -> list[Redirect]:
    """The redirects that stand behind one for all paths, which is taken first."""
    found: list[Redirect] = []
    is_behind = False
    for item in mappings(get(file.root, "redirects")):
        origin, target = text_of(item.get("from")), text_of(item.get("to"))
        if origin is None or target is None:
            continue
        if is_behind and not origin.startswith("http"):
            found.append(Redirect(origin, target, ""))
        is_total = origin == "/*" and not any(
            key in item for key in ("conditions", "query", "force", "signed", "headers")
        )
        is_behind = is_behind or (is_total and str(text_of(item.get("status")) or "") != "404")
    return found


@fact_of(Rule)
def leads_to_itself(rule: Rule) -> bool:
    """Whether it redirects a path to that very path."""
    return rule.origin == rule.target and not rule.is_conditional and rule.status.rstrip("!") not in ("200", "404")


@noun_of(PagesDocument, "shadowed_rule")
def shadowed_rules(file: PagesDocument) -> list[Rule]:
    """The redirects that stand behind one for all paths, or for the same path, which is taken first."""
    found: list[Rule] = []
    seen: set[str] = set()
    for rule in file.rules:
        origin = str(rule.origin)
        if origin in seen or ("/*" in seen and not origin.startswith("http")):
            found.append(rule)
        elif not rule.is_conditional and not (origin == "/*" and rule.status.startswith("404")):
            seen.add(origin)
    return found


@fact_of(Database)
def open_range(database: Database) -> Text | None:
    """The range of addresses by which everyone may connect."""
    return next((one for one in database.allowed or [] if _is_everyone(one)), None)


def _is_everyone(text: Text) -> bool:
    try:
        return ipaddress.ip_network(str(text), strict=False).prefixlen == 0
    except ValueError:
        return False


@fact_of(Database)
def has_no_list(database: Database) -> bool:
    """Whether it says nothing of who may connect, so that everyone may."""
    return database.allowed is None


class MisspelledReference(Element):
    """A reference with the name that was most likely meant; it stands at its name."""

    __slots__ = ("meant", "name")
    name: Text

    def __init__(self, name: Text, meant: str) -> None:
        super().__init__(name.source, name.start, name.end)
        self.name = name
        self.meant = meant

    @fact
    def nearest(self) -> str:
        """The name that was most likely meant."""
        return self.meant


@noun_of(RenderDocument, "misspelled_reference")
def misspelled_references(file: RenderDocument) -> list[MisspelledReference]:
    """The references that name nothing of the blueprint, and almost something that is there."""
    found = []
    for one in file.references:
        if one.name in file.names(one.form):
            continue
        nearest = most_similar(str(one.name), [str(name) for name in file.names(one.form)], 0.8)
        if nearest is not None:
            found.append(MisspelledReference(one.name, nearest))
    return found


@fact_of(Service)
def table(service: Service) -> Element | None:
    """The table of fly.toml that describes it, up to the last key of its own; absent where it has none."""
    node = service.node
    if not isinstance(node, Mapping) or node.stream.language != "toml" or node.is_flow:
        return None
    return Element(node.source, node.start, node.end)
