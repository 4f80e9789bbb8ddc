"""Two compose trees made one, as `docker compose -f a -f b` does it. Every value keeps the place it was written at.

Rules: https://github.com/compose-spec/compose-spec/blob/main/13-merge.md (read 2026-11). What a merge makes is a
tree of the same nodes; only the mappings and lists that both sides write to are new, and lie where the later
file has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from infralint.syntax.yaml import Mapping, Node, Pair, Scalar, Sequence

MAX_DEPTH = 60
Path = tuple[str, ...]

_ENTRIES = frozenset(
    [
        "environment",
        "labels",
        "annotations",
        "args",
        "sysctls",
        "additional_contexts",
        "extra_hosts",
        "driver_opts",
        "options",
        "models",
    ]
)
"""Keys that take a mapping or a list of `key=value`."""
_NAMED = frozenset(("depends_on", "networks"))
"""Keys of a service that take a mapping or a list of names."""
_REPLACED = frozenset(("command", "entrypoint", "test"))
"""Lists that the later file replaces."""
_TEXT_OR_LIST = frozenset(("dns", "dns_search", "dns_opt", "tmpfs", "env_file", "label_file"))


def merged(base: Node, over: Node, path: Path = ()) -> Node:
    """What both trees say together, the second winning."""
    if over.tag == "!override" or len(path) > MAX_DEPTH:
        return over
    key = path[-1] if path else ""
    own = path[2:] if path[:1] == ("services",) else path
    if key in _REPLACED and own and (len(own) == 1 or own[-2:] == ("healthcheck", "test")):
        return over
    if own == ("build",):
        base, over = _long_build(base), _long_build(over)
    elif own == ("logging",) and _differs(base, over, "driver"):
        return over
    elif key in _ENTRIES and isinstance(base, (Mapping, Sequence)) and isinstance(over, (Mapping, Sequence)):
        if isinstance(base, Sequence) or isinstance(over, Sequence):
            base, over = _as_entries(base, key), _as_entries(over, key)
    elif key in _NAMED and len(own) == 1 and path[0] == "services":
        base, over = _as_names(base), _as_names(over)
    elif key in _TEXT_OR_LIST:
        base, over = _as_list(base), _as_list(over)
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        return _mappings(base, over, path)
    if isinstance(base, Sequence) and isinstance(over, Sequence):
        return _lists(base, over, key, own)
    return over


def _differs(base: Node, over: Node, key: str) -> bool:
    if not isinstance(base, Mapping) or not isinstance(over, Mapping):
        return False
    one, two = base.get(key), over.get(key)
    return isinstance(one, Scalar) and isinstance(two, Scalar) and one.content != two.content


def _mapping(like: Node, pairs: dict[str, Pair]) -> Mapping:
    made = Mapping(like.stream, like.start, like.end, like.parent, isinstance(like, Mapping) and like.is_flow)
    made.fill(pairs)
    return made


def _sequence(like: Node, found: Iterable[Node]) -> Sequence:
    made = Sequence(like.stream, like.start, like.end, like.parent, isinstance(like, Sequence) and like.is_flow)
    made.items = list(found)
    return made


def _scalar(like: Scalar, low: int, high: int) -> Scalar:
    """A part of a scalar as a scalar of its own."""
    text = like.text.slice(low, high)
    made = Scalar(like.stream, text.start, text.end, like, str(text), like.style or "'")
    made.place(text)
    return made


def _mappings(base: Mapping, over: Mapping, path: Path) -> Mapping:
    pairs: dict[str, Pair] = {}
    for name, pair in base.effective().items():
        value = base.stream.resolve(pair.value)
        if value is not None and value.tag != "!reset":
            pairs[name] = pair if value is pair.value else Pair(pair.key, value)
    for name, pair in over.effective().items():
        value = over.stream.resolve(pair.value)
        if value is None:
            continue
        if value.tag == "!reset":
            pairs.pop(name, None)
            continue
        before = pairs.get(name)
        if before is None or (isinstance(value, Scalar) and value.value is None and not value.style):
            if before is None:
                pairs[name] = pair if value is pair.value else Pair(pair.key, value)
            continue
        result = merged(before.value, value, (*path, name))
        pairs[name] = pair if result is pair.value else Pair(pair.key, result)
    return _mapping(over, pairs)


def _lists(base: Sequence, over: Sequence, key: str, own: Path) -> Sequence:
    """Appended; where an item says the same thing as an earlier one (the same target, the same name), it replaces it."""
    identity = _identity(key, own)
    found: dict[str, Node] = {}
    for number, item in enumerate([*base.values(), *over.values()]):
        if item.tag != "!reset":
            found[(identity(item) if identity is not None else None) or f"\0{number}"] = item
    return _sequence(over, found.values())


def _identity(key: str, own: Path) -> Callable[[Node], str | None] | None:
    if key == "config" and own[-2:] == ("ipam", "config"):
        return lambda item: _field(item, "subnet")
    if key == "ports":
        return _port_key
    if key in ("volumes", "devices"):
        return _target_key
    if key in ("secrets", "configs"):
        return lambda item: _field(item, "target") or _field(item, "source") or _plain(item)
    if key == "env_file":
        return lambda item: _field(item, "path") or _plain(item)
    if key == "labels" or len(own) == 1 or key in ("aliases", "tags", "platforms", "link_local_ips"):
        return _plain
    return None


def _plain(item: Node) -> str | None:
    return item.content if isinstance(item, Scalar) else None


def _field(item: Node, name: str) -> str | None:
    value = item.get(name) if isinstance(item, Mapping) else None
    return value.content if isinstance(value, Scalar) else None


def _target_key(item: Node) -> str | None:
    """The path in the container."""
    text = _plain(item)
    if text is None:
        return _field(item, "target")
    fields = split_fields(text)
    return (fields[1] if len(fields) > 1 else fields[0]).rstrip("/") or "/"


def _port_key(item: Node) -> str | None:
    """Address, published port, target and protocol: what makes two ports the same."""
    if isinstance(item, Scalar):
        text, _, protocol = item.content.partition("/")
        parts = text.rsplit(":", 2)
        address, published, target = ["", ""][: 3 - len(parts)] + parts[-3:]
        return f"{address}:{published}:{target}/{protocol or 'tcp'}"
    inner = _field(item, "target")
    if inner is None:
        return None
    return (
        f"{_field(item, 'host_ip') or ''}:{_field(item, 'published') or ''}:{inner}/{_field(item, 'protocol') or 'tcp'}"
    )


def split_fields(text: str) -> list[str]:
    """`source:target:mode` at its colons; those within `${...}` and behind a drive letter do not count."""
    fields, start, depth = [], 0, 0
    for at, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        windows = char == ":" and at - start == 1 and text[at + 1 : at + 2] in ("\\", "/") and text[start].isalpha()
        if char == ":" and depth <= 0 and not windows:
            fields.append(text[start:at])
            start = at + 1
    return [*fields, text[start:]]


def _as_entries(node: Node, key: str) -> Node:
    """A list of `key=value` as the mapping that it stands for."""
    if not isinstance(node, Sequence):
        return node
    pairs: dict[str, Pair] = {}
    for item in node.values():
        if isinstance(item, Scalar):
            text = item.content
            at = text.find("=")
            if at < 0 and key == "extra_hosts":
                at = text.find(":")
            name = _scalar(item, 0, at if at >= 0 else len(text))
            value = _scalar(item, at + 1, len(text)) if at >= 0 else _nothing(item)
            pairs[name.content] = Pair(name, value)
    return _mapping(node, pairs)


def _nothing(like: Node) -> Scalar:
    return Scalar(like.stream, like.end, like.end, like, "", "")


def _as_names(node: Node) -> Node:
    """A list of names as a mapping of them."""
    if not isinstance(node, Sequence):
        return node
    return _mapping(
        node, {item.content: Pair(item, _nothing(item)) for item in node.values() if isinstance(item, Scalar)}
    )


def _as_list(node: Node) -> Node:
    return _sequence(node, [node]) if isinstance(node, Scalar) else node


def _long_build(node: Node) -> Node:
    """`build: dir` as the mapping that it stands for."""
    if not isinstance(node, Scalar) or (node.value is None and not node.style):
        return node
    key = Scalar(node.stream, node.start, node.end, node, "context", "")
    return _mapping(node, {"context": Pair(key, node)})
