"""What holds of every check that compares a later stage with an earlier one."""

from decimal import Decimal
from typing import ClassVar

from konvoi.intake.check import Check, whole
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


class Excess:
    """The tests of one check: a test file names the check, its code and its two stages."""

    check: ClassVar[Check]
    code: ClassVar[str]
    earlier: ClassVar[str]
    later: ClassVar[str]

    def found(self, *rows: dict[str, object]) -> list[tuple[str, str]]:
        """Code and what was read of each finding on such entries."""
        findings = type(self).check(whole([Reading("f.csv", "", "t", entries=frame(rows))]))
        return [(finding.code, finding.read) for finding in findings]

    def test_more_than_before_is_told_with_line_stage_and_number(self) -> None:
        told = [(self.code, f"P/1, {self.later}: 5")]
        assert self.found(tanks(self.earlier, 4), tanks(self.later, 5)) == told

    def test_as_much_as_before_is_no_contradiction(self) -> None:
        assert self.found(tanks(self.earlier, 5), tanks(self.later, 5)) == []

    def test_entries_of_one_stage_add_up(self) -> None:
        """Two parts that are each within what stood before may together exceed it."""
        parts = tanks(self.later, 3), tanks(self.later, 2)
        assert self.found(tanks(self.earlier, 4), *parts) != []
        assert self.found(tanks(self.earlier, 3), tanks(self.earlier, 2), tanks(self.later, 5)) == []

    def test_what_is_unknown_contradicts_nothing(self) -> None:
        unknown = tanks(self.earlier, 4) | {"quantity": None}
        assert self.found(unknown, tanks(self.later, 5)) == []
        assert self.found(tanks(self.later, 5)) == []

    def test_lines_and_units_are_not_mixed(self) -> None:
        assert self.found(tanks(self.earlier, 4), tanks(self.later, 5, line="P/2")) == []
        assert self.found(tanks(self.earlier, 4), tanks(self.later, 5, unit="t")) == []

    def test_amounts_are_compared_in_one_currency(self) -> None:
        money = {"source": "s", "submission": "f.csv", "package": "P", "currency": "EUR"}
        before = money | {"entry": "a", "stage": self.earlier, "amount_minor": 100_00}
        after = money | {"entry": "b", "stage": self.later, "amount_minor": 150_00}
        assert self.found(before, after) == [(self.code, f"P, {self.later}: 150")]
        assert self.found(before, after | {"currency": "USD"}) == []
