"""The language of rule files as a page for people: `python -m infralint.policy.reference > docs/rules.md`."""

from __future__ import annotations

from infralint.policy.compile import PARAM_TYPES, VERBS
from infralint.policy.parse import MAX_DEPTH, MAX_LENGTH
from infralint.policy.rule_file import CHOICES, KEYS, REMEDIES, REQUIRED
from infralint.policy.runtime import MAX_STEPS
from infralint.policy.vocabulary import TEXT_METHODS

KEY_DOCS = {
    "title": "What is wrong, as a noun phrase or short clause.",
    "each": "The noun that the rule judges: `dockerfile.stage`, or a shared one such as `image` in the folder `any`.",
    "for": "`item in list`: judges each item of a list that the noun answers with; `item` is a name like the noun's.",
    "when": "The condition under which the noun is wrong. The rule reports only what is known to be true.",
    "at": "The element to point at; `a or b` takes the first that is present.",
    "say": "The message. `{expression}` inserts a value, `{{` and `}}` are braces.",
    "related": "A list of `{at: ..., say: ...}`: further places.",
    "severity": "How bad it is.",
    "confidence": "How sure the rule is.",
    "profile": "In which profile it runs.",
    "status": "How stable the rule is.",
    "since": "The version that brought the rule.",
    "formerly": "Earlier ids of the rule. They still select, suppress and match baselines.",
    "fix": f"How it is fixed: a fix, a list of fixes (the first that works is taken), or the name of one in `{REMEDIES}`.",
    "same_as": "Rules of other tools that mean the same fault at the same element: `hadolint/DL3002`, also `NAME if CONDITION`.",
    "part_of": "Wider rules of other tools that include this fault.",
    "references": "The sources that decide.",
    "params": "Settings of the rule: `name: type = default`, one a line.",
    "files": "Globs: the rule judges only these files.",
    "not_files": "Globs: the rule does not judge these files.",
    "pedantic_in": "Kinds of files (`tests`, `development`, `examples`, by their paths) that only the pedantic profile judges.",
    "not_on": "Servers (`gitea`, which stands for Forgejo too) whose workflows the rule does not judge.",
    "pedantic_if": "As `when`: a finding for which it holds is reported in the pedantic profile only.",
    "once": "A value: findings of a file for which it is equal are one fault; the gravest is reported, the others are `related`.",
    "once_in_run": "As `once`, over all files of a run and all rules that give the same value.",
    "path": "A pattern of the element's structural path, `services.*.image`.",
    "tags": "Free words; `online` marks rules that need `--online`, `taint` those whose `related` places are a taint path.",
}
VERB_DOCS = {
    "replace": "Replaces the element's text by `with`.",
    "before": "Inserts `insert` before the element.",
    "after": "Inserts `insert` behind the element.",
    "delete": "Removes the element, with its lines where nothing else stands on them.",
    "comment_out": "Puts `# ` before the lines of the element.",
    "set": "Gives the mapping the key `key` (dotted for nested ones) with the value `to`.",
    "create_file": "Makes the file of that path with `text`.",
    "edits": "Applies edits that a fact works out.",
}
PARAM_DOCS = {
    "text": "`name: text = value`",
    "number": "A whole number.",
    "flag": "`true` or `false`.",
    "list of text": "`[a, b]`; globs where the rule compares with `matches_glob`.",
    "map of text": "`{name: value}`",
    "size": "`512m`, `4g`, `1.5GiB`; units are powers of 1024.",
    "duration": "`30s`, `1m30s`, `250ms`",
    "version": "`3.18`; `3.18.4` is at least `3.18`.",
}
METHOD_DOCS = {
    "startswith": '`text.startswith("v")`',
    "endswith": '`text.endswith(".example")`',
    "lower": "`text.lower()`: in lower case.",
    "upper": "`text.upper()`: in upper case.",
    "matches_glob": '`text.matches_glob("registry.example.com/**")`: `*` stops at `/`, `**` does not.',
}
EXPRESSIONS = f"""\
An expression only asks; it is no Python, though it looks like it:

| form | meaning |
|---|---|
| `stage.user.name` | a fact of a noun; `infralint nouns KIND.NOUN` lists them |
| `service.label("owner")` | a question with arguments |
| `and`, `or`, `not`, `a if b else c` | logic with three values |
| `==`, `!=`, `in`, `not in` | comparison of values, membership in lists and texts |
| `<`, `<=`, `>`, `>=` | only between numbers, sizes (`4g`), durations (`30s`) and versions (`3.18`); else the rule does not load |
| `is None`, `is not None` | whether something is written at all |
| `any(... for x in list)`, `all(... for x in list)` | over one list, nested at most twice, `if` allowed |
| `"text"`, `7`, `True`, `None`, `["a", "b"]` | literals |
| `params.name` | a setting of the rule |

There is no arithmetic, no subscript, no regular expression and no name with an underscore in front. An expression has at most
{MAX_LENGTH} characters and {MAX_DEPTH} levels.

**Three values.** *Absent* (`None`) is what is not written. *Unknown* is what cannot be known here: a variable, an expression of CI,
an include that is not in the repository. Comparing an unknown value is neither true nor false, and a rule reports only what is known to be
true. Of an absent thing nothing is known either, so a missing `is not None` makes a rule silent, never wrong.
"""


def reference() -> str:
    """The page, in Markdown."""
    keys = "\n".join(f"| `{key}` | {'yes' if key in REQUIRED else ''} | {_key(key)} |" for key in KEY_DOCS)
    verbs = "\n".join(
        f"| `{verb}` | {', '.join(f'`{key}`' for key in VERBS[verb])} | {doc} |" for verb, doc in VERB_DOCS.items()
    )
    params = "\n".join(f"| `{name}` | {doc} |" for name, doc in PARAM_DOCS.items())
    methods = "\n".join(f"| `{name}` | {doc} |" for name, doc in METHOD_DOCS.items())
    return f"""\
# How rules are written

<!-- Generated by `python -m infralint.policy.reference`; do not edit. -->

A rule is one Markdown file, `KIND/NAME.md`: its header is the policy, its text the page, its examples the test. Users put theirs into
`.infralint/rules` or name a folder with `--rules DIR`. `infralint new KIND/NAME` writes a beginning, `infralint prove FILE` runs the
examples, `infralint trace RULE FILE` shows what each part of a condition is worth on a file. `docs/examples/rules` has rules to start
from.

## Header

| key | required | |
|---|---|---|
{keys}

## Expressions

{EXPRESSIONS}
Texts have these methods:

| method | |
|---|---|
{methods}

## Fixes

A fix says how `safe` it is (`safe`: the meaning stays, or what changes is exactly what was wrong; `unsafe`: right in most cases, and says
`why` it may not be; `manual`: only shown) and has one verb, or several steps under `do`. `title` names it, `if` is its condition.

| verb | needs | |
|---|---|---|
{verbs}

A fix that several rules of a folder share stands once in its `{REMEDIES}`: a header of names, each with a fix; `fix: NAME` refers to it.

## Parameters

| type | |
|---|---|
{params}

Settings change them: `[rules.NAME]`, a line for each parameter, and `severity`.

## Examples

A fence is marked `bad`, `good` or `fixed`, with a file's path behind it where the kind's own name will not do. `«…»` marks in a `bad`
example exactly what is reported; a `fixed` example is what the fix makes of the `bad` one before it, byte for byte. A rule without `bad`
and `good` does not load. `⟪github-pat 1⟫` makes a credential by recipe, `⟪cr⟫` is a carriage return, `⟪end⟫` ends the file without a
line end. Fences of one heading that name files are one small project; `.git/index` lists the files that git tracks, `.remotes/OWNER/NAME`
holds what `git ls-remote` answers.

## What a rule of a scanned tree may not do

Rules in `.infralint/rules` of the scanned tree are untrusted data: they have {MAX_STEPS:,} steps a file, cannot take the name of a
built-in rule or claim to be another tool's, and their fixes are only shown, unless `--trust-rules` is given.
"""


def _key(key: str) -> str:
    if key not in CHOICES:
        return KEY_DOCS[key]
    words = CHOICES[key]
    return f"{KEY_DOCS[key].removesuffix('.')}: {', '.join(f'`{word}`' for word in words)}."


UNDESCRIBED = (
    {*KEYS} ^ {*KEY_DOCS} | {*VERBS} ^ {*VERB_DOCS} | {*PARAM_TYPES} ^ {*PARAM_DOCS} | {*TEXT_METHODS} ^ {*METHOD_DOCS}
)
"""What the language has and this page does not describe, or the other way round."""

if __name__ == "__main__":
    print(reference(), end="")
