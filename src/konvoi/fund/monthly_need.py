"""The state's need of money from outside by month, against payments that were made or are to come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from konvoi.model.tables.funds import DECIDED, EXPECTED, PAID

COMING = (DECIDED, EXPECTED)
Row = Mapping[str, object]


@dataclass(frozen=True)
class Month:
    """A month in one currency, in minor units. need: None where no period that covers it states one.

    coming: decided or expected. lacks: need less paid and coming, at least 0; None without a need.
    """

    first: date
    currency: str
    need: int | None
    paid: int
    coming: int

    @property
    def lacks(self) -> int | None:
        """The part of the need that is still open."""
        return None if self.need is None else max(0, self.need - self.paid - self.coming)


def by_month(needs: pl.DataFrame, money: pl.DataFrame, day: date | None = None) -> tuple[Month, ...]:
    """Return months with a need or a payment, by currency and month.

    needs: rows of `financing_needs`; a need is spread evenly over the days of its period, whole minor units,
    the rest in its last month. money: fund.calendar.MONEY; payments without a day or an amount are left out.
    day: today; what was to come before it and was not paid covers no month that is over: it is to come today.
    """
    found: dict[tuple[str, date], list[int | None]] = {}
    for row in needs.iter_rows(named=True):
        for first, part in _spread(row):
            at = found.setdefault((str(row["currency"]), first), [None, 0, 0])
            at[0] = (at[0] or 0) + part
    for row in money.iter_rows(named=True):
        at_day, amount = row["day"], row["amount"]
        if at_day is None or amount is None or row["what"] not in (PAID, *COMING):
            continue
        if day is not None and row["what"] in COMING:
            at_day = max(at_day, day)
        at = found.setdefault((str(row["currency"]), at_day.replace(day=1)), [None, 0, 0])
        place = 1 if row["what"] == PAID else 2
        at[place] = (at[place] or 0) + amount
    return tuple(
        Month(first, currency, need, paid or 0, coming or 0)
        for (currency, first), (need, paid, coming) in sorted(found.items())
    )


def _spread(row: Row) -> Iterator[tuple[date, int]]:
    """Yield the months of a period with the part of its amount that falls on each."""
    start, end, amount = row["from"], row["to"], row["amount"]
    if not isinstance(start, date) or not isinstance(end, date) or not isinstance(amount, int) or end < start:
        return
    days = (end - start).days + 1
    given = 0
    first = start
    while first <= end:
        following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        last = min(end, following - timedelta(days=1))
        part = amount - given if last == end else amount * ((last - first).days + 1) // days
        given += part
        yield first.replace(day=1), part
        first = following
