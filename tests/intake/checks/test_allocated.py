"""No more is allocated than was committed."""

from decimal import Decimal

from konvoi.intake.check import whole
from konvoi.intake.checks.allocated import allocated_above_committed
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
    findings = allocated_above_committed(whole([Reading("f.csv", "", "t", entries=frame(rows))]))
    return [(finding.code, finding.read) for finding in findings]


def test_more_than_before_is_told_with_line_stage_and_number() -> None:
    assert found(tanks("committed", 4), tanks("allocated", 5)) == [
        ("allocated-above-committed", "P/1, allocated: 5")
    ]


def test_as_much_as_before_is_no_contradiction() -> None:
    assert found(tanks("committed", 5), tanks("allocated", 5)) == []


def test_entries_of_one_stage_add_up() -> None:
    """Two part deliveries that are each within what was promised may together exceed it."""
    assert found(tanks("committed", 4), tanks("allocated", 3), tanks("allocated", 2)) != []
    assert found(tanks("committed", 3), tanks("committed", 2), tanks("allocated", 5)) == []


def test_what_is_unknown_contradicts_nothing() -> None:
    unknown = tanks("committed", 4) | {"quantity": None}
    assert found(unknown, tanks("allocated", 5)) == []
    assert found(tanks("allocated", 5)) == []


def test_lines_and_units_are_not_mixed() -> None:
    assert found(tanks("committed", 4), tanks("allocated", 5, line="P/2")) == []
    assert found(tanks("committed", 4), tanks("allocated", 5, unit="t")) == []


def test_amounts_are_compared_in_one_currency() -> None:
    money = {"source": "s", "submission": "f.csv", "package": "P", "currency": "EUR"}
    words = money | {"entry": "a", "stage": "committed", "amount_minor": 100_00}
    given = money | {"entry": "b", "stage": "allocated", "amount_minor": 150_00}
    assert found(words, given) == [("allocated-above-committed", "P, allocated: 150")]
    assert found(words, given | {"currency": "USD"}) == []
