"""Promised days kept and moved."""

from dataclasses import replace
from datetime import date

from tests.report.cases import case, entry

from konvoi.model.entries import frame
from konvoi.report.case import Case
from konvoi.report.forecast.on_time_rate import kept, moved_days, slips
from konvoi.report.language import Language
from konvoi.report.page import Number, Share, Value

ENGLISH = Language("en")


def told(*rows: dict[str, object]) -> Case:
    return replace(case(), entries=frame([row | {"entry": f"E{at:02d}"} for at, row in enumerate(rows)]))


def word(
    line: str, promised: date | None, known: date = date(2026, 1, 1), **more: object
) -> dict[str, object]:
    return entry("E00", "ARV", "committed", 1, line=line, promised=promised, known_on=known, **more)


def plain(row: tuple[Value, ...]) -> list[object]:
    return [
        int(one.value or 0) if isinstance(one, Number) else one.value if isinstance(one, Share) else None
        for one in row
    ]


def test_the_share_is_of_promises_due_and_what_has_no_day_stands_apart() -> None:
    """Today is 2 March 2026: one kept, one overdue, one due in May, one without a day."""
    rows = told(
        word("a", date(2026, 2, 10)),
        entry("E01", "ARV", "received", 1, line="a", day_to=date(2026, 2, 9)),
        word("b", date(2026, 2, 10)),
        word("c", date(2026, 5, 1)),
        word("d", None),
    )
    table = next(iter(kept(rows)))
    assert plain(table.rows[0])[1:] == [2, 1, 0.5, 2, 1, 0.5, 1, 1]
    assert plain(table.sums)[1:] == plain(table.rows[0])[1:]


def test_a_moved_day_is_told_with_how_long_before_it_was_known() -> None:
    rows = told(
        word("a", date(2026, 2, 10)),
        word("a", date(2026, 2, 20), date(2026, 2, 1)),
        word("a", date(2026, 2, 18), date(2026, 2, 25)),
        word("b", date(2026, 2, 10)),
    )
    found = slips(rows)
    assert [(one.days, one.announced) for one in found] == [(10, 9), (-2, -5)]
    row = moved_days(rows).rows[0]
    assert plain(row)[1:] == [2, 2, 1, -2, -5, 1]


def test_a_day_told_twice_was_not_moved_and_a_withdrawn_line_has_no_slip() -> None:
    same = told(word("a", date(2026, 2, 10)), word("a", date(2026, 2, 10), date(2026, 2, 1)))
    assert slips(same) == ()
    gone = told(
        word("a", date(2026, 2, 10)),
        word("a", date(2026, 2, 12), date(2026, 2, 1)),
        entry("E02", "ARV", "withdrawn", None, line="a"),
    )
    assert slips(gone) == ()


def test_without_any_promise_the_tables_say_what_to_do() -> None:
    tables = list(kept(replace(case(), entries=case().entries.clear())))
    assert all(not table.rows for table in tables)
    assert ENGLISH.text(tables[0].empty).startswith("No promised dates submitted.")
