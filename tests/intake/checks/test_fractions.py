"""Pieces are whole."""

from decimal import Decimal

from konvoi.intake.check import whole
from konvoi.intake.checks.fractions import pieces_not_whole
from konvoi.model.document import Reading
from konvoi.model.entries import frame


def found(quantity: str, unit: str) -> list[str]:
    row = {"entry": "1", "line": "L", "quantity": Decimal(quantity), "unit": unit}
    return [f.read for f in pieces_not_whole(whole([Reading("f", "", "t", entries=frame([row]))]))]


def test_a_part_of_a_piece_is_told() -> None:
    assert found("216.666667", "piece") == ["L: 216.666667"]


def test_whole_pieces_and_parts_of_a_tonne_are_well() -> None:
    assert found("216", "piece") == []
    assert found("-2", "piece") == []
    assert found("7.725", "t") == []
