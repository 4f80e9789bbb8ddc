"""The header of a rule: sentences as they are, errors with file, line and column, examples with marks."""

from __future__ import annotations

from typing import Any

import pytest

from infralint.policy.compile import compile_rule, module, params_of
from infralint.policy.rule_file import RuleError, RuleFile, read, unmark
from infralint.policy.vocabulary import load
from infralint.text.unknown import UNKNOWN

WORDS = load()
EXAMPLES = "```dotenv bad\n«A»=1\n```\n```dotenv good\n```\n"
HEADER = {"title": "A title", "severity": "low", "each": "env.entry", "when": "True", "at": "entry.key", "say": "text"}


def rule_file(examples: str = EXAMPLES, id: str = "env/a-rule", extra: str = "", **keys: str | None) -> RuleFile:
    header = {**HEADER, **{key.rstrip("_"): value for key, value in keys.items()}}
    lines = "".join(f"{key}: {value}\n" for key, value in header.items() if value is not None)
    return read(id, "rules/x.md", f"---\n{lines}{extra}---\nWhy.\n\n{examples}")


def compiled(made: RuleFile, *, foreign: bool = False) -> tuple[dict[str, Any], tuple[Any, ...]]:
    space: dict[str, Any] = {}
    exec(module([made], WORDS, foreign=foreign), space)
    entry, functions = space["RULES"][0]
    return entry, functions


def test_sentences_keep_colons_quotes_and_braces() -> None:
    made = rule_file(
        title='It\'s: a "title" {really} # no comment',
        say='write `key: "value"` and {{braces}}, as {entry.key} does: now',
        when="entry.key == 'a: b' or\n  entry.key in ['{', \"}\"]\n\n  and not entry.key.startswith('#')",
    )
    assert made.title == 'It\'s: a "title" {really} # no comment'
    assert made.raw["when"].text == (
        "entry.key == 'a: b' or entry.key in ['{', \"}\"] and not entry.key.startswith('#')"
    )
    _, functions = compiled(made)

    class Entry:
        key = "K"

    assert "".join(functions[3](Entry, None, None, None)) == 'write `key: "value"` and {braces}, as K does: now'


def test_other_keys_are_yaml() -> None:
    made = rule_file(
        extra='same_as:\n  - a/b\n  - c/d if entry.key == "x"\ntags: [one, two]\n# a remark\nfix: {safety: safe, delete: entry}\n'
    )
    assert made.names("same_as") == ["a/b", 'c/d if entry.key == "x"']
    assert made.names("tags") == ["one", "two"]
    assert made.header["fix"] == {"safety": "safe", "delete": "entry"}
    assert made.names("references") == []


def fails(message: str, line: int, column: int, make: Any) -> None:
    with pytest.raises(RuleError) as caught:
        make()
    error = caught.value
    assert message in error.message
    assert str(error).startswith(f"rules/x.md:{line}:{column}: ")


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("", "begins with a header", 1),
        ("# Title\n", "begins with a header", 1),
        ("---\ntitle: x\n", "is not closed", 1),
        ("---\ntitel: x\n---\n", "did you mean 'title'", 2),
        ("---\ntitle: x\ntitle: y\n---\n", "written twice", 3),
        ("---\n  title: x\n---\n", "`key: value`", 2),
        ("---\ntitle x\n---\n", "`key: value`", 2),
        ("---\ntitle: x\nseverity: low\n---\n", "lacks 'each'", 1),
        ("---\n" + "x" * 60_001, "is longer", 1),
    ],
)
def test_headers_that_are_none(text: str, message: str, line: int) -> None:
    fails(message, line, 1, lambda: read("env/a", "rules/x.md", text))


@pytest.mark.parametrize(
    ("keys", "message", "line", "column"),
    [
        ({"severity": "hihg"}, "'hihg' is none of critical", 3, 11),
        ({"profile": "loud"}, "'loud' is none of default", 8, 10),
        ({"status": "new"}, "is none of preview", 8, 9),
        ({"title": ""}, "lacks 'title'", 1, 1),
        ({"when": None}, "lacks 'when'", 1, 1),
        ({"each": "compose.service"}, "but the rule lies in 'env'", 4, 7),
        ({"each": "secret"}, "is of kind 'any'", 4, 7),
        ({"tags": "[a, b"}, "", 8, 13),
        ({"tags": "{a: 1"}, "", 8, 13),
    ],
)
def test_header_values_are_checked_in_place(keys: dict[str, str | None], message: str, line: int, column: int) -> None:
    with pytest.raises(RuleError) as caught:
        rule_file(**keys)
    assert message in caught.value.message
    assert caught.value.line == line
    if "tags" not in keys:
        assert caught.value.column == column


@pytest.mark.parametrize(
    ("keys", "message", "line", "column"),
    [
        ({"each": "env.entri"}, "did you mean 'entry'", 4, 7),
        ({"when": "entry.kei == 1"}, "entry has no 'kei'; did you mean 'key'", 5, 16),
        ({"at": "entri"}, "did you mean 'entry'", 6, 5),
        ({"say": "it is {entry.kye}"}, "did you mean 'key'", 7, 22),
        ({"say": "it is {entry"}, "a `{` without `}`", 7, 12),
        ({"for_": "x of entry.key"}, "", 8, 6),
        ({"for_": "entry in entry.key"}, "is taken", 8, 6),
        ({"params": "{limit: numbr = 1}"}, "'numbr' is none of text", 8, 9),
        ({"params": "{limit: number = x}"}, "is not a number", 8, 9),
        ({"when": "params.limit > 1"}, "there is no 'params'", 5, 7),
        ({"params": "{limit: number = 1}", "when": "params.limt > 1"}, "did you mean 'limit'", 5, 7),
        ({"fix": "{safety: safe, delet: entry}"}, "did you mean 'delete'", 8, 6),
        ({"fix": "{delete: entry}"}, "says no `safety`", 8, 6),
        ({"fix": "{safety: unsafe, delete: entry}"}, "says `why`", 8, 6),
        ({"fix": "{safety: safe}"}, "exactly one verb", 8, 6),
        ({"fix": "{safety: safe, replace: entry}"}, "needs `with`", 8, 6),
        ({"fix": "{safety: safe, delete: entry, replace: entry, with: x}"}, "exactly one verb", 8, 6),
        ({"fix": "delete it"}, "holds no", 8, 6),
        ({"related": "[{at: entry}]"}, "list of {at", 8, 10),
        ({"related": "{at: entri, say: x}"}, "did you mean 'entry'", 8, 10),
    ],
)
def test_expressions_fail_with_the_rules_own_place(keys: dict[str, str], message: str, line: int, column: int) -> None:
    fails(message, line, column, lambda: compile_rule(rule_file(**keys), WORDS, 0))


@pytest.mark.parametrize("id", ["env/A", "env/a_b", "env/-a", "env/a b", "a", "env/a.b"])
def test_ids_are_plain(id: str) -> None:
    with pytest.raises(RuleError):
        rule_file(id=id)


# -- examples --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "plain", "marks"),
    [
        ("a «b» c", "a b c", [(2, 3)]),
        ("«a «b»»", "a b", [(0, 3), (2, 3)]),
        ("«»a", "a", [(0, 0)]),
        ("\\«a\\»", "«a»", []),
        ("«a\nb»\n", "a\nb\n", [(0, 3)]),
        ("\\a «b»", "\\a b", [(3, 4)]),
    ],
)
def test_marks(text: str, plain: str, marks: list[tuple[int, int]]) -> None:
    assert unmark(text) == (plain, marks)


@pytest.mark.parametrize("text", ["a»", "«a", "«a» »"])
def test_marks_without_a_partner_are_errors(text: str) -> None:
    with pytest.raises(RuleError, match="partner"):
        rule_file(f"```dotenv bad\n«A»=1\n{text}\n```\n```dotenv good\n```\n")


def test_files_of_one_heading_are_one_project() -> None:
    made = rule_file(
        "```dotenv bad .env\n«A»=1\n```\n```yaml bad compose.yaml\na: 1\n```\n## Other\n"
        "```dotenv bad .env\n«B»=1\n```\n````markdown good x.md\n```yaml bad\n```\n````\n```text\n```yaml bad\n```\n"
    )
    assert [(example.verdict, sorted(example.files)) for example in made.examples] == [
        ("bad", [".env", "compose.yaml"]),
        ("bad", [".env"]),
        ("good", ["x.md"]),
    ]
    assert made.examples[0].marks == {".env": [(0, 1)]}
    assert made.examples[2].files["x.md"] == "```yaml bad\n```\n"


@pytest.mark.parametrize(
    ("examples", "message"),
    [
        ("```dotenv bad\n«A»=1\n```\n", "without a `good`"),
        ("```dotenv good\nA=1\n```\n", "without a `bad`"),
        ("```dotenv bad\nA=1\n```\n```dotenv good\n```\n", "marks with «»"),
        ("```dotenv bad\n«A»=1\n", "not closed"),
        ("```dotenv bad ../x\n«A»=1\n```\n", "leads outside"),
        ("```dotenv bad /etc/x\n«A»=1\n```\n", "leads outside"),
        ("```dotenv bad\n«A»=⟪no-format 1⟫\n```\n", "no credential format"),
    ],
)
def test_examples_that_do_not_load(examples: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        rule_file(examples)


def test_recipes_are_spelled_out_the_same_each_time() -> None:
    text = "```dotenv bad\n«A»=⟪github-pat 1⟫ ⟪github-pat 1⟫ ⟪github-pat 2⟫ ⟪password 1⟫\n```\n```dotenv good\n```\n"
    one, other, third, word = rule_file(text).examples[0].files[".env"][2:].split()
    assert one == other != third
    assert len(one) == 40
    assert len(word) == 18


# -- what is compiled ------------------------------------------------------------------------------------------


class Thing:
    """Stands for an entry."""

    def __init__(self, key: str, value: Any = None) -> None:
        self.key = key
        self.value = value


def test_params_have_types_and_defaults() -> None:
    made = rule_file(
        params="{names: 'list of text = [a, b]', limit: number = 3, word: text, deep: flag = true, by: map of text}",
        when="entry.key in params.names and params.deep",
    )
    assert params_of(made) == {
        "names": ("list of text", ["a", "b"]), "limit": ("number", 3), "word": ("text", ""), "deep": ("flag", True),
        "by": ("map of text", {}),
    }  # fmt: skip
    entry, functions = compiled(made)
    assert entry["params"]["limit"] == 3

    class Params:
        names = ("a",)
        deep = True

    assert functions[1](Thing("a"), Params, None, None)
    assert not functions[1](Thing("b"), Params, None, None)


def test_claims_may_depend_on_the_finding() -> None:
    made = rule_file(
        same_as="['a/one', 'b/two if entry.key == \"K\"', 'c/three if entry.value is None']", part_of="[d/four]"
    )
    entry, functions = compiled(made)
    assert entry["same_as"] == ["b/two", "c/three", "a/one"] or set(entry["same_as"]) == {"a/one", "b/two", "c/three"}
    assert functions[6](Thing("K", "v"), None, None, None) == ["a/one", "b/two"]
    assert functions[6](Thing("X"), None, None, None) == ["a/one", "c/three"]
    assert functions[7] is None
    assert entry["part_of"] == ["d/four"]


def test_a_for_gives_each_finding_an_item() -> None:
    made = rule_file(
        each="compose.service", id="compose/a-rule", at="port", for_="port in service.ports",
        when="port is not None", say="{port}",
    )  # fmt: skip
    _, functions = compiled(made)

    class Service:
        ports = ("80", "81")

    assert list(functions[0](Service, None, None, None)) == ["80", "81"]
    assert functions[3](Service, "80", None, None, None) == ("80",)
    Service.ports = UNKNOWN  # type: ignore[assignment]
    assert list(functions[0](Service, None, None, None)) == []


def test_at_takes_the_first_that_is_present() -> None:
    _, functions = compiled(rule_file(at="entry.value or entry.key"))
    assert functions[2](Thing("k", ""), None, None, None) == ""
    assert functions[2](Thing("k", None), None, None, None) == "k"
    assert functions[2](Thing("k", UNKNOWN), None, None, None) == "k"


def test_related_names_other_places() -> None:
    _, functions = compiled(rule_file(related="[{at: entry.value, say: 'the {entry.key} here'}]"))
    assert functions[4](Thing("k", "v"), None, None, None) == [("v", ("the ", "k", " here"))]
    assert compiled(rule_file())[1][4] is None


def test_of_alternatives_the_first_that_applies_wins() -> None:
    from infralint.text.source import Source, text_at

    fix = (
        "\n  - {safety: safe, if: entry.key == 'A', replace: entry.key, with: one, title: first}"
        "\n  - {safety: unsafe, why: w, replace: entry.value, with: 'two {entry.key}'}"
        "\n  - {safety: manual, delete: entry.key}"
    )
    _, functions = compiled(rule_file(fix=fix))
    source = Source(".env", "A=x\nB=y\n")
    chosen = [
        functions[5](Thing(text_at(source, at, at + 1), value), None, None, None)  # type: ignore[arg-type]
        for at, value in ((0, text_at(source, 2, 3)), (4, text_at(source, 6, 7)), (4, None))
    ]
    assert [(one.safety.name, one.title, one.edits[0].text) for one in chosen] == [
        ("SAFE", "first", "one"), ("UNSAFE", "replace it", "two B"), ("MANUAL", "remove it", ""),
    ]  # fmt: skip


def test_a_bundle_is_all_or_nothing() -> None:
    from infralint.text.source import Source, text_at

    fix = "{safety: safe, title: t, do: [{replace: entry.key, with: k}, {replace: entry.value, with: v}]}"
    _, functions = compiled(rule_file(fix=fix))
    source = Source(".env", "A=x\n")
    both = functions[5](Thing(text_at(source, 0, 1), text_at(source, 2, 3)), None, None, None)  # type: ignore[arg-type]
    assert [edit.text for edit in both.edits] == ["k", "v"]
    assert functions[5](Thing(text_at(source, 0, 1)), None, None, None) is None  # type: ignore[arg-type]
