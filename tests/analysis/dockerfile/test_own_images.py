"""Base images that the repository builds itself are not reported for the tag that the build gives them."""

from __future__ import annotations

from pathlib import Path

import pytest

import infralint
from infralint.tables.official_images import is_official

APP = "FROM example/shop-base\nUSER 10001\n"
WORKFLOW = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: {}\n"


def reported(root: Path, files: dict[str, str], path: str = "app/Dockerfile") -> bool:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    report = infralint.check([root], root=root, select=["untagged-image", "latest-image"])
    return any(one.path == path for one in report.findings)


@pytest.mark.parametrize(
    "files",
    [
        {"compose.yaml": "services:\n  base:\n    build: base\n    image: example/shop-base:dev\n"},
        {"Makefile": "base:\n\tdocker build -t example/shop-base base\n"},
        {"app/Makefile": "IMAGE = example/shop-base\n"},
        {".github/workflows/a.yml": WORKFLOW.format("docker push example/shop-base:1")},
        {"docker/Dockerfile.base": "FROM debian:13\nUSER 1\n"},
        {"docker/base.dockerfile": "FROM debian:13\nUSER 1\n"},
        {"images/shop-base/Dockerfile": "FROM debian:13\nUSER 1\n"},
    ],
)
def test_what_the_repository_builds_is_not_pulled(tmp_path: Path, files: dict[str, str]) -> None:
    assert reported(tmp_path, {"app/Dockerfile": APP})
    assert not reported(tmp_path, files)


@pytest.mark.parametrize(
    "files",
    [
        {"compose.yaml": "services:\n  base:\n    image: example/shop-base\n  other:\n    build: app\n"},
        {".github/workflows/a.yml": WORKFLOW.format("docker run example/shop-base")},
        {"Makefile": "base:\n\tdocker build -t example/shop-base-tools base\n"},
        {"docker/Dockerfile.shop": "FROM debian:13\nUSER 1\n"},
    ],
)
def test_what_it_only_uses_is(tmp_path: Path, files: dict[str, str]) -> None:
    assert reported(tmp_path, {"app/Dockerfile": APP, **files})


def test_an_official_image_is_never_built_here(tmp_path: Path) -> None:
    files = {
        "app/Dockerfile": "FROM nginx\nUSER 1\n",
        "nginx/Dockerfile": "FROM nginx:1.27\nUSER 1\n",
        "Makefile": "x:\n\tdocker build -t nginx nginx\n",
    }
    assert reported(tmp_path, files)
    assert is_official("docker.io/library/nginx")
    assert not is_official("example/nginx")


def test_a_name_without_an_owner_that_is_not_official_cannot_be_pulled(tmp_path: Path) -> None:
    assert not reported(tmp_path, {"app/Dockerfile": "FROM shop-tools:latest\nUSER 1\n"})


@pytest.mark.parametrize("name", ["REPLACE-ME", "example/changeme", "example/Shop"])
def test_a_placeholder_is_no_image(tmp_path: Path, name: str) -> None:
    assert not reported(tmp_path, {"app/Dockerfile": f"FROM {name}\nUSER 1\n"})
