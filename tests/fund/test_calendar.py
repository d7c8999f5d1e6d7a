"""The calendar of money: each sum once, with its day, and what is ours said to be ours."""

from datetime import date

import polars as pl
from tests.fund.facility import BN, FACILITY, assessed, condition, facility, tranche

from konvoi.fund.calendar import calendar
from konvoi.fund.programmes import programmes
from konvoi.fund.tranches import Standing

TODAY = date(2025, 7, 1)
NAMES = ("day", "what", "amount", "exactness", "ours")


def money(day: date = TODAY, **rows: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return calendar(Standing(facility(**rows), day)).select(NAMES).rows()


def test_what_is_paid_is_not_decided_again_nor_expected() -> None:
    """3 decided, 2 paid: 1 is to come, on the expected day or on that of the decision if it is later."""
    rows = [
        tranche("T1", "expected", 4, date(2025, 5, 1)),
        tranche("T1", "decided", 3, date(2025, 6, 1)),
        tranche("T1", "paid", 2, date(2025, 6, 15)),
    ]
    paid = (date(2025, 6, 15), "paid", 2 * BN, None, False)
    assert money(tranches=rows) == [
        (date(2025, 6, 1), "decided", BN, None, False),
        paid,
        (date(2026, 6, 1), "suspended", BN, None, False),
    ]
    rest = tranche("T1", "paid", 1, date(2025, 6, 20))
    assert [row[1] for row in money(tranches=[*rows, rest])] == ["paid", "paid", "suspended"]


def test_what_is_expected_is_as_stated_until_a_step_is_found_not_met() -> None:
    """Then it is our estimate: 4 less the 1.5 of the step that failed."""
    rows = [tranche("T1", "expected", 4, date(2025, 9, 1))]
    steps = [condition("a", "T1", 2.5), condition("b", "T1", 1.5)]
    assert money(tranches=rows, conditions=steps) == [(date(2025, 9, 1), "expected", 4 * BN, None, False)]
    failed = [assessed("b", "not met", date(2025, 6, 30))]
    assert money(tranches=rows, conditions=steps, assessments=failed) == [
        (date(2025, 9, 1), "expected", 25 * BN // 10, None, True),
        (date(2026, 6, 30), "suspended", 15 * BN // 10, None, True),
    ]


def test_a_failed_step_of_unknown_weight_leaves_the_rest_unknown() -> None:
    """Unknown is not zero: neither what is expected nor what is held is guessed."""
    rows = [tranche("T1", "expected", 4, date(2025, 9, 1))]
    steps = [condition("a", "T1", 2.5), condition("b", "T1")]
    failed = [assessed("b", "not met", date(2025, 6, 30))]
    assert money(tranches=rows, conditions=steps, assessments=failed) == [
        (date(2025, 9, 1), "expected", None, None, True),
        (date(2026, 6, 30), "suspended", None, None, True),
    ]


def test_a_proposal_goes_before_our_estimate() -> None:
    rows = [
        tranche("T1", "expected", 4, date(2025, 9, 1)),
        tranche("T1", "assessed", 3, date(2025, 6, 30)),
    ]
    assert money(tranches=rows) == [
        (date(2025, 9, 1), "expected", 3 * BN, None, False),
        (date(2026, 6, 30), "suspended", BN, None, False),
    ]


def test_guarantees_and_profits_are_no_money_of_the_recipient() -> None:
    rows = [
        tranche("G", "decided", 1, part="guarantee"),
        tranche("W", "expected", 1, part="windfall profits"),
        tranche("L", "decided", 1, part="loan"),
    ]
    found = calendar(Standing(facility(tranches=rows), TODAY))
    assert found["tranche"].to_list() == ["L"]


def test_committed_stands_against_disbursed_with_the_parts_apart() -> None:
    """Pre-financing is a part of grant and loan, a guarantee is no money; what nobody told is not zero."""
    programme = {**FACILITY, "grant": 5 * BN, "loan": 27 * BN, "guarantee": 3 * BN, "prefinancing": 2 * BN}
    day = date(2025, 6, 1)
    rows = [
        tranche("P", "paid", 1.9, day, part="pre-financing"),
        tranche("T1", "paid", 3, day, part="loan"),
        tranche("T1", "paid", 0.5, day, part="grant"),
        tranche("T2", "paid", 1, day),
        tranche("G", "decided", 3, day, part="guarantee"),
        tranche("W1", "expected", 0.2, day, part="windfall profits"),
        tranche("W2", "expected", 0.2, date(2026, 6, 1), part="windfall profits"),
        tranche("W1", "paid", 0.1, day, part="windfall profits"),
    ]
    (row,) = programmes(Standing(facility(programmes=[programme], tranches=rows), TODAY)).rows(named=True)
    tenths = {name: None if row[name] is None else row[name] * 10 // BN for name in AMOUNTS}
    assert tenths == dict(zip(AMOUNTS, (320, None, 64, 5, 30, 19, 10, 256, 30, 2, 1), strict=True))
    (bare,) = programmes(Standing(facility(), TODAY)).rows(named=True)
    assert {bare[name] for name in AMOUNTS} == {None}


AMOUNTS = (
    *("committed", "decided", "disbursed", "grant_paid", "loan_paid", "prefinancing_paid", "untold_paid"),
    *("left", "vouched", "service_due", "serviced"),
)


def test_without_any_table_there_is_no_money() -> None:
    standing = Standing({}, TODAY)
    assert calendar(standing).is_empty()
    assert programmes(standing).is_empty()
    assert standing.frame().is_empty()


def test_the_loan_that_profits_service_ends_where_it_was_paid_out() -> None:
    programme = {**FACILITY, "rule": "windfall loan", "loan": 5 * BN}
    rows = [
        tranche("L1", "paid", 4, date(2025, 6, 1), part="loan"),
        tranche("L2", "expected", 4, date(2025, 9, 1), part="loan"),
    ]
    found = calendar(Standing(facility(programmes=[programme], tranches=rows), TODAY))
    assert found.filter(pl.col("what") == "expected").select("amount", "ours").rows() == [(BN, True)]


def test_what_was_paid_without_a_decision_is_not_expected_any_more() -> None:
    rows = [
        tranche("T1", "expected", 4, date(2025, 9, 1)),
        tranche("T1", "paid", 4, date(2025, 6, 15)),
    ]
    assert [row[1] for row in money(tranches=rows)] == ["paid"]


def test_an_amount_in_another_currency_is_no_money_of_the_programme() -> None:
    dollars = {**tranche("T1", "expected", 4, date(2025, 9, 1)), "currency": "USD"}
    assert money(tranches=[dollars]) == []


def test_a_late_step_of_unknown_weight_makes_what_is_held_at_most_so_much() -> None:
    """Decided exactly 3 of 4; a part of the 1 that is held may have been paid with the second tranche."""
    rows = [
        tranche("T1", "expected", 4, date(2025, 5, 1)),
        tranche("T1", "decided", 3, date(2025, 6, 1)),
        tranche("T2", "expected", 1, date(2025, 9, 1)),
    ]
    late = [assessed("a", "not met", date(2025, 6, 1)), assessed("a", "met", TODAY, tranche="T2")]
    found = money(tranches=rows, conditions=[condition("a", "T1")], assessments=late)
    assert (date(2026, 6, 1), "suspended", BN, "at most", False) in found


def test_a_step_that_is_met_after_the_decision_is_no_longer_held_back() -> None:
    """Of 4, 2.5 were decided; the step of 1.5 is met a month later. One that was met before stays held."""
    rows = [
        tranche("T1", "expected", 4, date(2025, 5, 1)),
        tranche("T1", "decided", 2.5, date(2025, 5, 20)),
    ]
    steps = [condition("a", "T1", 2.5), condition("b", "T1", 1.5)]
    found = [assessed("a", "met", date(2025, 5, 10)), assessed("b", "not met", date(2025, 5, 10))]

    def held(*more: dict[str, object]) -> list[object]:
        kept = money(tranches=rows, conditions=steps, assessments=[*found, *more])
        return [row[2] for row in kept if row[1] == "suspended"]

    assert held() == [15 * BN // 10]
    assert held(assessed("b", "met", date(2025, 6, 20))) == []
    assert held(assessed("b", "met", date(2025, 5, 15))) == [15 * BN // 10]


def late(conditions: list[dict[str, object]], *assessments: dict[str, object]) -> dict[str, int]:
    """How many late steps count with each of three tranches, of which the second claims `a`."""
    rows = [tranche("T1", "expected", 1), tranche("T3", "expected", 1)]
    rows.append(tranche("T2", "requested", 1, TODAY, claims="a"))
    known = facility(
        programmes=[FACILITY, {**FACILITY, "programme": "MFA"}],
        tranches=rows,
        conditions=conditions,
        assessments=list(assessments),
    )
    return dict(Standing(known, TODAY).frame().select("tranche", "late").iter_rows())


def test_a_late_step_counts_with_the_tranche_that_claims_it_or_with_which_it_was_assessed() -> None:
    step = condition("a", "T1")
    assert late([step]) == {"T1": 0, "T2": 1, "T3": 0}
    assert late([step], assessed("a", "met", TODAY, tranche="T3")) == {"T1": 0, "T2": 0, "T3": 1}


def test_a_step_of_another_programme_counts_with_no_tranche() -> None:
    assert late([{**condition("a", "T1"), "programme": "MFA"}]) == {"T1": 0, "T2": 0, "T3": 0}


def test_a_grant_takes_nothing_of_what_is_left_of_the_loan() -> None:
    programme = {**FACILITY, "rule": "windfall loan", "loan": 5 * BN}
    rows = [
        tranche("G", "paid", 4, date(2025, 6, 1), part="grant"),
        tranche("L", "expected", 4, date(2025, 9, 1), part="loan"),
    ]
    found = calendar(Standing(facility(programmes=[programme], tranches=rows), TODAY))
    assert found.filter(pl.col("what") == "expected")["amount"].to_list() == [4 * BN]
