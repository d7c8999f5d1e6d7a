"""Made-up histories whose truth is known, and how far what is learnt on a day with open cases is off."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from konvoi.forecast.distribution import Floats
from konvoi.forecast.leadtimes.cases import CASES, SPAN, sound
from konvoi.forecast.leadtimes.learn import Settings, learn
from konvoi.forecast.leadtimes.part import Strengths
from konvoi.model.entries import frame

DAY = date(2031, 6, 30)
EVEN = Settings(days=1e9, spans=Strengths(5.0, 5.0))
"""Old cases count as much as new ones, and parents little, so that nothing but open cases could mislead."""

MODES = {"air": (10.0, 2.0), "road": (25.0, 3.0), "sea": (60.0, 5.0)}
"""Scale and shape of the days that each takes, by Weibull."""

GONE = 200.0
"""Mean days after which a case is withdrawn, by chance alike on each day."""

SIZE = 150


def history(seed: int, count: int) -> pl.DataFrame:
    """Cases begun evenly over 80 days, each received or withdrawn, whichever came first."""
    dice = np.random.default_rng(seed)
    rows = []
    for number in range(count):
        mode = tuple(MODES)[number % len(MODES)]
        scale, shape = MODES[mode]
        took, gone = int(scale * dice.weibull(shape)), int(dice.exponential(GONE))
        since = DAY - timedelta(days=int(dice.integers(0, 80)))
        end = since + timedelta(days=min(took, gone))
        how = "withdrawn" if gone < took else "received"
        known = {"case": f"C{number}", "kind": "energy", "measure": "dispatched > received", "of": SPAN}
        rows.append({**known, "mode": mode, "since": since, "ended_from": end, "ended_to": end, "how": how})
    return frame(rows, CASES)


def truth(mode: str) -> Floats:
    """The chance of having been received by each day."""
    scale, shape = MODES[mode]
    days = np.arange(SIZE + 1, dtype=np.float64)
    came, there = (np.exp(-((days[at:][:SIZE] / scale) ** shape)) for at in (0, 1))
    # Withdrawn before day d: on one of the days 0 to d - 1.
    return np.cumsum((came - there) * np.exp(-days[:SIZE] / GONE))


def error(seed: int, count: int, *, ended_only: bool = False, known_by: str = "1d") -> float:
    """The mean distance of learnt from true curves, over modes and days.

    ended_only: without open cases. known_by: the span of the calendar in which it is known that a case ended.
    """
    cases = history(seed, count)
    first = pl.col("ended_to").dt.truncate(known_by)
    last = first.dt.offset_by(known_by) - timedelta(days=1)
    cases, _ = sound(cases.with_columns(ended_from=first, ended_to=last), DAY + timedelta(days=400))
    if ended_only:
        cases = cases.filter(pl.col("ended_to") <= DAY)
    model = learn(cases, DAY, data="made up", settings=EVEN)
    asked = pl.DataFrame({"mode": list(MODES), "kind": "energy", "measure": "dispatched > received"})
    found = model.distribution(asked)
    apart = []
    for row, mode in enumerate(MODES):
        learnt = np.array([found.by(np.full(len(MODES), day))[row] for day in range(SIZE)])
        apart.append(np.abs(learnt - truth(mode)).mean())
    return float(np.mean(apart))
