"""Pairs become codes: values of both sides side by side, levels asked of them in SQL, a piece at a time."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import duckdb
import numpy as np
import polars as pl

from konvoi.link.columns import read
from konvoi.link.comparison import Codes, Comparison
from konvoi.link.engine import frame
from konvoi.link.expression_vm import coded
from konvoi.link.likeness import likeness
from konvoi.link.sql_compiler import Asker

_MANY = 1 << 16


class Coder:
    """Records in the order of their numbers, ready to be compared pair by pair.

    Where many pairs are about to come, a compiled program answers all that it can; the rest is asked in SQL.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        records: pl.DataFrame,
        comparisons: tuple[Comparison, ...],
        *,
        allowed: str = "TRUE",
        pairs: int = 0,
    ) -> None:
        """pairs: how many are about to come; a program must be worth its making."""
        self._connection = connection
        self._allowed = allowed
        wanted = sorted({s for one in comparisons for s in one.similarities}, key=lambda s: s.name)
        gate = Asker(connection, records)
        answers = Asker(connection, records, [s.name for s in wanted])
        gated = pairs >= _MANY and allowed != "TRUE" and gate.took([allowed], 1)
        terms = {
            comparison: term
            for comparison, factor, term in zip(
                comparisons, Codes(comparisons).factors, Codes(comparisons).terms, strict=True
            )
            if pairs < _MANY or not answers.took([one.predicate for one in comparison.answers[:-1]], factor)
        }
        self._gate = gate.program() if gated else None
        self._answers = answers.program() if len(terms) < len(comparisons) else None
        self._gated = _columns(records, [] if gated else [allowed])
        self._values = _columns(records, [level.predicate for one in terms for level in one.answers])
        self._code = f"CAST({' + '.join(terms.values()) or '0'} AS BIGINT)"
        self._alike = sorted({similarity.name for one in terms for similarity in one.similarities})
        self._likeness = {
            one.name: likeness(
                records[one.column], one.measure, 0.0 if one.name in self._alike else answers.least(one.name)
            )
            for one in wanted
        }

    def add(
        self,
        left: np.ndarray,
        right: np.ndarray,
        into: str,
        *,
        density: np.ndarray | None = None,
        freely: bool = False,
    ) -> None:
        """Add a row (a, b, density, code) to a table of the engine for each pair that is allowed.

        left, right: numbers of records. density: a small number for each pair; 0 where none is given.
        freely: whether pairs that are not allowed are added, too.
        """
        if not len(left):
            return
        dense = np.zeros(len(left), dtype=np.uint8) if density is None else density
        if self._allowed != "TRUE" and not freely:
            kept = self._kept(left, right)
            left = left[kept]
            right = right[kept]
            dense = dense[kept]
        if not len(left):
            return
        known = np.zeros(len(left), dtype=np.int64)
        alike = np.empty((len(self._likeness), len(left)))
        for row, one in zip(alike, self._likeness.values(), strict=True):
            row[:] = one.scores(left, right)
        if self._answers:
            coded(self._answers, left, right, alike, known)
        chunk = pl.DataFrame({"a": left, "b": right, "density": dense, "known": known})
        chunk = chunk.with_columns(self._sides(left, right, self._values))
        if self._alike:
            named = pl.DataFrame(dict(zip(self._likeness, alike, strict=True)))
            chunk = chunk.with_columns(named.select(self._alike).fill_nan(None).to_struct("s"))
        with self._shown(chunk):
            self._connection.execute(
                f"INSERT INTO {into} SELECT a, b, density, known + {self._code} FROM chunk"
            )

    def _kept(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        if self._gate:
            out = np.zeros(len(left), dtype=np.int64)
            coded(self._gate, left, right, np.empty((0, len(left))), out)
            return np.asarray(out == 0)
        chunk = pl.DataFrame({"n": np.arange(len(left), dtype=np.int64)})
        chunk = chunk.with_columns(self._sides(left, right, self._gated))
        kept = np.zeros(len(left), dtype=bool)
        with self._shown(chunk):
            kept[frame(self._connection, f"SELECT n FROM chunk WHERE {self._allowed}")["n"].to_numpy()] = True
        return kept

    @contextmanager
    def _shown(self, chunk: pl.DataFrame) -> Iterator[None]:
        """For a while the engine sees a piece as the table `chunk`, without a copy."""
        self._connection.register("chunk", chunk.to_arrow(compat_level=pl.CompatLevel.newest()))
        try:
            yield
        finally:
            self._connection.unregister("chunk")

    def _sides(self, left: np.ndarray, right: np.ndarray, values: pl.DataFrame) -> list[pl.Series]:
        """The values of both records side by side, as structs `l` and `r`, as predicates name them."""
        if not values.width:
            return []
        return [values[side].to_struct(name) for name, side in (("l", left), ("r", right))]


def _columns(records: pl.DataFrame, predicates: Iterable[str]) -> pl.DataFrame:
    """The columns that predicates read; texts of which only equality matters are numbers."""
    wanted = read(predicates, records.columns)
    return records.select(
        pl.col(name).cast(pl.Categorical(pl.Categories.random())).to_physical()
        if plain and records.schema[name] == pl.String
        else pl.col(name)
        for name, plain in wanted.items()
    )
