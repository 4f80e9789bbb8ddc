"""Dependabot's configuration."""

from __future__ import annotations

from infralint.model.github.dependabot import DependabotDocument
from infralint.model.index import Index
from infralint.text.source import Source


def test_dependabot() -> None:
    text = "version: 2\nupdates:\n  - package-ecosystem: pip\n    directory: /\n    cooldown: {default-days: 7, semver-major-days: 3}\n"
    document = DependabotDocument(Source(".github/dependabot.yml", text), Index("/nonexistent"), "dependabot")
    (update,) = document.updates
    assert update.ecosystem == "pip"
    assert update.cooldown is not None and update.cooldown.default_days == 7 and update.cooldown.shortest == 3
