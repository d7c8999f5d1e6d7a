"""A score is told bit by bit; what is one in words and sum is parted from what two lists count."""

import json
from functools import cache

import polars as pl
import pytest
from tests.reconcile.ledgers import entries

from konvoi.reconcile.candidates import Alike, alike
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.records import records

GIFT: dict[str, object] = {"amount_minor": 22_500_000_00, "currency": "USD", "text": "water and medicine"}


@cache
def found() -> Alike:
    """One gift as its giver, a register and a paper tell it."""
    told = ({"entry": source, "source": source, **GIFT} for source in ("NL-1", "REGISTER", "PAPER"))
    return alike(records(entries(*told)), Policy())


def test_the_bits_of_a_score_add_up_to_its_odds() -> None:
    assert found().pairs.height == 3
    for evidence, probability in found().pairs.select("evidence", "probability").iter_rows():
        bits = sum(weight for _, _, weight in json.loads(evidence))
        assert 1 / (1 + 2**-bits) == pytest.approx(probability, abs=0.01)


def test_likely_and_unlikely_pairs_are_parted() -> None:
    """Four launchers in June, four in July: two lists of one source that count their lines."""
    assert found().pairs["probability"].min() > 0.5  # type: ignore[operator]
    line = {"line": "L", "good": "himars", "quantity": 4, "unit": "piece"}
    two = entries({"entry": "1", **line}, {"entry": "2", **line, "line": "M"})
    assert alike(records(two), Policy()).pairs.select(pl.len()).item() == 0


def test_two_statements_of_one_source_without_a_variant_may_be_alike() -> None:
    """Nobody declared this source's records unique: without a variant they are compared as all others are."""
    rows = [{"entry": n, "variant": None, "reference": None, "package": n, **GIFT} for n in ("1", "2")]
    assert alike(records(entries(*rows)), Policy()).pairs.height == 1
    unique = [row | {"variant": "iati"} for row in rows]
    assert alike(records(entries(*unique)), Policy()).pairs.height == 0
