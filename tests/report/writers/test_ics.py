"""The calendar: whole days, stamps from the brief's day, the marking in every event."""

from datetime import UTC, date, datetime
from typing import Any

from icalendar import Calendar
from tests.report.cases import case

from konvoi.report.render import render


def events(**more: object) -> list[Any]:
    """The events of the invented case."""
    return list(Calendar.from_ical(render(case(**more), languages=("en",))["brief.ics"]).walk("VEVENT"))


def test_promises_needs_and_movements_are_in_the_calendar() -> None:
    summaries = [str(event["summary"]) for event in events()]
    assert "Promised: Dorrest, DOR-1/1" in summaries
    assert "Need due: generator 100 kW 12 pieces, Karsk (Карськ)" in summaries
    assert sum(summary.startswith("Movement: ") for summary in summaries) == 5


def test_a_movement_lasts_from_its_first_to_its_last_day() -> None:
    move = next(
        event for event in events() if str(event["summary"]).startswith("Movement: generator 100 kW 6")
    )
    # The end of whole days is the day after the last.
    assert (move["dtstart"].dt, move["dtend"].dt) == (date(2026, 3, 2), date(2026, 3, 17))


def test_stamps_come_from_the_day_and_each_event_has_the_marking() -> None:
    for event in events():
        assert event["dtstamp"].dt == datetime(2026, 3, 2, tzinfo=UTC)
        assert event["description"] == "Exercise · Marking: public"
    assert len({str(event["uid"]) for event in events()}) == len(events())
