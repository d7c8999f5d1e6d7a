"""Days to keep in a calendar: promises still open, needs due, movements, approvals, sessions, money."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from konvoi.plan.problem import NEED_STATES
from konvoi.report.case import Case
from konvoi.report.forecast.promises import Promise, promises
from konvoi.report.funding import funds
from konvoi.report.meetings.meeting_days import meeting_days
from konvoi.report.names import Names, table
from konvoi.report.page import Event, Message, Number, Value
from konvoi.report.planning.arrivals import needs
from konvoi.report.planning.need_status import PARTS, Served, served

Row = Mapping[str, object]


def events(case: Case) -> tuple[Event, ...]:
    """All events by day."""
    names = Names(case)
    found = (*_promised(case, names), *_needed(case, names), *_moving(case, names), *_approvals(case, names))
    found += (*meeting_days(case), *funds.events(case))
    return tuple(sorted(found, key=lambda event: (event.first, event.last, event.id)))


def _promised(case: Case, names: Names) -> Iterator[Event]:
    rows = {row["line"]: row for row in table(case, "lines").iter_rows(named=True)}
    for promise in promises(case):
        if promise.last is not None and promise.kept is None:
            line = rows.get(promise.line, {})
            goods = (_goods(names, line), ", ") if line.get("good") else ()
            yield Event(
                f"promise/{promise.party}/{promise.line}",
                Message("Promised"),
                promise.last,
                promise.last,
                (names.party(promise.party), ", ", *goods, promise.line),
                told=_waited(case, promise),
            )


def _waited(case: Case, promise: Promise) -> tuple[Message, ...]:
    """Return the parts of a promise that are still wanted, and a note if its day has moved."""
    moved = promise.first if promise.first != promise.last else None
    passed = promise.last is not None and promise.last < case.day
    slipped = (Message("First promised for {day}.", {"day": moved}),) if moved else ()
    overdue = (Message("Overdue on {day}.", {"day": case.day}),) if passed else ()
    return (Message("Expected: hand-over or receipt of the full quantity promised."), *slipped, *overdue)


def _needed(case: Case, names: Names) -> Iterator[Event]:
    known = {str(one.need["need"]): one for one in served(case)}
    for need in needs(case, (*NEED_STATES, "changed")):
        due = need["due"]
        asks = str(need.get("recipient") or case.recipient)
        if isinstance(due, date):
            place = names.site(str(need["site"] or ""))
            yield Event(
                f"need/{need['need']}",
                Message("Need due"),
                due,
                due,
                (names.party(asks), ", ", _goods(names, need), ", ", place),
                where=place,
                told=_coming(case, names, need, known.get(str(need["need"]))),
            )


def _coming(case: Case, names: Names, need: Row, one: Served | None) -> tuple[Message, ...]:
    """The need's reference, what becomes of it by its day, and until when it is of any use."""
    due = need["due"]
    last = need["last_useful"]
    told = [Message("Need {need}.", {"need": str(need["need"])})]
    if one is None:
        told.append(Message("Not validated, not planned."))
    elif case.plan is not None:
        told += _parts(one, names.unit(str(need["good"])), due)
    if isinstance(last, date) and last != due:
        told.append(Message("Useful until {day}.", {"day": last}))
    return tuple(told)


def _parts(one: Served, unit: str, due: object) -> Iterator[Message]:
    """Yield the parts of a need: received, under way, planned by its day."""
    values: dict[str, Value] = {part: Number(one.part(part), unit) for part in PARTS}
    values |= {"all": Number(one.needed, unit), "day": due if isinstance(due, date) else None}
    if one.received:
        yield Message("Received: {received} of {all}.", values)
    if one.under_way:
        yield Message("Under way: {under_way} of {all}.", values)
    if one.on_time or one.met != one.needed:
        yield Message("Planned arrival by {day}: {on_time} of {all}.", values)


def _goods(names: Names, row: Row) -> Value:
    good = str(row["good"] or "")
    quantity = row["quantity"]
    if not isinstance(quantity, Decimal):
        return names.good(good)
    return (names.good(good), " ", Number(quantity, names.unit(good)))


def _moving(case: Case, names: Names) -> Iterator[Event]:
    if case.plan is None:
        return
    wanted = {str(need["need"]): need for need in needs(case)}
    offers = {row["offer"]: row for row in table(case, "offers").iter_rows(named=True)}
    payers = dict(table(case, "budgets").select("budget", "party").iter_rows())
    latest: dict[object, date] = {}
    if case.outlook is not None:
        latest = dict(case.outlook.movements.select("movement", "last").drop_nulls().iter_rows())
    for row in case.plan.movements.sort("movement").iter_rows(named=True):
        offer = offers.get(row["offer"], {})
        need = wanted.get(row["need"], {})
        party = offer.get("party") or payers.get(row["budget"])
        place = names.site(str(need["site"])) if need.get("site") else None
        ends: tuple[Value, ...] = (", ", place) if place else ()
        yield Event(
            f"movement/{row['movement']}",
            Message("Movement"),
            row["departs"],
            row["arrives"],
            (*((names.party(party), ", ") if party else ()), _goods(names, row), *ends),
            where=place,
            told=(*_bound(names, row, offer, need), *_late(latest.get(row["movement"]))),
        )


def _bound(names: Names, row: Row, offer: Row, need: Row) -> Iterator[Message]:
    """Movement and need, where it leaves, when it is due."""
    yield Message("Movement {movement} for need {need}.", {k: str(row[k]) for k in ("movement", "need")})
    if offer.get("site"):
        yield Message("Departure from {site}.", {"site": names.site(str(offer["site"]))})
    due = need.get("due")
    arrives = row["arrives"]
    if isinstance(due, date) and isinstance(arrives, date):
        text = "Planned for {arrives}, due on {due}: late." if arrives > due else "Due on {due}."
        yield Message(text, {"arrives": arrives, "due": due})


def _late(last: date | None) -> tuple[Message, ...]:
    if last is None:
        return ()
    return (Message("Arrival by {day} in 90 % of simulations.", {"day": last}),)


def _approvals(case: Case, names: Names) -> Iterator[Event]:
    for row in table(case, "approvals").sort("approval").iter_rows(named=True):
        kind = Message(str(row["kind"] or ""))
        what = (names.party(row["party"]), ", ", kind, ", ", str(row["covers"] or ""))
        values: dict[str, Value] = {"kind": kind, "covers": str(row["covers"] or ""), "day": row["asked"]}
        waits = (Message("Required for transport of {covers}: {kind}.", values),)
        if row["due"] and not row["given"] and not row["refused"]:
            asked = (Message("Requested on {day}.", values),) if row["asked"] else ()
            name = Message("Approval due")
            yield Event(
                f"approval/{row['approval']}", name, row["due"], row["due"], what, told=(*waits, *asked)
            )
        if row["given"] and row["expires"]:
            day = row["expires"]
            name = Message("Approval expires")
            yield Event(f"expiry/{row['approval']}", name, day, day, what, told=waits)
