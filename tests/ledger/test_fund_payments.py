"""Payments into funds stand beside a total, and what may be left of them beside the gifts of the funds."""

from decimal import Decimal

import polars as pl
from tests.ledger.ledgers import ledger

from konvoi.ledger.answer import Total
from konvoi.ledger.question import Question
from konvoi.ledger.total import total

FUNDS = pl.DataFrame({"party": ["F", "G"], "kind": ["fund", "fund"]})


def paid(amount: int, fund: str = "F", **more: object) -> dict[str, object]:
    return {"party": "AR", "counterparty": fund, "amount_minor": amount * 100} | more


def gift(amount: int, fund: str = "F") -> dict[str, object]:
    return {"party": fund, "counterparty": "UA", "amount_minor": amount * 100}


def drawn(
    *rows: dict[str, object], pairs: tuple[str, ...] = (), status: str = "undecided", by: str = ""
) -> Total:
    """Return the total of payments and gifts; pairs: payment and gift, such as `01`."""
    relations = [(f"e{one[0]}", "passes_through", f"e{one[1]}", status) for one in pairs]
    return total(ledger(*rows, relations=relations, parties=FUNDS), Question(by=by), recipient="UA")


def figures(answer: Total) -> tuple[object, ...]:
    """Return value, the most that it may be, what was paid into funds, and the number of open pairs."""
    found = (answer.value, answer.highest, answer.paid_into_funds)
    return (*(None if one is None else int(one) for one in found), answer.open_pairs)


def test_what_was_paid_into_a_fund_is_what_its_gifts_leave() -> None:
    assert figures(drawn(paid(40), paid(10), gift(30))) == (30, 30, 20, 0)
    assert figures(drawn(paid(40), gift(50))) == (50, 50, 0, 0)
    assert figures(drawn(paid(40), paid(10, "G"), gift(50), gift(3, "G"))) == (53, 53, 7, 0)
    assert figures(drawn(gift(50))) == (50, 50, 0, 0)


def test_only_a_rest_of_fees_may_count_as_given() -> None:
    """Up to 15 per cent of a payment are fees."""
    assert figures(drawn(paid(100), gift(85), pairs=("01",))) == (85, 100, 15, 1)
    assert figures(drawn(paid(100), gift(84), pairs=("01",))) == (84, 84, 16, 0)
    assert figures(drawn(paid(100), gift(100), pairs=("01",))) == (100, 100, 0, 0)
    assert figures(drawn(paid(100), gift(101), pairs=("01",))) == (101, 101, 0, 0)
    assert figures(drawn(paid(100), gift(90), pairs=("01",), status="accepted")) == (90, 90, 10, 0)
    assert figures(drawn(paid(100), gift(90), pairs=("01",), status="rejected")) == (90, 90, 10, 0)


def test_a_payment_with_several_gifts_leaves_at_most_what_the_least_of_them_does() -> None:
    """Beside the gift of 95 it leaves 5, beside that of 88 12; both together are more than was paid."""
    assert figures(drawn(paid(100), gift(95), gift(88), paid(200), pairs=("01", "02"))) == (183, 195, 117, 2)


def test_several_payments_beside_one_gift_are_compared_together_or_else_each_alone() -> None:
    assert figures(drawn(paid(60), paid(40), gift(90), pairs=("02", "12"))) == (90, 100, 10, 2)
    assert figures(drawn(paid(60), paid(100), gift(90), pairs=("02", "12"))) == (90, 100, 70, 1)


def test_nothing_is_left_of_a_fund_that_gave_more_than_was_paid() -> None:
    assert figures(drawn(paid(100), gift(90), gift(70), pairs=("01",))) == (160, 160, 0, 1)
    assert figures(drawn(paid(100), gift(90), gift(4), pairs=("01",))) == (94, 100, 6, 1)


def test_the_rest_stands_in_the_rows_of_those_who_paid() -> None:
    answer = drawn(
        paid(60), paid(40, party="BO"), gift(90), {"party": "BO"}, pairs=("02", "12"), by="partner"
    )
    found = {row.key: (row.value, row.highest) for row in answer.by}
    assert found == {"F": (Decimal(90), Decimal(90)), "BO": (Decimal(1), Decimal(11))}
    assert answer.highest == Decimal(101)


def test_payments_have_no_part_in_quantities() -> None:
    goods: dict[str, object] = {"good": "tent", "quantity": Decimal(3), "unit": "piece", "line": "L"}
    answer = total(
        ledger(paid(1) | goods, gift(1) | goods, parties=FUNDS), Question(what="quantity"), recipient="UA"
    )
    assert (answer.value, answer.paid_into_funds) == (Decimal(3), Decimal(0))
