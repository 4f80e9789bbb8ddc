"""What no output may show: where the secrets of a file stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.engine.report import Notice
from infralint.model.document import Document
from infralint.tables.secrets import is_default_password
from infralint.text import regex as re
from infralint.text.finding import Finding
from infralint.text.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MIN_LENGTH = 4
MIN_REPEATED = 8
"""A secret of this many characters is hidden wherever the file repeats it."""
MAX_SPANS = 5000
SPOKEN = frozenset((
    "access", "admin", "api", "auth", "database", "db", "default", "jwt", "key", "my", "passwd", "password", "private", "root",
    "secret", "session", "token", "user",
))  # fmt: skip
"""Words that messages use; hiding them would garble what is said of every file."""


def spans_of(document: Document) -> list[tuple[int, int]]:
    """The spans of a file's credentials: those of a known format, in URLs, and under names that mean one."""
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


def mask_messages(findings: list[Finding], hidden: Hidden) -> None:
    """Star every secret that what is said of a finding repeats."""
    if not hidden:
        return
    for finding in findings:
        finding.message = hidden.starred(finding.message)
        finding.key = hidden.starred(finding.key)
        if finding.suppressed is not None:
            finding.suppressed = hidden.starred(finding.suppressed)
        if finding.related:
            finding.related = tuple((place, hidden.starred(say)) for place, say in finding.related)
        if finding.fix is not None and hidden.starred(finding.fix.title) != finding.fix.title:
            finding.fix.title = "replace it"


def silence(findings: list[Finding]) -> None:
    """Leave of findings only what no file's text can be part of: where its secrets stand is not known."""
    for finding in findings:
        finding.message = finding.title
        finding.key = ""
        finding.related = ()
        finding.fix = None
        if finding.suppressed is not None:
            finding.suppressed = "suppressed"


def mask_notices(notices: list[Notice], hidden: Hidden) -> list[Notice]:
    """Notices with every secret starred."""
    return [notice._replace(message=hidden.starred(notice.message)) for notice in notices] if hidden else notices


class Hidden:
    """Texts that nothing said may repeat, also in other case, with other marks, cut short, in base64 or URL-encoded."""

    __slots__ = ("_pattern", "texts")

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = sorted({text for text in texts if len(text) >= MIN_LENGTH}, key=lambda text: (-len(text), text))
        self._pattern: re.Pattern[str] | None = None

    def __bool__(self) -> bool:
        return bool(self.texts)

    def starred(self, shown: str) -> str:
        """A text with each of them replaced."""
        if not self.texts or len(shown) < MIN_LENGTH:
            return shown
        if self._pattern is None:
            spelled = dict.fromkeys(form for text in self.texts for form in _forms(text))
            self._pattern = re.compile("|".join(spelled))
        return self._pattern.sub("******", shown)


def _forms(text: str) -> Iterator[str]:
    """The patterns of the spellings in which a secret is recognised."""
    if len(text) < MIN_REPEATED:
        yield re.escape(text)
        return
    yield _loosely(text)
    from base64 import b64encode  # few runs meet a secret
    from urllib.parse import quote

    quoted = quote(text, safe="", errors="surrogatepass")  # bytes that are no UTF-8 are surrogates here
    if quoted != text:
        yield _loosely(quoted)
    raw = text.encode("utf-8", "surrogatepass")
    for pad in range(3):  # as it stands in the base64 of a longer text
        coded = b64encode(b" " * pad + raw).decode()[4 if pad else 0 : -4]
        if len(coded) >= MIN_REPEATED:
            yield re.escape(coded).replace(r"\+", r"[-+]").replace("/", "[/_]")
    if len(text) >= 2 * PREFIX:
        yield _loosely(text[:PREFIX]) + r"[^\s\"'`]*"


PREFIX = 12
"""So much of the beginning of a long secret is enough to recognise it where it is cut short."""


def _loosely(text: str) -> str:
    """A pattern of a text in any case, its dashes, underscores and dots taken for each other."""
    return f"(?i:{''.join('[-_.]' if char in '-_.' else re.escape(char) for char in text)})"


def hidden_in(source: Source, spans: list[tuple[int, int]]) -> list[str]:
    """The texts of a file that no message may repeat.

    A plain word that the file repeats is the name of a service too, and `password` is what messages speak of.
    """
    return [
        text
        for text in {source.text[start:end] for start, end in spans}
        if len(text) >= MIN_LENGTH
        and not ((source.text.count(text) > 1 or _is_spoken(text)) and is_default_password(text))
    ]


def _is_spoken(text: str) -> bool:
    """Whether it is made of such words alone, as `secret-key` is, and so reads like the name of a variable."""
    return all(word in SPOKEN for word in re.split(r"[-_. ]", text.lower()))
