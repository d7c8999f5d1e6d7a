"""Every pair in blocks becomes one code, every code one probability."""

import duckdb
import numpy as np
import polars as pl

from konvoi.link.comparison import Codes, Comparison, Similarity
from konvoi.link.engine import frame, name
from konvoi.link.settings import Settings
from konvoi.link.similarity import similarities
from konvoi.link.weights import Counts, Weights, learnt


def scored(
    connection: duckdb.DuckDBPyConnection, settings: Settings, start: Weights, *, height: int, learn: bool
) -> tuple[pl.DataFrame, Weights]:
    """Pairs (a, b, code, probability) at or above `least`, and the weights used.

    Reads the tables `records` and `pairs`. height: how many records there are.
    """
    _code(connection, settings.comparisons, "pairs", "coded")
    counts = frame(connection, "SELECT code, count(*) AS n FROM coded GROUP BY code ORDER BY code")
    codes = counts["code"].to_numpy()
    used = start
    if learn and settings.learn and len(codes):
        used = learnt(start, _counts(connection, settings, counts, height))
    table = pl.DataFrame({"code": codes, "probability": used.probabilities(codes).round(9)})
    connection.register("probable", table.to_arrow())
    found = frame(
        connection,
        f"SELECT a, b, code, probability FROM coded JOIN probable USING (code) "
        f"WHERE probability >= {settings.least} ORDER BY a, b",
    )
    return found, used


def _code(
    connection: duckdb.DuckDBPyConnection, comparisons: tuple[Comparison, ...], pairs: str, into: str
) -> None:
    """Make a table (a, b, code) of a table of pairs (a, b)."""
    wanted = sorted({s for c in comparisons for s in c.similarities}, key=lambda s: s.name)
    for number, similarity in enumerate(wanted):
        _similarities(connection, similarity, pairs, f"similar_{number}")
    columns = ", ".join(
        f"CASE WHEN l.{name(s.column)} = r.{name(s.column)} THEN 1.0 ELSE s{n}.score END AS {name(s.name)}"
        for n, s in enumerate(wanted)
    )
    joins = " ".join(
        f"LEFT JOIN similar_{n} AS s{n} ON s{n}.a = l.{name(s.column)} AND s{n}.b = r.{name(s.column)}"
        for n, s in enumerate(wanted)
    )
    connection.execute(
        f"""CREATE TABLE {into} AS
        SELECT s._a AS a, s._b AS b, CAST({Codes(comparisons).sql()} AS BIGINT) AS code
        FROM (SELECT p.a AS _a, p.b AS _b{", " + columns if columns else ""} FROM {pairs} AS p
              JOIN records AS l ON l._n = p.a JOIN records AS r ON r._n = p.b {joins}) AS s
        JOIN records AS l ON l._n = s._a JOIN records AS r ON r._n = s._b"""
    )


def _similarities(
    connection: duckdb.DuckDBPyConnection, similarity: Similarity, pairs: str, into: str
) -> None:
    """Make a table (a, b, score) of the distinct pairs of unequal values in a table of pairs."""
    column = name(similarity.column)
    values = frame(
        connection,
        f"""SELECT DISTINCT l.{column} AS a, r.{column} AS b FROM {pairs} AS p
        JOIN records AS l ON l._n = p.a JOIN records AS r ON r._n = p.b WHERE l.{column} <> r.{column}""",
    )
    connection.register(f"{into}_values", similarities(values, similarity.measure).to_arrow())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {into} AS SELECT * FROM {into}_values")
    connection.unregister(f"{into}_values")


def _counts(
    connection: duckdb.DuckDBPyConnection, settings: Settings, counts: pl.DataFrame, height: int
) -> Counts:
    """How often each code stands in blocks, and in an even sample of all possible pairs."""
    possible = _possible(connection, settings.between)
    connection.register("sampled", _sample(height, settings.sample).to_arrow())
    tables = {"all": "TRUE", "within": "l._table = r._table", "across": "l._table <> r._table"}
    connection.execute(
        f"""CREATE TEMP TABLE drawn AS SELECT a, b FROM sampled JOIN records AS l ON l._n = a
        JOIN records AS r ON r._n = b WHERE {tables[settings.between]}"""
    )
    _code(connection, settings.comparisons, "drawn", "coded_drawn")
    chance = frame(connection, "SELECT code, count(*) AS n FROM coded_drawn GROUP BY code ORDER BY code")
    return Counts(
        codes=counts["code"].to_numpy(),
        pairs=counts["n"].to_numpy(),
        sample_codes=chance["code"].to_numpy(),
        sample_pairs=chance["n"].to_numpy(),
        possible=max(possible, 1),
    )


def _possible(connection: duckdb.DuckDBPyConnection, between: str) -> int:
    """How many pairs there are without blocking."""
    sizes = frame(connection, "SELECT count(*) AS n FROM records GROUP BY _table ORDER BY ALL")["n"].to_list()
    everything, within = sum(sizes) * (sum(sizes) - 1) // 2, sum(n * (n - 1) // 2 for n in sizes)
    found = {"all": everything, "within": within, "across": everything - within}
    return int(found[between])


def _sample(height: int, most: int) -> pl.DataFrame:
    """All pairs of numbers below a height; where they are too many, so many drawn by mixing bits.

    Neighbours are often twins when ids are sorted, so a draw at even distances would not do.
    """
    if height * (height - 1) // 2 <= most:
        left, right = np.triu_indices(max(height, 0), k=1)
    else:
        drawn = np.arange(2 * most, dtype=np.uint64)
        sides = [(_mixed(drawn + np.uint64(salt * 2 * most)) % np.uint64(height)) for salt in (0, 1)]
        apart = sides[0] != sides[1]
        left, right = (side[apart].astype(np.int64)[:most] for side in sides)
    return pl.DataFrame({"a": np.minimum(left, right), "b": np.maximum(left, right)})


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """Numbers with their bits mixed (the finaliser of SplitMix64): the same on every machine and version."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))
