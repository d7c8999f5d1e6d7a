"""Records become clusters, named for their first record."""

import numpy as np
import polars as pl

from konvoi.link.clusters import Apart, clusters
from konvoi.link.keys import packed
from konvoi.link.settings import Settings

CLUSTERS = pl.Schema({"id": pl.String(), "cluster": pl.String()})
"""One line for each record, by id; `cluster` is the first id in its cluster, its own where it is alone."""


def grouped(
    scores: pl.DataFrame, records: pl.DataFrame, settings: Settings, apart: pl.DataFrame | None
) -> pl.DataFrame:
    """Every record with its cluster."""
    ids = records[settings.id].cast(pl.String)
    # Records are numbered by their ids; where these are no texts, their order as texts is another.
    place = ids.rank("ordinal").to_numpy().astype(np.int64) - 1
    ends = (place[scores["a"].to_numpy()], place[scores["b"].to_numpy()])
    first = clusters(
        ends,
        scores["probability"].to_numpy(),
        records.height,
        apart=_apart(records, ids, place, settings, apart),
        join=settings.join,
        mean=settings.mean,
    )
    by_place = ids.sort()
    return pl.DataFrame({"id": by_place, "cluster": by_place.gather(first)}, schema=CLUSTERS)


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
