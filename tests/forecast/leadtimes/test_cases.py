"""What can be learnt from: faults are told of at their place, and what was not known on a day is open."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.forecast.leadtimes.made import DAY, SPANNED, case, promise, table

from konvoi.forecast.leadtimes.cases import CASES, LONGEST, as_known, sound
from konvoi.model.finding import Place

MAY = date(2031, 5, 10)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (case("C", MAY, -3), "lead-time-backwards"),
        (case("C", MAY, None, ended_from=MAY + timedelta(9), ended_to=MAY), "lead-time-backwards"),
        (case("C", date(2001, 5, 10), LONGEST + 1), "lead-time-beyond-ten-years"),
        (promise("C", MAY, -LONGEST - 1), "lead-time-beyond-ten-years"),
        (case("C", MAY, 3, how="eaten"), "lead-time-end-unknown"),
    ],
)
def test_a_case_that_cannot_be_is_told_of_at_its_place_and_left_out(
    row: dict[str, object], code: str
) -> None:
    kept, findings = sound(table(row, case("D", MAY, 3)), DAY)
    assert kept["case"].to_list() == ["D"]
    (one,) = findings
    assert (one.code, one.place.file, one.place.row) == (code, "cases.csv", 2)
    assert one.read.startswith("C: ")
    assert one.remedy


def test_the_finding_of_days_that_run_backwards_names_both() -> None:
    """A receipt three days before its dispatch."""
    _, (one,) = sound(table(case("C", MAY, -3)), DAY)
    assert one.place == Place("cases.csv", "", 2, "ended")
    assert (one.read, one.values["since"], one.values["measure"]) == ("C: 2031-05-07", "2031-05-10", SPANNED)


def test_an_end_after_the_day_is_told_of_and_open_on_it() -> None:
    kept, (one,) = sound(table(case("C", MAY, 300)), DAY)
    assert (one.code, one.values["day"], one.read) == ("lead-time-in-future", "2031-06-30", "C: 2032-03-05")
    assert as_known(kept, DAY)["how"].to_list() == [None]


def test_before_a_promised_day_is_early_and_no_fault() -> None:
    kept, findings = sound(table(promise("C", MAY, -3)), DAY)
    assert (kept.height, findings) == (1, [])


def test_an_end_that_may_lie_before_its_beginning_begins_with_it() -> None:
    """Known as the month of May only, dispatched on the tenth."""
    row = case("C", MAY, None, ended_from=date(2031, 5, 1), ended_to=date(2031, 5, 31))
    kept, findings = sound(table(row), DAY)
    assert (kept["ended_from"][0], kept["how"][0], findings) == (MAY, "received", [])


def test_what_ended_later_than_a_day_is_open_on_it() -> None:
    known = as_known(table(case("C", MAY, 5), case("D", MAY, 4)), MAY + timedelta(4))
    assert known["how"].to_list() == [None, "received"]


def test_what_began_later_is_not_known_and_a_promise_is_told_of_from_the_day_after() -> None:
    cases = table(case("C", MAY, 5), promise("P", MAY, 5))
    assert as_known(cases, MAY - timedelta(1)).height == 0
    assert as_known(cases, MAY)["case"].to_list() == ["C"]
    assert as_known(cases, MAY + timedelta(1))["case"].to_list() == ["C", "P"]


DAYS = st.one_of(st.none(), st.dates())
TEXT = st.one_of(st.none(), st.sampled_from(["span", "deviation", "received", "x", ""]))


@given(st.lists(st.tuples(DAYS, DAYS, DAYS, TEXT, TEXT), max_size=6))
def test_whatever_the_days_are_each_case_is_kept_or_told_of(rows: list[tuple[object, ...]]) -> None:
    columns = ("since", "ended_from", "ended_to", "of", "how")
    cases = [dict(zip(columns, row, strict=True)) | {"kind": "energy", "measure": "m"} for row in rows]
    kept, findings = sound(table(*cases), DAY)
    countable = sum(row[0] is not None for row in rows)
    told = [one for one in findings if one.code != "lead-time-in-future"]
    assert kept.height + len(told) == countable
    assert kept.schema == CASES
    assert as_known(kept, DAY).height <= kept.height
