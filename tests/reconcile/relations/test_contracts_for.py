"""contracts_for holds where documents or people say so; a contract without a line is asked about."""

from datetime import date

import polars as pl
from tests.reconcile.ledgers import entries, relations, told

from konvoi.reconcile.judgement import judged
from konvoi.reconcile.relate import relate
from konvoi.reconcile.relations.contracts_for import CONTRACTS_FOR

LINE = {"entry": "1", "reference": "L-1", "package": "P-1", "line": "L-1", "good": "lorry"}
MONEY = {"amount_minor": 725_000_000, "currency": "EUR"}
CONTRACT = {
    "entry": "2",
    "reference": "C-9",
    "package": None,
    "stage": "contracted",
    "kind": None,
    "counterparty": None,
    "day_from": date(2022, 3, 20),
    "day_to": date(2022, 3, 20),
    **MONEY,
}


def test_it_holds_as_it_was_stated() -> None:
    ledger = entries({"entry": "1"}, {"entry": "2", "party": "other"})
    found = relate(ledger, relations=relations(("1", "contracts_for", "2"))).relations
    assert told(found) == [("1", "contracts_for", "2", "accepted")]
    assert found["basis"].to_list() == ["structure"]


def test_a_contract_without_a_line_is_proposed_to_the_line_that_is_like_it() -> None:
    """From the contract to the line, and left to a person; as the same undertaking it is not proposed."""
    assert CONTRACTS_FOR.directed
    for source in ("NL-1", "REGISTER"):
        found = relate(entries(LINE | MONEY, CONTRACT | {"source": source})).relations
        assert told(found) == [("2", "contracts_for", "1", "undecided")], source


def test_two_lines_that_are_alike_are_no_contract_of_one_another() -> None:
    other = LINE | MONEY | {"entry": "3", "source": "PRESS", "reference": "X", "package": "X", "line": "X/1"}
    found = relate(entries(LINE | MONEY, other)).relations
    assert "contracts_for" not in found["relation"].to_list()


def test_what_a_person_says_of_it_holds() -> None:
    ledger = entries(LINE | MONEY, CONTRACT)
    row = judged(
        ("2", "1"), "same", relation="contracts_for", by="P", at="2022-04-01T00:00:00Z", entries=ledger
    )
    found = relate(ledger, judgements=pl.DataFrame([row])).relations
    assert told(found) == [("2", "contracts_for", "1", "accepted")]
