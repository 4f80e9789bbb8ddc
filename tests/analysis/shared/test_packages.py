"""Package managers."""

from __future__ import annotations

import pytest

from infralint.analysis.shared import packages
from infralint.analysis.shared.packages import assumes_yes, cleans, installs, updates, upgrades
from infralint.model.shared.command import Command, commands_in
from infralint.syntax.shell import read_shell
from infralint.text.source import Source, text_at
from infralint.text.unknown import UNKNOWN


def commands(text: str) -> list[Command]:
    return list(commands_in(read_shell(text_at(Source("x.sh", text), 0, len(text)))))


@pytest.mark.parametrize(
    ("text", "manager", "expected"),
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
def test_packages_that_are_installed(text: str, manager: str, expected: list[str]) -> None:
    command = commands(text)[0]
    assert installs(command) == manager
    assert [f"{p.name}={p.version}" if p.version else f"{p.name}" for p in packages.packages(command)] == expected
    assert all(p.name.raw == p.name for p in packages.packages(command))


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("apt-get install a", False), ("apt-get install -yq a", True), ("apt-get -qq install a", True),
        ("apt-get install --assume-yes a", True), ("apt-get install -q a", False), ("apt-get install $O a", UNKNOWN),
        ("dnf -y install a", True), ("zypper -n in a", True), ("zypper in a", False), ("apk add a", True), ("ls", None),
    ],
)  # fmt: skip
def test_answers_to_questions(text: str, yes: object) -> None:
    assert assumes_yes(commands(text)[0]) is yes


def test_other_actions() -> None:
    found = commands("apt-get update && apt-get -y dist-upgrade && apt-get clean && yum clean all; pacman -Syu")
    assert [(updates(c), upgrades(c), cleans(c)) for c in found] == [
        ("apt-get", None, None), (None, "apt-get", None), (None, None, "apt-get"), (None, None, "yum"),
        (None, "pacman", None),
    ]  # fmt: skip


def test_only_asking_for_the_version_installs_nothing() -> None:
    assert installs(commands("yarn --version")[0]) is None
    assert installs(commands("yarn --frozen-lockfile")[0]) == "yarn"
