"""Corrections by a power of ten are asked about."""

from datetime import date

import polars as pl
from tests.intake.checks.plausible import package

from konvoi.flow.ledger.changed_scale import changed_scales
from konvoi.ledger.versions import SUPERSEDED
from konvoi.model.entries import frame


def _codes(*changes: tuple[int, int]) -> list[str]:
    """The factors told of, for amounts before and after, in one document."""
    new = [
        package(after, entry=f"n{at}", package=f"P-{at}", row=at, known_on=date(2031, 3, 1))
        for at, (_, after) in enumerate(changes)
    ]
    old = [
        package(before, entry=f"o{at}", package=f"P-{at}", row=at, known_on=date(2031, 2, 1))
        for at, (before, _) in enumerate(changes)
    ]
    by = [f"n{at}" for at in range(len(changes))]
    gone = frame(old).with_columns(until=pl.lit(None, pl.Date()), by=pl.Series(by))
    return [one.values["times"] for one in changed_scales(frame(new), gone.select(list(SUPERSEDED)))]


def test_a_thousandth_or_thousandfold_is_asked_about() -> None:
    assert _codes((4_000_000, 4_000)) == ["1/1,000"]
    assert _codes((4_000, 3_990_000)) == ["1,000 ×"]
    assert _codes((4_000_000, 400_000)) == []
    assert _codes((4_000_000, 5_000_000)) == []


def test_ten_times_is_asked_about_in_several_records_of_a_document() -> None:
    assert _codes((4_000_000, 400_000), (3_000_000, 300_000)) == ["1/10", "1/10"]


def test_ten_and_a_hundred_times_must_be_exact_and_a_thousand_nearly() -> None:
    twice = (3_000_000, 300_000)
    assert _codes((4_000_000, 40_000), twice) == []
    assert _codes((4_000_000, 400_001), twice) == []
    assert _codes((4_000, 40_000), (3_000, 30_000)) == ["10 ×", "10 ×"]
    assert _codes((400_000, 4_000), (300_000, 3_000)) == ["1/100", "1/100"]
    assert _codes((100_000, 101_000_000)) == ["1,000 ×"]
    assert _codes((100_000, 101_100_000)) == []
    assert _codes((100_000, 99_000_000)) == ["1,000 ×"]
    assert _codes((100_000, 98_900_000)) == []


def test_one_record_of_a_document_by_ten_beside_one_by_a_thousand_is_not_asked_about() -> None:
    assert _codes((4_000_000, 400_000), (3_000_000, 3_000)) == ["1/1,000"]
    assert _codes((4_000_000, 400_000), (300_000, 3_000_000)) == []


def test_nothing_is_asked_of_unchanged_amounts_or_of_none_below_zero() -> None:
    assert _codes((0, 5_000), (-5_000, -5), (7, 7)) == []
