"""The stated error rests on pairs that chance drew, by hand and with its basis."""

import polars as pl
import pytest
from tests.reconcile.ledgers import entries

from konvoi.reconcile.error import LEAST, published, wilson
from konvoi.reconcile.random_sample import LABELLED

ROWS: list[dict[str, object]] = [
    {"entry": f"{party[0].lower()}{n}", "party": party, "text": text}
    for party, text in (("NL-1", "Tents"), ("SL-1", "Намети"))
    for n in range(40)
]
LEDGER = entries(*ROWS)


def labels(*rows: tuple[str, float, bool]) -> pl.DataFrame:
    """Pairs n0 and s0, n1 and s1, …: verdict, probability, whether drawn by chance."""
    full = [(f"n{at}", f"s{at}", "same_as", *row, row[1] >= 0.98) for at, row in enumerate(rows)]
    return pl.DataFrame(full, schema=LABELLED, orient="row")


def of(found: pl.DataFrame, by: str, key: str = "") -> dict[str, object]:
    return found.row(by_predicate=(pl.col("by") == by) & (pl.col("key") == key), named=True)


def test_the_share_of_pairs_of_which_the_other_was_likelier() -> None:
    """Twenty drawn: 15 same at 0.9, 3 different at 0.9, 2 same at 0.2: five are wrong, a quarter."""
    drawn = [("same", 0.9, True)] * 15 + [("different", 0.9, True)] * 3 + [("same", 0.2, True)] * 2
    whole = of(published(labels(*drawn, ("different", 0.9, False)), LEDGER), "all")
    assert (whole["pairs"], whole["wrong"], whole["share"]) == (20, 5, 0.25)
    assert (whole["lowest"], whole["highest"]) == wilson(5, 20)


def test_as_many_are_expected_to_be_the_same_as_probabilities_add_up_to() -> None:
    """By 0.9, 0.5 and 0.2 it is 1.6; two were judged the same. Unsure ones and those of weight are out."""
    drawn = (("same", 0.9, True), ("same", 0.5, True), ("different", 0.2, True))
    found = published(labels(*drawn, ("unsure", 0.7, True), ("same", 0.8, False)), LEDGER)
    for by, key in (("all", ""), ("partner", "SL-1"), ("script", "Cyrillic – Latin")):
        assert (of(found, by, key)["same"], of(found, by, key)["expected"]) == (2, pytest.approx(1.6))


def test_below_a_stated_number_there_is_no_basis() -> None:
    few = [("same", 0.9, True)] * (LEAST - 1)
    whole = of(published(labels(*few), LEDGER), "all")
    assert (whole["pairs"], whole["share"], whole["highest"]) == (LEAST - 1, None, None)


def test_unsure_is_neither_right_nor_wrong() -> None:
    whole = of(published(labels(("unsure", 0.9, True), ("same", 0.9, True)), LEDGER), "all")
    assert (whole["pairs"], whole["unsure"], whole["wrong"]) == (1, 1, 0)


def test_a_pair_stands_under_each_partner_once_and_under_its_scripts_together() -> None:
    found = published(labels(("same", 0.9, True)), LEDGER)
    assert found.select("by", "key", "pairs").rows() == [
        ("all", "", 1),
        ("partner", "NL-1", 1),
        ("partner", "SL-1", 1),
        ("script", "Cyrillic – Latin", 1),
    ]


def test_what_counts_as_one_without_a_person_has_a_line_of_its_own() -> None:
    found = published(labels(("different", 0.99, True), ("same", 0.99, True), ("same", 0.6, True)), LEDGER)
    assert [of(found, "accepted")[name] for name in ("pairs", "wrong")] == [2, 1]


def test_a_pair_whose_other_end_a_reader_may_not_see_is_in_no_count() -> None:
    assert published(labels(("same", 0.9, True)), LEDGER.filter(pl.col("party") == "NL-1")).is_empty()


def test_nothing_judged_is_an_empty_table() -> None:
    assert published(labels(), LEDGER).is_empty()


@pytest.mark.parametrize(("hits", "trials"), [(0, 0), (0, 1), (1, 1), (50, 50), (1, 10_000)])
def test_an_interval_holds_its_share_and_stays_within_nought_and_one(hits: int, trials: int) -> None:
    low, high = wilson(hits, trials)
    assert 0 <= low <= (hits / trials if trials else 0) <= high <= 1
