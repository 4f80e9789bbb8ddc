from __future__ import annotations

import time
from functools import cache

import pytest

from infralint.model.dockerfile.document import KIND, NOUNS, DockerfileDocument
from infralint.model.element import Unknown, fact
from infralint.model.index import Index
from infralint.text.source import Source


def read(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), KIND)


def test_the_user_is_inherited_along_stages() -> None:
    document = read("FROM a AS base\nUSER app:grp\nFROM base\nRUN x\nFROM b\nFROM 'base'\nUSER 0:0\n")
    base, child, other, last = document.stages
    assert (base.user, child.user, other.user) == (base.user, base.user, None)
    assert base.user is not None
    assert (base.user.name, base.user.group, base.user.is_root, last.is_final) == ("app", "grp", False, True)
    assert last.user is not None
    assert last.user.is_root is True


@pytest.mark.parametrize(
    ("text", "is_root"),
    [
        ("FROM a\nUSER root", True), ("FROM a\nARG U=root\nUSER $U", True),
        ("FROM a\nENV U=me\nARG U=root\nUSER ${U}", False),
        ("FROM a\nUSER $U", None), ("FROM a\nARG U\nUSER $U", None), ("ARG U=root\nFROM a\nARG U\nUSER $U", True),
        ("ARG U=root\nFROM a\nUSER $U", None), ("FROM a\nUSER ${U:-root}", None),
        ("FROM scratch\nUSER ${U:-root}", True),
        ("FROM a\nUSER $U\nENV U=root", None), ("FROM a AS b\nENV U=root\nFROM b\nUSER $U", True),
        ("FROM a AS b\nARG U=root\nFROM b\nUSER $U", None),
    ],
)  # fmt: skip
def test_variables_of_a_user(text: str, is_root: bool | None) -> None:
    user = read(text).stages[-1].user
    assert user is not None
    assert isinstance(user.is_root, Unknown) if is_root is None else user.is_root is is_root


def test_images_are_those_that_are_no_stages() -> None:
    document = read(
        "ARG V=3.12\nFROM python:$V AS Build\nFROM build AS two\nCOPY --from=0 a b\nCOPY --from=nginx:1 a b\n"
        "RUN --mount=type=bind,from=tools:2,target=/t x\nFROM $NOPE\nCOPY --from=two a b\n"
    )
    images = list(NOUNS["image"].of(document))
    assert [str(image) for image in images] == ["python:$V", "nginx:1", "tools:2", "$NOPE"]
    assert (images[0].tag, isinstance(images[3].is_untagged, Unknown)) == ("3.12", True)
    assert [stage.is_used for stage in document.stages] == [True, True, True]
    assert isinstance(document.stages[2].has_healthcheck, Unknown)
    assert document.stages[1].image is not None
    assert document.stages[1].image.full_name == "docker.io/library/python"


def test_healthchecks_and_labels() -> None:
    document = read("FROM a AS b\nHEALTHCHECK CMD x\nLABEL one=1 'two'=2\nFROM b\nFROM b\nHEALTHCHECK NONE\nFROM a\n")
    assert [stage.has_healthcheck for stage in document.stages] == [True, True, False, False]
    assert "two" in document.stages[1].labels
    assert "two" not in document.stages[3].labels


def test_a_run_knows_what_it_installs_and_removes() -> None:
    run = read(
        "FROM a\nRUN --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update \\\n"
        " && apt-get install -y curl=1 \\\n # why\n && rm -rf /var/lib/apt/lists/*\n"
    ).stages[0].runs[0]  # fmt: skip
    (install,) = [command for command in run.commands if command.installs == "apt-get"]
    assert install.raw == "apt-get install -y curl=1"
    assert run.removes("/var/lib/apt/lists") is True
    assert run.removes("/var/cache/apt") is False
    assert (run.mounts_over("/var/lib/apt/lists"), run.mounts_over("/root/.cache")) == (True, False)


def test_a_removal_that_a_variable_may_do_is_unknown() -> None:
    assert isinstance(read("FROM a\nRUN rm -rf $X\n").stages[0].runs[0].removes("/x"), Unknown)


@pytest.mark.parametrize(
    ("text", "pipefail"),
    [
        ("RUN a | b", False), ("RUN set -o pipefail && a | b", True), ("RUN set -euxo pipefail; a | b", True),
        ('SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN a | b', True),
        ('SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nSHELL ["/bin/sh", "-c"]\nRUN a | b', False),
        ("RUN <<E\nset -o pipefail\na | b\nE", True), ('RUN ["bash", "-o", "pipefail", "-c", "a | b"]', True),
    ],
)  # fmt: skip
def test_pipefail(text: str, pipefail: bool) -> None:
    run = read(f"FROM x\n{text}\n").stages[0].runs[-1]
    assert run.has_pipefail is pipefail
    assert [str(command.name) for command in run.pipes] == ["a"]


def test_powershell_is_not_read_as_shell() -> None:
    document = read('# escape=`\nFROM a\nRUN dir\nSHELL ["powershell.exe", "-c"]\nRUN iwr x | iex\n')
    first, second = document.stages[0].runs
    assert (first.shell, second.shell, second.is_posix) == ("cmd", "powershell", False)
    assert second.commands == []
    assert not second.is_read
    assert isinstance(second.removes("/x"), Unknown)


def test_heredoc_scripts_are_read_in_place() -> None:
    text = (
        "FROM a\nRUN <<EOF\napt-get install -y x\nEOF\nRUN cat <<EOF | sh\nfoo\nEOF\n"
        "RUN <<EOF\n#!/usr/bin/env python3\nimport x\nEOF\n"
    )
    one, two, three = read(text).stages[0].runs
    assert [command.raw for command in one.commands] == ["apt-get install -y x"]
    assert [str(command.name) for command in two.commands] == ["cat", "sh"]
    assert three.commands == []


def test_keys_are_structural() -> None:
    document = read("ARG A\nFROM a AS build\nRUN x\nRUN y\nFROM b\nUSER c\n")
    runs = document.stages[0].runs
    assert [document.key_of(e) for e in (document.head[0], document.stages[0], runs[1], runs[1].commands[0])] == [
        "ARG[0]", "stage.build", "stage.build.RUN[1]", "stage.build.RUN[1]",
    ]  # fmt: skip
    assert document.key_of(document.stages[1].user) == "stage[1].USER[0]"


def test_triggers_are_judged_but_do_not_change_the_stage() -> None:
    document = read("FROM a\nONBUILD USER root\nONBUILD RUN apt-get install x\n")
    assert document.stages[0].user is None
    assert [run.trigger for run in NOUNS["run"].of(document)] == [True]


def test_problems_and_comments_come_through() -> None:
    document = read("# hi\nFROM a\nRUM x # no comment\n")
    assert [(p.name, p.raw) for p in document.problems] == [("unknown-instruction", "RUM")]
    assert [(c.text, c.line, c.alone) for c in document.comments()] == [("# hi", 1, True)]


@cache
def facts_of(kind: type) -> list[str]:
    return [name for name in dir(kind) if isinstance(getattr(kind, name, None), fact)]


HOSTILE = {
    "stages": "FROM a AS s0\n" + "".join(f"FROM s{i} AS s{i + 1}\n" for i in range(4_000)),
    "doubling": "FROM a\nENV A=aaaaaaaa\n" + "ENV A=$A$A B=$A$A\n" * 3_000,
    "shell": "FROM a\n" + ("RUN " + "a && " * 6_000 + "b\n") * 20,
    "wide": "FROM a\n" + ("RUN " + "😀 " * 20_000 + "b\n") * 20,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_end_soon(text: str) -> None:
    begin = time.process_time()
    document = read(text)
    for noun in NOUNS.values():
        for element in noun.of(document):
            for name in facts_of(type(element)):
                getattr(element, name)
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("RUN apt-get update && apt-get install -y a", "RUN apt-get update && apt-get install -y a && rm x"),
        ("RUN a \\\n  && b", "RUN a \\\n  && b \\\n  && rm x"),
        ("RUN a && \\\n\tb", "RUN a && \\\n\tb && \\\n\trm x"),
        ("RUN set -e; \\\n\tb", "RUN set -e; \\\n\tb; \\\n\trm x"),
        ("RUN a;", None), ("RUN a # why", None), ('RUN ["a"]', None), ("RUN <<E\na\nE", None),
    ],
)  # fmt: skip
def test_a_command_is_appended_as_the_others_are_written(run: str, expected: str | None) -> None:
    document = read(f"FROM a\n{run}\n")
    edits = document.stages[0].runs[0].appending("rm x")
    text = document.source.text
    made = None if edits is None else text[: edits[0].start] + edits[0].text + text[edits[0].end :]
    assert made == (None if expected is None else f"FROM a\n{expected}\n")


@pytest.mark.parametrize(
    ("run", "word"),
    [
        ("curl -fsSLk https://a", "-fsSLk"), ("curl -oka https://a", None), ("wget --no-check-certificate x", "--no-check-certificate"),
        ("git config --global http.sslVerify false", "http.sslVerify"), ("git -c http.sslVerify=true clone x", None),
        ("npm config set strict-ssl false", "strict-ssl"), ("npm install strict-ssl false", None),
        ("GIT_SSL_NO_VERIFY=0 git clone x", "GIT_SSL_NO_VERIFY"), ("NODE_TLS_REJECT_UNAUTHORIZED=$X npm ci", None),
    ],
)  # fmt: skip
def test_what_switches_certificates_off(run: str, word: str | None) -> None:
    commands = read(f"FROM a\nRUN {run}\n").stages[0].runs[0].commands
    found = [str(command.tls_off) for command in commands if command.tls_off is not None]
    assert found == ([] if word is None else [word])


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("apt-get update", True), ("apt-get update && adduser me", True), ("apt-get update && apt-get install a", False),
        ("apt-get update && ./install.sh", None), ("apt-get update && $TOOL", None), ("make", None),
    ],
)  # fmt: skip
def test_whether_it_only_updates(run: str, expected: bool | None) -> None:
    answer = read(f"FROM a\nRUN {run}\n").stages[0].runs[0].only_updates("apt-get")
    assert (None if isinstance(answer, Unknown) else answer) is expected


@pytest.mark.parametrize(
    ("add", "expected"),
    [
        ("ADD a /b", True), ("ADD a.tar.xz /b", False), ("ADD https://a/b /c", False), ("ADD $X /b", None),
        ("ADD a* /b", None), ("ADD --checksum=sha256:1 a /b", False),
    ],
)  # fmt: skip
def test_whether_add_only_copies(add: str, expected: bool | None) -> None:
    answer = read(f"FROM a\n{add}\n").of("ADD")[0].only_copies
    assert (None if isinstance(answer, Unknown) else answer) is expected


def test_the_span_of_a_command_through_its_packages() -> None:
    run = read("FROM a\nRUN x && sudo apt-get install -y \\\n  b=1 c \\\n  d e=2\n").stages[0].runs[0]
    command = run.commands[1]
    assert [str(package) for package in command.loose_packages] == ["c", "d"]
    span = command.through(command.loose_packages)
    assert span is not None
    assert span.raw == "apt-get install -y \\\n  b=1 c \\\n  d"
    assert command.through([]) is None
    many = (
        read("FROM a\nRUN apk add \\\n" + "".join(f"  p{n} \\\n" for n in range(30)) + "  z\n")
        .stages[0]
        .runs[0]
        .commands[0]
    )
    span = many.through(many.loose_packages)
    assert span is not None
    assert (span.raw[:7], span.raw[-5:], span.raw.count("\n")) == ("apk add", "  p10", 11)


def test_the_span_of_a_layer_ends_with_the_command_and_hides_nothing() -> None:
    for above, begins in ((10, "RUN set"), (11, "apt-get")):
        text = "FROM a\nRUN set -e; \\\n" + "  true; \\\n" * above + "  apt-get update; \\\n  x\n"
        run = read(text).stages[0].runs[0]
        span = run.through(run.updates_with("apt-get"))
        assert span is not None
        assert span.raw.startswith(begins)
        assert span.raw.endswith("apt-get update")


def test_pairs_are_one_span_only_side_by_side() -> None:
    beside, between = read("FROM a\nCMD x\n# c\n\nCMD y\nFROM b\nCMD x\nUSER u\nCMD y\n").stages
    assert beside.repeating("CMD")[0].with_twin_above.raw == "CMD x\n# c\n\nCMD y"
    assert between.repeating("CMD")[0].with_twin_above.raw == "CMD y"
    for middle, raw in (("", "curl x\nRUN wget y"), ("USER u\n", "wget y")):
        stage = read(f"FROM a\nRUN curl x\n{middle}RUN wget y\n").stages[0]
        both = stage.together(stage.calls("curl"), stage.calls("wget"))
        assert both is not None
        assert both.raw == raw
    apart = read("FROM a AS x\nFROM b\nFROM c AS x\nFROM c AS y\nUSER u\nFROM d AS Y\n").stages
    spans = [stage.with_earlier_twin for stage in apart]
    assert [span.raw for span in spans if span is not None] == ["x", "FROM c AS y\nUSER u\nFROM d AS Y"]
