"""What no output may show: where the secrets of a file stand."""

from __future__ import annotations

from typing import Any

from infralint.engine.report import Notice
from infralint.model.document import Document
from infralint.tables.secrets import is_default_password
from infralint.text.finding import Finding
from infralint.text.source import Source

MIN_LENGTH = 4
MIN_REPEATED = 8
"""A secret of this many characters is hidden wherever the file repeats it."""
MAX_SPANS = 5000


def spans_of(document: Document) -> list[tuple[int, int]]:
    """The spans of a file's credentials; the whole file where a fault of ours keeps us from knowing them."""
    try:
        return _spans_of(document)
    except Exception:  # noqa: BLE001 - what could not be looked at is not shown
        return [(0, len(document.source.text))]


def _spans_of(document: Document) -> list[tuple[int, int]]:
    """Those of a known format, in URLs, and under names that mean one."""
    from infralint.analysis.shared.urls import has_default_password, has_literal_password
    from infralint.analysis.shared.variables import holds_literal_secret

    spans: list[tuple[int, int]] = []
    nouns = document.nouns
    if "secret" in nouns:
        spans += [(secret.start, secret.end) for secret in nouns["secret"].of(document)]
    if "url" in nouns:
        for url in nouns["url"].of(document):
            if has_literal_password(url) or has_default_password(url):
                text: Any = document.source.text[url.start : url.end]
                at = url.start + text.index("://") + 3 + len(url.user) + 1
                spans.append((at, at + text[at - url.start :].rindex("@")))
    if "variable" in nouns:
        for variable in nouns["variable"].of(document):
            value = variable.value
            here = getattr(value, "source", None) is document.source  # a compose file includes values of others
            if here and holds_literal_secret(variable) is True and hasattr(value, "start"):
                spans.append((value.start, value.end))
    if "interpolation" in nouns:
        from infralint.tables.secret_names import names_a_secret

        for one in nouns["interpolation"].of(document):
            if names_a_secret(one.name) and one.default_text is not None:
                spans.append((one.default_text.start, one.default_text.end))
    text = document.source.text
    for hidden in {text[start:end] for start, end in spans if end - start >= MIN_REPEATED}:
        at = text.find(hidden)
        while at >= 0 and len(spans) < MAX_SPANS:
            spans.append((at, at + len(hidden)))
            at = text.find(hidden, at + len(hidden))
    return sorted({span for span in spans if span[1] > span[0]})


def mask_messages(findings: list[Finding], source: Source, spans: list[tuple[int, int]]) -> None:
    """Star every secret of the file that what is said of a finding repeats."""
    hidden = _hidden(source, spans)
    if not hidden:
        return

    def starred(shown: str) -> str:
        return _starred(shown, hidden)

    for finding in findings:
        finding.message = starred(finding.message)
        finding.key = starred(finding.key)
        if finding.suppressed is not None:
            finding.suppressed = starred(finding.suppressed)
        if finding.related:
            finding.related = tuple((place, starred(say)) for place, say in finding.related)
        if finding.fix is not None and any(text in finding.fix.title for text in hidden):
            finding.fix.title = "replace it"


def mask_notices(notices: list[Notice], source: Source, spans: list[tuple[int, int]]) -> list[Notice]:
    """The notices about a file, its secrets starred."""
    hidden = _hidden(source, spans)
    return [notice._replace(message=_starred(notice.message, hidden)) for notice in notices]


def _hidden(source: Source, spans: list[tuple[int, int]]) -> list[str]:
    """The texts that no message may repeat; a plain word that the file repeats is the name of a service too."""
    texts = sorted({source.text[start:end] for start, end in spans}, key=len, reverse=True)
    return [
        text
        for text in texts
        if len(text) >= MIN_LENGTH and not (source.text.count(text) > 1 and is_default_password(text))
    ]


def _starred(shown: str, hidden: list[str]) -> str:
    for text in hidden:
        if text in shown:
            shown = shown.replace(text, "******")
    return shown
