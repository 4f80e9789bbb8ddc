"""What is random and what a person wrote: the two sides that every rule about values rests on."""

from __future__ import annotations

import random
import string

import pytest

from infralint.tables.randomness import is_random_password, looks_random, reads_as_words

ALNUM = string.ascii_letters + string.digits


def made(seed: int, alphabet: str, size: int) -> str:
    chance = random.Random(seed)
    return "".join(chance.choice(alphabet) for _ in range(size))


@pytest.mark.parametrize(
    ("alphabet", "size", "share"),
    [(ALNUM, 20, 0.9), (string.ascii_lowercase + string.digits, 20, 0.9), (ALNUM + "-_", 32, 0.97)],
)
def test_most_made_values_are_random(alphabet: str, size: int, share: float) -> None:
    assert sum(looks_random(made(seed, alphabet, size)) for seed in range(1000)) >= 1000 * share


def test_most_passwords_with_symbols_are_random() -> None:
    values = [made(seed, ALNUM + "!%*()+,-./:;=?@^_~&#", 20) for seed in range(1000)]
    assert sum(is_random_password(one) or looks_random(one) for one in values) >= 850


@pytest.mark.parametrize(
    "value",
    [
        "registry-auth-2-eu-west-1",
        "my-service-account-v2",
        "v1.2.3-beta.4+build.5",
        "2024-01-01T00:00:00Z",
        "aes-256-gcm-rsa-2048",
        "postgres16-alpine3-edge",
        "https://login.acme.example/2/oauth2",
        "Bearer realm=api2, scope=read1",
    ],
)
def test_what_reads_as_words_is_not_random(value: str) -> None:
    assert not looks_random(value)
    assert not is_random_password(value)


@pytest.mark.parametrize(
    "value",
    [
        "^[A-Za-z0-9!@#]{8,32}$",
        "%Y-%m-%dT%H:%M:%S",
        "self.Token1(ctx, B64)",
        "/mnt/k8s/Vault1/Pw1",
        "https://acme.example/reset?token={Token1}&n=2",
        "user12@Acme3.example",
        "f(x).Then(a => a.T1)",
    ],
)
def test_notations_are_no_passwords(value: str) -> None:
    assert not is_random_password(value)


def test_few_letters_side_by_side_tell_nothing() -> None:
    assert reads_as_words("a1b2c3d4") is None
    assert reads_as_words("production-east-2") is True
    assert reads_as_words("xqzkvj7bgwxpq") is False
