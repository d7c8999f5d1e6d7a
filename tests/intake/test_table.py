"""The core that workbook and CSV share: heads, rows, keys, what is left out and why."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.intake.sheet import Row, Value
from konvoi.intake.table import Origin, frame_schema, read_table
from konvoi.model.finding import Finding
from konvoi.model.limiting import UNREAD, Unread, cells_of
from konvoi.model.tables import BY_NAME, TABLES
from konvoi.model.unreadable import Why

GOODS = BY_NAME["goods"]
HEAD: tuple[Value, ...] = ("good", "name", "unit", "weight_kg")
TENT: tuple[Value, ...] = ("tent", "tent, 5 persons", "piece", 55)
ORIGIN = Origin("a.xlsx", "Goods")


def rows(*cells: tuple[Value, ...]) -> list[Row]:
    return [Row(at, one) for at, one in enumerate(cells, start=1)]


def told(findings: list[Finding]) -> list[tuple[str, int, str]]:
    return [(one.code, one.place.row, one.place.column) for one in findings]


def test_a_table_is_read_whatever_the_order_and_language_of_its_head() -> None:
    mixed = tuple(
        zip(("Stückgewicht [kg]", "Einheit *", "good", "назва"), (55, "piece", "tent", "t"), strict=True)
    )
    frame, findings = read_table(GOODS, rows(*zip(*mixed, strict=True)), ORIGIN)
    assert findings == []
    assert frame.select("good", "name", "unit", "weight_kg", "_row").row(0) == (
        "tent",
        "t",
        "piece",
        Decimal(55),
        2,
    )


def test_a_name_may_leave_out_the_unit_that_it_ends_with() -> None:
    frame, findings = read_table(GOODS, rows(("good", "name", "unit", "weight [kg]"), TENT), ORIGIN)
    assert findings == []
    assert frame["weight_kg"].to_list() == [55]


def test_a_title_above_the_head_and_tags_below_it_are_passed_over() -> None:
    tags: tuple[Value, ...] = ("#item", "#item+name", None, "#value")
    frame, findings = read_table(GOODS, rows(("Our goods",), HEAD, tags, TENT), ORIGIN)
    assert frame["_row"].to_list() == [4]
    assert told(findings) == []


def test_a_row_that_begins_with_a_hash_and_goes_on_otherwise_is_no_row_of_tags() -> None:
    frame, _ = read_table(GOODS, rows(HEAD, ("#1", "tent", "piece", 55)), ORIGIN)
    assert frame["good"].to_list() == ["#1"]


def test_a_currency_that_cannot_be_read_is_one_finding_for_the_row() -> None:
    """The amount lacks nothing else; an answer about the currency gives the amount too."""
    head: tuple[Value, ...] = ("package", "party", "day", "kind", "amount", "currency")
    row: tuple[Value, ...] = ("P-1", "PL", "2031-01-10", "energy", "40", "EURO")
    frame, findings = read_table(BY_NAME["packages"], rows(head, row), ORIGIN)
    assert told(findings) == [("currency-unreadable", 2, "currency")]
    assert (findings[0].values["unpriced"], findings[0].values["unpriced_read"]) == ("amount", "40")
    assert frame["amount"].to_list() == [None]
    _, findings = read_table(BY_NAME["packages"], rows(head, (*row[:-1], None)), ORIGIN)
    assert told(findings) == [("money-without-currency", 2, "amount")]


def test_unknown_columns_are_noted_and_double_ones_told() -> None:
    frame, findings = read_table(GOODS, rows((*HEAD, "colour", "Name"), (*TENT, "red", "other")), ORIGIN)
    assert told(findings) == [("column-unknown", 1, "colour"), ("column-double", 1, "name")]
    assert frame["name"].to_list() == ["tent, 5 persons"]


def test_without_a_mandatory_column_no_row_is_read() -> None:
    frame, findings = read_table(GOODS, rows(HEAD[:2], TENT[:2]), ORIGIN)
    assert (frame.height, told(findings)) == (0, [("column-missing", 1, "unit")])


def test_a_row_without_a_mandatory_value_is_left_out_and_the_rest_is_read() -> None:
    frame, findings = read_table(GOODS, rows(HEAD, ("a", None, "piece", 1), TENT), ORIGIN)
    assert frame["good"].to_list() == ["tent"]
    assert told(findings) == [("cell-missing", 2, "name")]


def test_an_optional_value_that_cannot_be_read_is_null_and_told() -> None:
    frame, findings = read_table(GOODS, rows(HEAD, (*TENT[:3], "5S kg")), ORIGIN)
    assert frame["weight_kg"].to_list() == [None]
    assert told(findings) == [("number-unreadable", 2, "weight_kg")]


def test_of_two_rows_with_one_key_the_first_stands() -> None:
    frame, findings = read_table(GOODS, rows(HEAD, TENT, ("tent", "other", "piece", 1)), ORIGIN)
    assert frame["name"].to_list() == ["tent, 5 persons"]
    assert [(one.code, one.place.row, one.values["first"]) for one in findings] == [("row-double", 3, "2")]


def test_a_key_of_two_columns_is_double_only_in_both() -> None:
    head: tuple[Value, ...] = ("currency", "day", "per_eur", "source")
    body: list[tuple[Value, ...]] = [
        ("USD", day, 1.1, "ECB") for day in ("2031-01-01", "2031-01-02", "2031-01-01")
    ]
    frame, findings = read_table(BY_NAME["rates"], rows(head, *body), ORIGIN)
    assert (frame.height, told(findings)) == (2, [("row-double", 4, "currency")])


def test_what_rounding_takes_is_totalled_in_one_note() -> None:
    head: tuple[Value, ...] = ("package", "party", "day", "kind", "amount", "currency")
    body: list[tuple[Value, ...]] = [(n, "PL", "2031-01-01", "energy", 1.004, "EUR") for n in range(3)]
    frame, findings = read_table(BY_NAME["packages"], rows(head, *body), ORIGIN)
    assert frame["amount"].to_list() == [100] * 3
    assert [(one.code, one.values["count"], one.values["total"]) for one in findings] == [
        ("money-rounded", "3", "0.012")
    ]


def test_empty_rows_are_no_rows() -> None:
    frame, findings = read_table(GOODS, rows(HEAD, (), (None, " "), (".", "–"), TENT), ORIGIN)
    assert (frame["_row"].to_list(), findings) == ([5], [])


def test_a_table_without_rows_is_empty_and_of_its_schema() -> None:
    for table in TABLES:
        frame, findings = read_table(table, [], ORIGIN)
        assert (frame.schema, frame.height, findings) == (frame_schema(table), 0, [])


@given(
    st.sampled_from(TABLES),
    st.lists(st.lists(st.one_of(st.none(), st.text(max_size=9), st.integers())), max_size=6),
)
def test_whatever_stands_below_a_head_nothing_raises(table: object, body: list[list[Value]]) -> None:
    known = next(one for one in TABLES if one is table)
    head = tuple(column.name for column in known.columns)
    frame, findings = read_table(known, rows(head, *(tuple(one) for one in body)), ORIGIN)
    assert frame.schema == frame_schema(known)
    assert frame.height <= len(body)
    assert all(one.remedy for one in findings)


def _weights(*texts: Value) -> tuple[list[Decimal | None], list[Finding]]:
    """Read a table of goods with these weights."""
    lines = [(f"good-{at}", "tent", "piece", text) for at, text in enumerate(texts)]
    frame, findings = read_table(GOODS, rows(HEAD, *lines), ORIGIN)
    return frame["weight_kg"].to_list(), findings


def test_separators_are_decided_from_the_other_numbers_of_the_column() -> None:
    assert _weights("1.469", "1.4234") == ([Decimal("1.469"), Decimal("1.4234")], [])
    assert _weights("895.500", "3.951.800") == ([Decimal(895500), Decimal(3951800)], [])
    assert _weights("2,500", "1,234.56") == ([Decimal(2500), Decimal("1234.56")], [])
    assert _weights("2.500", "12,5", 40) == ([Decimal(2500), Decimal("12.5"), Decimal(40)], [])


def test_a_column_that_is_unclear_as_a_whole_is_asked_about_once() -> None:
    values, findings = _weights("1.469", 7, "2.500", "3.750")
    assert values == [None, Decimal(7), None, None]
    assert told(findings) == [("number-ambiguous", 2, "weight_kg")]
    assert findings[0].values == {"few": "1.469", "many": "1469", "rows": "4, 5", "other_rows": "4-5"}


def test_a_column_that_contradicts_itself_is_asked_about() -> None:
    values, findings = _weights("1.5", "1,5", "2.500")
    assert values == [Decimal("1.5"), Decimal("1.5"), None]
    assert told(findings) == [("number-ambiguous", 4, "weight_kg")]


def _days(*texts: Value) -> tuple[list[object], list[Finding]]:
    """Read a table of packages with these days."""
    head = ("package", "party", "day", "kind", "title")
    lines = [(f"P-{at}", "PL", text, "energy", "Stoves") for at, text in enumerate(texts)]
    frame, findings = read_table(BY_NAME["packages"], rows(head, *lines), ORIGIN)
    return frame["day"].to_list(), findings


def test_the_order_of_day_and_month_is_decided_from_the_other_days_of_the_column() -> None:
    for texts, days, order in (
        (("03/04/2026", "25/04/2026"), [date(2026, 4, 3), date(2026, 4, 25)], "day first"),
        (("03-04-2026", "04-25-2026"), [date(2026, 3, 4), date(2026, 4, 25)], "month first"),
    ):
        found, (note,) = _days(*texts)
        assert found == days
        assert (note.code, note.place.row, order in note.remedy) == ("day-by-column", 2, True)


@pytest.mark.parametrize("other", ["2026-04-25", "25.04.2026", "12/12/2026"])
def test_days_of_a_clear_form_say_nothing_of_those_with_slashes(other: str) -> None:
    days, findings = _days("03/04/2026", other)
    assert (len(days), told(findings)) == (1, [("day-ambiguous", 2, "day")])


def test_a_column_with_both_orders_is_asked_about() -> None:
    _, findings = _days("03/04/2026", "25/04/2026", "04/25/2026")
    assert told(findings) == [("day-ambiguous", 2, "day")]


def test_an_unclear_number_in_a_mandatory_column_leaves_out_its_row() -> None:
    cells = [("M-1", "L-1", "1.250"), ("M-2", "L-1", "2.500"), ("M-3", "L-1", "40")]
    table = BY_NAME["movements"]
    lines = [(movement, line, "2026-01-01", "dispatched", quantity) for movement, line, quantity in cells]
    head = ("movement", "line", "day", "stage", "quantity")
    frame, findings = read_table(table, rows(head, *lines), ORIGIN)
    assert frame["movement"].to_list() == ["M-3"]
    assert told(findings) == [("number-ambiguous", 2, "quantity"), ("number-ambiguous", 3, "quantity")]


def test_a_limit_in_a_merged_cell_is_unreadable_where_the_box_covers_it() -> None:
    """The box of rows 2 and 3 states one capacity; that of row 4 is stated by itself, row 5 has no limit."""
    body = rows(("on", "tonnes"), ("A", 40), ("B", None), ("C", 5), ("D", None))
    frame, _ = read_table(BY_NAME["capacities"], body, ORIGIN, merged=[(2, 2, 3, 2)])
    assert frame["tonnes"].to_list() == [40, None, 5, None]
    assert [cells_of("capacities", text) for text in frame[UNREAD]] == [
        {},
        {"tonnes": Unread(Why.UNREADABLE, "40")},
        {},
        {},
    ]


def test_a_currency_that_cannot_be_read_is_one_finding_and_its_amount_is_not_read() -> None:
    head = ("package", "party", "day", "kind", "amount", "currency")
    rows = [Row(1, head), Row(2, ("P-1", "PL", "2031-01-01", "energy", 5, "Euro"))]
    frame, findings = read_table(BY_NAME["packages"], rows, Origin("a.csv", "packages"))
    assert [(one.code, one.place.column) for one in findings] == [("currency-unreadable", "currency")]
    assert frame["amount"].to_list() == [None]
