"""The days of sessions, steps and documents in a calendar."""

from dataclasses import replace
from datetime import date

from icalendar import Calendar
from tests.report.cases import Row, table
from tests.report.talking import talking
from tests.report.views import visible

from konvoi.report.language import Language
from konvoi.report.meetings.meeting_days import meeting_days
from konvoi.report.render import render

EN = Language("en")


def test_a_session_lasts_until_its_last_day_and_tells_its_points() -> None:
    first, second = [one for one in meeting_days(talking()) if one.id.startswith("session/")]
    assert (first.first, first.last, first.where) == (date(2026, 2, 10), date(2026, 2, 11), "Odrin")
    assert (second.first, second.last) == (date(2026, 3, 9), date(2026, 3, 9))
    told = [EN.text(one) for one in second.told]
    assert told == ["reconstruction: Power", "security: Escorts again"]


def test_a_step_that_has_not_ended_stands_on_its_day_and_says_what_it_waits_for() -> None:
    """One without a day, or done, has no place in a calendar."""
    found = {one.id: one for one in meeting_days(visible(talking())) if one.id.startswith("step/")}
    assert sorted(found) == ["step/A", "step/B"]
    assert EN.text(found["step/B"].what) == "Breland, send escorts"
    told = [EN.text(one) for one in found["step/B"].told]
    assert told == ["Action item B.", "Depends on A, what is not shown to this reader."]
    assert EN.text(found["step/A"].told[-1]) == "Overdue on 2 Mar 2026."


def test_a_document_stands_on_the_day_on_which_it_ends() -> None:
    rows: list[Row] = [
        {"document": "M", "title": "Memorandum", "parties": "ARV; NOR", "ends": date(2026, 9, 1)},
        {"document": "N", "title": "Declaration", "parties": "ARV"},
    ]
    known = talking()
    tables = {**known.tables, "documents": table("documents", rows)}
    found = [one for one in meeting_days(replace(known, tables=tables)) if one.id.startswith("document/")]
    assert [(one.id, one.first, EN.text(one.what)) for one in found] == [
        ("document/M", date(2026, 9, 1), "Memorandum, Arvenia, Norvania")
    ]


def test_another_programs_calendar_reads_them() -> None:
    read = Calendar.from_ical(render(talking(), languages=("en",))["brief.ics"])
    summaries = {str(one["summary"]) for one in read.walk("VEVENT")}
    assert {"Meeting: Security advisers, Karsk", "Action item due: Arvenia, ask parliament"} <= summaries
