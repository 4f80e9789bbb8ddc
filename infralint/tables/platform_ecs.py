"""What Amazon ECS takes in a task definition, after the request RegisterTaskDefinition of its API (version 2014-11-13, read 2026-11).

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html. Keys of answers stand in files that were downloaded.
"""

from __future__ import annotations

from infralint.tables.platform_shapes import ANY, MAP, Schema, names, table, words

_TEXT: Schema = {"type": ["string", "null"]}
_WHOLE: Schema = {"type": ["integer", "null"]}
_FLAG: Schema = {"type": ["boolean", "null"]}
_TEXTS: Schema = {"type": ["array", "null"], "items": {"type": "string"}}


def _texts(*keys: str) -> dict[str, Schema]:
    return dict.fromkeys(keys, _TEXT)


def _wholes(*keys: str) -> dict[str, Schema]:
    return dict.fromkeys(keys, _WHOLE)


def _flags(*keys: str) -> dict[str, Schema]:
    return dict.fromkeys(keys, _FLAG)


def _each(item: Schema) -> Schema:
    return {"type": ["array", "null"], "items": item}


_SECRET = table(_texts("name", "valueFrom"), needs=("name", "valueFrom"))
_PAIR = table(_texts("name", "value"))
_PORT = table(
    {
        **_wholes("containerPort", "hostPort"),
        "protocol": words("tcp", "udp"),
        "appProtocol": words("http", "http2", "grpc"),
        **_texts("name", "containerPortRange"),
    }
)
_LINUX = table(
    {
        "capabilities": table({"add": _TEXTS, "drop": _TEXTS}),
        "devices": _each(table(names("hostPath", "containerPath", "permissions"), needs=("hostPath",))),
        "initProcessEnabled": _FLAG,
        **_wholes("sharedMemorySize", "maxSwap", "swappiness"),
        "tmpfs": _each(
            table({"containerPath": _TEXT, "size": _WHOLE, "mountOptions": _TEXTS}, needs=("containerPath", "size"))
        ),
    }
)
_LOGS = table(
    {
        "logDriver": words("json-file", "syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "awsfirelens", "logentries"),
        "options": {"type": ["object", "null"], "additionalProperties": _TEXT},
        "secretOptions": _each(_SECRET),
    },
    needs=("logDriver",),
)  # fmt: skip
_HEALTH = table({"command": _TEXTS, **_wholes("interval", "timeout", "retries", "startPeriod")}, needs=("command",))
_CONTAINER = table(
    {
        **_texts("name", "image", "hostname", "user", "workingDirectory"),
        **_wholes("cpu", "memory", "memoryReservation", "startTimeout", "stopTimeout"),
        **_flags("essential", "disableNetworking", "privileged", "readonlyRootFilesystem", "interactive", "pseudoTerminal"),
        **dict.fromkeys(("links", "entryPoint", "command", "dnsServers", "dnsSearchDomains", "dockerSecurityOptions", "credentialSpecs"), _TEXTS),
        "repositoryCredentials": table(_texts("credentialsParameter"), needs=("credentialsParameter",)),
        "portMappings": _each(_PORT),
        "environment": _each(_PAIR),
        "secrets": _each(_SECRET),
        "environmentFiles": _each(table(_texts("value", "type"), needs=("value", "type"))),
        "mountPoints": _each(table({**_texts("sourceVolume", "containerPath"), "readOnly": _FLAG})),
        "volumesFrom": _each(table({"sourceContainer": _TEXT, "readOnly": _FLAG})),
        "linuxParameters": _LINUX,
        "dependsOn": _each(
            table(
                {"containerName": _TEXT, "condition": words("START", "COMPLETE", "SUCCESS", "HEALTHY")}, needs=("containerName", "condition")
            )
        ),
        "extraHosts": _each(table(_texts("hostname", "ipAddress"), needs=("hostname", "ipAddress"))),
        "dockerLabels": {"type": ["object", "null"], "additionalProperties": _TEXT},
        "ulimits": _each(
            table({"name": _TEXT, **_wholes("softLimit", "hardLimit")}, needs=("name", "softLimit", "hardLimit"))
        ),
        "logConfiguration": _LOGS,
        "healthCheck": _HEALTH,
        "systemControls": _each(table(_texts("namespace", "value"))),
        **names("resourceRequirements", "firelensConfiguration", "restartPolicy", "versionConsistency"),
    }
)  # fmt: skip
_VOLUME = table(
    {
        "name": _TEXT,
        "host": {"type": ["object", "null"]},
        **names(
            "dockerVolumeConfiguration",
            "fsxWindowsFileServerVolumeConfiguration",
            "s3filesVolumeConfiguration",
            "configuredAtLaunch",
        ),
        "efsVolumeConfiguration": table(
            {
                **_texts("fileSystemId", "rootDirectory"),
                "transitEncryption": words("ENABLED", "DISABLED"),
                "transitEncryptionPort": _WHOLE,
                "authorizationConfig": table({"accessPointId": _TEXT, "iam": words("ENABLED", "DISABLED")}),
            },
            needs=("fileSystemId",),
        ),
    }
)
ECS: Schema = table(
    {
        **_texts("family", "taskRoleArn", "executionRoleArn", "cpu", "memory"),
        "networkMode": words("bridge", "host", "awsvpc", "none", "default"),
        "pidMode": words("host", "task"),
        "ipcMode": words("host", "task", "none"),
        "requiresCompatibilities": _each(words("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES")),
        "containerDefinitions": _each(_CONTAINER),
        "volumes": _each(_VOLUME),
        "placementConstraints": _each(MAP),
        "tags": _each(table({**_texts("key", "value", "Key", "Value")})),
        "runtimePlatform": {"type": ["object", "null"]},
        "ephemeralStorage": table(_wholes("sizeInGiB"), needs=("sizeInGiB",)),
        "$schema": ANY,
        **names("proxyConfiguration", "inferenceAccelerators", "enableFaultInjection", "trustedExecutionConfiguration"),
        **names(
            "taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities", "registeredAt", "deregisteredAt",
            "deleteRequestedAt", "registeredBy",
        ),
    }
)  # fmt: skip
FARGATE_MEMORY = {
    256: (512, 1024, 2048),
    512: tuple(range(1024, 4097, 1024)),
    1024: tuple(range(2048, 8193, 1024)),
    2048: tuple(range(4096, 16385, 1024)),
    4096: tuple(range(8192, 30721, 1024)),
    8192: tuple(range(16384, 61441, 4096)),
    16384: tuple(range(32768, 122881, 8192)),
}
"""The memory in MiB that Fargate has for each amount of CPU units; there is more for larger amounts than these."""
