"""The only way to read results: one reader's folder of one snapshot, opened for one viewer."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from django.http import HttpRequest
from django.utils import timezone

from konvoi.flow.kept_totals import KeptTotals, kept_totals
from konvoi.flow.snapshots import (
    OF_TOTALS,
    TABLES,
    TOTALS,
    WRITTEN_IN_ORDER,
    Manifest,
    manifest_of,
    name_of,
)
from konvoi.gateways import files
from konvoi.web.access import selection
from konvoi.web.access.models import Snapshot
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.selection import NUMBER, Condition, Op, Position, beyond, order_by
from konvoi.web.access.viewer import Viewer
from konvoi.web.instance import instance


@dataclass(frozen=True)
class Rows:
    """Rows of a table, with the number of all that the filter left, and where the first and last one are."""

    rows: tuple[Mapping[str, Any], ...]
    total: int
    first: Position | None = None
    last: Position | None = None


@dataclass(frozen=True)
class Opened:
    """The results that one viewer may read.

    made: when they were computed, for readers other than the coordination cell when they first became what
    they are. head: of the state from which they were computed.
    """

    manifest: Manifest
    made: datetime
    head: str
    folder: Path

    @property
    def day(self) -> date | None:
        """The day of the view."""
        return self.manifest.day

    def tiles(self, language: str) -> Sequence[tuple[str, str, str]]:
        """Return id, title and figure of the tiles of the first page."""
        found = self.manifest.tiles
        return found.get(language) or next(iter(found.values()), ())

    def text(self, part: str, language: str) -> str:
        """Return a part of the page; in another language where the workspace has not this one."""
        names = [one for one in self.manifest.files if one.startswith(f"{part}.")]
        ordered = sorted(names, key=lambda one: (f".{language}." not in one, one))
        # As its bytes are: lines of a calendar end as the standard has it.
        content = files.content(self.folder / ordered[0]) if ordered else None
        return content.decode() if content else ""

    def file(self, name: str) -> bytes | None:
        """Return a file that the manifest names; None for any other."""
        return files.content(self.folder / name) if name in self.manifest.files else None

    def frame(self, table: str) -> pl.DataFrame | None:
        """Return a whole table; None where the snapshot has no such table."""
        if table not in self.manifest.tables:
            return None
        return pl.read_parquet(self.folder / TABLES / f"{table}.parquet")

    def rows(
        self,
        table: str,
        *,
        where: Mapping[str, object] | None = None,
        conditions: Sequence[Condition] = (),
        order: Sequence[str] = (),
        limit: int = 50,
        offset: int = 0,
        after: Position | None = None,
        before: Position | None = None,
    ) -> Rows:
        """Return rows of a table; none where the snapshot has no such table.

        where: values by column, all of which a row has. order: columns; a minus before one sorts downwards.
        after, before: the page that follows a row of this order, or comes before it.
        """
        if table not in self.manifest.tables:
            return Rows((), 0)
        equal = [Condition(column, Op.IS, (value,)) for column, value in (where or {}).items()]
        test, given = selection.where([*equal, *conditions])
        sorts = self._sorts(table, order)
        place: str = "true"
        key: list[object] = []
        if (position := after or before) is not None:
            position = position if sorts else Position((), position.number)
            place, key = beyond(sorts, position, backwards=after is None)
        backwards = before is not None and after is None
        found = _Found(self.folder, self._file(table), test, tuple(given))
        numbers = _numbers(
            found, place, tuple(key), order_by(sorts, backwards=backwards), limit=limit, offset=offset
        )
        known = _at(found, numbers)
        rows = [known[number] for number in (numbers[::-1] if backwards else numbers)]
        positions = [_position(row, order) for row in (rows[:1] + rows[-1:])]
        shown = tuple({name: value for name, value in row.items() if name != NUMBER} for row in rows)
        return Rows(shown, _count(found), *positions)

    def batches(
        self,
        table: str,
        *,
        conditions: Sequence[Condition] = (),
        order: Sequence[str] = (),
        size: int = 5_000,
    ) -> Iterator[tuple[Mapping[str, Any], ...]]:
        """Yield all rows of a table that meet the conditions, a part at a time."""
        if table not in self.manifest.tables:
            return
        test, given = selection.where(conditions)
        with _connection(self.folder) as db:
            asked = f"SELECT * FROM read_parquet(?, file_row_number = true) WHERE {test}"
            found = db.execute(
                f"{asked} ORDER BY {order_by(self._sorts(table, order))}", [self._file(table), *given]
            )
            names = [one[0] for one in found.description]
            while rows := found.fetchmany(size):
                # The number of the row in its file comes last.
                yield tuple(dict(zip(names[:-1], row[:-1], strict=True)) for row in rows)

    def schema(self, table: str) -> pl.Schema:
        """Return the columns of a table with their types; none where the snapshot has no such table."""
        if table not in self.manifest.tables:
            return pl.Schema()
        return pl.Schema(pl.read_parquet_schema(self._file(table)))

    def _sorts(self, table: str, order: Sequence[str]) -> Sequence[str]:
        """Return the columns by which rows are sorted for an order: none for that of the file itself."""
        written = [one for one in WRITTEN_IN_ORDER.get(table, ()) if one in self.schema(table)]
        return () if list(order) == written else order

    def _file(self, table: str) -> str:
        return str(self.folder / TABLES / f"{table}.parquet")

    def columns(self, table: str) -> tuple[str, ...]:
        """Return the names of the columns of a table; none where the snapshot has no such table."""
        if table not in self.manifest.tables:
            return ()
        source = str(self.folder / TABLES / f"{table}.parquet")
        with _connection(self.folder) as db:
            return tuple(
                one[0] for one in db.execute("SELECT * FROM read_parquet(?) LIMIT 0", [source]).description
            )

    def counts(
        self, table: str, by: Sequence[str], conditions: Sequence[Condition] = ()
    ) -> dict[tuple[Any, ...], int]:
        """Return the number of rows that meet conditions for each combination of values of columns."""
        if table not in self.manifest.tables:
            return {}
        columns = ", ".join(selection.name(one) for one in by)
        test, given = selection.where(conditions)
        with _connection(self.folder) as db:
            asked = f"SELECT {columns}, count(*) FROM read_parquet(?) WHERE {test} GROUP BY ALL"
            return {row[:-1]: row[-1] for row in db.execute(asked, [self._file(table), *given]).fetchall()}

    def values(self, table: str, column: str, most: int) -> tuple[Any, ...] | None:
        """Return the values of a column, without order; None where there are more than `most`."""
        if column not in self.schema(table):
            return ()
        found = _values(self.folder, self._file(table), column, most)
        return None if len(found) > most else found

    def totals(self) -> KeptTotals | None:
        """Return what totals of the view are asked of; None where nothing dated is released to the reader."""
        return _kept_totals(self.folder) if TOTALS in self.manifest.files else None


@lru_cache(maxsize=1_000)
def _values(folder: Path, source: str, column: str, most: int) -> tuple[Any, ...]:
    """Return the values of a column, or one more than `most` of them: a snapshot never changes."""
    with _connection(folder) as db:
        asked = f"SELECT DISTINCT {selection.name(column)} FROM read_parquet(?) LIMIT ?"
        return tuple(row[0] for row in db.execute(asked, [source, most + 1]).fetchall())


@lru_cache(maxsize=8)
def _kept_totals(folder: Path) -> KeptTotals | None:
    text = files.text(folder / TOTALS)

    def table(name: str) -> pl.DataFrame | None:
        places = (folder / TABLES / f"{before}{name}.parquet" for before in (OF_TOTALS, ""))
        found = next((one for one in places if one.is_file()), None)
        return None if found is None else pl.read_parquet(found)

    return None if text is None else kept_totals(text, table)


@dataclass(frozen=True)
class _Found:
    """Rows of a file that meet a condition: SQL with its parameters. A snapshot never changes, and so its
    counts and the rows of its pages are kept.
    """

    folder: Path
    source: str
    test: str
    given: tuple[object, ...]


@lru_cache(maxsize=1_000)
def _count(found: _Found) -> int:
    """Return the number of rows."""
    with _connection(found.folder) as db:
        asked = f"SELECT count(*) FROM read_parquet(?) WHERE {found.test}"
        return int(db.execute(asked, [found.source, *found.given]).fetchall()[0][0])


@lru_cache(maxsize=1_000)
def _numbers(
    found: _Found, place: str, key: tuple[object, ...], order: str, *, limit: int, offset: int
) -> tuple[int, ...]:
    """Return the numbers of the rows of a page in its order; of other rows only what is compared is read."""
    with _connection(found.folder) as db:
        asked = (
            f"SELECT {NUMBER} FROM read_parquet(?, file_row_number = true) WHERE ({found.test}) AND ({place})"
            f" ORDER BY {order} LIMIT ? OFFSET ?"
        )
        told = [found.source, *found.given, *key, limit, offset]
        return tuple(one for (one,) in db.execute(asked, told).fetchall())


def _at(found: _Found, numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return rows of a file by their numbers."""
    if not numbers:
        return {}
    with _connection(found.folder) as db:
        asked = f"SELECT * FROM read_parquet(?, file_row_number = true) WHERE {NUMBER} IN (SELECT unnest(?))"
        return {row[NUMBER]: row for row in _named(db.execute(asked, [found.source, list(numbers)]))}


def _named(found: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = [one[0] for one in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _position(row: Mapping[str, Any], order: Sequence[str]) -> Position:
    return Position(tuple(row[one.lstrip("-")] for one in order), row[NUMBER])


@contextmanager
def _connection(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection of its own to the database of one folder, which several requests may ask at once."""
    connection = _database(folder).cursor()
    try:
        yield connection
    finally:
        connection.close()


@lru_cache(maxsize=16)
def _database(folder: Path) -> duckdb.DuckDBPyConnection:
    """Return a database that reads below one folder and nothing else, and cannot be told otherwise.

    It is kept: to open one takes longer than most questions do.
    """
    db = duckdb.connect(
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "enable_external_file_cache": False,
            "threads": 1,
        }
    )
    db.execute(f"SET allowed_directories = ['{str(folder / TABLES).replace(chr(39), chr(39) * 2)}/']")
    db.execute("SET enable_external_access = false")
    db.execute("SET lock_configuration = true")
    return db


def view(viewer: Viewer, reader: str = "") -> Opened | None:
    """Open the newest results for a viewer on the day of the viewer; None where there are none yet.

    reader: whose results are opened, where the viewer may read them; empty: the viewer's own.
    """
    known = Snapshot.objects.filter(reader=reader or viewer.reader, asked=viewer.day)
    found = known.order_by("-made").first()
    return None if found is None else opened_as(viewer, found)


def view_of(request: HttpRequest) -> Opened | None:
    """Open the newest results for the viewer of a request; the frame and the page look them up once."""
    known = vars(request)
    if "opened" not in known:
        known["opened"] = view(viewer_of(request))
    found: Opened | None = known["opened"]
    return found


def view_for(request: HttpRequest, reader: str) -> Opened | None:
    """Open results of a reader that the viewer of a request may read; the frame then shows their marking."""
    found = view(viewer_of(request), reader)
    vars(request)["opened"] = found
    return found


def frame_with(request: HttpRequest, manifest: Manifest, made: datetime) -> None:
    """Let the frame of a page show marking, day and digest of what was kept, in place of newer results."""
    vars(request)["opened"] = Opened(manifest, made, "", instance().snapshots)


def opened_as(viewer: Viewer, found: Snapshot) -> Opened | None:
    """Open certain results; None where they were pruned, or the viewer may not read those of the reader."""
    if not viewer.reads(found.reader):
        return None
    folder = instance().snapshots / found.name
    manifest = _manifest(folder, found.reader)
    if manifest is None:
        # It was pruned; it is computed again on request.
        found.delete()
        return None
    now = timezone.now()
    if found.read is None or (now - found.read).total_seconds() > 3600:
        Snapshot.objects.filter(pk=found.pk).update(read=now)
    made = (found if viewer.is_cell else first_like(found)).made
    return Opened(manifest, made, found.head, folder / name_of(found.reader))


def first_like(found: Snapshot) -> Snapshot:
    """Return the first of the results that are equal to these without others between.

    That results were computed again and are equal tells a reader that something changed that is hidden from
    it.
    """
    known = Snapshot.objects.filter(reader=found.reader, asked=found.asked, made__lte=found.made)
    other = known.exclude(digest=found.digest).order_by("made").last()
    same = known.filter(digest=found.digest).order_by("made")
    return (same if other is None else same.filter(made__gt=other.made)).first() or found


def _manifest(folder: Path, reader: str) -> Manifest | None:
    if not (folder / name_of(reader)).is_dir():
        return None
    return _kept_manifest(folder, reader)


@lru_cache(maxsize=64)
def _kept_manifest(folder: Path, reader: str) -> Manifest | None:
    try:
        return manifest_of(folder, reader)
    except KeyError:
        return None
