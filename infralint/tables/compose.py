"""What compose services are made of, as tables: ports of databases, folders of a host.

Ports: https://www.iana.org/assignments/service-names-port-numbers and each product's documentation; folders: https://refspecs.linuxfoundation.org/FHS_3.0/ (read 2026-11).
"""

from __future__ import annotations

from infralint.text import regex as re

DATABASE_PORTS = {
    1433: "SQL Server", 1521: "Oracle", 2379: "etcd", 3306: "MySQL", 5432: "PostgreSQL", 5984: "CouchDB",
    6379: "Redis", 7474: "Neo4j", 7687: "Neo4j", 8086: "InfluxDB", 9042: "Cassandra", 9200: "Elasticsearch",
    9300: "Elasticsearch", 11211: "memcached", 26257: "CockroachDB", 27017: "MongoDB", 28015: "RethinkDB",
}  # fmt: skip
"""Ports on which databases and caches listen in their containers."""
_YES = frozenset(("yes", "true", "1", "on"))
WITHOUT_AUTHENTICATION: dict[str, tuple[str, frozenset[str], tuple[str, ...]]] = {
    "POSTGRES_HOST_AUTH_METHOD": ("PostgreSQL", frozenset(("trust",)), ()),
    "MYSQL_ALLOW_EMPTY_PASSWORD": ("MySQL", _YES, ("MYSQL_ROOT_PASSWORD", "MYSQL_ROOT_PASSWORD_FILE", "MYSQL_RANDOM_ROOT_PASSWORD")),
    "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD": ("MariaDB", _YES, ("MARIADB_ROOT_PASSWORD", "MARIADB_ROOT_PASSWORD_FILE", "MARIADB_ROOT_PASSWORD_HASH")),
    "xpack.security.enabled": ("Elasticsearch", frozenset(("false",)), ()),
    "plugins.security.disabled": ("OpenSearch", frozenset(("true",)), ()),
    "DISABLE_SECURITY_PLUGIN": ("OpenSearch", frozenset(("true",)), ()),
    "NEO4J_AUTH": ("Neo4j", frozenset(("none",)), ()),
}  # fmt: skip
"""Variables of images that switch the authentication of their database off: the product, the values that say so, and the variables that set a password
after all. Source: the pages of the images on Docker Hub, read 2026-11."""

_WHOLE = (
    "/",
    "/etc",
    "/proc",
    "/sys",
    "/boot",
    "/dev",
    "/root",
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/sbin",
    "/run",
    "/var",
    "/var/run",
    "/var/lib",
    "/home",
)
_BELOW = (
    "/boot",
    "/etc/ssh",
    "/etc/sudoers",
    "/etc/sudoers.d",
    "/etc/shadow",
    "/etc/cron.d",
    "/etc/kubernetes",
    "/root/.ssh",
    "/var/lib/docker",
    "/var/lib/kubelet",
)
_SYSTEM = (
    "bin",
    "boot",
    "dev",
    "etc",
    "home",
    "lib",
    "lib64",
    "media",
    "proc",
    "root",
    "run",
    "sbin",
    "srv",
    "sys",
    "usr",
    "var",
)
_HARMLESS = ("/etc/localtime", "/etc/timezone")


def _plain(path: str) -> str:
    while "//" in path:
        path = path.replace("//", "/")
    return path.rstrip("/") or "/"


_DISKS = re.compile(
    r"/dev/(?:sd[a-z]+\d*|nvme\d+(?:n\d+(?:p\d+)?)?|vd[a-z]+\d*|xvd[a-z]+\d*|hd[a-z]\d*|mmcblk\d+(?:p\d+)?|dm-\d+|md\d+)"
)
_DEVICES = frozenset(("/dev", "/dev/", "/dev/mem", "/dev/kmem", "/dev/port"))


def is_dangerous_device(path: str) -> bool:
    """Whether a device of the host is its memory, one of its disks, or all of its devices."""
    return path in _DEVICES or _DISKS.fullmatch(path) is not None


_CREDENTIAL_FOLDERS = frozenset(
    (".aws", ".ssh", ".kube", ".docker", ".gnupg", ".azure", ".config/gcloud", ".netrc", ".npmrc")
)


def is_credential_folder(path: str) -> bool:
    """Whether a path is a folder or file of a home in which programs keep credentials."""
    parts = path.replace("\\", "/").rstrip("/").split("/")
    return parts[-1] in _CREDENTIAL_FOLDERS or "/".join(parts[-2:]) in _CREDENTIAL_FOLDERS


_ENGINE_SOCKETS = frozenset(
    (
        "docker.sock",
        "docker.raw.sock",
        "docker-cli.sock",
        "podman.sock",
        "containerd.sock",
        "crio.sock",
        "cri-dockerd.sock",
    )
)
"""The names of the sockets of container engines, in whatever folder: rootless, Docker Desktop, Colima, Rancher Desktop."""


def is_engine_socket(path: str) -> bool:
    """Whether a path names the socket of a container engine, or Docker's pipe on Windows."""
    name = path.replace("\\", "/").rstrip("/").rpartition("/")[2].lower()
    return name in _ENGINE_SOCKETS or (name.startswith("docker_engine") and "pipe" in path.lower())


def is_sensitive_host_path(path: str) -> bool:
    """Whether whoever holds this path of the host can read its secrets or take it over."""
    path = _plain(path)
    return path in _WHOLE or any(path == one or path.startswith(one + "/") for one in _BELOW)


def is_host_system_path(path: str) -> bool:
    """Whether a path lies in a folder that the system keeps for itself; its clock's settings are harmless."""
    path = _plain(path)
    return path == "/" or (path.startswith("/") and path.split("/")[1] in _SYSTEM and path not in _HARMLESS)


def is_container_name(name: str) -> bool:
    """Whether Docker takes a text as the name of a container."""
    plain = all(char.isascii() and (char.isalnum() or char in "_.-") for char in name)
    return len(name) > 1 and plain and name[0].isalnum()


RESTART_POLICIES = ("no", "always", "on-failure", "unless-stopped")
DURATIONS = (
    "stop_grace_period", "healthcheck.interval", "healthcheck.timeout", "healthcheck.start_period", "healthcheck.start_interval",
    "deploy.restart_policy.delay", "deploy.restart_policy.window", "deploy.update_config.delay", "deploy.update_config.monitor",
)  # fmt: skip
"""Where a service is told lengths of time."""


def is_restart_policy(text: str) -> bool:
    """Whether Docker knows a restart policy."""
    policy, colon, number = text.partition(":")
    return policy in RESTART_POLICIES and (not colon or (policy == "on-failure" and number.isdecimal()))


def nearest_policy(text: str) -> str | None:
    """The restart policy that a text is most like."""
    import difflib

    close = difflib.get_close_matches(text.lower().replace("_", "-"), RESTART_POLICIES, 1, 0.7)
    return close[0] if close else None
