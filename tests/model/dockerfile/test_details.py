"""Keywords, variables in use, empty lines, platforms, and what COPY does."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.model.dockerfile.copy import ignore_patterns, is_ignored
from infralint.model.dockerfile.detail import gaps, keywords, platforms, references
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.element import UNKNOWN
from infralint.model.index import Index
from infralint.text.source import Source


def document(text: str, root: Path | str = "/nowhere") -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index(str(root)), "dockerfile")


def test_keywords_know_how_the_others_are_written() -> None:
    found = keywords(document("FROM a AS b\ncopy x /\nFrom c as d\nRUN x\n"))
    assert [(str(k.text), k.usual) for k in found] == [
        ("FROM", "FROM"), ("AS", "AS"), ("copy", "COPY"), ("From", "FROM"), ("as", "as"), ("RUN", "RUN"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("ARG A=1\nFROM scratch\nCOPY $A /\n", {"A": True}),
        ("ARG A=1\nFROM scratch\nARG A\nCOPY $A /\n", {"A": False}),
        ("FROM scratch AS x\nENV A=1\nARG B=2\nFROM x\nCOPY $A $B /\n", {"A": False, "B": True}),
        ("FROM alpine:3\nENV P=$PATH:$X\n", {"PATH": False, "X": True}),
        ("FROM node:22\nENV P=$X\n", {"X": UNKNOWN}),
        ("FROM example/alpine\nENV P=$X\n", {"X": UNKNOWN}),
        ("FROM $A\nCOPY $HTTP_PROXY /\n", {"A": True, "HTTP_PROXY": False}),
        ("ARG A\nFROM --platform=$BUILDPLATFORM x:$A\n", {"A": False, "BUILDPLATFORM": False}),
        ("FROM scratch\nLABEL a='$A' b=\"$B\" c=\\$C d=${D:-1}\n", {"B": True, "D": True}),
        ("FROM scratch\nONBUILD COPY $A /\nRUN echo $B\n", {}),
    ],
)
def test_variables_and_whether_something_defines_them(text: str, verdicts: dict[str, object]) -> None:
    found = references(document(text))
    assert {str(reference.name): reference.is_undefined for reference in found} == verdicts
    assert all(reference.raw.lstrip("${").startswith(reference.name) for reference in found)


def test_a_variable_does_not_see_what_is_set_beside_it() -> None:
    found = references(document("FROM scratch\nENV A=1 B=$A C=$C\nENV D=$A\n"))
    assert [(str(r.name), r.is_set_beside, r.extends_itself) for r in found] == [
        ("A", True, False), ("C", False, True), ("A", False, False),
    ]  # fmt: skip


def test_empty_lines_inside_instructions_only() -> None:
    found = gaps(document("FROM a\n\nRUN x \\\n\n  # y\n\n  z \\\n v\\\n\t\n\n w \nRUN <<E\n\nE\n"))
    assert [(gap.lines, gap.raw) for gap in found] == [([4, 6], "\n  # y\n\n  z \\"), ([9, 10], "\t\n\n w")]


def test_platforms() -> None:
    found = platforms(document("FROM --platform=linux/amd64 a AS x_amd64\nFROM --platform=${TARGETPLATFORM} b\n"))
    assert [(p.is_constant, p.is_target, p.is_in_name) for p in found] == [(True, False, True), (False, True, False)]


@pytest.mark.parametrize(
    ("path", "ignored"),
    [("a", False), ("x/deep/a", True), ("docs/b.md", True), ("docs/keep.md", False), ("docs", False), ("b.log", True)],
)
def test_dockerignore(path: str, ignored: bool) -> None:
    patterns = ignore_patterns("# comment\n*/deep\n./docs/\n!docs/keep.md\n*.log\n")
    assert is_ignored(path, patterns) is ignored


def test_copies_of_ignored_files_are_found_beside_the_dockerfile(tmp_path: Path) -> None:
    (tmp_path / ".dockerignore").write_text("secret\n")
    text = "FROM scratch\nCOPY ./secret/a b $C *.x .  /\nCOPY --from=z secret /\n"
    first, second = document(text, tmp_path).of("COPY")
    assert [str(word) for word in first.ignored_sources] == ["./secret/a"]
    assert second.ignored_sources == []


@pytest.mark.parametrize(
    ("arguments", "into_one_file"),
    [
        ("a b c", True), ("a b c/", False), ("a b .", False), ("a b $C", UNKNOWN), ("a b", False), ('["a", "b", "c"]', True),
        ("{{ .x }} /bin", UNKNOWN), ("a b c\\", False),
    ],
)  # fmt: skip
def test_several_sources_want_a_folder(arguments: str, into_one_file: object) -> None:
    copy = document(f"# escape=`\nFROM a\nCOPY {arguments}\n").of("COPY")[0]
    assert copy.is_into_one_file is into_one_file


def test_archives_and_who_unpacks_them() -> None:
    one, two = document("FROM a\nCOPY x/y.tar.gz /z.tgz\nCOPY b.tar /\nRUN tar xf /z.tgz\n").of("COPY")
    assert str(one.unpacked_by) == "tar xf /z.tgz"
    assert two.unpacked_by is None


def test_working_folders_and_what_they_continue() -> None:
    text = "FROM x AS a\nWORKDIR b\nWORKDIR /c/\nFROM a\nWORKDIR d\nWORKDIR ./e\nWORKDIR $F\nWORKDIR g\n"
    found = document(text).of("WORKDIR")
    assert [own.base for own in found] == [None, None, "/c", "/c/d", "/c/d/./e", UNKNOWN]
    assert [own.full_path for own in found] == [None, "/c/", "/c/d", "/c/d/e", UNKNOWN, UNKNOWN]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (".env x/.env.prod .env.example /", [".env", "x/.env.prod"]), ("~/.aws/credentials credentials /", ["~/.aws/credentials"]),
        ("id_rsa id_rsa.pub *.p12 k.p12 /", ["id_rsa", "k.p12"]), ("x ${KUBECONFIG}", ["${KUBECONFIG}"]), ("$X /", []),
    ],
)  # fmt: skip
def test_files_of_credentials(arguments: str, words: list[str]) -> None:
    assert [str(word) for word in document(f"FROM a\nCOPY {arguments}\n").of("COPY")[0].credentials] == words


def test_what_a_later_instruction_overrides() -> None:
    stage = document("FROM a\nCMD x\nRUN y\nCMD z\nCMD w\n").stages[0]
    later = stage.repeating("CMD")
    assert [(own.raw, own.earlier_twin.raw if own.earlier_twin else "") for own in later] == [
        ("CMD z", "CMD x"),
        ("CMD w", "CMD z"),
    ]


def test_runs_that_could_be_one() -> None:
    runs = document("FROM a\nRUN x\nRUN y\nRUN --network=none z\nRUN a && b\nRUN c\n").of("RUN")
    assert [run.continues is not None for run in runs] == [False, True, False, False, False]


def test_spaced_names_and_values_are_rewritten_where_that_is_plain() -> None:
    own = document('FROM a\nENV A b c\nENV A=b\nLABEL x "y"\nARG A\n').of("ENV", "LABEL", "ARG")
    assert [each.is_spaced for each in own] == [True, False, True, False]
    assert [edit.text for edit in own[0].with_sign or []] == ['A="b c"']
    assert own[2].with_sign is None
