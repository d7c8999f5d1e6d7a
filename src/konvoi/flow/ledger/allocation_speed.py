"""Speed from commitment to allocation by year, from the sums that a register publishes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from konvoi.flow.ledger.tables import ALLOCATION_SPEED


@dataclass(frozen=True)
class _AtEnd:
    """Sums of one partner at the end of a year, and what is not allocated by year of commitment.

    young, old: what is left if the oldest, or the latest, commitments are allocated first.
    """

    committed: int
    allocated: int
    young: Mapping[int, int]
    old: Mapping[int, int]
    figures: frozenset[str]


def allocation_speed(*, support_by_year: pl.DataFrame) -> pl.DataFrame:
    """Return ALLOCATION_SPEED: sums to date at the end of each year, by partner and for all partners.

    A register states neither the day of a commitment nor which one an allocation belongs to. The median age
    of what is outstanding lies between two limits: least if the oldest commitments are allocated first, most
    if the latest are. A year for which nothing is stated adds nothing.
    """
    rows: list[dict[str, object]] = []
    for key, group in support_by_year.group_by("register", "currency", maintain_order=True):
        ends = {int(row["year"]): row["last"] for row in group.sort("last").iter_rows(named=True)}
        years = range(min(ends), max(ends) + 1)
        partners = {str(party): _ends(own.to_dicts(), years) for (party,), own in group.group_by("party")}
        for year in years:
            day = ends.get(year, date(year, 12, 31))
            every = {party: known[year] for party, known in partners.items()}
            for party, parts in [("", list(every.values())), *((name, [one]) for name, one in every.items())]:
                about = dict(zip(("register", "currency"), key, strict=True))
                rows.append(about | {"party": party, "year": year} | _row(parts, day))
    found = pl.DataFrame(rows, schema=ALLOCATION_SPEED.schema())
    return found.sort("register", "currency", "party", "year")


def _ends(rows: Sequence[Mapping[str, Any]], years: Iterable[int]) -> dict[int, _AtEnd]:
    """Return the sums of one partner at the end of each year."""
    found: dict[int, _AtEnd] = {}
    committed: dict[int, int] = {}
    old: dict[int, int] = {}
    allocated = 0
    figures: frozenset[str] = frozenset()
    by_year = {int(row["year"]): row for row in rows}
    for year in years:
        if row := by_year.get(year):
            committed[year] = row["committed"] or 0
            allocated += row["allocated"] or 0
            # What was allocated beyond all commitments so far uses up the next ones.
            over = sum(committed.values()) - committed[year] - sum(old.values())
            before = allocated - (row["allocated"] or 0)
            spent = (row["allocated"] or 0) + max(0, before - over)
            old = _used(old | {year: committed[year]}, spent, latest=True)
            figures |= set(row["figures"])
        young = _used(committed, allocated, latest=False)
        found[year] = _AtEnd(sum(committed.values()), allocated, young, dict(old), figures)
    return found


def _used(committed: Mapping[int, int], amount: int, *, latest: bool) -> dict[int, int]:
    """Return what is left of commitments by year when an amount is allocated, the latest or oldest first."""
    left: dict[int, int] = {}
    for year in sorted(committed, reverse=latest):
        used = min(amount, committed[year])
        amount -= used
        if committed[year] > used:
            left[year] = committed[year] - used
    return left


def _row(parts: Sequence[_AtEnd], day: date) -> dict[str, object]:
    committed, allocated = (sum(getattr(one, name) for one in parts) for name in ("committed", "allocated"))
    young = _median_year([one.young for one in parts])
    old = _median_year([one.old for one in parts])
    whole = day.year if (day.month, day.day) == (12, 31) else day.year - 1
    return {
        "committed": committed,
        "allocated": allocated,
        "share": allocated / committed if committed else None,
        "outstanding": sum(sum(one.young.values()) for one in parts),
        # A commitment of a year may be of its first day or of its last.
        "age_least": None if young is None else max(0, whole - young),
        "age_most": None if old is None else day.year - old + 1,
        "figures": sorted({figure for one in parts for figure in one.figures}),
    }


def _median_year(left: Sequence[Mapping[int, int]]) -> int | None:
    """Return the year by which half of what is left was committed; None where nothing is left."""
    by_year: dict[int, int] = {}
    for one in left:
        for year, amount in one.items():
            by_year[year] = by_year.get(year, 0) + amount
    total = sum(by_year.values())
    so_far = 0
    for year in sorted(by_year):
        so_far += by_year[year]
        if 2 * so_far >= total:
            return year
    return None
