"""Overdue and due soon, by the last promised day."""

from dataclasses import replace
from datetime import date, timedelta

from tests.report.cases import case, entry

from konvoi.model.entries import frame
from konvoi.report.forecast.promises import SOON, Promise, promises

DAY = date(2026, 3, 2)


def promise(last: date, *, received: bool = False) -> Promise:
    """Return the promise of one line item; received: on its promised day."""
    rows = [entry("E0", "ARV", "committed", 1, line="a", promised=last, known_on=date(2026, 1, 1))]
    if received:
        rows.append(entry("E1", "ARV", "received", 1, line="a", day_to=last))
    [found] = promises(replace(case(), entries=frame(rows)))
    return found


def test_a_promise_is_overdue_from_the_day_after_the_promised_one() -> None:
    assert promise(DAY - timedelta(days=1)).is_overdue(DAY)
    assert not promise(DAY).is_overdue(DAY)


def test_a_promise_is_due_soon_from_today_to_the_last_day_of_the_time_ahead() -> None:
    assert promise(DAY).is_due_soon(DAY)
    assert promise(DAY + SOON).is_due_soon(DAY)
    assert not promise(DAY + SOON + timedelta(days=1)).is_due_soon(DAY)
    assert not promise(DAY - timedelta(days=1)).is_due_soon(DAY)


def test_without_a_promised_day_or_once_received_nothing_is_overdue_or_due_soon() -> None:
    for one in (
        replace(promise(DAY), first=None, last=None),
        promise(DAY - timedelta(days=9), received=True),
    ):
        assert not one.is_overdue(DAY)
        assert not one.is_due_soon(DAY)
