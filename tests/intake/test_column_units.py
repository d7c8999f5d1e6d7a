"""Columns of amounts are read by their unit, and units that contradict each other are asked about."""

from konvoi.intake.sheet import Row, Value
from konvoi.intake.table import Origin, read_table
from konvoi.model.finding import Finding
from konvoi.model.tables import BY_NAME

GIFT: tuple[Value, ...] = ("BE-1", "Radios", "BE", 2500, "EUR", "2026-03-01", "military", "pledged")


def _read(*titles: str, head: str = "amount") -> tuple[list[object], list[Finding]]:
    cells: list[tuple[Value, ...]] = [(title,) for title in titles]
    cells += [("package", "title", "party", head, "currency", "day", "kind", "stage"), GIFT]
    rows = [Row(at, one) for at, one in enumerate(cells, start=1)]
    frame, findings = read_table(BY_NAME["packages"], rows, Origin("a.xlsx", "Packages"))
    return frame["amount"].to_list(), [one for one in findings if one.code.startswith("number")]


def test_the_unit_of_a_head_multiplies_its_column_and_is_told_once() -> None:
    amounts, (note,) = _read(head="amount (kEUR)")
    assert amounts == [250_000_000]
    assert (note.code, note.place.row, note.place.column) == ("number-by-unit", 1, "amount")
    assert note.values == {"times": "1,000"}


def test_so_does_a_line_above_the_head_and_both_may_agree() -> None:
    assert _read("List", "Amounts in thousand EUR")[0] == [250_000_000]
    assert _read("Amounts in thousand EUR", head="amount (kEUR)")[0] == [250_000_000]
    assert _read("Amounts in thousand EUR", head="amount (EUR)")[0] == [250_000_000]


def test_without_a_unit_of_scale_nothing_changes() -> None:
    assert _read("Support of EUR 5 million", head="amount (EUR)") == ([250_000], [])


def test_units_that_contradict_each_other_leave_the_column_unread() -> None:
    amounts, (error, cell) = _read("Amounts in thousand EUR", head="amount (Mio. EUR)")
    assert amounts == [None]
    assert (error.code, cell.code) == ("number-unit-contradictory", "number-unit-unclear")
    assert (error.values["few"], error.values["many"]) == ("1,000", "1,000,000")


def test_a_unit_that_may_mean_two_scales_is_asked_about() -> None:
    assert [one.code for one in _read(head="amount (billion EUR)")[1]][:1] == ["number-unit-contradictory"]
