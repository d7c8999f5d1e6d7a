"""Exchange rates by day: the ECB's of each Friday, straight lines between; the hryvnia's are made up."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
from bench.pledges.chance import Whole
from numpy.typing import NDArray

HERE = Path(__file__).parent
EPOCH = date(1970, 1, 1)
EXPONENT = {"JPY": 0, "KRW": 0}
# Steps of UAH for one USD, made up after the shape of the official rate: no file at hand has it.
HRYVNIA = (
    (date(2022, 1, 1), 29.0),
    (date(2022, 7, 21), 36.5),
    (date(2023, 10, 3), 38.0),
    (date(2024, 6, 1), 41.5),
)


def number(day: date) -> int:
    """A day as days since 1970."""
    return (day - EPOCH).days


@dataclass(frozen=True)
class Exchange:
    """Units of each currency for one euro, by day from the first on."""

    first: int
    currencies: list[str]
    table: NDArray[np.float64]

    @property
    def last(self) -> int:
        """The last day of the table."""
        return self.first + len(self.table) - 1

    def at(self, day: Whole, currency: Whole) -> NDArray[np.float64]:
        """The rate of a currency on a day; the first or last day's outside the table."""
        row = np.clip(day, self.first, self.last) - self.first
        return np.asarray(self.table[row, currency])

    def convert(self, amount: Whole, day: Whole, currency: Whole, into: Whole) -> Whole:
        """Whole units of one currency in whole units of another at the day's rate."""
        return np.rint(amount * self.at(day, into) / self.at(day, currency)).astype(np.int64)

    def cents(self, amount: Whole, day: Whole, currency: Whole) -> Whole:
        """Whole units of a currency in euro cents at the day's rate."""
        return np.rint(amount * 100 / self.at(day, currency)).astype(np.int64)

    def minor(self) -> Whole:
        """Minor units in a unit of each currency."""
        return np.array([10 ** EXPONENT.get(code, 2) for code in self.currencies], dtype=np.int64)

    def frame(self) -> pl.DataFrame:
        """The table as day, currency, per_euro."""
        days = pl.Series("day", np.arange(self.first, self.last + 1)).cast(pl.Int32).cast(pl.Date)
        wide = pl.DataFrame({"day": days, **{c: self.table[:, i] for i, c in enumerate(self.currencies)}})
        return wide.unpivot(index="day", variable_name="currency", value_name="per_euro").sort(
            "day", "currency"
        )


def _hryvnia(first: date, dollar: NDArray[np.float64]) -> NDArray[np.float64]:
    """UAH for one euro by day."""
    days = [first + timedelta(days=i) for i in range(len(dollar))]
    steps = np.array(
        [[rate for start, rate in HRYVNIA if start <= max(day, HRYVNIA[0][0])][-1] for day in days]
    )
    return np.asarray(steps * dollar)


@cache
def exchange() -> Exchange:
    """The table of fx.csv, spread over all days."""
    with (HERE / "fx.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    fridays = np.array([number(date.fromisoformat(row[0])) for row in rows], dtype=np.int64)
    known = np.array([[float(x) for x in row[1:]] for row in rows])
    days = np.arange(fridays[0], fridays[-1] + 1)
    week = np.minimum((days - fridays[0]) // 7, len(fridays) - 2)
    part = ((days - fridays[week]) / 7)[:, None]
    table = known[week] + (known[week + 1] - known[week]) * part
    first = date.fromisoformat(rows[0][0])
    euro = np.ones((len(days), 1))
    hryvnia = _hryvnia(first, table[:, head.index("USD") - 1])[:, None]
    return Exchange(int(fridays[0]), ["EUR", *head[1:], "UAH"], np.hstack([euro, table, hryvnia]))
