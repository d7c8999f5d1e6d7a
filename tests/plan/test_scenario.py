"""A scenario changes the tables as if that had been handed in, and nothing else."""

from datetime import date

import pytest
from tests.plan.worlds import day, table, tables

from konvoi.plan.read_problem import from_tables
from konvoi.plan.scenario import Later, Scenario, Shut, Without, idle, supposed
from konvoi.plan.solve import solve

BUDGETS = [
    {"day": day(0), "amount": 100_00},
    {"day": day(7), "amount": 100_00},
    {"good": "tent", "price": 10_00, "lead_days": 0, "supplier": "T", "site": "D"},
]


def test_nothing_supposed_changes_no_table() -> None:
    plain = tables()
    found = supposed(plain, Scenario("as it is"))
    assert from_tables(found).digest == from_tables(plain).digest


def test_a_lane_that_is_shut_the_whole_time_is_closed_on_every_day_of_the_horizon() -> None:
    """The only way to S leads over it, so nothing comes."""
    found = supposed(tables(), Scenario("x", shut=(Shut("XS"),)))
    assert found["closures"].select("on", "from", "to").rows() == [("XS", day(0), day(27))]
    assert solve(from_tables(found)).movements.is_empty()


def test_a_lane_is_shut_on_the_days_that_are_named_alone() -> None:
    """Shut in the first week: what would have come on day 3 leaves X on day 7 and arrives a day later."""
    found = supposed(tables(), Scenario("x", shut=(Shut("XS", day(0), day(6)),)))
    assert solve(from_tables(tables())).movements["arrives"].to_list() == [day(3)]
    assert solve(from_tables(found)).movements["arrives"].to_list() == [day(8)]


def test_a_partner_that_drops_out_sends_nothing_from_then_on() -> None:
    """Its offer leaves on day 0; out from day 1 on changes nothing, out from day 0 on takes all."""
    for first, sent in ((day(1), 1), (day(0), 0), (None, 0)):
        found = supposed(tables(), Scenario("x", without=(Without("P", first),)))
        assert solve(from_tables(found)).movements.height == sent


def test_money_that_comes_later_is_there_later_and_what_is_there_already_stays() -> None:
    """Two tranches of 100 euro, the first is there before the horizon begins: only the second moves."""
    rows = [BUDGETS[0] | {"day": day(-7)}, *BUDGETS[1:]]
    found = supposed(tables(budgets=rows), Scenario("x", later=(Later("B", 2),)))
    assert found["budgets"]["day"].to_list() == [day(-7), day(21), None]


def test_money_of_the_first_day_comes_later_too() -> None:
    found = supposed(tables(budgets=BUDGETS), Scenario("x", later=(Later("B", 2),)))
    assert found["budgets"]["day"].to_list() == [day(14), day(21), None]


def test_a_horizon_begins_on_its_monday() -> None:
    """Stated from a Wednesday on, four weeks end on the Sunday of the fourth."""
    found = supposed(tables(horizon=[{"start": day(2)}]), Scenario("x", shut=(Shut("XS"),)))
    assert found["closures"].select("from", "to").rows() == [(day(0), day(27))]


def test_a_delay_of_money_that_is_all_there_is_told_as_idle() -> None:
    early = tables(budgets=[{"day": day(-7), "amount": 100_00}, BUDGETS[2]])
    assert idle(early, Scenario("x", later=(Later("B", 2),))) == (Later("B", 2),)
    assert idle(tables(budgets=BUDGETS), Scenario("x", later=(Later("B", 2),))) == ()
    assert idle(tables(), Scenario("x", later=(Later("O", 2),))) == ()


@pytest.mark.parametrize(("ready", "then"), [(None, day(14)), (day(-3), day(14)), (day(4), day(18))])
def test_an_offer_that_comes_later_counts_from_its_day_or_from_the_horizons_first(
    ready: date | None, then: date
) -> None:
    changed = tables(offers=[{"ready": ready}, {"offer": "O2"}])
    found = supposed(changed, Scenario("x", later=(Later("O", 2),)))
    assert found["offers"]["ready"].to_list() == [then, None]


def test_what_is_added_stands_beside_what_is_there_or_in_place_of_its_id() -> None:
    more = table("offers", [{"offer": "O", "quantity": 4}, {"offer": "O2", "quantity": 5}])
    found = supposed(tables(), Scenario("x", added={"offers": more}))["offers"]
    assert sorted(found.select("offer", "quantity").rows()) == [("O", 4), ("O2", 5)]


def test_all_that_is_supposed_happens_together() -> None:
    """P is out and another offer of 5 is added: 5 come."""
    more = table("offers", [{"offer": "O2", "party": "Q", "quantity": 5}])
    scenario = Scenario("x", without=(Without("P"),), added={"offers": more})
    assert solve(from_tables(supposed(tables(), scenario))).movements["quantity"].to_list() == [5]
