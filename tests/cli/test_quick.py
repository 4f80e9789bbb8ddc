"""The command line of `check` that is read without click means what click makes of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infralint.cli import quick
from infralint.cli.check import command
from infralint.output.formats import NAMES

ROOT = Path(__file__).parent.parent.parent
OPTIONS = sorted({name for one in command.params for name in (*one.opts, *one.secondary_opts) if name[:1] == "-"})
VALUES = [
    "default", "pedantic", "all", "high", "low", "json", "sarif", "file", "rule", "never", "", "-", "a", "a=b", "x,y", ".", "é", "7", "--fix",
    "--", "-h", "-qq", "0.5", "no-root",
]  # fmt: skip
WORDS = st.one_of(
    st.sampled_from(OPTIONS),
    st.sampled_from(VALUES),
    st.builds("{}={}".format, st.sampled_from(OPTIONS), st.sampled_from(VALUES)),
    st.text(max_size=4).filter(lambda text: "\0" not in text),
)


def by_click(arguments: list[str]) -> tuple[tuple[str, ...], dict[str, Any]] | None:
    """What click makes of a command line; None where it refuses it or prints help."""
    try:
        context = command.make_context("check", list(arguments))
    except (click.ClickException, click.exceptions.Exit):
        return None
    given = dict(context.params)
    return given.pop("paths"), given


@settings(max_examples=1_500, deadline=None)
@given(st.lists(WORDS, max_size=6))
def test_the_short_way_means_what_click_means(arguments: list[str]) -> None:
    found = quick.parse(["check", *arguments])
    if found is not None:
        assert found == by_click(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["."], ["a", "b"], ["-q", "a"], ["--profile", "pedantic", "."], ["--profile=all"], ["--select", "a,b", "--select=c"],
        ["--fix", "--unsafe-fixes", "."], ["--format", "json", "--no-color", "x"], ["--fail-on", "never", "-"],
        ["--root", ".", "--config", "c.toml", "--rules", "r", "--baseline", "b"], ["--staged"], ["--output", "sarif=x.sarif"],
    ],
)  # fmt: skip
def test_what_is_common_takes_the_short_way(arguments: list[str]) -> None:
    assert quick.parse(["check", *arguments]) == by_click(arguments) != None  # noqa: E711 - neither is None


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["-h"], ["--nope"], ["--profile"], ["--profile", "x"], ["--root"], ["--", "a"], ["--max-findings", "x"], ["--fix=1"]],
)  # fmt: skip
def test_the_rest_is_left_to_click(arguments: list[str]) -> None:
    assert quick.parse(["check", *arguments]) is None


def test_other_commands_and_completion_are_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    assert quick.parse([]) is quick.parse(["rules"]) is quick.parse(["--version"]) is None
    monkeypatch.setenv(quick.COMPLETION, "bash_complete")
    assert quick.parse(["check", "."]) is None


def test_the_formats_of_the_short_way_exist() -> None:
    assert set(quick.WORDS["--format"][1]) <= set(NAMES)


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "infralint", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_both_ways_print_the_same_and_end_alike(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=1\nA=2\n", encoding="utf-8")
    short, long = ["--format", "concise", "."], ["--format", "concise", "--", "."]
    assert quick.parse(["check", *long]) is None
    assert run(tmp_path, "check", *short) == run(tmp_path, "check", *long)
    assert run(tmp_path, "check", *short)[0] == 1
    assert run(tmp_path, "check", "nowhere") == run(tmp_path, "check", "--", "nowhere")
    code, _, said = run(tmp_path, "check", "--nope")
    assert code == 2 and "--nope" in said


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("".join(f"A{n}=1\nA{n}=2\n" for n in range(900)), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    source, target = os.pipe()
    os.close(source)
    with os.fdopen(target, "wb") as stream:
        done = subprocess.run(
            [sys.executable, "-m", "infralint", "check", ".env"],
            cwd=tmp_path, env=environment, stdout=stream, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
