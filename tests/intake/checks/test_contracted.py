"""No more is signed for than was allocated."""

from decimal import Decimal

from konvoi.intake.check import whole
from konvoi.intake.checks.contracted import contracted_above_allocated
from konvoi.model.document import Reading
from konvoi.model.entries import frame


def tanks(stage: str, quantity: int, **other: object) -> dict[str, object]:
    """Tanks of one line at a stage."""
    usual = {
        "source": "s",
        "submission": "f.csv",
        "package": "P",
        "line": "P/1",
        "unit": "piece",
        "row": quantity,
    }
    return usual | {"entry": f"{stage} {quantity}", "stage": stage, "quantity": Decimal(quantity)} | other


def found(*rows: dict[str, object]) -> list[tuple[str, str]]:
    findings = contracted_above_allocated(whole([Reading("f.csv", "", "t", entries=frame(rows))]))
    return [(finding.code, finding.read) for finding in findings]


def test_more_than_before_is_told_with_line_stage_and_number() -> None:
    assert found(tanks("allocated", 4), tanks("contracted", 5)) == [
        ("contracted-above-allocated", "P/1, contracted: 5")
    ]


def test_as_much_as_before_is_no_contradiction() -> None:
    assert found(tanks("allocated", 5), tanks("contracted", 5)) == []


def test_entries_of_one_stage_add_up() -> None:
    """Two part deliveries that are each within what was promised may together exceed it."""
    assert found(tanks("allocated", 4), tanks("contracted", 3), tanks("contracted", 2)) != []
    assert found(tanks("allocated", 3), tanks("allocated", 2), tanks("contracted", 5)) == []


def test_what_is_unknown_contradicts_nothing() -> None:
    unknown = tanks("allocated", 4) | {"quantity": None}
    assert found(unknown, tanks("contracted", 5)) == []
    assert found(tanks("contracted", 5)) == []


def test_lines_and_units_are_not_mixed() -> None:
    assert found(tanks("allocated", 4), tanks("contracted", 5, line="P/2")) == []
    assert found(tanks("allocated", 4), tanks("contracted", 5, unit="t")) == []
