"""A rule as SARIF describes it: what GitHub shows beside an alert."""

from __future__ import annotations

from infralint.engine.report import RuleInfo
from infralint.output.text import LEVELS
from infralint.text.finding import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LIMIT = 1024
"""Characters that GitHub takes of a description."""

TAGS = 10
SCORES = {Severity.CRITICAL: "9.5", Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "3.0"}
PROBLEMS = {"error": "error", "warning": "warning", "note": "recommendation"}
ROLES = {"bad": "Reported:", "fixed": "After the fix:", "good": "Not reported:"}


def descriptor(rule: RuleInfo, page: str = "") -> Any:
    """The rule's `reportingDescriptor`; `page` is the address of its published page, "" for none."""
    import sarif_om as om

    prose, markdown = rule_markdown(rule.body)
    level = LEVELS[rule.severity]
    title = sentence(rule.title or rule.id)
    names = f"`# infralint: ignore[{rule.id if rule.engine else rule.name}] reason`"
    silence = f"To accept it, write {names} on the line or the line above, where the format has comments."
    if not rule.engine and not page:
        silence += f" `infralint explain {rule.name}` prints this page."
    more = "".join(f"\n- {_linked(reference)}" for reference in rule.references)
    document = f"**{title}**\n\n{markdown}\n\n{silence}\n" + (f"\nReferences:\n{more}\n" if more else "")
    return om.ReportingDescriptor(
        id=rule.id,
        name=pascal(rule.id)[:255],
        short_description=om.MultiformatMessageString(text=title[:LIMIT]),
        full_description=om.MultiformatMessageString(text=sentence(_first(prose) or title)[:LIMIT]),
        help=om.MultiformatMessageString(text=f"{prose or title}\n\n{silence}", markdown=document),
        help_uri=page or (rule.references[0] if rule.engine and rule.references else None),
        default_configuration=om.ReportingConfiguration(level=level),
        properties=_properties(rule, level),
    )


def _properties(rule: RuleInfo, level: str) -> dict[str, Any]:
    security = "security" in rule.tags
    numbers = [entry.rpartition("/")[2] for entry in rule.cwe]
    weaknesses = [f"external/cwe/cwe-{number.zfill(3)}" for number in numbers]
    ordered = [*(["security"] if security else []), *rule.tags, *([rule.kind] if rule.kind else []), *weaknesses]
    bag: dict[str, Any] = {
        "tags": list(dict.fromkeys(ordered))[:TAGS],
        "precision": rule.confidence.label,
        "problem.severity": PROBLEMS[level],
    }
    if security and rule.severity in SCORES:
        bag["security-severity"] = SCORES[rule.severity]
    return bag


def rule_markdown(body: str) -> tuple[str, str]:
    """A rule's prose, and its whole text with the examples named and the marks of the examples' spans taken out."""
    prose: list[str] = []
    lines: list[str] = []
    fence = ""
    for line in body.strip().splitlines():
        opens = line.lstrip()
        if not fence and opens.startswith("```"):
            fence = opens[: len(opens) - len(opens.lstrip("`"))]
            language, *words = opens[len(fence) :].split() or [""]
            role = next((ROLES[word] for word in words if word in ROLES), None)
            lines += ([role, ""] if role else []) + [fence + language]
        elif fence:
            if opens.rstrip() == fence:
                fence = ""
            lines.append(line.replace("«", "").replace("»", ""))
        else:
            prose.append(line)
            lines.append(line)
    return "\n".join(prose).strip(), "\n".join(lines)


def _first(prose: str) -> str:
    return " ".join(prose.partition("\n\n")[0].split())


def sentence(text: str) -> str:
    """The text with a full stop, as viewers that put several side by side expect."""
    return text if text.endswith((".", "!", "?", ":")) else text + "."


def pascal(name: str) -> str:
    """`dockerfile/runs-as-root` as DockerfileRunsAsRoot."""
    words = "".join(c if c.isalnum() else " " for c in name).split()
    return "".join(word[:1].upper() + word[1:] for word in words)


def _linked(reference: str) -> str:
    return f"<{reference}>" if reference.startswith("https://") else reference
