"""What Heroku reads in heroku.yml and app.json (read 2026-11).

After https://devcenter.heroku.com/articles/build-docker-images-heroku-yml and https://devcenter.heroku.com/articles/app-json-schema.
"""

from __future__ import annotations

from infralint.tables.platform_shapes import ANY, Schema, maybe_list, maybe_table, names

_MAP: Schema = {"type": ["object", "null"]}
_TEXTS: Schema = {"type": ["array", "string", "null"]}
_PROCESS: Schema = {
    "type": ["string", "object", "null"],
    "properties": names("command", "image"),
    "additionalProperties": False,
}
HEROKU_YML: Schema = maybe_table(
    {
        "setup": maybe_table({"addons": maybe_list(maybe_table(names("plan", "as"), needs=("plan",))), "config": _MAP}),
        "build": maybe_table({"docker": _MAP, "config": _MAP, "languages": ANY, "pipelines": ANY, "packs": ANY}),
        "release": maybe_table({"command": _TEXTS, "image": ANY}),
        "run": {"type": ["object", "null"], "additionalProperties": _PROCESS},
    }
)
_FORMATION: Schema = {"type": "object", "additionalProperties": {"type": ["object", "null"]}}
_ADDONS: Schema = {"type": ["array", "null"], "items": {"type": ["string", "object"]}}
_BUILDPACKS: Schema = maybe_list(maybe_table({"url": ANY}, needs=("url",)))
_SCRIPTS = maybe_table(names("postdeploy", "pr-predestroy", "test", "test-setup"))
_APP: dict[str, Schema] = {
    "env": _MAP,
    "formation": _FORMATION,
    "addons": _ADDONS,
    "buildpacks": _BUILDPACKS,
    "scripts": _SCRIPTS,
    **names("stack", "image"),
}
APP_JSON: Schema = maybe_table(
    {
        **_APP,
        "keywords": {"type": ["array", "null"]},
        "environments": {"type": ["object", "null"], "additionalProperties": maybe_table(_APP, is_open=True)},
        **names("$schema", "name", "description", "website", "repository", "logo", "success_url"),
    }
)
