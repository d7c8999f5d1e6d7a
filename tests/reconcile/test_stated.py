"""Stated shares of a joint package: as exact as they are written, one for each participant."""

from decimal import Decimal

from tests.reconcile.ledgers import entries
from tests.reconcile.relations.test_joint import whole

from konvoi.model.entries import SCOPES, frame
from konvoi.reconcile.records import unit_key
from konvoi.reconcile.stated import expected, shares

LEDGER = entries(whole(1_000))
UNIT = LEDGER.select(unit_key()).item()


def told(*values: str) -> dict[str, dict[str, Decimal]]:
    rows = [{"entry": "whole", "side": "source", "dimension": "share", "value": value} for value in values]
    return shares(frame(rows, SCOPES), LEDGER)


def test_shares_are_told_by_participant_whatever_it_is_called() -> None:
    assert told("Belgium=0.2", "DE=0.8") == {UNIT: {"BE": Decimal("0.2"), "DE": Decimal("0.8")}}


def test_of_two_shares_of_one_participant_and_of_what_is_no_share_none_is_taken() -> None:
    assert told("BE=0.2", "Belgium=0.3", "DE=half", "SE=0", "FR=-0.1") == {UNIT: {}}


def test_shares_that_are_more_than_the_whole_are_none() -> None:
    """Which of them is wrong, nobody knows; what rounding explains is no fault."""
    assert told("BE=0.6", "DE=0.56") == {UNIT: {}}
    assert list(told("BE=0.34", "DE=0.33", "SE=0.34")[UNIT]) == ["BE", "DE", "SE"]


def test_a_share_is_as_exact_as_it_is_written() -> None:
    """A third of 300.00 EUR, written with two digits: 97.50 to 100.50; with four: 99.97 to 100.00."""
    assert expected({"BE": Decimal("0.33")}, 30_000, 0) == {"BE": (9_750, 10_050)}
    assert expected({"BE": Decimal("0.3333")}, 30_000, 0) == {"BE": (9_997, 10_001)}
    assert expected({"BE": Decimal("0.5")}, 30_000, 100)["BE"] == (13_450, 16_550)


def test_a_refund_has_its_bounds_in_order() -> None:
    low, high = expected({"BE": Decimal("0.25")}, -1_000, 4)["BE"]
    assert (low, high) == (-256, -244)
