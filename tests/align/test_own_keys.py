"""Own keys: which entries of one list may be one party."""

import numpy as np
import polars as pl

from konvoi.align.own_keys import differing, left_open, own_keys

NUMBERS = pl.Schema({"owner": pl.Int64(), "type": pl.String(), "value": pl.String(), "country": pl.String()})
PAIR = pl.DataFrame({"left": [1], "right": [2]})


def test_one_key_stands_for_all_lists_of_a_regime_that_gives_one() -> None:
    ids = ["us:sdn:7", "us:non-sdn:7", "uk:conlist:7", "eu:journal:A:7"]
    listed = pl.DataFrame({"listing": ids, "regime": [one[:2] for one in ids]})
    assert own_keys(listed)["key"].to_list() == ["us:7", "us:7", "uk:7", "eu:journal:A:7"]


def differ(*rows: tuple[int, str, str, str]) -> bool:
    return differing(PAIR, pl.DataFrame(rows, schema=NUMBERS, orient="row")).height == 1


def test_numbers_differ_where_both_hold_a_type_and_none_is_equal() -> None:
    assert not differ((1, "inn", "5", "RU"), (2, "inn", "5", "RU"), (2, "ogrn", "6", "RU"))
    assert differ((1, "inn", "5", "RU"), (2, "inn", "5", "RU"), (1, "swift", "A", ""), (2, "swift", "B", ""))
    assert differ((1, "inn", "5", "RU"), (2, "edrpou", "6", "UA"))
    assert not differ((1, "inn", "5", "RU"))


def test_of_several_groups_of_a_list_in_one_party_the_one_with_most_numbers_stays() -> None:
    party = np.array([0, 0, 0, 0, 4])
    sure = np.array([0, 1, 1, 3, 4])
    regime = np.array([1, 1, 1, 2, 1])
    assert left_open(party, sure, regime, np.array([1, 1, 1, 0, 0])).tolist() == [0, 1, 1, 1, 4]
    assert left_open(party, sure, regime, np.array([2, 0, 1, 0, 0])).tolist() == [0, 1, 1, 0, 4]
