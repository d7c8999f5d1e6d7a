"""Days of the past on which a forecast is made, with what was known then, and what it is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl

from konvoi.flow.forecast.delivery_files import deliveries
from konvoi.forecast.distribution import Floats, Ints
from konvoi.forecast.leadtimes.cases import PROMISED, sound

FIRST, LAST = date(2007, 7, 1), date(2013, 6, 1)
LOW, HIGH = -400, 400
"""Days before and after the promised one that are told apart; all in the data lie between them."""

DAYS = np.arange(LOW, HIGH + 1)
Mask = np.typing.NDArray[np.bool_]


@dataclass(frozen=True)
class History:
    """Deliveries with a promised day: CASES; days as ordinals; late: days after the promised one.

    nought: by how many days `promised` lies after the day from which a case counts, so that what has no
    promise keeps within LOW and HIGH, too. shipment: the first promised day of all that travels with a
    delivery, so that one shipment stands on one side of a split.
    """

    cases: pl.DataFrame
    promised: Ints
    ended: Ints
    shipment: Ints
    nought: int = 0

    @property
    def late(self) -> Ints:
        """Days between the promised day and the delivery, below 0 where it was early."""
        return self.ended - self.promised


@dataclass(frozen=True)
class Round:
    """A day, what may be learnt from on it, and what is asked: promised up to the next day, not there yet.

    is_open: of what may be learnt from, what had not come by then.
    """

    day: date
    learn: Ints
    is_open: Mask
    ask: Ints
    history: History

    @property
    def passed(self) -> Ints:
        """Days from the promised day of each row that is asked to this day: below 0."""
        return self.day.toordinal() - self.history.promised[self.ask]

    @property
    def seen(self) -> Ints:
        """Days of what may be learnt from: to its delivery, or to this day where that has not come."""
        lasted = self.day.toordinal() - self.history.promised[self.learn]
        return np.where(self.is_open, lasted, self.history.late[self.learn])


def history(path: Path) -> History:
    """The deliveries of a file that have a promised day."""
    cases, findings = deliveries(path)
    last = cases["ended_to"].max()
    assert isinstance(last, date)
    kept, more = sound(cases.filter(pl.col("measure") == PROMISED), last)
    assert not findings, findings
    assert not more, more
    kept = kept.sort("row")
    day = pl.col("since").min().over(pl.coalesce("shipment", "case"))
    ordinals = kept.select(
        *(ordinal(pl.col(name)).alias(name) for name in ("since", "ended_to")), on=ordinal(day)
    )
    since, ended, on_ = (ordinals[name].to_numpy().astype(np.int64) for name in ("since", "ended_to", "on"))
    return History(kept, since, ended, on_)


def ordinal(day: pl.Expr) -> pl.Expr:
    """A day as Python counts them."""
    return day.cast(pl.Int32).cast(pl.Int64) + date(1970, 1, 1).toordinal()


def rounds(told: History) -> Iterator[Round]:
    """The first of each month: learnt is from shipments promised before, asked what is promised in it."""
    months = [date(year, month, 1) for year in range(FIRST.year, LAST.year + 1) for month in range(1, 13)]
    days = [day for day in months if FIRST <= day <= LAST]
    for day, after in pairwise(days):
        now, until = day.toordinal(), after.toordinal()
        before = (told.shipment < now) & (told.promised < now)
        asked = (told.shipment >= now) & (told.promised > now) & (told.promised <= until) & (told.ended > now)
        learn, ask = np.flatnonzero(before), np.flatnonzero(asked)
        if len(ask) and len(learn):
            yield Round(day, learn, told.ended[learn] > now, ask, told)


def left(chances: Floats, passed: Ints) -> Floats:
    """Chances (row, day) of rows that are known not to have come by a day: what is left, made whole again."""
    kept = np.where(DAYS[None, :] > passed[:, None], chances, 0.0)
    whole = kept.sum(axis=1, keepdims=True)
    # Who was sure of a day that has passed says the promised day.
    sure = np.where(DAYS[None, :] == np.maximum(0, passed + 1)[:, None], 1.0, 0.0)
    return np.where(whole > 0, kept / np.maximum(whole, np.finfo(float).tiny), sure)
