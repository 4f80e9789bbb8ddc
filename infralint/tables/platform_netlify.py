"""What Netlify's build refuses in netlify.toml, after @netlify/config and https://docs.netlify.com/configure-builds/file-based-configuration/
(read 2026-11). Keys that it does not know it passes over, but for those of plugins and edge functions."""

from __future__ import annotations

from infralint.tables.platform_shapes import ANY, MAP, TEXT, TEXTS, Schema, list_of, names, of_each, table, words

_BUILD_KEYS: dict[str, Schema] = {
    "base": TEXT,
    "publish": TEXT,
    "command": TEXT,
    "functions": TEXT,
    "edge_functions": TEXT,
    "ignore": TEXT,
    "environment": MAP,
    "processing": MAP,
}
BUILD = table(_BUILD_KEYS, is_open=True)
_FUNCTION_KEYS: dict[str, Schema] = {
    "deno_import_map": TEXT,
    "external_node_modules": TEXTS,
    "ignored_node_modules": TEXTS,
    "included_files": TEXTS,
    "node_bundler": words("esbuild", "nft", "zisi", "none"),
    "schedule": TEXT,
}
PLUGIN = table(
    {"package": {"type": "string", "pattern": r"^(?:@?[^@]+|\.?\.?/.*)$"}, "pinned_version": TEXT, "inputs": MAP, "origin": ANY},
    needs=("package",),
)  # fmt: skip
_PATH: Schema = {"type": "string", "pattern": "^/"}
_METHOD = words("GET", "POST", "PUT", "PATCH", "OPTIONS", "DELETE")
EDGE_FUNCTION = table(
    {
        "function": TEXT,
        "path": _PATH,
        "pattern": TEXT,
        "excludedPath": {"anyOf": [_PATH, list_of(_PATH)]},
        "excludedPattern": {"anyOf": [TEXT, TEXTS]},
        "cache": words("off", "manual"),
        "name": TEXT,
        "header": of_each({"type": ["string", "boolean"]}),
        "method": {"anyOf": [_METHOD, list_of(_METHOD)]},
    },
    needs=("function",),
)

NETLIFY: Schema = table(
    {
        "build": BUILD,
        "plugins": list_of(PLUGIN),
        "functions": {
            "type": "object",
            "properties": {"directory": TEXT, **_FUNCTION_KEYS},
            "additionalProperties": table(_FUNCTION_KEYS, is_open=True),
        },
        "edge_functions": list_of(EDGE_FUNCTION),
        "context": of_each(
            {
                "type": "object",
                "properties": {**_BUILD_KEYS, "build": BUILD, "plugins": list_of(PLUGIN), "environment": MAP},
            }
        ),
        "redirects": list_of(MAP),
        "headers": list_of(MAP),
        **names("dev", "template", "graph", "images", "integrations", "settings"),
    },
    is_open=True,
)
