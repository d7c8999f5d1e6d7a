"""Chance draws pairs by a seed, one decision in ten; a sample lacks none that was judged before its turn."""

import polars as pl
from tests.reconcile.ledgers import entries

from konvoi.model.entries import RELATIONS
from konvoi.reconcile.judgement import JUDGEMENTS, RANDOM, judged, taken_back
from konvoi.reconcile.random_sample import drawn, labelled, order

MANY = 30
ROWS: list[dict[str, object]] = [{"entry": f"{side}{n:02d}"} for side in "ab" for n in range(MANY)]
LEDGER = entries(*ROWS)
PAIRS = [(f"a{n:02d}", f"b{n:02d}") for n in range(MANY)]


def proposed(*pairs: tuple[str, str], basis: str = "probability", status: str = "undecided") -> pl.DataFrame:
    rows = [(left, right, "same_as", None, 0.7, status, basis, "[]") for left, right in pairs]
    return pl.DataFrame(rows, schema=RELATIONS, orient="row")


def row(pair: tuple[str, str], verdict: str = "same", mark: str = "") -> dict[str, str]:
    at = "2022-06-01T10:00:00Z"
    made = judged(pair, verdict, relation="same_as", by="desk", at=at, entries=LEDGER)
    return made | {"drawn": mark}


def said(*rows: dict[str, str], seed: int = 1) -> pl.DataFrame:
    return labelled(pl.DataFrame(list(rows), schema=JUDGEMENTS), proposed(*PAIRS), LEDGER, seed=seed)


def test_in_every_ten_decisions_one_is_drawn_and_not_always_at_the_same_place() -> None:
    turns = [[drawn(10 * block + at, seed=1) for at in range(10)] for block in range(40)]
    assert {sum(block) for block in turns} == {1}
    assert len({block.index(True) for block in turns}) > 5


def test_the_order_of_chance_is_the_same_for_every_order_of_rows_and_another_for_another_seed() -> None:
    first = order(proposed(*PAIRS), LEDGER, 1)
    assert first.equals(order(proposed(*PAIRS[::-1]), LEDGER.reverse(), 1))
    assert first["left"].to_list() != order(proposed(*PAIRS), LEDGER, 2)["left"].to_list()
    assert first["place"].is_between(0, 1).all()


def test_a_pair_keeps_its_place_when_others_come_in() -> None:
    fewer = order(proposed(*PAIRS[:5]), LEDGER, 1)
    assert fewer.join(order(proposed(*PAIRS), LEDGER, 1), on=fewer.columns, how="semi").height == 5


def test_only_pairs_found_by_likeness_are_drawn() -> None:
    assert order(proposed(*PAIRS, basis="structure"), LEDGER, 1).is_empty()


def test_what_was_judged_before_its_turn_is_in_the_sample_and_what_comes_later_is_not() -> None:
    """The weighty pair that would have been drawn anyway counts; otherwise the sample would lack it."""
    turns = [(left, right) for left, right, _, _ in order(proposed(*PAIRS), LEDGER, 1).iter_rows()]
    found = said(row(turns[2]), row(turns[5], mark=RANDOM), row(turns[9]))
    assert dict(found.select("left", "random").iter_rows()) == {
        turns[2][0]: True,
        turns[5][0]: True,
        turns[9][0]: False,
    }


def test_without_a_pair_drawn_nothing_is_of_chance() -> None:
    assert said(row(PAIRS[0]))["random"].to_list() == [False]


def test_a_decision_says_what_likeness_said_from_whichever_side_it_was_made() -> None:
    found = said(row(PAIRS[0][::-1], "different"))
    assert found.select("left", "right", "verdict", "probability").rows() == [(*PAIRS[0], "different", 0.7)]


def test_what_was_taken_back_or_only_a_person_joined_gives_no_probability() -> None:
    first = row(PAIRS[0])
    assert said(first, taken_back(first, by="desk", at="2022-06-02T10:00:00Z")).is_empty()
    assert said(row(("a00", "b09")))["probability"].to_list() == [None]
