"""What Vercel refuses in vercel.json, after the CLI's validation and https://vercel.com/docs/project-configuration (read 2026-11)."""

from __future__ import annotations

from infralint.tables.platform_shapes import (
    ANY,
    FLAG,
    MAP,
    TEXT,
    TEXTS,
    Schema,
    list_of,
    names,
    of_each,
    table,
    words,
)


def _whole(least: int, most: int | None = None) -> Schema:
    return {"type": "integer", "minimum": least, **({"maximum": most} if most is not None else {})}


_LONG: Schema = {"type": "string", "maxLength": 4096}
_STATUS = _whole(100, 999)
_MOST_ROUTES = 2048
_DESTINATION: Schema = {
    "anyOf": [_LONG, table({"type": words("service"), "service": TEXT, "path": _LONG}, needs=("service",))]
}
_MATCH = names("has", "missing", "env", "respectOriginCacheControl")
_HEADER = table({"key": _LONG, "value": {"type": "string", "maxLength": 32768}}, needs=("key", "value"))
_HEADERS = list_of(
    table({"source": _LONG, "headers": list_of(_HEADER, most=1024), **_MATCH}, needs=("source", "headers")),
    most=_MOST_ROUTES,
)
_REDIRECTS = list_of(
    table(
        {"source": _LONG, "destination": _DESTINATION, "permanent": FLAG, "statusCode": _STATUS, **_MATCH},
        needs=("source", "destination"),
    ),
    most=_MOST_ROUTES,
)
_REWRITES = list_of(
    table(
        {"source": _LONG, "destination": _DESTINATION, "statusCode": _STATUS, **_MATCH}, needs=("source", "destination")
    ),
    most=_MOST_ROUTES,
)
_TRIGGER: Schema = {
    "type": "object",
    "properties": {
        "type": words("queue/v1beta", "queue/v2beta"),
        "topic": {"type": "string", "minLength": 1},
        "consumer": {"type": "string", "minLength": 1},
        "maxDeliveries": _whole(1),
        "retryAfterSeconds": {"type": "number", "exclusiveMinimum": 0},
        "initialDelaySeconds": {"type": "number", "minimum": 0},
        "maxConcurrency": _whole(1),
    },
    "required": ["type", "topic"],
    "if": {"properties": {"type": {"const": "queue/v1beta"}}, "required": ["type"]},
    "then": {"required": ["consumer"]},
}
_FUNCTIONS = of_each(
    table(
        {
            "runtime": {"type": "string", "maxLength": 256},
            "memory": {"type": "number", "minimum": 128, "maximum": 10240},
            "maxDuration": {"anyOf": [{"type": "number", "minimum": 1}, words("max")]},
            "includeFiles": TEXT,
            "excludeFiles": TEXT,
            "supportsCancellation": FLAG,
            "experimentalTriggers": list_of(_TRIGGER),
            "regions": TEXTS,
        },
        is_open=True,
    )
)
_CRONS = list_of(
    table(
        {
            "path": {"type": "string", "minLength": 1, "maxLength": 512, "pattern": "^/"},
            "schedule": {"type": "string", "minLength": 9, "maxLength": 256},
        },
        needs=("path", "schedule"),
        is_open=True,
    )
)
_SERVICE_KEYS: dict[str, Schema] = {
    "root": TEXT,
    "headers": _HEADERS,
    "redirects": _REDIRECTS,
    "rewrites": _REWRITES,
    "cleanUrls": FLAG,
    "trailingSlash": FLAG,
    "functions": _FUNCTIONS,
    "env": MAP,
}

VERCEL: Schema = table(
    {
        "builds": list_of(table({"src": TEXT, "use": TEXT, "config": MAP}, needs=("use",), is_open=True), most=128),
        "routes": list_of(MAP),
        "cleanUrls": FLAG,
        "trailingSlash": FLAG,
        "headers": _HEADERS,
        "redirects": _REDIRECTS,
        "rewrites": _REWRITES,
        "functions": _FUNCTIONS,
        "crons": _CRONS,
        "images": table({"sizes": {"type": "array", "items": {"type": "number"}}}, needs=("sizes",), is_open=True),
        "proxy": table({"entrypoint": TEXT}, needs=("entrypoint",), is_open=True),
        "services": of_each(table(_SERVICE_KEYS, is_open=True)),
        "experimentalServicesV2": of_each(table(_SERVICE_KEYS, needs=("root",), is_open=True)),
        "env": ANY,
    },
    is_open=True,
)
BUILD_SETTINGS = (
    "framework",
    "buildCommand",
    "installCommand",
    "outputDirectory",
    "devCommand",
    "ignoreCommand",
    "functions",
    "builds",
)
"""What a project of several services sets for each service, and not at the top."""
NOT_WITH_ROUTES = ("rewrites", "redirects", "headers", "cleanUrls", "trailingSlash")
LEGACY_KEYS = ("name", "version", "alias", "scope", "env", "build", "builds", "routes")
"""Keys of old projects, which newer ones replace."""
