"""Findings on projects of several files: judged merged, reported once, where the value is written."""

from __future__ import annotations

from pathlib import Path

import pytest

import infralint

Found = set[tuple[str, str, int]]


def findings(root: Path, files: dict[str, str], *rules: str) -> Found:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    report = infralint.check([root], root=root, select=list(rules))
    return {(one.rule.rpartition("/")[2], one.path, one.line) for one in report.findings}


BASE = "services:\n  web:\n    image: a:1\n    privileged: true\n"


def test_a_value_that_another_file_takes_back_is_none(tmp_path: Path) -> None:
    files = {"compose.yaml": BASE, "compose.override.yaml": "services:\n  web:\n    privileged: false\n"}
    assert findings(tmp_path, files, "compose/privileged-service") == set()


def test_a_reset_value_is_none(tmp_path: Path) -> None:
    files = {"compose.yaml": BASE, "compose.override.yaml": "services:\n  web:\n    privileged: !reset null\n"}
    assert findings(tmp_path, files, "compose/privileged-service") == set()


def test_a_value_is_reported_once_where_it_is_written(tmp_path: Path) -> None:
    files = {
        "compose.yaml": "services:\n  web:\n    image: a:1\n",
        "compose.override.yaml": "services:\n  web:\n    privileged: true\n",
    }
    assert findings(tmp_path, files, "compose/privileged-service") == {
        ("privileged-service", "compose.override.yaml", 3)
    }


def test_a_value_of_an_extended_file_of_another_kind_is_reported_there_once(tmp_path: Path) -> None:
    files = {
        "compose.yaml": "services:\n  web:\n    extends: {file: common.yaml, service: base}\n",
        "more/compose.yaml": "services:\n  api:\n    extends: {file: ../common.yaml, service: base}\n    image: b:1\n",
        "common.yaml": "services:\n  base:\n    image: a:1\n    cap_add: [SYS_ADMIN]\n",
    }
    assert findings(tmp_path, files, "compose/dangerous-capability") == {("dangerous-capability", "common.yaml", 4)}


def test_services_of_an_included_file_are_judged(tmp_path: Path) -> None:
    files = {
        "compose.yaml": "include: [infra/db.yaml, infra/compose.yaml]\nservices:\n  web:\n    image: a:1\n",
        "infra/db.yaml": "services:\n  db:\n    image: b:1\n    privileged: true\n",
        "infra/compose.yaml": "services:\n  cache:\n    image: b:1\n    privileged: true\n",
    }
    expected = {("privileged-service", "infra/db.yaml", 4), ("privileged-service", "infra/compose.yaml", 4)}
    assert findings(tmp_path, files, "compose/privileged-service") == expected


def test_its_suppressions_hold_there(tmp_path: Path) -> None:
    files = {
        "compose.yaml": "services:\n  web:\n    extends: {file: common.yaml, service: base}\n",
        "common.yaml": "services:\n  base:\n    image: a:1\n    cap_add: [SYS_ADMIN] # infralint: ignore[compose/dangerous-capability] needed\n",
    }
    assert findings(tmp_path, files, "compose/dangerous-capability") == set()


MISSING = (
    "compose/no-healthcheck",
    "compose/no-memory-limit",
    "compose/no-restart-policy",
    "compose/capabilities-not-dropped",
    "compose/no-security-options",
    "compose/writable-root-filesystem",
    "compose/no-pids-limit",
)
WHOLE = """services:
  web:
    image: a:1
    restart: always
    read_only: true
    pids_limit: 100
    cap_drop: [ALL]
    security_opt: [no-new-privileges:true]
    healthcheck: {test: [CMD, a]}
    deploy: {resources: {limits: {memory: 1G}}}
"""


@pytest.mark.parametrize("name", ["compose.override.yaml", "compose.prod.yaml", "docker-compose.test.yml"])
def test_a_partial_file_misses_nothing(name: str, tmp_path: Path) -> None:
    files = {"compose.yaml": WHOLE, name: "services:\n  web:\n    image: a:2\n    environment: {A: one}\n"}
    assert findings(tmp_path, files, *MISSING) == set()


def test_what_the_override_adds_is_not_missing(tmp_path: Path) -> None:
    files = {
        "compose.yaml": "services:\n  web:\n    image: a:1\n",
        "compose.override.yaml": WHOLE.replace("    image: a:1\n", ""),
    }
    assert findings(tmp_path, files, *MISSING) == set()


def test_what_no_file_has_is_missing_in_the_file_that_describes_the_service(tmp_path: Path) -> None:
    files = {
        "compose.yaml": "services:\n  web:\n    image: a:1\n",
        "compose.override.yaml": "services:\n  web:\n    user: '1'\n",
    }
    expected = {("no-restart-policy", "compose.yaml", 2)}
    assert findings(tmp_path, files, "compose/no-restart-policy") == expected


def test_ports_of_the_merged_service_meet(tmp_path: Path) -> None:
    files = {
        "compose.yaml": "services:\n  web:\n    image: a:1\n    ports: ['80:80']\n  api:\n    image: a:1\n",
        "compose.override.yaml": "services:\n  api:\n    ports: ['80:8000']\n",
    }
    found = findings(tmp_path, files, "compose/duplicate-published-port")
    assert found == {("duplicate-published-port", "compose.override.yaml", 3)}


def test_the_same_port_in_both_files_is_one(tmp_path: Path) -> None:
    files = {
        "compose.yaml": "services:\n  web:\n    image: a:1\n    ports: ['80:80']\n",
        "compose.override.yaml": "services:\n  web:\n    ports: ['80:80']\n",
    }
    assert findings(tmp_path, files, "compose/duplicate-published-port") == set()


def test_an_overridden_secret_is_still_written_there(tmp_path: Path) -> None:
    value = "kXq8Zr2vLm9" + "wPt4sAbcd12"
    files = {
        "compose.yaml": f"services:\n  web:\n    image: a:1\n    environment:\n      API_TOKEN: {value}\n",
        "compose.override.yaml": "services:\n  web:\n    environment:\n      API_TOKEN: ${API_TOKEN:?}\n",
    }
    assert findings(tmp_path, files, "any/hardcoded-secret") == {("hardcoded-secret", "compose.yaml", 5)}


WAITING = """services:
  web:
    image: a:1
    depends_on:
      api: {condition: service_healthy}
  api:
    build: ./api
"""


def test_a_health_check_that_the_override_adds_is_waited_for(tmp_path: Path) -> None:
    files = {"compose.yaml": WAITING, "api/Dockerfile": "FROM python:3.13-slim\n"}
    rule = "project/service-healthy-without-healthcheck"
    assert findings(tmp_path, files, rule) == {("service-healthy-without-healthcheck", "compose.yaml", 5)}
    files["compose.override.yaml"] = "services:\n  api:\n    healthcheck: {test: [CMD, a]}\n"
    assert findings(tmp_path, files, rule) == set()


def test_a_build_of_an_extended_file_counts_its_paths_from_there(tmp_path: Path) -> None:
    files = {
        "compose.yaml": "services:\n  api:\n    extends: {file: common/base.yaml, service: api}\n",
        "common/base.yaml": "services:\n  api:\n    build: {context: ./src, target: prod}\n",
        "common/src/Dockerfile": "FROM python:3.13-slim AS dev\n",
    }
    found = findings(
        tmp_path, files, "project/build-target-missing", "compose/build-context-missing", "compose/dockerfile-missing"
    )
    assert found == {("build-target-missing", "common/base.yaml", 3)}


def test_a_cycle_through_two_files_is_reported_once(tmp_path: Path) -> None:
    files = {
        "compose.yaml": "services:\n  a:\n    image: a:1\n    depends_on: [b]\n  b:\n    image: b:1\n",
        "compose.override.yaml": "services:\n  b:\n    depends_on: [a]\n",
    }
    assert findings(tmp_path, files, "compose/dependency-cycle") == {("dependency-cycle", "compose.yaml", 4)}


def test_the_default_of_a_secret_is_not_shown(tmp_path: Path) -> None:
    from infralint.engine.options import Options
    from infralint.engine.run import run
    from infralint.output.formats import render

    value = "correct" + "horse7battery"
    text = f"services:\n  web:\n    image: a:1\n    environment:\n      DB_PASSWORD: ${{DB_PASSWORD:-{value}}}\n"
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    report = run([str(tmp_path)], Options(root=str(tmp_path), select=["compose/default-for-secret"]))
    assert len(report.findings) == 1
    assert value not in render("text", report) + render("sarif", report) + render("json", report)


def test_secrets_of_a_file_that_is_drawn_in_star_nothing_here(tmp_path: Path) -> None:
    from infralint.engine.options import Options
    from infralint.engine.run import run

    value = "kXq8Zr2vLm9" + "wPt4sAbcd12"
    base = f"services:\n  web:\n    image: a:1\n    environment:\n      API_TOKEN: {value}\n"
    over = "services:\n  web:\n    environment:\n      A: one\n    privileged: true\n" + "# comment\n" * 20
    (tmp_path / "compose.yaml").write_text(base, encoding="utf-8")
    (tmp_path / "compose.override.yaml").write_text(over, encoding="utf-8")
    report = run([str(tmp_path)], Options(root=str(tmp_path), select=["compose/privileged-service"]))
    assert [one.message for one in report.findings] == [
        "service `web` runs with `privileged: true`; an attacker in it can take over the host"
    ]
    assert report.masks.get("compose.override.yaml", []) == []
