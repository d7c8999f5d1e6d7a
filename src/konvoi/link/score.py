"""Every pair in blocks becomes one code, every code one probability."""

import duckdb
import numpy as np
import polars as pl

from konvoi.link.blocks import Blocked, pairs
from konvoi.link.coding import Coder
from konvoi.link.engine import frame
from konvoi.link.settings import Settings
from konvoi.link.weights import Counts, Weights, learnt

_CODED = "(a INTEGER, b INTEGER, density UTINYINT, code BIGINT)"
_PIECE = 1 << 20


def scored(
    connection: duckdb.DuckDBPyConnection,
    records: pl.DataFrame,
    blocks: Blocked,
    settings: Settings,
    *,
    start: Weights,
    learn: bool,
) -> tuple[pl.DataFrame, Weights]:
    """Pairs (a, b, code, probability) of record numbers at or above `least`, and the weights used."""
    connection.execute(f"CREATE TABLE coded {_CODED}")
    coder = Coder(connection, records, settings.comparisons, allowed=settings.allowed, pairs=blocks.pairs)
    table = records["_table"].to_numpy()
    for left, right in pairs(blocks, settings, table):
        coder.add(left, right, "coded")
    counts = frame(connection, "SELECT code, count(*) AS n FROM coded GROUP BY code ORDER BY code")
    codes = counts["code"].to_numpy()
    used = start
    if learn and settings.learn and len(codes):
        used = learnt(start, _counts(connection, settings, counts, table, coder))
    sure = pl.DataFrame({"code": codes, "probability": used.probabilities(codes).round(9)})
    connection.register("probable", sure.filter(pl.col("probability") >= settings.least).to_arrow())
    found = frame(connection, "SELECT a, b, code, probability FROM coded JOIN probable USING (code)")
    return found, used


def _counts(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    counts: pl.DataFrame,
    table: np.ndarray,
    coder: Coder,
) -> Counts:
    """How often each code stands in blocks, and in an even sample of all possible pairs."""
    left, right = _sample(len(table), settings.sample)
    if settings.between != "all":
        fitting = (table[left] == table[right]) == (settings.between == "within")
        left, right = left[fitting], right[fitting]
    connection.execute(f"CREATE TABLE drawn {_CODED}")
    for at in range(0, len(left), _PIECE):
        coder.add(left[at : at + _PIECE], right[at : at + _PIECE], "drawn", freely=True)
    chance = frame(connection, "SELECT code, count(*) AS n FROM drawn GROUP BY code ORDER BY code")
    return Counts(
        codes=counts["code"].to_numpy(),
        pairs=counts["n"].to_numpy(),
        sample_codes=chance["code"].to_numpy(),
        sample_pairs=chance["n"].to_numpy(),
        possible=max(_possible(table, settings.between), 1),
    )


def _possible(table: np.ndarray, between: str) -> int:
    """How many pairs there are without blocking."""
    sizes = np.bincount(table).tolist()
    everything, within = sum(sizes) * (sum(sizes) - 1) // 2, sum(n * (n - 1) // 2 for n in sizes)
    found = {"all": everything, "within": within, "across": everything - within}
    return int(found[between])


def _sample(height: int, most: int) -> tuple[np.ndarray, np.ndarray]:
    """All pairs of numbers below a height; where they are too many, so many drawn by mixing bits.

    Neighbours are often twins when ids are sorted, so a draw at even distances would not do.
    """
    if height * (height - 1) // 2 <= most:
        left, right = np.triu_indices(max(height, 0), k=1)
    else:
        drawn = np.arange(2 * most, dtype=np.uint64)
        sides = [(_mixed(drawn + np.uint64(salt * 2 * most)) % np.uint64(height)) for salt in (0, 1)]
        apart = sides[0] != sides[1]
        left, right = (side[apart][:most] for side in sides)
    return np.minimum(left, right).astype(np.int32), np.maximum(left, right).astype(np.int32)


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """Numbers with their bits mixed (the finaliser of SplitMix64): the same on every machine and version."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))
