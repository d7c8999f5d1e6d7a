"""The calendar: whole days, stamps from the brief's day, the marking in every event."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
from icalendar import Calendar
from tests.report import cases
from tests.report.cases import case

from konvoi.model.table import QUANTITY
from konvoi.report.render import render


def events(**more: object) -> list[Any]:
    """The events of the invented case."""
    return list(Calendar.from_ical(render(case(**more), languages=("en",))["brief.ics"]).walk("VEVENT"))


def test_promises_needs_and_movements_are_in_the_calendar() -> None:
    summaries = [str(event["summary"]) for event in events()]
    assert "Promised: Dorrest, DOR-1/1" in summaries
    assert "Need due: Norvania, generator 100 kW 12 pieces, Karsk (Карськ)" in summaries
    assert "Movement: Arvenia, generator 100 kW 6 pieces, Karsk (Карськ)" in summaries
    assert sum(summary.startswith("Movement: ") for summary in summaries) == 5


def test_a_promise_that_is_kept_is_no_event_any_more() -> None:
    """Eight generators of Arvenia's twenty are there, so its promise is open; of eight it is kept."""
    kept = cases.entries().with_columns(
        quantity=pl.when(pl.col("quantity").is_not_null()).then(pl.lit(Decimal(8))).cast(QUANTITY)
    )
    promised = [str(event["summary"]) for event in events(entries=kept)]
    assert "Promised: Arvenia, ARV-1/1" in [str(event["summary"]) for event in events()]
    assert "Promised: Arvenia, ARV-1/1" not in promised


def test_a_movement_lasts_from_its_first_to_its_last_day() -> None:
    move = next(
        event
        for event in events()
        if str(event["summary"]).startswith("Movement: Arvenia, generator 100 kW 6")
    )
    # The end of whole days is the day after the last.
    assert (move["dtstart"].dt, move["dtend"].dt) == (date(2026, 3, 2), date(2026, 3, 17))


def test_stamps_come_from_the_day_and_each_event_has_the_marking() -> None:
    for event in events():
        assert event["dtstamp"].dt == datetime(2026, 3, 2, tzinfo=UTC)
        assert str(event["description"]).splitlines()[-1] == "Exercise · Marking: public"
    assert len({str(event["uid"]) for event in events()}) == len(events())


def test_an_event_says_where_and_what_is_waited_for() -> None:
    """The first movement of Arvenia: six generators for need N1, due at the end of March."""
    move = next(one for one in events() if str(one["summary"]).startswith("Movement: Arvenia"))
    assert str(move["location"]) == "Karsk (Карськ)"
    assert str(move["description"]).splitlines()[:-1] == [
        "Movement M1 for need N1.",
        "Departure from Arven Depot.",
        "Due on 30 Mar 2026.",
        "Arrival by 26 Mar 2026 in 90 % of simulations.",
    ]
    need = next(one for one in events() if str(one["summary"]).startswith("Need due: Norvania, generator"))
    assert str(need["description"]).splitlines()[:-1] == [
        "Need N1.",
        "Planned arrival by 30 Mar 2026: 6 pieces of 12 pieces.",
    ]
    promise = next(one for one in events() if str(one["summary"]).startswith("Promised: Dorrest"))
    assert str(promise["description"]).splitlines()[:-1] == [
        "Expected: hand-over or receipt of the full quantity promised.",
        "Overdue on 2 Mar 2026.",
    ]
