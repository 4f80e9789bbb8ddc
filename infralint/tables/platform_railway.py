"""What Railway reads in railway.toml and railway.json, after https://docs.railway.com/config-as-code/reference (read 2026-11)."""

from __future__ import annotations

from infralint.tables.platform_shapes import ANY, Schema, maybe_table, names, words

_TEXT: Schema = {"type": ["string", "null"]}
_COMMAND: Schema = {"type": ["string", "array", "null"]}


def _any_case(*options: str) -> Schema:
    """One of these words, in capitals or small letters: files in use have both."""
    return words(*options, *(one.lower() for one in options))


_BUILD: dict[str, Schema] = {
    "builder": _any_case("RAILPACK", "NIXPACKS", "DOCKERFILE", "HEROKU", "PAKETO"),
    "watchPatterns": {"type": ["array", "null"]},
    "buildCommand": _COMMAND,
    "dockerfilePath": _TEXT,
    **names(
        "nixpacksConfigPath",
        "nixpacksPlan",
        "nixpacksVersion",
        "railpackVersion",
        "railpackConfigPath",
        "buildEnvironment",
    ),
    **names("useLegacyBuilder", "dockerfileTarget"),
}
_DEPLOY: dict[str, Schema] = {
    "restartPolicyType": _any_case("ON_FAILURE", "ALWAYS", "NEVER"),
    "startCommand": _COMMAND,
    "preDeployCommand": _COMMAND,
    "healthcheckPath": _TEXT,
    "cronSchedule": _TEXT,
    **names(
        "numReplicas", "healthcheckTimeout", "restartPolicyMaxRetries", "region", "runtime", "sleepApplication", "useLegacyStacker",
        "multiRegionConfig", "limitOverride", "overlapSeconds", "drainingSeconds", "ipv6EgressEnabled", "requiredMountPath",
        "registryCredentials", "preDeployTimeout", "stopSignal",
    ),
}  # fmt: skip
SECTIONS = {"build": tuple(_BUILD), "deploy": tuple(_DEPLOY)}
"""The keys of each section."""
RAILWAY: Schema = maybe_table(
    {
        "$schema": ANY,
        "build": maybe_table(_BUILD),
        "deploy": maybe_table(_DEPLOY),
        "environments": {
            "type": ["object", "null"],
            "additionalProperties": maybe_table({"build": maybe_table(_BUILD), "deploy": maybe_table(_DEPLOY)}),
        },
    }
)
VARIABLES = ("variables", "env", "vars", "environment", "envVars", "environmentVariables")
"""Words at the top of the file, or of a section, under which people write variables, which Railway does not read from it."""
