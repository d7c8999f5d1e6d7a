"""Test of predicates on an empty table: those that the engine cannot read are reported before matching."""

from collections.abc import Iterator

import duckdb
import polars as pl

from konvoi.link.comparison import Comparison
from konvoi.link.engine import connect
from konvoi.link.settings import Settings
from konvoi.model.finding import Finding, Place, Severity

_ENOUGH = "500MB"


def unbound(records: pl.DataFrame, settings: Settings) -> Iterator[Finding]:
    """An error for each predicate that is no SQL over these records, or names a column that is not there."""
    none = records.clear().select(l=pl.struct(pl.all()), r=pl.struct(pl.all()))
    alike = sorted({s.name for one in settings.comparisons for s in one.similarities})
    none = none.with_columns(pl.lit(None, pl.Struct(dict.fromkeys(alike, pl.Float64()))).alias("s"))
    with connect(memory=_ENOUGH, threads=1) as connection:
        connection.register("chunk", none.to_arrow())
        whole = [f"({predicate})" for _, _, predicate in _predicates(settings)]
        if not _refused(connection, " AND ".join(whole) or "TRUE"):
            return
        for part, label, predicate in _predicates(settings):
            if said := _refused(connection, predicate):
                yield _unfit(Place(sheet=part, column=label), predicate, said)


def no_sense(said: str) -> Finding:
    """Return the finding for a predicate that can be read, but fails on some value."""
    return _unfit(Place(), "", said.splitlines()[0])


def _unfit(place: Place, predicate: str, said: str) -> Finding:
    return Finding(
        Severity.ERROR,
        "predicate-unfit",
        place,
        read=predicate,
        expected="a condition in SQL over the records `l` and `r` and the likenesses `s`: {said}",
        remedy="correct the predicate, or name a column that is there",
        values={"said": said},
    )


def _predicates(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """All predicates with the part of the settings and the answer that they stand for."""
    yield "allowed", "", settings.allowed
    for comparison in settings.comparisons:
        yield from _of(comparison)


def _of(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    for answer in comparison.answers:
        yield comparison.name, answer.label, answer.predicate


def _refused(connection: duckdb.DuckDBPyConnection, predicate: str) -> str:
    """Return the engine's error for a predicate, first line only; empty if there is none."""
    try:
        connection.execute(f"SELECT count(*) FROM chunk WHERE ({predicate}\n)").fetchall()
    except duckdb.Error as error:
        return str(error).splitlines()[0]
    return ""
