"""Cases made up for tests, with a truth that is known."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import polars as pl

from konvoi.forecast.leadtimes.cases import CASES, DEVIATION, SPAN
from konvoi.model.entries import frame

DAY = date(2031, 6, 30)
SPANNED, PROMISED = "dispatched > received", "promised > received"


def case(name: str, since: date, took: int | None, **more: object) -> dict[str, object]:
    """A case of so many days from a day on (below 0: before it); None while it is open."""
    end = None if took is None else since + timedelta(days=took)
    known: dict[str, object] = {"case": name, "kind": "energy", "measure": SPANNED, "of": SPAN}
    known |= {"since": since, "ended_from": end, "ended_to": end, "how": end and "received"}
    return known | {"file": "cases.csv", "row": 2} | more


def promise(name: str, since: date, took: int | None, **more: object) -> dict[str, object]:
    """The same against a promised day."""
    return case(name, since, took, **{"measure": PROMISED, "of": DEVIATION} | more)


def table(*rows: Mapping[str, object]) -> pl.DataFrame:
    """Rows as CASES."""
    return frame(rows, CASES)


def drawn(seed: int, count: int) -> pl.DataFrame:
    """Deliveries with a known truth, over 400 days: by air 10 to 19 days, by road 20 to 39, as often each.

    Every fifth, if it lasts so long, is withdrawn after a number of days that falls evenly on 0 to 39.
    """
    dice = np.random.default_rng(seed)
    rows = []
    for number in range(count):
        mode = ("air", "road")[number % 2]
        took = int(dice.integers(10, 20)) if mode == "air" else int(dice.integers(20, 40))
        gone = int(dice.integers(0, 40)) if dice.random() < 0.2 else 99
        since = DAY - timedelta(days=int(dice.integers(0, 400)))
        how = "withdrawn" if gone < took else "received"
        rows.append(case(f"C{number}", since, min(took, gone), mode=mode, how=how))
    return table(*rows)
