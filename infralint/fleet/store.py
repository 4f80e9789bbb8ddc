"""The results of runs: Parquet files in `findings`, `repositories` and `exceptions`, a partition for each day.

Results come in pairs of files of one name: the findings (and exceptions) first, then the repositories that they belong
to. A file of findings without its twin is what a run that was killed has left: it does not count and is removed.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from infralint.engine.discover import UsageError

if TYPE_CHECKING:
    from datetime import date

Row = dict[str, Any]
_WORD = pa.dictionary(pa.int32(), pa.string())
_COUNT = pa.int32()
FINDINGS = pa.schema(
    [
        ("repository", _WORD), ("commit", _WORD), ("path", pa.string()), ("line", _COUNT), ("rule", _WORD),
        ("severity", _WORD), ("confidence", _WORD), ("fingerprint", pa.string()), ("fixable", pa.bool_()), ("fix", _WORD),
        ("owner", _WORD), ("required", pa.bool_()), ("message", pa.string()),
    ]
)  # fmt: skip
REPOSITORIES = pa.schema(
    [
        ("repository", pa.string()), ("place", pa.string()), ("form", pa.string()), ("commit", pa.string()),
        ("key", pa.string()), ("judged", pa.string()), ("files", _COUNT), ("kinds", pa.map_(pa.string(), _COUNT)),
        ("findings", _COUNT), ("suppressed", _COUNT), ("fixable", _COUNT), ("critical", _COUNT), ("high", _COUNT),
        ("medium", _COUNT), ("low", _COUNT), ("info", _COUNT), ("unread", _COUNT), ("dated", pa.bool_()), ("practices", pa.map_(pa.string(), pa.string())),
        ("seconds", pa.float64()), ("cpu_seconds", pa.float64()), ("memory", pa.int64()), ("error", pa.string()),
    ]
)  # fmt: skip
EXCEPTIONS = pa.schema(
    [(name, pa.string()) for name in ("repository", "rule", "path", "owner", "reason", "until", "file")]
)
TABLES = {"findings": FINDINGS, "exceptions": EXCEPTIONS, "repositories": REPOSITORIES}
"""In the order in which a part is written: that of the repositories makes it count."""
_NO_NUMBERS = dict.fromkeys(
    ("files", "findings", "suppressed", "fixable", "critical", "high", "medium", "low", "info", "unread"), 0
)


class Store:
    """The folder of the results."""

    __slots__ = ("folder",)

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def days(self) -> list[str]:
        """The days of which there are results, in order; a day whose run was stopped counts with what it has."""
        found = set()
        where = os.path.join(self.folder, "repositories")
        for name in os.listdir(where) if os.path.isdir(where) else []:
            if name.startswith("date=") and self.parts(name[5:]):
                found.add(name[5:])
        return sorted(found)

    def parts(self, day: str) -> list[str]:
        """The names of the parts of a day that count."""
        folder = self._partition("repositories", day)
        return sorted(name for name in _names(folder) if name.endswith(".parquet"))

    def read(self, table: str, day: str, columns: list[str] | None = None) -> pa.Table:
        """A table of a day. Raises UsageError for files that are no results."""
        found = [self._read(table, day, name, columns) for name in self.parts(day)]
        schema = TABLES[table]
        if columns is not None:
            schema = pa.schema([schema.field(name) for name in columns])
        return pa.concat_tables(found).unify_dictionaries() if found else schema.empty_table()

    def _read(self, table: str, day: str, part: str, columns: list[str] | None = None) -> pa.Table:
        path = os.path.join(self._partition(table, day), part)
        wanted = [field for field in TABLES[table] if columns is None or field.name in columns]
        try:
            with pq.ParquetFile(path) as file:
                found = file.read(columns=[field.name for field in wanted])
            schema = pa.schema(wanted if columns is None else [TABLES[table].field(name) for name in columns])
            return found.select(schema.names).cast(schema)
        except (OSError, pa.ArrowException, KeyError) as error:
            first = str(error).splitlines()[0]
            raise UsageError(f"{path}: cannot be read as results of `infralint fleet`: {first}") from None

    def known(self, day: str) -> dict[str, Row]:
        """The repositories of a day by name: their keys, whether their results may change with the day, their errors."""
        rows = self.read("repositories", day, ["repository", "key", "dated", "error"]).to_pylist()
        return {row["repository"]: row for row in rows}

    def add(self, day: str, results: dict[str, list[Row]]) -> None:
        """Write the rows of some repositories as one part. Raises UsageError where it cannot be written."""
        self._add(day, {name: pa.Table.from_pylist(results[name], schema=TABLES[name]) for name in TABLES})

    def _add(self, day: str, tables: dict[str, pa.Table], part: str = "") -> None:
        part = part or f"part-{uuid.uuid4().hex}.parquet"
        for name in TABLES:
            folder = self._partition(name, day)
            path = os.path.join(folder, part)
            try:
                os.makedirs(folder, exist_ok=True)
                pq.write_table(tables[name], f"{path}.new", compression="zstd")
                os.replace(f"{path}.new", path)
            except OSError as error:
                raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from None

    def carry(self, earlier: str, day: str, names: set[str]) -> None:
        """Take over the results of repositories from an earlier day."""
        for part in self.parts(earlier):
            tables = {name: _only(self._read(name, earlier, part), names) for name in TABLES}
            if tables["repositories"].num_rows:
                self._add(day, tables)

    def keep_only(self, day: str, names: set[str]) -> None:
        """Take all results but those of some repositories out of a day, and what a killed run has left."""
        counting = set(self.parts(day))
        for name in TABLES:
            folder = self._partition(name, day)
            for file in _names(folder):
                if file not in counting:
                    os.remove(os.path.join(folder, file))
        for part in sorted(counting):
            repositories = self._read("repositories", day, part)
            kept = _only(repositories, names)
            if kept.num_rows == repositories.num_rows:
                continue
            tables = {name: _only(self._read(name, day, part), names) for name in TABLES}
            if kept.num_rows:
                self._add(day, tables, part)
                continue
            for name in reversed(TABLES):  # the repositories first: from then on the part does not count
                os.remove(os.path.join(self._partition(name, day), part))

    def _partition(self, table: str, day: str) -> str:
        return os.path.join(self.folder, table, f"date={day}")


def _names(folder: str) -> list[str]:
    return os.listdir(folder) if os.path.isdir(folder) else []


def _only(table: pa.Table, names: set[str]) -> pa.Table:
    return table.filter(pc.is_in(table["repository"].cast(pa.string()), pa.array(sorted(names), pa.string())))


def failed(name: str, place: str, form: str, commit: str, error: str) -> Row:
    """The row of a repository that could not be judged."""
    return {
        "repository": name, "place": place, "form": form, "commit": commit, "kinds": {}, "practices": {}, "dated": False, "error": error,
        "seconds": None, "cpu_seconds": None, "memory": None, **_NO_NUMBERS,
    }  # fmt: skip


class Batch:
    """Results on their way into a store: written as a part whenever there are enough."""

    __slots__ = ("_day", "_rows", "_store")
    MAX_REPOSITORIES = 500
    MAX_FINDINGS = 20_000

    def __init__(self, store: Store, day: date) -> None:
        self._store = store
        self._day = day.isoformat()
        self._rows: dict[str, list[Row]] = {name: [] for name in TABLES}

    def add(self, repository: Row, findings: Iterable[Row] = (), exceptions: Iterable[Row] = ()) -> None:
        """Add what came of a repository."""
        self._rows["repositories"].append(repository)
        self._rows["findings"] += findings
        self._rows["exceptions"] += exceptions
        full = len(self._rows["repositories"]) >= self.MAX_REPOSITORIES
        if full or len(self._rows["findings"]) >= self.MAX_FINDINGS:
            self.flush()

    def flush(self) -> None:
        """Write what there is."""
        if self._rows["repositories"]:
            self._store.add(self._day, self._rows)
            self._rows = {name: [] for name in TABLES}
