"""Lead times learnt from cases whose truth is known: groups, open cases, other ends, promises."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from tests.forecast.leadtimes.made import DAY, PROMISED, SPANNED, case, drawn, promise, table

from konvoi.forecast.leadtimes.cases import LONGEST, sound
from konvoi.forecast.leadtimes.document import read, written
from konvoi.forecast.leadtimes.learn import Settings, learn
from konvoi.forecast.leadtimes.model import FEWEST, Model

EVEN = Settings(when=1e9, days=1e9)
"""Old cases count as much as new ones."""


def _learn(cases: pl.DataFrame, day: date = DAY, settings: Settings = EVEN) -> Model:
    return learn(cases, day, data="cases.csv", digest="d1", settings=settings)


def _ask(measure: str = SPANNED, **factors: str) -> pl.DataFrame:
    """One question."""
    return pl.DataFrame({"kind": ["energy"], "measure": [measure]} | {k: [v] for k, v in factors.items()})


def _late_since(spread: int, count: int = 90) -> pl.DataFrame:
    """Promises of the last days of June: every third on the day, two days early, or `spread` days late."""
    took = (0, -2, spread)
    return table(*(promise(f"P{n}", DAY - timedelta(1 + n % 30), took[n % 3]) for n in range(count)))


@pytest.fixture(scope="module")
def year() -> Model:
    """What 3,000 cases of the known truth teach, of which the youngest are open."""
    return _learn(drawn(3, 3000))


def test_the_truth_behind_open_and_withdrawn_cases_is_found_again(year: Model) -> None:
    """By air, day 10 + k: received are those not withdrawn on days 0 to 9 + k, one of 200 on each day."""
    found = year.distribution(_ask(mode="air")).until[0]
    truth = [sum(0.1 * (1 - 0.005 * (d + 1)) for d in range(10, last + 1)) for last in range(10, 20)]
    assert found[9] == pytest.approx(0.0, abs=1e-3)
    assert found[10:20].tolist() == pytest.approx(truth, abs=0.03)


def test_what_is_withdrawn_never_arrives(year: Model) -> None:
    """By road: received is who was not one of five, or whose day of leaving was to come after its last."""
    found = year.distribution(_ask(mode="road")).until[0]
    truth = 1 - 0.2 * np.mean([(d + 1) / 40 for d in range(19, 39)])
    assert found[-1] == pytest.approx(truth, abs=0.03)


def test_hiding_what_had_not_ended_on_a_day_teaches_the_same() -> None:
    """On a day on which most cases are open, medians are those of all cases, a day more or less."""
    cases = drawn(5, 4000).filter(pl.col("since") > DAY - timedelta(25))
    early = _learn(drawn(5, 4000).filter(pl.col("since") > DAY - timedelta(60)), DAY - timedelta(28))
    assert cases.height > 100
    hidden = early.find("energy", SPANNED)
    assert hidden is not None
    assert hidden.cases - hidden.ended > 0.4 * hidden.cases
    rows = pl.concat([_ask(mode="air"), _ask(mode="road")])
    middle = early.distribution(rows).quantiles(np.array([0.4]))[:, 0]
    assert middle.tolist() == [pytest.approx(14, abs=1), pytest.approx(29, abs=2)]


def test_taking_open_cases_away_would_teach_what_is_too_quick() -> None:
    """The counter-example: of cases of the last 25 days only the quick ones have ended."""
    ended = drawn(5, 4000).filter(pl.col("since") > DAY - timedelta(25)).filter(pl.col("ended_to") <= DAY)
    found = _learn(ended).distribution(_ask(mode="road")).until[0]
    assert found[24] > 0.4


def _by_air(last: int) -> float:
    """The chance of having been received by air by a day, as `drawn` makes it up."""
    return sum(0.1 * (1 - 0.005 * (d + 1)) for d in range(10, min(last, 19) + 1))


def _off(cases: pl.DataFrame) -> float:
    """How far what cases teach is from the truth by air, at most over the days 5 to 24."""
    found = _learn(cases).distribution(_ask(mode="air")).until[0]
    return max(abs(float(found[day]) - _by_air(day)) for day in range(5, 25))


@pytest.mark.parametrize(("span", "most"), [("1w", 0.05), ("1mo", 0.07)])
def test_ends_of_which_only_the_week_or_month_is_known_teach_the_truth(span: str, most: float) -> None:
    """Each case on its days as much as others of its mode make it likely; taken for the first it is off."""
    ended = pl.col("ended_to").dt.truncate(span)
    cases = drawn(7, 3000).with_columns(ended_from=ended, ended_to=ended.dt.offset_by(span) - timedelta(1))
    known, findings = sound(cases, DAY + timedelta(60))
    assert not findings
    assert _off(known) < most
    first, _ = sound(cases.with_columns(ended_to="ended_from"), DAY + timedelta(60))
    assert _off(first) > 3 * most


def test_three_ways_of_ending_each_take_their_own() -> None:
    """Half of what was withdrawn was replaced instead: by air as much arrives as before, to the day."""
    other = pl.when((pl.col("how") == "withdrawn") & (pl.int_range(pl.len()) % 2 == 0))
    cases = drawn(3, 3000)
    both = cases.with_columns(how=other.then(pl.lit("replaced")).otherwise("how"))
    assert both["how"].n_unique() == 3
    one, three = (_learn(of).distribution(_ask(mode="air")).until[0] for of in (cases, both))
    assert one.tolist() == pytest.approx(three.tolist(), abs=1e-6)
    ended = pl.when(pl.col("how") == "withdrawn").then(pl.lit("received")).otherwise("how")
    assert _off(cases.with_columns(how=ended)) > 0.05


def test_the_order_of_the_cases_does_not_matter() -> None:
    cases = drawn(3, 200)
    turned = cases.sample(fraction=1.0, shuffle=True, seed=1)
    asked = _ask(mode="air")
    assert (
        _learn(cases).distribution(asked).until.tolist() == _learn(turned).distribution(asked).until.tolist()
    )


def test_a_promise_is_early_on_the_day_or_late_as_often_as_it_was() -> None:
    found = _learn(_late_since(5)).distribution(_ask(PROMISED))
    chances = found.by(np.array([-1])), found.by(np.array([0])), found.by(np.array([4]))
    assert [float(each[0]) for each in chances] == pytest.approx([1 / 3, 2 / 3, 2 / 3], abs=0.03)
    assert found.by(np.array([5]))[0] == pytest.approx(1.0, abs=0.05)


def test_a_promise_that_is_past_and_open_is_late_however_long_it_may_take() -> None:
    """A third is thirty days late: on June 30 none of these has come, and yet a third is late."""
    found = _learn(_late_since(30)).distribution(_ask(PROMISED))
    assert found.late(0)[0] == pytest.approx(1 / 3, abs=0.03)
    assert found.late(20)[0] == pytest.approx(1 / 3, abs=0.06)


def test_a_promise_withdrawn_by_its_day_is_neither_early_nor_late() -> None:
    rows = [promise(f"P{n}", DAY - timedelta(9), -3, how=("received", "withdrawn")[n % 2]) for n in range(80)]
    found = _learn(table(*rows)).distribution(_ask(PROMISED))
    assert found.until[0, -1] == pytest.approx(0.5, abs=0.01)


def test_new_cases_count_more_than_old_ones() -> None:
    """Ten days a year ago, 20 now; where 30 days halve it, a case of a year ago counts 1 part in 4,096."""
    old = [case(f"A{n}", DAY - timedelta(385), 10) for n in range(60)]
    new = [case(f"B{n}", DAY - timedelta(25), 20) for n in range(60)]
    asked = _ask()
    even = _learn(table(*old, *new)).distribution(asked).by(np.array([10]))
    fast = _learn(table(*old, *new), settings=Settings(days=30.0)).distribution(asked).by(np.array([10]))
    assert even[0] == pytest.approx(0.5, abs=0.05)
    assert fast[0] < 0.1


def test_what_travels_together_weighs_less_than_as_many_cases() -> None:
    """A shipment of 100 late, and 30 that came on the day: as rows 77 in 100, as shipments 10 to 30."""
    late = [promise(f"L{n}", DAY - timedelta(9), 4, shipment="S") for n in range(100)]
    rest = [promise(f"R{n}", DAY - timedelta(9), 0) for n in range(30)]
    found = _learn(table(*late, *rest)).distribution(_ask(PROMISED))
    assert found.late(0)[0] == pytest.approx(10 / 40, abs=0.05)


def test_a_group_of_two_says_about_what_its_parent_says() -> None:
    """Two by rail that took 40 days, among 100 by air that took 10: two are pulled far towards all."""
    air = [case(f"A{n}", DAY - timedelta(60), 10, mode="air") for n in range(100)]
    rail = [case(f"R{n}", DAY - timedelta(60), 40, mode="rail") for n in range(2)]
    found = _learn(table(*air, *rail)).distribution(_ask(mode="rail"))
    assert 0.05 < 1 - found.by(np.array([10]))[0] < 0.35
    basis = found.basis[0]
    assert basis is not None
    assert (basis.group, basis.cases) == ("", 102)


def test_a_value_that_no_case_had_is_answered_by_what_all_say() -> None:
    cases = drawn(3, 300)
    model = _learn(cases)
    never = model.distribution(_ask(mode="camel"))
    assert never.known.tolist() == [True]
    assert model.distribution(_ask()).until.tolist() == never.until.tolist()


@pytest.mark.parametrize(("ended", "known"), [(FEWEST - 1, False), (FEWEST, True)])
def test_fewer_than_the_stated_number_of_ended_cases_are_no_basis(ended: int, known: bool) -> None:
    rows = [case(f"C{n}", DAY - timedelta(50), 5 if n < ended else None) for n in range(FEWEST + 10)]
    assert _learn(table(*rows)).distribution(_ask()).known.tolist() == [known]


def test_where_everything_is_open_there_is_no_basis() -> None:
    rows = [case(f"C{n}", DAY - timedelta(n), None) for n in range(100)]
    rows += [promise(f"P{n}", DAY - timedelta(n), None) for n in range(1, 100)]
    model = _learn(table(*rows))
    assert [one.ended for one in model.learnt] == [0, 0]
    both = pl.concat([_ask(), _ask(PROMISED)])
    assert model.distribution(both).known.tolist() == [False, False]


def test_military_goods_never_inherit_what_another_kind_teaches() -> None:
    model = _learn(drawn(3, 300))
    asked = pl.concat([_ask(), _ask().with_columns(kind=pl.lit("military"))])
    found = model.distribution(asked)
    assert found.known.tolist() == [True, False]
    assert not found.until[1].any()


def test_each_row_names_the_data_it_was_learnt_from(year: Model) -> None:
    (basis,) = year.distribution(_ask(mode="air")).basis
    assert basis is not None
    assert (basis.data, basis.digest, basis.until, basis.group) == (
        "cases.csv",
        "d1",
        "2031-06-30",
        "mode=air",
    )
    assert 1300 < basis.cases < 1500


def test_nothing_to_learn_from_is_a_model_without_basis() -> None:
    model = _learn(table())
    assert model.learnt == ()
    assert model.distribution(_ask()).known.tolist() == [False]
    assert model.distribution(_ask().clear()).until.shape == (0, 1)


@pytest.mark.parametrize("years", [10, 80])
def test_what_is_open_for_longer_than_any_case_may_last_can_be_kept_and_read_again(years: int) -> None:
    rows = [case(f"C{n}", DAY - timedelta(365 * years + n), None) for n in range(40)]
    rows += [promise(f"P{n}", DAY - timedelta(365 * years + n), None) for n in range(40)]
    rows += [case(f"E{n}", DAY - timedelta(LONGEST), LONGEST) for n in range(40)]
    model = _learn(table(*rows))
    assert read(written(model)) == model
