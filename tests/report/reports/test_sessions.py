"""Sessions and steps in a brief: what it answers, what each row says, and what it keeps to itself."""

from dataclasses import replace

import pytest
from tests.report.cases import case
from tests.report.talking import talking
from tests.report.views import visible

from konvoi.report.language import Language
from konvoi.report.page import Number, Section, Table
from konvoi.report.records import records
from konvoi.report.reports.sessions import section

EN = Language("en")


def drawn(audience: str = "", language: Language = EN) -> tuple[list[str], dict[str, list[list[str]]]]:
    """The sentences, and the cells of each table, as an audience reads them."""
    known = talking()
    found = section(visible(known, audience) if audience else known)
    assert isinstance(found, Section)
    tables = {one.id: [[language.text(cell) for cell in row] for row in one.rows] for one in found.tables}
    return [language.text(sentence) for sentence in found.answer], tables


def test_the_answer_names_the_sessions_around_the_day_and_what_is_late() -> None:
    assert drawn()[0] == [
        "Last meeting: Odrin, 10 Feb 2026 to 11 Feb 2026; 2 decisions.",
        "Next meeting: Karsk, 9 Mar 2026; 2 agenda items.",
        "4 open action items.",
        "2 overdue, the longest by 10 days.",
    ]


def test_a_step_says_whose_it_is_how_late_what_it_waits_for_and_what_it_moves() -> None:
    rows = drawn()[1]["steps-table"]
    assert rows[0] == ["A", "ask parliament", "Arvenia", "20 Feb 2026", "10 days", "open", "", ""]
    assert [row[0] for row in rows] == ["A", "C", "B", "D"]
    assert rows[2][5:] == ["open", "A, C", "ARV-1"]
    assert rows[3][5] == "open; reported as done"


def test_days_late_open_the_row_of_the_step() -> None:
    found = section(talking())
    assert found is not None
    (number, *_) = [cell for cell in found.tables[0].rows[0] if isinstance(cell, Number)]
    assert number.behind == ("steps/A",)
    record = next(one for one in records(talking()) if one.id == "steps/A")
    assert (record.sheet, record.row, EN.text(record.what)) == ("steps", 2, "A, ask parliament")


def test_the_agenda_is_ordered_by_topic_and_names_its_source() -> None:
    rows = drawn()[1]["agenda-table"]
    assert [row[:3] for row in rows] == [
        ["security", "Escorts again", ""],
        ["reconstruction", "Power", "Norvania"],
    ]
    assert rows[1][4] == "Norvania, official"


def test_points_and_decisions_are_read_in_the_readers_language() -> None:
    tables = drawn(language=Language("de"))[1]
    assert tables["agenda-table"][1][:2] == ["Wiederaufbau", "Strom"]
    assert tables["decisions-table"][0][1] == "Geleit bis April."


def test_a_decision_has_its_reservations_by_party_and_one_from_the_press_is_only_reported() -> None:
    rows = drawn()[1]["decisions-table"]
    assert rows[0][2:] == ["security", "11 Feb 2026", "adopted", "Castovia: budget; Tellmark"]
    assert rows[1][4] == "reported"


def test_a_session_counts_who_took_part_in_which_way() -> None:
    rows = drawn()[1]["sessions-table"]
    assert rows[0][0] == "Security advisers"
    assert rows[1] == ["S1", "10 Feb 2026 to 11 Feb 2026", "Odrin", "Norvania", "2", "1", "1", "1", "2"]


def test_what_is_hidden_is_not_named_and_changes_nothing_of_what_is_shown() -> None:
    """A step that waits for a hidden one says that it waits; a claim of the press stays one."""
    sentences, tables = drawn("public")
    rows = tables["steps-table"]
    assert [row[0] for row in rows] == ["A", "B", "D"]
    assert rows[1][6] == "A, what is not shown to this reader"
    assert rows[2][5] == "open; reported as done"
    assert tables["decisions-table"][1][4] == "reported"
    assert "3 open action items." in sentences
    assert "errand" not in str(tables)


def test_an_owner_reads_its_own_step() -> None:
    assert "C" in [row[0] for row in drawn("CAS")[1]["steps-table"]]


def test_a_brief_without_sessions_and_steps_leaves_the_part_out() -> None:
    assert section(case()) is None


@pytest.mark.parametrize("lost", ["sessions", "steps"])
def test_what_was_not_handed_in_is_asked_for(lost: str) -> None:
    known = talking()
    gone = {"steps": ("steps", "standing"), "sessions": ("sessions",)}[lost]
    found = section(replace(known, tables={k: v for k, v in known.tables.items() if k not in gone}))
    assert found is not None
    assert f"Fill the table “{lost}”" in " ".join(EN.text(sentence) for sentence in found.answer)
    assert all(isinstance(one, Table) for one in found.tables)
