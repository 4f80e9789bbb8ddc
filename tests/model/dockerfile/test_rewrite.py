"""Edits over several places of a Dockerfile, and where they are refused."""

from __future__ import annotations

import pytest

from infralint.model.dockerfile.detail import references
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.index import Index
from infralint.text.edit import apply
from infralint.text.source import Source


def document(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), "dockerfile")


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("server --port 8080", '["server", "--port", "8080"]'),
        ("server  a\tb", '["server", "a", "b"]'),
        ("server $PORT", None),
        ("server 'a b'", None),
        ("server && other", None),
        ("exec server", None),
        ("A=1 server", None),
        ("server *.txt", None),
        ("cd /x", None),
    ],
)
def test_only_what_a_shell_merely_splits_becomes_an_array(command: str, expected: str | None) -> None:
    assert document(f"FROM a\nCMD {command}\n").of("CMD")[0].exec_form == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RUN a\nRUN b\n", "RUN a \\\n    && b\n"),
        ("RUN a \\\n  && b\nRUN c && d\n", "RUN a \\\n  && b \\\n    && c && d\n"),
        ("RUN a\nRUN b || c\n", None),
        ("RUN a\nRUN b; c\n", None),
        ("RUN a\nRUN set -e; c\n", None),
        ("RUN a\n# why\nRUN b\n", None),
        ("RUN a\nRUN --mount=type=cache,target=/x b\n", None),
        ('RUN a\nRUN ["b"]\n', None),
        ("RUN a\nRUN <<E\nb\nE\n", None),
        ("RUN a &\nRUN b\n", None),
    ],
)
def test_two_runs_are_joined_only_where_a_failure_still_ends_both(text: str, expected: str | None) -> None:
    source = f"FROM x\n{text}"
    edits = document(source).of("RUN")[1].joined_above
    assert (apply(source, edits) if edits else None) == (f"FROM x\n{expected}" if expected else None)


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("RUN cd /src && make", "WORKDIR /src\nRUN make"),
        ("RUN cd /src \\\n  && make && x", "WORKDIR /src\nRUN make && x"),
        ("RUN cd $DIR && make", None),
        ("RUN cd src && make", None),
        ("RUN cd /src; make", None),
        ("RUN cd /src && make || true", None),
        ("RUN cd /src", None),
        ("RUN --network=none cd /src && make", None),
    ],
)
def test_a_leading_cd_becomes_a_workdir_only_where_all_hangs_on_it(run: str, expected: str | None) -> None:
    source = f"FROM x\n{run}\n"
    edits = document(source).of("RUN")[0].cd_as_workdir
    assert (apply(source, edits) if edits else None) == (f"FROM x\n{expected}\n" if expected else None)


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ("ENV A=1 B=$A", "ENV A=1\nENV B=$A"),
        ("ENV A=1 \\\n    B=$A C=2", "ENV A=1\nENV B=$A C=2"),
        ('ENV A="x y" B="$A/z"', 'ENV A="x y"\nENV B="$A/z"'),
    ],
)
def test_env_is_split_in_front_of_the_entry_that_reads_it(env: str, expected: str) -> None:
    source = f"FROM scratch\n{env}\n"
    edits = next(r for r in references(document(source)) if r.is_set_beside).apart
    assert edits is not None
    assert apply(source, edits) == f"FROM scratch\n{expected}\n"


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("sudo apt-get update", "apt-get update"),
        ("DEBIAN_FRONTEND=noninteractive sudo apt-get update", "DEBIAN_FRONTEND=noninteractive apt-get update"),
        ("sudo -u app make", None),
    ],
)
def test_sudo_goes_only_where_it_has_no_options(run: str, expected: str | None) -> None:
    source = f"FROM x\nRUN {run}\n"
    edits = document(source).of("RUN")[0].commands[0].without_sudo
    assert (apply(source, edits) if edits else None) == (f"FROM x\nRUN {expected}\n" if expected else None)


@pytest.mark.parametrize(
    ("run", "flag", "expected"),
    [
        ("curl -k https://a", "-k", "curl https://a"),
        ("curl \\\n  --insecure \\\n  https://a", "--insecure", "curl \\\n  https://a"),
        ("curl -sk https://a", "-sk", None),
        ("curl https://a -k", "-k", "curl https://a"),
    ],
)
def test_a_flag_goes_with_the_blanks_in_front_of_it(run: str, flag: str, expected: str | None) -> None:
    source = f"FROM x\nRUN {run}\n"
    command = document(source).of("RUN")[0].commands[0]
    edits = command.without(next(word for word in command.flags if word == flag))
    assert (apply(source, edits) if edits else None) == (f"FROM x\nRUN {expected}\n" if expected else None)
