"""Days to keep in a calendar: promises still open, needs due, movements, approvals due."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from konvoi.report.arrivals import needs
from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import Event, Message, Number, Value
from konvoi.report.promises import promises


def events(case: Case) -> tuple[Event, ...]:
    """All events by day."""
    names = Names(case)
    found = (*_promised(case, names), *_needed(case, names), *_moving(case, names), *_approvals(case, names))
    return tuple(sorted(found, key=lambda event: (event.first, event.last, event.id)))


def _promised(case: Case, names: Names) -> Iterator[Event]:
    for promise in promises(case):
        if promise.last is not None and promise.kept is None:
            what = (names.party(promise.party), ", ", promise.line)
            yield Event(
                f"promise/{promise.party}/{promise.line}",
                Message("Promised"),
                promise.last,
                promise.last,
                what,
            )


def _needed(case: Case, names: Names) -> Iterator[Event]:
    for need in needs(case):
        due = need["due"]
        if isinstance(due, date):
            what = (_goods(names, need), ", ", names.site(str(need["site"] or "")))
            yield Event(f"need/{need['need']}", Message("Need due"), due, due, what)


def _goods(names: Names, row: dict[str, object]) -> Value:
    good, quantity = str(row["good"] or ""), row["quantity"]
    if not isinstance(quantity, Decimal):
        return names.good(good)
    return (names.good(good), " ", Number(quantity, names.unit(good)))


def _moving(case: Case, names: Names) -> Iterator[Event]:
    if case.plan is None:
        return
    for row in case.plan.movements.sort("movement").iter_rows(named=True):
        yield Event(
            f"movement/{row['movement']}",
            Message("Movement"),
            row["departs"],
            row["arrives"],
            (_goods(names, row), ", ", str(row["need"])),
        )


def _approvals(case: Case, names: Names) -> Iterator[Event]:
    for row in table(case, "approvals").sort("approval").iter_rows(named=True):
        what = (
            names.party(row["party"]),
            ", ",
            Message(str(row["kind"] or "")),
            ", ",
            str(row["covers"] or ""),
        )
        if row["due"] and not row["given"] and not row["refused"]:
            yield Event(f"approval/{row['approval']}", Message("Approval due"), row["due"], row["due"], what)
        if row["given"] and row["expires"]:
            day = row["expires"]
            yield Event(f"expiry/{row['approval']}", Message("Approval expires"), day, day, what)
