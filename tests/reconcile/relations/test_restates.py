"""A later report of one source takes the place of an earlier one."""

from datetime import date
from decimal import Decimal

from tests.reconcile.ledgers import entries, relations, told

from konvoi.reconcile.relate import relate

MAY = {"known_on": date(2022, 5, 1), "day_from": date(2022, 5, 1), "day_to": date(2022, 5, 1)}


def test_parts_of_one_submission_restate_nothing() -> None:
    """Two partial deliveries under one reference are two facts."""
    ledger = entries({"entry": "1", "reference": "N-1"}, {"entry": "2", "reference": "N-1"})
    assert relate(ledger).relations.height == 0


def test_a_list_that_repeats_an_earlier_one_is_shown() -> None:
    """A week later, the same sum for the same thing, and no reference that would tell the two apart."""
    gift = {"amount_minor": 22_500_000_00, "currency": "USD", "text": "water and medicine", "reference": None}
    again = {"day_from": date(2022, 3, 8), "day_to": date(2022, 3, 8), "known_on": date(2022, 3, 8)}
    ledger = entries({"entry": "1", **gift, "package": "A"}, {"entry": "2", **gift, "package": "B", **again})
    assert told(relate(ledger).relations) == [("2", "restates", "1", "undecided")]


def test_the_same_quantity_in_two_lists_of_one_source_stays_two_until_it_is_reviewed() -> None:
    """Four launchers in June and four in July, each with its own reference: eight, and a question."""
    goods = {
        "line": "L",
        "good": "himars",
        "quantity": Decimal(4),
        "unit": "piece",
        "text": "rocket launcher",
    }
    ledger = entries(
        {"entry": "1", "reference": "US-1", **goods},
        {"entry": "2", "reference": "US-2", **goods, "line": "M", **MAY},
    )
    assert told(relate(ledger).relations) == [("2", "restates", "1", "undecided")]


def test_two_things_of_one_day_in_one_source_stay_two_until_they_are_reviewed() -> None:
    goods = {"good": "stinger", "quantity": Decimal(800), "unit": "piece"}
    ledger = entries({"entry": "1", "line": "L", **goods}, {"entry": "2", "line": "M", **goods})
    assert told(relate(ledger).relations) == [("2", "restates", "1", "undecided")]
    register = entries(
        {"entry": "1", "line": "L", "variant": "kiel", **goods},
        {"entry": "2", "line": "M", "variant": "kiel", **goods},
    )
    assert relate(register).relations.height == 0


def test_lines_follow_their_packages() -> None:
    """The missiles are restated with their package; the tents stand twice in one and are left open."""
    ledger = entries(
        {"entry": "p1", "reference": "P1"},
        {"entry": "p2", "reference": "P2", **MAY},
        {"entry": "m1", "reference": "P1-1", "package": "P1", "line": "P1-1", "good": "missile"},
        {"entry": "m2", "reference": "P2-1", "package": "P2", "line": "P2-1", "good": "missile", **MAY},
        {"entry": "t1", "reference": "P1-2", "package": "P1", "line": "P1-2", "good": "tent"},
        {"entry": "t2", "reference": "P2-2", "package": "P2", "line": "P2-2", "good": "tent", **MAY},
        {"entry": "t3", "reference": "P2-3", "package": "P2", "line": "P2-3", "good": "tent", **MAY},
    )
    found = relate(ledger, relations=relations(("p2", "restates", "p1"))).relations
    accepted = [row for row in told(found) if row[3] == "accepted"]
    assert accepted == [("m2", "restates", "m1", "accepted"), ("p2", "restates", "p1", "accepted")]
