"""What the specification allows, and what it does not: keys, types, needed keys, words, names."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.analysis.compose.schema import alternatives, faults_of
from infralint.model.compose.document import ComposeDocument
from infralint.model.index import Index
from infralint.tables.compose_schema import REQUIRED, SHAPES
from infralint.text.source import Source

EVERYTHING = """
name: shop
x-common: &common
  restart: always
  whatever: [1, {two: 3}]
include:
  - other.yaml
  - path: [a.yaml, b.yaml]
    project_directory: .
    env_file: .env
models:
  llm: {model: ai/smollm2, context_size: 1024, runtime_flags: ["--a"]}
services:
  web:
    annotations: {a: b}
    attach: false
    blkio_config: {weight: 300, weight_device: [{path: /dev/sda, weight: 400}], device_read_bps: [{path: /dev/sda, rate: 12mb}]}
    build:
      context: .
      dockerfile: Dockerfile
      args: [A=1, B]
      ssh: [default]
      labels: {a: 1}
      cache_from: [a]
      cache_to: [b]
      no_cache: true
      additional_contexts: {a: docker-image://b}
      network: host
      pull: true
      target: prod
      shm_size: 128mb
      extra_hosts: {a: 1.1.1.1}
      isolation: default
      privileged: false
      secrets: [a, {source: b, target: c, uid: "1", gid: "2", mode: 0440}]
      tags: [a]
      ulimits: {nproc: 1}
      platforms: [linux/amd64]
      entitlements: [network.host]
      provenance: mode=max
      sbom: true
    cap_add: [A]
    cap_drop: [ALL]
    cgroup: host
    cgroup_parent: m
    command: [a, "1"]
    configs: [a, {source: b, target: /c, mode: 0444}]
    container_name: web
    cpu_count: 2
    cpu_percent: 50.5
    cpu_shares: 1
    cpu_period: 20ms
    cpu_quota: 10000
    cpu_rt_runtime: 400ms
    cpu_rt_period: 1400us
    cpus: 0.5
    cpuset: 0,1
    credential_spec: {file: a.json}
    depends_on: {db: {condition: service_healthy, restart: true, required: false}}
    deploy:
      mode: replicated
      endpoint_mode: vip
      replicas: 2
      labels: [a=b]
      placement: {constraints: [a==b], preferences: [{spread: a}], max_replicas_per_node: 1}
      resources:
        limits: {cpus: "0.5", memory: 50M, pids: 1}
        reservations:
          cpus: 0.25
          memory: 20M
          devices: [{capabilities: [gpu], driver: nvidia, count: all, device_ids: ["0"], options: {a: b}}]
          generic_resources: [{discrete_resource_spec: {kind: gpu, value: 2}}]
      restart_policy: {condition: any, delay: 5s, max_attempts: 3, window: 120s}
      update_config: {parallelism: 2, delay: 10s, failure_action: rollback, monitor: 1s, max_failure_ratio: 0.1, order: start-first}
      rollback_config: {parallelism: 2}
    develop:
      watch:
        - {action: sync, path: ./a, target: /a, ignore: [b], include: c, initial_sync: true}
        - {action: sync+exec, path: ./a, target: /a, exec: {command: [a], user: root, environment: [A=1]}}
    device_cgroup_rules: ["c 1:3 mr"]
    devices: ["/dev/a:/dev/b:rwm", {source: /dev/a, target: /dev/b, permissions: r}]
    dns: 8.8.8.8
    dns_opt: [use-vc]
    dns_search: [a]
    domainname: a
    entrypoint: run
    env_file: [a, {path: b, required: false, format: raw}]
    label_file: a
    environment: {A: one, B: 2, C: true, D: , E: 1.5}
    expose: ["3000", 8000]
    extends: {file: a.yaml, service: web}
    external_links: [a]
    extra_hosts: ["a=1.1.1.1"]
    gpus: all
    group_add: [mail, 5]
    healthcheck: {test: [CMD, a], interval: 1m30s, timeout: 10s, retries: 3, start_period: 40s, start_interval: 5s, disable: false}
    hostname: a
    image: a:1
    init: true
    ipc: shareable
    isolation: default
    labels: [a=b]
    links: [db]
    logging: {driver: syslog, options: {a: "b", c: 1}}
    mac_address: 02:42:ac:11:65:43
    mem_limit: 1g
    mem_reservation: 512m
    mem_swappiness: 10
    memswap_limit: -1
    models: {llm: {endpoint_var: A, model_var: B}}
    network_mode: bridge
    networks:
      front: {aliases: [a], ipv4_address: 1.1.1.1, ipv6_address: "::1", link_local_ips: [a], mac_address: "a", priority: 1, gw_priority: 2}
      back:
    oom_kill_disable: true
    oom_score_adj: -500
    pid: host
    pids_limit: 10
    platform: linux/arm64
    ports:
      - 3000
      - "8000:8000"
      - {name: web, target: 80, published: "8080", host_ip: 127.0.0.1, protocol: tcp, app_protocol: http, mode: host}
    post_start: [{command: ./a.sh, user: root, privileged: true, working_dir: /a}]
    pre_stop: [{command: [./a.sh]}]
    privileged: "true"
    profiles: [a]
    provider: {type: awesomecloud, options: {type: mysql, foo: [a, b]}}
    pull_policy: every_12h
    read_only: true
    restart: on-failure:3
    runtime: runc
    scale: 3
    secrets: [a]
    security_opt: [a]
    shm_size: 64M
    stdin_open: true
    stop_grace_period: 1m30s
    stop_signal: SIGUSR1
    storage_opt: {size: 1G}
    sysctls: {net.core.somaxconn: 1024}
    tmpfs: [/run]
    tty: true
    ulimits: {nproc: 65535, nofile: {soft: 20000, hard: 40000}}
    use_api_socket: true
    user: "1000"
    userns_mode: host
    uts: host
    volumes:
      - a:/b
      - {type: volume, source: a, target: /b, read_only: true, volume: {nocopy: true, subpath: c}}
      - {type: bind, source: a, target: /b, bind: {propagation: rslave, create_host_path: true, selinux: z, recursive: enabled}}
      - {type: tmpfs, target: /b, tmpfs: {size: 10m, mode: 755}}
      - {type: image, source: a, target: /b, image: {subpath: c}}
    volumes_from: ["web:ro"]
    working_dir: /a
    x-own: {a: 1}
  db:
    <<: *common
    image: ${IMAGE}
    user: ${USER_ID}
    deploy: !reset null
networks:
  front:
  back:
    driver: overlay
    driver_opts: {a: 1}
    attachable: true
    enable_ipv4: true
    enable_ipv6: false
    external: false
    internal: true
    ipam: {driver: default, config: [{subnet: a, ip_range: b, gateway: c, aux_addresses: {a: b}}], options: {a: b}}
    labels: {a: b}
    name: x
volumes:
  a:
  b: {driver: a, driver_opts: {type: nfs}, external: true, labels: [a], name: b}
configs:
  a: {file: ./a, name: b}
  c: {content: "a", labels: [a]}
  d: {environment: A, external: false, template_driver: golang}
secrets:
  a: {file: ./a}
  b: {environment: A, name: x, labels: [a], driver: a, driver_opts: {a: b}, template_driver: golang}
"""


def faults(text: str, tmp_path: Path, name: str = "compose.yaml") -> list[tuple[str, str, str | None]]:
    document = ComposeDocument(Source(name, text), Index(str(tmp_path)), "compose")
    return [
        (fault.name, fault.source.text[fault.start : fault.end].split("\n")[0], fault.similar)
        for fault in faults_of(document)
    ]


def test_whatever_the_specification_has_is_allowed(tmp_path: Path) -> None:
    text = EVERYTHING.replace("  whatever: [1, {two: 3}]\n", "")
    assert faults(text, tmp_path) == []


def test_what_a_fragment_brings_in_is_judged_where_it_is_written(tmp_path: Path) -> None:
    assert faults(EVERYTHING, tmp_path) == [("unknown-key", "whatever", None)]


def test_each_use_of_an_alias_is_judged(tmp_path: Path) -> None:
    lines = "".join(f"  s{n}:\n    image: *a\n    user: *b\n" for n in range(50))
    text = f"x-a: &a shop:1\nx-b: &b 1000\nservices:\n{lines}"
    assert faults(text, tmp_path) == [("wrong-type", "*b", None)] * 50


WEB = "services:\n  web:\n    image: a:1\n"
WRONG = {
    "enviroment: {A: b}": ("unknown-key", "enviroment", "environment"),
    "net: host": ("unknown-key", "net", "network_mode"),
    "build: {contxt: .}": ("unknown-key", "contxt", "context"),
    "deploy: {resources: {limit: {}}}": ("unknown-key", "limit", "limits"),
    "healthcheck: {test: [a], interval: 5}": ("wrong-type", "5", None),
    "user: 1000": ("wrong-type", "1000", None),
    "stop_grace_period: 30": ("wrong-type", "30", None),
    "container_name: 1.5": ("wrong-type", "1.5", None),
    "command: true": ("wrong-type", "true", None),
    "command: {a: b}": ("wrong-type", "command", None),
    "ports: '80:80'": ("wrong-type", "80:80", None),
    "ports: {a: b}": ("wrong-type", "ports", None),
    "ports: [[80]]": ("wrong-type", "[80]", None),
    "profiles: debug": ("wrong-type", "debug", None),
    "volumes: {a: /b}": ("wrong-type", "volumes", None),
    "environment: [1]": ("wrong-type", "1", None),
    "environment: {A: {b: c}}": ("wrong-type", "A", None),
    "labels: a=b": ("wrong-type", "a=b", None),
    "logging: json-file": ("wrong-type", "json-file", None),
    "deploy: {replicas: 1.5}": ("wrong-type", "1.5", None),
    "depends_on: {db: {condition: healthy}}": ("bad-value", "healthy", None),
    "depends_on: {db: {restart: true}}": ("missing-key", "db", None),
    "volumes: [{type: folder, target: /a}]": ("bad-value", "folder", None),
    "volumes: [{type: tmpfs, target: /a, tmpfs: {size: -1}}]": ("wrong-type", "-1", None),
    "gpus: [{count: some}]": ("bad-value", "some", None),
    "gpus: one": ("bad-value", "one", None),
    "pull_policy: sometimes": ("bad-value", "sometimes", None),
    "extends: {file: a.yaml}": ("missing-key", "extends", None),
    "ulimits: {nofile: {soft: 1}}": ("missing-key", "nofile", None),
}


@pytest.mark.parametrize("line", WRONG)
def test_what_it_does_not_have_is_found_once(line: str, tmp_path: Path) -> None:
    assert faults(f"{WEB}    {line}\n", tmp_path) == [WRONG[line]]


@pytest.mark.parametrize("value", ["!reset null", "!override {a: 1}", "${ANY}", "", "null", "{$IMAGE}"])
def test_what_is_not_known_is_no_fault(value: str, tmp_path: Path) -> None:
    assert faults(f"{WEB}    hostname: {value}\n", tmp_path) in ([], [("wrong-type", "hostname", None)])
    assert (value != "!override {a: 1}") == (faults(f"{WEB}    hostname: {value}\n", tmp_path) == [])


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "- hosts: all\n  tasks: []\n"])
def test_files_that_say_nothing_or_are_something_else(text: str, tmp_path: Path) -> None:
    assert faults(text, tmp_path) == []


def test_a_doubtful_name_needs_a_key_of_the_specification(tmp_path: Path) -> None:
    assert faults("replicaCount: 1\n", tmp_path, "values-compose.yaml") == []
    assert faults("replicaCount: 1\n", tmp_path, "docker-compose.yml") == [("unknown-key", "replicaCount", None)]


def test_the_tables_hold_together() -> None:
    def shapes(kind: object) -> list[str]:
        found = []
        for word, inner in kind if isinstance(kind, tuple) else ():
            if word == "shape":
                found.append(str(inner))
            elif isinstance(inner, tuple) and word in ("list", "map"):
                found += shapes(inner)
        return found

    for keys in SHAPES.values():
        for kind in keys.values():
            assert all(name in SHAPES for name in shapes(alternatives(kind)))
    for name, needed in REQUIRED.items():
        assert all(key in SHAPES[name] for key in needed)
