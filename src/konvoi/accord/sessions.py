"""Sessions in the order of their days: the last one before a day, the next one, who was there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from konvoi.accord.steps import Tables, table, unofficial

ADOPTED = "adopted"
REPORTED = "reported"


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


def decided(tables: Tables) -> pl.DataFrame:
    """Return the rows of `decisions` by day, with `became` and `topic`.

    became: adopted, deferred, rejected; reported, if the source is a statement that is not official. topic:
    that of its point of the agenda. day: the session's last where the row names none.
    """
    topics = dict(table(tables, "agenda").select("item", "topic").iter_rows())
    days = {row["session"]: ended(row) for row in held(tables)}
    doubted = [str(one) for one in unofficial(tables)]
    said = pl.col("state").fill_null(ADOPTED)
    rows = table(tables, "decisions").with_columns(
        became=pl.when(pl.col("source").is_in(doubted)).then(pl.lit(REPORTED)).otherwise(said),
        topic=pl.col("item").replace_strict(topics, default=None, return_dtype=pl.String),
        day=pl.coalesce("day", pl.col("session").replace_strict(days, default=None, return_dtype=pl.Date)),
    )
    return rows.sort("day", "decision", nulls_last=True)


def reservations(decision: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Return the parties with a reservation on a decision, and its words; empty where there are none.

    >>> reservations({"reservations": "PL: until parliament agrees;FI"})
    (('PL', 'until parliament agrees'), ('FI', ''))
    """
    found = []
    for one in str(decision["reservations"] or "").split(";"):
        party, _, words = one.partition(":")
        if party.strip():
            found.append((party.strip(), words.strip()))
    return tuple(found)
