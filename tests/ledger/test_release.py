"""Released figures: sums and bands, and beside which totals they belong."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from konvoi.ledger.question import Question
from konvoi.ledger.release import (
    BAND,
    IN_TOTAL,
    Contribution,
    Figure,
    Measure,
    Release,
    band,
    beside,
    current,
    figure,
    topic,
)

DAY = date(2031, 2, 1)
PLEDGED = Question(mix=True)


def one(party: str, value: int, mode: str = IN_TOTAL) -> Contribution:
    return Contribution(f"{party} / 1", party, party, mode, f"EUR {value}", value)


def made(*values: int, key: str = "", mode: str = IN_TOTAL) -> Figure:
    rows = [one(f"P{at}", value, mode) for at, value in enumerate(values)]
    return figure(topic(PLEDGED), key, rows, Measure("EUR", 2))


def released(*figures: Figure, reader: str = "public", question: Question = PLEDGED) -> Release:
    return Release(1, reader, DAY, DAY, question, figures)


def test_the_sum_of_contributions_is_exact() -> None:
    assert made(4500, 3000).as_dict() == {"key": "", "value": Decimal("75.00"), "band": None, "unit": "EUR"}


def test_one_contribution_that_is_band_only_makes_the_figure_a_band() -> None:
    rows = [one("A", 4500), one("B", 3000, BAND)]
    found = figure(topic(PLEDGED), "", rows, Measure("EUR", 2))
    assert found.as_dict() == {
        "key": "",
        "value": None,
        "band": [Decimal("50.00"), Decimal("100.00")],
        "unit": "EUR",
    }


@pytest.mark.parametrize(("value", "ends"), [(1, (1, 2)), (4, (2, 5)), (5, (5, 10)), (1999, (1000, 2000))])
def test_bands_end_at_one_two_and_five(value: int, ends: tuple[int, int]) -> None:
    assert band(value) == ends


def test_what_readers_have_names_no_contribution_and_no_number() -> None:
    shown = replace(released(made(4500)), number=7, by="A. Example").published()
    assert shown.figures[0].contributions == ()
    assert (shown.number, shown.by, shown.at) == (0, "", "")


def test_partners_read_what_the_public_and_the_coalition_read() -> None:
    reach = {reader: released(reader=reader) for reader in ("public", "coalition", "AR")}
    assert [name for name, one in reach.items() if one.reaches("public")] == ["public"]
    assert [name for name, one in reach.items() if one.reaches("coalition")] == ["public", "coalition"]
    assert [name for name, one in reach.items() if one.reaches("AR")] == ["public", "coalition", "AR"]
    assert [name for name, one in reach.items() if one.reaches("BE", partner=False)] == ["public"]


def test_a_later_release_to_the_same_reader_replaces_a_figure() -> None:
    found = current([released(made(1)), released(made(2)), released(made(3), reader="AR")])
    assert [(release.reader, one.low) for release, one in found] == [("public", 2), ("AR", 3)]


def test_released_figures_stand_beside_their_total_and_beside_no_filtered_one() -> None:
    by_kind = replace(PLEDGED, by="kind")
    known = [released(made(1), made(1, key="energy"), question=by_kind)]
    assert [one.key for _, one in beside(PLEDGED, "EUR", known)] == [""]
    assert [one.key for _, one in beside(by_kind, "EUR", known)] == ["", "energy"]
    assert [one.key for _, one in beside(replace(PLEDGED, known=DAY), "EUR", known)] == [""]
    for other in (
        replace(PLEDGED, kind="energy"),
        replace(PLEDGED, party="AR"),
        replace(PLEDGED, good="tent"),
        replace(PLEDGED, boundary="country:AFG"),
        replace(PLEDGED, on=DAY),
        replace(PLEDGED, stage="committed"),
        replace(PLEDGED, exact=True),
        replace(PLEDGED, level="lines"),
    ):
        assert beside(other, "EUR", known) == ()
    assert beside(PLEDGED, "USD", known) == ()
