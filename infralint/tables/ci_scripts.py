"""Where other CI systems than GitHub's keep the scripts that a shell runs, and how their own variables look.

After the systems' references, as of 2026-11: GitLab CI, CircleCI, Azure Pipelines, Bitbucket Pipelines, Travis CI, Drone and
Woodpecker, Buildkite. A runner of GitLab's takes bash where the image has it.
"""

from __future__ import annotations

from typing import NamedTuple


class CiSystem(NamedTuple):
    """`keys` hold scripts (a text, or a list of lines) for `shell`; `marks` are what the system itself replaces in them."""

    files: tuple[str, ...]
    keys: frozenset[str]
    shell: str
    marks: str


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SYSTEMS = (
    CiSystem(
        (".gitlab-ci.yml", ".gitlab-ci.yaml"), _set("script before_script after_script"), "bash", r"\$\[\[[^\]]*\]\]"
    ),
    CiSystem((".circleci/config.yml",), _set("run command"), "bash", r"<<[^<>\n]*>>"),
    CiSystem(
        ("azure-pipelines.yml", "azure-pipelines.yaml"),
        _set("script bash"),
        "bash",
        r"\$\([\w.]+\)|\$\{\{.*?\}\}|\$\[.*?\]",
    ),
    CiSystem(("bitbucket-pipelines.yml",), _set("script after-script"), "bash", ""),
    CiSystem(
        (".travis.yml",),
        _set("script install before_install before_script after_success after_script deploy_script"),
        "bash",
        "",
    ),
    CiSystem((".drone.yml", ".woodpecker.yml", ".woodpecker.yaml"), _set("commands"), "sh", r"\$\{\{.*?\}\}"),
    CiSystem((".buildkite/pipeline.yml", ".buildkite/pipeline.yaml"), _set("command commands"), "bash", ""),
)


def system_of(path: str) -> CiSystem | None:
    """The CI system that reads a file of that path."""
    low = path.lower()
    return next((one for one in SYSTEMS if any(low == name or low.endswith(f"/{name}") for name in one.files)), None)
