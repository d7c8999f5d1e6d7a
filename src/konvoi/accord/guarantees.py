"""Clauses that an event triggers, with who acts towards whom on a day, and until when they hold."""

from collections.abc import Mapping
from datetime import date

import polars as pl

Row = Mapping[str, object]

IN_FORCE, NOT_YET, ENDED, UNKNOWN = STATES = ("in force", "not in force yet", "ended", "not known")

GUARANTEES_ON = pl.Schema(
    {
        "guarantee": pl.String(),
        "document": pl.String(),
        "clause": pl.String(),
        "kind": pl.String(),
        "trigger": pl.String(),
        "trigger_de": pl.String(),
        "trigger_uk": pl.String(),
        "who": pl.String(),
        "whom": pl.String(),
        "hours": pl.Int64(),
        "on_request": pl.Boolean(),
        "state": pl.String(),
        "ends": pl.Date(),
        "address": pl.String(),
        "marking": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One row for each clause. who, whom: parties by id, separated by `; `. state: of its document on the day."""


def guarantees_on(guarantees: pl.DataFrame, documents: pl.DataFrame, *, day: date) -> pl.DataFrame:
    """Return the clauses as they hold on a day, those in force first, the shortest time first.

    Where a clause names nobody, all parties of its document act; whom it does not name are the other parties.
    """
    known = {str(row["document"]): row for row in documents.iter_rows(named=True)}
    rows = [_row(row, known.get(str(row["document"]), {}), day) for row in guarantees.iter_rows(named=True)]
    rows.sort(key=_order)
    return pl.DataFrame(rows, schema=GUARANTEES_ON)


def _order(row: Row) -> tuple[object, ...]:
    hours = row["hours"]
    unstated = not isinstance(hours, int)
    return (STATES.index(str(row["state"])), unstated, hours or 0, row["document"], row["guarantee"])


def _row(row: Row, document: Row, day: date) -> dict[str, object]:
    parties = _ids(document.get("parties"))
    who = _ids(row["who"]) or parties
    others = [one for one in parties if one not in who]
    whom = _ids(row["whom"]) or others or parties
    return {
        **{name: row[name] for name in GUARANTEES_ON if name in row},
        "who": "; ".join(who) or None,
        "whom": "; ".join(whom) or None,
        "state": _state(document, day),
        "ends": document.get("ends"),
    }


def _ids(value: object) -> list[str]:
    return [one.strip() for one in str(value or "").split(";") if one.strip()]


def _state(document: Row, day: date) -> str:
    since = document.get("in_force")
    ends = document.get("ends")
    if isinstance(ends, date) and ends < day:
        return ENDED
    if not isinstance(since, date):
        return UNKNOWN
    return IN_FORCE if since <= day else NOT_YET
