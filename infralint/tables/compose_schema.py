"""The compose specification as tables: which keys there are, and what each takes.

Source: https://github.com/compose-spec/compose-spec (05-services.md to 14-include.md, read 2026-11). A type is
alternatives with `|` between them:

    text            a text                    number, int   a number; compose also takes one as text
    bool            true, false or a text     size          a whole number from 0 on, or a text
    count           a whole number, or `all`
    list(X)         a list of X               map(X)        any keys, each with X
    entries         a list of `key=value`, or a mapping of simple values
    one(a,b)        one of these texts        @name         a mapping of the table `name`
    any             whatever is written

A word of `one` that ends in `_` stands for all texts that begin so. Nothing (an empty value) is taken everywhere; keys that begin with `x-` are, too.
"""

from __future__ import annotations

_LIST = "text|list(text)"
_COMMAND = "text|list(text)"
_EXTERNAL = "bool|@external"
_FILE_MOUNT = "list(text|@file_mount)"
_SIZE = "number"


def _keys(names: str, kind: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), kind)


SHAPES: dict[str, dict[str, str]] = {
    "root": {
        "version": "text", "name": "text", "include": "list(text|@include)",
        "services": "map(@service)", "networks": "map(@network)", "volumes": "map(@volume)",
        "secrets": "map(@secret)", "configs": "map(@config)", "models": "map(@model)",
    },
    "include": {"path": _LIST, "env_file": _LIST, "project_directory": "text"},
    "service": {
        **_keys("annotations environment labels sysctls", "entries"),
        **_keys("attach init oom_kill_disable privileged read_only stdin_open tty use_api_socket", "bool"),
        **_keys("cap_add cap_drop device_cgroup_rules external_links links profiles security_opt volumes_from", "list(text)"),
        **_keys(
            "cgroup_parent container_name cpuset domainname hostname image ipc isolation mac_address network_mode "
            "pid platform pull_refresh_after restart runtime stop_grace_period stop_signal user userns_mode uts working_dir",
            "text",
        ),
        **_keys(
            "cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus mem_limit mem_reservation "
            "mem_swappiness memswap_limit oom_score_adj pids_limit scale shm_size",
            "number",
        ),
        **_keys("dns dns_search tmpfs label_file", _LIST),
        **_keys("command entrypoint", _COMMAND),
        **_keys("post_start pre_stop", "list(@hook)"),
        **_keys("configs secrets", _FILE_MOUNT),
        "cgroup": "one(host,private)", "pull_policy": "one(always,never,build,if_not_present,missing,refresh,daily,weekly,every_)",
        "dns_opt": "list(text)", "build": "text|@build", "blkio_config": "@blkio", "credential_spec": "@credential_spec",
        "depends_on": "list(text)|map(@dependency)", "deploy": "@deploy", "develop": "@develop",
        "devices": "list(text|@device)", "env_file": "text|list(text|@env_file)", "expose": "list(text|number)",
        "extends": "text|@extends", "extra_hosts": "list(text)|map(text|list(text))", "gpus": "one(all)|list(@gpu)",
        "group_add": "list(text|number)", "healthcheck": "@healthcheck", "logging": "@logging",
        "models": "list(text)|map(@model_use)", "networks": "list(text)|map(@attachment)",
        "ports": "list(text|number|@port)", "provider": "@provider", "storage_opt": "map(any)",
        "ulimits": "map(int|@ulimit)", "volumes": "list(text|@mount)",
    },
    "build": {
        **_keys("context dockerfile dockerfile_inline isolation network target", "text"),
        **_keys("args labels ssh additional_contexts", "entries"),
        **_keys("cache_from cache_to entitlements platforms tags", "list(text)"),
        **_keys("no_cache privileged provenance pull sbom", "bool"),
        "no_cache_filter": _LIST, "extra_hosts": "list(text)|map(text|list(text))", "secrets": _FILE_MOUNT,
        "shm_size": _SIZE, "ulimits": "map(int|@ulimit)",
    },
    "blkio": {
        "weight": "int", "weight_device": "list(@weight)",
        **_keys("device_read_bps device_read_iops device_write_bps device_write_iops", "list(@rate)"),
    },
    "weight": {"path": "text", "weight": "int"},
    "rate": {"path": "text", "rate": "int"},
    "credential_spec": _keys("config file registry", "text"),
    "dependency": {
        "condition": "one(service_started,service_healthy,service_completed_successfully)", "restart": "bool", "required": "bool",
    },
    "deploy": {
        **_keys("mode endpoint_mode", "text"), "replicas": "int", "labels": "entries",
        "update_config": "@rollout", "rollback_config": "@rollout", "resources": "@resources",
        "restart_policy": "@restart_policy", "placement": "@placement",
    },
    "rollout": {
        **_keys("delay monitor failure_action", "text"), "parallelism": "int", "max_failure_ratio": "number",
        "order": "one(start-first,stop-first)",
    },
    "resources": {"limits": "@limits", "reservations": "@reservations"},
    "limits": {"cpus": "number", "memory": "text", "pids": "int"},
    "reservations": {"cpus": "number", "memory": "text", "generic_resources": "list(any)", "devices": "list(@gpu_request)"},
    "gpu": {
        "capabilities": "list(text)", "count": "count", "device_ids": "list(text)", "driver": "text", "options": "entries",
    },
    "restart_policy": {**_keys("condition delay window", "text"), "max_attempts": "int"},
    "placement": {"constraints": "list(text)", "preferences": "list(@preference)", "max_replicas_per_node": "int"},
    "preference": {"spread": "text"},
    "develop": {"watch": "list(@watch)"},
    "watch": {
        "action": "one(rebuild,sync,restart,sync+restart,sync+exec)", "path": "text", "target": "text", "exec": "@hook",
        "include": _LIST, "ignore": _LIST, "initial_sync": "bool",
    },
    "hook": {"command": _COMMAND, "user": "text", "privileged": "bool", "working_dir": "text", "environment": "entries"},
    "device": _keys("source target permissions", "text"),
    "env_file": {"path": "text", "format": "text", "required": "bool"},
    "extends": {"service": "text", "file": "text"},
    "healthcheck": {
        **_keys("interval timeout start_period start_interval", "text"), "disable": "bool", "retries": "number", "test": _COMMAND,
    },
    "logging": {"driver": "text", "options": "map(text|number)"},
    "model_use": {"endpoint_var": "text", "model_var": "text"},
    "attachment": {
        **_keys("interface_name ipv4_address ipv6_address mac_address", "text"),
        **_keys("aliases link_local_ips", "list(text)"), "driver_opts": "map(text|number)", "priority": "number", "gw_priority": "number",
    },
    "port": {
        **_keys("name mode host_ip protocol app_protocol", "text"), "target": "int", "published": "text|int",
    },
    "provider": {"type": "text", "options": "map(any)"},
    "ulimit": {"soft": "int", "hard": "int"},
    "file_mount": {**_keys("source target uid gid", "text"), "mode": "number"},
    "mount": {
        "type": "one(bind,volume,tmpfs,cluster,npipe,image)", **_keys("source target consistency", "text"), "read_only": "bool",
        "bind": "@mount_bind", "volume": "@mount_volume", "tmpfs": "@mount_tmpfs", "image": "@mount_image",
    },
    "mount_bind": {
        "propagation": "text", "create_host_path": "bool", "recursive": "one(enabled,disabled,writable,readonly)",
        "selinux": "one(z,Z)",
    },
    "mount_volume": {"labels": "entries", "nocopy": "bool", "subpath": "text"},
    "mount_tmpfs": {"size": "size", "mode": "number"},
    "mount_image": {"subpath": "text"},
    "network": {
        "name": "text", "driver": "text", "driver_opts": "map(text|number)", "ipam": "@ipam", "external": _EXTERNAL,
        **_keys("internal enable_ipv4 enable_ipv6 attachable", "bool"), "labels": "entries",
    },
    "ipam": {"driver": "text", "config": "list(@subnet)", "options": "map(text)"},
    "subnet": {**_keys("subnet ip_range gateway", "text"), "aux_addresses": "map(text)"},
    "volume": {"name": "text", "driver": "text", "driver_opts": "map(text|number)", "external": _EXTERNAL, "labels": "entries"},
    "external": {"name": "text"},
    "secret": {
        **_keys("name environment file driver template_driver", "text"), "external": _EXTERNAL, "labels": "entries",
        "driver_opts": "map(text|number)",
    },
    "config": {**_keys("name content environment file template_driver", "text"), "external": _EXTERNAL, "labels": "entries"},
    "model": {"name": "text", "model": "text", "context_size": "int", "runtime_flags": "list(text)"},
}  # fmt: skip
SHAPES["gpu_request"] = SHAPES["gpu"]

REQUIRED = {
    "gpu_request": ("capabilities",),
    "dependency": ("condition",),
    "mount": ("type",),
    "env_file": ("path",),
    "extends": ("service",),
    "device": ("source",),
    "ulimit": ("soft", "hard"),
    "watch": ("path", "action"),
    "hook": ("command",),
    "provider": ("type",),
    "model": ("model",),
}
"""Keys that a mapping must have."""

NAMED = ("services", "networks", "volumes", "secrets", "configs", "models")
"""Top-level keys whose own keys are names: letters, digits, `.`, `_` and `-`."""

FORMER = {
    "net": "network_mode", "log_driver": "logging", "log_opt": "logging", "dockerfile": "build", "volume_driver": "volumes",
    "mem_swap": "memswap_limit", "memory": "mem_limit", "env": "environment", "envs": "environment", "cmd": "command",
    "healthchecks": "healthcheck", "args": "build", "context": "build", "target": "build",
}  # fmt: skip
"""Keys of a service that older versions or other tools know, with the one that took their place."""
