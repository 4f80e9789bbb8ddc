from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from infralint.syntax.dockerfile import Dockerfile, Instruction, parse
from infralint.text.source import Source, Text

FOLDER = Path(__file__).parents[2] / "fixtures" / "syntax" / "dockerfile"
FILES = sorted(FOLDER.glob("*.Dockerfile"))
JSON_FORMS = ("RUN", "CMD", "COPY")


def read(text: str | bytes) -> Dockerfile:
    return parse(Source("Dockerfile", text.encode() if isinstance(text, str) else text))


def texts(instruction: Instruction) -> Iterator[Text]:
    yield from (instruction.keyword, instruction.text, instruction.args, *instruction.words)
    yield from (flag.value for flag in instruction.flags if flag.value is not None)
    yield from (part for pair in instruction.pairs for part in pair if part is not None)
    yield from (part for heredoc in instruction.heredocs for part in (heredoc.word, heredoc.body))
    if instruction.inner is not None:
        yield from texts(instruction.inner)


def assert_placed(tree: Dockerfile) -> None:
    body = tree.source.text
    for instruction in tree.instructions:
        assert 0 <= instruction.start <= instruction.end <= len(body)
        for text in texts(instruction):
            assert text.pieces is not None
            if "\\" in text.raw and text.style:
                continue  # decoded escapes
            assert "".join(body[text.offset(i)] for i in range(len(text))) == text
    for comment in tree.comments:
        assert body[comment.start] == "#"
        assert "\n" not in body[comment.start : comment.end]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
def test_agrees_with_the_builders_own_parser(path: Path, line_end: str, bom: bytes) -> None:
    oracle = pytest.importorskip("dockerfile")
    text = path.read_text(encoding="utf-8").replace("\n", line_end)
    tree = read(bom + text.encode())
    theirs = [
        (name := c.cmd.upper(), c.start_line, c.end_line, list(c.value) if c.json and name in JSON_FORMS else None)
        for c in oracle.parse_string(text)
    ]
    ours = [
        (
            i.name,
            i.first_line,
            i.last_line,
            [*map(str, i.items)] if i.items is not None and i.name in JSON_FORMS else None,
        )
        for i in tree.instructions
    ]
    assert ours == theirs
    assert not tree.faults
    assert_placed(tree)


def test_words_of_a_continued_instruction_map_back_to_their_own_line() -> None:
    tree = read("FROM a\nRUN apt-get install \\\n  # why\n\n  curl \\\n  wget\n")
    run = tree.instructions[1]
    assert run.args == "apt-get install   curl   wget"
    curl = run.words[2]
    assert (curl, curl.raw, tree.source.position(curl.start)) == ("curl", "curl", (5, 3))
    assert [(c.line, tree.source.text[c.start : c.end]) for c in tree.comments] == [(3, "# why")]
    assert (run.first_line, run.last_line, tree.source.text[run.start : run.end][-4:]) == (2, 6, "wget")


def test_pairs_lose_their_quotes_and_keep_their_places() -> None:
    env = read("FROM a\nENV A=1 \"B\"='x y' C=a\\ b D=\n").instructions[1]
    assert [(str(p.name), str(p.value)) for p in env.pairs] == [("A", "1"), ("B", "x y"), ("C", "a b"), ("D", "")]
    assert [p.value.raw for p in env.pairs if p.value is not None] == ["1", "x y", "a\\ b", ""]


def test_old_form_of_env_takes_the_rest_of_the_line() -> None:
    env = read("FROM a\nENV key  the value=x\n").instructions[1]
    assert [(str(p.name), str(p.value)) for p in env.pairs] == [("key", "the value=x")]


def test_flags_are_apart_from_arguments() -> None:
    copy = read('FROM a\nCOPY --from=b --chown="x y" --link src dst\n').instructions[1]
    assert [(f.name, f.value) for f in copy.flags] == [("from", "b"), ("chown", "x y"), ("link", None)]
    assert copy.words == ["src", "dst"]
    assert copy.flag("from") is copy.flags[0]


def test_heredocs_have_bodies_and_the_next_instruction_is_read() -> None:
    tree = read((FOLDER / "heredocs.Dockerfile").read_bytes())
    heredocs = [(h.name, str(h.body), h.expands, h.strips_tabs) for i in tree.instructions for h in i.heredocs]
    assert heredocs == [
        ("EOF", "apk add curl\nFROM here is no instruction\n", True, False),
        ("TAB", "\t# not a comment of the file\n\t$NOT_EXPANDED\n", False, True),
        ("one.txt", "first $A\n", True, False),
        ("two", "second \\\n", False, False),
    ]
    assert [i.name for i in tree.instructions][-2:] == ["CMD", "USER"]
    onbuild = tree.instructions[4]
    assert onbuild.inner is not None
    assert [str(h.body) for h in onbuild.inner.heredocs] == ["echo later\n"]


def test_healthcheck_holds_its_command() -> None:
    tree = read((FOLDER / "odd.Dockerfile").read_bytes())
    checks = [i for i in tree.instructions if i.name == "HEALTHCHECK"]
    assert checks[0].inner is not None
    assert checks[0].inner.items == ["curl", "-f", "x"]
    assert checks[1].inner is None


@pytest.mark.parametrize(
    ("text", "name", "raw"),
    [
        ("FROM a\nRUM x\n", "unknown-instruction", "RUM"),
        ("RUN x\nFROM a\n", "before-from", "RUN"),
        ("ARG x\n", "no-from", ""),
        ("FROM a b\n", "bad-from", "a b"),
        ("FROM a\nRUN <<EOF\nx\n", "syntax", "<<EOF"),
        ("FROM a\nENV A=1 B\n", "bad-pair", "B"),
        ("FROM a\nENV A\n", "bad-pair", "A"),
        ("FROM a\nCMD [1, 2]\n", "not-strings", "[1, 2]"),
        ("FROM a\nUSER\n", "missing-argument", "USER"),
        ("# escape=x\nFROM a\n", "bad-directive", "x"),
        ("# escape=`\n# escape=`\nFROM a\n", "duplicate-directive", "# escape=`"),
        ("FROM a\nONBUILD ONBUILD RUN x\n", "bad-onbuild", "ONBUILD"),
        ("FROM a\nHEALTHCHECK curl x\n", "bad-healthcheck", "curl"),
    ],
)
def test_what_the_builder_refuses_is_a_fault(text: str, name: str, raw: str) -> None:
    assert [(f.name, text[f.start : f.end]) for f in read(text).faults] == [(name, raw)]


def test_reading_goes_on_behind_a_heredoc_that_never_ends() -> None:
    tree = read("FROM a\nRUN <<EOF\nfoo bar\nUSER x\n")
    assert [i.name for i in tree.instructions] == ["FROM", "RUN", "USER"]


def test_directives_count_only_in_the_head() -> None:
    tree = read("# syntax=docker/dockerfile:1\n# check=skip=JSONArgsRecommended\n\n# escape=`\nFROM a\n")
    assert [(d.name, str(d.value)) for d in tree.directives] == [
        ("syntax", "docker/dockerfile:1"),
        ("check", "skip=JSONArgsRecommended"),
    ]
    assert tree.escape == "\\"


HOSTILE = {
    "long": "x" * 1_100_000,
    "many": "ENV a=b\n" * 120_000,
    "pairs": "FROM a\nENV " + "a=b \\\n" * 100_000,
    "heredocs": "FROM a\n" + "".join(f"RUN <<a{i}\n" for i in range(60_000)),
    "twins": "FROM a\n" + "RUN <<E\n" * 50_000 + "\tE\n",
    "quotes": "FROM a\nENV " + "a='" * 200_000 + "\nENV x",
    "flags": "FROM a\nRUN " + "--a=\\\n" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_end_soon_and_say_so(text: str) -> None:
    assert read(text).faults
    assert_linear(read, text)


LINES = st.sampled_from([
    "FROM a AS b", "RUN <<E", "E", "RUN x \\", "# c", "", "ENV a=\"b c\" d='e", "COPY --from=x a b \\",
    'CMD ["a", "\\u00e9"]', "\t", "LABEL é=😀 x", "ONBUILD RUN a <<-'E' \\", "HEALTHCHECK --x CMD a", "ARG",
    "ENV a \\", "\\", "# escape=`", "RUN a `",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES | st.text(max_size=20), max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_any_text_is_read_and_every_word_stands_where_it_says(lines: list[str], line_end: str) -> None:
    assert_placed(parse(Source("Dockerfile", line_end.join(lines))))
