"""Labels: which pairs were judged the same or different, or to which cluster each record truly belongs."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from konvoi.kit.union import components
from konvoi.model.finding import Finding, Place, Severity

LABELS = pl.Schema({"left_id": pl.String(), "right_id": pl.String(), "same": pl.Boolean()})
"""One line for each judged pair; null is no judgement."""

TRUTH = pl.Schema({"id": pl.String(), "cluster": pl.String()})
"""One line for each record whose true cluster is known."""

_FIRST = 2
"""The row of a table's first line of values, below its head."""


@dataclass(frozen=True)
class Labelled:
    """Labels in terms of record numbers.

    left, right, same: judged pairs, the lesser number left where pairs are the same from both sides. truth:
    the true cluster of each record, -1 where it is not known; None where single pairs were judged; then
    left, right, same hold the true pairs alone.
    """

    left: np.ndarray
    right: np.ndarray
    same: np.ndarray
    truth: np.ndarray | None = None
    findings: tuple[Finding, ...] = field(default=())


def labelled(labels: pl.DataFrame, ids: pl.Series, *, directed: bool = False) -> Labelled:
    """LABELS or TRUTH in terms of the records with these ids; what contradicts itself is an error in it."""
    place = pl.DataFrame({"id": ids.cast(pl.String), "n": np.arange(len(ids), dtype=np.int32)})
    return _truth(labels, place) if "cluster" in labels.columns else _pairs(labels, place, directed)


def _pairs(labels: pl.DataFrame, place: pl.DataFrame, directed: bool) -> Labelled:
    """Return reviewed pairs, each once; a pair that is both, or that others contradict, is an error.

    So is a record that differs from itself; one that equals itself is ignored.
    """
    told = labels.select(list(LABELS)).with_row_index("row", _FIRST).drop_nulls()
    both = told.join(place.rename({"id": "left_id", "n": "a"}), on="left_id")
    both = both.join(place.rename({"id": "right_id", "n": "b"}), on="right_id").sort("row")
    found = list(_lost(told.height - both.height, told))
    itself = pl.col("a") == pl.col("b")
    found += [_contradiction(row) for row in both.filter(itself & ~pl.col("same")).iter_rows(named=True)]
    both = both.filter(~itself)
    if not directed:
        both = both.with_columns(a=pl.min_horizontal("a", "b"), b=pl.max_horizontal("a", "b"))
    once = both.unique(["a", "b", "same"], keep="first").sort("a", "b", "same")
    twice = once.filter(pl.struct("a", "b").is_duplicated()).sort("row")
    later = twice.unique(["a", "b"], keep="last").sort("row")
    found += [_contradiction(row) for row in later.iter_rows(named=True)]
    if not directed and not twice.height:
        found += _roundabout(once)
    left, right = (once[side].to_numpy(writable=True) for side in "ab")
    return Labelled(left, right, once["same"].to_numpy(writable=True), None, tuple(found))


def _roundabout(once: pl.DataFrame) -> Iterator[Finding]:
    """An error for each pair that is judged different though a chain of judgements makes it the same."""
    joined: dict[int, int] = components(once.filter("same").select("a", "b").sort("a", "b").iter_rows())
    for row in once.filter(~pl.col("same")).sort("row").iter_rows(named=True):
        if row["a"] in joined and joined[row["a"]] == joined.get(row["b"]):
            yield _contradiction(row)


def _truth(labels: pl.DataFrame, place: pl.DataFrame) -> Labelled:
    """Every record's true cluster, and the pairs that follow."""
    every = labels.select(pl.col(c).cast(pl.String) for c in TRUTH).with_row_index("row", _FIRST).drop_nulls()
    told = every.unique(list(TRUTH), keep="first").sort("row")
    twice = told.filter(pl.col("id").is_duplicated()).unique("id", keep="last").sort("row")
    found = [
        _error(row, said, "a record in one cluster") for row, said in twice.select("row", "id").iter_rows()
    ]
    known = told.unique("id", keep="first").join(place, on="id")
    found += _lost(told["id"].n_unique() - known.height, told)
    truth = np.full(place.height, -1, dtype=np.int64)
    truth[known["n"].to_numpy()] = known["cluster"].rank("dense").to_numpy()
    side = known.select("n", "cluster")
    true = side.join(side, on="cluster", suffix="_b").filter(pl.col("n") < pl.col("n_b")).sort("n", "n_b")
    left, right = (true[name].to_numpy(writable=True) for name in ("n", "n_b"))
    return Labelled(left, right, np.ones(true.height, dtype=bool), truth, tuple(found))


def _lost(count: int, told: pl.DataFrame) -> Iterator[Finding]:
    """A note of how many labels name a record that is not there."""
    if count:
        yield Finding(
            Severity.NOTE,
            "labels-lost",
            Place(),
            read=str(count),
            expected="labels of records that are in the table",
            remedy="no action; of {all} labels, {count} name a missing record and are not used",
            values={"all": str(told.height), "count": str(count)},
        )


def _contradiction(row: dict[str, object]) -> Finding:
    expected = "consistent decisions: other decisions imply that these two are the same, or different"
    return _error(row["row"], f"{row['left_id']} / {row['right_id']}", expected)


def _error(row: object, read: str, expected: str) -> Finding:
    remedy = "take one of the labels out; until then nothing is matched"
    return Finding(Severity.ERROR, "labels-contradict", Place(row=int(str(row))), read, expected, remedy)
