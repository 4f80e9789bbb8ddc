"""The runners of jobs: their labels, self-hosted ones, Windows."""

from __future__ import annotations

from infralint.analysis.github.matrix import matrix_values
from infralint.model.element import UNKNOWN, Unknown, fact_of, remembered
from infralint.model.github.job import Job
from infralint.model.github.value import known
from infralint.syntax.yaml import Mapping, Scalar, Sequence
from infralint.text.source import Text


@fact_of(Job)
def runs_on(job: Job) -> list[Text] | Unknown | None:
    """The labels of its runner, those of a matrix included; UNKNOWN where they cannot be known."""
    node = job.get("runs-on")
    if isinstance(node, Mapping):
        node = node.get("labels")
    if node is None:
        return None
    found: list[Text] = []
    for item in list(node.values()) if isinstance(node, Sequence) else [node]:
        value = known(item)
        if isinstance(value, Text):
            found.append(value)
        elif value is UNKNOWN and isinstance(item, Scalar):
            resolved = matrix_values(job, item.content)
            if resolved is None:
                return UNKNOWN
            found += resolved
    return found


@fact_of(Job)
def self_hosted_label(job: Job) -> Text | None:
    """The label `self-hosted` of its runner."""
    labels = runs_on(job)
    return next((text for text in labels if text.lower() == "self-hosted"), None) if isinstance(labels, list) else None


@fact_of(Job)
def runner_group(job: Job) -> Text | None:
    """The group that its runner is taken from: self-hosted ones, or larger ones of GitHub's."""
    group = known(job.get("runs-on", "group"))
    return group if isinstance(group, Text) and self_hosted_label(job) is None else None


@remembered
def is_windows(job: Job) -> bool | Unknown:
    """Whether it runs on Windows; UNKNOWN if it may, or may not."""
    labels = runs_on(job)
    if not isinstance(labels, list):
        return UNKNOWN
    windows = ["windows" in label.lower() for label in labels]
    return True if windows and all(windows) else UNKNOWN if any(windows) else False
