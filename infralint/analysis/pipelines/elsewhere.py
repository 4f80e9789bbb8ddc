"""How the pipelines of a repository name the same code from elsewhere in other places."""

from __future__ import annotations

from collections.abc import Iterable

from infralint.model import kinds
from infralint.model.element import Unknown, fact_of
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.job import ExternalCode
from infralint.model.row import PIPELINE
from infralint.text import regex as re

_HELD = re.compile(r"v?\d+\.\d+(?:\.\d+)?(?:[-+][\w.+-]+)?|[0-9a-f]{40}")


@fact_of(ExternalCode)
def pinned_elsewhere(external_code: ExternalCode) -> str | None:
    """The same code at the one release or commit at which the repository's pipelines name it; None for none, or several."""
    file = external_code.file
    if external_code.form not in ("orb", "component", "pipe", "plugin") or not isinstance(file, PipelineDocument):
        return None
    return _only(_codes(file).get((external_code.form, _bare(external_code)), ()))


def _codes(file: PipelineDocument) -> dict[tuple[str, str], set[str]]:
    def collect() -> dict[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = {}
        for other in _pipelines(file):
            for code in other.external_code:
                version = code.version
                if version is None or isinstance(version, Unknown) or not _HELD.fullmatch(version):
                    continue
                found.setdefault((code.form, _bare(code)), set()).add(str(code.name))
        return found

    return file.index.memo("code of pipelines", collect)


def _bare(code: ExternalCode) -> str:
    """The name without its version."""
    name, version = str(code.name), code.version
    if version is None or isinstance(version, Unknown) or not name.endswith(version):
        return name
    return name[: -len(version)].rstrip("@#:")


def _pipelines(file: PipelineDocument) -> Iterable[PipelineDocument]:
    """The pipelines of the repository; this one alone where the run does not know of it."""
    paths = file.index.of_kind(*(kind for kind, row in kinds.ROWS.items() if row.family == PIPELINE))
    if file.source.path not in paths:
        yield file
    for path in paths:
        kind = file.index.kind_at(path)
        source = file.index.source(path)  # also of this one: what is remembered holds for all that ask
        other = kinds.load(source, file.index, kind) if source is not None and kind is not None else None
        if isinstance(other, PipelineDocument) and not other.stream.partial:
            yield other


def _only(found: Iterable[str]) -> str | None:
    values = set(found)
    return values.pop() if len(values) == 1 else None
