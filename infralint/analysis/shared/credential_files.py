"""Files that hold credentials by their name."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.shared.config import TextFile
from infralint.tables.credential_files import is_key_store


@fact_of(TextFile, name="is_key_store")
def is_key_store_file(file: TextFile) -> bool:
    """Whether its name is that of a store of private keys: PKCS #12 or Java's."""
    return is_key_store(file.source.path)
