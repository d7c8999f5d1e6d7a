"""Other readings of statements in force widen the range of a total."""

from dataclasses import replace
from decimal import Decimal

import polars as pl
from tests.ledger.ledgers import ledger

from konvoi.ledger.answer import Total
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.total import total


def figures(answer: Total) -> tuple[object, ...]:
    return answer.lowest, answer.value, answer.highest, answer.conflicts


def meant(some: Ledger, amounts: dict[str, int]) -> Ledger:
    """Return a ledger in which entries may mean other amounts."""
    rows = some.entries.filter(pl.col("entry").is_in(list(amounts)))
    return replace(some, plausible=rows.with_columns(amount_minor=pl.col("entry").replace_strict(amounts)))


def test_an_amount_of_questioned_scale_opens_the_range_to_what_may_be_meant() -> None:
    some = ledger({"amount_minor": 500_00}, {"amount_minor": 7_00})
    found = meant(some, {"e0": 50_00})
    assert figures(total(found, Question())) == (Decimal(57), Decimal(507), Decimal(507), 1)
    assert figures(total(some, Question())) == (Decimal(507), Decimal(507), Decimal(507), 0)
    other = total(found, Question(kind="energy"))
    assert (other.value, other.conflicts) == (Decimal(0), 0)


def test_other_entries_of_the_unit_keep_their_amounts() -> None:
    parts: list[dict[str, object]] = [
        {"package": "P", "stage": "disbursed", "amount_minor": amount} for amount in (500_00, 7_00)
    ]
    found = total(meant(ledger(*parts), {"e0": 50_00}), Question(stage="disbursed"))
    assert figures(found) == (Decimal(57), Decimal(507), Decimal(507), 1)


def goods(**stages: int) -> Ledger:
    usual: dict[str, object] = {"package": "P", "line": "L", "good": "tent", "unit": "piece"}
    usual |= {"amount_minor": None, "currency": None}
    named = {name.replace("_", " "): number for name, number in stages.items()}
    return ledger(*(usual | {"stage": stage, "quantity": Decimal(n)} for stage, n in named.items()))


def pieces(some: Ledger, stage: str) -> tuple[object, ...]:
    return figures(total(some, Question(stage=stage, what="quantity")))


def test_more_received_than_dispatched_may_be_as_much_as_was_dispatched() -> None:
    some = goods(committed=20, dispatched=5, received=8)
    assert pieces(some, "dispatched") == (Decimal(5), Decimal(8), Decimal(8), 1)
    assert pieces(some, "committed") == (Decimal(20), Decimal(20), Decimal(20), 1)
    assert pieces(some, "received") == (Decimal(8), Decimal(8), Decimal(8), 0)


def test_as_much_received_as_dispatched_or_less_has_one_reading() -> None:
    assert pieces(goods(dispatched=8, received=8), "dispatched") == (Decimal(8), Decimal(8), Decimal(8), 0)
    assert pieces(goods(dispatched=8, handed_over=3), "dispatched")[3] == 0
    assert pieces(goods(received=8), "dispatched") == (Decimal(8), Decimal(8), Decimal(8), 0)
    assert pieces(goods(dispatched=3, handed_over=8), "dispatched") == (Decimal(3), Decimal(8), Decimal(8), 1)
