"""Test of predicates on an empty table: those that the engine cannot read are reported before matching."""

from collections.abc import Iterator
from functools import lru_cache

import duckdb
import polars as pl

from konvoi.link.comparison import Comparison
from konvoi.link.engine import connect
from konvoi.link.settings import Settings
from konvoi.model.finding import Finding, Place, Severity

_ENOUGH = "500MB"


def unbound(records: pl.DataFrame, settings: Settings) -> tuple[Finding, ...]:
    """Return an error for each predicate that is no SQL over these records, or names a column that they lack.

    No value is looked at: tables of the same columns and kinds get the same answer, which is found once.
    """
    alike = sorted({s.name for one in settings.comparisons for s in one.similarities})
    return _unbound(tuple(records.columns), tuple(records.dtypes), tuple(alike), tuple(_predicates(settings)))


@lru_cache(maxsize=64)
def _unbound(
    names: tuple[str, ...],
    types: tuple[pl.DataType, ...],
    alike: tuple[str, ...],
    predicates: tuple[tuple[str, str, str], ...],
) -> tuple[Finding, ...]:
    side = pl.Struct(dict(zip(names, types, strict=True)))
    sides = {"l": side, "r": side, "s": pl.Struct(dict.fromkeys(alike, pl.Float64()))}
    with connect(memory=_ENOUGH, threads=1) as connection:
        connection.register("chunk", pl.DataFrame(schema=sides).to_arrow())
        whole = " AND ".join(f"({predicate})" for _, _, predicate in predicates)
        if not _refused(connection, whole or "TRUE"):
            return ()
        return tuple(
            _unfit(Place(sheet=part, column=label), predicate, said)
            for part, label, predicate in predicates
            if (said := _refused(connection, predicate))
        )


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
