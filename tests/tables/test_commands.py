from __future__ import annotations

import pytest

from infralint.model.shared.command import Command, commands_in, covers
from infralint.syntax.shell import read_shell
from infralint.text.source import Source, text_at
from infralint.text.unknown import UNKNOWN, Unknown


def commands(text: str) -> list[Command]:
    return list(commands_in(read_shell(text_at(Source("x.sh", text), 0, len(text)))))


@pytest.mark.parametrize(
    ("text", "manager", "packages"),
    [
        ("sudo apt-get -qq install -y -t sid curl=7.1 ./x.deb git", "apt-get", ["curl=7.1", "git"]),
        ("apk add --no-cache --virtual .build gcc=1 musl", "apk", ["gcc=1", "musl"]),
        ("pip3.12 install -r r.txt flask==1.0 'requests>=2'", "pip", ["flask=1.0", "requests"]),
        ("python3 -m pip install --upgrade pip", "pip", ["pip"]),
        ("npm i -g @x/y@1.2 z", "npm", ["@x/y=1.2", "z"]),
        ("yum install -y nginx-1.2.0 python3-devel", "yum", ["nginx=1.2.0", "python3-devel"]),
        ("gem install rails -v 7.1", "gem", ["rails=7.1"]),
        ("cargo install x --version 1.2", "cargo", ["x=1.2"]),
        ("yarn global add x@1", "yarn", ["x=1"]),
        ("env A=1 nice -n 5 conda install -y numpy=1.2", "conda", ["numpy=1.2"]),
        ("pacman -S --noconfirm git", "pacman", ["git"]),
        ("composer require a/b:1.0", "composer", ["a/b=1.0"]),
        ("go install a/b@v1", "go", ["a/b=v1"]),
        ("go run a/b@v1 c d", "go", ["a/b=v1"]),
        ("go install tool ./x", "go", []),
        ("pipx install black", "pipx", ["black"]),
    ],
)
def test_packages_that_are_installed(text: str, manager: str, packages: list[str]) -> None:
    command = commands(text)[0]
    assert command.installs == manager
    assert [f"{p.name}={p.version}" if p.version else f"{p.name}" for p in command.packages] == packages
    assert all(p.name.raw == p.name for p in command.packages)


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("apt-get install a", False), ("apt-get install -yq a", True), ("apt-get -qq install a", True),
        ("apt-get install --assume-yes a", True), ("apt-get install -q a", False), ("apt-get install $O a", UNKNOWN),
        ("dnf -y install a", True), ("zypper -n in a", True), ("zypper in a", False), ("apk add a", True), ("ls", None),
    ],
)  # fmt: skip
def test_answers_to_questions(text: str, yes: object) -> None:
    assert commands(text)[0].assumes_yes is yes


def test_other_actions() -> None:
    found = commands("apt-get update && apt-get -y dist-upgrade && apt-get clean && yum clean all; pacman -Syu")
    assert [(c.updates, c.upgrades, c.cleans) for c in found] == [
        ("apt-get", None, None), (None, "apt-get", None), (None, None, "apt-get"), (None, None, "yum"),
        (None, "pacman", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("curl -fsSL https://x | sudo -E bash -", True), ("wget -qO- x | sh -s -- a", True),
        ('bash -c "$(curl x)"', True),
        ("bash <(curl x)", True), ('eval "$(curl x)"', True), ("source <(curl x)", True), ("curl x | python3", True),
        ("curl x | tee f | sh", True), ("curl x | (cd / && sh)", True), ("curl x | tar xz", False),
        ("curl -o f x", False),
        ("curl x | sh -c 'cat'", False), ("curl x | python3 -c 'y'", False), ("curl x | bash script.sh", False),
        ('bash -c "echo $(curl x)"', False), ("curl x | python3 -m json.tool", False),
    ],
)  # fmt: skip
def test_downloads_that_are_run_unseen(text: str, runs: bool) -> None:
    (download,) = [command for command in commands(text) if command.is_download is True]
    assert download.pipes_into_shell is runs


def test_an_unknown_reader_is_unknown() -> None:
    assert isinstance(commands("curl x | $SH")[0].pipes_into_shell, Unknown)


def test_flags_alone_joined_and_with_values() -> None:
    command = commands("curl -fsSL --retry=3 x")[0]
    assert command.has_flag("-L") is True
    assert command.has_flag("--retry") is True
    assert command.has_flag("-k", "--insecure") is False
    assert isinstance(commands("curl $O x")[0].has_flag("-k"), Unknown)


def test_sudo_is_seen_and_looked_through() -> None:
    command = commands("DEBIAN_FRONTEND=x sudo -u me make all")[0]
    assert (command.name, command.runs_as_sudo, command.arguments) == ("make", True, ["all"])
    assert command.sudo is not None
    assert command.sudo.raw == "sudo"


@pytest.mark.parametrize(
    ("written", "is_covered"),
    [
        ("/a/b", True),
        ("/a/b/*", True),
        ("/a", True),
        ("/a/*", True),
        ("/a/{b,c}/", True),
        ("/a/bc", False),
        ("/a/b/c", False),
        ("", False),
    ],
)
def test_what_a_removal_covers(written: str, is_covered: bool) -> None:
    assert covers(written, "/a/b") is is_covered


def test_only_asking_for_the_version_installs_nothing() -> None:
    assert commands("yarn --version")[0].installs is None
    assert commands("yarn --frozen-lockfile")[0].installs == "yarn"
