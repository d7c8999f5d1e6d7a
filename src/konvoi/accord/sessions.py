"""Sessions in the order of their days: the last one before a day, the next one, who was there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from konvoi.accord.steps import Tables, table, unofficial

ADOPTED, REPORTED = "adopted", "reported"


@dataclass(frozen=True)
class Around:
    """The sessions around a day: the last that ended before it, the next one that did not."""

    last: Mapping[str, object] | None
    next: Mapping[str, object] | None


def around(tables: Tables, *, day: date) -> Around:
    """The rows of `sessions` around a day; None where there is none."""
    rows = held(tables)
    return Around(
        last=next((row for row in reversed(rows) if ended(row) < day), None),
        next=next((row for row in rows if ended(row) >= day), None),
    )


def before(tables: Tables, session: Mapping[str, object]) -> Mapping[str, object] | None:
    """The session before another; None where it is the first."""
    rows = held(tables)
    at = next(number for number, row in enumerate(rows) if row["session"] == session["session"])
    return rows[at - 1] if at else None


def held(tables: Tables) -> Sequence[Mapping[str, object]]:
    """All sessions by day."""
    return table(tables, "sessions").sort("day", "session").rows(named=True)


def ended(session: Mapping[str, object]) -> date:
    """The last day of a session."""
    last = session["until"] or session["day"]
    if not isinstance(last, date):
        raise ValueError(f"session {session['session']} has no day")
    return last


def of_session(tables: Tables, name: str, session: str) -> pl.DataFrame:
    """The rows of a table that name a session, in the order of their submission."""
    return table(tables, name).filter(pl.col("session") == session)


def became(decision: Mapping[str, object], tables: Tables) -> str:
    """What became of a decision; one of which only others than officials tell is `reported`."""
    said = str(decision["state"] or ADOPTED)
    return REPORTED if decision["source"] in unofficial(tables) else said


def reservations(decision: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Who has a reservation on a decision, and which; the words are empty where there are none.

    >>> reservations({"reservations": "PL: until parliament agrees;FI"})
    (('PL', 'until parliament agrees'), ('FI', ''))
    """
    found = []
    for one in str(decision["reservations"] or "").split(";"):
        party, _, words = one.partition(":")
        if party.strip():
            found.append((party.strip(), words.strip()))
    return tuple(found)
