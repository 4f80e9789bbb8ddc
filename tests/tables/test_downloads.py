"""Where curl and wget write, and what counts as a check, as their manuals say."""

from __future__ import annotations

import pytest

from infralint.tables.downloads import files_written, is_by_hash, is_check, makes_executable


@pytest.mark.parametrize(
    ("line", "files"),
    [
        ("curl https://x/a.tgz", []),
        ("curl -o /tmp/a.tgz https://x/b", ["a.tgz"]),
        ("curl -o/tmp/a.tgz https://x/b", ["a.tgz"]),
        ("curl -fsSLo 'a b' https://x/b", ["a"]),  # words are cut by the caller
        ("curl --output=a --silent https://x/b", ["a"]),
        ("curl --output a --retry 3 https://x/b", ["a"]),
        ("curl -fsSLO https://x/a-$V.tgz?raw=1", ["a-$V.tgz"]),
        ("curl -OJ https://x/a", []),  # the server names it
        ("curl -H x -O https://x/a", ["a"]),
        ("curl -o - https://x/a", []),
        ("curl -o a x -o b y", ["a", "b"]),
        ("wget https://x/a.tgz https://x/b.tgz", ["a.tgz", "b.tgz"]),
        ("wget -qO- https://x/a", []),
        ("wget -qO a https://x/b", ["a"]),
        ("wget -P /tmp -nv https://x/a", ["a"]),
        ("wget --output-document=/o/a https://x/b", ["a"]),
        ("wget https://x/", []),
    ],
)
def test_files_that_a_download_writes(line: str, files: list[str]) -> None:
    name, *words = line.split()
    assert files_written(name, words) == files


@pytest.mark.parametrize(
    ("line", "checks"),
    [
        ("sha256sum -c -", True), ("gpg --batch --verify a.asc a", True), ("gpg --dearmor -o a", False),
        ("openssl dgst -sha256 a", True), ("openssl req -new", False), ("rpm -K a", True), ("rpm -i a", False),
        ("gh attestation verify a", True), ("echo sha256sum", False),
    ],
)  # fmt: skip
def test_what_compares_a_checksum_or_signature(line: str, checks: bool) -> None:
    name, *words = line.split()
    assert is_check(name, words) is checks


def test_modes_that_let_a_file_be_run() -> None:
    assert [mode for mode in ("+x", "a+rx", "755", "0755", "u+x", "644", "+r", "-x", "600", "go-x") if makes_executable(mode)] == [
        "+x", "a+rx", "755", "0755", "u+x",
    ]  # fmt: skip


def test_addresses_that_name_a_hash() -> None:
    assert is_by_hash("https://x/archive/" + "0a" * 20 + ".tar.gz")
    assert not is_by_hash("https://x/archive/v1.2.3.tar.gz")
    assert not is_by_hash("https://x/" + "g" * 40)
