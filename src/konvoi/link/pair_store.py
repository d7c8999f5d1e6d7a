"""Pairs on this machine: coded a piece at a time, held by DuckDB in memory and where it may spill."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property

import duckdb
import numpy as np
import polars as pl

from konvoi.link.binding import no_sense
from konvoi.link.blocks import pairs
from konvoi.link.density import density
from konvoi.link.encode_pairs import Coder
from konvoi.link.engine import connect, frame
from konvoi.link.faults import no_room
from konvoi.link.labels import Labelled
from konvoi.link.pair_backend import Drawn, Seen, Work
from konvoi.link.refining import FOLDS, Judged
from konvoi.link.settings import Settings
from konvoi.model.finding import Finding

_CODED = "(a INTEGER, b INTEGER, density UTINYINT, code BIGINT)"
_PROBABLE = pl.Schema(
    {
        "a": pl.Int32(),
        "b": pl.Int32(),
        "code": pl.Int64(),
        "density": pl.UInt8(),
        "probability": pl.Float64(),
        "lower": pl.Float64(),
    }
)
_PIECE = 1 << 20


class Here:
    """The engine of one machine: memory, threads and folder by the settings."""

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """No room in memory or in the folder; a predicate that makes no sense of a value."""
        return (duckdb.OutOfMemoryException, duckdb.IOException, duckdb.DataError)

    @contextmanager
    def coded(self, work: Work) -> "Iterator[Held]":
        """All pairs in blocks as codes."""
        with ExitStack() as room:
            yield Held(room, work)

    def told(self, error: Exception, settings: Settings) -> Finding:
        """Return the finding for a failure."""
        if isinstance(error, duckdb.DataError):
            return no_sense(str(error))
        return no_room(settings, str(error))


class Held:
    """Pairs and their codes in tables of DuckDB (konvoi.link.pair_backend.Coded).

    The engine is started with the first pair: many a small table has none.
    """

    def __init__(self, room: ExitStack, work: Work) -> None:
        """room: closes what is opened for the pairs."""
        self._room = room
        self._work = work
        self._any = False
        self._met = work.company()
        for left, right in pairs(work.blocks, work.settings, work.tables):
            dense = density(self._met, left, right) if work.dense else None
            self._coder.add(left, right, "coded", density=dense)
            self._any = True

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        asked = self._work.settings
        connection = connect(memory=asked.memory, threads=asked.threads, spill=asked.spill)
        self._room.enter_context(connection)
        connection.execute(f"CREATE TABLE coded {_CODED}")
        return connection

    @cached_property
    def _coder(self) -> Coder:
        asked = self._work.settings
        return Coder(
            self._connection,
            self._work.records,
            asked.comparisons,
            allowed=asked.allowed,
            pairs=self._work.blocks.pairs,
        )

    def seen(self) -> Seen:
        """Return the number of pairs in blocks by code and density."""
        return self._seen

    @cached_property
    def _seen(self) -> Seen:
        if not self._any:
            return Seen(np.empty(0, np.int64), np.empty(0, np.uint8), np.empty(0, np.int64))
        query = "SELECT code, density, count(*) AS n FROM coded GROUP BY ALL ORDER BY ALL"
        found = frame(self._connection, query)
        return Seen(*(found[name].to_numpy() for name in ("code", "density", "n")))

    def drawn(self, left: np.ndarray, right: np.ndarray, *, allowed: bool = False) -> Drawn:
        """Return the number of these pairs by code; no block need hold them."""
        self._connection.execute(f"CREATE TABLE drawn {_CODED}")
        for at in range(0, len(left), _PIECE):
            self._coder.add(left[at : at + _PIECE], right[at : at + _PIECE], "drawn", freely=not allowed)
        found = frame(self._connection, "SELECT code, count(*) AS n FROM drawn GROUP BY code ORDER BY code")
        self._connection.execute("DROP TABLE drawn")
        return Drawn(found["code"].to_numpy(), found["n"].to_numpy())

    def judged(self, labels: Labelled) -> Judged:
        """The judged pairs by code: those in blocks, or where single pairs were judged, just these."""
        if labels.truth is None:
            self._connection.execute(f"CREATE TABLE judged {_CODED}")
            left = labels.left
            right = labels.right
            self._coder.add(left, right, "judged", density=density(self._met, left, right), freely=True)
            said = pl.DataFrame({"a": left, "b": right, "same": labels.same})
            source = "judged JOIN said USING (a, b)"
        else:
            known = np.flatnonzero(labels.truth >= 0).astype(np.int32)
            said = pl.DataFrame({"n": known, "of": labels.truth[known]})
            source = "(SELECT c.*, l.of = r.of AS same FROM coded AS c JOIN said AS l ON l.n = a "
            source += "JOIN said AS r ON r.n = b)"
        self._connection.register("said", said.to_arrow())
        query = f"""SELECT code, density, a % {FOLDS} AS fold, count(*) AS n, count(*) FILTER (same) AS true
            FROM {source} GROUP BY ALL ORDER BY ALL"""
        found = frame(self._connection, query)
        return Judged(*(found[name].to_numpy() for name in ("code", "density", "fold", "n", "true")))

    def probable(self, table: pl.DataFrame) -> pl.DataFrame:
        """The pairs in blocks that have one of some codes and densities, with what stands there besides."""
        if not self._any:
            return pl.DataFrame(schema=_PROBABLE)
        self._connection.register("probable", table.to_arrow())
        query = (
            "SELECT a, b, code, density, probability, lower FROM coded JOIN probable USING (code, density)"
        )
        return frame(self._connection, query)
