"""Fixes of Dockerfiles leave a build that works: no lists taken from a later install, no words in the exec form."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.fixing import fix
from infralint.engine.options import Options

CLEANED = "&& rm -rf /var/lib/apt/lists/*"


def fixed(root: Path, text: str, rule: str) -> str:
    (root / "Dockerfile").write_text(text, encoding="utf-8")
    result = fix([str(root)], Options(root=str(root), select=[rule]), unsafe=True)
    return result.changed["Dockerfile"].text if result.changed else text


@pytest.mark.parametrize(
    "later",
    [
        "RUN apt-get install -y curl\n",
        "RUN ./setup.sh\n",
        "RUN $SETUP\n",
        "FROM base AS other\nRUN apt-get install -y curl\nFROM base\n",
    ],
)
def test_lists_stay_where_a_later_run_may_need_them(tmp_path: Path, later: str) -> None:
    text = f"FROM debian:13 AS base\nRUN apt-get update && apt-get install -y git\n{later}"
    assert fixed(tmp_path, text, "apt-lists-left-behind") == text


@pytest.mark.parametrize(
    "later", ["", "RUN make\n", "RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n"]
)
def test_lists_go_where_no_later_run_needs_them(tmp_path: Path, later: str) -> None:
    text = f"FROM debian:13 AS base\nRUN apt-get update && apt-get install -y git\n{later}"
    assert CLEANED in fixed(tmp_path, text, "apt-lists-left-behind").splitlines()[1]


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("apt-without-yes", '["apt-get", "install", "vim"]', '["apt-get", "install", "-y", "vim"]'),
        ("apt-without-yes", "apt-get install vim", "apt-get install -y vim"),
        ("apt-without-yes", 'apt-get "install" vim', 'apt-get "install" -y vim'),
        ("install-without-yes", '["zypper", "install", "vim"]', '["zypper", "--non-interactive", "install", "vim"]'),
        (
            "missing-no-install-recommends",
            '["apt-get", "install", "-y", "vim"]',
            '["apt-get", "install", "--no-install-recommends", "-y", "vim"]',
        ),
    ],
)
def test_an_option_is_a_word_of_the_form_in_which_a_run_is_written(
    tmp_path: Path, rule: str, before: str, after: str
) -> None:
    assert fixed(tmp_path, f"FROM debian:13\nRUN {before}\n", rule) == f"FROM debian:13\nRUN {after}\n"


def test_a_windows_image_gets_no_user_by_number(tmp_path: Path) -> None:
    text = 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCMD ["cmd"]\n'
    assert fixed(tmp_path, text, "no-user") == text
