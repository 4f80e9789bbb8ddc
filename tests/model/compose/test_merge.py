"""The merged model of compose: each row of the specification's merge rules, with the file whose value won."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.analysis.compose.schema import faults_of
from infralint.engine.discover import survey
from infralint.model.compose.document import ComposeDocument
from infralint.model.compose.service import Service
from infralint.model.index import Index
from infralint.model.kinds import kind_of
from infralint.syntax import yaml
from infralint.syntax.yaml_nodes import Mapping, Node, Scalar, Sequence
from infralint.text.source import Source

BASE, OVER = "compose.yaml", "compose.override.yaml"


def project(root: Path, files: dict[str, str]) -> Index:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Index(str(root), {path: kind for path in survey(str(root)).paths if (kind := kind_of(path))})


def document(root: Path, files: dict[str, str], name: str = BASE) -> ComposeDocument:
    index = project(root, files)
    return ComposeDocument(Source(name, files[name]), index, "compose")


def service(root: Path, base: str, over: str, name: str = BASE) -> Service:
    """The service `web` of two files, each given by the lines below it."""
    files = {BASE: below(base), OVER: below(over)}
    return document(root, files, name).services[0]


def below(lines: str) -> str:
    return "services:\n  web:\n" + "".join(f"    {line}\n" for line in lines.strip("\n").split("\n"))


def plain(node: Node | None) -> object:
    """A tree as plain values, each scalar with the file that it stands in: `b:` the base, `o:` the other."""
    if isinstance(node, Mapping):
        return {key: plain(node.get(key)) for key in node.effective()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.values()]
    assert isinstance(node, Scalar)
    mark = "o" if node.source.path == OVER else "b"
    if node.content:
        assert node.content in node.text.raw  # the span is the one of the file that won
    return f"{mark}:{node.content}"


ROWS = {
    "a later value replaces": ("image: a:1\nuser: '1'", "image: b:2", {"image": "o:b:2", "user": "b:1"}),
    "mappings merge": (
        "logging:\n  driver: local\n  options: {max-size: 1m, max-file: '2'}",
        "logging:\n  options: {max-size: 5m}",
        {"logging": {"driver": "b:local", "options": {"max-size": "o:5m", "max-file": "b:2"}}},
    ),
    "options of another log driver do not stay": (
        "logging:\n  driver: local\n  options: {max-size: 1m}",
        "logging:\n  driver: syslog\n  options: {tag: web}",
        {"logging": {"driver": "o:syslog", "options": {"tag": "o:web"}}},
    ),
    "command is replaced": ("command: [a, b]", "command: [c]", {"command": ["o:c"]}),
    "entrypoint is replaced": ("entrypoint: [a, b]", "entrypoint: c d", {"entrypoint": "o:c d"}),
    "the test of a health check is replaced, the rest merges": (
        "healthcheck:\n  test: [CMD, a]\n  interval: 5s",
        "healthcheck:\n  test: [CMD, b]",
        {"healthcheck": {"test": ["o:CMD", "o:b"], "interval": "b:5s"}},
    ),
    "lists append": ("cap_add: [NET_ADMIN]", "cap_add: [SYS_TIME]", {"cap_add": ["b:NET_ADMIN", "o:SYS_TIME"]}),
    "lists hold a value once": ("dns: [1.1.1.1, 8.8.8.8]", "dns: [8.8.8.8]", {"dns": ["b:1.1.1.1", "o:8.8.8.8"]}),
    "a text joins a list": ("dns: 1.1.1.1", "dns: [8.8.8.8]", {"dns": ["b:1.1.1.1", "o:8.8.8.8"]}),
    "expose appends": ("expose: ['80']", "expose: ['81', '80']", {"expose": ["o:80", "o:81"]}),
    "environment by name, mapping and mapping": (
        "environment: {A: one, B: two}",
        "environment: {B: three}",
        {"environment": {"A": "b:one", "B": "o:three"}},
    ),
    "environment by name, list and mapping": (
        "environment: [A=one, B=two, C]",
        "environment: {B: three}",
        {"environment": {"A": "b:one", "B": "o:three", "C": "b:"}},
    ),
    "environment by name, mapping and list": (
        "environment: {A: one, B: two}",
        "environment: [B=three=3]",
        {"environment": {"A": "b:one", "B": "o:three=3"}},
    ),
    "environment by name, list and list": (
        "environment: [A=one, B=two]",
        "environment: [B=three]",
        {"environment": {"A": "b:one", "B": "o:three"}},
    ),
    "labels by name": ("labels: [a=1, b=2]", "labels: {a: x}", {"labels": {"a": "o:x", "b": "b:2"}}),
    "hosts by name": ("extra_hosts: ['a:1.1.1.1']", "extra_hosts: {a: 2.2.2.2}", {"extra_hosts": {"a": "o:2.2.2.2"}}),
    "volumes by target": (
        "volumes: ['./a:/data', 'logs:/logs']",
        "volumes: ['./b:/data/:ro']",
        {"volumes": ["o:./b:/data/:ro", "b:logs:/logs"]},
    ),
    "volumes by target, short and long": (
        "volumes: ['./a:/data']",
        "volumes: [{type: bind, source: ./b, target: /data}]",
        {"volumes": [{"type": "o:bind", "source": "o:./b", "target": "o:/data"}]},
    ),
    "devices by target": ("devices: ['/dev/a:/dev/x']", "devices: ['/dev/b:/dev/x']", {"devices": ["o:/dev/b:/dev/x"]}),
    "ports by all that they say": (
        "ports: ['80:80', '81:81/udp']",
        "ports: ['80:80/tcp', '81:81', '127.0.0.1:80:80']",
        {"ports": ["o:80:80/tcp", "b:81:81/udp", "o:81:81", "o:127.0.0.1:80:80"]},
    ),
    "ports, short and long": (
        "ports: ['8080:80']",
        "ports: [{target: 80, published: '8080'}]",
        {"ports": [{"target": "o:80", "published": "o:8080"}]},
    ),
    "secrets by target, else by source": (
        "secrets: [key, {source: a, target: /t}]",
        "secrets: [key, {source: b, target: /t}]",
        {"secrets": ["o:key", {"source": "o:b", "target": "o:/t"}]},
    ),
    "configs by target": (
        "configs: [{source: a, target: /t}]",
        "configs: [{source: b, target: /t}]",
        {"configs": [{"source": "o:b", "target": "o:/t"}]},
    ),
    "env files append": ("env_file: a.env", "env_file: [b.env, a.env]", {"env_file": ["o:a.env", "o:b.env"]}),
    "build, short and long": (
        "build: ./web",
        "build: {target: dev}",
        {"build": {"context": "b:./web", "target": "o:dev"}},
    ),
    "build, long and short": (
        "build: {context: ./web, target: dev}",
        "build: ./other",
        {"build": {"context": "o:./other", "target": "b:dev"}},
    ),
    "build arguments by name": (
        "build: {context: ., args: [A=1]}",
        "build: {args: {A: '2', B: '3'}}",
        {"build": {"context": "b:.", "args": {"A": "o:2", "B": "o:3"}}},
    ),
    "depends_on, list and mapping": (
        "depends_on: [db]",
        "depends_on: {db: {condition: service_healthy}, cache: {condition: service_started}}",
        {"depends_on": {"db": {"condition": "o:service_healthy"}, "cache": {"condition": "o:service_started"}}},
    ),
    "depends_on, mapping and list": (
        "depends_on: {db: {condition: service_healthy}}",
        "depends_on: [db, cache]",
        {"depends_on": {"db": {"condition": "b:service_healthy"}, "cache": "o:"}},
    ),
    "networks, list and mapping": (
        "networks: [front]",
        "networks: {back: {aliases: [web]}}",
        {"networks": {"front": "b:", "back": {"aliases": ["o:web"]}}},
    ),
    "limits, one number and two": (
        "ulimits: {nofile: 1000, nproc: 5}",
        "ulimits: {nofile: {soft: 1, hard: 2}}",
        {"ulimits": {"nofile": {"soft": "o:1", "hard": "o:2"}, "nproc": "b:5"}},
    ),
    "nothing does not replace": ("user: '1'", "user:", {"user": "b:1"}),
    "!reset takes a value away": ("image: a:1\nuser: '1'", "user: !reset null", {"image": "b:a:1"}),
    "!reset takes a list away": ("image: a:1\nports: ['80:80']", "ports: !reset []", {"image": "b:a:1"}),
    "!reset takes an entry away": (
        "environment: {A: one, B: two}",
        "environment: {A: !reset null}",
        {"environment": {"B": "b:two"}},
    ),
    "!override replaces a list": ("ports: ['80:80']", "ports: !override\n  - '8443:443'", {"ports": ["o:8443:443"]}),
    "!override replaces a mapping": (
        "environment: {A: one}",
        "environment: !override {B: two}",
        {"environment": {"B": "o:two"}},
    ),
}


@pytest.mark.parametrize("row", ROWS, ids=list(ROWS))
def test_every_row_of_the_merge_rules(row: str, tmp_path: Path) -> None:
    base, over, expected = ROWS[row]
    assert plain(service(tmp_path, base, over).view) == expected


@pytest.mark.parametrize("row", ROWS, ids=list(ROWS))
def test_both_files_see_the_same_service(row: str, tmp_path: Path) -> None:
    base, over, expected = ROWS[row]
    assert plain(service(tmp_path, base, over, OVER).view) == expected


def test_subnets_merge_by_their_address(tmp_path: Path) -> None:
    files = {
        BASE: "networks:\n  n:\n    ipam:\n      config: [{subnet: 10.0.0.0/8, gateway: 10.0.0.1}, {subnet: 11.0.0.0/8}]\n",
        OVER: "networks:\n  n:\n    ipam:\n      config: [{subnet: 10.0.0.0/8, gateway: 10.0.0.2}]\n",
    }
    root = document(tmp_path, files).project.root
    assert root is not None
    config = plain(root)["networks"]["n"]["ipam"]["config"]  # type: ignore[index, call-overload]
    assert config == [{"subnet": "o:10.0.0.0/8", "gateway": "o:10.0.0.2"}, {"subnet": "b:11.0.0.0/8"}]


def test_anchors_and_merge_keys_are_resolved_before_files_merge(tmp_path: Path) -> None:
    files = {
        BASE: "x-a: &a\n  restart: always\n  environment: {A: one}\nservices:\n  web:\n    <<: *a\n    image: a:1\n",
        OVER: "services:\n  web:\n    environment: {B: two}\n",
    }
    view = document(tmp_path, files).services[0].view
    expected = {"restart": "b:always", "environment": {"A": "b:one", "B": "o:two"}, "image": "b:a:1"}
    assert plain(view) == expected


def test_a_hostile_chain_of_anchors_ends(tmp_path: Path) -> None:
    lines = ["x-0: &a0 {k: v}"]
    lines += [f"x-{n}: &a{n} {{a: *a{n - 1}, b: *a{n - 1}, c: *a{n - 1}}}" for n in range(1, 40)]
    text = "\n".join(lines) + "\nservices:\n  web:\n    image: a:1\n    deploy: *a39\n"
    made = document(tmp_path, {BASE: text, OVER: text})
    assert made.services[0].has("image")
    assert len(faults_of(made)) < 100


def test_tags_are_kept_by_the_reader() -> None:
    stream = yaml.parse(Source("a.yaml", "a: !reset []\nb: !override {c: 1}\n"))
    assert isinstance(stream.root, Mapping)
    assert [pair.value.tag for pair in stream.root.pairs] == ["!reset", "!override"]
