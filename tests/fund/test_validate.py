"""What contradicts itself in economic packages is told at its place with what to do."""

from collections.abc import Mapping
from datetime import date

import polars as pl
import pytest
from tests.fund.facility import BN, FACILITY, FOURTH, SAID, assessed, condition, facility, tranche

from konvoi.fund.tranches import Standing
from konvoi.fund.validate import faults
from konvoi.model.finding import Finding, Severity, filled

DAY = date(2025, 8, 8)
OTHER = {**FACILITY, "programme": "MFA"}


def one(**rows: list[dict[str, object]]) -> Finding:
    (found,) = faults(facility(**rows))
    return found


def place(found: Finding) -> tuple[str, str, int, str]:
    return found.code, found.place.sheet, found.place.row, found.place.column


def test_weights_that_do_not_add_up() -> None:
    found = one(tranches=[FOURTH[0]], conditions=[condition("a", amount=3), condition("b", amount=1)])
    assert place(found) == ("weights-do-not-sum", "tranches", 2, "amount")
    assert (found.read, found.values["whole"]) == ("4000000000 EUR", "4500000000 EUR")


def test_weights_are_only_added_where_all_are_known_and_in_force() -> None:
    whole = [condition("a", amount=3), condition("b", amount=1.5)]
    assert faults(facility(tranches=[FOURTH[0]], conditions=whole)) == ()
    assert faults(facility(tranches=[FOURTH[0]], conditions=[whole[0], condition("b")])) == ()
    changed = condition("c", amount=1.5, supersedes="b", source="S")
    assert faults(facility(tranches=[FOURTH[0]], conditions=[*whole, changed])) == ()
    about = tranche("T4", "expected", 4.5, exactness="about")
    assert faults(facility(tranches=[about], conditions=whole[:1])) == ()


@pytest.mark.parametrize("source", [None, "X", "P"])
def test_an_assessment_without_an_official_source(source: str | None) -> None:
    found = one(
        statements=[SAID, {**SAID, "statement": "P", "class": "press"}],
        conditions=[condition("a")],
        assessments=[assessed("a", "met", DAY, source=source)],
    )
    assert place(found) == ("assessment-without-source", "assessments", 2, "source")
    assert found.read == "a: met"


def test_a_change_without_its_decision() -> None:
    found = one(conditions=[condition("a"), condition("b", supersedes="a", source=None)])
    assert place(found) == ("change-without-source", "conditions", 3, "source")


def test_more_paid_than_was_decided() -> None:
    """Two payments together; where at least so much was decided nothing is told."""
    decided, paid = tranche("T1", "decided", 3), [tranche("T1", "paid", 2), tranche("T1", "paid", 1.5)]
    found = one(tranches=[decided, *paid])
    assert place(found) == ("paid-above-decided", "tranches", 4, "amount")
    assert (found.severity, found.read, found.values["decided"]) == (
        Severity.ERROR,
        "3500000000 EUR",
        "3000000000 EUR",
    )
    assert faults(facility(tranches=[{**decided, "exactness": "at least"}, *paid])) == ()
    assert faults(facility(tranches=[decided, paid[0]])) == ()


def test_a_decision_of_less_than_was_proposed_is_told_unless_it_was_at_least_so_much() -> None:
    proposed, decided = tranche("T1", "assessed", 3), tranche("T1", "decided", 2.5)
    found = one(tranches=[proposed, decided])
    assert place(found) == ("decision-differs", "tranches", 3, "amount")
    assert found.values["difference"] == "500000000 EUR"
    assert faults(facility(tranches=[proposed, {**decided, "exactness": "at least"}])) == ()


def test_programmes_that_nobody_handed_in_are_told_of_once_each() -> None:
    """Where some were, the reference itself is told of as unknown when the tables are read."""
    known: Mapping[str, pl.DataFrame] = facility(
        programmes=[], tranches=list(FOURTH), conditions=[condition("a")]
    )
    told = faults(known)
    assert [place(found) for found in told] == [
        ("programme-unknown", "conditions", 2, "programme"),
        ("programme-unknown", "tranches", 2, "programme"),
    ]
    assert {found.severity for found in told} == {Severity.ERROR}
    assert faults(facility(programmes=[], conditions=[condition("a", None)])) == ()


def test_steps_of_another_programme() -> None:
    """Claimed, told or assessed with a tranche of another."""
    found = faults(
        facility(
            programmes=[FACILITY, OTHER],
            tranches=[tranche("T4", "requested", 1, DAY, claims="m")],
            conditions=[
                {**condition("m", None), "programme": "MFA"},
                {**condition("n", "T4"), "programme": "MFA"},
            ],
            assessments=[assessed("m", "met", DAY, tranche="T4")],
        )
    )
    assert [place(one) for one in found] == [
        ("condition-elsewhere", "assessments", 2, "tranche"),
        ("condition-elsewhere", "conditions", 3, "tranche"),
        ("condition-elsewhere", "tranches", 2, "claims"),
    ]
    assert filled(found[2].expected, found[2].values) == ("a condition of programme UA; this one is of MFA")


def test_a_claimed_step_that_nobody_knows_and_the_nearest_that_is() -> None:
    found = one(
        tranches=[tranche("T4", "requested", 1, DAY, claims="STEP-4;STEP-4l")],
        conditions=[condition("STEP-4")],
    )
    assert (place(found), found.read) == (("condition-unknown", "tranches", 2, "claims"), "STEP-4l")
    assert found.values == {"meant": "STEP-4"}


def test_an_amount_in_another_currency() -> None:
    found = one(tranches=[{**FOURTH[0], "currency": "USD"}])
    assert place(found) == ("amount-in-other-currency", "tranches", 2, "currency")
    assert found.read == "4500000000 USD"


def test_a_weight_below_zero_is_told_of_and_counts_as_not_known() -> None:
    known = facility(tranches=[FOURTH[0]], conditions=[condition("a", amount=-1), condition("b", amount=5.5)])
    (found,) = faults(known)
    assert (place(found), found.read) == (
        ("weight-below-zero", "conditions", 2, "amount"),
        "-1000000000 EUR",
    )


def test_steps_that_take_each_others_place_are_told_of_once_and_stay() -> None:
    steps = [
        condition("a", amount=3, supersedes="b", source="S"),
        condition("b", amount=1.5, supersedes="a", source="S"),
    ]
    found = one(tranches=[FOURTH[0]], conditions=steps)
    assert place(found) == ("conditions-in-circle", "conditions", 2, "supersedes")
    assert (found.severity, found.values["circle"]) == (Severity.ERROR, "a → b → a")
    itself = one(conditions=[condition("a", supersedes="a", source="S")])
    assert itself.values["circle"] == "a → a"


def test_one_tranche_in_two_programmes_is_told_at_the_row_that_strays() -> None:
    """Its payment would else add to a programme that it does not name."""
    rows = [tranche("T1", "expected", 3), tranche("T1", "paid", 2, programme="MFA")]
    found = one(programmes=[FACILITY, OTHER], tranches=rows)
    assert place(found) == ("tranche-in-two-programmes", "tranches", 3, "programme")
    assert (found.severity, found.read, found.values["programme"]) == (Severity.ERROR, "MFA", "UA")


def test_more_paid_than_was_expected_where_nobody_decided() -> None:
    """With a decision it is that which counts; a sum of about so much tells nothing."""
    expected, paid = tranche("T1", "expected", 1), tranche("T1", "paid", 2)
    found = one(tranches=[expected, paid])
    assert place(found) == ("paid-above-expected", "tranches", 3, "amount")
    assert (found.read, found.values["expected"]) == ("2000000000 EUR", "1000000000 EUR")
    assert faults(facility(tranches=[{**expected, "exactness": "about"}, paid])) == ()
    assert faults(facility(tranches=[expected, tranche("T1", "decided", 2), paid])) == ()


def test_more_disbursed_than_committed_and_more_in_advance_than_grant_and_loan() -> None:
    small = {**FACILITY, "grant": BN, "loan": BN, "prefinancing": 3 * BN}
    (spent, before) = faults(facility(programmes=[small], tranches=[tranche("T1", "paid", 2.5)]))
    assert place(spent) == ("disbursed-above-committed", "programmes", 2, "grant")
    assert (spent.read, spent.values["committed"]) == ("2500000000 EUR", "2000000000 EUR")
    assert place(before) == ("prefinancing-above-committed", "programmes", 2, "prefinancing")
    assert faults(facility(programmes=[{**small, "prefinancing": 2 * BN}])) == ()


def test_a_decision_below_zero_holds_back_no_more_than_the_tranche() -> None:
    """Ten less minus eight would be eighteen held of ten."""
    rows = [tranche("T1", "expected", 1), tranche("T1", "decided", -0.8)]
    assert Standing(facility(tranches=rows), DAY).held("T1", "decided") == BN


PAID = (
    tranche("T1", "paid", 2, date(2025, 3, 1)),
    tranche("T2", "paid", 1, date(2025, 6, 1)),
    tranche("T2", "paid", 5, date(2025, 6, 1), part="guarantee"),
)


def stating(disbursed: float, on: date | None = None) -> list[tuple[str, dict[str, str]]]:
    """Findings on a programme whose page states a sum in thousands of millions."""
    programme = {**FACILITY, "disbursed": round(disbursed * BN), "disbursed_on": on}
    found = faults(facility(programmes=[programme], tranches=list(PAID)))
    return [(each.code, dict(each.values)) for each in found]


def test_a_page_that_states_another_sum_than_the_payments_is_a_finding() -> None:
    ((code, values),) = stating(3.5)
    assert code == "programme-total-differs"
    assert values == {"paid": "3000000000 EUR", "difference": "500000000 EUR", "day": "2025-06-01"}


def test_a_page_is_compared_with_the_payments_up_to_its_day_and_rounds() -> None:
    assert stating(3) == []
    assert stating(3.001) == []
    assert stating(2, date(2025, 5, 1)) == []
    assert [code for code, _ in stating(3, date(2025, 5, 1))] == ["programme-total-differs"]


def test_payments_of_about_or_at_least_so_much_contradict_only_what_is_below_them() -> None:
    programme = {**FACILITY, "disbursed": 3 * BN}

    def codes(paid: float, how: str) -> list[str]:
        rows = [tranche("T1", "paid", paid, date(2025, 3, 1), exactness=how)]
        return [each.code for each in faults(facility(programmes=[programme], tranches=rows))]

    assert (codes(2, "about"), codes(2, "at least")) == ([], [])
    assert codes(4, "at least") == ["programme-total-differs"]


def test_a_programme_without_payments_is_not_compared() -> None:
    assert faults(facility(programmes=[{**FACILITY, "disbursed": BN}], tranches=[])) == ()
