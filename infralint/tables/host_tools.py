"""Images of programs whose purpose needs a part of the host, and what their own documentation asks for. Data, as of 2026-11.

Sources: the pages of the images named here, in their registries and repositories. A row is for a program that does nothing
without the access: it manages containers, watches disks, is a VPN. What merely can use the access (a collector of logs, a
proxy that reads labels, a runner of jobs) has none.
"""

from __future__ import annotations

from infralint.text.glob import fits

DOCKER = "docker"
DEVICES = "devices"
PRIVILEGED = "privileged"
HOST_FOLDERS = "host-folders"
PROCESSES = "processes"

_ROWS: dict[str, tuple[str, ...]] = {
    # proxies that let only chosen calls of the Docker API through
    "*/docker-socket-proxy": (DOCKER,), "*/socket-proxy": (DOCKER,), "*/dockerproxy": (DOCKER,),
    # programs that manage, update or watch containers
    "portainer/*": (DOCKER,), "louislam/dockge": (DOCKER,), "*/watchtower": (DOCKER,), "amir20/dozzle": (DOCKER,),
    "sergi0g/cup": (DOCKER,), "crazymax/diun": (DOCKER,), "*/autoheal": (DOCKER,), "pyouroboros/ouroboros": (DOCKER,),
    "selfhostedpro/yacht": (DOCKER,), "lazyteam/lazydocker": (DOCKER,), "fosrl/newt": (DOCKER,), "ghcr.io/getarcaneapp/arcane": (DOCKER,),
    "dokploy/*": (DOCKER,), "caprover/caprover": (DOCKER,), "coollabsio/coolify": (DOCKER,), "swarmpit/*": (DOCKER,),
    "tecnativa/*": (DOCKER,), "getwud/wud": (DOCKER,), "fmartinou/whats-up-docker": (DOCKER,), "offen/docker-volume-backup": (DOCKER,),
    "nginxproxy/docker-gen": (DOCKER,), "jwilder/docker-gen": (DOCKER,), "sablierapp/sablier": (DOCKER,),
    # VPNs that load their kernel module, or set the host's routes
    "wg-easy/wg-easy": ("SYS_MODULE", PRIVILEGED), "weejewel/wg-easy": ("SYS_MODULE",), "linuxserver/wireguard": ("SYS_MODULE",),
    "firezone/firezone": ("SYS_MODULE",), "masipcat/wireguard-go": ("SYS_MODULE",), "hwdsl2/ipsec-vpn-server": (PRIVILEGED, "SYS_MODULE"),
    "netbirdio/netbird": ("SYS_ADMIN", "BPF"),
    # browsers that sandbox themselves
    "livekit/egress": ("SYS_ADMIN",),
    # monitoring of the host itself
    "netdata/netdata": (DOCKER, "SYS_ADMIN", "apparmor", PROCESSES, HOST_FOLDERS), "nicolargo/glances": (DOCKER, PROCESSES),
    "analogj/scrutiny": ("SYS_RAWIO", "SYS_ADMIN", DEVICES), "cadvisor/cadvisor": (PRIVILEGED, DEVICES, HOST_FOLDERS),
    "google/cadvisor": (PRIVILEGED, DEVICES, HOST_FOLDERS), "prom/node-exporter": (PROCESSES, HOST_FOLDERS),
    "prometheus/node-exporter": (PROCESSES, HOST_FOLDERS), "*/opentelemetry-collector-ebpf-profiler": (PRIVILEGED, PROCESSES, DOCKER),
    "*/ebpf-profiler": (PRIVILEGED, PROCESSES), "aquasec/tracee": (PRIVILEGED, PROCESSES), "falcosecurity/falco": (PRIVILEGED, DOCKER, HOST_FOLDERS),
}  # fmt: skip
"""By the image's repository, its registry left out unless it is written here."""


def asked_of_host(repository: str) -> frozenset[str]:
    """What an image of this repository, with or without its registry, needs of the host; empty for most."""
    host, slash, rest = repository.partition("/")
    bare = rest if slash and ("." in host or ":" in host) else repository
    found: set[str] = set()
    for pattern, needs in _ROWS.items():
        if fits(bare, pattern) or fits(repository, pattern):
            found.update(needs)
    return frozenset(found)
