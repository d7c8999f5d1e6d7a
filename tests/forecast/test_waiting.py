"""By when an open line will have arrived: what models of lead times tell of one that has not by today."""

from datetime import date, timedelta

import polars as pl
import pytest
from tests.forecast.leadtimes.made import DAY, PROMISED, case, promise, table

from konvoi.forecast.leadtimes.learn import learn
from konvoi.forecast.leadtimes.model import FEWEST, Model
from konvoi.forecast.waiting import OPEN, Waiting, waiting

WAY = "committed > received"
LONG = DAY - timedelta(400)


def took(days: int, count: int = FEWEST, **more: object) -> Model:
    """What so many ways of so many days teach."""
    rows = [case(f"C{n}", LONG, days, **{"measure": WAY} | more) for n in range(count)]
    return learn(table(*rows), DAY, data=f"{days} days")


def kept(slip: int, count: int = FEWEST) -> Model:
    """What so many promises teach that were kept so many days late."""
    rows = [promise(f"P{n}", DAY - timedelta(40), slip) for n in range(count)]
    return learn(table(*rows), DAY, data=f"{slip} late")


def one(*models: Model, waits: int = 0, promised: date | None = None, kind: str = "energy") -> Waiting:
    """A line that was committed so many days ago."""
    row: dict[str, object] = dict.fromkeys(OPEN) | {"key": 7, "kind": kind, "promised": promised}
    row |= {"stage": "committed", "end": "received", "since": DAY - timedelta(waits)}
    (found,) = waiting(pl.DataFrame([row], schema=OPEN), models, DAY)
    return found


def test_a_line_comes_when_those_before_it_came() -> None:
    found = one(took(40), waits=10)
    assert (found.measure, found.cases, found.stage) == (WAY, FEWEST, "committed")
    assert found.middle == DAY + timedelta(30)
    early, late = (found.later_than(DAY + timedelta(days)) for days in (10, 100))
    assert early is not None
    assert late is not None
    assert early > 0.9 > 0.1 > late


def test_what_came_sooner_than_the_line_has_waited_says_nothing_on_it() -> None:
    """Half of all came after 5 days and half after 60; of those that wait for 20 nearly all come then."""
    rows = [case(f"C{n}", LONG, (5, 60)[n % 2], measure=WAY) for n in range(200)]
    found = one(learn(table(*rows), DAY, data="both"), waits=20)
    assert found.low == found.middle == DAY + timedelta(40)
    assert found.later_than(DAY) == pytest.approx(1.0)


def test_who_is_still_waiting_was_not_withdrawn() -> None:
    """Half were withdrawn after 5 days, all others came after 60: who waits for 20 is one of them."""
    ends = ({"took": 5, "how": "withdrawn"}, {"took": 60, "how": "received"})
    told = [ends[n % 2] for n in range(200)]
    rows = [
        case(f"C{n}", LONG, int(str(end["took"])), measure=WAY, how=end["how"]) for n, end in enumerate(told)
    ]
    found = one(learn(table(*rows), DAY, data="both"), waits=20)
    later = found.later_than(DAY + timedelta(45))
    assert later is not None
    assert later < 0.2


def test_below_the_least_number_of_ended_cases_there_is_no_forecast_and_their_number_is_told() -> None:
    found = one(took(40, FEWEST - 1))
    assert (found.basis, found.cases, found.middle, found.later_than(DAY)) == (None, FEWEST - 1, None, None)
    assert one().cases == 0


@pytest.mark.parametrize("other", ["military", "humanitarian", ""])
def test_no_kind_inherits_the_days_of_another(other: str) -> None:
    assert one(took(40), kind=other).basis is None
    assert one(took(40, kind="military"), kind="energy").basis is None


def test_the_first_model_that_knows_is_taken_and_named() -> None:
    found = one(took(40, FEWEST - 1), took(50), took(60))
    assert found.basis is not None
    assert found.basis.data == "50 days"


def test_a_promise_tells_where_days_from_the_stage_do_not() -> None:
    found = one(kept(3), waits=10, promised=DAY + timedelta(5))
    assert found.measure == PROMISED
    assert found.middle == DAY + timedelta(8)
    assert one(kept(3), waits=10).basis is None


def test_of_stage_and_promise_the_one_that_says_more_is_taken() -> None:
    """All came three days after their promised day, however long that was: 10 to 300 days."""
    ways = [case(f"C{n}", LONG, 10 + n * 5, measure=WAY) for n in range(59)]
    promises = [promise(f"P{n}", DAY - timedelta(40), 3) for n in range(59)]
    model = learn(table(*ways, *promises), DAY, data="both")
    assert one(model, promised=DAY + timedelta(5)).measure == PROMISED
    assert one(model).measure == WAY


def test_the_order_of_lines_does_not_matter() -> None:
    row: dict[str, object] = dict.fromkeys(OPEN) | {"kind": "energy", "stage": "committed", "end": "received"}
    rows = [row | {"key": n, "since": DAY - timedelta(n)} for n in range(9)]
    told, turned = (waiting(pl.DataFrame(r, schema=OPEN), [took(40)], DAY) for r in (rows, rows[::-1]))
    assert told == turned
    assert [found.key for found in told] == list(range(9))
