"""hadolint as an engine. Its settings in the tree are read as data; only ignore, severity and registries are passed on."""

from __future__ import annotations

import json

from infralint.engine.external.answer import Answer, Reported, Unread
from infralint.engine.external.process import Process, Staging, batches
from infralint.text import regex as re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAMES = (".hadolint.yaml", ".hadolint.yml")
WIKI = "https://github.com/hadolint/hadolint/wiki/"
SHELLCHECK = "https://www.shellcheck.net/wiki/"
_CODE = re.compile(r"(?:DL|SC)\d{1,5}")
_LEVELS = ("error", "warning", "info", "style")


class Hadolint:
    """One run of hadolint over staged Dockerfiles."""

    __slots__ = ("_processes", "staging")

    def __init__(self, command: list[str], staging: Staging, paths: list[str], found: dict[str, Any]) -> None:
        self.staging = staging
        settings = staging.write("hadolint.yaml", json.dumps(passed_on(found)))
        fixed = ["--no-fail", "--no-color", "--disable-ignore-pragma", "--format", "json", "--config", settings, "--"]
        files = [f"./{path}" for path in paths]
        self._processes = [Process([*command, *fixed, *some], staging, staging.tree) for some in batches(files)]

    def answer(self, limit: float) -> Answer:
        """Wait, and read what was found."""
        answer = Answer("hadolint")
        for process in self._processes:
            code, output, said = process.wait(limit)
            try:
                rows = json.loads(output) if output.strip() else None
                found = [_reported(row) for row in rows] if isinstance(rows, list) else None
            except (ValueError, KeyError, TypeError):
                found = None
            if code is None:
                answer.failure = "took too long and was ended"
            elif found is None:
                answer.failure = said or f"ended with code {code} and said nothing that could be read"
            for one in found or ():
                if one.path not in self.staging.paths:
                    answer.dropped += 1
                elif one.code == "DL1000":
                    answer.unread.append(Unread(one.path, f"line {one.line}: {one.message.splitlines()[0]}"))
                else:
                    answer.reported.append(one)
        return answer

    def end(self) -> None:
        """Stop it."""
        for process in self._processes:
            process.end()


def _reported(row: dict[str, Any]) -> Reported:
    code = str(row["code"])
    if not _CODE.fullmatch(code):
        raise ValueError(code)
    line = max(int(row["line"]), 1)
    url = (SHELLCHECK if code.startswith("SC") else WIKI) + code
    path = str(row["file"]).replace("\\", "/").removeprefix("./")
    return Reported("hadolint", code, path, line, line, str(row["level"]), str(row["message"]), url)


def passed_on(found: Any) -> dict[str, Any]:
    """Of a repository's settings what says which faults matter; nothing that names a file or a format."""
    out: dict[str, Any] = {"no-fail": True}
    if not isinstance(found, dict):
        return out
    ignored = _codes(found.get("ignored"))
    if ignored:
        out["ignored"] = ignored
    override = found.get("override")
    if isinstance(override, dict):
        out["override"] = {level: _codes(override.get(level)) for level in _LEVELS if _codes(override.get(level))}
    registries = found.get("trustedRegistries")
    if isinstance(registries, list):
        out["trustedRegistries"] = [
            one for one in registries[:100] if isinstance(one, str) and re.fullmatch(r"[\w.:*/-]{1,200}", one)
        ]
    labels = found.get("label-schema")
    if isinstance(labels, dict):
        kinds = ("text", "rfc3339", "semver", "url", "hash", "spdx", "email")
        out["label-schema"] = {str(name)[:200]: kind for name, kind in list(labels.items())[:100] if kind in kinds}
    if found.get("strict-labels") is True:
        out["strict-labels"] = True
    return out


def _codes(value: Any) -> list[str]:
    return (
        [one for one in value[:500] if isinstance(one, str) and _CODE.fullmatch(one)] if isinstance(value, list) else []
    )
