"""Status of each step on a day: owner, steps it waits for, days overdue."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from konvoi.model.tables import BY_NAME
from konvoi.model.tables.sessions import DONE, DROPPED, OPEN

Tables = Mapping[str, pl.DataFrame]
Row = Mapping[str, object]

ENDED = (DONE, DROPPED)
OFFICIAL = "official"

STANDING = pl.Schema(
    {
        "step": pl.String(),
        "title": pl.String(),
        "party": pl.String(),
        "due": pl.Date(),
        "state": pl.String(),
        "claimed": pl.String(),
        "late": pl.Int64(),
        "waits": pl.List(pl.String()),
        "moved": pl.String(),
        "done": pl.Date(),
        "follows": pl.String(),
        "session": pl.String(),
        "topic": pl.String(),
        "marking": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One line for each step. state: open, begun, done, dropped. claimed: the state that a statement gives
to it which is not official, else null. late: days from its due day to the day it was done or, while it is
not ended, to today; null where that is none, or not known. waits: what it waits for and is not known to have
come. session, topic: those of the decision or session that it follows from."""


def standing(tables: Tables, *, day: date) -> pl.DataFrame:
    """Every step as it stands on a day, those that are not ended first, the longest late first (STANDING)."""
    rows = list(table(tables, "steps").iter_rows(named=True))
    doubted = unofficial(tables)
    states = {str(row["step"]): _state(row, doubted) for row in rows}
    parents = _parents(tables)
    found = [_stands(row, states, parents, tables, day) for row in rows]
    order = sorted(
        found,
        key=lambda one: (one["state"] in ENDED, -int(str(one["late"] or 0)), _due(one), str(one["step"])),
    )
    return pl.DataFrame(order, schema=STANDING)


def table(tables: Tables, name: str) -> pl.DataFrame:
    """Return a table by name; one that was not submitted is empty."""
    found = tables.get(name)
    return BY_NAME[name].empty() if found is None else found


def stated(row: Row) -> str:
    """The state that a step's row gives: done where it names none but the day on which it was done."""
    return str(row["state"] or (DONE if row["done"] else OPEN))


def unofficial(tables: Tables) -> Mapping[object, str]:
    """The class of each statement that is not official; what rests on one is not so until it is."""
    rows = table(tables, "statements").filter(pl.col("class") != OFFICIAL)
    return dict(rows.select("statement", "class").iter_rows())


def _state(row: Row, doubted: Mapping[object, str]) -> str:
    """Return the state of a step: a statement that is not official ends none."""
    said = stated(row)
    return OPEN if said in ENDED and row["source"] in doubted else said


def _stands(
    row: Row, states: Mapping[str, str], parents: Mapping[str, tuple[str, str]], tables: Tables, day: date
) -> dict[str, object]:
    now = states[str(row["step"])]
    said = stated(row)
    session, topic = parents.get(str(row["follows"] or ""), ("", ""))
    return {
        **{name: row[name] for name in ("step", "title", "party", "due", "moved", "follows")},
        **{name: row[name] for name in ("marking", "_file", "_sheet", "_row")},
        "state": now,
        "claimed": said if said != now else None,
        "late": _late(row, now, day),
        "waits": [one for one in waited(row) if not _came(one, states, tables)],
        "done": row["done"] if now == DONE else None,
        "session": session or None,
        "topic": topic or None,
    }


def waited(row: Row) -> tuple[str, ...]:
    """The ids that a step waits for."""
    return tuple(one.strip() for one in str(row["waits_for"] or "").split(";") if one.strip())


def _late(row: Row, now: str, day: date) -> int | None:
    due = row["due"]
    end = row["done"] if now == DONE else day
    if now == DROPPED or not isinstance(due, date) or not isinstance(end, date) or end <= due:
        return None
    return (end - due).days


def _came(name: str, states: Mapping[str, str], tables: Tables) -> bool:
    """Return True if the awaited record is known to be done: an ended step, or a given approval."""
    given = table(tables, "approvals").filter((pl.col("approval") == name) & pl.col("given").is_not_null())
    return states.get(name) in ENDED or not given.is_empty()


def _parents(tables: Tables) -> dict[str, tuple[str, str]]:
    """Session and topic by the decision or session that a step may follow from."""
    topics = dict(table(tables, "agenda").select("item", "topic").iter_rows())
    found = {str(one): (str(one), "") for one in table(tables, "sessions")["session"]}
    for row in table(tables, "decisions").iter_rows(named=True):
        found[str(row["decision"])] = (str(row["session"] or ""), topics.get(row["item"], ""))
    return found


def _due(one: Mapping[str, object]) -> date:
    due = one["due"]
    return due if isinstance(due, date) else date.max
