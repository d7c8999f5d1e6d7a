"""Where a condition stands: only an official source moves it; a plan changed by decision keeps the old."""

from datetime import date

from tests.fund.facility import SAID, assessed, condition, facility

from konvoi.fund.steps import steps

DAY = date(2025, 6, 30)
PRESS = {**SAID, "statement": "P", "class": "press"}


def verdict(**source: object) -> object:
    known = facility(
        statements=[SAID, PRESS],
        conditions=[condition("a")],
        assessments=[assessed("a", "met", DAY, **source)],
    )
    return steps(known)["verdict"].to_list()[0]


def test_an_assessment_needs_an_official_source() -> None:
    """Neither without one, nor by one that nobody handed in, nor by the press is a step met."""
    assert [verdict(source=source) for source in ("S", None, "X", "P")] == ["met", None, None, None]


def test_the_last_assessment_holds_and_the_first_failure_is_kept() -> None:
    """From that day its twelve months count."""
    known = facility(
        conditions=[condition("a")],
        assessments=[
            assessed("a", "met", date(2025, 9, 29), tranche="T5"),
            assessed("a", "not met", date(2025, 8, 1)),
            assessed("a", "not met", DAY),
        ],
    )
    (row,) = steps(known).rows(named=True)
    assert (row["verdict"], row["met"], row["failed"], row["with"]) == ("met", date(2025, 9, 29), DAY, "T5")


def test_its_own_tranche_is_no_other() -> None:
    known = facility(conditions=[condition("a")], assessments=[assessed("a", "met", DAY, tranche="T4")])
    assert steps(known)["with"].to_list() == [None]


def test_a_plan_changed_by_decision_keeps_the_old_version() -> None:
    """The new step is worded anew and moved; without the decision's source the old one holds."""
    old, new = condition("a", "T4", 1), condition("a-2", "T5", 1, supersedes="a", source="S")
    rows = {row["condition"]: row for row in steps(facility(conditions=[old, new])).rows(named=True)}
    assert (rows["a"]["replaced"], rows["a"]["tranche"]) == ("a-2", "T4")
    assert (rows["a-2"]["replaced"], rows["a-2"]["tranche"]) == (None, "T5")
    unsaid = steps(facility(conditions=[old, {**new, "source": None}]))
    assert unsaid.select("condition", "replaced").rows() == [("a", None)]


def test_a_weight_in_another_currency_than_the_programmes_is_not_known() -> None:
    known = facility(conditions=[{**condition("a", amount=1), "currency": "USD"}])
    assert steps(known).select("amount", "currency").rows() == [(None, "EUR")]
