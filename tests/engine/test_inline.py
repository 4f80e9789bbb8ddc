"""A Dockerfile within a compose file is judged as one, and reported where it stands."""

from __future__ import annotations

from pathlib import Path

from infralint.engine.options import Options
from infralint.engine.run import run

HEAD = "services:\n  web:\n    build:\n      context: .\n      dockerfile_inline: |\n"


def found(folder: Path, *lines: str, head: str = HEAD) -> list[tuple[str, str, int, str]]:
    text = head + "".join(f"        {line}\n" for line in lines)
    (folder / "compose.yaml").write_text(text)
    report = run([str(folder)], Options(root=str(folder)))
    return [
        (one.rule, one.path, one.line, text.splitlines()[one.line - 1][one.column - 1 : one.end_column - 1])
        for one in report.findings
        if one.rule.startswith("dockerfile/")
    ]


def test_the_finding_stands_at_its_words_in_the_compose_file(tmp_path: Path) -> None:
    rows = found(tmp_path, "FROM alpine", "RUNN echo", "USER 10001")
    assert ("dockerfile/untagged-image", "compose.yaml", 6, "alpine") in rows
    assert ("dockerfile/invalid-instruction", "compose.yaml", 7, "RUNN") in rows


def test_what_compose_would_replace_is_unknown(tmp_path: Path) -> None:
    assert found(tmp_path, "FROM alpine$TAG", "USER 10001") == []


def test_a_good_one_and_another_key_are_silent(tmp_path: Path) -> None:
    assert found(tmp_path, "FROM alpine:3.22", "USER 10001") == []
    assert found(tmp_path, "FROM alpine", head=HEAD.replace("dockerfile_inline", "x-note")) == []


def test_a_fix_leaves_the_compose_file_alone(tmp_path: Path) -> None:
    import infralint

    found(tmp_path, "FROM debian:13", "RUN apt-get update && apt-get install vim", "USER 10001")
    before = (tmp_path / "compose.yaml").read_text()
    infralint.fix([str(tmp_path)], root=str(tmp_path), select="dockerfile/apt-without-yes")
    assert (tmp_path / "compose.yaml").read_text() == before
