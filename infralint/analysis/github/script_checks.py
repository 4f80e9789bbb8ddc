"""What a step asks of the user or pull request that caused its run, and whether it fails where the answer is no."""

from __future__ import annotations

from infralint.analysis.github.environment import variable_at
from infralint.analysis.github.scripts import commands_of
from infralint.model.element import remembered
from infralint.model.github.step import Step
from infralint.tables.actions import has
from infralint.text import regex as re

_ASKED = {
    "repository": re.compile(
        r"head\.repo\.(?:full_name|fork|owner|id)|\bhead_repository\b|isCrossRepository|headRepositoryOwner"
    ),
    "permission": re.compile(
        r"getCollaboratorPermissionLevel|/collaborators/[^\n]{0,300}permission|getMembershipForUserInOrg|checkMembership"
        r"|checkCollaborator|/(?:orgs|teams)/[^\n]{0,300}/(?:members|memberships)\b|/collaborators/[^\s/\"']+[\"']?(?:\s|$)"
        r"|viewerPermission|\brole_name\b|\blistMembersInOrg\b|\blistCollaborators\b"
    ),
    "association": re.compile(r"author_association|authorAssociation"),
}
"""What a script asks of a pull request or its author."""

_ACTOR = re.compile(
    r"github\.(?:actor|triggering_actor)\b|context\.actor\b|\bGITHUB_(?:TRIGGERING_)?ACTOR\b"
    r"|\b(?:sender|user)\.login\b"
)
_COMPARES = re.compile(
    r"!==?|==?(?=[^=]*\|\|)|-(?:ne|notin|notcontains|notmatch|notlike)\b|!\s*[\w.\[\]'\", ]{0,300}(?:includes|has|some)\("
    r"|\bnot in\b|!\s*grep\b|\bgrep\b[^\n]{0,300}\|\||\bcase\b|\bunless\b"
)
"""A comparison that names whom a script lets pass, rather than whom it keeps out."""
_TESTS = re.compile(
    r"!==?|==|=~|\s=\s|-(?:eq|ne|in|notin|contains|notcontains|match|notmatch)\b|\bcase\b|\bgrep\b|\.(?:includes|has|some)\("
    r"|\bin\b"
)


@remembered
def checks_of(step: Step) -> frozenset[str]:
    """What a step asks of the user or pull request, be it to fail or to put out an answer."""
    uses = step.uses
    if uses is not None and has(uses.action, "permission-check"):
        return frozenset(("permission",))
    script = script_text(step)
    found = {name for name, pattern in _ASKED.items() if pattern.search(script)}
    tested = _tested_variables(step, script) if script else ""
    found |= {name for name, pattern in _ASKED.items() if pattern.search(tested)}
    if any(_ACTOR.search(line) and _COMPARES.search(line) for line in f"{script}\n{tested}".splitlines()):
        found.add("actor")
    return frozenset(found)


def _tested_variables(step: Step, script: str) -> str:
    """The lines of a script that compare a variable whose `env:` entry is an expression, each with that expression."""
    found = []
    lines = [line for line in script.splitlines() if _TESTS.search(line)]
    for name in set(re.findall(r"\b[A-Za-z_]\w*\b", "\n".join(lines))):
        entry = variable_at(step.file, (*step.route, "run"), name.lower())
        if entry is None or entry.name != name or entry.text is None or "${{" not in entry.text:
            continue
        shown = re.compile(rf"(?:\$\{{?(?:env:)?|\benv\.|environ(?:\.get\(|\[)[\"'])({re.escape(name)})\b")
        found += [f"{entry.text} {line}".replace("\n", " ") for line in lines if shown.search(line)]
    return "\n".join(found)


def script_text(step: Step) -> str:
    """Its script, or the one that `actions/github-script` runs; "" of any other step."""
    if step.run is not None:
        return str(step.run.text)
    held = step.input_named("script") if step.uses is not None and step.uses.action == "actions/github-script" else None
    return str(held.text) if held is not None and held.text is not None else ""


def may_fail(step: Step) -> bool:
    """Whether it ends the job where its check is not passed."""
    if step.uses is not None and has(step.uses.action, "permission-check"):
        return True
    return (
        re.search(
            r"\bexit [1-9]|\bsetFailed\(|\bthrow\b|\bprocess\.exit\([1-9]|\bsys\.exit\((?!0?\))|\braise\b",
            script_text(step),
        )
        is not None
    )


def always_fails(step: Step) -> bool:
    """Whether its script ends with a failure however it runs."""
    if step.continues_on_error is not None:
        return False
    if step.run is not None:
        return any(
            command.name == "exit" and command.operands and command.operands[0] != "0" and not command.is_conditional
            for command in commands_of(step.run)
        )
    return re.search(
        r"^[ \t]*+(?:core\.setFailed\(|throw\b)", script_text(step), re.MULTILINE
    ) is not None and not re.search(r"\bif\b|\bcatch\b|\?", script_text(step))
