"""What makes a text a credential: its format with its checksum, or name and look together; never a name alone."""

from __future__ import annotations

import base64
import json
import random

import pytest
from growth import assert_linear

from infralint.tables import secret_shapes, secrets
from infralint.tables.secret_find import find
from infralint.tables.secret_formats import FORMATS, sample


def names(text: str, path: str = "") -> list[tuple[str, str]]:
    return [(match.format.name, match.doubt) for match in find(text, path)]


def test_the_table_is_whole() -> None:
    assert len(FORMATS) >= 270
    assert len({row.name for row in FORMATS}) == len(FORMATS)
    for row in FORMATS:
        assert row.source.startswith("https://"), row.name
        for shape in row.shapes:
            assert row.words or len(secret_shapes.keyword(shape)[0]) >= 1, f"{row.name}: nothing announces {shape}"
            assert all(one.text or one.alphabet in secret_shapes.ALPHABETS for one in secret_shapes.parts(shape)), (
                row.name
            )


def test_a_wrong_checksum_is_a_doubt() -> None:
    token = sample("github-pat", 1)
    other = token[:-1] + ("a" if token[-1] != "a" else "b")
    assert names(f"x {token}") == [("github-pat", "")]
    assert names(f"x {other}") == [("github-pat", "checksum")]
    assert secret_shapes.holds_checksum(sample("npm-token", 3))
    assert not secret_shapes.holds_checksum(sample("npm-look-alike", 3))


def test_githubs_own_sum() -> None:
    assert secret_shapes.crc_digits("", 6) == "000000"
    assert len(secret_shapes.crc_digits("a" * 30, 6)) == 6


@pytest.mark.parametrize("text", ["x{}", "{}x", "{}=", "/{}/", ".{}"])
def test_a_part_of_a_longer_word_is_none(text: str) -> None:
    key = sample("easypost-key", 2)
    assert names(text.format(key)) == ([("easypost-key", "")] if text == "/{}/" else [])


def test_a_vendors_value_needs_the_vendors_name() -> None:
    key = sample("gitea-token", 1)
    assert names(f"GITEA_TOKEN={key}") == [("gitea-token", "")]
    assert names(f"gitea: {key}") == [("gitea-token", "name")]
    assert names(f"commit: {key}") == []
    assert names(f"magiteaTOOL: {key}") == [], "the word begins within another one"
    assert names(f"gitea_sha: {key[:39]}") == []


def test_a_name_alone_is_never_enough() -> None:
    word = sample("password", 1)
    assert names(f'password: "{word}"') == [("generic", "")]
    for value in (
        "changeme123",
        "correct horse",
        "var.db_password1",
        "${DB_PASSWORD1}",
        "/run/secrets/db-1",
        "1.2.3-alpha.45",
        "2024-01-01T00:00",
    ):
        assert names(f'password: "{value}"') == [], value
    assert names(f"name: {word}") == []
    assert names(f"password_hash_name: {word}") == []
    assert names(f"public_key: {word}") == []


def test_a_value_beside_its_name_in_a_list() -> None:
    word = sample("password", 2)
    assert names(f"- name: DB_PASSWORD\n  value: {word}\n") == [("generic", "")]
    assert names(f"- value: {word}\n  name: DB_PASSWORD\n") == [("generic", "")]
    assert names(f"- name: COLOR\n  value: {word}\n") == []


def test_base64_is_judged_by_what_it_says() -> None:
    plain = base64.b64encode(b"example-cookie-secret!").decode()
    assert names(f"cookie_secret: {plain}") == []


def test_keys_and_tokens_in_their_armour() -> None:
    key = sample("private-key", 1)
    assert names(f"a: |\n  {key}") == [("private-key", "")]
    assert names(f'a: "{key}"'.replace("\n", "\\n")) == [("private-key", "")]
    assert names("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----") == [("private-key", "sample")]
    assert names(key.replace("PRIVATE", "PUBLIC")) == []
    assert names("x " + sample("jwt", 1)) == [("jwt", "")]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("curl -u me:{} https://x", True),
        ('curl --user "me:{}" https://x', True),
        ('curl -u "me:$PASSWORD" https://x', False),
        ("curl -u me https://x", False),
        ("curl -H 'X-Api-Key: {}' https://x", True),
        ("curl -H 'X-Api-Key: <your key>' https://x", False),
        ('curl \\\n  -H "Authorization: Bearer {}" \\\n  https://x', True),
    ],
)
def test_credentials_on_a_command_line(line: str, found: bool) -> None:
    text = line.format(sample("password", 4))
    assert [match.format.family for match in find(text)] == (["web"] if found else [])


@pytest.mark.parametrize(
    "line",
    [
        "mysqldump -u root -p{} app",
        "docker login -u ci -p {} registry.acme.example",
        "echo {} | docker login --password-stdin",
        "helm upgrade a ./a --set auth.password={}",
        "kubectl create secret generic a --from-literal=key={}",
        "openssl rsa -passin pass:{} -in k.pem",
        "keytool -list -storepass {}",
        "echo 'root:{}' | chpasswd",
        "7z x -p{} a.7z",
        "ldapsearch -x -w {} -b dc=acme",
        "PGPASSWORD={} psql -h db",
        "java -Dspring.datasource.password={} -jar a.jar",
    ],
)
def test_commands_that_are_told_a_password(line: str) -> None:
    assert len(find(line.format(sample("password", 5)))) == 1, line
    assert find(line.format("changeme")) == []
    assert find(line.format('"$DB_PASSWORD"')) == []
    assert find(line.format("registry-name")) == []


@pytest.mark.parametrize(
    "text",
    ["host=db user=app password={} dbname=app", "smtps://u%40acme.example:{}@smtp", "Server=d;Uid=a;Pwd={};", "https://a.example/v1?api_key={}"],
)  # fmt: skip
def test_passwords_within_addresses(text: str) -> None:
    from infralint.tables.secrets import url_pattern

    value = sample("password", 6)
    assert find(text.format(value)) or url_pattern().search(text.format(value))
    assert find(text.format("${PASSWORD}")) == []


def test_passwords_with_symbols_under_their_name() -> None:
    value = sample("password", 7)
    for text in (
        f".{value}",
        f"!{value}",
        f"%{value}",
        f"*{value}",
        f"/{value}",
        f"{value[:6]}({value[6:]}",
        f"{value[:6]};{value[6:]}",
    ):
        assert names(f"DB_PASSWORD='{text}'") == [("generic", "")], text
        assert names(f"COLOR='{text}'") == [], text


@pytest.mark.parametrize(
    "form",
    ["$apr1${8}${22}", "$$apr1$${8}$${22}", "$5${8}${43}", "$6$rounds=5000${16}${86}", "$y$j9T${22}${43}", "$argon2id$v=19$m=65536,t=3,p=4${22}${43}",
     "pbkdf2_sha256$600000${16}${43}=", "{SSHA}{32}"],
)  # fmt: skip
def test_hashes_of_passwords(form: str) -> None:
    import re

    text = re.sub(
        r"\{(\d+)\}", lambda size: sample("password", int(size[1])).ljust(int(size[1]), "x")[: int(size[1])], form
    )
    assert names(f"user:{text}") == [("password-hash", "")]
    assert names(f"user:{text[: len(text) // 2]}") == []


def test_private_parts_of_json_web_keys() -> None:
    part = sample("password", 8) * 3
    assert names(f'{{"kty":"RSA","n":"AQAB","d":"{part}"}}') == [("json-web-key", "")]
    assert names(f'{{\\"kty\\":\\"oct\\",\\"k\\":\\"{part}\\"}}') == [("json-web-key", "")]
    assert names(f'{{"kty":"RSA","n":"{part}","e":"AQAB"}}') == []
    assert names(f'{{"kty":"EC","x":"{part}","y":"{part}"}}') == []


def test_a_manifest_tells_secrets_from_settings() -> None:
    def secret(value: str, name: str = "password") -> list[tuple[str, str]]:
        coded = base64.b64encode(value.encode()).decode()
        return names(f"apiVersion: v1\nkind: Secret\ndata:\n  {name}: {coded}\n")

    assert secret("Tr0ub4dor-and-more") == [("kubernetes-secret", "")]
    assert secret("http://minio.default.svc:9000", "endpoint") == [("kubernetes-secret", "name")]
    assert secret("changeme-please") != [("kubernetes-secret", "")]
    assert names("apiVersion: v1\nkind: ConfigMap\ndata:\n  motto: dHIwdWI0ZG9yLWFuZC1tb3Jl\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "=" * 50_000,
        "a=" * 50_000,
        "ghp_" * 20_000,
        "ey" * 40_000 + ".ey",
        "curl " * 20_000,
        "A" * 200_000,
        "kind: Secret\n---\n" * 9000,
    ],
)
def test_hostile_texts_end_soon(text: str) -> None:
    assert_linear(find, text)


def test_references_and_placeholders() -> None:
    for value in (
        "${V}",
        "${V:-x}",
        "$(V)",
        "{{ v }}",
        "${{ secrets.V }}",
        "<< v >>",
        "!Ref V",
        "{{resolve:ssm:v}}",
        "op://a/b",
        "vault:a#b",
        "/run/secrets/a",
        "$V",
    ):
        assert secrets.is_reference(value), value
    assert not secrets.is_reference("a$b")
    assert secrets.is_sample("ghp_" + "x" * 36)
    assert secrets.is_sample("abcdefghijklmnopqrstuvwxyz")


def test_the_base64_of_a_certificate_is_no_token() -> None:
    token = sample("github-pat", 1)
    armour = f"-----BEGIN CERTIFICATE-----\n{token}\n-----END CERTIFICATE-----\n"
    assert [one for one in find(armour) if not one.doubt] == []
    assert [one.start for one in find(f"{armour}\n{token}\n") if not one.doubt] == [len(armour) + 1]


KEY = "".join(random.Random("header").choices("0123456789abcdef", k=32))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"curl https://api.example.com/x -H 'X-API-KEY: {KEY}'\n", True),
        (f"curl http://127.0.0.1:9180/x \\\n  -H 'X-API-KEY: {KEY}' -X PUT\n", False),
        (f"curl -sf -H 'X-API-KEY: {KEY}' localhost/x\n", False),
        (f"curl https://localhost.example.com/x -H 'X-API-KEY: {KEY}'\n", True),
        (f"## Example:\n## oidc:\n##   clientSecret: {KEY}\n", False),
        (f"## Before:\n## oidc:\n##   clientSecret: {KEY}\n", True),
        (f"# an example\nclientSecret: {KEY}\n", True),
        ("credentials_plugin_token: 523.vd859a_4b_122e6\n", False),
    ],
)
def test_what_stands_around_a_secret(text: str, found: bool) -> None:
    assert any(match.doubt == "" for match in find(text)) is found


def _web_token(**claims: str) -> str:
    parts = ({"alg": "HS256", "typ": "JWT"}, claims)
    made = [
        base64.urlsafe_b64encode(json.dumps(one, separators=(",", ":")).encode()).decode().rstrip("=") for one in parts
    ]
    return ".".join([*made, "Q7" * 3 + "".join(chr(97 + number * 7 % 26) for number in range(37))])


@pytest.mark.parametrize(
    ("claims", "is_found"),
    [
        ({"iss": "supabase", "ref": "abcdefghijklmnopqrst", "role": "anon"}, False),
        ({"iss": "supabase-demo", "role": "service_role"}, False),
        ({"iss": "supabase", "ref": "abcdefghijklmnopqrst", "role": "service_role"}, True),
        ({"iss": "shop", "role": "anon"}, True),
    ],
)
def test_a_web_token_that_is_meant_for_browsers_is_none(claims: dict[str, str], is_found: bool) -> None:
    token = _web_token(**claims)
    assert bool([one for one in find(f"SUPABASE_API_KEY={token}\n") if not one.doubt]) is is_found
    assert secrets.is_literal_secret(token) is is_found
