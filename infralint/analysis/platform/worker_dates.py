"""The day whose behaviour of the runtime a Cloudflare Worker asks for."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.platform.document import PlatformFile
from infralint.tables.platform_wrangler import OLD_BEFORE
from infralint.text import regex as re
from infralint.text.source import Text


@fact_of(PlatformFile)
def old_compatibility_date(file: PlatformFile) -> Text | None:
    """The compatibility date of the file, where it lies more than three years before the table was read."""
    date = file.value("compatibility_date")
    if date is None or re.fullmatch(r"\d{4}-\d\d-\d\d", date) is None:
        return None
    return date if date < OLD_BEFORE else None
