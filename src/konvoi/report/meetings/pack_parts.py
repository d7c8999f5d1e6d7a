"""The parts of a session pack: the session, what changed since the last one, steps, documents, delays."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.accord.sessions import ended
from konvoi.report.agreements.negotiation_tables import Drafts
from konvoi.report.case import Case
from konvoi.report.forecast.promises import Promise, promises
from konvoi.report.ledger.basis import listed
from konvoi.report.meetings.session_tables import Row, Talks, days, place_of
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Number, Section, Table, Value

_HEADS = {
    "steps": ("Action item", "Task", "Owner", "State then", "State now", "Due then", "Due now"),
    "handed-in": ("File", "Party", "Day"),
    "entries": ("Partner", "Stage", "Number"),
    "documents": ("Document", "Title", "Parties", "State", "Signed", "In force from", "Ends"),
    "late": ("Partner", "Line item", "What", "First promised date", "Latest promised date", "Days overdue"),
}
_DAYS = frozenset(
    (
        "Due then",
        "Due now",
        "Day",
        "Signed",
        "In force from",
        "Ends",
        "First promised date",
        "Latest promised date",
    )
)
_NEAR = 90
STATES = {
    "not signed": "not signed",
    "signed": "signed, not in force",
    "in force": "in force",
    "ends soon": "in force, ends within 90 days",
    "ended": "ended",
    "replaced": "replaced by another",
}


def the_session(talks: Talks, session: Row) -> Section:
    """Return the place and time of the session, the hosts, the participants, and the agenda."""
    title = Message(
        "{title}, {place}",
        {"title": str(session["title"] or session["session"]), "place": place_of(session)},
    )
    return Section(
        "session",
        title,
        tuple(_about(talks, session)),
        (),
        (talks.agenda(session), talks.attendance(session)),
    )


def _about(talks: Talks, session: Row) -> Iterator[Message]:
    yield Message("{place}, {days}.", {"place": place_of(session), "days": days(session)})
    if session["host"]:
        host = talks.names.party(_text(session["host"]))
        members = _text(session["members"])
        yield (
            Message("Host: {host} ({members}).", {"host": host, "members": members})
            if members
            else Message("Host: {host}.", {"host": host})
        )
    if session["arrival"]:
        yield Message("Arrival: {arrival}.", {"arrival": _text(session["arrival"])})
    if session["reception"]:
        yield Message("Reception: {reception}.", {"reception": _text(session["reception"])})
    ways = Counter(str(row["how"]) for row in talks.of("attendance", session))
    if ways:
        counts: dict[str, Value] = {
            way.replace(" ", "_"): Number(Decimal(ways[way]), to="attendance-table")
            for way in ("in person", "online", "absent")
        }
        yield Message("In person: {in_person}, online: {online}, absent: {absent}.", counts)


def since(talks: Talks, last: Row, fresh: frozenset[str], changes: pl.DataFrame) -> Section:
    """Changes since the session before: documents, entries and action items.

    fresh: ids of entries that are new. changes: of action items (konvoi.accord.step_changes.SINCE).
    """
    case = talks.case
    end = ended(last)
    files = case.documents.filter(pl.col("known_on") > end)
    entries = case.entries.filter(pl.col("entry").is_in(sorted(fresh)))
    changed = changes.rows(named=True)
    values: dict[str, Value] = {
        "place": place_of(last),
        "days": days(last),
        "files": Number(Decimal(files.height), to="handed-in"),
        "entries": Number(Decimal(entries.height), to="new-entries"),
        "steps": Number(Decimal(len(changed)), to="changed-steps"),
    }
    answer = Message(
        "Since {place}, {days}: submitted documents {files}, new entries {entries}, changed action "
        "items {steps}.",
        values,
    )
    return Section(
        "since",
        Message("Changes since the last meeting"),
        (answer,),
        (),
        (_changed(talks, changed), _handed_in(talks, files), _entries(talks, entries)),
    )


def _changed(talks: Talks, rows: list[dict[str, object]]) -> Table:
    cells = tuple(
        (
            _text(row["step"]),
            _text(row["title"]),
            talks.names.party(_text(row["party"])),
            Message(_text(row["before"])),
            Message(_text(row["state"])),
            _day(row["due_before"]),
            _day(row["due"]),
        )
        for row in rows
    )
    title = Message("Changed action items")
    empty = Message("No action item changed its state or due date.")
    return Table("changed-steps", title, _columns("steps"), cells, empty)


def _handed_in(talks: Talks, files: pl.DataFrame) -> Table:
    rows = files.sort("known_on", "name").iter_rows(named=True)
    cells = tuple((row["name"], talks.names.party(row["party"]), _day(row["known_on"])) for row in rows)
    title = Message("Submitted documents")
    empty = Message("No documents submitted.")
    return Table("handed-in", title, _columns("handed-in"), cells, empty)


def _entries(talks: Talks, entries: pl.DataFrame) -> Table:
    """New entries by partner and stage, in the order in which they came."""
    grouped = entries.sort("party", "stage", "entry").group_by("party", "stage", maintain_order=True)
    cells = tuple(
        (talks.names.party(party), Message(stage), Number(Decimal(len(ids)), "", stage, None, tuple(ids)))
        for party, stage, ids in grouped.agg("entry").iter_rows()
    )
    title = Message("New entries by partner and stage")
    empty = Message("No entry is new.")
    return Table("new-entries", title, _columns("entries"), cells, empty)


def open_steps(talks: Talks, last: Row | None) -> Section:
    """The steps that have not ended, and the decisions of the session before."""
    live = talks.live
    late = sum(row["late"] is not None for row in live)
    counts: dict[str, Value] = {
        "open": Number(Decimal(len(live)), to="steps-table"),
        "late": Number(Decimal(late), to="steps-table"),
    }
    decided = [row for row in talks.rows("decided") if last is None or row["session"] == last["session"]]
    title = Message("Open action items, most overdue first")
    return Section(
        "steps",
        Message("Action items and decisions"),
        (Message("Open action items: {open}; overdue: {late}.", counts),),
        (),
        (talks.steps(live, title=title), *([talks.decisions(decided)] if decided else [])),
    )


def documents(talks: Talks) -> Section | None:
    """Return the state of each framework document on the day; nothing where none was submitted."""
    rows = sorted(talks.rows("documents"), key=lambda row: str(row["document"]))
    if not rows:
        return None
    replaced = {row["supersedes"] for row in rows if row["supersedes"]}
    states = [document_state(row, replaced, talks.case.day) for row in rows]
    drafts = Drafts(talks.case)
    cells = tuple(
        (
            _text(row["document"]),
            _text(row["title"]),
            listed([talks.names.party(one.strip()) for one in _text(row["parties"]).split(";")], ", "),
            (drafts.state(row["document"]) if state == "not signed" else None) or Message(STATES[state]),
            _day(row["day"]),
            _day(row["in_force"]),
            _day(row["ends"]),
        )
        for row, state in zip(rows, states, strict=True)
    )
    known = {
        "count": Number(Decimal(len(rows)), to="agreed-table"),
        "force": Number(Decimal(sum(one in ("in force", "ends soon") for one in states)), to="agreed-table"),
    }
    title = Message("Framework documents")
    return Section(
        "agreed",
        title,
        (Message("Documents: {count}, in force: {force}.", {**known}),),
        (),
        (
            Table(
                "agreed-table",
                Message("Status of documents"),
                _columns("documents"),
                cells,
                Message("No documents submitted."),
            ),
        ),
    )


def document_state(row: Row, replaced: set[object], today: date) -> str:
    """Return the state of a document on a day, by its own days."""
    signed, starts, ends = (_day(row[name]) for name in ("day", "in_force", "ends"))
    if row["document"] in replaced:
        return "replaced"
    if ends is not None and ends < today:
        return "ended"
    if signed is None or signed > today:
        return "not signed"
    if starts is None or starts > today:
        return "signed"
    return "ends soon" if ends is not None and (ends - today).days <= _NEAR else "in force"


def late(case: Case) -> Section:
    """Promised days that have passed without all that was promised."""
    names = Names(case)
    lines = {row["line"]: row for row in Talks(case).rows("lines")}
    found = [
        one for one in promises(case) if one.kept is None and one.last is not None and one.last < case.day
    ]
    found.sort(key=lambda one: (one.last or case.day, one.party, one.line))
    cells = tuple(
        (
            names.party(one.party),
            one.line,
            names.good(_text(lines.get(one.line, {}).get("good"))),
            one.first,
            one.last,
            _behind(one, case.day),
        )
        for one in found
    )
    known = Number(Decimal(len(found)), "", "", case.day, to="late-table")
    title = Message("Late deliveries")
    empty = Message("No promised day has passed without what was promised.")
    answer = (
        Message(
            "{count} promised day has passed without all that was promised.",
            {"count": known},
            "{count} promised days have passed without all that was promised.",
            len(found),
        )
        if found
        else empty
    )
    return Section(
        "late",
        title,
        (answer,),
        (),
        (Table("late-table", Message("Promised days that have passed"), _columns("late"), cells, empty),),
    )


def _behind(promise: Promise, today: date) -> Number:
    """Return the number of days by which a promise is late; it opens the line's entries."""
    days_late = (today - promise.last).days if promise.last else 0
    return Number(Decimal(days_late), "d", "", today, promise.entries)


def _columns(name: str) -> tuple[Column, ...]:
    kinds = dict.fromkeys(_DAYS, "day") | {"Number": "number", "Days overdue": "number"}
    return tuple(Column(Message(head), "", kinds.get(head, "text")) for head in _HEADS[name])


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _text(value: object) -> str:
    return str(value or "")
