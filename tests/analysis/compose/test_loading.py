"""What a compose file that is loaded by another one, or laid over one, leaves to that."""

from __future__ import annotations

from pathlib import Path

import pytest

import infralint

RULES = (
    "undefined-reference",
    "build-context-missing",
    "dockerfile-missing",
    "env-file-missing",
    "mounted-path-missing",
)
BASE = "services:\n  db:\n    image: example/db:1.2\nnetworks:\n  back: {}\nvolumes:\n  data: {}\n"
PART = """services:
  web:
    image: example/web:1.2
    networks: [back]
    volumes: ["data:/data"]
    depends_on: [db]
"""


def found(root: Path, files: dict[str, str], path: str = "") -> list[str]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    report = infralint.check([root], root=root, select=list(RULES))
    return sorted({one.rule.rpartition("/")[2] for one in report.findings if not path or one.path == path})


@pytest.mark.parametrize(
    "include",
    [
        "[web/compose.yaml]",
        "[{path: web/compose.yaml}]",
        "[{path: [web/compose.yaml, web/more.yaml]}]",
        "['./web/compose.yaml']",
    ],
)
def test_an_included_file_may_name_what_its_includer_declares(tmp_path: Path, include: str) -> None:
    files = {"compose.yaml": f"include: {include}\n{BASE}", "web/compose.yaml": PART, "web/more.yaml": "services: {}\n"}
    assert found(tmp_path, files) == []


def test_what_neither_declares_is_reported(tmp_path: Path) -> None:
    files = {
        "compose.yaml": f"include: [web/compose.yaml]\n{BASE}",
        "web/compose.yaml": PART.replace("[back]", "[front]"),
    }
    assert found(tmp_path, files) == ["undefined-reference"]


def test_an_includer_that_cannot_be_read_leaves_it_unknown(tmp_path: Path) -> None:
    files = {"compose.yaml": "include: [web/compose.yaml, '${MORE}']\nservices: {}\n", "web/compose.yaml": PART}
    assert found(tmp_path, files, "web/compose.yaml") == []


def test_a_base_file_that_none_includes_stands_alone(tmp_path: Path) -> None:
    assert found(tmp_path, {"compose.yaml": BASE, "web/compose.yaml": PART}) == ["undefined-reference"]


@pytest.mark.parametrize(
    "name",
    [
        "extensions/web/web-compose.yml",
        "overrides/compose.web.yaml",
        "compose.prod.yaml",
        "web/docker-compose.override.yml",
    ],
)
def test_a_file_of_another_name_may_be_laid_over_one_in_any_folder(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, {"deploy/compose.yaml": BASE, name: PART}) == []


def test_what_no_file_of_the_repository_declares_is_reported_there_too(tmp_path: Path) -> None:
    files = {"compose.yaml": BASE, "overrides/compose.web.yaml": PART.replace("[back]", "[bakc]")}
    assert found(tmp_path, files) == ["undefined-reference"]


@pytest.mark.parametrize("separator", [":", ";"])
def test_compose_file_in_env_joins_files(tmp_path: Path, separator: str) -> None:
    files = {"base/compose.yaml": BASE, "web/compose.yaml": PART}
    assert found(tmp_path, files) == ["undefined-reference"]
    assert found(tmp_path, {**files, ".env": f"COMPOSE_FILE=base/compose.yaml{separator}web/compose.yaml\n"}) == []


def test_an_extended_file_may_name_what_the_extending_one_declares(tmp_path: Path) -> None:
    files = {
        "compose.yaml": f"{BASE}".replace(
            "services:\n", "services:\n  web:\n    extends: {file: web/compose.yaml, service: web}\n"
        ),
        "web/compose.yaml": PART,
    }
    assert found(tmp_path, files) == []


BUILD = "services:\n  web:\n    build: ./app\n    env_file: app.env\n    volumes: ['./app/conf:/conf']\n"


def test_paths_count_from_the_project_directory_of_an_include(tmp_path: Path) -> None:
    files = {
        "compose.yaml": "include: [{path: parts/web/compose.yaml, project_directory: .}]\nservices: {}\n",
        "parts/web/compose.yaml": BUILD,
        "app/Dockerfile": "FROM scratch\n",
        "app/conf/x": "",
        "app.env": "A=1\n",
    }
    assert found(tmp_path, files) == []


def test_paths_of_an_overlay_count_from_the_base(tmp_path: Path) -> None:
    files = {
        "main/compose.yaml": BASE,
        "over/compose.web.yaml": BUILD,
        "main/app/Dockerfile": "FROM scratch\n",
        "main/app/conf/x": "",
        "main/app.env": "A=1\n",
    }
    assert found(tmp_path, files) == []


def test_paths_that_are_nowhere_are_reported(tmp_path: Path) -> None:
    assert "build-context-missing" in found(tmp_path, {"main/compose.yaml": BASE, "over/compose.web.yaml": BUILD})


PIECE = "services:\n  a:\n    image: x:1\n    networks: [shared]\n    depends_on: [b]\n"
WHOLE = "networks:\n  shared:\n"


@pytest.mark.parametrize(
    ("above", "is_found"),
    [
        ({"suites/compose.yml": WHOLE}, False),
        ({"other/compose.yml": WHOLE}, True),
        ({"compose.yml": "services: {}\n"}, True),
    ],
)
def test_a_part_of_a_file_in_a_folder_above_may_name_what_is_not_here(
    tmp_path: Path, above: dict[str, str], is_found: bool
) -> None:
    for name, text in {**above, "suites/parts/one/compose.yml": PIECE}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    report = infralint.check([tmp_path], root=tmp_path, select=["undefined-reference"])
    assert bool([one for one in report.findings if one.path.startswith("suites/parts")]) is is_found
