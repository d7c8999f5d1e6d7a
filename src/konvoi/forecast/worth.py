"""Value of simulated runs of a plan."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from konvoi.forecast.core.draw import Small
from konvoi.forecast.delay import Floats
from konvoi.forecast.journeys import Journeys
from konvoi.kit.days import monday

_NEARLY = 1e-9
_HALF = 0.5
Row = Mapping[str, Any]


def worth(tables: Mapping[str, pl.DataFrame], laid: Journeys, days: Small) -> Floats:
    """The value of each run, by the definition of docs/reference/problem.md; days: (movement, run).

    In each run units in time count their weight, late ones the credit, needs in full and kits only whole.
    """
    end, credit = _horizon(tables)
    needs = {row["need"]: row for row in tables["needs"].iter_rows(named=True)}
    in_time: dict[str, Floats] = {}
    total = np.zeros(days.shape[1])
    for number, name in enumerate(laid.needs):
        row = needs[name]
        mine = np.flatnonzero(laid.need == number)
        in_time[name], late = _there(row, laid.amount[mine], days[mine], laid.start, end)
        total += _weight(row["weight"]) * (in_time[name] + credit * late)
    for parts in _kits(tables):
        sets = [
            np.floor(in_time.get(row["need"], np.zeros(len(total))) / float(row["per_kit"]) + _NEARLY)
            for row in parts
        ]
        stated = [float(row["weight"]) for row in parts if row["weight"] is not None]
        total += max(stated, default=1.0) * np.min(sets, axis=0)
    return total


def _there(row: Row, amount: Floats, days: Small, start: date, end: date) -> tuple[Floats, Floats]:
    """Units of a need in time and late, by run; none of one useful only in full that is not full."""
    asked = float(row["quantity"])
    days = days.astype(np.int64)
    due = (row["due"] - start).days
    last = (min(end, row["last_useful"] or row["due"]) - start).days
    early = (days <= min(due, last)) * amount[:, None]
    after = ((days > due) & (days <= last)) * amount[:, None]
    in_time = np.minimum(asked, early.sum(axis=0))
    late = np.minimum(asked - in_time, after.sum(axis=0))
    if row["whole"]:
        full = in_time + late >= asked - _NEARLY
        return in_time * full, late * full
    return in_time, late


def _horizon(tables: Mapping[str, pl.DataFrame]) -> tuple[date, float]:
    """The last day of the horizon, and the credit of what is late."""
    rows = tables["horizon"].drop_nulls("start").sort("start") if "horizon" in tables else pl.DataFrame()
    for row in rows.iter_rows(named=True):
        end = monday(row["start"]) + timedelta(weeks=row["weeks"] or 1, days=-1)
        return end, _HALF if row["late_credit"] is None else float(row["late_credit"])
    return date.max, _HALF


def _kits(tables: Mapping[str, pl.DataFrame]) -> list[list[Row]]:
    """The rows of each kit that can count: none of its needs is in an earlier one, or in it with nothing."""
    found: dict[str, list[Row]] = {}
    for row in tables["kits"].sort("kit", "need").iter_rows(named=True) if "kits" in tables else ():
        found.setdefault(row["kit"], []).append(row)
    taken: set[str] = set()
    sound = []
    for parts in found.values():
        if all(row["need"] not in taken and (row["per_kit"] or 0) > 0 for row in parts):
            taken |= {row["need"] for row in parts}
            sound.append(parts)
    return sound


def _weight(stated: Any) -> float:
    return 1.0 if stated is None else float(stated)
