from __future__ import annotations

import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from infralint.syntax.dockerfile import parse
from infralint.syntax.shell import Script, read_exec, read_shell
from infralint.text.source import Source, Text, text_at
from infralint.text.unknown import Unknown


def read(text: str) -> Script:
    return read_shell(text_at(Source("x.sh", text), 0, len(text)))


def words(script: Script) -> list[list[str]]:
    return [[str(word.value) for word in command.argv] for command in script.commands]


def test_words_lose_quotes_and_variables_are_unknown() -> None:
    script = read('a "b c" \'d\'e f\\ g $H "i$J" *.k $(l m)')
    assert words(script) == [["a", "b c", "de", "f g", "unknown", "unknown", "*.k", "unknown"], ["l", "m"]]
    assert script.commands[1].holder is script.commands[0]
    assert script.commands[1].in_substitution


def test_lists_pipes_and_groups() -> None:
    script = read("a && b || c; ! d | e &\n(f; { g; })\nif h; then i; fi")
    by_name = {str(command.name): command for command in script.commands}
    assert (by_name["a"].after, by_name["b"].before, by_name["b"].after, by_name["c"].after) == ("&&", "&&", "||", ";")
    assert by_name["d"].is_negated
    assert by_name["d"].pipeline is by_name["e"].pipeline is not None
    assert (by_name["d"].stage, by_name["e"].stage) == (0, 1)
    assert by_name["f"].in_subshell
    assert by_name["g"].in_subshell
    assert (by_name["h"].in_condition, by_name["h"].is_conditional, by_name["i"].is_conditional) == (True, False, True)


def test_a_group_behind_a_pipe_is_one_stage() -> None:
    script = read("curl x | (cd /; sudo bash)")
    (pipeline,) = script.pipelines
    assert [[str(c.name) for c in stage] for stage in pipeline.stages] == [["curl"], ["cd", "sudo"]]


def test_redirections_belong_to_the_last_command() -> None:
    script = read("A=1 a && b >f 2>&1")
    assert [(a.name, a.value and str(a.value.value)) for a in script.commands[0].assignments] == [("A", "1")]
    assert [(r.operator, r.descriptor, r.target and str(r.target.raw)) for r in script.commands[1].redirections] == [
        (">", "", "f"),
        (">&", "2", "1"),
    ]


def test_heredocs_feed_their_command() -> None:
    script = read("cat <<EOF | tee x && echo y\nfoo $A\nEOF\ncat <<-'Q'\n\tbar\n\tQ\nz")
    assert [str(c.name) for c in script.commands] == ["cat", "tee", "echo", "cat", "z"]
    first, last = script.commands[0].feeds[0], script.commands[3].feeds[0]
    assert (str(first.body), first.expands, str(last.body), last.expands) == ("foo $A\n", True, "\tbar\n", False)
    assert script.commands[1].pipeline is script.commands[0].pipeline is not None


@pytest.mark.parametrize(
    "text",
    ["sh -c 'b c'", "sudo -E bash -euxc 'b c'", 'bash -o pipefail -c "b c"', "/bin/sh -c 'b c'", "bash <<X\nb c\nX\n"],
)
def test_scripts_handed_to_a_shell_are_read(text: str) -> None:
    script = read(text)
    inner = script.commands[-1]
    assert [str(word.value) for word in inner.argv] == ["b", "c"]
    assert text[inner.start : inner.end] == "b c"
    assert inner.holder is script.commands[0]


def test_exec_forms_are_read() -> None:
    cmd = parse(Source("D", 'FROM a\nCMD ["sh", "-c", "x && y"]\n')).instructions[1]
    assert cmd.items is not None
    assert words(read_exec(cmd.items, cmd.args)) == [["sh", "-c", "x && y"], ["x"], ["y"]]


def test_expressions_of_a_ci_system_are_unknown_words() -> None:
    script = read("echo ${{ github.event.x }} a-${{ b }} c")
    assert words(script) == [["echo", "unknown", "unknown", "c"]]
    assert script.commands[0].argv[1].raw == "${{ github.event.x }}"
    assert not script.partial


def test_words_behind_wide_characters_and_continuations_map_back() -> None:
    text = "FROM a\nRUN echo é😀 \\\n  # 😀\n  && cürl 'ü' x\n"
    run = parse(Source("D", text)).instructions[1]
    command = read_shell(run.args).commands[1]
    assert [w.raw.raw for w in command.argv] == ["cürl", "'ü'", "x"]
    assert text[command.start : command.end] == "cürl 'ü' x"


def test_what_is_broken_is_partial_and_the_rest_is_read() -> None:
    script = read("apt-get update\nif then (\n")
    assert script.partial
    assert ["apt-get", "update"] in words(script)


HOSTILE = {
    "parens": "(" * 60_000, "substitutions": "$(" * 20_000, "ifs": "if " * 20_000, "words": "a " * 32_000,
    "heredocs": "a <<E\n" * 10_000, "pipes": "a|" * 30_000, "lists": "a&&" * 20_000 + "b", "nots": "! " * 30_000 + "a",
    "defaults": "${a:-" * 12_000, "strings": "sh -c 'a';" * 5_000, "masks": "${{ " * 15_000, "long": "a\n" * 40_000,
    "wide": "😀 " * 30_000, "groups": "{ " * 30_000, "ticks": "`" * 60_000, "nested": "(a;" * 10_000 + ")" * 10_000,
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_scripts_end_soon(text: str) -> None:
    assert_linear(read, text)


def test_too_long_a_script_says_so() -> None:
    assert "longer" in read("a\n" * 40_000).unreadable


@settings(max_examples=300, deadline=None)
@given(st.text("ab $(){}<>|&;\n'\"`\\é#=-", max_size=60))
def test_any_text_is_read_and_every_word_stands_where_it_says(text: str) -> None:
    source = Source("x", text)
    for command in read_shell(text_at(source, 0, len(text))).commands:
        assert text[command.start : command.end] == command.text
        for word in command.argv:
            assert word.raw.raw == word.raw
            value = word.value
            if not isinstance(value, Unknown):
                assert isinstance(value, Text)
                assert "".join(text[value.offset(i)] for i in range(len(value))) == value
