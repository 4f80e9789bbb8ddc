"""What devcontainer.json may hold, after https://containers.dev/implementors/json_reference/ and the specification's schema (read 2026-11).

Tools pass over keys that they do not know. The keys of the first version of the format still count.
"""

from __future__ import annotations

from infralint.tables.platform_shapes import (
    ANY,
    FLAG,
    MAP,
    TEXT,
    TEXT_OR_TEXTS,
    TEXTS,
    Schema,
    names,
    of_each,
    table,
    words,
)

_COMMAND: Schema = {"type": ["string", "array", "object"]}
_PORT = table({"onAutoForward": words("notify", "openBrowser", "openBrowserOnce", "openPreview", "silent", "ignore"), **names("label", "protocol", "requireLocalPort", "elevateIfNeeded")})  # fmt: skip
_MOUNT: Schema = {
    "anyOf": [
        TEXT,
        table(names("type", "source", "target", "external", "bind-propagation", "consistency", "readonly"), needs=("target",), is_open=True),
    ]
}  # fmt: skip
COMMANDS = (
    "initializeCommand",
    "onCreateCommand",
    "updateContentCommand",
    "postCreateCommand",
    "postStartCommand",
    "postAttachCommand",
)
DEVCONTAINER: Schema = table(
    {
        "$schema": ANY,
        "name": TEXT,
        "image": TEXT,
        "build": table({"dockerfile": TEXT, "context": TEXT, "target": TEXT, "args": MAP, "cacheFrom": TEXT_OR_TEXTS, "options": TEXTS}),
        "dockerComposeFile": TEXT_OR_TEXTS,
        "service": TEXT,
        "runServices": TEXTS,
        "features": MAP,
        "overrideFeatureInstallOrder": TEXTS,
        "secrets": MAP,
        "forwardPorts": {"type": "array"},
        "portsAttributes": of_each(_PORT),
        "otherPortsAttributes": _PORT,
        "appPort": {"type": ["integer", "string", "array"]},
        "runArgs": TEXTS,
        "mounts": {"type": "array", "items": _MOUNT},
        "capAdd": TEXTS,
        "securityOpt": TEXTS,
        "containerEnv": MAP,
        "remoteEnv": MAP,
        "customizations": MAP,
        "hostRequirements": table(names("cpus", "memory", "storage", "gpu")),
        "shutdownAction": words("none", "stopContainer", "stopCompose"),
        "waitFor": words(*COMMANDS),
        "userEnvProbe": words("none", "loginShell", "loginInteractiveShell", "interactiveShell"),
        **dict.fromkeys(("init", "privileged", "overrideCommand", "updateRemoteUserUID"), FLAG),
        **dict.fromkeys(("containerUser", "remoteUser", "workspaceFolder", "workspaceMount"), TEXT),
        **dict.fromkeys(COMMANDS, _COMMAND),
        **names("additionalProperties", "dockerFile", "context", "extensions", "settings", "devPort", "id"),
    }
)  # fmt: skip
