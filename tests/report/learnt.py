"""A model of lead times that is easy to check: everything took forty days."""

from datetime import date, timedelta

from tests.forecast.leadtimes.made import case, table

from konvoi.forecast.leadtimes.learn import learn
from konvoi.forecast.leadtimes.model import Model

BEGAN = date(2025, 1, 1)


def forty_days(kind: str, count: int = 40, measure: str = "committed > received") -> Model:
    """What so many lines of a kind teach that took forty days, as known on 1 February 2026."""
    rows = [case(f"C{n}", BEGAN, 40, kind=kind, measure=measure) for n in range(count)]
    return learn(table(*rows), BEGAN + timedelta(396), data="ledger")
