"""The calendar as another library reads it, which refuses what RFC 5545 does not allow."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from tests.report.cases import case

from konvoi.report.page import Event, Message, Page
from konvoi.report.render import render
from konvoi.report.writers.ics import calendar_of

DAY = date(2031, 1, 1)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=120)
"""Any text; a carriage return becomes a line feed."""


def page(*events: Event) -> Page:
    return Page("Exercise", DAY, "public", Message("public"), False, (), (), events)


@given(st.lists(st.tuples(texts, texts, st.integers(0, 40)), max_size=3))
def test_any_text_place_and_days_are_read_as_they_were_written(told: list[tuple[str, str, int]]) -> None:
    events = [
        Event(str(at), Message("Promised"), DAY, DAY + timedelta(days), (what,), where, alarms=(2,))
        for at, (what, where, days) in enumerate(told)
    ]
    content = calendar_of(page(*events), "en")
    read = IcsCalendarStream.calendar_from_ics(content.decode()).events
    found = [(one.summary, one.location, one.start, one.end, len(one.alarm)) for one in read]
    forbidden = {at: 0xFFFD for at in (*range(32), 127) if at not in (9, 10)}
    assert found == [
        (f"Promised: {what}".translate(forbidden), where.translate(forbidden), DAY, after, 1)
        for what, where, days in told
        for after in (DAY + timedelta(days + 1),)
    ]
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_the_calendar_of_a_brief_has_as_many_events_each_with_its_marking() -> None:
    content = render(case(), languages=("de",))["brief.ics"]
    found = IcsCalendarStream.calendar_from_ics(content.decode()).events
    assert len(found) == content.count(b"BEGIN:VEVENT") > 5
    assert len({one.uid for one in found}) == len(found)
    assert all("Einstufung: " in (one.description or "") for one in found)
