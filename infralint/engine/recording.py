"""Which questions judging a file asks of the rest of the tree, and the digests of the answers.

Each file that is judged has a log, and so has each model and each remembered answer that several files share. What is
worked out once for several files is asked once: whoever uses it later takes over its whole log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from infralint.model.document import Document
from infralint.model.index import Index
from infralint.syntax.yaml_nodes import Stream
from infralint.text.source import Source

try:
    from _blake2 import blake2b  # what `hashlib` hands on; without OpenSSL, which loads longer than a file is judged
except ImportError:
    from hashlib import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    T = TypeVar("T")

Question = tuple[str, ...]
"""A sort and what it asks: `("file", "app/Dockerfile")`."""
Answer = str | bool | None
SIZE = 16
"""Bytes of a digest."""


def digest(data: bytes, key: bytes = b"") -> str:
    """What a content is known by; with a key, only to who has the key."""
    return blake2b(data, key=key, digest_size=SIZE).hexdigest()


class Log:
    """Questions that were asked, and the logs of what was taken over from others."""

    __slots__ = ("parts", "questions")

    def __init__(self) -> None:
        self.questions: set[Question] = set()
        self.parts: set[Log] = set()


class Shared:
    """What the views of one run have in common."""

    __slots__ = ("active", "answers", "contents", "is_stable", "logs", "today")

    def __init__(self, today: Callable[[], str]) -> None:
        self.active: list[Log] = []
        """The logs of what is being worked out, the innermost last."""
        self.answers: dict[Question, Answer] = {}
        self.contents: dict[str, str] = {}
        """The digests of the files that were read."""
        self.logs: dict[Any, Log] = {}
        """The logs of remembered answers."""
        self.is_stable = True
        """Whether no file has changed while the run read it."""
        self.today = today


class RecordingIndex(Index):
    """An index that takes down what is asked of it. Each document asks through a view of its own."""

    def __init__(self, root: str, today: Callable[[], str]) -> None:
        super().__init__(root)
        self.log = Log()
        self.shared = Shared(today)

    def forget(self) -> None:
        super().forget()
        self.log = Log()
        shared = self.shared
        shared.answers.clear()
        shared.contents.clear()
        shared.logs.clear()
        shared.is_stable = True

    def begin(self) -> Log:
        """A log for what is judged next."""
        log = Log()
        self.shared.active = [log]
        return log

    def end(self) -> None:
        """Nothing is being judged any more."""
        self.shared.active = []

    def of_document(self) -> Index:
        view = RecordingIndex.__new__(RecordingIndex)
        view.__dict__.update(self.__dict__)
        view.log = Log()
        self._take(view.log)
        return view

    def _take(self, log: Log) -> None:
        """Take over the log of something shared."""
        self.log.parts.add(log)
        if self.shared.active:
            self.shared.active[-1].parts.add(log)

    def _ask(self, *question: str) -> Answer:
        self.log.questions.add(question)
        if self.shared.active:
            self.shared.active[-1].questions.add(question)
        return self.answer(question)

    def answer(self, question: Question) -> Answer:
        """The answer to a question, worked out once a run; of longer answers the digest."""
        answers = self.shared.answers
        if question not in answers:
            answers[question] = ANSWERS[question[0]](self, *question[1:])
        return answers[question]

    def saw(self, path: str, data: bytes) -> None:
        found = digest(data)
        before = self.shared.contents.setdefault(path, found)
        if before != found:
            self.shared.is_stable = False

    def plain_source(self, path: str) -> Source | None:
        """A file's text; what it holds is taken down."""
        source = Index.source(self, path)
        if source is not None:
            self.saw(path, source.encode(source.text))
        return source

    def is_file(self, path: str) -> bool:
        return bool(self._ask("file", path))

    def is_folder(self, path: str) -> bool:
        return bool(self._ask("folder", path))

    def source(self, path: str) -> Source | None:
        question = ("source", path)
        if question in self.shared.answers:
            self._ask(*question)
            return self.plain_source(path)
        source = self.plain_source(path)
        self.shared.answers[question] = self.shared.contents[path] if source is not None else None
        self._ask(*question)
        return source

    def of_kind(self, *kinds: str) -> list[str]:
        self._ask("kinds", *kinds)
        return super().of_kind(*kinds)

    def kind_at(self, path: str) -> str | None:
        return self._ask("kind", path)  # type: ignore[return-value]

    @property
    def has_files(self) -> bool:
        return bool(self._ask("any"))

    def is_tracked(self, path: str) -> bool | None:
        return self._ask("tracked", path)  # type: ignore[return-value]

    def asks_day(self) -> None:
        """Take down that what is found depends on the day."""
        self._ask("day")

    def memo(self, key: Any, make: Callable[[], T]) -> T:
        logs = self.shared.logs
        if key not in logs:
            log = Log()
            self.shared.active.append(log)
            try:
                value = super().memo(key, make)
            finally:
                self.shared.active.pop()
            logs[key] = log
            if not self._is_closed(value):  # it may ask more later, by the view that made it
                log.parts.add(self.log)
        self._take(logs[key])
        return super().memo(key, make)

    def _is_closed(self, value: object) -> bool:
        """Whether a remembered answer can ask nothing by this view."""
        if value is None or isinstance(value, (str, int, float, Source, Stream)):
            return True
        if isinstance(value, Document):
            return value.index is not self
        if isinstance(value, dict):
            return self._are_closed(value) and self._are_closed(value.values())
        return isinstance(value, (tuple, list, set, frozenset)) and self._are_closed(value)

    def _are_closed(self, values: Iterable[object]) -> bool:
        return all(map(self._is_closed, values))


def _kinds(index: RecordingIndex, *kinds: str) -> str:
    return digest("\0".join(Index.of_kind(index, *kinds)).encode("utf-8", "surrogateescape"))


def _content(index: RecordingIndex, path: str) -> str | None:
    if path in index.shared.contents:
        return index.shared.contents[path]
    return index.shared.contents[path] if index.plain_source(path) is not None else None


ANSWERS: dict[str, Callable[..., Answer]] = {
    "file": Index.is_file,
    "folder": Index.is_folder,
    "source": _content,
    "kinds": _kinds,
    "kind": Index.kind_at,
    "any": lambda index: bool(index.files),
    "tracked": Index.is_tracked,
    "day": lambda index: index.shared.today(),
}
"""How a question of each sort is answered."""
