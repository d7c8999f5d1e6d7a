"""Records become clusters, named for their first record."""

import numpy as np
import polars as pl

from konvoi.link.clusters import Apart, clusters
from konvoi.link.keys import packed
from konvoi.link.settings import Settings

CLUSTERS = pl.Schema({"id": pl.String(), "cluster": pl.String()})
"""One line for each record, by id; `cluster` is the first id in its cluster, its own where it is alone."""
_LEAST_DOUBT = 1e-9


def grouped(
    scores: pl.DataFrame, records: pl.DataFrame, settings: Settings, apart: pl.DataFrame | None
) -> pl.DataFrame:
    """Every record with its cluster.

    Where each table holds each thing once, a pair joins by what it is worth beside its rivals: of several
    records of one table that are as like a record of another, none is taken by chance.
    """
    ids = records[settings.id].cast(pl.String)
    # Records are numbered by their ids; where these are no texts, their order as texts is another.
    place = ids.rank("ordinal").to_numpy().astype(np.int64) - 1
    ends = (place[scores["a"].to_numpy()], place[scores["b"].to_numpy()])
    probability = scores["probability"].to_numpy()
    if settings.once:
        tables = np.zeros(records.height, dtype=np.int64)
        tables[place] = records["_table"].to_numpy()
        probability = _beside_rivals(ends, probability, tables)
    first = clusters(
        ends,
        probability,
        records.height,
        apart=_apart(records, ids, place, settings, apart),
        join=settings.join,
        mean=settings.mean,
    )
    by_place = ids.sort()
    return pl.DataFrame({"id": by_place, "cluster": by_place.gather(first)}, schema=CLUSTERS)


def _beside_rivals(
    ends: tuple[np.ndarray, np.ndarray], probability: np.ndarray, tables: np.ndarray
) -> np.ndarray:
    """Return the probability of each pair if at most one record of a table belongs to a record of another.

    Its odds, relative to those of all pairs that would exclude it: those of its ends with the
    other table.
    """
    # Sums of floats depend on their order: that of the records is always the same.
    order = np.lexsort(ends)
    left, right = (end[order] for end in ends)
    odds = probability[order] / np.maximum(1 - probability[order], _LEAST_DOUBT)
    width = int(tables.max(initial=0)) + 1
    sides = (left * width + tables[right], right * width + tables[left])
    one, two = (np.bincount(side, odds, len(tables) * width) for side in sides)
    sums = one + two
    found = np.empty(len(probability))
    found[order] = odds / (1 + sums[sides[0]] + sums[sides[1]] - odds)
    return found


def _apart(
    records: pl.DataFrame,
    ids: pl.Series,
    place: np.ndarray,
    settings: Settings,
    apart: pl.DataFrame | None,
) -> Apart:
    """Pairs that stay apart, and what each record holds in each scheme that a cluster has one value of."""
    known = pl.DataFrame({"id": ids, "place": place})
    pairs = [pl.Series([], dtype=pl.Int64)] * 2
    if apart is not None:
        both = apart.select(left=pl.col("left_id").cast(pl.String), right=pl.col("right_id").cast(pl.String))
        both = both.join(known.rename({"id": "left", "place": "a"}), on="left")
        both = both.join(known.rename({"id": "right", "place": "b"}), on="right")
        pairs = [both["a"], both["b"]]
    ends = (pairs[0].to_numpy(), pairs[1].to_numpy())
    record, scheme, value = _values(records, place, settings)
    if settings.once:
        # A table is a scheme in which each record has a value of its own.
        of = records["_table"].to_numpy().astype(np.int64) + scheme.max(initial=-1) + 1
        record, scheme, value = (
            np.concatenate(both) for both in ((record, place), (scheme, of), (value, place))
        )
    return Apart(ends, record, scheme, value)


def _values(
    records: pl.DataFrame, place: np.ndarray, settings: Settings
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Records with a value in a scheme, the scheme and the value (`apart`, the last column the value)."""
    if not settings.apart:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none
    columns = records.select(settings.apart).with_columns(place=place).drop_nulls()
    *scheme, value = (columns[c] for c in settings.apart)
    of = packed(scheme) if scheme else np.zeros(columns.height, dtype=np.int64)
    _, of = np.unique(of, return_inverse=True)
    _, held = np.unique(packed([value]), return_inverse=True)
    return columns["place"].to_numpy(), of, held
