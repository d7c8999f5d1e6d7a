"""The short form of a brief: main parts, at most twelve sections by subject, nothing lost without a word."""

from tests.report.cases import case

from konvoi.report.annex import ANNEX, MAIN, MOST_ROWS, short, shown_ids
from konvoi.report.brief import brief
from konvoi.report.page import Message, Section, Table
from konvoi.report.reports import REPORTS


def table(id: str, rows: int) -> Table:
    return Table(id, Message("T"), (), tuple(("x",) for _ in range(rows)), Message("none"))


def test_every_part_of_the_full_brief_stands_in_one_place_of_the_short_form() -> None:
    placed = [*MAIN, *(part for one in ANNEX for part in one.parts)]
    assert sorted(placed) == sorted(report.name for report in REPORTS)


def test_the_annex_has_at_most_twelve_sections_each_with_one_chart_or_table() -> None:
    assert len(ANNEX) <= 12
    for section in brief(case(), "cell").on_screen[len(MAIN) :]:
        assert len(section.charts) + len(section.tables) == 1
        assert all(len(one.rows) <= MOST_ROWS for one in section.tables)


def test_a_cut_table_says_how_many_rows_there_are_and_where() -> None:
    found = short([Section("findings", Message("F"), (Message("a"),), (), (table("t", 13),))])
    (shown,) = found.sections[0].tables
    assert len(shown.rows) == MOST_ROWS
    assert shown.note is not None
    assert shown.note.values == {"shown": 12, "count": 13}


def test_parts_without_data_are_left_out_and_named() -> None:
    empty = Section("sessions", Message("Meetings"), (Message("none"),), (), (table("t", 0),))
    found = short([empty])
    assert found.sections == ()
    assert found.without_data == (Message("Meetings"),)


def test_coverage_without_needs_is_named_and_not_shown_where_support_is_published() -> None:
    """A public reader of published figures has no table of needs to fill."""
    empty = Section("coverage", Message("Coverage"), (Message("none"),), (), (table("t", 0),))
    support = Section("support", Message("Support"), (Message("a"),), (), (table("s", 1),))
    assert [one.id for one in short([support, empty]).sections] == ["support"]
    assert short([support, empty]).without_data == (Message("Coverage"),)
    assert [one.id for one in short([empty]).sections] == ["coverage"]


def test_the_full_form_shows_every_part() -> None:
    whole = brief(case(), "cell", full=True)
    assert whole.on_screen == whole.sections
    assert brief(case(), "cell").sections == whole.sections


def test_the_anchors_of_a_section_are_those_of_its_tables_and_rows() -> None:
    one = Table("t", Message("T"), (), (("x",),), Message("none"), anchors=("row-1",))
    assert shown_ids([Section("s", Message("S"), (), (), (one,))]) == {"s", "t", "row-1"}
