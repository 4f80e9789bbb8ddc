"""The words by which documents for people speak of running a service: headings, sentences, names of files.

As of 2026-11, from the headings of runbooks and READMEs in public repositories.
"""

from __future__ import annotations

from functools import cache

from infralint.text import regex as re
from infralint.text.record import NamedTuple

MAX_PROSE = 400_000
MAX_SAMPLE = 6_000
"""Characters of a text by which its language is told."""


class Topic(NamedTuple):
    """What a document may cover.

    `headings` and `sentences` are patterns of what may speak of it, wide enough that silence means something; `titles` those
    of headings that surely do; `names` are words of file names. `by_code`: a script, a job or a configuration of such a name
    is evidence too, and not only a document.
    """

    headings: str
    sentences: str
    titles: str
    names: str
    by_code: bool = True


TOPICS: dict[str, Topic] = {
    "rollback": Topic(
        r"roll(?:ing|ed)?[ -]?back|revert|downgrad|previous (?:version|release|image|tag|deploy)|back[ -]?out|disaster recovery|"
        r"undo|recover(?:y|ing)",
        r"roll(?:ing|ed|s)?[ -]?back|revert(?:ing|s|ed)? (?:a|an|the|to|your|that|back) [^.\n]{0,30}(?:deploy|release|version|previous)|"
        r"git revert|(?:previous|earlier|older|last[ -]known[ -]good|prior) (?:stable )?(?:version|release|image|tag|deployment|revision|commit)|"
        r"downgrad(?:e|ing)",
        r"roll(?:ing|ed)?[ -]?backs?\b|revert(?:ing)? (?:to|a|the)\b|downgrading",
        r"roll-?back|revert-deploy|downgrade",
    ),
    "backup": Topic(
        r"back[ -]?ups?|backing up|snapshots?|dump|point[ -]in[ -]time|pitr|export|disaster recovery|data (?:safety|durability)|restor",
        r"back(?:ing|s)?[ -]?up(?:s)?\b|pg_dump|mysqldump|mongodump|snapshots?|point[ -]in[ -]time|restic|borg(?:backup)?|velero|wal-g|barman|"
        r"litestream",
        r"back[ -]?ups?\b|backing up|disaster recovery",
        r"back-?ups?|disaster-recovery",
    ),
    "restore": Topic(
        r"restor|recover|disaster recovery|import",
        r"restor(?:e|ed|es|ing)\b|pg_restore|mongorestore|recover(?:y|ing)? (?:the|your|from|a|data)",
        r"restor(?:e|ing)\b|disaster recovery",
        r"restore|disaster-recovery",
    ),
    "rotation": Topic(
        r"rotat|renew|revok|re-?issu|key management|secrets? management|credentials?|compromis",
        r"rotat(?:e|es|ed|ing|ion)|renew(?:al|ing)? [^.\n]{0,30}(?:key|token|secret|credential|certificate)|"
        r"re-?(?:issue|generat)\w* [^.\n]{0,30}(?:key|token|secret|credential)|revok(?:e|ing)",
        r"rotat(?:e|ing|ion)\b|(?:secrets?|key) management",
        r"rotat(?:e|ion)|secrets?-management",
    ),
    "access": Topic(
        r"access|permissions?|roles?|rbac|iam|maintainers?|code ?owners?|governance|on-?boarding|off-?boarding|approv|who can|ownership|"
        r"committers?|review(?:ers?)?\b",
        r"who (?:can|may|is allowed)|access (?:control|rights|to (?:production|staging|the (?:cluster|server|account)))|least privilege|"
        r"permission(?:s)? (?:is|are|to)|role[ -]based|code ?owners?|approv(?:al|ed|e) (?:from|by|of)|branch protection",
        r"access control|who can|maintainers$|governance|code ?owners|roles and",
        r"codeowners|maintainers|governance|owners|access-control",
        False,
    ),
    "environments": Topic(
        r"environments?\b|staging|production",
        r"staging (?:environment|server|cluster|site|instance)|(?:staging|production) and (?:staging|production)|"
        r"environments?: |per environment|each environment",
        r"environments$|staging\b|environment variables|configuration$",
        r"environments",
        False,
    ),
    "monitoring": Topic(
        r"monitor|observab|metrics|alert|logging|\blogs?\b|dashboards?|telemetry|tracing|health ?checks?|uptime|\bslos?\b|\bslis?\b",
        r"prometheus|grafana|sentry|datadog|new ?relic|opentelemetry|\botel\b|pagerduty|opsgenie|cloudwatch|honeycomb|\bloki\b|"
        r"stackdriver|app ?insights|application insights|papertrail|logtail|better ?stack|healthchecks\.io|uptime ?(?:kuma|robot)|"
        r"alert(?:s|ing|manager)\b|dashboards?\b|monitoring",
        r"monitoring\b|observability|alert(?:s|ing)\b|^(?:\W*\d+\W*)?metrics$|health ?checks?\b|"
        r"(?:prometheus|application|server|service|runtime|system|logs?|logging|traces?|tracing|expos\w+|collect\w+|export\w+),? (?:and |& )?metrics\b|"
        r"metrics (?:and|&|endpoint)",
        r"monitoring|alerts?|alertmanager|observability|prometheus|grafana|sentry|datadog|otel",
    ),
    "incidents": Topic(
        r"on[ -]?call|incident|escalat|emergency|runbook|support|contact|get(?:ting)? help|report(?:ing)? (?:a )?(?:security|vulnerab)|"
        r"security policy|troubleshoot|outage",
        r"on[ -]?call|escalat|in case of (?:an )?(?:emergency|outage|incident)|contact (?:us|the|security)|security@|"
        r"report(?:ing)? (?:a |any )?(?:security|vulnerab)",
        r"on[ -]?call|incidents?\b|runbooks?$|escalation|security policy|reporting (?:a |security )?vulnerabilit(?:y|ies)",
        r"security|runbooks?|incidents?|on-?call",
        False,
    ),
    "deployment": Topic(
        r"deploy|releas(?:e|ing)|hosting|operat|production|install|self[ -]?host|rollout|going live|ship",
        r"deploy(?:s|ed|ing|ment)?\b|merg(?:e|ing) (?:to|into) (?:main|master)|release process",
        r"deploy(?:ing|ment|ments)?\b|self[ -]?host|release process|releasing",
        r"deploy(?:ing|ment)?|runbooks?|operations|releas(?:e|ing)|self-hosting",
        False,
    ),
    "migrations": Topic(
        r"migrat|schema",
        r"migrat(?:e|ion|ions|ing)\b|schema change",
        r"(?:database )?migrations?\b",
        r"migrat(?:e|ions?)",
    ),
    "decisions": Topic(
        r"architecture|decisions?|\badrs?\b|design|rationale|\brfcs?\b|why ",
        r"architecture decision|design (?:document|decision)|we (?:chose|decided)",
        r"architecture$|(?:system|software|high[ -]level) architecture|architecture (?:overview|decisions?)|design (?:decisions?|goals?|document)|"
        r"decision records?|\badrs?\b",
        r"adrs?|architecture|decisions?|design|rfcs?",
        False,
    ),
    "setup": Topic(
        r"getting started|quick ?start|install|develop|set(?:ting)?[ -]?up|usage|running|contribut|local|build|how to|prerequisites|requirements",
        r"docker compose up|npm (?:ci|install)|pip install|make \w+|git clone|cargo (?:build|run)|go (?:build|run|install)|mvnw?|gradlew?",
        r"getting started|quick ?start|install(?:ation|ing)?\b|development\b|set(?:ting)?[ -]?up\b|running\b|building\b|how to (?:run|build|install)",
        r"contributing|development|install(?:ation)?|getting-?started|hacking|building",
        False,
    ),
}

_OPERATIONS = re.compile(
    r"runbook|playbook|handbook|\boperations\b|\bops[ /-]|\bwiki\b|confluence|notion\.(?:so|site)|gitbook", re.I
)
_ENGLISH = frozenset(
    ("the", "and", "to", "of", "is", "in", "for", "with", "you", "this", "that", "on", "are", "can", "be", "it", "your")
)
_FOREIGN = re.compile(r"[^\W\d_a-zA-Z]")
BLANKS = re.compile(r"\b(?:TODO|TBD|FIXME|FILL IN|NAME or RO(?:LE|TATION))\b|\| (?:OWNER|ROLE) \|")
"""What is left to fill in: of the sections that fixes write, too."""
UNWRITTEN = re.compile(
    r"To make it easy for you to get started with GitLab|Add files using the command line\]\(|Set up project integrations\]\(|"
    r"Invite team members and collaborators\]\(|Use the built-in continuous integration in GitLab|use the handy template below|"
    r"consider which of these sections apply to yours|Choose a self-explaining name for your project|"
    r"Let people know what your project can do specifically|On some READMEs, you may see small images|"
    r"it can be a good idea to include screenshots|there may be a common way of installing things|Use examples liberally, and show|"
    r"Tell people where they can go to for help|If you have ideas for releases in the future|State if you are open to contributions|"
    r"Show your appreciation to those who have contributed|For open source projects, say how it is licensed|"
    r"If you have run out of energy or time for your project"
)
"""Sentences of the README that GitLab gives a new project: a section that holds one is not written yet."""
_WORD = re.compile(r"[^\W\d_]{2,30}")
SKIPPED = (
    "changelog*", "changes*", "news*", "history*", "licen[cs]e*", "copying*", "notice*", "authors*", "code_of_conduct*", "code-of-conduct*",
    "third*party*", "requirements*.txt", "constraints*.txt", "robots.txt", "cmakelists.txt", "llms*.txt", "thanks*", "credits*",
    "*_template*", "*-template*", "releasenotes*", "release-notes*", "release_notes*",
)  # fmt: skip
"""Documents that tell what was, or what may be, and not how things are run."""


@cache
def heading_pattern(topic: str) -> re.Pattern[str]:
    """What headings of a topic hold."""
    return re.compile(rf"(?:^|\b|_)(?:{TOPICS[topic].headings})", re.I)


@cache
def title_pattern(topic: str) -> re.Pattern[str]:
    """What headings hold that are surely on a topic."""
    return re.compile(rf"(?:^|\b)(?:{TOPICS[topic].titles})", re.I)


@cache
def name_pattern(topic: str) -> re.Pattern[str]:
    """What the names of files on a topic hold, in small letters with dashes for blanks and underscores."""
    return re.compile(rf"(?:^|[.-])(?:{TOPICS[topic].names})(?=[.-]|$)")


@cache
def sentence_pattern(topic: str) -> re.Pattern[str]:
    """What sentences on a topic hold."""
    return re.compile(rf"(?:{TOPICS[topic].sentences})", re.I)


def leads_to_operations(text: str, target: str) -> bool:
    """Whether a link leads to documents on operations that are kept elsewhere: a wiki, a handbook, a runbook."""
    return target.startswith(("https://", "http://")) and _OPERATIONS.search(f"{text} {target}") is not None


def is_english(text: str) -> bool | None:
    """Whether a text is in English; None where it is too short to tell."""
    start = text[:MAX_SAMPLE]
    if not start.isascii() and len(_FOREIGN.findall(start)) * 5 > len(start):
        return False
    words = _WORD.findall(start)
    if len(words) < 80:
        return None
    return sum(word in _ENGLISH for word in map(str.lower, words)) * 20 > len(words)
