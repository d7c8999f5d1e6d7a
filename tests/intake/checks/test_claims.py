"""Figures and matrices are held against the rows they are made from."""

from decimal import Decimal

import polars as pl

from konvoi.intake.check import whole
from konvoi.intake.checks.claims import claims_against_rows
from konvoi.model.document import Reading
from konvoi.model.entries import CLAIMS, frame
from konvoi.model.finding import Finding

TANKS: dict[str, object] = {
    "entry": "1",
    "party": "DE",
    "package": "P",
    "line": "P/1",
    "good": "m270",
    "stage": "committed",
    "quantity": Decimal(41),
    "unit": "piece",
}
MONEY: dict[str, object] = {
    "entry": "2",
    "party": "DE",
    "package": "P",
    "kind": "military",
    "stage": "committed",
    "stated_minor": 150_000_000_00,
    "stated_currency": "EUR",
}


def claim(measure: str, value: str, **other: object) -> dict[str, object]:
    usual = {"claim": "c", "measure": measure, "value": Decimal(value), "unit": "piece", "sheet": "M"}
    return usual | {"row": 7, "column": "C", "party": "DE", "stage": "committed"} | other


def found(*claims: dict[str, object], groups: dict[str, list[str]] | None = None) -> tuple[Finding, ...]:
    reading = Reading(
        "f.xlsx",
        "",
        "t",
        entries=frame([TANKS, MONEY]),
        claims=frame(claims, CLAIMS),
        tables={
            "groups": pl.DataFrame(groups or {"group": [], "party": []}, schema=["group", "party"]),
            "families": pl.DataFrame({"good": ["m270"], "family": ["mlrs"]}),
        },
    )
    return claims_against_rows(whole([reading]))


def test_a_matrix_that_differs_is_told_at_its_cell() -> None:
    (finding,) = found(claim("units", "38", good="m270"))
    assert finding.read == "Germany, m270, committed: 38"
    assert finding.values == {"rows": "41", "unit": "piece", "rest": "-3"}
    assert (finding.place.sheet, finding.place.row, finding.place.column) == ("M", 7, "C")


def test_a_claim_of_a_family_is_compared_with_the_goods_below_it_and_no_others() -> None:
    assert found(claim("units", "41", good="mlrs")) == ()
    assert len(found(claim("units", "41", good="m2"))) == 1


def test_cells_of_one_good_and_party_add_up() -> None:
    """A matrix has a row for each model of a good."""
    assert found(claim("units", "40", good="mlrs"), claim("units", "1", good="mlrs", row=8)) == ()


def test_amounts_are_compared_by_kind_and_in_total() -> None:
    assert found(claim("military|total", "0.15", unit="EUR bn")) == ()
    assert found(claim("committed|part|military", "0.15", unit="EUR bn")) == ()
    assert found(claim("committed|total", "0.15", unit="EUR bn")) == ()
    assert len(found(claim("committed|part|financial", "0.15", unit="EUR bn"))) == 1


def test_a_claim_of_all_and_one_of_a_group_are_compared_with_their_members() -> None:
    assert found(claim("units", "41", good="mlrs", party=None)) == ()
    assert found(claim("units", "41", good="mlrs", party="EU")) == ()
    assert len(found(claim("units", "40", good="mlrs", party="EU"))) == 1
    own = {"group": ["neighbours"], "party": ["PL"]}
    assert len(found(claim("units", "41", good="mlrs", party="neighbours"), groups=own)) == 1


def test_what_cannot_be_compared_is_left_alone() -> None:
    """An unknown group, a measure of another kind, a unit that is no amount."""
    assert found(claim("units", "1", good="mlrs", party="others")) == ()
    assert found(claim("budget support|total", "9", unit="EUR bn")) == ()
    assert found(claim("committed|total", "9", unit="% GDP")) == ()
