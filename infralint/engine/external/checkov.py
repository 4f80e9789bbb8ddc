"""Checkov as an engine, over a staged tree in which no settings of the repository lie: it would run Python named there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator

from infralint.engine.external.answer import Answer, Reported, Unread
from infralint.engine.external.process import Process, Staging
from infralint.text import regex as re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAMES = (".checkov.yaml", ".checkov.yml")
FILES = (
    ".tf", ".tf.json", ".tfvars", ".tofu", ".yaml", ".yml", ".json", ".bicep", ".template", ".tpl", ".env", ".txt", ".toml",
    "dockerfile", "containerfile",
)  # fmt: skip
"""How the names of files end, or are, that Checkov has a framework for."""
FRAMEWORKS: tuple[tuple[str, str, str], ...] = (
    ("ansible", "", "tasks:"), ("ansible", "", "hosts:"), ("ansible", "", "ansible"), ("argo_workflows", "", "argoproj"),
    ("arm", "", "deploymenttemplate.json"), ("azure_pipelines", "azure-pipelines", ""), ("bicep", ".bicep", ""),
    ("bitbucket_pipelines", "bitbucket-pipelines", ""), ("circleci_pipelines", ".circleci/", ""),
    ("cloudformation", "", "aws::"), ("dockerfile", "dockerfile", ""), ("dockerfile", "containerfile", ""),
    ("github_actions", ".github/workflows/", ""), ("gitlab_ci", "gitlab-ci", ""),
    ("kubernetes", "", "apiversion"), ("openapi", "", "openapi"), ("openapi", "", "swagger"),
    ("serverless", "serverless.", ""), ("terraform", ".tf", ""), ("terraform", ".tofu", ""), ("terraform_json", ".tf.json", ""),
    ("terraform_plan", ".json", "planned_values"),
)  # fmt: skip
"""Frameworks of Checkov with a part of the path and a part of the text (both small) that their files cannot be without.

Each framework that is asked goes through the whole tree, so those with no file there are left out; `secrets` reads everything.
"""
RENDERED = ("kustomization.yaml", "kustomization.yml", "kustomization", "chart.yaml", "chart.yml")
"""What Checkov hands to kubectl and helm, which fetch what it names: neither of the two frameworks is asked."""
_CHECK = re.compile(r"CKV2?_[A-Z0-9]{1,20}_\d{1,5}")
_WORD = re.compile(r"[a-z_]{1,40}")
DOCS = "https://www.checkov.io/5.Policy%20Index/all.html"


def is_for(path: str) -> bool:
    """Whether Checkov reads files of that name."""
    name = path.rpartition("/")[2].lower()
    return name.endswith(FILES) or name.startswith(("dockerfile.", "containerfile."))


def frameworks_of(files: Iterable[tuple[str, str]]) -> list[str]:
    """The frameworks that may have a say about files, given as path and text."""
    found = {"secrets"}
    for path, text in files:
        low_path, low_text = path.lower(), ""
        for name, path_part, text_part in FRAMEWORKS:
            if name not in found and path_part in low_path:
                low_text = low_text or (text.lower() if text_part else "")
                if text_part in low_text:
                    found.add(name)
    return sorted(found)


class Checkov:
    """One run of Checkov over the staged tree."""

    __slots__ = ("_process", "staging")

    def __init__(self, command: list[str], staging: Staging, frameworks: list[str], found: dict[str, Any]) -> None:
        self.staging = staging
        kept = [name for name in frameworks if name not in left_out(found)] or ["secrets"]
        own = os.path.join(staging.base, "no-checks")
        os.mkdir(own)
        settings = staging.write("checkov.yaml", "quiet: false\n")
        fixed = [
            "--directory", staging.tree, "--config-file", settings, "--external-checks-dir", own, "--skip-download",
            "--compact", "--soft-fail", "--output", "json", "--download-external-modules", "false", "--framework", *kept,
        ]  # fmt: skip
        staging.seal()
        self._process = Process([*command, *fixed, *passed_on(found)], staging)

    def answer(self, limit: float) -> Answer:
        """Wait, and read what was found."""
        answer = Answer("checkov")
        code, output, said = self._process.wait(limit)
        try:
            data = json.loads(output[max(min(output.find(sign) for sign in (b"{", b"[") if sign in output), 0) :])
            found = list(_rows(data, self.staging.tree))
        except (ValueError, KeyError, TypeError):
            answer.failure = (
                "took too long and was ended"
                if code is None
                else said or f"ended with code {code} and said nothing that could be read"
            )
            return answer
        seen: set[tuple[str, str, int, str]] = set()
        for one in found:
            mark = (one.code, one.path, one.line, one.message)
            if one.path not in self.staging.paths:
                answer.dropped += 1
            elif one.code == "unread":
                answer.unread.append(Unread(one.path, "cannot be parsed"))
            elif mark not in seen:
                seen.add(mark)
                answer.reported.append(one)
        return answer

    def end(self) -> None:
        """Stop it."""
        self._process.end()


def _rows(data: Any, tree: str) -> Iterator[Reported]:
    for framework in data if isinstance(data, list) else [data]:
        results = framework.get("results", {})
        for path in results.get("parsing_errors") or ():
            yield Reported("checkov", "unread", _path(str(path), tree), 1, 1, "", "")
        for row in results.get("failed_checks") or ():
            code = str(row["check_id"])
            if not _CHECK.fullmatch(code):
                continue
            first, last = (int(number) for number in row["file_line_range"])
            name = str(row["check_name"])
            resource = str(row.get("resource") or "").strip("/")
            names = (
                framework.get("check_type") not in ("dockerfile", "github_actions") and resource and "/" not in resource
            )
            speaks = f"{name} ({resource})" if names and len(resource) < 120 else name
            url = row.get("guideline") or DOCS
            line = max(first, 1)
            severity = str(row.get("severity") or "").lower()
            yield Reported(
                "checkov",
                code,
                _path(str(row["file_path"]), tree),
                line,
                max(last, line),
                severity,
                speaks,
                str(url),
                whole=first <= 1,
            )


def _path(path: str, tree: str) -> str:
    return path.removeprefix(tree).replace("\\", "/").lstrip("/")


def passed_on(found: Any) -> list[str]:
    """Of a repository's settings what says which checks matter; nothing that names a file, a folder or a key."""
    out: list[str] = []
    for key in ("check", "skip-check"):
        words = _words(found, key, _CHECK)
        if words:
            out += [f"--{key}", ",".join(words)]
    return out


def left_out(found: Any) -> list[str]:
    """The frameworks that a repository's settings skip."""
    return _words(found, "skip-framework", _WORD)


def _words(found: Any, key: str, pattern: re.Pattern[str]) -> list[str]:
    value = found.get(key) if isinstance(found, dict) else None
    given = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return [one.strip() for one in given[:500] if isinstance(one, str) and pattern.fullmatch(one.strip())]
