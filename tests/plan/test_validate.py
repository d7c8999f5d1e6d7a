"""Rows are looked through: whatever is wrong with a row is told with its column, not only the first fault."""

from datetime import date

import pytest

from konvoi.plan.clean import Notes
from konvoi.plan.validate import counted, in_turn, named, not_possible, within

ROW = {
    "_file": "tables.xlsx",
    "_sheet": "needs",
    "_row": 7,
    "site": "Z",
    "good": "zebra",
    "few": -1,
    "none": 0,
}


def places(notes: Notes) -> list[tuple[str, str, int, str]]:
    return [(f.code, f.place.sheet, f.place.row, f.place.column) for f in notes.found]


def test_each_id_that_nothing_has_is_told_with_its_cell() -> None:
    notes = Notes()
    where = {"site": (["S"], "sites"), "good": (["tent"], "goods")}
    assert not named(notes, "needs", ROW, where)
    assert places(notes) == [
        ("problem-id-unknown", "needs", 7, "site"),
        ("problem-id-unknown", "needs", 7, "good"),
    ]
    assert [finding.values for finding in notes.found] == [{"where": "sites"}, {"where": "goods"}]


def test_ids_that_there_are_are_not_told() -> None:
    notes = Notes()
    assert named(notes, "needs", ROW, {"site": (["Z"], "sites")})
    assert notes.found == []


@pytest.mark.parametrize(
    ("above", "least", "wrong"),
    [(("none",), (), ["none"]), ((), ("none",), []), (("few",), ("few",), ["few", "few"]), ((), (), [])],
)
def test_zero_is_wrong_only_where_a_number_must_be_above_it(
    above: tuple[str, ...], least: tuple[str, ...], wrong: list[str]
) -> None:
    notes = Notes()
    assert counted(notes, "needs", ROW, above=above, least=least) == (not wrong)
    assert [place[3] for place in places(notes)] == wrong


def test_a_number_that_is_not_given_is_not_wrong() -> None:
    assert counted(Notes(), "needs", {"few": None}, above=("few",), least=("few",))


def test_days_that_are_turned_are_told_at_the_later_one() -> None:
    first, last = date(2026, 1, 6), date(2026, 1, 5)
    notes = Notes()
    assert not in_turn(notes, "closures", {"from": first, "to": last}, "from", "to")
    assert in_turn(notes, "closures", {"from": last, "to": first}, "from", "to")
    assert in_turn(notes, "closures", {"from": first, "to": first}, "from", "to")
    assert in_turn(notes, "closures", {"from": None, "to": last}, "from", "to")
    assert [(f.code, f.place.column, f.values) for f in notes.found] == [
        ("problem-days-turned", "to", {"first": "2026-01-06"})
    ]


def test_what_begins_after_the_last_day_is_noted() -> None:
    end, notes = date(2026, 2, 2), Notes()
    for begins in (None, date(2026, 2, 1), end):
        within(notes, "offers", {"ready": begins}, "ready", end)
    assert [(f.code, f.severity, f.read) for f in notes.found] == [
        ("problem-past-horizon", "note", "2026-02-02")
    ]


def test_a_number_that_cannot_be_says_what_it_should_be() -> None:
    notes = Notes()
    not_possible(notes, "budgets", ROW, "few", expected="the price of one unit")
    assert [(f.read, f.expected) for f in notes.found] == [("-1", "the price of one unit")]
