"""What Render reads in render.yaml, after https://render.com/docs/blueprint-spec and https://render.com/schema/render.yaml.json (read 2026-11).

Render refuses keys that it does not know. Numbers and booleans are taken for text, and an empty key for one that is not there.
"""

from __future__ import annotations

from infralint.tables.platform_shapes import ANY, Schema, maybe_list, maybe_table, names, words

_SCALAR: Schema = {"type": ["string", "number", "boolean", "null"]}


def _scalars(*keys: str) -> dict[str, Schema]:
    """Keys whose values are neither lists nor mappings."""
    return dict.fromkeys(keys, _SCALAR)


DATABASE_PROPERTIES = ("host", "port", "user", "password", "database", "connectionString")
SERVICE_PROPERTIES = ("host", "port", "hostport", "connectionString")
_PREVIEWS = maybe_table(_scalars("generation", "expireAfterDays", "numInstances", "plan", "diskSizeGB"))
_VARIABLE = maybe_table(
    {
        **_scalars("key", "value", "generateValue", "sync", "previewValue", "fromGroup"),
        "fromDatabase": maybe_table({"name": _SCALAR, "property": words(*DATABASE_PROPERTIES)}, needs=("name", "property")),
        "fromService": maybe_table(
            {**_scalars("name", "type", "envVarKey"), "property": words(*SERVICE_PROPERTIES)}, needs=("name", "type")
        ),
    }
)  # fmt: skip
_ALLOWED = maybe_list(maybe_table(_scalars("source", "description")))
_TEXTS = maybe_list(_SCALAR)
_SERVICE = maybe_table(
    {
        **_scalars(
            "type", "name", "region", "plan", "runtime", "env", "repo", "branch", "rootDir", "buildCommand", "startCommand",
            "preDeployCommand", "initialDeployHook", "dockerCommand", "dockerContext", "dockerfilePath", "numInstances", "autoDeploy",
            "autoDeployTrigger", "domain", "healthCheckPath", "schedule", "previewPlan", "pullRequestPreviewsEnabled", "staticPublishPath",
            "publishPath", "maxShutdownDelaySeconds", "renderSubdomainPolicy", "maxmemoryPolicy", "persistenceMode",
        ),
        **names("registryCredential", "fromRegistryCreds", "cache", "persistence", "ports", "readReplicas", "source", "buildSource"),
        "image": maybe_table({"url": _SCALAR, "creds": ANY, "provider": ANY, "owner": ANY, "registryCredential": ANY}),
        "scaling": maybe_table(_scalars("minInstances", "maxInstances", "targetCPUPercent", "targetMemoryPercent")),
        "domains": _TEXTS,
        "envVars": maybe_list(_VARIABLE),
        "disk": maybe_table(_scalars("name", "mountPath", "sizeGB"), needs=("name", "mountPath")),
        "previews": _PREVIEWS,
        "buildFilter": maybe_table({"paths": _TEXTS, "ignoredPaths": _TEXTS}),
        "headers": maybe_list(maybe_table(_scalars("path", "name", "value"))),
        "routes": maybe_list(maybe_table(_scalars("type", "source", "destination"))),
        "maintenanceMode": maybe_table(_scalars("enabled", "uri")),
        "ipAllowList": _ALLOWED,
    },
    needs=("type",),
)  # fmt: skip
_DATABASE = maybe_table(
    {
        **_scalars(
            "name", "databaseName", "user", "plan", "region", "diskSizeGB", "previewPlan", "previewDiskSizeGB", "postgresMajorVersion",
            "storageAutoscalingEnabled",
        ),
        **names("highAvailability", "readReplicas", "readReplica", "connectionPool", "connectionPooling", "parameterOverrides", "datadogAPIKey", "datadogSite"),
        "ipAllowList": _ALLOWED,
    },
    needs=("name",),
)  # fmt: skip
_GROUP = maybe_table({"name": _SCALAR, "envVars": maybe_list(_VARIABLE)}, needs=("name",))
_PARTS: dict[str, Schema] = {
    "services": maybe_list(_SERVICE),
    "databases": maybe_list(_DATABASE),
    "envVarGroups": maybe_list(_GROUP),
}
RENDER: Schema = maybe_table(
    {
        **_PARTS,
        **names("version", "buildSources"),
        "previews": _PREVIEWS,
        **_scalars("previewsEnabled", "previewsExpireAfterDays"),
        "projects": maybe_list(
            maybe_table(
                {
                    "name": _SCALAR,
                    "environments": maybe_list(
                        maybe_table(
                            {
                                **_PARTS,
                                **names("name", "networking", "networkIsolationEnabled", "permissions", "protectedStatus", "protection", "ipAllowList"),
                            }
                        )
                    ),
                }
            )
        ),
        "ungrouped": maybe_table(_PARTS),
    }
)  # fmt: skip
OTHER_TYPES = {
    "web_service": "web", "private_service": "pserv", "background_worker": "worker", "cron_job": "cron", "static_site": "web",
    "key_value": "keyvalue", "postgres": "databases", "postgresql": "databases", "database": "databases", "psql": "databases",
}  # fmt: skip
"""Words that are no types of services, with the type, or the list at the top of the file, by which Render has them."""
