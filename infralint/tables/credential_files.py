"""Files that hold credentials, by the names that the tools which write them give them (their manuals, 2026-11)."""

from __future__ import annotations

NAMES = frozenset((
    ".env", ".netrc", "_netrc", ".pgpass", ".git-credentials", ".pypirc", ".htpasswd", ".dockercfg", ".vault-token",
    "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_ecdsa_sk", "id_ed25519_sk", "kubeconfig", "credentials.tfrc.json",
))  # fmt: skip
PATHS = (
    ".aws/credentials",
    ".docker/config.json",
    ".kube/config",
    ".config/gcloud/application_default_credentials.json",
)
ENDINGS = (".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".ppk")
HARMLESS = (".example", ".sample", ".template", ".dist", ".test", ".ci", ".defaults", ".pub")
CREDENTIAL_VARIABLES = frozenset((
    "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "GOOGLE_APPLICATION_CREDENTIALS", "KUBECONFIG", "PGPASSFILE", "NETRC",
    "AZURE_AUTH_LOCATION", "BOTO_CONFIG",
))  # fmt: skip
"""Variables that tell a tool where its credentials are."""


KEY_STORES = (".p12", ".pfx", ".jks")
"""Stores of private keys with their certificates: PKCS #12 (RFC 7292) and Java's own."""


_PRIVATE_KEYS = ("id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_ecdsa_sk", "id_ed25519_sk")
_KEY_ENDINGS = (".pem", ".key", ".ppk")


def is_private_key(lower: str) -> bool:
    """Whether a file name (lower case) is one under which private keys are kept: `id_rsa`, `server.key`, `deploy.pem`."""
    return lower.endswith(_KEY_ENDINGS) or (
        any(lower == one or lower.startswith((f"{one}.", f"{one}_")) for one in _PRIVATE_KEYS)
        and not lower.endswith(".pub")
    )


def is_key_store(path: str) -> bool:
    """Whether a file of that name is a store of private keys."""
    return path.lower().endswith(KEY_STORES)


def is_credential_file(path: str) -> bool:
    """Whether a file of that name is meant to hold a key, a password or a token; examples and public keys are not."""
    plain = path.rstrip("/")
    name = plain.rpartition("/")[2]
    if "$" in name or "*" in name or name.endswith(HARMLESS):
        return False
    return (
        name in NAMES
        or name.startswith(".env.")
        or name.endswith(ENDINGS)
        or any(plain == each or plain.endswith("/" + each) for each in PATHS)
    )
