"""What Compose's own consistency checks refuse: settings that contradict each other, and values that no schema can tell.

Source: https://github.com/compose-spec/compose-go, `loader/validate.go` and `template/template.go`, read 2026-11.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from infralint.model.compose.document import ComposeDocument
from infralint.model.compose.interpolation import at_path, items
from infralint.model.compose.service import Service
from infralint.model.element import Element, Unknown, noun_of
from infralint.syntax import yaml
from infralint.text import regex as re
from infralint.text.quantity import Size
from infralint.text.source import Located, Text

_SUBSTITUTION = re.compile(
    r"\$(?:\$|[_a-zA-Z][_a-zA-Z0-9]*|\{[_a-zA-Z][_a-zA-Z0-9]*(?::?[-+?](?P<rest>[^{}]*))?\}|(?P<open>\{))?"
)
_INTERPOLATED = ("services", "networks", "volumes", "secrets", "configs")
_LIMITS = (
    ("mem_limit", "deploy.resources.limits.memory"),
    ("mem_reservation", "deploy.resources.reservations.memory"),
    ("cpus", "deploy.resources.limits.cpus"),
    ("pids_limit", "deploy.resources.limits.pids"),
    ("scale", "deploy.replicas"),
)
"""Keys that mean the same in the old and in the new form; where both are written they must agree."""
MAX_SUBSTITUTIONS = 200
MAIN_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
"""The files that `docker compose` loads by itself."""


class Inconsistency(Element):
    """Something in a compose file that Compose refuses although its schema allows it."""

    __slots__ = ("what",)
    what: str
    """What is wrong, with its values."""

    def __init__(self, at: Located, what: str) -> None:
        super().__init__(at.source, at.start, at.end)
        self.what = what


@noun_of(ComposeDocument, "inconsistency")
def inconsistencies(document: ComposeDocument) -> list[Inconsistency]:
    """Every inconsistency of the services that the file describes, and of the values that it writes."""
    found: list[Inconsistency] = []
    for service in document.judged:
        for check in (_builds, _limits, _replicas, _platform):
            found += check(service)
    return [*found, *_empty(document), *_null_services(document), *_substitutions(document)]


def _builds(service: Service) -> Iterator[Inconsistency]:
    build = service.view.get("build")
    if isinstance(build, yaml.Mapping) and "dockerfile" in build and (key := build.key("dockerfile_inline")):
        yield Inconsistency(key, f"service `{service.name}` has both `dockerfile` and `dockerfile_inline`")


def _limits(service: Service) -> Iterator[Inconsistency]:
    for old, new in _LIMITS:
        one, other = service.value(old), service.value(new)
        if one is None or other is None or isinstance(one, Unknown) or isinstance(other, Unknown):
            continue
        if _amount(one) is not None and _amount(other) is not None and _amount(one) != _amount(other):
            yield Inconsistency(one, f"service `{service.name}` has `{old}: {one}` and `{new}: {other}`, which differ")


def _amount(text: Text) -> float | None:
    size = Size.read(text)
    return size.number if size is not None else None


def _replicas(service: Service) -> Iterator[Inconsistency]:
    for key in ("scale", "deploy.replicas"):
        written = service.value(key)
        if isinstance(written, Text) and re.fullmatch(r"-[0-9]+", written):
            yield Inconsistency(written, f"service `{service.name}` has `{key}: {written}`, a negative number")


def _platform(service: Service) -> Iterator[Inconsistency]:
    platform = service.value("platform")
    node = at_path(service.view, "build.platforms")
    names = [service.interpolation.text(item) for item in items(node)]
    if isinstance(platform, Text) and names and all(isinstance(name, Text) for name in names) and platform not in names:
        listed = ", ".join(f"`{name}`" for name in names)
        yield Inconsistency(platform, f"service `{service.name}` runs on `{platform}`, but is built for {listed} only")


def _empty(document: ComposeDocument) -> Iterator[Inconsistency]:
    """A file without content, and secrets and configs without any key, where no other file of the project adds some."""
    if document.root is None:
        if posixpath.basename(document.source.path) in MAIN_NAMES and not document.source.text.strip():
            yield Inconsistency(Element(document.source, 0, 0), "the file is empty")
        return
    if len(document.project.files) > 1 or document.project.is_base_elsewhere:
        return
    for resource in document.resources:
        node = resource.node
        if resource.type in ("secret", "config") and isinstance(node, yaml.Mapping) and not node.pairs and not node.tag:
            yield Inconsistency(
                resource.name, f"{resource.type} `{resource.name}` has no `file`, `environment` or `external`"
            )


def _null_services(document: ComposeDocument) -> Iterator[Inconsistency]:
    """Services without a single key, where no other file of the project adds some."""
    services = document.root.get("services") if document.root is not None else None
    if not isinstance(services, yaml.Mapping) or len(document.project.files) > 1 or document.project.is_base_elsewhere:
        return
    for key, value in services.items():
        if isinstance(value, yaml.Scalar) and value.value is None and not value.raw.strip():
            yield Inconsistency(key, f"service `{key}` is empty; it needs `image` or `build`")


def _substitutions(document: ComposeDocument) -> Iterator[Inconsistency]:
    """Substitutions that Compose cannot read: `${1x}`, `${VAR/a/b}`, an open brace."""
    if document.root is None or "$" not in document.source.text:
        return
    count = 0
    for name in _INTERPOLATED:
        for text in _texts_below(document.root.get(name)):
            at = 0
            while (at := text.find("$", at)) >= 0 and count < MAX_SUBSTITUTIONS:
                match = _SUBSTITUTION.match(text, at)
                if match is None:
                    break
                if (fault := _fault(text, match)) is not None:
                    count += 1
                    end, what = fault
                    yield Inconsistency(text.slice(at, end), what)
                    at = end
                    continue
                at = max(match.end(), at + 1)


def _texts_below(node: yaml.Node | None) -> Iterator[Text]:
    """The texts with a dollar sign among the values below a node; keys and what anchors lead to are left out."""
    stack = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, yaml.Mapping):
            stack += [pair.value for pair in reversed(one.pairs)]
        elif isinstance(one, yaml.Sequence):
            stack += reversed(one.items)
        elif isinstance(one, yaml.Scalar) and isinstance(one.value, str) and "$" in one.raw:
            yield one.text


def _fault(text: Text, match: re.Match[str]) -> tuple[int, str] | None:
    """Where an unreadable substitution ends and what is wrong with it; None for one that can be read."""
    start = match.start()
    if match["open"] is None:
        return None  # a dollar sign before anything else stays what it is
    close = text.find("}", start)
    if close < 0:
        line_end = text.find("\n", start)
        return (line_end if line_end > 0 else len(text)), "a `${` is never closed"
    inner = text[start + 2 : close]
    if re.match(r"[_a-zA-Z][_a-zA-Z0-9]*:?[-+?]", inner):
        return None  # a default with braces of its own: Compose reads nested ones
    return close + 1, f"`{text[start : close + 1]}` is no substitution that Compose knows"
