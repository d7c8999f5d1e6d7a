"""By when a line that is still under way will have come to the end of its route: from how long others took.

Learnt from the ledger's own lines, those that are still open among them (Kaplan and Meier), given how long
the line has waited already. Where its kind has too few ended cases on the route, those of the other kinds
stand in; military goods never inherit another kind's days.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import polars as pl

from konvoi.kit.survival import curve

FEWEST = 20
"""On fewer ended cases than so many no forecast is made."""

OWN, OTHERS, NO_BASIS = "its kind", "other kinds on its route", "no basis"
MILITARY = "military"

Row = dict[str, Any]


@dataclass(frozen=True)
class Waiting:
    """One open line: where it stands since when, and how the way from there went for others.

    left: share of those that lasted as long as it has which are still open after so many days in all. basis:
    of how many ended cases of which kinds (`cases`); `no basis`: no forecast.
    """

    key: int
    stage: str
    since: date
    age: int
    left: tuple[tuple[int, Fraction], ...]
    cases: int
    basis: str

    def day(self, share: Fraction) -> date | None:
        """The day by which so large a share has arrived; None where so many never have, or without a
        basis."""
        found = next((length for length, open_ in self.left if open_ <= 1 - share), None)
        return None if found is None else self.since + timedelta(days=found)

    def later_than(self, day: date) -> Fraction | None:
        """The chance of arriving only after a day; None without a basis."""
        if self.basis == NO_BASIS:
            return None
        length = (day - self.since).days
        known = [open_ for days, open_ in self.left if days <= length]
        return known[-1] if known else Fraction(1)


def waiting(rows: pl.DataFrame, *, fewest: int = FEWEST) -> tuple[Waiting, ...]:
    """One for each open line, by key: at the stage that it reached last.

    rows: konvoi.accord.passages.PASSAGES from each stage to the end of the route.
    """
    counted = rows.filter(pl.col("days").is_not_null())
    groups: dict[tuple[str, str, str], list[tuple[int, bool]]] = {}
    lost = Counter(
        (route, stage, kind or "")
        for route, stage, kind in rows.filter(pl.col("state") == "ended, no day")
        .select("route", "from", "kind")
        .iter_rows()
    )
    for row in counted.select("route", "from", "kind", "days", "state").iter_rows(named=True):
        name = (row["route"], row["from"], row["kind"] or "")
        groups.setdefault(name, []).append((row["days"], row["state"] == "ended"))
    # Where more ended cases lack their day than have it, those that are left say that nothing ever arrives.
    groups = {name: own for name, own in groups.items() if lost[name] <= _ended(own)}
    latest = (
        counted.filter(pl.col("state") == "open")
        .sort("key", "since", "days", descending=[False, False, True])
        .group_by("key", maintain_order=True)
        .last()
    )
    return tuple(_waiting(row, groups, fewest) for row in latest.iter_rows(named=True))


def _waiting(row: Row, groups: dict[tuple[str, str, str], list[tuple[int, bool]]], fewest: int) -> Waiting:
    route, stage, kind = row["route"], row["from"], row["kind"] or ""
    cases, basis = groups.get((route, stage, kind), []), OWN
    if _ended(cases) < fewest and kind != MILITARY:
        others = [
            own
            for (of_route, of_stage, of_kind), own in sorted(groups.items())
            if (of_route, of_stage) == (route, stage) and of_kind != MILITARY
        ]
        cases, basis = [case for own in others for case in own], OTHERS
    if _ended(cases) < fewest:
        return Waiting(row["key"], stage, row["since"], row["days"], (), _ended(cases), NO_BASIS)
    left = _beyond(cases, row["days"])
    return Waiting(row["key"], stage, row["since"], row["days"], left, _ended(cases), basis)


def _ended(cases: Sequence[tuple[int, bool]]) -> int:
    return sum(over for _, over in cases)


def _beyond(cases: Sequence[tuple[int, bool]], age: int) -> tuple[tuple[int, Fraction], ...]:
    """The curve for those that lasted longer than an age."""
    steps = curve(cases)
    before = [share for days, share in steps if days <= age]
    alive = before[-1] if before else Fraction(1)
    if not alive:
        return ()
    return tuple((days, share / alive) for days, share in steps if days > age)
