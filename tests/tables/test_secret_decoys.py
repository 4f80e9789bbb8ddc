"""What looks like a credential and is none: four hundred decoys, of which next to none may be reported."""

from __future__ import annotations

import base64
import hashlib
import random
import uuid
from collections.abc import Callable
from pathlib import Path

from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.tables.secret_formats import FORMATS

KEPT = 50
SECRET_NAMES = (
    "API_TOKEN", "db_password", "client-secret", "signingKey", "GITHUB_TOKEN", "aws_secret_access_key", "auth.token", "STRIPE_API_KEY",
    "dockerPassword", "slack_bot_token", "npm_token", "jwtSecret", "SECRET_KEY_BASE", "private_key", "credentials", "datadog_api_key",
)  # fmt: skip


def raw(chance: random.Random, size: int) -> bytes:
    return bytes(chance.randrange(256) for _ in range(size))


def digests(chance: random.Random) -> str:
    kind = chance.choice(("sha256", "sha1", "md5", "sha512"))
    made = hashlib.new(kind, raw(chance, 8), usedforsecurity=False).hexdigest()
    return chance.choice(
        (
            f"{kind}: {made}",
            f"checksum={made}",
            f"image: app@sha256:{made}",
            f'rev = "{made}"',
            f"{made}  file.tar.gz",
            f"commit: {made}",
        )
    )


def identifiers(chance: random.Random) -> str:
    made = uuid.UUID(bytes=raw(chance, 16))
    name = chance.choice(
        (
            "id",
            "clientId",
            "tenant_id",
            "kms_key_id",
            "secretId",
            "credentialsId",
            "UserSecretsId",
            "requestId",
            "token_id",
            "session-id",
        )
    )
    return f'{name}: "{made}"'


def lock_lines(chance: random.Random) -> str:
    sha = base64.b64encode(raw(chance, 64)).decode()
    short = base64.b64encode(raw(chance, 32)).decode()
    return chance.choice((
        f'"integrity": "sha512-{sha}",', f"github.com/a/auth-token v1.2.3 h1:{short}", f"github.com/a/b v0.1.0/go.mod h1:{short}",
        f'{{file = "secret_key-1.0-py3-none-any.whl", hash = "sha256:{raw(chance, 32).hex()}"}},', f'checksum = "{raw(chance, 32).hex()}"',
        f"  resolution: {{integrity: sha512-{sha}}}", f"    --hash=sha256:{raw(chance, 32).hex()} \\", f"narHash = \"sha256-{short}\";",
    ))  # fmt: skip


def placeholders(chance: random.Random) -> str:
    value = chance.choice((
        "changeme", "your-token-here", "<your token>", "xxxxxxxxxxxxxxxxxxxxxxxxxxxx", "REPLACE_ME", "example-token-123", "****************",
        "insert-your-key-here", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "sk_test_xxxxxxxxxxxxxxxxxxxxxxxx", "AKIAIOSFODNN7EXAMPLE", "placeholder",
        "my-secret-value", "00000000-0000-0000-0000-000000000000", "TODO", "dummy-password-1", "some_random_string", "...", "secret", "aaaaaaaaaaaaaaaaaaaaaaaaaa",
    ))  # fmt: skip
    return f'{chance.choice(SECRET_NAMES)}: "{value}"'


def references(chance: random.Random) -> str:
    name = chance.choice(("TOKEN", "DB_PASSWORD_2", "apiKey1"))
    value = chance.choice((
        "${%s}", "${%s:-}", "${%s:?missing}", "$(%s)", "{{ %s }}", "${{ secrets.%s }}", "<< pipeline.parameters.%s >>", "!Ref %s",
        "{{resolve:secretsmanager:prod/db-1:SecretString:%s}}", "op://vault1/item2/%s", "vault:secret/data/app1#%s", "/run/secrets/%s-v1", "$%s",
        "%%%s%%", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:%s-AbC123", "file:/etc/keys/%s.pem", "ref+awsssm://prod/1/%s", "sm://p1/%s",
    )) % name  # fmt: skip
    return f"{chance.choice(SECRET_NAMES)}: {value}"


def public_keys(chance: random.Random) -> str:
    body = base64.b64encode(raw(chance, 60)).decode()
    return chance.choice((
        f"ssh-rsa AAAAB3NzaC1yc2E{body} me@host", f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{body[:43]} me", f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----",
        f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----", f"public_key: {body}", f"publicKey = \"{body}\"", f"pubkey: {raw(chance, 32).hex()}",
        f"stripe_key: pk_live_{body[:20].replace('/', 'a').replace('+', 'b')}", f"fingerprint: SHA256:{body[:43]}", f"host_key: ssh-rsa {body}",
    ))  # fmt: skip


def fixtures(chance: random.Random) -> str:
    number = chance.randrange(1000)
    return chance.choice((
        f"secretName: registry-auth-{number}", f"token_url: https://login.example.com/{number}/oauth2/token", f"password_file: /etc/app/p{number}.txt",
        f"uses: actions/create-github-app-token@{raw(chance, 20).hex()} # v2.{number}", f"key: node-modules-{number}-v3", f"cache-key: deps-{raw(chance, 8).hex()}",
        f"token_expiry: {number}h30m", f"passwordLength: {number}", f"secret_version: 2024-01-{number % 28 + 1:02}T10:00:00Z", f"apiKeyHeader: X-Api-Key-{number}",
        f"authorization_endpoint: /v{number}/authorize", f"API_VERSION=2.{number}.0-rc1", f"tokenBucket: s3-bucket-{number}-eu-west-1", f"sort_key: created_at_{number}",
        f"secretRef: {{name: app-{number}, key: token}}", f"access_key_name: app-{number}-main", f"encryption_algorithm: aes-256-gcm-{number}",
    ))  # fmt: skip


def prose(chance: random.Random) -> str:
    number = chance.randrange(100)
    return chance.choice((
        f"password: must have {number} characters or more", f"token = request.headers.get('X-Token-{number}')", f"# the secret: Keep1t {number} Simple",
        f"auth: user{number}.isAuthenticated()", f"client_secret = module.app{number}.client_secret", f"password = var.db{number}_password",
        f"api_key = os.environ[\"API_KEY_{number}\"]", f"secret: data.vault_secret.v{number}.value", f"credentials: SignIn{number}Form", f"key=lambda item{number}: item.token",
        f'"ChangeToken": "{uuid.UUID(bytes=raw(chance, 16))}"', f'"AWS::Location::APIKey": "{raw(chance, 8).hex()}"', f"tokenizer: BertTokenizer{number}Fast", f"passwordLabel: Enter2ndPassword{number}", f"authProvider: GoogleOAuth2Provider{number}",
    ))  # fmt: skip


MAKERS: tuple[Callable[[random.Random], str], ...] = (
    digests, identifiers, lock_lines, placeholders, references, public_keys, fixtures, prose,
)  # fmt: skip


def test_next_to_no_decoy_is_reported(tmp_path: Path) -> None:
    chance = random.Random(400)
    made = {}
    for maker in MAKERS:
        for number in range(KEPT):
            name = f"{maker.__name__}-{number}.{'yaml' if number % 2 else 'txt'}"
            made[name] = maker(chance)
            (tmp_path / name).write_text(made[name] + "\n", encoding="utf-8")
    assert len(made) == 400
    report = run([str(tmp_path)], Options(root=str(tmp_path), all_text=True))
    reported = {one.path: (made[one.path], one.rule) for one in report.findings if one.rule.startswith("any/")}
    assert len(reported) <= 4, reported


def test_each_format_is_found_by_its_own_sample(tmp_path: Path) -> None:
    """The other side: a table that found nothing would pass the decoys."""
    from infralint.tables.secret_find import find
    from infralint.tables.secret_formats import sample

    missed = []
    for row in FORMATS:
        if not row.shapes:
            continue
        for seed in range(3):
            if sample(row.name, seed).isalpha():
                continue  # a word to all that can be seen
            text = f'{row.words[0] if row.words else "value"}_token = "{sample(row.name, seed)}"\n'
            if row.name not in {match.format.name for match in find(text)} and not {
                match.format.name for match in find(text)
            } - {"generic", "digits"}:
                missed.append((row.name, seed))
    assert missed == []
