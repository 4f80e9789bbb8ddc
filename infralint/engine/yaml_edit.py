"""Adding an entry to the list of a YAML file that people write: their comments and layout stay."""

from __future__ import annotations

from io import StringIO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def added(text: str, entry: str) -> str | None:
    """pre-commit's file with a further repository; None where it cannot be read, or has no list of them."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    reader: Any = YAML()
    reader.preserve_quotes = True
    reader.width = 10_000
    reader.indent(mapping=2, sequence=4, offset=2)
    try:
        data = reader.load(text)
        fresh = reader.load("repos:\n" + entry)["repos"][0]
        if not isinstance(data["repos"], list):
            return None
        data["repos"].append(fresh)
    except (YAMLError, KeyError, TypeError):
        return None
    out = StringIO()
    reader.dump(data, out)
    return out.getvalue()
