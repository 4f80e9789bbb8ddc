"""Events of GitHub Actions: their activities and filters, cron lines and the patterns of filters.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows, as of 2026-11.
"""

from __future__ import annotations

from infralint.text import regex as re

_PULL = (
    "assigned unassigned labeled unlabeled opened edited closed reopened synchronize converted_to_draft locked unlocked "
    "enqueued dequeued milestoned demilestoned ready_for_review review_requested review_request_removed "
    "auto_merge_enabled auto_merge_disabled stacked"
)
TYPES: dict[str, frozenset[str]] = {
    event: frozenset(types.split())
    for event, types in {
        "branch_protection_rule": "created edited deleted",
        "check_run": "created rerequested completed requested_action",
        "check_suite": "completed requested rerequested",
        "discussion": "created edited deleted transferred pinned unpinned labeled unlabeled locked unlocked "
        "category_changed answered unanswered",
        "discussion_comment": "created edited deleted",
        "issue_comment": "created edited deleted pinned unpinned",
        "issues": "opened edited deleted transferred pinned unpinned closed reopened assigned unassigned labeled "
        "unlabeled locked unlocked milestoned demilestoned typed untyped field_added field_removed",
        "label": "created edited deleted",
        "merge_group": "checks_requested destroyed",
        "milestone": "created closed opened edited deleted",
        "project": "created updated closed reopened edited deleted",
        "project_card": "created moved converted edited deleted",
        "project_column": "created updated moved deleted",
        "pull_request": _PULL,
        "pull_request_review": "submitted edited dismissed",
        "pull_request_review_comment": "created edited deleted",
        "pull_request_target": _PULL,
        "registry_package": "published updated",
        "release": "published unpublished created edited deleted prereleased released",
        "watch": "started",
        "workflow_run": "completed requested in_progress",
    }.items()
}
"""The activities of an event; events that are not here take any, or none."""

FILTERS = frozenset("branches branches-ignore tags tags-ignore paths paths-ignore types workflows".split())  # noqa: SIM905

_MONTHS = {name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # noqa: SIM905
_DAYS = {name: at for at, name in enumerate("sun mon tue wed thu fri sat".split())}  # noqa: SIM905
_FIELDS: tuple[tuple[int, int, dict[str, int]], ...] = (
    (0, 59, {}),
    (0, 23, {}),
    (1, 31, {}),
    (1, 12, _MONTHS),
    (0, 7, _DAYS),
)


def cron_fault(line: str) -> str | None:
    """What is wrong with a cron line, in words; None for one that GitHub takes."""
    fields = line.split()
    if len(fields) != 5:
        return f"a cron line has five fields, not {len(fields)}"
    minutes: set[int] = set()
    for at, (field, (low, high, names)) in enumerate(zip(fields, _FIELDS, strict=True)):
        values = _values(field.lower(), low, high, names)
        if values is None:
            return f"`{field}` is not a valid cron field"
        if at == 0:
            minutes = values
    inner = sorted(minutes)
    gaps = [later - earlier for earlier, later in zip(inner, [*inner[1:], inner[0] + 60], strict=True)]
    if min(gaps) < 5 and len(inner) > 1:
        return f"it runs every {min(gaps)} minutes; the shortest interval that GitHub runs is 5 minutes"
    return None


def _values(field: str, low: int, high: int, names: dict[str, int]) -> set[int] | None:
    found: set[int] = set()
    for part in field.split(","):
        match = re.fullmatch(r"(\*|\w+(?:-\w+)?)(?:/(\d{1,3}))?", part)
        if match is None:
            return None
        step = int(match[2]) if match[2] else 1
        if step == 0:
            return None
        if match[1] == "*":
            first, last = low, high
        else:
            ends = match[1].split("-")
            numbers = [names.get(end, int(end) if end.isdigit() else -1) for end in ends]
            if any(number < low or number > high for number in numbers):
                return None
            first, last = numbers[0], numbers[-1] if len(numbers) > 1 or not match[2] else high
            if last < first:
                return None
        found.update(range(first, last + 1, step))
    return found


def is_timezone(name: str) -> bool | None:
    """Whether a timezone of that name exists; None where this machine has no list of them."""
    import zoneinfo

    try:
        zoneinfo.ZoneInfo("Europe/Paris")
    except (zoneinfo.ZoneInfoNotFoundError, OSError):
        return None
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def pattern_fault(pattern: str, *, is_path: bool) -> str | None:
    """What is wrong with the pattern of a filter, in words."""
    body = pattern.removeprefix("!")
    if not body:
        return "is empty"
    if is_path:
        if body != body.strip():
            return "begins or ends with a blank; no path matches"
        if body in (".", "..") or body.startswith(("./", "../")) or "/./" in body or "/../" in body:
            return "contains `.` or `..`; no path matches"
    else:
        if re.search(
            r"[\x00-\x20~^:\\]",
            body.replace("\\*", "").replace("\\?", "").replace("\\+", "").replace("\\[", "").replace("\\!", ""),
        ):
            return "contains a character that no branch or tag has; filters are glob patterns, not regular expressions"
        if body.startswith("/") or body.endswith(("/", ".")) or "//" in body or ".." in body.replace("...", ".."):
            return (
                "matches no branch or tag; none begins or ends with a slash or contains `..`"
                if ".." not in body
                else "contains `..`; no branch or tag matches"
            )
    group = re.search(r"[?*+@!]\([^()/]*+\)|\([^()/|]*+\|[^()/]*+\)|\{[^{}/,]*+,[^{}/]*+\}", body)
    if group is not None and not (is_path and group[0][0] in "?*+@!" and "|" not in group[0]):
        return f"has a group `{group[0]}`, which GitHub's patterns do not know; it matches only that text"
    at, before = 0, ""
    while at < len(body):
        char = body[at]
        if char == "\\":
            at, before = at + 2, "x"
            continue
        if char in "?+" and before in ("", "*", "?", "+"):
            return f"has a `{char}` with nothing before it to repeat"
        if char == "[":
            end = body.find("]", at + 1)
            if end < 0:
                return "has an unclosed `[`"
            inside = body[at + 1 : end]
            if not inside:
                return "has an empty `[]`"
            for one, other in re.findall(r"(.)-(.)", inside):
                if one > other:
                    return f"has a range that ends before it begins: `{one}-{other}`"
            at, before = end + 1, "]"
            continue
        before = char
        at += 1
    return None
