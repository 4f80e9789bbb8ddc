"""The workflow's own token: where it is written, and which steps are given it."""

from __future__ import annotations

from infralint.model.github.step import EnvEntry, Step
from infralint.text import regex as re

_TOKEN = r"(?i)\$\{\{\s*(?:github\.token|secrets\.github_token)\s*\}\}"


def is_own_token(text: str) -> bool:
    """Whether a value is the workflow's own token and nothing else."""
    return re.fullmatch(_TOKEN, text.strip()) is not None


def own_token_in(text: str) -> bool:
    """Whether the workflow's own token is written in a text."""
    return re.search(_TOKEN, text) is not None


def variables_for(step: Step) -> list[EnvEntry]:
    """The variables of the step, its job and the workflow, the nearest first."""
    job = step.job
    return [*step.variables, *job.variables, *job.workflow.variables] if job is not None else step.variables


def variable_text(step: Step, name: str) -> str | None:
    """A variable of the step, its job or workflow as it is written; None where none of them sets it."""
    entry = next((each for each in variables_for(step) if each.name == name), None)
    return None if entry is None else str(entry.text or "").strip()


def has_own_token(step: Step) -> bool:
    """Whether gh is given the job's token in a script, and the script gives it no other."""
    if step.run is None or re.search(r"\b(?:GH|GITHUB)_TOKEN=|gh auth login|GH_REPO|GH_HOST", step.run.text):
        return False
    given = [text for name in ("GH_TOKEN", "GITHUB_TOKEN") if (text := variable_text(step, name)) is not None]
    return bool(given) and is_own_token(given[0])
