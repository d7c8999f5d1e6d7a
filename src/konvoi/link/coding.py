"""Pairs become codes: values of both sides side by side, levels asked of them in SQL, a piece at a time."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import duckdb
import numpy as np
import polars as pl

from konvoi.link.columns import read
from konvoi.link.comparison import Codes, Comparison
from konvoi.link.engine import frame
from konvoi.link.forms import Alike, Form, alike, form
from konvoi.link.kinds import kinds
from konvoi.link.likeness import Likeness
from konvoi.link.pairing import add_answers

_TABLE = 1 << 19
_MANY = 1 << 16


class Coder:
    """Records in the order of their numbers, ready to be compared pair by pair.

    Only the columns that predicates read are carried; texts that are only asked to be equal, as numbers.
    Where records differ in few ways as far as some comparisons see, their answers are looked up in a table.
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
        """pairs: how many are about to come; a table of answers must be worth its making."""
        self._connection = connection
        self._allowed = allowed
        self._gate = _columns(records, [allowed])
        terms = dict(zip(comparisons, Codes(comparisons).terms, strict=True))
        self._answers = []
        for few in kinds(records, comparisons, most=min(_TABLE, pairs // 8)):
            code = " + ".join(terms.pop(comparison) for comparison in few.comparisons)
            self._answers.append((few.of, self._table(few.records, code)))
        wanted = sorted({s for one in terms for s in one.similarities}, key=lambda s: s.name)
        likeness = {one: Likeness(records[one.column], one.measure) for one in wanted}
        self._forms: list[tuple[int, Form | Alike]] = []
        factors = dict(zip(comparisons, Codes(comparisons).factors, strict=True))
        for comparison in tuple(terms) if pairs >= _MANY else ():
            if found := alike(comparison, likeness) or form(comparison, records):
                del terms[comparison]
                self._forms.append((factors[comparison], found))
        predicates = [level.predicate for one in terms for level in one.answers]
        self._values = _columns(records, predicates)
        self._code = f"CAST({' + '.join(terms.values()) or '0'} AS BIGINT)"
        asked = {s for one in terms for s in one.similarities}
        self._alike = [(one, likeness[one]) for one in wanted if one in asked]

    def _table(self, records: pl.DataFrame, code: str) -> np.ndarray:
        """The answers of each record to each, in one row of a square after the other."""
        left, right = (side.ravel() for side in np.indices((records.height, records.height), dtype=np.int32))
        with self._shown(self._side_by_side(left, right, records)):
            found = frame(self._connection, f"SELECT CAST({code} AS BIGINT) AS c FROM chunk ORDER BY a, b")
        return found["c"].to_numpy(writable=True)

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
        dense = np.zeros(len(left), dtype=np.uint8) if density is None else density
        if self._allowed != "TRUE" and not freely:
            kept = self._kept(left, right)
            left, right, dense = left[kept], right[kept], dense[kept]
        if not len(left):
            return
        known = np.zeros(len(left), dtype=np.int64)
        for of, table in self._answers:
            add_answers(known, table, of, left, right)
        for factor, form_ in self._forms:
            form_.add(known, factor, left, right)
        chunk = self._side_by_side(left, right, self._values)
        chunk = chunk.with_columns(pl.Series("density", dense), pl.Series("known", known))
        if self._alike:
            scores = [one.scores(left, right).alias(which.name) for which, one in self._alike]
            chunk = chunk.with_columns(pl.DataFrame(scores).to_struct("s"))
        with self._shown(chunk):
            self._connection.execute(
                f"INSERT INTO {into} SELECT a, b, density, known + {self._code} FROM chunk"
            )

    def _kept(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        chunk = self._side_by_side(left, right, self._gate)
        chunk = chunk.with_columns(pl.Series("n", np.arange(len(left), dtype=np.int64)))
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

    def _side_by_side(self, left: np.ndarray, right: np.ndarray, values: pl.DataFrame) -> pl.DataFrame:
        """Numbers of both records (a, b) and their values as structs `l` and `r`, as predicates name them."""
        chunk = pl.DataFrame({"a": left, "b": right})
        if not values.width:
            return chunk
        sides = [values[side].to_struct(name) for name, side in (("l", left), ("r", right))]
        return chunk.with_columns(*sides)


def _columns(records: pl.DataFrame, predicates: Iterable[str]) -> pl.DataFrame:
    """The columns that predicates read; texts of which only equality matters are numbers."""
    wanted = read(predicates, records.columns)
    return records.select(
        pl.col(name).cast(pl.Categorical(pl.Categories.random())).to_physical()
        if plain and records.schema[name] == pl.String
        else pl.col(name)
        for name, plain in wanted.items()
    )
