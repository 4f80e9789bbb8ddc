"""When a GitLab job runs: what `rules`, `only`, `except` and `when` say of changes, branches and people."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Truth, Unknown
from infralint.model.shared.value import get, mappings, scalars, text_of
from infralint.syntax.yaml import Mapping, Node, Sequence
from infralint.text import regex as re
from infralint.text.source import Text

Value = Node | Unknown | None
_TOKEN = re.compile(
    r"""(?P<blank>\s++)|(?:(?P<var>\$\w+)|"(?P<text>(?:[^"\\]|\\.)*+)"|'(?P<single>(?:[^'\\]|\\.)*+)'|(?P<regex>/(?:[^/\\\n]|\\.)*+/[a-z]*)"""
    r"""|(?P<op>==|!=|=~|!~|&&|\|\||[()])|(?P<null>null\b)|(?P<bad>\S))"""
)
_BRANCH_VARIABLES = frozenset(
    ("$CI_COMMIT_BRANCH", "$CI_COMMIT_TAG", "$CI_COMMIT_REF_NAME", "$CI_COMMIT_REF_PROTECTED", "$CI_DEFAULT_BRANCH")
)
_CHANGES = ("merge_requests", "external_pull_requests")
NOT_SET = "\0"

CHANGE: dict[str, str] = {
    "$CI_PIPELINE_SOURCE": "merge_request_event",
    "$CI_COMMIT_BRANCH": NOT_SET,
    "$CI_COMMIT_TAG": NOT_SET,
}
"""What GitLab sets in the pipeline of a merge request, as far as it is the same in all."""
SET_IN_CHANGE = ("$CI_MERGE_REQUEST_ID", "$CI_MERGE_REQUEST_IID", "$CI_OPEN_MERGE_REQUESTS", "$CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",
                 "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "$CI_MERGE_REQUEST_PROJECT_ID", "$CI_COMMIT_REF_NAME", "$CI_DEFAULT_BRANCH")  # fmt: skip

PUSH: dict[str, str] = {
    "$CI_PIPELINE_SOURCE": "push",
    "$CI_COMMIT_TAG": NOT_SET,
    "$CI_MERGE_REQUEST_ID": NOT_SET,
    "$CI_MERGE_REQUEST_IID": NOT_SET,
}
"""What GitLab sets in the pipeline of a push to a branch."""
SET_IN_PUSH = ("$CI_COMMIT_BRANCH", "$CI_COMMIT_REF_NAME", "$CI_COMMIT_REF_SLUG", "$CI_DEFAULT_BRANCH")


class _Bad(Exception):
    """The condition cannot be read."""


def evaluate(condition: str, known: dict[str, str], is_set: tuple[str, ...] = ()) -> Truth:
    """What a condition is where these variables have these values (NOT_SET: none) and those have any; UNKNOWN where others decide."""
    tokens = [match for match in _TOKEN.finditer(condition) if match["blank"] is None]
    try:
        reader = _Reader(tokens, known, is_set)
        value = reader.either()
        return UNKNOWN if reader.at < len(tokens) else value
    except _Bad:
        return UNKNOWN


def can_be_read(condition: str) -> bool:
    """Whether a text follows the grammar of `if:`."""
    tokens = [match for match in _TOKEN.finditer(condition) if match["blank"] is None]
    try:
        reader = _Reader(tokens, {}, ())
        reader.either()
        return reader.at == len(tokens)
    except _Bad:
        return False


class _Reader:
    """A reader of the grammar of `if:`, by descent."""

    __slots__ = ("at", "is_set", "known", "tokens")

    def __init__(self, tokens: list[re.Match[str]], known: dict[str, str], is_set: tuple[str, ...]) -> None:
        self.tokens = tokens
        self.known = known
        self.is_set = is_set
        self.at = 0

    def _peek(self) -> re.Match[str] | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _is(self, word: str) -> bool:
        token = self._peek()
        if token is not None and token["op"] == word:
            self.at += 1
            return True
        return False

    def either(self) -> Truth:
        value = self.both()
        while self._is("||"):
            other = self.both()
            value = True if value is True or other is True else UNKNOWN if UNKNOWN in (value, other) else False
        return value

    def both(self) -> Truth:
        value = self.one()
        while self._is("&&"):
            other = self.one()
            value = False if value is False or other is False else UNKNOWN if UNKNOWN in (value, other) else True
        return value

    def one(self) -> Truth:
        if self._is("("):
            value = self.either()
            if not self._is(")"):
                raise _Bad
            return value
        left, is_defined = self._operand()
        for sign in ("==", "!=", "=~", "!~"):
            if self._is(sign):
                right, is_set = self._operand()
                if left == NOT_SET and isinstance(right, Unknown) and is_set is True:
                    return sign in ("!=", "!~")
                return _compared(sign, left, right)
        return is_defined

    def _operand(self) -> tuple[str | Unknown, Truth]:
        """A value, and whether it is set and not empty."""
        token = self._peek()
        if token is None or token["bad"] or token["op"]:
            raise _Bad
        self.at += 1
        if (name := token["var"]) is not None:
            if name in self.known:
                value = self.known[name]
                return value, value not in (NOT_SET, "")
            return UNKNOWN, True if name in self.is_set else UNKNOWN
        if token["null"]:
            return NOT_SET, False
        text = (
            token["text"]
            if token["text"] is not None
            else token["single"]
            if token["single"] is not None
            else token["regex"]
        )
        return text, bool(text)


def _compared(sign: str, left: str | Unknown, right: str | Unknown) -> Truth:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return UNKNOWN
    if sign in ("==", "!="):
        return (left == right) is (sign == "==")
    if left == NOT_SET:
        return sign == "!~"
    return UNKNOWN if not right.startswith("/") else _matches(left, right) is (sign == "=~")


def _matches(value: str, pattern: str) -> Truth:
    """Whether a value holds a pattern of plain letters, anchors and alternatives; UNKNOWN for any other."""
    inner = pattern[1 : pattern.rindex("/")]
    if re.fullmatch(r"\^?[\w-]+\$?", inner) is None:
        return UNKNOWN
    word = inner.strip("^$")
    if inner.startswith("^") and inner.endswith("$"):
        return value == word
    return (
        value.startswith(word)
        if inner.startswith("^")
        else value.endswith(word)
        if inner.endswith("$")
        else word in value
    )


def runs_on_change(rules: Value, only: Value, excluded: Value, workflow: Node | None) -> Truth:
    """Whether the job runs in the pipelines of merge requests."""
    if isinstance(workflow, Sequence) and _first_match(workflow) is False:
        return False
    if isinstance(rules, Unknown) or isinstance(only, Unknown):
        return UNKNOWN
    if isinstance(rules, Sequence):
        return _first_match(rules)
    if only is None:
        return _first_match(workflow) if isinstance(workflow, Sequence) else False
    refs = scalars(get(only, "refs") if isinstance(only, Mapping) else only)
    if any(ref in _CHANGES for ref in refs):
        return True
    return UNKNOWN if isinstance(only, Mapping) and "variables" in only else False


def runs_on_push(rules: Value, only: Value, workflow: Node | None) -> Truth:
    """Whether the job runs in the pipelines of pushes to branches, to some of them at least as far as is known."""
    if isinstance(rules, Unknown) or isinstance(only, Unknown):
        return UNKNOWN
    if isinstance(workflow, Sequence) and _first_match(workflow, PUSH, SET_IN_PUSH) is not True:
        return _first_match(workflow, PUSH, SET_IN_PUSH)
    if isinstance(rules, Sequence):
        return _first_match(rules, PUSH, SET_IN_PUSH)
    if only is None:
        return True
    refs = scalars(get(only, "refs") if isinstance(only, Mapping) else only)
    return False if refs and all(ref in _CHANGES for ref in refs) else UNKNOWN


def _first_match(rules: Sequence, known: dict[str, str] = CHANGE, is_set: tuple[str, ...] = SET_IN_CHANGE) -> Truth:
    """Whether the first rule that holds adds the job: for a merge request, unless other variables are given."""
    for item in rules.values():
        if not isinstance(item, Mapping):
            return UNKNOWN
        condition = text_of(item.get("if"))
        holds = evaluate(condition, known, is_set) if condition is not None else True
        if "changes" in item or "exists" in item:
            holds = False if holds is False else UNKNOWN
        if holds is False:
            continue
        if text_of(item.get("when")) == "never":
            if holds is True:
                return False
            continue
        return holds
    return False


def is_limited(rules: Value, only: Value, excluded: Value) -> Truth:
    """Whether it runs for certain branches or tags alone."""
    if any(isinstance(value, Unknown) for value in (rules, only, excluded)):
        return UNKNOWN
    if isinstance(rules, Sequence):
        adding = [item for item in mappings(rules) if text_of(item.get("when")) != "never"]
        if not adding or any(not isinstance(item, Mapping) for item in rules.values()):
            return UNKNOWN
        return all((text := text_of(item.get("if"))) is not None and names_branch(text) for item in adding) or UNKNOWN
    return only is not None


def names_branch(condition: str) -> bool:
    """Whether a condition asks for a branch, a tag or a protected ref."""
    return any(name[1:] in condition for name in _BRANCH_VARIABLES)


def is_approved(when: Value, rules: Value) -> Truth:
    """Whether a person starts it."""
    if isinstance(rules, Unknown) or isinstance(when, Unknown):
        return UNKNOWN
    if isinstance(rules, Sequence):
        words = [text_of(item.get("when")) or text_of(when) for item in mappings(rules)]
        running: list[Text | None] = [word for word in words if word != "never"]
        if running and all(word == "manual" for word in running):
            return True
        return False if running else UNKNOWN
    return text_of(when) == "manual"
