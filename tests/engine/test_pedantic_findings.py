"""A rule may say which of its findings belong to the pedantic profile: `pedantic_if`."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.policy.rule_file import RuleError, read
from infralint.tables.secret_formats import sample


def rules_for(root: Path, files: dict[str, str], **options: object) -> set[str]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="")
    report = run([str(root)], Options(root=str(root), **options))  # type: ignore[arg-type]
    return {one.rule for one in report.findings}


def service(image: str, setting: str) -> dict[str, str]:
    return {"compose.yaml": f"services:\n  a:\n    image: {image}\n    {setting}\n"}


SOCKET = 'volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]'
SUDO = "RUN sudo make install\nUSER 10001\n"

ONLY_PEDANTIC = [
    ("compose/docker-socket-mounted", service("portainer/portainer-ce:2.33.1", SOCKET)),
    ("compose/docker-socket-mounted", service("ghcr.io/tecnativa/docker-socket-proxy:0.4", SOCKET)),
    ("compose/dangerous-capability", service("ghcr.io/wg-easy/wg-easy:15", "cap_add: [NET_ADMIN, SYS_MODULE]")),
    ("compose/privileged-service", service("gcr.io/cadvisor/cadvisor:v0.52.1", "privileged: true")),
    ("compose/host-namespace-shared", service("prom/node-exporter:v1.9.1", "pid: host")),
    ("dockerfile/sudo-in-run", {"Dockerfile": f"FROM debian:13\nUSER app\n{SUDO}"}),
    ("dockerfile/sudo-in-run", {"Dockerfile": f"ARG BASE\nFROM $BASE\n{SUDO}"}),
    ("dockerfile/sudo-in-run", {"Dockerfile": f"FROM cimg/base:2026.01\n{SUDO}"}),
    ("dockerfile/sudo-in-run", {"Dockerfile": f"FROM debian:13 AS a\nUSER app\nFROM a\n{SUDO}"}),
    ("dockerfile/sudo-in-run", {"Dockerfile": "FROM debian:13\nRUN sudo -H -u app make\nUSER 10001\n"}),
    ("dockerfile/untagged-image", {"Dockerfile": "FROM gcr.io/distroless/static\nUSER 10001\n"}),
    ("dockerfile/latest-image", {"Dockerfile": "FROM cgr.dev/chainguard/node:latest\nUSER 10001\n"}),
    ("dockerfile/latest-image", {".devcontainer/Dockerfile": "FROM debian:latest\n"}),
    ("dockerfile/runs-as-root", {".devcontainer/Dockerfile": "FROM debian:13\nUSER root\n"}),
    (
        "dockerfile/apt-lists-left-behind",
        {"Dockerfile": "FROM debian:13\nRUN apt-get update && install-packages git\n"},
    ),
    ("dockerfile/password-in-layer", {"Dockerfile": 'FROM debian:13\nRUN echo "root:Docker!" | chpasswd\n'}),
    (
        "dockerfile/copy-of-whole-filesystem",
        {"Dockerfile": "FROM debian:13 AS a\nRUN make\nFROM debian:13\nCOPY --from=a / /\nUSER app\n"},
    ),
    ("dockerfile/invalid-instruction", {"Dockerfile": "\n"}),
    ("dockerfile/runs-as-root", {".gitpod.Dockerfile": "FROM debian:13\nUSER root\n"}),
    (
        "workflow/invalid-workflow",
        {".github/workflows/a.yml": "# on: push\njobs: {a: {runs-on: ubuntu-24.04, steps: [{run: make}]}}\n"},
    ),
    ("env/space-around-equals", {".env.example": "NEXT_PUBLIC_ADDRESS = x\n"}),
    ("env/space-around-equals", {".env.example": "ADDRESS = x\n", "package.json": '{"dependencies": {"vite": "7"}}'}),
]
IN_DEFAULT = [
    ("compose/docker-socket-mounted", service("traefik:3.5", SOCKET)),
    ("compose/docker-socket-mounted", service("example/portainer-theme:1", SOCKET)),
    ("compose/dangerous-capability", service("ghcr.io/wg-easy/wg-easy:15", "cap_add: [SYS_ADMIN, SYS_MODULE]")),
    ("compose/privileged-service", service("portainer/portainer-ce:2.33.1", "privileged: true")),
    ("dockerfile/sudo-in-run", {"Dockerfile": f"FROM debian:13\n{SUDO}"}),
    ("dockerfile/sudo-in-run", {"Dockerfile": f"FROM debian:13\nUSER app\nUSER root\n{SUDO}"}),
    ("dockerfile/sudo-in-run", {"Dockerfile": "FROM debian:13\nRUN sudo -E -u root make\nUSER 10001\n"}),
    ("dockerfile/untagged-image", {"Dockerfile": "FROM debian\nUSER 10001\n"}),
    (
        "dockerfile/apt-lists-left-behind",
        {"Dockerfile": "FROM debian:13\nRUN apt-get update && apt-get install -y git\n"},
    ),
    ("dockerfile/password-in-layer", {"Dockerfile": 'FROM debian:13\nRUN echo "root:Docker!1" | chpasswd\n'}),
    (
        "dockerfile/copy-of-whole-filesystem",
        {"Dockerfile": "FROM debian:13 AS a\nRUN make\nFROM debian:13\nCOPY --from=a / /\nRUN make\nUSER app\n"},
    ),
    ("dockerfile/invalid-instruction", {"Dockerfile": "ARG A=1\n"}),
    (
        "workflow/invalid-workflow",
        {".github/workflows/a.yml": "jobs: {a: {runs-on: ubuntu-24.04, steps: [{run: make}]}}\n"},
    ),
    ("env/space-around-equals", {".env": "ADDRESS = x\n", "package.json": '{"dependencies": {"left-pad": "1"}}'}),
]


@pytest.mark.parametrize(("rule", "files"), ONLY_PEDANTIC)
def test_what_a_maintainer_would_not_change_is_reported_in_the_pedantic_profile(
    tmp_path: Path, rule: str, files: dict[str, str]
) -> None:
    assert rule not in rules_for(tmp_path, files)
    assert rule in rules_for(tmp_path, files, profile="pedantic")
    assert rule in rules_for(tmp_path, files, select=[rule])
    assert rule not in rules_for(tmp_path, files, select=["default"])


@pytest.mark.parametrize(("rule", "files"), IN_DEFAULT)
def test_what_only_looks_like_it_stays_in_the_default_profile(tmp_path: Path, rule: str, files: dict[str, str]) -> None:
    assert rule in rules_for(tmp_path, files)


def test_a_finding_says_in_which_profile_it_is(tmp_path: Path) -> None:
    rules_for(tmp_path, service("portainer/portainer-ce:2.33.1", SOCKET))
    report = run([str(tmp_path)], Options(root=str(tmp_path), profile="pedantic"))
    assert {one.profile for one in report.findings if one.rule == "compose/docker-socket-mounted"} == {"pedantic"}


def test_the_condition_is_checked_when_the_rule_loads() -> None:
    from infralint.policy.compile import compile_rule
    from infralint.policy.vocabulary import load

    header = "title: x\nseverity: low\neach: env.entry\nwhen: entry.key\npedantic_if: entry.kay\nat: entry\nsay: x\n"
    text = f"---\n{header}---\nWhy.\n\n```dotenv bad\n«A=1»\n```\n```dotenv good\n# A=1\n```\n"
    with pytest.raises(RuleError, match="kay"):
        compile_rule(read("env/x", "x.md", text), load(), 0)


def test_an_image_that_a_workflow_of_the_repository_names_with_a_variable_may_be_its_own(tmp_path: Path) -> None:
    workflow = (
        "on: push\nenv:\n  IMAGE: ghcr.io/example/tool-${{ matrix.target }}\njobs: {}\n# docker build -t $IMAGE .\n"
    )
    dockerfile = "FROM ghcr.io/example/tool-go:latest\nUSER 10001\n"
    assert "dockerfile/latest-image" in rules_for(tmp_path, {"Dockerfile": dockerfile})
    assert "dockerfile/latest-image" not in rules_for(tmp_path, {".github/workflows/a.yml": workflow})


def test_the_values_of_a_sealed_secret_are_encrypted(tmp_path: Path) -> None:
    token = sample("password", 3)
    text = f"apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec:\n  encryptedData:\n    token: {token}\n  template: {{}}\n"
    assert not {one for one in rules_for(tmp_path, {"a.yaml": text}) if one.startswith("any/")}
    outside = text.replace("  template: {}", f"token: {token}")
    assert "any/high-entropy-secret" in rules_for(tmp_path, {"a.yaml": outside})


def test_a_value_that_its_comment_says_to_replace_is_no_secret(tmp_path: Path) -> None:
    token = sample("password", 3)
    assert "any/high-entropy-secret" in rules_for(
        tmp_path, {"a.yaml": f"apiVersion: v1\nkind: ConfigMap\napi_token: {token}\n"}
    )
    text = f"apiVersion: v1\nkind: ConfigMap\napi_token: {token}  # replace with your own\n"
    assert "any/high-entropy-secret" not in rules_for(tmp_path, {"a.yaml": text})
