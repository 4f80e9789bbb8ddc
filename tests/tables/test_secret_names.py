"""What a name says of its value, and values that are no secrets whatever their name says."""

from __future__ import annotations

import base64

import pytest

from infralint.tables import secret_names, secrets
from infralint.tables.secret_find import find
from infralint.tables.secret_formats import sample
from infralint.tables.settings_files import is_settings_file, is_translation


@pytest.mark.parametrize(
    "name",
    [
        "DB_PASSWORD", "POSTGRES_PASSWORD_REPLICA", "SECRET_KEY_BASE", "auth.token", "spring.datasource.password", "clientSecret",
        "TOKEN_GITHUB", "PASSWORD_1", "PROVIDERS_SECRET_PARAM_MASTER_ENCRYPTION_KEY", "secret.value", "apiKey",
    ],
)  # fmt: skip
def test_names_of_secrets(name: str) -> None:
    assert secret_names.names_a_secret(name)


@pytest.mark.parametrize(
    "name",
    [
        "SECRET_NAMES", "APP_SECRET_NAME", "CONFIG_PROVIDERS_SECRET_PARAM_BROKER_SERVERS", "SECRET_PARAM_SECURITY_PROTOCOL",
        "token_embd.weight", "token_types.weight", "token_embd_norm.bias", "TOKEN_TTL", "PASSWORD_RULES", "password.reset.subject",
        "KMS_KEY_ALIAS", "API_KEY_HEADER", "PASSPHRASE_REQUIRED", "token_model",
    ],
)  # fmt: skip
def test_names_of_what_stands_beside_a_secret(name: str) -> None:
    assert not secret_names.names_a_secret(name)
    assert not secret_names.may_hold_random_secret(name)


@pytest.mark.parametrize(
    "value",
    [
        "urn:k8s:secret:name:key1",
        "vault://kv/app#key1",
        "kms:alias/app-2",
        "ENC[AES256_GCM,data:Ab1Cd2Ef3]",
        "infisical://app/KEY_1",
        "secretref:app-1",
    ],
)
def test_references_are_no_secrets(value: str) -> None:
    assert secrets.is_reference(value)
    assert find(f"password: {value}") == []


def test_published_keys_are_samples() -> None:
    key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq" + "/K1SZFPTOtr/KBHBeksoGMGw=="
    assert secrets.is_sample(key)
    assert find(f"S3_SECRET_ACCESS_KEY={key}") == []
    assert not secrets.is_sample(key.replace("Eby8", "Eby9"))


@pytest.mark.parametrize("value", ["1234567890abcdef", "sk-lf-1234567890", "12345678-ABCD-ABCD-ABCD-1234567890AB"])
def test_counted_values_are_in_doubt(value: str) -> None:
    assert secrets.counts_up(value)
    assert [match.doubt for match in find(f"API_KEY={value}")] in ([], ["name"])


@pytest.mark.parametrize("seed", range(20))
def test_random_values_do_not_count_up(seed: int) -> None:
    assert not secrets.counts_up(sample("password", seed))
    assert not secrets.counts_up(sample("github-pat", seed))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("config/database.yml", ""), ("src/appsettings.Production.json", ""), ("values-prod.yaml", ""), (".circleci/config.yml", ""),
        ("deploy/app.yaml", "apiVersion: apps/v1\nkind: Deployment\n"), ("stack.json", '{\n  "AWSTemplateFormatVersion": "2010-09-09"\n'),
        (".env.bak", ""), ("group_vars/all/x.yml", ""), ("x.tfvars", ""),
    ],
)  # fmt: skip
def test_settings_files_of_known_programs(path: str, text: str) -> None:
    assert is_settings_file(path, text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("seeds/users.json", '{"password": "x"}'), ("convert/model.json", ""), ("plugin.yml", "middlewares: {}\n"), (".env.patch", ""),
        ("lang/de/config.yml", ""), ("package.json", ""), ("api/openapi.yaml", "openapi: 3.1.0\n"),
    ],
)  # fmt: skip
def test_other_data_is_no_settings_file(path: str, text: str) -> None:
    assert not is_settings_file(path, text)


def test_translations_are_known_by_their_folder() -> None:
    assert is_translation("src/lang/de.json")
    assert not is_translation("src/language.json")


def manifest(key: str, value: str, block: str = "data") -> list[tuple[str, str]]:
    if block == "data":
        written = base64.b64encode(value.encode()).decode()
    else:
        written = "|\n    " + value.replace("\n", "\n    ")
    text = f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\n{block}:\n  {key}: {written}\n"
    return [(one.name, one.holds) for one in find(text) if one.format.name == "kubernetes-secret" and not one.doubt]


@pytest.mark.parametrize("block", ["data", "stringData"])
def test_a_manifest_is_told_by_what_it_holds(block: str) -> None:
    key = sample("private-key", 1)
    login = '{"auths": {"registry.internal": {"auth": "' + sample("password", 1) + '"}}}'
    assert manifest("tls.key", key, block) == ([("tls.key", "a private key")] if block == "data" else []), (
        "a rule of its own"
    )
    assert manifest("session", sample("gitea-token", 1), block) == [("session", "a random value")]
    assert manifest(".dockerconfigjson", login, block) == [(".dockerconfigjson", "the login of a registry")]
    assert manifest("password", "Gr33n-harvest,moon", block) == [("password", "a password")]


@pytest.mark.parametrize("block", ["data", "stringData"])
@pytest.mark.parametrize(
    "value",
    [
        "-----BEGIN CERTIFICATE-----\nMIIB{}\n-----END CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----\n...\n-----END OPENSSH PRIVATE KEY-----", "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----",
        "changeme", "hunter2", "{{ .Values.password }}", "ENC[AES256_GCM,data:abc]", "https://git.example.com/app",
    ],
)  # fmt: skip
def test_a_manifest_without_a_secret_is_none(block: str, value: str) -> None:
    assert manifest("tls.ca", value.replace("{}", sample("gitea-token", 3) * 2), block) == []
