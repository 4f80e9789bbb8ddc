"""What fly.toml may hold, after flyctl's `internal/appconfig` (0.3) and https://fly.io/docs/reference/configuration/ (read 2026-11).

`fly config validate --strict` reports other keys; without it they are passed over. Types are given only where flyctl casts nothing.
"""

from __future__ import annotations

from infralint.tables.platform_shapes import ANY, MAP, Schema, list_of, names, of_each, one_or_list, table

_CHECK = names(
    "interval", "timeout", "grace_period", "restart_limit", "method", "path", "protocol", "tls_skip_verify", "tls_server_name", "headers"
)  # fmt: skip
_TOP_CHECK = table({**_CHECK, **names("type", "port", "processes", "kind", "name")})
_MACHINE_CHECK = table(names("command", "image", "entrypoint", "kill_signal", "kill_timeout"))
_CONCURRENCY = table(names("type", "hard_limit", "soft_limit"))
_HTTP_OPTIONS = table(
    {
        **names("compress", "h2_backend", "idle_timeout", "headers_read_timeout", "replay_cache"),
        "response": table(names("headers", "pristine")),
    }
)
_TLS_OPTIONS = table(names("alpn", "versions", "default_self_signed"))
_SERVING = {
    **names("internal_port", "auto_stop_machines", "auto_start_machines", "min_machines_running", "processes"),
    "concurrency": _CONCURRENCY,
    "machine_checks": one_or_list(_MACHINE_CHECK),
}
_PORT = table(
    {
        **names("port", "start_port", "end_port", "handlers", "force_https"),
        "tls_options": _TLS_OPTIONS,
        "http_options": _HTTP_OPTIONS,
        "proxy_proto_options": table(names("version")),
    }
)
_METRICS = table(names("port", "path", "processes", "https"))
_VM = table(
    names("size", "memory", "cpu_kind", "cpus", "memory_mb", "gpus", "gpu_kind", "kernel_args", "host_dedication_id", "processes", "persist_rootfs")
)  # fmt: skip

FLY: Schema = table(
    {
        **names(
            "app", "primary_region", "kill_signal", "kill_timeout", "swap_size_mb", "console_command", "host_dedication_id", "machine_config",
            "container", "experimental", "$schema",
        ),
        "build": table(
            names(
                "builder", "args", "buildpacks", "image", "settings", "builtin", "dockerfile", "ignorefile", "build-target",
                "docker_build_target", "compression", "compression_level", "secrets",
            )
        ),
        "deploy": table(
            names(
                "strategy", "max_unavailable", "wait_timeout", "release_command", "release_command_timeout", "release_command_vm",
                "release_command_compute", "seed_command",
            )
        ),
        "env": one_or_list(MAP),
        "processes": {"type": ["object", "array"]},
        "mounts": one_or_list(
            table(
                names(
                    "source", "destination", "initial_size", "snapshot_retention", "scheduled_snapshots", "auto_extend_size_threshold",
                    "auto_extend_size_increment", "auto_extend_size_limit", "processes",
                )
            )
        ),
        "mount": ANY,
        "http_service": table(
            {
                **_SERVING,
                "force_https": ANY,
                "checks": one_or_list(table(_CHECK)),
                "http_options": _HTTP_OPTIONS,
                "tls_options": _TLS_OPTIONS,
            }
        ),
        "services": one_or_list(
            table(
                {
                    **_SERVING,
                    "concurrency": {"anyOf": [_CONCURRENCY, {"type": "string", "pattern": "^[0-9]+,[0-9]+$"}]},
                    **names("protocol", "script_checks", "force_instance_key", "force_instance_description"),
                    "ports": one_or_list(_PORT),
                    "tcp_checks": one_or_list(table(_CHECK)),
                    "http_checks": one_or_list(table(_CHECK)),
                }
            )
        ),
        "checks": {"anyOf": [of_each(_TOP_CHECK), list_of(_TOP_CHECK)]},
        "machine_checks": one_or_list(_MACHINE_CHECK),
        "files": one_or_list(table(names("guest_path", "local_path", "secret_name", "raw_value", "processes", "mode", "image_config"))),
        "restart": one_or_list(table(names("policy", "retries", "processes"))),
        "vm": one_or_list(_VM),
        "compute": one_or_list(_VM),
        "computes": one_or_list(_VM),
        "statics": list_of(table(names("guest_path", "url_prefix", "tigris_bucket", "index_document"))),
        "metrics": one_or_list(_METRICS),
        "metric": one_or_list(_METRICS),
    }
)  # fmt: skip
