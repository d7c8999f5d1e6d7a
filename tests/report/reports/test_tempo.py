"""Tempo: what each month brought, and promises against their day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.report.cases import case, entries, entry, totals
from tests.report.reports.test_support import with_support

from konvoi.flow.ledger.allocation_speed import allocation_speed
from konvoi.ledger.answer import Part
from konvoi.model.entries import frame
from konvoi.report.forecast.promises import promises
from konvoi.report.language import Language
from konvoi.report.page import Strips
from konvoi.report.reports.tempo import section

ENGLISH = Language("en")


def test_months_are_drawn_from_the_totals_by_month_where_they_are() -> None:
    made = totals(entries())
    part = Part("2025-03", Decimal(9), Decimal(9), Decimal(9), Decimal(9), ("E01",))
    monthly = replace(made["funnel/amount/pledged"], by=(part,))
    chart = section(case(totals=made | {"tempo/amount/pledged": monthly})).charts[0]
    assert isinstance(chart, Strips)
    assert [(day, number.value) for day, number in chart.strips[0].marks] == [(date(2025, 3, 1), Decimal(9))]


def test_else_the_entries_that_count_are_counted_by_month() -> None:
    chart = section(case()).charts[0]
    assert isinstance(chart, Strips)
    assert [(strip.marks[0][0].month, int(strip.marks[0][1].value or 0)) for strip in chart.strips] == [
        (3, 5),
        (5, 4),
        (7, 3),
        (9, 2),
        (11, 1),
    ]


@pytest.mark.parametrize(
    ("received", "on", "state", "slip"),
    [
        ((10,), (1,), "on time", -1),
        ((10,), (5,), "late", 3),
        ((6, 4), (1, 4), "late", 2),
        ((6,), (1,), "overdue", 28),
        ((), (), "overdue", 28),
    ],
)
def test_a_promise_is_kept_when_all_of_it_is_there(
    received: tuple[int, ...], on: tuple[int, ...], state: str, slip: int
) -> None:
    """Ten promised for 2 February, today is 2 March: a part that came in time does not make the rest come."""
    rows = [entry("E00", "ARV", "pledged", 1, line="L", quantity=Decimal(10), promised=date(2026, 2, 2))]
    rows += [
        entry(
            f"E{at + 1:02d}", "ARV", "received", None, line="L", quantity=Decimal(q), day_to=date(2026, 2, d)
        )
        for at, (q, d) in enumerate(zip(received, on, strict=True))
    ]
    found = promises(case(entries=frame(rows)))
    assert [(promise.state, promise.slip) for promise in found] == [(state, slip)]


def test_what_is_handed_over_and_received_is_there_once() -> None:
    """Six handed over and the same six received are six, so four of the ten are still missing."""
    rows = [entry("E00", "ARV", "pledged", 1, line="L", quantity=Decimal(10), promised=date(2026, 2, 2))]
    rows += [
        entry(f"E0{at}", "ARV", stage, None, line="L", quantity=Decimal(6), day_to=date(2026, 2, at))
        for at, stage in ((1, "handed over"), (2, "received"))
    ]
    rows.append(
        entry("E03", "ARV", "handed over", None, line="L", quantity=Decimal(4), day_to=date(2026, 2, 2))
    )
    assert [promise.state for promise in promises(case(entries=frame(rows)))] == ["overdue"]


def test_a_moved_promise_is_measured_against_the_first_day_and_apart_against_the_last() -> None:
    rows = frame(
        [
            entry("E00", "ARV", "pledged", 1, line="L", promised=date(2026, 2, 2), known_on=date(2026, 1, 1)),
            entry(
                "E01", "ARV", "committed", 1, line="L", promised=date(2026, 2, 20), known_on=date(2026, 1, 9)
            ),
            entry("E02", "ARV", "received", 1, line="L", day_to=date(2026, 2, 10)),
        ]
    )
    promise = promises(case(entries=rows))[0]
    assert (promise.state, promise.slip, promise.on_time_at_last) == ("late", 8, True)


def test_promises_without_a_day_are_counted_and_withdrawn_lines_are_not() -> None:
    rows = frame(
        [
            entry("E00", "ARV", "pledged", 1, line="L1"),
            entry("E01", "ARV", "pledged", 1, line="L2", promised=date(2026, 5, 1)),
            entry("E02", "ARV", "pledged", 1, line="L3", promised=date(2026, 5, 1)),
            entry("E03", "ARV", "withdrawn", 1, line="L3"),
        ]
    )
    assert [promise.state for promise in promises(case(entries=rows))] == ["without a day", "not yet due"]


def test_the_answer_counts_the_promises() -> None:
    said = ENGLISH.text(section(case()).answer[-1])
    assert said == (
        "Items by first promised date: on time 0 line items, late 0 line items, overdue 2 "
        "line items, not yet due 0 line items, no date 4 line items."
    )


def test_where_a_register_publishes_support_its_speed_of_allocation_stands_first() -> None:
    """420 of 600 million to date in 2024 and 550 of 700 in 2025; the rest is of ARV alone."""
    known = with_support()
    speed = allocation_speed(support_by_year=known.tables["support_by_year"])
    found = section(replace(known, tables={**known.tables, "allocation_speed": speed}))
    assert ENGLISH.text(found.answer[0]).replace("\N{NO-BREAK SPACE}", " ") == (
        "Kiel tracker: by the end of 2025, 79 % of all commitments were allocated (a year before: 70 %). "
        "The median age of the outstanding EUR 200.0 m lies between 1 and 3 years."
    )
    assert [one.id for one in found.tables[:2]] == ["speed-allocation", "speed-allocation-partners"]
    assert [row[0] for row in found.tables[0].rows] == ["2023", "2024", "2025"]
    ages = [ENGLISH.text(row[-1]) for row in found.tables[1].rows]
    assert ages == ["1 to 3", "none outstanding"]
