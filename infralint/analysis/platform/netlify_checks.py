"""What Netlify's build refuses in netlify.toml beyond its shape, and what its own validation calls each fault."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from infralint.analysis.shared.fault import Fault
from infralint.model.element import fact_of
from infralint.model.platform.netlify import NetlifyDocument
from infralint.model.shared.value import get, mappings, pairs_of, text_of
from infralint.syntax.yaml import Mapping, Node
from infralint.text.source import Text

PEER = "netlify-config"
_FOLDERS = ("publish", "functions", "edge_functions")


def netlify_faults(file: NetlifyDocument) -> Iterator[Fault]:
    """The faults that the shape of the file does not show."""
    root = file.root
    if root is None:
        return
    fallback = root.key("spa_fallback")
    if fallback is not None:
        message = "`spa_fallback` has been removed; write a redirect from `/*` to `/index.html` with status 200"
        yield _named("removed-key", message, fallback, "spa_fallback")
    yield from _folders(file)
    seen: dict[str, Text] = {}
    for plugin in file.plugins:
        name = text_of(plugin.get("package"))
        if name is not None and seen.setdefault(str(name), name) is not name:
            yield _named("duplicate-plugin", f"plugin `{name}` is listed twice; Netlify refuses it", name, "plugins")
    for item in mappings(root.get("edge_functions")):
        pattern = item.key("pattern")
        if pattern is not None and "path" in item:
            message = "edge function has both `path` and `pattern`; Netlify accepts one of them"
            yield _named("path-and-pattern", message, pattern, "edge_functions", "*", "test")
    for name, node in pairs_of(root.get("functions")):
        key = node.key("directory") if isinstance(node, Mapping) and name != "*" else None
        if key is not None:
            message = f"`directory` stands under the function `{name}`; Netlify takes it for all functions only"
            yield _named("misplaced-key", message, key, "functions", str(name), "directory")


def _named(name: str, message: str, at: Text, *route: str) -> Fault:
    fault = Fault(name, message, at)
    fault.route_of = route
    return fault


def _folders(file: NetlifyDocument) -> Iterator[Fault]:
    """The folders that lead out of the repository."""
    here = posixpath.dirname(file.source.path)
    build = get(file.root, "build")
    base = text_of(get(build, "base"))
    if base is not None and _leaves(here, base):
        yield _outside("base", base, "build", "base")
    folder = posixpath.join(here, base.lstrip("/")) if base is not None else here
    found: list[tuple[str, Node | None]] = [(key, get(build, key)) for key in _FOLDERS]
    found.append(("directory", get(file.root, "functions", "directory")))
    for key, node in found:
        text = text_of(node)
        if text is not None and _leaves(folder, text) and not (base is not None and _leaves(here, base)):
            yield _outside(key, text, "build", "functions" if key == "directory" else key)


def _outside(key: str, text: Text, *route: str) -> Fault:
    return _named(
        "outside", f"`{key}` is `{text}`, a folder outside of the repository; Netlify refuses it", text, *route
    )


def _leaves(folder: str, path: str) -> bool:
    return "$" not in path and posixpath.normpath(posixpath.join(folder, path.lstrip("/"))).startswith("..")


_PLUGIN_KEYS = {"enabled": "plugins-any-enabled-removed", "id": "plugins-any-id-backward-compatibility"}
_FUNCTION_SETTINGS = frozenset(
    ("deno_import_map", "directory", "external_node_modules", "ignored_node_modules", "included_files", "node_bundler", "schedule")
)  # fmt: skip


def _all_names(_: frozenset[str]) -> list[str]:
    return [
        f"{PEER}/{name}"
        for name in (
            "build", "build-base", "build-command", "build-context", "build-context-context",
            "build-context-properties-are-validated-like-top-level-ones", "build-edge-functions", "build-functions", "build-ignore",
            "build-publish", "edge-functions", "edge-functions-any", "edge-functions-any-excludedpath", "edge-functions-any-function", "edge-functions-any-generator",
            "edge-functions-any-header", "edge-functions-any-method", "edge-functions-any-mode", "edge-functions-any-path",
            "edge-functions-any-test", "functions", "functions-block", "functions-deno-import-map", "functions-directory",
            "functions-external-node-modules", "functions-ignored-node-modules", "functions-included-files", "functions-node-bundler",
            "plugins", "plugins-any", "plugins-any-enabled-removed", "plugins-any-id-backward-compatibility", "plugins-any-inputs",
            "plugins-any-package", "plugins-any-pinned-version", "spa-fallback",
        )
    ]  # fmt: skip


@fact_of(Fault, every=_all_names)
def netlify_rules(fault: Fault) -> list[str]:
    """What Netlify's validation calls it."""
    route = fault.route_of
    if not route:
        return []
    head = route[0]
    if head == "context":
        name = ("build-context", "build-context-context")[min(len(route), 2) - 1]
        name = name if len(route) < 3 else "build-context-properties-are-validated-like-top-level-ones"
    elif head == "functions":
        setting = route[-1].replace("_", "-")
        if len(route) == 2 and route[1] not in _FUNCTION_SETTINGS:
            name = "functions-block"
        else:
            name = "functions" if len(route) == 1 else f"functions-{setting}"
    elif len(route) == 2 and route[1] == "*" and fault.name == "wrong-type":
        name = head.replace("_", "-")  # a list of anything but tables
    elif head == "plugins" and len(route) > 1:
        key = fault.source.text[fault.start : fault.end].strip("\"'")
        name = {"unknown-key": _PLUGIN_KEYS.get(key, "plugins-any"), "missing-key": "plugins-any-package"}.get(
            fault.name, "-".join(["plugins-any", *(part.replace("_", "-") for part in route[2:3])])
        )
    elif head == "edge_functions":
        inner = [part for part in route[2:3] if part != "*"]
        if fault.name == "unknown-key" and "generator" in fault.source.text[fault.start : fault.end]:
            inner = ["generator"]
        word = {"cache": "mode", "excludedPath": "excludedpath"}.get(inner[0], inner[0]) if inner else ""
        name = "-".join(["edge-functions", *(["any"] if len(route) > 1 else []), *([word] if word else [])])
    else:
        name = "-".join(part.replace("_", "-") for part in route[:2])
    return [f"{PEER}/{name}"]
