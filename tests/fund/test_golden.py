"""Golden: the fourth and fifth tranche of the Ukraine Facility, as Commission and Council told them."""

from datetime import date

import polars as pl
from tests.fund.facility import BN, FOURTH, STEPS, UNMET, assessed, condition, facility, tranche, verdicts

from konvoi.fund.calendar import calendar
from konvoi.fund.tranches import Standing
from konvoi.fund.validate import faults
from konvoi.model.finding import Severity, filled

TODAY = date(2025, 9, 1)


def fourth(*rows: dict[str, object]) -> dict[str, object]:
    known = facility(
        tranches=list(rows or FOURTH), conditions=[condition(one) for one in STEPS], assessments=verdicts()
    )
    (row,) = Standing(known, TODAY).frame().rows(named=True)
    return row


def test_thirteen_of_sixteen_steps_are_met_and_the_three_hold_what_the_proposal_leaves() -> None:
    """4.5 less 3.05 are 1.45; by the decision at most 1.3 are held."""
    row = fourth()
    assert (row["steps"], row["met"], row["not_met"]) == (16, 13, 3)
    assert (row["expected"], row["assessed"], row["decided"]) == (
        450 * BN // 100,
        305 * BN // 100,
        32 * BN // 10,
    )
    assert (row["held_proposed"], row["held_decided"]) == (145 * BN // 100, 130 * BN // 100)
    assert row["decided_exactness"] == "at least"


def test_nothing_is_reckoned_from_weights_that_nobody_knows() -> None:
    """Thirteen sixteenths of 4.5 would be 3.66: wrong, for steps weigh unequally."""
    row = fourth()
    assert (row["estimate"], row["reason"]) == (None, "weights not known")
    assert 13 * 450 * BN // 1600 not in row.values()


def test_the_difference_between_proposal_and_decision_is_a_finding() -> None:
    (found,) = faults(facility(tranches=list(FOURTH)))
    assert (found.code, found.severity, found.place.row, found.place.column) == (
        "decision-differs",
        Severity.NOTE,
        5,
        "amount",
    )
    assert found.read == "3200000000 EUR"
    assert filled(found.expected, found.values) == (
        "what the authority proposed, 3050000000 EUR; the difference is at least 150000000 EUR"
    )


def test_by_known_weights_what_is_met_is_what_was_proposed() -> None:
    """Weights of our own, no published ones: three steps of 1.45 in all, thirteen of 3.05."""
    weights = (
        dict.fromkeys(STEPS[:12], 0.25) | {STEPS[12]: 0.05} | dict(zip(UNMET, (0.5, 0.5, 0.45), strict=True))
    )
    known = facility(
        tranches=list(FOURTH[:1]),
        conditions=[condition(one, amount=weights[one]) for one in STEPS],
        assessments=verdicts(),
    )
    standing = Standing(known, TODAY)
    assert standing.frame()["estimate"].to_list() == [305 * BN // 100]
    held = calendar(standing).filter(pl.col("what") == "suspended")
    assert held.select("condition", "amount", "day", "ours").rows() == [
        ("4.14", BN // 2, date(2026, 6, 30), True),
        ("4.15", BN // 2, date(2026, 6, 30), True),
        ("4.16", 45 * BN // 100, date(2026, 6, 30), True),
    ]
    assert faults(known) == ()


def test_the_calendar_tells_what_is_decided_and_what_is_suspended_until_when() -> None:
    """Of the three steps nobody knows which holds how much: together at most 1.3, until a year has passed."""
    known = facility(
        tranches=list(FOURTH), conditions=[condition(one) for one in STEPS], assessments=verdicts()
    )
    names = ("day", "what", "amount", "exactness", "ours")
    assert calendar(Standing(known, TODAY)).select(names).rows() == [
        (date(2026, 6, 30), "suspended", 130 * BN // 100, "at most", False),
        (None, "decided", 32 * BN // 10, "at least", False),
    ]
    gone = calendar(Standing(known, date(2026, 7, 1))).select(names).rows()
    assert gone[0] == (date(2026, 7, 1), "lost", 130 * BN // 100, "at most", False)


def fifth(late: float | None, day: date = date(2025, 9, 29)) -> Standing:
    """Nine steps of the fifth tranche and the fourteenth of the fourth, all met."""
    own = [f"5.{number}" for number in range(1, 10)]
    weight = None if late is None else 0.2
    known = facility(
        tranches=[
            *FOURTH,
            tranche("T5", "expected", 2.0, date(2025, 11, 1), exactness="about"),
            tranche("T5", "requested", None, date(2025, 9, 1), claims=";".join([*own, "4.14"])),
            tranche("T5", "decided", 1.8, date(2025, 11, 4)),
        ],
        conditions=[
            *(condition(one, amount=late if one == "4.14" else None) for one in STEPS),
            *(condition(one, "T5", weight) for one in own),
        ],
        assessments=[
            *verdicts(),
            *(assessed(one, "met", day, tranche="T5") for one in [*own, "4.14"]),
        ],
    )
    return Standing(known, date(2025, 12, 1))


def test_the_fifth_tranche_is_nine_steps_and_a_late_one_of_the_fourth() -> None:
    """1.8 of about 2.0; the late step counts with the fifth and with the fourth no more."""
    rows = {row["tranche"]: row for row in fifth(None).frame().rows(named=True)}
    counted = {name: (row["steps"], row["late"], row["met"], row["not_met"]) for name, row in rows.items()}
    assert counted == {"T4": (16, 0, 13, 2), "T5": (9, 1, 10, 0)}
    assert (rows["T5"]["decided"], rows["T5"]["expected"]) == (18 * BN // 10, 2 * BN)
    assert rows["T5"]["expected_exactness"] == "about"
    assert rows["T5"]["held_decided"] == BN // 5
    assert (rows["T5"]["estimate"], rows["T5"]["reason"]) == (None, "weights not known")


def test_a_late_step_is_paid_with_the_later_tranche_and_held_by_the_earlier_no_more() -> None:
    """With weights of our own: nine of 0.2 and the late one of 0.4."""
    standing = fifth(0.4)
    estimates = dict(standing.frame().select("tranche", "estimate").iter_rows())
    assert estimates == {"T4": None, "T5": 22 * BN // 10}
    held = calendar(standing).filter((pl.col("tranche") == "T4") & (pl.col("what") == "suspended"))
    assert held.select("amount", "exactness").rows() == [(90 * BN // 100, "at most")]


def test_a_step_met_after_twelve_months_is_lost() -> None:
    estimates = dict(fifth(0.4, date(2026, 7, 1)).frame().select("tranche", "estimate").iter_rows())
    assert estimates["T5"] == 18 * BN // 10
    estimates = dict(fifth(0.4, date(2026, 6, 30)).frame().select("tranche", "estimate").iter_rows())
    assert estimates["T5"] == 22 * BN // 10
