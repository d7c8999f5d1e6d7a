"""Disclosure control: contributors, dominance, and what a reader can infer from several figures."""

import math
from collections.abc import Callable
from decimal import Decimal

import pytest

from konvoi.ledger.disclosure import (
    Exposure,
    Protection,
    contributors_besides,
    dominant,
    exposures,
    too_few,
)
from konvoi.ledger.exposure import Interval
from konvoi.ledger.release import BAND, IN_TOTAL, Contribution, Figure, Measure, figure

USUAL = Protection()


def one(party: str, value: int, *, record: str = "", mode: str = IN_TOTAL, basis: str = "") -> Contribution:
    return Contribution(record or f"{party} / 1", party, party, mode, basis or f"EUR {value}", value)


def made(*rows: Contribution, topic: str = "pledged", key: str = "") -> Figure:
    return figure(topic, key, rows, Measure("EUR", 0))


def nothing(_: Contribution) -> bool:
    return False


def party(name: str) -> Callable[[Contribution], bool]:
    return lambda one: one.party == name


def found(figures: list[Figure], sees: Callable[[Contribution], bool] = nothing) -> dict[str, Interval]:
    return {f"{one.subject} {one.name}": one.interval for one in exposures(figures, sees)}


THREE = (one("A", 45), one("B", 30), one("C", 25))


def test_three_contributors_besides_the_reader_are_enough() -> None:
    assert not too_few(made(*THREE), "public", USUAL)
    assert too_few(made(*THREE), "A", USUAL)
    assert too_few(made(*THREE, one("A", 5, record="A / 2")), "A", USUAL)
    assert too_few(made(*THREE), "public", Protection(contributors=4))


def test_two_records_of_one_party_are_one_contributor() -> None:
    assert too_few(made(*THREE[:2], one("A", 5, record="A / 2")), "public", USUAL)


def test_two_that_state_more_than_the_share_dominate() -> None:
    """45 and 41 of 100 are more than 85 %; 45 and 40 are not. The reader's own part does not count."""
    assert dominant(made(one("A", 45), one("B", 41), one("C", 14)), "public", USUAL) == ("A", "B")
    assert dominant(made(one("A", 45), one("B", 40), one("C", 15)), "public", USUAL) == ()
    assert dominant(made(one("A", 45), one("B", 40), one("C", 15), one("D", 900)), "D", USUAL) == ()


def test_a_contributor_takes_its_own_amount_off() -> None:
    assert found([made(*THREE)])["record A / 1"] == Interval(0, 100)
    assert found([made(*THREE)], party("B")) == {
        "record A / 1": Interval(0, 70),
        "record C / 1": Interval(0, 70),
    }


def test_two_releases_that_differ_by_one_record_expose_it() -> None:
    figures = [made(*THREE), made(*THREE, one("D", 40))]
    assert found(figures)["record D / 1"] == Interval(40, 40)
    exposed = [one for one in exposures(figures, nothing) if one.narrow(20)]
    assert [(one.subject, one.name) for one in exposed] == [("record", "D / 1")]


def test_a_record_that_is_no_longer_in_the_figure_is_exposed_as_well() -> None:
    assert found([made(*THREE, one("D", 40)), made(*THREE)])["record D / 1"] == Interval(40, 40)


def test_the_change_of_one_record_is_exposed_although_its_amount_is_not() -> None:
    raised = one("A", 60)
    told = found([made(*THREE), made(raised, *THREE[1:])])
    assert told["change A / 1"] == Interval(15, 15)
    # The amount of A is one before and one after, both under one name; the later stands.
    assert told["record A / 1"] == Interval(15, 115)


def test_the_same_record_may_state_another_amount_at_another_stage() -> None:
    raised = one("A", 40)
    told = found([made(*THREE), made(raised, *THREE[1:], topic="committed")])
    assert "change A / 1" not in told


def test_another_rate_is_the_same_amount() -> None:
    """All rates rise by a tenth; what D adds is told all the same, in today's euro."""
    before = [one("A", 100, basis="USD 1"), one("B", 200, basis="USD 2"), one("C", 300, basis="USD 3")]
    after = [one("A", 110, basis="USD 1"), one("B", 220, basis="USD 2"), one("C", 330, basis="USD 3")]
    told = found([made(*before), made(*after, one("D", 50, basis="USD 4"))])
    assert told["record D / 1"] == Interval(50, 50)


def test_the_sum_of_a_party_is_protected_besides_its_records() -> None:
    """Rows of two kinds: B and C are all of the other kind, so that A's two records are known together."""
    both = one("A", 20), one("A", 25, record="A / 2")
    others = one("B", 30), one("C", 25)
    told = found([made(*both, *others), made(*others, key="energy")])
    assert told["party A"] == Interval(45, 45)
    assert told["record A / 1"] == Interval(0, 45)


def test_a_band_exposes_less_than_the_sum() -> None:
    banded = made(*THREE[:2], one("C", 25, mode=BAND))
    assert (banded.low, banded.high) == (100, 200)
    assert found([banded])["record C / 1"] == Interval(0, 200)


def test_an_interval_must_reach_far_enough_on_both_sides() -> None:
    def narrow(low: int | None, high: int | None) -> bool:
        return Exposure("record", "A / 1", "A", "", 100, "EUR", 0, Interval(low, high)).narrow(20)

    assert not narrow(80, 120)
    assert narrow(81, 500)
    assert narrow(0, 119)
    assert not narrow(None, None)


def exposure(value: int, low: int | None, high: int | None) -> Exposure:
    return Exposure("record", "A / 1", "A", "", value, "EUR", 2, Interval(low, high))


@pytest.mark.parametrize(
    ("low", "high", "narrow"),
    [
        (80, 120, False),
        (81, 120, True),
        (80, 119, True),
        (None, 120, False),
        (80, None, False),
        (None, None, False),
    ],
)
def test_an_interval_is_narrow_where_one_side_does_not_reach_a_fifth(
    low: int | None, high: int | None, narrow: bool
) -> None:
    assert exposure(100, low, high).narrow(20) is narrow


def test_the_margin_is_the_nearer_end_as_a_part_of_the_amount() -> None:
    assert exposure(100, 70, 150).margin == 0.3
    assert exposure(100, 70, 110).margin == 0.1
    assert exposure(100, None, 110).margin == 0.1
    assert exposure(100, 70, None).margin == 0.3
    assert exposure(0, 0, 5).margin == 0
    assert exposure(100, None, None).margin == math.inf
    assert exposure(450, None, 500).ends == (None, Decimal("5.00"))
    assert exposure(450, 400, None).ends == (Decimal("4.00"), None)


def test_the_largest_contributors_come_first_and_equal_ones_by_name() -> None:
    figure = made(one("C", 5), one("B", 20), one("A", 5), one("A", 3, record="A / 2"), one("D", 5))
    assert list(contributors_besides(figure, "public").items()) == [("B", 20), ("A", 8), ("C", 5), ("D", 5)]
    assert list(contributors_besides(figure, "B")) == ["A", "C", "D"]


def test_of_two_inferences_that_end_as_near_the_narrower_is_closer() -> None:
    """Both may be 0; one reader knows that it is at most 150, the other at most 200."""
    assert exposure(100, 0, 200).margin == exposure(100, 0, 150 + 50).margin
    assert exposure(100, 0, 250).closeness > exposure(100, 0, 210).closeness
    assert exposure(100, 0, None).closeness > exposure(100, 0, 250).closeness
    assert exposure(100, 70, 150).closeness < exposure(100, 60, 150).closeness
