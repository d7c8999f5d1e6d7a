"""Clauses that are traded together: how far they are from agreement as one, by clause and by party."""

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Distance:
    """The distance of several clauses. parties: those that keep one of them open, each with the clauses that
    it keeps open. clauses: those that are open.
    """

    clauses: tuple[str, ...]
    parties: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def distance(self) -> int:
        """Number of parties that have to move before all clauses are settled."""
        return len(self.parties)

    @property
    def points(self) -> int:
        """Number of open positions: of each party one for each clause."""
        return sum(len(clauses) for _, clauses in self.parties)


def distance_of(stands: pl.DataFrame, clauses: Collection[str] = ()) -> Distance:
    """Return the distance of clauses of one round from agreement; without a choice that of all.

    stands: accord.distance.STANDS of the round. Parties that keep most open come first.
    """
    rows = stands.filter("open")
    if clauses:
        rows = rows.filter(pl.col("clause").is_in(sorted(clauses)))
    held: dict[str, list[str]] = {}
    for row in rows.iter_rows(named=True):
        held.setdefault(str(row["party"]), []).append(str(row["clause"]))
    ranked = sorted(held.items(), key=lambda one: (-len(one[1]), one[0]))
    order = dict.fromkeys(str(one) for one in rows["clause"])
    return Distance(tuple(order), tuple((party, tuple(own)) for party, own in ranked))
