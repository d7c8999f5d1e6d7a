"""A model in a table: all cases of a kind, its groups by a column, and what has no basis."""

from datetime import timedelta

import pytest
from tests.forecast.leadtimes.made import DAY, PROMISED, SPANNED, case, promise, table

from konvoi.forecast.leadtimes.learn import Settings, learn
from konvoi.forecast.leadtimes.model import Model
from konvoi.forecast.leadtimes.summary import SUMMARY, summary


@pytest.fixture(scope="module")
def model() -> Model:
    """Forty promises of May by air, half a day late and half on the day; three of June by road still open."""
    may = DAY - timedelta(40)
    rows = [promise(f"P{n}", may, n % 2, mode="air") for n in range(40)]
    rows += [promise(f"O{n}", DAY - timedelta(5), None, mode="road") for n in range(3)]
    rows += [case(f"C{n}", may, 7, mode="air") for n in range(5)]
    return learn(table(*rows), DAY, data="cases.csv", settings=Settings(when=1e9, days=1e9))


def test_each_kind_and_measure_has_a_line_with_its_chances_and_days(model: Model) -> None:
    promised = summary(model).filter(measure=PROMISED).row(0, named=True)
    assert (promised["cases"], promised["open"], promised["basis"], promised["group"]) == (40, 3, True, "")
    assert promised["on_the_day"] == pytest.approx(20 / 43, abs=0.03)
    assert promised["late"] == pytest.approx(23 / 43, abs=0.03)
    assert (promised["p10"], promised["p50"]) == (0, 1)


def test_too_few_cases_have_their_line_and_nothing_is_said(model: Model) -> None:
    few = summary(model).filter(measure=SPANNED).row(0, named=True)
    assert (few["cases"], few["basis"], few["p50"], few["late"]) == (5, False, None, None)


def test_groups_by_a_column_stand_with_their_ended_cases(model: Model) -> None:
    found = summary(model, "mode").filter(measure=PROMISED)
    assert found.select("group", "cases").rows() == [("mode=air", 40), ("mode=road", 3)]
    air, road = found["late"]
    assert air == pytest.approx(0.5, abs=0.05)
    assert road > air


def test_a_column_that_parts_nothing_has_no_groups(model: Model) -> None:
    assert summary(model, "lane").schema == SUMMARY
    assert summary(model, "lane").is_empty()


def test_a_column_that_does_not_exist_is_a_mistake_of_the_caller(model: Model) -> None:
    with pytest.raises(ValueError, match="no such column: colour"):
        summary(model, "colour")
