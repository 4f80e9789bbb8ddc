"""Messages name what a value comes to: the release that mends an advisory, the image behind a variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run


def messages(root: Path, name: str, text: str, rule: str) -> list[str]:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    return [one.message for one in run([str(root)], Options(root=str(root))).findings if one.rule == rule]


@pytest.mark.parametrize(
    ("dockerfile", "rule", "named"),
    [
        ("ARG BASE=debian\nFROM $BASE\n", "untagged-image", "`$BASE` (`debian`) has no tag"),
        ("ARG TAG=latest\nFROM node:${TAG}\n", "latest-image", "`node:${TAG}` (`node:latest`) uses the tag"),
        ("FROM node:latest\n", "latest-image", "image `node:latest` uses the tag"),
        ("ARG HOST\nFROM $HOST/node\n", "untagged-image", "`$HOST/node` has no tag"),
    ],
)
def test_a_base_image_is_named_as_written_and_as_resolved(
    tmp_path: Path, dockerfile: str, rule: str, named: str
) -> None:
    (message,) = messages(tmp_path, "Dockerfile", dockerfile + "USER 10001\n", f"dockerfile/{rule}")
    assert named in message


def test_an_advisory_names_the_first_release_that_none_speaks_of(tmp_path: Path) -> None:
    step = "      - uses: tj-actions/changed-files@v40\n"
    workflow = f"on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n{step}"
    (message,) = messages(tmp_path, ".github/workflows/a.yml", workflow, "any/vulnerable-action")
    assert message.endswith("(GHSA-mcph-m25j-8j63); upgrade to `v46.0.1` or later")
