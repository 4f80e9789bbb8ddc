"""Where untrusted text and files enter a workflow besides the event, and what passes them on or runs them.

As of 2026-11, from the actions' own descriptions. An action that is not here passes nothing on, as far as is known.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

import re
from functools import cache

UNTRUSTED_EVENTS = frozenset(
    "pull_request_target workflow_run issue_comment issues discussion discussion_comment gollum fork watch".split()
)
"""Events that untrusted users cause and that run with this repository's token and secrets."""

HEAD_EVENTS = frozenset("pull_request_target workflow_run issue_comment".split())
"""Those of them that have a pull request's code within reach."""

TEXT_OUTPUTS: dict[str, frozenset[str]] = {
    name: frozenset(outputs.split())
    for name, outputs in {
        "dorny/paths-filter": "*_files",
        "peter-evans/find-comment": "comment-body",
        "stefanbuck/github-issue-parser": "issueparser_* jsonstring",
        "eficode/resolve-pr-refs": "head_ref",
        "jitterbit/get-changed-files": "all added modified removed renamed added_modified deleted",
        "octokit/request-action": "data",
        "peter-murray/issue-body-parser-action": "payload",
        "peter-murray/issue-forms-body-parser": "payload",
        "redhat-plumbers-in-action/download-artifact": "*",
        "tj-actions/branch-names": "current_branch head_ref_branch ref_branch",
        "tj-actions/changed-files": "added_files copied_files deleted_files modified_files renamed_files all_changed_files "
        "all_modified_files all_changed_and_modified_files all_old_new_renamed_files other_changed_files "
        "other_modified_files other_deleted_files type_changed_files unmerged_files unknown_files",
        "umani/changed-files": "files_created files_updated files_deleted",
        "xt0rted/pull-request-comment-branch": "head_ref",
    }.items()
}
"""Outputs that hold text of the author of a pull request or issue: branches, names of files, bodies."""

BY_ONE_AUTHOR = {"peter-evans/find-comment": "comment-author"}
"""The input by which such an action takes the text of one author alone."""

PASSING: dict[str, tuple[tuple[str, str], ...]] = {
    "frabert/replace-string-action": (("string", "replaced"),),
    "frabert/replace-string": (("string", "replaced"),),
    "mad9000/actions-find-and-replace-string": (("source", "value"),),
    "zentered/issue-forms-body-parser": (("body", "data"),),
    "ashley-taylor/regex-property-action": (("value", "value"),),
    "actions-ecosystem/action-regex-match": tuple(("text", each) for each in ("match", "group1", "group2", "group3")),
    "haya14busa/action-cond": (("if_true", "value"), ("if_false", "value")),
}
"""Actions whose output carries what an input holds."""

FILE_READERS = {
    "juliangruber/read-file-action": "content",
    "andstor/file-reader-action": "contents",
    "jaywcjlove/github-action-read-file": "content",
}
"""Actions whose output is the text of a file."""

HEAD_OUTPUTS: dict[str, frozenset[str]] = {
    "alessbell/pull-request-comment-branch": frozenset(("head_ref", "head_sha")),
    "eficode/resolve-pr-refs": frozenset(("head_ref", "head_sha")),
    "gotson/pull-request-comment-branch": frozenset(("head_ref", "head_sha")),
    "potiuk/get-workflow-origin": frozenset(("sourceheadbranch", "sourceheadsha")),
    "xt0rted/pull-request-comment-branch": frozenset(("head_ref", "head_sha")),
}
"""Outputs that name the head of a pull request."""

ARTIFACT_ACTIONS = frozenset(
    """actions/download-artifact dawidd6/action-download-artifact aochmann/actions-download-artifact
    bettermarks/action-artifact-download blablacar/action-download-last-artifact levonet/action-download-last-artifact
    ishworkh/docker-image-artifact-download redhat-plumbers-in-action/download-artifact
    ishworkh/container-image-artifact-download""".split()
)


@cache
def running() -> re.Pattern[str]:
    """Commands that run what lies in the working folder: scripts of it, and tools that its configuration programs."""
    return re.compile(
        r"""(?mx)(?:^|[;&|(`{]|\b(?:then|do|else|sudo|exec|time|xvfb-run|env)\s)[ \t]*+(?:\w++=\S*+(?:[ \t]|\\\n)++)*+
        (?P<command>
          (?P<own>\.{1,2}/[\w./-]+|[\w.-]+/[\w./-]*\.(?:sh|bash|py|pl|rb|js|ts)\b)
        | (?:bash|sh|zsh|source|\.|python[\d.]*|node|ruby|perl|php|deno\ run|bun\ run)\s+(?:-[eux]+\s+)*(?P<file>(?!-)[\w./-]+)
        | (?:yarn|pnpm)[ \t]*(?:$|[;&|])
        | (?:npm|pnpm|yarn|bun)\s+(?!config\b|login\b|view\b|whoami\b|(?:i|install)\s(?:.*\s)?(?:-g|--global)\b)[a-z][\w-]*
        | npx\s+\S+
        | (?:make|gmake|just|task|rake|grunt|gulp|tox|nox|pytest|ant|msbuild|bazel|buck|pre-commit|mypy|flake8|isort|black
            |phpunit|jest|vitest|eslint|webpack|vite|ninja|scons|waf)(?:\s|$)
        | (?:pip[\d.]*|uv\ pip)\s+install\s.*?(?:-r\s|-e\s|\.(?:\s|$)|/)
        | (?:cargo|go|dotnet|mvn|gradle|sbt|mix|swift|stack|cabal|lein|flutter|dart)\s+\w+
        | (?:mvnw|gradlew)\b
        | (?:bundle|composer|poetry|pdm|hatch|uv|pipenv)\s+(?:install|exec|run|sync|update|build)
        | docker\s+(?:build|compose\s+(?:up|build|run))\b
        | sed\s+-f\s+\S+ | awk\s+-f\s+\S+
        | terraform\s+(?:init|plan|apply) | ansible-playbook
        )"""
    )


@cache
def head_pattern() -> re.Pattern[str]:
    """What names the head of a pull request."""
    return re.compile(
        r"github\.head_ref|GITHUB_HEAD_REF|github\.event\.pull_request\.(?:head\b|merge_commit_sha)|refs/pull/"
        r"|github\.event\.workflow_run\.(?:head|pull_requests)"
        r"|github\.event\.(?:check_suite|check_run|merge_group)\.\S{0,200}head",
        re.IGNORECASE,
    )


PERMISSION_CHECKS = frozenset(
    """actions-cool/check-user-permission sushichop/action-repository-permission lannonbr/repo-permission-check-action
    prince-chrismc/check-actor-permissions-action 74th/workflow-permission-action
    skjnldsv/check-actor-permission get-write-permission xt0rted/slash-command-action tspascoal/get-user-teams-membership github/command github/branch-deploy""".split()
)
"""Actions that find out what the user who caused the event may do."""

ASKS_NOBODY = frozenset(
    """khan/pull-request-comment-trigger shanegenschaw/pull-request-comment-trigger xt0rted/pull-request-comment-branch
    alessbell/pull-request-comment-branch potiuk/get-workflow-origin actions-ecosystem/action-regex-match dorny/paths-filter
    peter-evans/find-comment jungwinter/split mheap/github-action-required-labels madhead/semver-utils
    8bitjonny/gh-get-current-pr jwalton/gh-find-current-pr""".split()
)
"""Actions whose outputs say nothing of what a user may do, by their documentation (read 2026-11)."""
