"""No more is received than was sent."""

from decimal import Decimal

from konvoi.intake.check import whole
from konvoi.intake.checks.received import received_above_dispatched
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
    findings = received_above_dispatched(whole([Reading("f.csv", "", "t", entries=frame(rows))]))
    return [(finding.code, finding.read) for finding in findings]


def test_more_than_before_is_told_with_line_stage_and_number() -> None:
    assert found(tanks("dispatched", 4), tanks("received", 5)) == [
        ("received-above-dispatched", "P/1, received: 5")
    ]


def test_as_much_as_before_is_no_contradiction() -> None:
    assert found(tanks("dispatched", 5), tanks("received", 5)) == []


def test_entries_of_one_stage_add_up() -> None:
    """Two part deliveries that are each within what was promised may together exceed it."""
    assert found(tanks("dispatched", 4), tanks("received", 3), tanks("received", 2)) != []
    assert found(tanks("dispatched", 3), tanks("dispatched", 2), tanks("received", 5)) == []


def test_what_is_unknown_contradicts_nothing() -> None:
    unknown = tanks("dispatched", 4) | {"quantity": None}
    assert found(unknown, tanks("received", 5)) == []
    assert found(tanks("received", 5)) == []


def test_lines_and_units_are_not_mixed() -> None:
    assert found(tanks("dispatched", 4), tanks("received", 5, line="P/2")) == []
    assert found(tanks("dispatched", 4), tanks("received", 5, unit="t")) == []


def test_what_was_handed_over_counts_as_sent() -> None:
    assert found(tanks("dispatched", 4), tanks("handed over", 5), tanks("received", 5)) == []
