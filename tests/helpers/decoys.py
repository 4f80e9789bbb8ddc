"""Texts that look like credentials and are none: what the tests and `bench/secrets.py` hold against the search."""

from __future__ import annotations

import base64
import hashlib
import random
import uuid
from collections.abc import Callable

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


def commands(chance: random.Random) -> str:
    number = chance.randrange(100, 1000)
    return chance.choice((
        f"docker run -p {number}0:8080 -e TOKEN acme/app:1.{number}", f"mysql -h db{number} -P 3306 -p\"$MYSQL_ROOT_PASSWORD\" app", f"redis-cli -a \"${{REDIS_PASSWORD_{number}}}\" ping",
        f"tool login --token \"$TOKEN_{number}\" registry{number}.acme.example", f"helm upgrade a ./a --set image.tag=v1.{number}.0-rc1 --set auth.password=$PASSWORD",
        f"curl -H \"Authorization: Bearer $TOKEN{number}\" https://api.acme.example/v{number}", f"docker login -u ci{number} --password-stdin registry.acme.example",
        f"gpg --batch --passphrase-file /run/keys/p{number} --decrypt a{number}.gpg", f"openssl rsa -passin pass:changeme{number} -in k{number}.pem", f"az login --identity --client-id id-{number}",
        f"psql \"host=db{number} user=app password=$PGPASSWORD dbname=app{number}\"", f"zip -r a{number}.zip build/v1.{number}", f"echo \"$PASSWORD_{number}\" | docker login --password-stdin",
        f"aws configure set region eu-central-{number}", f"kubectl create secret generic a{number} --from-literal=password=\"$(pwgen 20)\"", f"machine host{number} login me password <password>",
        f"vault write auth/approle/login role_id=$ROLE_{number} secret_id=@/run/s{number}", f"mysqldump --password=$(cat /run/secrets/pw{number}) app", f"npm config set //registry.acme.example/:_authToken ${{NPM_TOKEN_{number}}}",
    ))  # fmt: skip


def addresses(chance: random.Random) -> str:
    number = chance.randrange(100, 1000)
    return chance.choice((
        f"url: postgres://app{number}:${{DB_PASSWORD}}@db{number}:5432/app", f"DATABASE_URL=mysql://user:password@db{number}:3306/app", f"jdbc:postgresql://db{number}/app?user=app&password=${{PW{number}}}",
        f"url: https://acme.example/reset?token={{token}}&n={number}", f"Server=db{number};Database=app;User Id=sa;Password=<password>;", f"smtp://%s:%s@smtp{number}.acme.example",
        f"https://acme.example/login?next=/a{number}&access_token=YOUR_TOKEN", f"amqp://guest:guest@mq{number}:5672/", f"redis://default:{{{{ redis_password }}}}@cache{number}:6379",
        f"git+https://$USER:$TOKEN@code{number}.acme.example/a.git", f"token_endpoint = https://login.acme.example/{number}/oauth2/v2.0/token?p=b2c_1_{number}", f"mongodb://[username:password@]host{number}/app",
    ))  # fmt: skip


def notations(chance: random.Random) -> str:
    number = chance.randrange(10, 100)
    name = chance.choice(SECRET_NAMES)
    value = chance.choice((
        f"^(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9!@#]{{8,{number}}}$", "%Y-%m-%dT%H:%M:%S.%fZ", f"!Ref DbPassword{number}", f"*db_password_{number}", f'<%= ENV["API_KEY_{number}"] %>', f'os.environ["KEY_{number}"]',
        f"$(cat /run/secrets/pw{number})", f"config.Secrets[{number}].Value2", f"self.token_{number}(ctx, B64)", f"func({number}).Then(a => a.Token1)", f"@/etc/keys/K{number}.pem", f"~/.config/Acme{number}/token.json",
        f"./secrets/Prod{number}/db.txt", f"/mnt/k8s/Vault{number}/Pw1", f"!vault-encrypted-{number}", f"Password{number}!", f"P@ssw0rd{number}!", f"Welcome-{number}!", f"S3cr3t{number}!", f"Passw0rd!{number}", f"My$ecretP@ss{number}",
        f"user{number}@acme.example", f"v1.{number}.0-beta.2+build.{number}", f"app:Config:Auth{number}:Token", f"{{cipher}}see-wiki-{number}", f"[REDACTED-{number}]", f"<Your-Token-{number}>", f"(see 1Password item {number})",
    ))  # fmt: skip
    return f"{name}={value}" if chance.random() < 0.5 else f"{name}: '{value}'"


MAKERS: tuple[Callable[[random.Random], str], ...] = (
    digests, identifiers, lock_lines, placeholders, references, public_keys, fixtures, prose, commands, addresses, notations,
)  # fmt: skip
