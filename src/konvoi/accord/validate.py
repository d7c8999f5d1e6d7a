"""Contradictions in sessions, decisions and steps, with their places and remedies."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

import polars as pl

from konvoi.accord.sessions import ADOPTED, REPORTED, ended, reservations
from konvoi.accord.steps import ENDED, Tables, stated, table, unofficial, waited
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.party import GROUPS, party_id
from konvoi.model.tables import BY_NAME

Row = Mapping[str, object]

_WORDS = {
    "steps-in-circle": (
        "action items without circular dependencies; circular: {circle}",
        "Remove one of the two from the dependencies of the other.",
    ),
    "record-unknown": (
        "the id of a submitted record",
        "Correct it, or submit the row that it names.",
    ),
    "session-unknown": (
        "a meeting from the table “sessions”; none submitted",
        "Submit the session: its id, its day and where it was.",
    ),
    "days-out-of-order": (
        "a day not before {day}, that of {other}",
        "Correct the day that is wrong.",
    ),
    "reservation-unreadable": (
        "a party and its wording, such as PL: until parliament agrees",
        "Write the id of the party, a colon, and its reservation.",
    ),
    "statement-not-official": (
        "an official statement; {statement} is of class {class}, so this stays {state}",
        "Name the official statement, or ask the party.",
    ),
}
_ERRORS = frozenset({"session-unknown", "steps-in-circle"})


def faults(tables: Tables, *, also: Collection[str] = ()) -> tuple[Finding, ...]:
    """All findings on sessions, decisions and steps, by place.

    also: ids of records that stand in no table, such as packages of other formats.
    """
    found = [
        *_circles(tables),
        *_unknown(tables, frozenset(also)),
        *_homeless(tables),
        *_days(tables),
        *_reservations(tables),
        *_unofficial(tables),
    ]
    return tuple(sorted(found, key=lambda one: (one.place, one.code, one.read)))


def _told(code: str, row: Row, column: str, read: object, **values: str) -> Finding:
    place = Place(str(row["_file"]), str(row["_sheet"]), int(str(row["_row"])), column)
    severity = Severity.ERROR if code in _ERRORS else Severity.WARNING
    expected, remedy = _WORDS[code]
    return Finding(severity, code, place, str(read), expected, remedy, values)


def _circles(tables: Tables) -> Iterator[Finding]:
    """One finding for each set of steps that wait for each other, at the first of them."""
    rows = {str(row["step"]): row for row in table(tables, "steps").iter_rows(named=True)}
    waits = {step: [one for one in waited(row) if one in rows] for step, row in rows.items()}
    reach = {step: _reach(step, waits) for step in sorted(rows)}
    told: set[str] = set()
    for step in sorted(rows):
        if step in told or step not in reach[step]:
            continue
        circle = sorted(one for one in reach[step] if step in reach[one])
        told.update(circle)
        path = " → ".join(_path(step, waits))
        yield _told("steps-in-circle", rows[step], "waits_for", rows[step]["waits_for"], circle=path)


def _reach(step: str, waits: Mapping[str, list[str]]) -> set[str]:
    """All steps that one waits for, at whatever remove."""
    found: set[str] = set()
    ahead = list(waits[step])
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += waits[one]
    return found


def _path(step: str, waits: Mapping[str, list[str]]) -> list[str]:
    """Return the shortest path from a step back to itself."""
    ways = [[step]]
    for way in ways:
        for one in sorted(waits[way[-1]]):
            if one == step:
                return [*way, step]
            if one not in way:
                ways.append([*way, one])
    return [step]


_LISTS = (("steps", "waits_for"), ("steps", "moved"), ("agenda", "about"), ("decisions", "about"))


def _unknown(tables: Tables, also: frozenset[str]) -> Iterator[Finding]:
    """References that may lead to any table, and lead to none."""
    ids = {name: _ids(tables, name) for name in BY_NAME if BY_NAME[name].key}
    every = also.union(*ids.values())
    for name, column in _LISTS:
        for row in table(tables, name).filter(pl.col(column).is_not_null()).iter_rows(named=True):
            names = [one.strip() for one in str(row[column]).split(";") if one.strip()]
            yield from (_lost(row, column, one, every) for one in names if one not in every)
    parents = ids["decisions"] | ids["sessions"]
    for row in table(tables, "steps").filter(pl.col("follows").is_not_null()).iter_rows(named=True):
        if row["follows"] not in parents:
            yield _lost(row, "follows", str(row["follows"]), parents)


def _ids(tables: Tables, name: str) -> frozenset[str]:
    return frozenset(table(tables, name)[BY_NAME[name].columns[0].name].drop_nulls())


def _lost(row: Row, column: str, name: str, known: frozenset[str]) -> Finding:
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.75)
    found = _told("record-unknown", row, column, name)
    if not near:
        return found
    return Finding(
        found.severity,
        found.code,
        found.place,
        found.read,
        found.expected,
        remedy="Did you mean {meant}?",
        values={"meant": near[0]},
    )


def _homeless(tables: Tables) -> Iterator[Finding]:
    """Yield rows that name a session if none was submitted; otherwise the reference is reported."""
    if not table(tables, "sessions").is_empty():
        return
    for name in ("attendance", "agenda", "decisions"):
        for row in table(tables, name).iter_rows(named=True):
            yield _told("session-unknown", row, "session", row["session"])


def _days(tables: Tables) -> Iterator[Finding]:
    """Ends before beginnings: of sessions, decisions before their session, steps before what they follow."""
    sessions = {row["session"]: row for row in table(tables, "sessions").iter_rows(named=True)}
    begun = {key: row["day"] for key, row in sessions.items()}
    for row in sessions.values():
        yield from _early(row, "until", begun, "session")
    for row in table(tables, "decisions").iter_rows(named=True):
        yield from _early(row, "day", begun, "session")
        parent = sessions.get(row["session"])
        begun[row["decision"]] = row["day"] or (ended(parent) if parent else None)
    for row in table(tables, "steps").iter_rows(named=True):
        yield from _early(row, "due", begun, "follows")
        yield from _early(row, "done", begun, "follows")


def _early(row: Row, column: str, begun: Mapping[object, object], parent: str) -> Iterator[Finding]:
    """A finding where a row's day lies before that of its parent."""
    day = row[column]
    first = begun.get(row[parent])
    if isinstance(day, date) and isinstance(first, date) and day < first:
        values = {"day": first.isoformat(), "other": str(row[parent])}
        yield _told("days-out-of-order", row, column, day.isoformat(), **values)


def _reservations(tables: Tables) -> Iterator[Finding]:
    """Yield reservations without a party."""
    known = {*_ids(tables, "parties"), *GROUPS}
    for row in table(tables, "decisions").iter_rows(named=True):
        for party, words in reservations(row):
            if party not in known and not party_id(party):
                read = f"{party}: {words}" if words else party
                yield _told("reservation-unreadable", row, "reservations", read)


def _unofficial(tables: Tables) -> Iterator[Finding]:
    """Yield steps ended and decisions taken on statements that are not official."""
    doubted = unofficial(tables)
    for row in table(tables, "steps").iter_rows(named=True):
        if stated(row) in ENDED and row["source"] in doubted:
            yield _doubted(row, stated(row), doubted, "open")
    for row in table(tables, "decisions").iter_rows(named=True):
        if row["source"] in doubted:
            yield _doubted(row, str(row["state"] or ADOPTED), doubted, REPORTED)


def _doubted(row: Row, read: str, doubted: Mapping[object, str], stays: str) -> Finding:
    values = {"statement": str(row["source"]), "class": doubted[row["source"]], "state": stays}
    return _told("statement-not-official", row, "state", read, **values)
