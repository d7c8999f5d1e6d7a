"""contracts_for holds where documents or people say so; a contract without a line is asked about."""

from datetime import date

import polars as pl
import pytest
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


PROMISE: dict[str, object] = {
    "entry": "5",
    "text": "helmets for Sumy",
    "good": "helmet",
    "stage": "pledged",
    "reference": None,
}
SIGNED: dict[str, object] = {
    "entry": "6",
    "package": None,
    "stage": "contracted",
    "good": "helmet",
    "source": "REGISTER",
}
LATER: dict[str, object] = {
    "day_from": date(2022, 6, 1),
    "day_to": date(2022, 6, 1),
    "known_on": date(2022, 6, 1),
}


def asked(*rows: dict[str, object]) -> list[tuple[str, str, str, str]]:
    """What contracts are asked to be for."""
    made = relate(entries(*rows)).relations.filter(pl.col("relation") == "contracts_for")
    return told(made)


def sum_of(millions: float) -> dict[str, object]:
    return {"amount_minor": round(millions * 100_000_000), "currency": "EUR"}


def test_a_contract_is_asked_to_be_for_the_promise_of_its_sum_some_months_before() -> None:
    """Of 5 and 9 million promised in March, the one of 5.1 million signed in June is for the 5."""
    other = PROMISE | sum_of(9) | {"entry": "7", "package": "7"}
    made = asked(PROMISE | sum_of(5) | {"package": "5"}, other, SIGNED | LATER | sum_of(5.1))
    assert made == [("6", "contracts_for", "5", "undecided")]


def test_two_promises_that_are_as_likely_are_both_told_with_half_the_probability() -> None:
    """Nobody knows whether what was signed is for Sumy or for Lviv."""
    places = (("5", "Sumy"), ("7", "Lviv"))
    some = ({"entry": n, "package": n, "text": f"helmets for {to}"} for n, to in places)
    promised = [PROMISE | sum_of(5) | one for one in some]
    ledger = entries(*promised, SIGNED | LATER | sum_of(5.1))
    made = relate(ledger).relations.filter(pl.col("relation") == "contracts_for")
    assert made["right"].to_list() == ["5", "7"]
    assert all(chance <= 0.5 for chance in made["probability"])


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(
    "unlike",
    [
        {"text": "helmets for Lviv"},
        {"good": "tent", "text": "tents for Sumy"},
        {"day_from": date(2022, 7, 1), "day_to": date(2022, 7, 1)},
        {"party": "SL-1"},
        {"stage": "paid in"},
    ],
)
def test_another_place_good_giver_or_an_earlier_contract_is_not_asked_about(
    unlike: dict[str, object],
) -> None:
    signed = SIGNED | LATER | sum_of(5.1) | {"text": "helmets for Sumy"}
    promise = PROMISE | sum_of(5) | {"package": "5"}
    assert len(asked(promise, signed)) == 1
    assert asked(promise | unlike, signed) == []


def test_where_a_package_tells_its_lines_the_contract_is_for_a_line() -> None:
    line: dict[str, object] = {"entry": "8", "package": "5", "line": "5/1", "good": "lorry"}
    assert asked(PROMISE | sum_of(5) | {"package": "5"}, line, SIGNED | LATER | sum_of(5.1)) == []


def test_a_contract_whose_document_says_what_it_is_for_is_not_asked_about() -> None:
    ledger = entries(PROMISE | sum_of(5) | {"package": "5"}, SIGNED | LATER | sum_of(5.1), {"entry": "9"})
    found = relate(ledger, relations=relations(("6", "contracts_for", "9"))).relations
    assert told(found.filter(pl.col("relation") == "contracts_for")) == [
        ("6", "contracts_for", "9", "accepted")
    ]
