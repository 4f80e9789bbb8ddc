"""Which kind a file is: by its name, and by its text where the name alone does not tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.report import Report
from infralint.engine.run import run
from infralint.model.kinds import kind_of


def judged(root: Path, name: str, text: str, **options: object) -> Report:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return run([str(root)], Options(root=str(root), **options))


@pytest.mark.parametrize("ending", ["bak", "diff", "old", "orig", "patch", "rej", "save", "tmp"])
@pytest.mark.parametrize(
    "name", [".env", ".env.local", "Dockerfile", "Dockerfile.dev", "web.dockerfile", "compose.yaml"]
)
def test_copies_and_differences_of_files_are_searched_for_secrets_alone(name: str, ending: str) -> None:
    assert kind_of(f"{name}.{ending}") == "text"
    assert kind_of(name) not in (None, "text")


@pytest.mark.parametrize(
    "name",
    [
        "notes.txt.orig",
        "main.py.bak",
        "dockerfile-rails.gemspec",
        "Dockerfile.md",
        "Dockerfile.adoc",
        "dockerfile.rs",
        "x.env.png",
    ],
)
def test_what_is_named_after_a_file_is_no_file_of_its_kind(name: str) -> None:
    assert kind_of(name) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Dockerfile.cuda12.1-ubuntu22.04", "dockerfile"), ("Dockerfile_amd", "dockerfile"), ("web.Dockerfile", "dockerfile"),
        ("CI.containerfile", "dockerfile"), (".env.dev-azure.example", "env"), ("test.env", "env"), ("compose.dev.yml", "compose"),
        ("my-compose.yaml", "compose"), ("sub/action.yml", "action"),
    ],
)  # fmt: skip
def test_variants_of_files_are_of_their_kind(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("Dockerfile.dev", "dockerfile", "FROM alpine:3.22\n"),
        ("Dockerfile.dev", "dockerfile", "# syntax=docker/dockerfile:1\n\nARG V=1\nFROM alpine:$V AS x\r\n"),
        ("Dockerfile.part", "dockerfile", "RUN make\n"),
        ("Dockerfile.dev", "dockerfile", "FORM alpine:3.22\nfrom --platform=$BUILDPLATFORM alpine as x\n"),
        ("Dockerfile.dev", "text", "from os import path\nimport sys\n"),
        ("dockerfile-names", "text", "alpine\ndebian\n"),
        ("Dockerfile", "dockerfile", "alpine\n"),
        ("web.dockerfile", "dockerfile", "# nothing yet\n"),
        ("docker-compose-notes.yml", "text", "title: How we use compose\nsteps: [one, two]\n"),
        ("compose.extra.yml", "compose", "x-base: &base {image: 'a:1'}\n"),
        ("compose-old.yml", "compose", "web:\n  image: example/web:1.2\n"),
        ("compose.yml", "compose", "title: How we use compose\n"),
        ("action.yml", "action", "name: x\nruns: {using: node24, main: x.js}\n"),
        ("roles/a/tasks/action.yml", "text", "- name: copy\n  copy: {src: a, dest: b}\n"),
        (".env.staging", "env", "A=1\n"),
        (".env.staging", "text", "the names of all environments are in the wiki\n"),
    ],
)  # fmt: skip
def test_the_text_tells_where_the_name_does_not(tmp_path: Path, name: str, kind: str, text: str) -> None:
    assert list(judged(tmp_path, name, text).kinds) == [kind]


def test_a_file_that_was_named_is_judged_as_what_its_name_says(tmp_path: Path) -> None:
    path = tmp_path / "Dockerfile.dev"
    path.write_text("alpine\n", encoding="utf-8")
    assert list(run([str(path)], Options(root=str(tmp_path))).kinds) == ["dockerfile"]
