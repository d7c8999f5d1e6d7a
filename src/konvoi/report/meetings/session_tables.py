"""Tables of what people meet about, decide and do next, for the brief and for the session pack."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from konvoi.accord.sessions import reservations
from konvoi.accord.steps import ENDED
from konvoi.model.tables import BY_NAME
from konvoi.model.tables.sessions import TOPICS
from konvoi.report.case import Case
from konvoi.report.ledger.basis import listed
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Name, Number, Record, Table, Value

Row = Mapping[str, object]

HIDDEN = Message("what is not shown to this reader")
NO_SESSION = Message("No meetings submitted. Fill the table “sessions”.")
NO_STEP = Message("No action items submitted. Fill the table “steps” after each meeting.")
NO_DECISION = Message("No decisions submitted.")
_WAYS = ("in person", "online", "absent")
_HEADS = {
    "sessions": (
        "Meeting",
        "Days",
        "Place",
        "Host",
        "in person",
        "online",
        "absent",
        "Agenda items",
        "Decisions",
    ),
    "agenda": ("Topic", "Agenda item", "Rapporteur", "Subject", "Source"),
    "attendance": ("Party", "How", "Head of delegation", "Office"),
    "decisions": ("Decision", "Text of the decision", "Topic", "Day", "Outcome", "Reservations"),
    "steps": ("Action item", "Task", "Owner", "Due date", "Days overdue", "State", "Depends on", "Affects"),
}
_KINDS = {
    **dict.fromkeys(("Due date", "Day"), "day"),
    **dict.fromkeys(("in person", "online", "absent", "Agenda items", "Decisions", "Days overdue"), "number"),
}


@dataclass(frozen=True)
class Talks:
    """The tables of one case, filtered for its audience."""

    case: Case

    @cached_property
    def names(self) -> Names:
        """The names of parties."""
        return Names(self.case)

    def rows(self, name: str) -> list[dict[str, object]]:
        """The rows of a table, or of what was drawn from one."""
        found = self.case.tables.get(name)
        return [] if found is None else found.rows(named=True)

    @cached_property
    def live(self) -> list[dict[str, object]]:
        """Steps that have not ended, the longest late first."""
        return [row for row in self.rows("standing") if row["state"] not in ENDED]

    def sessions(self) -> Table:
        """All sessions, the latest first, with how many took part in which way."""
        rows = sorted(self.rows("sessions"), key=lambda row: (str(row["day"]), str(row["session"])))
        cells = tuple(self._session(row) for row in reversed(rows))
        return Table(
            "sessions-table", Message("Meetings, latest first"), columns("sessions"), cells, NO_SESSION
        )

    def _session(self, row: Row) -> tuple[Value, ...]:
        own = {name: self.of(name, row) for name in ("attendance", "agenda", "decisions")}
        ways = [sum(one["how"] == way for one in own["attendance"]) for way in _WAYS]
        return (
            _text(row["title"] or row["session"]),
            days(row),
            place_of(row),
            self.names.party(_text(row["host"])),
            *ways,
            len(own["agenda"]),
            len(own["decisions"]),
        )

    def of(self, name: str, session: Row) -> list[dict[str, object]]:
        """The rows of a table that name a session."""
        return [row for row in self.rows(name) if row["session"] == session["session"]]

    def agenda(self, session: Row) -> Table:
        """The points of one session by topic."""
        rows = sorted(self.of("agenda", session), key=lambda row: TOPICS.index(str(row["topic"])))
        cells = tuple(
            (
                Message(_text(row["topic"])),
                Name(_text(row["title"]), _text(row["title_de"]), _text(row["title_uk"])),
                self.names.party(_text(row["party"])),
                self.about(row["about"]),
                self.source(row["source"]),
            )
            for row in rows
        )
        return Table(
            "agenda-table",
            Message("Agenda by topic"),
            columns("agenda"),
            cells,
            Message("No agenda submitted. Fill the table “agenda”."),
        )

    def attendance(self, session: Row) -> Table:
        """Return the participants of one session."""
        found = self.of("attendance", session)
        rows = sorted(found, key=lambda row: (_WAYS.index(str(row["how"])), str(row["party"])))
        cells = tuple(
            (
                self.names.party(_text(row["party"])),
                Message(_text(row["how"])),
                _text(row["head"]),
                _text(row["office"]),
            )
            for row in rows
        )
        empty = Message("No attendance submitted. Fill the table “attendance”.")
        return Table("attendance-table", Message("Participants"), columns("attendance"), cells, empty)

    def decisions(self, rows: Iterable[Row]) -> Table:
        """Decisions (accord.sessions.decided) with their reservations by party."""
        cells = tuple(
            (
                _text(row["decision"]),
                Name(_text(row["words"]), _text(row["words_de"]), _text(row["words_uk"])),
                Message(_text(row["topic"])),
                _day(row["day"]),
                Message(_text(row["became"])),
                listed(list(self._reservations(row)), "; "),
            )
            for row in rows
        )
        title = Message("Decisions and reservations")
        return Table("decisions-table", title, columns("decisions"), cells, NO_DECISION)

    def _reservations(self, row: Row) -> Iterator[Value]:
        for party, words in reservations(row):
            name = self.names.party(party)
            yield Message("{party}: {words}", {"party": name, "words": words}) if words else name

    def steps(self, rows: Iterable[Row], *, id: str = "steps-table", title: Message) -> Table:
        """Steps (accord.steps.STANDING) with what they wait for."""
        cells = tuple(
            (
                _text(row["step"]),
                _text(row["title"]),
                self.names.party(_text(row["party"])),
                _day(row["due"]),
                self.late(row),
                state(row),
                listed([self.about(one) for one in self.waits(row)], ", "),
                self.about(row["moved"]),
            )
            for row in rows
        )
        return Table(id, title, columns("steps"), cells, NO_STEP)

    def waits(self, row: Row) -> list[str]:
        """Return the things that a step waits for and that have not come."""
        found = row["waits"]
        return [str(one) for one in found] if isinstance(found, list) else []

    def late(self, row: Row) -> Value:
        """Return the number of days by which a step is late; it opens the step's row."""
        late = row["late"]
        step = f"steps/{row['step']}"
        return Number(Decimal(late), "d", "", None, (step,)) if isinstance(late, int) else None

    def about(self, record: object) -> Value:
        """A record by its id, where this reader may see it."""
        if not record:
            return ""
        return str(record) if str(record) in self.known else HIDDEN

    @cached_property
    def known(self) -> frozenset[str]:
        """The ids of all records of the case."""
        keyed = [(rows, BY_NAME[name].key[0]) for name, rows in self.case.tables.items() if _keyed(name)]
        columns = [rows[key] for rows, key in keyed]
        columns += [self.case.entries[name] for name in ("entry", "package", "line", "reference")]
        return frozenset(str(one) for column in columns for one in column.drop_nulls().unique())

    def source(self, statement: object) -> Value:
        """The class of the statement that says so, and whose it is."""
        row = self._statements.get(statement)
        if row is None:
            return ""
        values: dict[str, Value] = {
            "class": Message(_text(row["class"])),
            "party": self.names.party(_text(row["party"])),
        }
        return Message("{party}, {class}", values)

    @cached_property
    def _statements(self) -> Mapping[object, Row]:
        return {row["statement"]: row for row in self.rows("statements")}


def columns(name: str) -> tuple[Column, ...]:
    """The heads of one of these tables."""
    return tuple(Column(Message(head), "", _KINDS.get(head, "text")) for head in _HEADS[name])


def records(case: Case) -> Iterator[Record]:
    """The rows of steps, as figures open them."""
    names = Names(case)
    for row in Talks(case).rows("standing"):
        due = _day(row["due"])
        yield Record(
            id=f"steps/{row['step']}",
            what=(_text(row["step"]), ", ", _text(row["title"])),
            party=names.party(_text(row["party"])),
            stage=state(row),
            days=(due,) if due else (),
            file=_text(row["_file"]),
            sheet=_text(row["_sheet"]),
            row=int(str(row["_row"] or 0)),
            column="due",
        )


def state(row: Row) -> Message:
    """Return the state of a step, and the claims of others than officials about it."""
    now = Message(_text(row["state"]))
    if not row["claimed"]:
        return now
    return Message(
        "{state}; reported as {claimed}", {"state": now, "claimed": Message(_text(row["claimed"]))}
    )


def days(session: Row) -> Value:
    """The day of a session, or its days."""
    first = _day(session["day"])
    last = _day(session["until"])
    if last is None or last == first:
        return first
    return Message("{first} to {last}", {"first": first, "last": last})


def _keyed(name: str) -> bool:
    return name in BY_NAME and bool(BY_NAME[name].key)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def place_of(session: Row) -> Value:
    """Return the place of a meeting, or words that say that none is stated."""
    return str(session["town"] or "") or Message("place not stated")


def _text(value: object) -> str:
    return str(value or "")
