"""The command line of `infralint check` read without click, where it says only what is common.

What stands here means exactly what click makes of it; whatever else is written (help, numbers, an unknown option, a
missing value) is left to click, which also says what is wrong with it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FLAGS = {
    "--staged": "staged", "--trust-rules": "trust_rules", "--statistics": "statistics", "--fix": "fix",
    "--unsafe-fixes": "unsafe_fixes", "--diff": "show_diff", "--all-text": "all_text", "--no-baseline": "no_baseline",
    "--force-exclude": "force_exclude", "--no-inline-ignores": "no_inline_ignores", "--show-files": "show_files",
    "--show-settings": "show_settings", "--no-cache": "no_cache", "--quiet": "quiet", "-q": "quiet",
}  # fmt: skip
SWITCHES = {"--color": ("color", True), "--no-color": ("color", False)}
TEXTS = {
    "--root": "root", "--new-from": "new_from", "--policy-from": "policy_from", "--config": "config", "--rules": "rules_folder", "--docs-url": "docs_url",
    "--fail-on": "fail_on", "--patch": "patch", "--as": "as_kind", "--baseline": "baseline",
    "--write-baseline": "write_baseline", "--stdin-filename": "stdin_filename", "--cache-dir": "cache_dir",
}  # fmt: skip
WORDS = {
    "--profile": ("profile", ("default", "pedantic", "all")),
    "--min-severity": ("min_severity", ("critical", "high", "medium", "low", "info")),
    "--min-confidence": ("min_confidence", ("high", "medium", "low")),
    "--format": ("form", ("text", "concise", "json", "github", "sarif", "gitlab", "junit", "checkstyle", "markdown")),
    "--group-by": ("group_by", ("file", "rule")),
}
LISTS = {
    "--select": "select", "--extend-select": "extend_select", "--ignore": "ignore", "--exclude": "exclude",
    "--output": "outputs",
}  # fmt: skip
COMPLETION = "_INFRALINT_COMPLETE"
"""The variable with which a shell asks click for completions."""


def parse(arguments: Sequence[str]) -> tuple[tuple[str, ...], dict[str, Any]] | None:
    """The paths and the options of a command line of `check`; None for one that is click's to read."""
    if arguments[:1] != ["check"] or COMPLETION in os.environ or os.name == "nt":  # on Windows click expands patterns
        return None
    given = _defaults()
    paths: list[str] = []
    rest = list(reversed(arguments[1:]))
    while rest:
        word = rest.pop()
        if not word.startswith("-") or word == "-":
            paths.append(word)
            continue
        if word in FLAGS:
            given[FLAGS[word]] = True
        elif word in SWITCHES:
            name, given_value = SWITCHES[word]
            given[name] = given_value
        else:
            option, sign, value = word.partition("=")
            if not sign and rest and not rest[-1].startswith("-"):
                value = rest.pop()
            elif not sign:
                return None
            if not _take(given, option, value):
                return None
    return tuple(paths), {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}


def _take(given: dict[str, Any], option: str, value: str) -> bool:
    """Set an option that has a value; whether it is one of those known here."""
    if option in TEXTS:
        given[TEXTS[option]] = value
    elif option in WORDS and value in WORDS[option][1]:
        given[WORDS[option][0]] = value
    elif option in LISTS:
        given[LISTS[option]].append(value)
    else:
        return False
    return True


def _defaults() -> dict[str, Any]:
    given: dict[str, Any] = dict.fromkeys(FLAGS.values(), False)
    given.update(dict.fromkeys(TEXTS.values()), color=None, watch=False, max_findings=None)
    given.update({name: None for name, _ in WORDS.values()})
    given.update({name: [] for name in LISTS.values()}, engines=[], commands=[], engine_timeout=None)
    given.update(online=False, server="https://github.com", online_timeout=60.0)
    return given
