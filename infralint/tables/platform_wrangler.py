"""What wrangler reads in its file, after its published schema (4.86) and https://developers.cloudflare.com/workers/wrangler/configuration/.

Read 2026-11. wrangler warns of keys that it does not know and passes over them.
"""

from __future__ import annotations

from infralint.tables.platform_shapes import ANY, FLAG, MAP, TEXT, TEXTS, Schema, names, of_each, table

_LIST: Schema = {"type": "array"}
_BINDINGS = {
    **dict.fromkeys(("vars", "durable_objects", "queues", "unsafe", "define", "cloudchamber", "ai", "browser", "images", "media"), MAP),
    **dict.fromkeys(
        (
            "kv_namespaces", "r2_buckets", "d1_databases", "vectorize", "hyperdrive", "services", "analytics_engine_datasets",
            "mtls_certificates", "tail_consumers", "dispatch_namespaces", "secrets_store_secrets", "send_email",
        ),
        _LIST,
    ),
    **names(
        "workflows", "ai_search", "ai_search_namespaces", "artifacts", "assets", "containers", "flagship", "logfwdr", "pipelines", "ratelimits",
        "secrets", "stream", "streaming_tail_consumers", "unsafe_hello_world", "version_metadata", "vpc_networks", "vpc_services",
        "worker_loaders", "limits", "placement", "observability", "previews", "python_modules", "site", "text_blobs", "data_blobs", "wasm_modules",
    ),
}  # fmt: skip
_WORKER: dict[str, Schema] = {
    **_BINDINGS,
    **dict.fromkeys(("name", "account_id", "compatibility_date", "main", "base_dir", "tsconfig", "compliance_region"), TEXT),
    **dict.fromkeys(
        (
            "find_additional_modules", "preserve_file_names", "workers_dev", "no_bundle", "minify", "keep_names", "first_party_worker", "logpush",
            "upload_source_maps", "keep_vars",
        ),
        FLAG,
    ),
    "compatibility_flags": TEXTS,
    "routes": _LIST,
    "migrations": _LIST,
    "rules": _LIST,
    "triggers": MAP,
    "build": MAP,
    **names("route", "preview_urls", "jsx_factory", "jsx_fragment", "zone_id", "usage_model", "node_compat", "pages_build_output_dir", "type", "webpack_config"),
}  # fmt: skip
WRANGLER: Schema = table(
    {
        **_WORKER,
        "$schema": ANY,
        "env": of_each(table(_WORKER)),
        **names("alias", "dev", "legacy_env", "send_metrics", "miniflare", "experimental_services"),
    }
)
NOT_INHERITED = (
    "vars", "durable_objects", "kv_namespaces", "r2_buckets", "d1_databases", "services", "queues", "vectorize", "hyperdrive",
    "analytics_engine_datasets", "dispatch_namespaces", "mtls_certificates", "tail_consumers", "send_email", "ai", "browser",
)  # fmt: skip
"""Keys that an environment does not take over from the top of the file; wrangler warns where it lacks one."""
OLD_BEFORE = "2023-11-01"
"""Three years before this table was read."""
