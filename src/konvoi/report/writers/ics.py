"""A calendar: promised days, needs due, movements, approvals; stamps come from the brief's day."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from konvoi.kit.digest import key
from konvoi.kit.text import calendar_text
from konvoi.report.language import Language
from konvoi.report.page import Event, Message, Page
from konvoi.report.writer import Writer

MORNING = timedelta(hours=9)
"""Time of day at which a calendar reminds."""


def write(page: Page, language: str) -> Mapping[str, bytes]:
    """The events of the page as brief.ics."""
    return {"brief.ics": calendar_of(page, language)}


def calendar_of(page: Page, language: str) -> bytes:
    """Return the events of the page as a calendar, with the alarms that they ask for."""
    known = Language(language)
    calendar = Calendar()
    calendar.add("prodid", "-//Konvoi//brief//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", calendar_text(page.title))
    calendar.add("x-wr-caldesc", calendar_text(_marking(page, known)))
    for event in page.events:
        calendar.add_component(_entry(event, page, known))
    return bytes(calendar.to_ical(sorted=True))


def _marking(page: Page, language: Language) -> str:
    exercise = f"{language.say('Exercise')} · " if page.exercise else ""
    return exercise + language.text(Message("Marking: {marking}", {"marking": page.marking}))


def _entry(event: Event, page: Page, language: Language) -> Entry:
    entry = Entry()
    entry.add("uid", f"{key('brief', event.id)}@konvoi")
    entry.add("dtstamp", datetime.combine(page.day, time(), UTC))
    entry.add("dtstart", event.first)
    # In iCalendar the end of a whole day is the day after it.
    entry.add("dtend", event.last + timedelta(days=1))
    entry.add("summary", calendar_text(f"{language.text(event.kind)}: {language.text(event.what)}"))
    if event.where is not None:
        entry.add("location", calendar_text(language.text(event.where)))
    told = (*(language.text(sentence) for sentence in event.told), _marking(page, language))
    entry.add("description", calendar_text("\n".join(told)))
    entry.add("transp", "TRANSPARENT")
    for days in event.alarms:
        entry.add_component(_alarm(days, language.text(event.kind), language.text(event.what)))
    return entry


def _alarm(days: int, kind: str, what: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", calendar_text(f"{kind}: {what}"))
    alarm.add("trigger", MORNING - timedelta(days=days))
    return alarm


ICS = Writer("ics", False, write)
