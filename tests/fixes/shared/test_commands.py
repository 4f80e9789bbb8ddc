"""Words taken away from commands."""

from __future__ import annotations

import pytest

from infralint.fixes.shared.commands import without_flag, without_sudo
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.index import Index
from infralint.text.edit import apply
from infralint.text.source import Source


def document(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), "dockerfile")


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
    edits = without_sudo(document(source).of("RUN")[0].commands[0])
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
    edits = without_flag(command, next(word for word in command.flags if word == flag))
    assert (apply(source, edits) if edits else None) == (f"FROM x\nRUN {expected}\n" if expected else None)
