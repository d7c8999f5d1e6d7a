"""Pairs spread over a cluster: joined, coded and counted by Apache Spark, by the same levels and likenesses.

Records are read, keyed and numbered where Konvoi runs, so that blocks and the reports on them are the same.
Pairs, of which there are many times more, come there as counts alone, and where they are probable.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from konvoi.link.binding import no_sense
from konvoi.link.columns import read
from konvoi.link.comparison import Codes, Comparison, Similarity
from konvoi.link.density import CLASSES
from konvoi.link.engine import name
from konvoi.link.faults import cluster_failed
from konvoi.link.labels import Labelled
from konvoi.link.pair_backend import Drawn, Seen, Work
from konvoi.link.refining import FOLDS, Judged
from konvoi.link.settings import Settings
from konvoi.link.similarity import scores
from konvoi.model.finding import Finding

if TYPE_CHECKING:
    import pyarrow as pa

_NO_SENSE = ("AnalysisException", "ParseException", "ArithmeticException", "NumberFormatException")
# A cut connection does not show its cause.
_REASON = re.compile(r"(?:(?<!Socket)(?<!EOF)Exception|Error): (?![^\n]*(?:Exception|Error): )([^\n]+)")
_BETWEEN = {"all": "TRUE", "within": "l.of = r.of", "across": "l.of <> r.of"}


@dataclass(frozen=True)
class Spread:
    """The engine of a cluster. session: one of Spark, opened by konvoi.gateways.cluster.

    failures: what it raises where a part of the cluster is lost for good or a query makes no sense.
    """

    session: Any
    failures: tuple[type[Exception], ...]

    @contextmanager
    def coded(self, work: Work) -> "Iterator[Scattered]":
        """All pairs in blocks as codes; what the cluster has kept of them is let go at the end."""
        pairs = Scattered(self.session, work)
        try:
            yield pairs
        finally:
            pairs.forget()

    def told(self, error: Exception, settings: Settings) -> Finding:
        """Return the finding for a failure."""
        if type(error).__name__ in _NO_SENSE:
            return no_sense(str(error))
        return cluster_failed(cause(str(error)))


class Scattered:
    """Pairs and their codes in tables of the cluster (konvoi.link.pair_backend.Coded)."""

    def __init__(self, session: Any, work: Work) -> None:
        self._session = session
        self._settings = work.settings
        self._met = work.company()
        self._alike = _similarities(work.settings.comparisons)
        self._texts = [_Texts(work.records[one.column]) for one in self._alike]
        self._kept: list[Any] = []
        self._records = self._table(self._values(work))
        made = self._blocked(work)
        self._coded = self._keep(self._code(made, allowed=work.settings.allowed))

    def forget(self) -> None:
        """Let the cluster drop what it holds."""
        for kept in self._kept:
            kept.unpersist()

    def seen(self) -> Seen:
        """Return the number of pairs in blocks by code and density."""
        return self._seen

    @cached_property
    def _seen(self) -> Seen:
        query = "SELECT code, density, count(*) AS n FROM {coded} GROUP BY code, density"
        found = self._answer(query, coded=self._coded).sort("code", "density")
        return Seen(
            found["code"].to_numpy(), found["density"].cast(pl.UInt8).to_numpy(), found["n"].to_numpy()
        )

    def drawn(self, left: np.ndarray, right: np.ndarray, *, allowed: bool = False) -> Drawn:
        """Return the number of these pairs by code; no block need hold them."""
        rule = self._settings.allowed if allowed else "TRUE"
        coded = self._code(self._table(pl.DataFrame({"a": left, "b": right})), allowed=rule)
        found = self._answer("SELECT code, count(*) AS n FROM {coded} GROUP BY code", coded=coded).sort(
            "code"
        )
        return Drawn(found["code"].to_numpy(), found["n"].to_numpy())

    def judged(self, labels: Labelled) -> Judged:
        """The judged pairs by code: those in blocks, or where single pairs were judged, just these."""
        if labels.truth is None:
            said = pl.DataFrame({"a": labels.left, "b": labels.right, "same": labels.same})
            coded = self._code(self._table(said.select("a", "b")))
            source = "{coded} JOIN {said} USING (a, b)"
            tables = {"coded": coded, "said": self._table(said)}
        else:
            known = np.flatnonzero(labels.truth >= 0).astype(np.int32)
            said = pl.DataFrame({"n": known, "of": labels.truth[known]})
            source = """(SELECT c.*, l.of = r.of AS same FROM {coded} AS c
                JOIN {said} AS l ON l.n = c.a JOIN {said} AS r ON r.n = c.b)"""
            tables = {"coded": self._coded, "said": self._table(said)}
        query = f"""SELECT code, density, a % {FOLDS} AS fold, count(*) AS n, count_if(same) AS true
            FROM {source} GROUP BY code, density, fold"""
        found = self._answer(query, **tables).sort("code", "density", "fold")
        return Judged(*(found[column].to_numpy() for column in ("code", "density", "fold", "n", "true")))

    def probable(self, table: pl.DataFrame) -> pl.DataFrame:
        """The pairs in blocks that have one of some codes and densities, with what stands there besides."""
        query = """SELECT /*+ BROADCAST(p) */ c.a, c.b, c.code, c.density, p.probability, p.lower
            FROM {coded} AS c JOIN {probable} AS p ON c.code = p.code AND c.density = p.density"""
        told = self._table(table.with_columns(pl.col("density").cast(pl.Int16)))
        found = self._answer(query, coded=self._coded, probable=told)
        return found.with_columns(pl.col("density").cast(pl.UInt8))

    def _values(self, work: Work) -> pl.DataFrame:
        """Records with their number, their company, the columns that predicates read, texts as numbers."""
        levels = [level.predicate for one in work.settings.comparisons for level in one.answers]
        columns = read([*levels, work.settings.allowed], work.records.columns)
        texts = [pl.Series(f"text#{n}", one.of) for n, one in enumerate(self._texts)]
        return work.records.select(list(columns)).with_columns(
            pl.Series("record#", np.arange(work.records.height, dtype=np.int32)),
            pl.Series("met#", self._met),
            *texts,
        )

    def _blocked(self, work: Work) -> Any:
        """Pairs a, b of all blocks, each once."""
        left: list[pl.DataFrame] = []
        right: list[pl.DataFrame] = []
        for number, joined in enumerate(work.blocks.joined):
            window = joined.block.window
            for lines, side in ((left, joined.sides.left), (right, joined.sides.right)):
                lines.append(
                    pl.DataFrame({"key": side.key, "day": side.day, "n": side.record}).with_columns(
                        block=pl.lit(number, pl.Int32),
                        before=pl.lit(window.before if window else 0, pl.Int32),
                        after=pl.lit(window.after if window else 0, pl.Int32),
                        of=pl.Series(work.tables[side.record]),
                    )
                )
        once = "l.n <> r.n" if work.settings.directed else "l.n < r.n"
        query = f"""SELECT DISTINCT l.n AS a, r.n AS b FROM {{left}} AS l JOIN {{right}} AS r
            ON l.block = r.block AND l.key = r.key
            WHERE r.day BETWEEN l.day - l.before AND l.day + l.after
            AND {once} AND {_BETWEEN[work.settings.between]}"""
        return self._query(query, left=self._table(pl.concat(left)), right=self._table(pl.concat(right)))

    def _code(self, pairs: Any, *, allowed: str = "TRUE") -> Any:
        """Pairs a, b as a, b, density, code; those that are not allowed are left out."""
        both = self._query(
            """SELECT p.a, p.b, struct(l.*) AS l, struct(r.*) AS r FROM {pairs} AS p
            JOIN {records} AS l ON l."record#" = p.a JOIN {records} AS r ON r."record#" = p.b""",
            pairs=pairs,
            records=self._records,
        )
        both = self._query(f"SELECT * FROM {{both}} WHERE {_braced(allowed)}", both=both)
        likeness = ["CAST(NULL AS DOUBLE) AS none"]
        for number, (one, texts) in enumerate(zip(self._alike, self._texts, strict=True)):
            both = self._likened(both, number, one.measure, texts)
            likeness.append(f"score{number} AS {name(one.name)}")
        both = self._query(f"SELECT a, b, l, r, struct({', '.join(likeness)}) AS s FROM {{both}}", both=both)
        density = f'CAST(least((l."met#" + r."met#") / 2, {CLASSES - 1}) AS SMALLINT)'
        code = _braced(Codes(self._settings.comparisons).sql())
        query = f"SELECT a, b, {density} AS density, CAST({code} AS BIGINT) AS code FROM {{both}}"
        return self._query(query, both=both)

    def _likened(self, both: Any, number: int, measure: str, texts: "_Texts") -> Any:
        """Return pairs with the likeness of two of their texts; compare each distinct pair of texts once."""
        left, right = (f'{side}."text#{number}"' for side in "lr")
        ends = f"least({left}, {right}) AS x, greatest({left}, {right}) AS y"
        distinct = self._query(
            f"SELECT DISTINCT {ends} FROM {{both}} WHERE {left} <> {right}",
            both=both,
        )
        worded = self._query(
            """SELECT d.x, d.y, one.text AS first, two.text AS second FROM {distinct} AS d
            JOIN {texts} AS one ON one.n = d.x JOIN {texts} AS two ON two.n = d.y""",
            distinct=distinct,
            texts=self._table(texts.distinct),
        )
        scored = worded.mapInArrow(_scoring(measure), "x INT, y INT, score DOUBLE")
        return self._query(
            f"""SELECT b.*, CASE WHEN b.{left} = b.{right} THEN CAST(1 AS DOUBLE) ELSE t.score END
                AS score{number} FROM {{both}} AS b LEFT JOIN {{scored}} AS t
                ON t.x = least(b.{left}, b.{right}) AND t.y = greatest(b.{left}, b.{right})""",
            both=both,
            scored=scored,
        )

    def _query(self, query: str, **tables: Any) -> Any:
        return self._session.sql(query, **tables)

    def _answer(self, query: str, **tables: Any) -> pl.DataFrame:
        return pl.DataFrame(self._query(query, **tables).toArrow())

    def _table(self, table: pl.DataFrame) -> Any:
        """A table of the cluster; it knows neither unsigned numbers nor values by number."""
        kinds: dict[str, pl.DataType] = {
            column: pl.Int64() if kind.is_unsigned_integer() else pl.String()
            for column, kind in table.schema.items()
            if kind.is_unsigned_integer() or isinstance(kind, pl.Categorical | pl.Enum)
        }
        return self._session.createDataFrame(table.cast(pl.Schema(table.schema | kinds)).to_arrow())

    def _keep(self, table: Any) -> Any:
        self._kept.append(table.persist())
        return table


class _Texts:
    """The texts of a column as numbers that have their order; none where a record has none."""

    def __init__(self, column: pl.Series) -> None:
        texts = column.cast(pl.String)
        distinct = texts.drop_nulls().unique().sort()
        self.of = texts.cast(pl.Enum(distinct)).to_physical().cast(pl.Int32)
        self.distinct = pl.DataFrame({"n": np.arange(len(distinct), dtype=np.int32), "text": distinct})


def cause(said: str) -> str:
    """Return the root cause of a failure, from all that a cluster reports about it.

    >>> cause("An error occurred\\n: o.JobException: Job aborted\\nCaused by: o.TaskException: Worker lost")
    'Worker lost'
    >>> cause("o.SparkException: Python worker exited\\nCaused by: o.SocketException: Connection reset")
    'Python worker exited'
    """
    reasons = _REASON.findall(said)
    return reasons[-1].strip() if reasons else said.strip().split("\n", 1)[0]


def _similarities(comparisons: tuple[Comparison, ...]) -> list[Similarity]:
    return sorted({s for one in comparisons for s in one.similarities}, key=lambda s: s.name)


def _braced(predicate: str) -> str:
    """SQL of the settings as it stands in a text with names in braces."""
    return predicate.replace("{", "{{").replace("}", "}}")


def _scoring(measure: str) -> "Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]":
    """Return a worker's function for batches of pairs of texts: the code of similarity.py."""

    def scored(batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        for batch in batches:
            pairs = pl.DataFrame(batch)
            found = scores(pairs["first"].to_list(), pairs["second"].to_list(), measure)
            yield from pairs.select("x", "y", score=pl.Series(found)).to_arrow().to_batches()

    return scored
