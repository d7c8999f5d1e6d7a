"""Clusters that a number, a lone word or a register without a word gathers."""

from datetime import date
from typing import Any

import polars as pl
from bench.reconciling.gathered import gathered

DAY = (date(2024, 3, 1) - date(1970, 1, 1)).days


def record(id_: str, days: int, **said: Any) -> dict[str, object]:
    """NL gives generators to UA, a million euros, in the words of its ministry."""
    base: dict[str, object] = {
        "id": id_, "cluster": id_, "source": "ministry/NL", "variant": "ministry", "stage": "pledged",
        "party": "NL", "counterparty": "UA", "thing": "generator", "place": None, "numbered": None,
        "quantity": None, "amount": 1e6, "eur": 1e6, "usd": 1.1e6, "step": 1e5, "currency": "EUR",
        "reference": None, "known": DAY + days, "first": DAY + days, "last": DAY + days, "lead": None,
    }  # fmt: skip
    return base | said


def clusters(*rows: dict[str, object]) -> list[str]:
    """For each record, by id, the first one of its cluster."""
    texts = ("place", "numbered", "reference", "lead")
    schema = dict.fromkeys(texts, pl.String) | {"quantity": pl.Float64}
    table = pl.DataFrame(list(rows), schema_overrides=schema)
    found = gathered(table).sort("id")["cluster"].to_list()
    return [table.sort("id")["id"][found.index(one)] for one in found]


def fts(id_: str, days: int, **said: Any) -> dict[str, object]:
    return record(id_, days, source="fts", variant="fts", stage="committed", step=1.0) | said


def test_what_is_announced_again_and_held_by_nobody_is_the_earlier_gift() -> None:
    first = record("a", 0), fts("a2", 3, cluster="a")
    assert clusters(*first, record("b", 200, eur=1.01e6)) == ["a", "a", "a"]


def test_another_sum_or_place_is_another_gift() -> None:
    first = record("a", 0, place="sumy"), fts("a2", 3, cluster="a")
    assert clusters(*first, record("b", 200, eur=1.3e6, usd=1.4e6)) == ["a", "a", "b"]
    assert clusters(*first, record("b", 200, place="kherson")) == ["a", "a", "b"]


def test_a_register_without_a_word_goes_to_the_word_that_it_fits() -> None:
    words = record("a", 0), record("b", 0, eur=5e6, usd=5.5e6, amount=5e6)
    assert clusters(*words, fts("c", 20, eur=4.9e6, usd=5.4e6)) == ["a", "b", "b"]


def test_a_register_has_no_two_rows_of_one_gift_but_under_one_number() -> None:
    held = record("a", 0), fts("a2", 3, cluster="a", reference="NL-1")
    assert clusters(*held, fts("c", 20)) == ["a", "a", "c"]
    assert clusters(*held, fts("c", 3, reference="NL-1", eur=1.2e6, usd=1.3e6)) == ["a", "a", "a"]


def test_what_is_drawn_from_an_emptied_flow_is_left_alone() -> None:
    parked = record("a", 0), fts("a2", 3, cluster="a", amount=0.0, eur=0.0, usd=0.0)
    assert clusters(*parked, fts("c", 20)) == ["a", "a", "c"]
