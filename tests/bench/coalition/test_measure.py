"""Ranges, verdicts and findings are compared with the truth as a reader would."""

from decimal import Decimal
from pathlib import Path

import pytest
from bench.coalition.dialects import Spot
from bench.coalition.measure import Range, false_alarms, found_at, not_held, verdict
from bench.coalition.plants import Place
from bench.coalition.product import Finding, Workspace
from bench.coalition.world import FIRST, Gift


def _range(value: int, lowest: int, highest: int) -> Range:
    return Range(Decimal(value) * 1000, Decimal(lowest) * 1000, Decimal(highest) * 1000)


@pytest.mark.parametrize(
    ("total", "excess", "found", "word"),
    [
        (_range(100, 100, 100), 0, True, "right"),
        (_range(190, 90, 190), 0, True, "in range"),
        (_range(190, 190, 190), 0, True, "wrong"),
        (_range(190, 120, 190), 0, True, "wrong"),
        (_range(1000, 1000, 1000), 900, True, "asked"),
        (_range(1000, 1000, 1000), 900, False, "wrong"),
        (Range(None, None, None), 0, True, "no answer"),
    ],
)
def test_a_verdict_on_a_total_whose_truth_is_100(total: Range, excess: int, found: bool, word: str) -> None:
    assert verdict(total, Decimal(100_000), Decimal(excess) * 1000, found) == word


def test_a_joint_gift_lets_a_partner_have_all_or_nothing_of_it() -> None:
    true = {
        "DE": (Decimal(0), Decimal(90_000)),
        "PL": (Decimal(50_000), Decimal(50_000)),
        "SE": (Decimal(7000), Decimal(7000)),
    }
    found = {"DE": _range(90, 90, 90), "PL": _range(60, 55, 60)}
    assert not_held(found, true) == ["PL", "SE"]


def _workspace(*findings: Finding) -> Workspace:
    path = Path("SE/some.xlsx")
    spots = [Spot("packages", "SE-1", "Packages", 2), Spot("lines", "SE-1/1", "Lines", 2)]
    return Workspace(
        Path("w"), Path("i"), spots={path: spots}, documents={path: ("SE", "some")}, findings=set(findings)
    )


def test_a_finding_counts_at_the_row_of_a_package_or_of_its_line_item_and_a_note_does_not() -> None:
    place, path = Place("SE", "some", "packages", "SE-1"), Path("SE/some.xlsx")
    at_line = Finding("warning", "any", path, "Lines", 2, "amount")
    elsewhere = Finding("warning", "any", path, "Packages", 3, "amount")
    note = Finding("note", "any", path, "Packages", 2, "amount")
    assert found_at(_workspace(at_line, elsewhere, note), place) == [at_line]
    assert found_at(_workspace(elsewhere, note), place) == []


def test_a_sheet_that_is_not_read_is_found_by_its_name() -> None:
    finding = Finding("warning", "any", Path("SE/some.xlsx"), "Packages", 0, "")
    assert found_at(_workspace(finding), Place("SE", "some", "packages", "")) == [finding]
    assert found_at(_workspace(finding), Place("SE", "some", "lines", "")) == []


def test_a_finding_at_a_clean_row_is_a_false_alarm() -> None:
    clean = Gift("SE", "energy", FIRST, "Gensets", Decimal(1), "SEK", reference="SE-1")
    alarm = Finding("warning", "any", Path("SE/some.xlsx"), "Packages", 2, "amount")
    assert false_alarms(_workspace(alarm), [clean]) == [alarm]
    assert false_alarms(_workspace(alarm), []) == []
