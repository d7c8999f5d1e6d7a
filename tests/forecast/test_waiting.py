"""By when an open line will have arrived: from how long others took, given how long it has waited."""

from datetime import date, timedelta
from fractions import Fraction

import polars as pl

from konvoi.accord.passages import PASSAGES
from konvoi.forecast.waiting import NO_BASIS, OTHERS, OWN, Waiting, waiting

START = date(2026, 1, 1)
HALF = Fraction(1, 2)


def rows(*told: tuple[int, int, str, str]) -> pl.DataFrame:
    """Passages from committed to received: key, days, state, kind."""
    usual = {"route": "from stock", "from": "committed", "to": "received", "since": START}
    made = [
        usual | {"key": key, "days": days, "state": state, "kind": kind} for key, days, state, kind in told
    ]
    return pl.DataFrame([{name: row.get(name) for name in PASSAGES} for row in made], schema=PASSAGES)


def one(*told: tuple[int, int, str, str], fewest: int = 2) -> Waiting:
    (found,) = waiting(rows(*told), fewest=fewest)
    return found


def test_what_ended_sooner_than_the_line_has_waited_says_nothing_on_it() -> None:
    """Ended after 5, 20 and 40 days; the line has waited for 10: half of the two that are left came by 20."""
    found = one(
        (1, 5, "ended", "energy"),
        (2, 20, "ended", "energy"),
        (3, 40, "ended", "energy"),
        (9, 10, "open", "energy"),
    )
    assert (found.basis, found.cases) == (OWN, 3)
    assert found.day(HALF) == START + timedelta(days=20)
    assert found.later_than(START + timedelta(days=15)) == 1
    assert found.later_than(START + timedelta(days=40)) == 0


def test_too_few_of_its_kind_lean_on_other_kinds_and_military_never_does() -> None:
    ended = [(at, 10 + at, "ended", "energy") for at in range(3)]
    assert one(*ended, (9, 1, "open", "humanitarian")).basis == OTHERS
    assert one(*ended, (9, 1, "open", "military")).basis == NO_BASIS


def test_nobody_inherits_days_of_military_goods() -> None:
    ended = [(at, 10 + at, "ended", "military") for at in range(3)]
    assert one(*ended, (9, 1, "open", "energy")).basis == NO_BASIS


def test_on_too_few_cases_there_is_no_forecast() -> None:
    found = one((1, 5, "ended", "energy"), (9, 1, "open", "energy"))
    assert (found.basis, found.cases, found.day(HALF), found.later_than(START)) == (NO_BASIS, 1, None, None)


def test_where_most_that_ended_have_no_day_there_is_no_basis() -> None:
    ended = [(at, 10 + at, "ended", "energy") for at in range(3)]
    lost = [(at, 0, "ended, no day", "energy") for at in range(10, 14)]
    undated = pl.when(pl.col("state") != "ended, no day").then("days")
    both = rows(*ended, *lost, (9, 1, "open", "energy")).with_columns(days=undated)
    (found,) = waiting(both, fewest=2)
    assert found.basis == NO_BASIS


def test_where_all_are_open_there_is_none_either() -> None:
    assert {found.basis for found in waiting(rows((1, 5, "open", "energy"), (2, 9, "open", "energy")))} == {
        NO_BASIS
    }


def test_a_line_is_told_of_at_the_stage_that_it_reached_last() -> None:
    both = rows((9, 10, "open", "energy"), (9, 4, "open", "energy")).with_columns(
        pl.Series("from", ["committed", "dispatched"]),
        since=pl.Series([START, START + timedelta(days=6)]),
    )
    (found,) = waiting(both)
    assert (found.stage, found.age) == ("dispatched", 4)
