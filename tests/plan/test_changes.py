"""Changes between two issues of orders."""

from datetime import date

from konvoi.plan.changes import changes

TODAY = date(2026, 1, 12)
A: dict[str, object] = {
    "offer": "O",
    "need": "N",
    "good": "tent",
    "quantity": "5",
    "departs": "2026-01-19",
    "way": "DX; XS",
}


def rows(
    before: dict[str, dict[str, object]] | None, after: dict[str, dict[str, object]]
) -> list[tuple[object, ...]]:
    return changes(before, after, today=TODAY).rows()


def test_the_first_issue_marks_nothing() -> None:
    assert rows(None, {"A": dict(A)}) == []


def test_each_field_that_differs_is_told_with_both_values() -> None:
    assert rows({"A": dict(A)}, {"A": A | {"quantity": "6", "way": "DS"}}) == [
        ("A", "changed", "quantity", "5", "6"),
        ("A", "changed", "way", "DX; XS", "DS"),
    ]


def test_equal_numbers_written_differently_are_no_change() -> None:
    from decimal import Decimal

    assert (
        rows({"A": dict(A)}, {"A": A | {"quantity": Decimal("5.000000"), "departs": date(2026, 1, 19)}}) == []
    )


def test_what_is_gone_is_dropped_or_past_by_its_loading_day() -> None:
    old = {"A": dict(A), "B": A | {"departs": "2026-01-05", "need": "M"}}
    assert rows(old, {}) == [("A", "dropped", "", "", ""), ("B", "past", "", "", "")]


def test_a_new_one_that_stands_for_a_dropped_one_says_so_and_tells_what_differs() -> None:
    """The id of a consignment follows from its days, so one that is moved has a new id."""
    assert rows({"A": dict(A)}, {"B": A | {"departs": "2026-01-26"}}) == [
        ("A", "dropped", "", "", ""),
        ("B", "changed", "departs", "2026-01-19", "2026-01-26"),
        ("B", "new", "in place of", "A", ""),
    ]


def test_two_new_ones_stand_for_nobody() -> None:
    found = rows({"A": dict(A)}, {"B": dict(A), "C": dict(A)})
    assert [(row[0], row[1], row[3]) for row in found] == [
        ("A", "dropped", ""),
        ("B", "new", ""),
        ("C", "new", ""),
    ]
