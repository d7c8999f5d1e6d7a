"""The rows of a figure add up to its own total."""

from decimal import Decimal

from konvoi.intake.check import whole
from konvoi.intake.checks.rows import rows_do_not_sum
from konvoi.model.document import Reading
from konvoi.model.entries import CLAIMS, frame
from konvoi.model.finding import Finding


def claim(party: str | None, value: int, **other: object) -> dict[str, object]:
    usual = {"claim": party, "measure": "aid|total", "stage": "committed", "unit": "EUR bn", "sheet": "F"}
    return usual | {"party": party, "value": Decimal(value), "row": value, "column": "B"} | other


def found(*claims: dict[str, object]) -> tuple[Finding, ...]:
    return rows_do_not_sum(whole([Reading("f.xlsx", "", "t", claims=frame(claims, CLAIMS))]))


def test_a_total_that_its_rows_do_not_reach_is_told_at_the_total() -> None:
    (finding,) = found(claim("DE", 4), claim("FR", 5), claim(None, 10))
    assert (finding.code, finding.read, finding.place.row) == ("rows-do-not-sum", "aid total: 10", 10)
    assert finding.values["sum"] == "9"


def test_rows_that_add_up_are_well() -> None:
    assert found(claim("DE", 4), claim("FR", 5), claim(None, 9)) == ()


def test_a_figure_without_a_total_or_without_rows_compares_nothing() -> None:
    assert found(claim("DE", 4)) == ()
    assert found(claim(None, 4)) == ()


def test_sheets_and_measures_are_kept_apart() -> None:
    assert found(claim("DE", 4), claim("FR", 5, sheet="G"), claim(None, 4)) == ()
    assert found(claim("DE", 4), claim("FR", 5, measure="loans"), claim(None, 4)) == ()
