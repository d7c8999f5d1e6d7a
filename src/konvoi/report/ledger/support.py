"""Support as registers publish it: sums by partner and by year, and the pace of the last years."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from math import sqrt
from statistics import mean, stdev
from typing import Any, NamedTuple

import polars as pl

from konvoi.kit.money import to_major
from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.ledger.basis import variant
from konvoi.report.ledger.figures import FUNNEL, joined
from konvoi.report.names import Names
from konvoi.report.page import Message, Number, Record, Value

YEARS_OF_PACE = 3
QUANTILE = 1.886
"""Quantile of Student's t with two degrees of freedom: 80 % of values lie within it around the mean."""
APART = Decimal("0.2")
"""Announcements and allocations that differ by more than this share of the latter rank nobody."""

_TABLE = "published_sums"


@dataclass(frozen=True)
class Support:
    """Support by one register in one currency; rows: of the table support_by_year."""

    register: str
    currency: str
    rows: pl.DataFrame
    case: Case

    @property
    def source(self) -> Value:
        """The register in words, or the declared name of the source where it was published later."""
        later = self.case.tables.get("reconstructed")
        names = [] if later is None else sorted(set(later["name"]))
        return names[0] if len(names) == 1 else variant(self.register)

    @cached_property
    def years(self) -> list[int]:
        """The calendar years, the earliest first."""
        return sorted({int(row["year"]) for row in self._cells})

    @cached_property
    def parties(self) -> list[str]:
        """The partners, the largest allocations first."""
        known = {str(row["party"]) for row in self._cells}
        return sorted(known, key=lambda one: (-(self.of("allocated", party=one).value or Decimal(0)), one))

    def of(self, column: str, *, party: str = "", year: int = 0) -> Number:
        """Return the sum of a column over partners and years; unknown where no row states it."""
        known = [
            row
            for row in self._cells
            if party in ("", row["party"]) and year in (0, row["year"]) and row[column] is not None
        ]
        value = to_major(sum(int(row[column]) for row in known), self.currency) if known else None
        ids = sorted({f"{_TABLE}/{one}" for row in known for one in row["figures"]})
        return Number(value, self.currency, column, self.case.day, tuple(ids))

    @cached_property
    def _cells(self) -> list[dict[str, Any]]:
        return self.rows.to_dicts()

    def outstanding(self) -> tuple[Number, list[str]]:
        """Return what is committed and not allocated, and the partners that allocated more than they
        committed: they have no gap.
        """
        gaps = [(party, self.of("outstanding", party=party)) for party in self.parties]
        open_ = [one for _, one in gaps if one.value is not None and one.value > 0]
        above = [party for party, one in gaps if one.value is not None and one.value < 0]
        total = sum((one.value or Decimal(0) for one in open_), Decimal(0))
        return Number(
            total, self.currency, "gap", self.case.day, joined(*(one.behind for one in open_))
        ), above

    def next_year(self) -> Number | None:
        """Return the allocations of the next year at the pace of the last three whole years, with the range
        that holds 80 % of what such years bring; None where fewer are known.
        """
        last = [self.of("allocated", year=year) for year in self.years[-YEARS_OF_PACE:]]
        values = [float(one.value) for one in last if one.value is not None]
        if len(values) < YEARS_OF_PACE or self._broken():
            return None
        middle = mean(values)
        spread = QUANTILE * stdev(values) * sqrt(1 + 1 / len(values))
        low, high = (Decimal(round(one)) for one in (max(0.0, middle - spread), middle + spread))
        behind = joined(*(one.behind for one in last))
        value = Decimal(round(middle))
        return Number(value, self.currency, "allocated", self.case.day, behind, lowest=low, highest=high)

    def _broken(self) -> bool:
        """Return True where the last years are not whole or do not follow one another."""
        years = self.years[-YEARS_OF_PACE:]
        whole = years == list(range(years[0], years[0] + len(years)))
        ends = self.rows.filter(pl.col("year") == years[-1])["last"].max()
        return not whole or ends != date(years[-1], 12, 31)


class Compared(NamedTuple):
    """A partner's announcements in the submissions beside the allocations of the last year."""

    party: str
    announced: Number
    allocated: Number

    @property
    def apart(self) -> bool:
        """Return True where both differ by more than a fifth of the allocations."""
        announced, allocated = (one.value or Decimal(0) for one in (self.announced, self.allocated))
        return abs(announced - allocated) > APART * allocated


def supports(case: Case) -> list[Support]:
    """Return support by register and currency, in their order."""
    rows = case.tables.get("support_by_year")
    if rows is None or rows.is_empty():
        return []
    keys = rows.select("register", "currency").unique().sort("register", "currency")
    return [
        Support(register, currency, rows.filter(register=register, currency=currency), case)
        for register, currency in keys.iter_rows()
    ]


def compared(case: Case) -> list[Compared]:
    """Return the partners with announcements and with allocations in the last year of a register."""
    announced = case.totals.get(f"{FUNNEL}{Stage.PLEDGED}")
    found = supports(case)
    if announced is None or len(found) != 1 or announced.unit != found[0].currency:
        return []
    of, last = found[0], found[0].years[-1]
    own = {
        one.key: Number(one.value, announced.unit, str(Stage.PLEDGED), case.day, one.entries)
        for one in announced.by
    }
    allocated = {party: of.of("allocated", party=party, year=last) for party in of.parties}
    return [Compared(party, own[party], allocated[party]) for party in allocated if party in own]


def ranked(case: Case) -> bool:
    """Return False where announcements are too far from what a register counts to rank partners by them."""
    return not any(one.apart for one in compared(case))


def records(case: Case) -> Iterable[Record]:
    """Yield the published sums, on which figures of support and of needs rest."""
    rows = case.tables.get(_TABLE)
    if rows is None or not supports(case):
        return
    names = Names(case)
    for row in rows.sort("figure").iter_rows(named=True):
        minor, currency = row["amount"], row["currency"]
        yield Record(
            id=f"{_TABLE}/{row['figure']}",
            what=(str(row["figure"]), *([", ", str(row["title"])] if row["title"] else [])),
            party=names.party(str(row["party"])),
            stage=Message(str(row["stage"] or "")),
            days=tuple(sorted({day for day in (row["from"], row["to"]) if day is not None})),
            amount=Number(to_major(minor, currency), currency) if minor is not None and currency else None,
            quantity=None,
            file=str(row["_file"] or ""),
            sheet=str(row["_sheet"] or ""),
            row=int(row["_row"] or 0),
            column="amount",
            source=str(row["register"] or ""),
            address=str(row["address"] or ""),
        )
