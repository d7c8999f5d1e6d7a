"""Every pair in blocks becomes one code, every code one probability."""

from dataclasses import dataclass, replace

import duckdb
import numpy as np
import polars as pl

from konvoi.link.blocks import Blocked, pairs
from konvoi.link.calibration import calibrated
from konvoi.link.coding import Coder
from konvoi.link.density import company, crowds, density
from konvoi.link.engine import frame
from konvoi.link.labels import Labelled
from konvoi.link.learning import Counts, among, learnt
from konvoi.link.refining import FOLDS, Judged, interacting, jointly, refined
from konvoi.link.settings import Settings
from konvoi.link.weights import Weights

_CODED = "(a INTEGER, b INTEGER, density UTINYINT, code BIGINT)"
_PIECE = 1 << 20


@dataclass(frozen=True)
class Seen:
    """How many pairs in blocks have a code and a density."""

    codes: np.ndarray
    density: np.ndarray
    pairs: np.ndarray


def scored(
    connection: duckdb.DuckDBPyConnection,
    records: pl.DataFrame,
    blocks: Blocked,
    settings: Settings,
    *,
    start: Weights,
    learn: bool,
    labels: Labelled | None = None,
) -> tuple[pl.DataFrame, Weights]:
    """Pairs (a, b, code, density, probability, lower) of record numbers at or above `least`, and weights.

    lower: the bound below the calibrated probability; null where nothing is calibrated. learn: whether
    weights may be learnt, and refined by labels, at all.
    """
    coder = Coder(connection, records, settings.comparisons, allowed=settings.allowed, pairs=blocks.pairs)
    table = records["_table"].to_numpy()
    met = company(blocks, records.height) if settings.by_density else np.zeros(records.height)
    connection.execute(f"CREATE TABLE coded {_CODED}")
    for left, right in pairs(blocks, settings, table):
        dense = density(met, left, right) if settings.by_density else None
        coder.add(left, right, "coded", density=dense)
    query = "SELECT code, density, count(*) AS n FROM coded GROUP BY ALL ORDER BY ALL"
    seen = Seen(*(frame(connection, query)[name].to_numpy() for name in ("code", "density", "n")))
    used = start
    if learn and settings.learn and len(seen.codes):
        used = learnt(start, _counts(connection, settings, seen, table, coder))
        used = among(used, seen.codes, seen.pairs) if settings.by_density or labels else used
    if labels and learn:
        used = _refined(used, _judged(connection, labels, coder, met), seen, settings)
    elif settings.by_density:
        used = _settled(used, seen)
    return _found(connection, seen, used, settings.least), used


def _found(connection: duckdb.DuckDBPyConnection, seen: Seen, weights: Weights, least: float) -> pl.DataFrame:
    """The pairs whose code and density make them probable enough."""
    reckoned = weights.probabilities(seen.codes, seen.density)
    stair = weights.calibration
    probable = pl.DataFrame(
        {
            "code": seen.codes,
            "density": seen.density,
            "probability": (stair.probabilities(reckoned) if stair else reckoned).round(9),
            "lower": pl.Series(stair.lower(reckoned) if stair else [None] * len(reckoned), dtype=pl.Float64),
        }
    )
    connection.register("probable", probable.filter(pl.col("probability") >= least).to_arrow())
    query = "SELECT a, b, code, density, probability, lower FROM coded JOIN probable USING (code, density)"
    return frame(connection, query)


def _settled(weights: Weights, seen: Seen) -> Weights:
    """Weights with the priors that this table itself confirms, for each class of density."""
    found = crowds(weights.weighed(seen.codes), seen.density, seen.pairs, weights.crowds)
    return (
        replace(weights, crowds=found, prior=found[0]) if len(found) == 1 else replace(weights, crowds=found)
    )


def _refined(start: Weights, judged: Judged, seen: Seen, settings: Settings) -> Weights:
    """Weights as judged; calibrated on probabilities that each pair is given without its own fold."""
    if not len(judged.codes):
        return _settled(start, seen) if settings.by_density else start

    def fitted(part: Judged) -> Weights:
        weights = _settled(jointly(refined(start, part), part), seen)
        return _settled(interacting(weights, part), seen) if settings.interactions else weights

    reckoned = np.zeros(len(judged.codes))
    for fold in range(FOLDS):
        out = judged.fold == fold
        if out.any():
            weights = fitted(judged.only(~out)) if not out.all() else start
            reckoned[out] = weights.probabilities(judged.codes[out], judged.density[out])
    return replace(fitted(judged), calibration=calibrated(reckoned, judged.true, judged.pairs))


def _judged(connection: duckdb.DuckDBPyConnection, labels: Labelled, coder: Coder, met: np.ndarray) -> Judged:
    """The judged pairs by code: those in blocks, or where single pairs were judged, just these."""
    if labels.truth is None:
        connection.execute(f"CREATE TABLE judged {_CODED}")
        left, right = labels.left, labels.right
        coder.add(left, right, "judged", density=density(met, left, right), freely=True)
        said = pl.DataFrame({"a": left, "b": right, "same": labels.same})
        source = "judged JOIN said USING (a, b)"
    else:
        known = np.flatnonzero(labels.truth >= 0).astype(np.int32)
        said = pl.DataFrame({"n": known, "of": labels.truth[known]})
        source = "(SELECT c.*, l.of = r.of AS same FROM coded AS c JOIN said AS l ON l.n = a "
        source += "JOIN said AS r ON r.n = b)"
    connection.register("said", said.to_arrow())
    query = f"""SELECT code, density, a % {FOLDS} AS fold, count(*) AS n, count(*) FILTER (same) AS true
        FROM {source} GROUP BY ALL ORDER BY ALL"""
    found = frame(connection, query)
    return Judged(*(found[name].to_numpy() for name in ("code", "density", "fold", "n", "true")))


def _counts(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    seen: Seen,
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
        codes=seen.codes,
        pairs=seen.pairs,
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
