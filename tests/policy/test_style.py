"""What people read is plain technical English: titles, messages and fixes of every rule, as the examples render them."""

from __future__ import annotations

import os
import re
import tempfile

import pytest

from infralint.engine.prove import lay_out, options_for
from infralint.engine.run import run
from infralint.policy.catalogue import read_rule_files, rules_folder
from infralint.policy.rule_file import RuleFile

RULES = read_rule_files(rules_folder())
PRIVATE = re.compile(
    r"\b(whoever|strangers?|nobody|somebody|such as|is to be|of which|by way of|speaks? of|twins?|circles?|"
    r"mend(?:s|ed)?|out of sight|thereby|cards?|list of parts|goes? back|way back|looked at|one's own)\b",
    re.I,
)
MAX_BEFORE_CONSEQUENCE = 120
"""Characters of a message before its `;`, values included."""
MAX_TITLE = 70
CAPITAL = re.compile(r"[A-Z]{2}|[A-Z][a-z]*[A-Z]|`")
"""A message begins with a small letter, unless with a keyword, a product's name or a value."""
PROPER = re.compile(
    r"(Docker|Dockerfile|Amazon|Fargate|Cloudflare|Dev Containers|Compose|Dependabot|Kubernetes|Debian|Alpine|Ubuntu|Grafana|Stripe|Pulumi|Linear|Node|Windows|Python|Git|X|Groovy|Jenkins|Drone|Woodpecker|Tekton|Argo|Travis|Buildkite|Bitbucket|Azure|Cloud Build|Fly\.io|Netlify|Vercel|Railway|Render|Heroku|Vagrant)\b"
)


@pytest.mark.parametrize("rule_file", RULES, ids=lambda rule_file: rule_file.id)
def test_messages_say_subject_verb_and_object(rule_file: RuleFile) -> None:
    for message in rendered(rule_file):
        assert not PRIVATE.search(message), message
        assert not message.endswith("."), message
        assert len(message.split(";")[0]) <= MAX_BEFORE_CONSEQUENCE, message
        assert message[:1].islower() or CAPITAL.match(message) or PROPER.match(message) or not message[:1].isalpha(), (
            message
        )


@pytest.mark.parametrize("rule_file", RULES, ids=lambda rule_file: rule_file.id)
def test_titles_and_pages_use_the_words_of_the_field(rule_file: RuleFile) -> None:
    title = rule_file.title
    first = title.split()[0]
    shown = "".join(text for example in rule_file.examples for text in example.files.values())
    assert first[:1].isupper() or first in shown, f"{title}: begins with a capital, or with a key or command as written"
    assert not title.endswith("."), title
    assert len(title) <= MAX_TITLE, title
    page = re.sub(r"```.*?```", "", rule_file.body, flags=re.S)
    assert not PRIVATE.search(title), title
    assert not (found := PRIVATE.search(page)), found
    assert page.strip(), "a rule says why"


def test_no_two_rules_have_one_title() -> None:
    titles = [rule_file.title.lower() for rule_file in RULES]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def rendered(rule_file: RuleFile) -> list[str]:
    """The messages, those of related places, and the titles of fixes that the examples of a rule give."""
    found: set[str] = set()
    for example in rule_file.examples:
        if example.verdict != "bad":
            continue
        with tempfile.TemporaryDirectory(prefix="style-") as folder:
            root = os.path.realpath(folder)
            lay_out(root, example)
            for finding in run([root], options_for(rule_file, root, None)).findings:
                if finding.rule == rule_file.id:
                    found |= {finding.message, *(say for _, say in finding.related)}
                    found |= {finding.fix.title} if finding.fix is not None else set()
    return sorted(found)
