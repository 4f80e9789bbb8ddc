"""The configuration files of other linters at the root of a repository, as plain data."""

from __future__ import annotations

import json
import os
from collections.abc import Callable

from infralint.engine.peers import readers
from infralint.engine.peers.off import PeerConfig
from infralint.text.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_BYTES = 200_000


class Home(NamedTuple):
    """Where a linter's configuration is, and what reads it."""

    peer: str
    names: tuple[str, ...]
    form: str
    read: Callable[[PeerConfig, Any], None]
    needle: str = ""
    """A text without which the file says nothing of the linter."""


HOMES = (
    Home("hadolint", (".hadolint.yaml", ".hadolint.yml"), "yaml", readers.hadolint),
    Home("zizmor", ("zizmor.yml", "zizmor.yaml", ".github/zizmor.yml", ".github/zizmor.yaml"), "yaml", readers.zizmor),
    Home("actionlint", (".github/actionlint.yaml", ".github/actionlint.yml"), "yaml", readers.actionlint),
    Home("checkov", (".checkov.yaml", ".checkov.yml"), "yaml", readers.checkov),
    Home("trivy", (".trivyignore",), "text", readers.trivyignore),
    Home("trivy", (".trivyignore.yaml", ".trivyignore.yml"), "yaml", readers.trivyignore_yaml),
    Home("trivy", ("trivy.yaml", "trivy.yml"), "yaml", readers.trivy),
    Home("dclint", (".dclintrc", ".dclintrc.yaml", ".dclintrc.yml", ".dclintrc.json"), "yaml", readers.dclint),
    Home("gitleaks", (".gitleaks.toml", "gitleaks.toml"), "toml", readers.gitleaks),
    Home("gitleaks", (".gitleaksignore",), "text", readers.gitleaksignore),
    Home("dotenv-linter", (".pre-commit-config.yaml",), "yaml", readers.dotenv_linter_hook, "dotenv-linter"),
    Home("yamllint", (".yamllint", ".yamllint.yaml", ".yamllint.yml"), "yaml", readers.yamllint),
)


def configs_in(root: str, honor: tuple[str, ...] | None = None) -> list[PeerConfig]:
    """What of other linters is configured at a root; those of `honor` alone, where given. A broken file says nothing."""
    found = []
    for home in HOMES:
        if honor is not None and home.peer not in honor:
            continue
        name = next((name for name in home.names if _is_plain(root, name)), None)
        if name is None:
            continue
        config = PeerConfig(home.peer, name)
        data = _data(os.path.join(root, name), home)
        if data == {} and home.needle:
            continue
        if data is None:
            config.untold.append("the file cannot be read")
        else:
            home.read(config, data)
        if config.offs or config.severities or config.untold or config.fail_on:
            found.append(config)
    return found


def _is_plain(root: str, name: str) -> bool:
    path = os.path.join(root, name)
    return os.path.isfile(path) and os.path.realpath(path).startswith(os.path.realpath(root).rstrip(os.sep) + os.sep)


def _data(path: str, home: Home) -> Any:
    """A file as plain data; None where it cannot be read as that."""
    try:
        with open(path, "rb") as stream:
            text = stream.read(MAX_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    if home.needle not in text:
        return {}
    try:
        if home.form == "toml":
            import tomllib

            return tomllib.loads(text)
        if home.form == "yaml":
            import yaml

            return json.loads(text) if path.endswith(".json") else yaml.safe_load(text) or {}
    except (ValueError, RecursionError, TypeError):
        return None
    except Exception as error:
        if type(error).__module__.partition(".")[0] != "yaml":
            raise
        return None
    return text
