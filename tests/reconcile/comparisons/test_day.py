"""Days near each other, and in which order they were reported."""

from datetime import date, timedelta

import pytest
from tests.reconcile.comparisons.pairs import answer

from konvoi.reconcile.comparisons.day import DAY

FIRST = date(2022, 3, 1)


def on(days: int, *, known: int | None = None, long: int = 0) -> dict[str, object]:
    day = FIRST + timedelta(days=days)
    return {
        "day_from": day,
        "day_to": day + timedelta(days=long),
        "known_on": FIRST + timedelta(days=days if known is None else known),
    }


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (on(0), on(0, known=50), "the same day"),
        (on(0, long=30), on(0, long=30), "the days overlap"),
        (on(0, long=30), on(20), "the days overlap"),
        (on(0), on(14), "within two weeks"),
        (on(0), on(60), "within three months, in the order of the reports"),
        (on(0, known=100), on(60, known=61), "within three months, against the order of the reports"),
        (on(0), on(200), "within a year"),
        (on(0), on(367), "more than a year apart"),
    ],
)
def test_each_answer(left: dict[str, object], right: dict[str, object], said: str) -> None:
    assert answer(DAY, left, right) == said
