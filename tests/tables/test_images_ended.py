"""Which images get no updates any more: versions, code names, and what is left alone."""

from __future__ import annotations

import pytest

from infralint.tables.images_ended import ended


@pytest.mark.parametrize(
    ("name", "tag", "what"),
    [
        ("library/python", "2", "Python 2"),
        ("library/python", "3.9.4-slim", "Python 3.9.4"),
        ("library/python", "3.10", None),
        ("library/python", "3", None),
        ("library/python", "3.11", None),
        ("library/python", "3.13-slim-buster", "Debian buster"),
        ("library/python", "3.13-alpine3.9", "Alpine Linux 3.9"),
        ("library/python", "3.13-alpine3.23", None),
        ("library/node", "22", None),
        ("library/node", "23-slim", "Node.js 23"),
        ("library/node", "lts", None),
        ("library/ubuntu", "22.04", None),
        ("library/ubuntu", "23.10", "Ubuntu 23.10"),
        ("library/ubuntu", "focal-20240530", "Ubuntu focal"),
        ("library/mariadb", "11.4", None),
        ("library/mariadb", "10.6", None),
        ("library/mariadb", "10.10", "MariaDB 10.10"),
        ("library/mariadb", "11.1.2", "MariaDB 11.1.2"),
        ("library/centos", None, "the image centos"),
        ("library/openjdk", "27-ea-slim", None),
        ("library/debian", None, None),
        ("library/debian", "latest", None),
        ("example/python", "2.7", None),
        ("opensuse/leap", "15.5", "openSUSE Leap 15.5"),
    ],
)
def test_what_has_ended(name: str, tag: str | None, what: str | None) -> None:
    assert ended(f"docker.io/{name}", tag) == what


@pytest.mark.parametrize(
    ("path", "tag", "what"),
    [
        ("dotnet/core/aspnet", "3.1", ".NET Core 3.1"),
        ("dotnet/sdk", "6.0-alpine", ".NET 6.0"),
        ("dotnet/sdk", "10.0", None),
        ("dotnet/monitor", "6", None),
    ],
)
def test_microsofts_images(path: str, tag: str, what: str | None) -> None:
    assert ended(f"mcr.microsoft.com/{path}", tag) == what
