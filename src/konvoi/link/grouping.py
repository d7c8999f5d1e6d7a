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
    """Pairs that stay apart, and the value each record holds in its scheme (`apart`, the last the value)."""
    known = pl.DataFrame({"id": ids, "place": place})
    pairs = [pl.Series([], dtype=pl.Int64)] * 2
    if apart is not None:
        both = apart.select(left=pl.col("left_id").cast(pl.String), right=pl.col("right_id").cast(pl.String))
        both = both.join(known.rename({"id": "left", "place": "a"}), on="left")
        both = both.join(known.rename({"id": "right", "place": "b"}), on="right")
        pairs = [both["a"], both["b"]]
    ends = (pairs[0].to_numpy(), pairs[1].to_numpy())
    if not settings.apart:
        return Apart(ends)
    columns = records.select(settings.apart).with_columns(place=place).drop_nulls()
    *scheme, value = (columns[c] for c in settings.apart)
    of = packed(scheme) if scheme else np.zeros(columns.height, dtype=np.int64)
    _, of = np.unique(of, return_inverse=True)
    _, held = np.unique(packed([value]), return_inverse=True)
    return Apart(ends, columns["place"].to_numpy(), of, held)
