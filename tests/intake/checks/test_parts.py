"""Parts that a document states add up to the total that it states."""

from decimal import Decimal

from konvoi.intake.check import whole
from konvoi.intake.checks.parts import parts_do_not_sum
from konvoi.model.document import Reading
from konvoi.model.entries import CLAIMS, frame
from konvoi.model.finding import Finding


def claim(measure: str, value: str, **other: object) -> dict[str, object]:
    usual = {"claim": measure, "measure": measure, "value": Decimal(value), "unit": "EUR bn", "sheet": "F"}
    return usual | {"row": 1, "column": "B", "party": "DE"} | other


def found(*claims: dict[str, object]) -> tuple[Finding, ...]:
    return parts_do_not_sum(whole([Reading("f.xlsx", "", "t", claims=frame(claims, CLAIMS))]))


def test_parts_that_miss_their_total_are_told_with_what_would_fit() -> None:
    (finding,) = found(claim("X|total", "10"), claim("X|part|paid", "4"), claim("X|part|open", "5"))
    assert finding.read == "Germany: paid 4 (40.0 %), open 5 (50.0 %)"
    assert finding.values["sum"] == "9"
    assert finding.values["rest"] == "1"
    assert finding.values["fits"] == "open 6"
    assert (finding.place.file, finding.place.sheet, finding.place.row) == ("f.xlsx", "F", 1)


def test_parts_that_add_up_but_for_rounding_are_well() -> None:
    assert found(claim("X|total", "10"), claim("X|part|a", "4.003"), claim("X|part|b", "6")) == ()
    assert len(found(claim("X|total", "10"), claim("X|part|a", "4.03"), claim("X|part|b", "6"))) == 1


def test_a_missing_total_or_part_compares_nothing() -> None:
    assert found(claim("X|part|a", "4")) == ()
    assert found(claim("X|total", "4")) == ()


def test_rows_and_subjects_are_kept_apart() -> None:
    """A total of one row says nothing of the parts of the next."""
    assert found(claim("X|total", "10"), claim("X|part|a", "4", row=2)) == ()
    assert found(claim("X|total", "10"), claim("Y|part|a", "4")) == ()


def test_a_total_of_nothing_does_not_divide_by_it() -> None:
    (finding,) = found(claim("X|total", "0"), claim("X|part|a", "4"))
    assert finding.read == "Germany: a 4"
