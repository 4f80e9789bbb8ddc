"""From which folders a Dockerfile is built, and which ignore files hold for it."""

from __future__ import annotations

from pathlib import Path

import pytest

import infralint

DOCKERFILE = "FROM alpine:3.22\nCOPY app.conf /\nUSER 10001\n"
WORKFLOW = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
ACTION = "      - uses: docker/build-push-action@v6\n        with: {file: docker/Dockerfile}\n"


def ignored(root: Path, files: dict[str, str]) -> list[str]:
    """The Dockerfiles of which a COPY is reported."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    report = infralint.check([root], root=root, select=["copy-of-ignored-file"])
    return [one.path for one in report.findings]


SAYS_ROOT = [
    {"compose.yaml": "services:\n  a:\n    build: {context: ., dockerfile: docker/Dockerfile}\n"},
    {"deploy/compose.yaml": "services:\n  a:\n    build: {context: .., dockerfile: docker/Dockerfile}\n"},
    {"Makefile": "image:\n\tdocker build -t a -f docker/Dockerfile .\n"},
    {"docker/build.sh": "docker buildx build --file=Dockerfile \\\n  --push ..\n"},
    {".github/workflows/a.yml": WORKFLOW + "      - run: docker build -f docker/Dockerfile .\n"},
    {".github/workflows/a.yml": WORKFLOW + ACTION},
    {"app.conf": "", "docker/README.md": ""},
]


@pytest.mark.parametrize("files", SAYS_ROOT)
def test_the_ignore_file_of_the_context_decides(tmp_path: Path, files: dict[str, str]) -> None:
    files = {"docker/Dockerfile": DOCKERFILE, **files}
    assert ignored(tmp_path, {**files, ".dockerignore": "*.log\n", "docker/.dockerignore": "app.conf\n"}) == []
    assert ignored(tmp_path, {".dockerignore": "*.conf\n", "docker/.dockerignore": "x\n"}) == ["docker/Dockerfile"]


def test_the_ignore_file_of_the_dockerfile_comes_first(tmp_path: Path) -> None:
    files = {"Dockerfile": DOCKERFILE, ".dockerignore": "app.conf\n", "Dockerfile.dockerignore": "*.log\n"}
    assert ignored(tmp_path, files) == []
    assert ignored(tmp_path, {".dockerignore": "", "Dockerfile.dockerignore": "app.conf\n"}) == ["Dockerfile"]


def test_where_nothing_tells_the_context_nothing_is_reported(tmp_path: Path) -> None:
    files = {"docker/Dockerfile": DOCKERFILE, "docker/.dockerignore": "app.conf\n", ".dockerignore": "app.conf\n"}
    assert ignored(tmp_path, files) == []
    assert ignored(tmp_path, {"app.conf": "", "docker/app.conf": ""}) == [], "it could be either"


def test_a_file_that_one_of_several_contexts_has_is_not_reported(tmp_path: Path) -> None:
    files = {
        "docker/Dockerfile": DOCKERFILE,
        "compose.yaml": "services:\n  a:\n    build: {context: ., dockerfile: docker/Dockerfile}\n  b:\n    build: docker\n",
        ".dockerignore": "app.conf\n",
    }
    assert ignored(tmp_path, files) == []
    assert ignored(tmp_path, {"docker/.dockerignore": "app.conf\n"}) == ["docker/Dockerfile"]


@pytest.mark.parametrize(
    "line",
    [
        "docker build -f docker/Dockerfile $(CONTEXT)",
        "cd x && docker build -f ../docker/Dockerfile .",
        "docker build 'unclosed",
    ],
)
def test_commands_that_cannot_be_told_say_nothing(tmp_path: Path, line: str) -> None:
    files = {"docker/Dockerfile": DOCKERFILE, "Makefile": f"image:\n\t{line}\n", ".dockerignore": "app.conf\n"}
    assert ignored(tmp_path, files) == []
