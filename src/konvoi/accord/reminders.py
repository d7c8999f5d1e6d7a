"""Reminders of action items: due soon, overdue, and overdue for so long that the head is told, too."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from konvoi.accord.steps import ENDED

DUE_SOON, OVERDUE, ESCALATED = LEVELS = ("due soon", "overdue", "escalated")

REMINDERS = pl.Schema(
    {
        "step": pl.String(),
        "title": pl.String(),
        "party": pl.String(),
        "due": pl.Date(),
        "level": pl.String(),
        "left": pl.Int64(),
        "late": pl.Int64(),
        "escalates": pl.Date(),
        "head": pl.String(),
        "office": pl.String(),
        "session": pl.String(),
        "waits": pl.List(pl.String()),
        "marking": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One row for each action item to remind of, the longest overdue first. left: days to its due day, late: days
since; the other is null. escalates: day from which the head of the delegation is told. head, office: of the
party at the meeting from which the item follows, where that was submitted."""


def reminders(
    standing: pl.DataFrame,
    attendance: pl.DataFrame,
    *,
    day: date,
    remind_days: int,
    escalate_days: int,
) -> pl.DataFrame:
    """Return the reminders of a day (REMINDERS).

    standing: action items on that day (konvoi.accord.steps.STANDING). An item is due soon for remind_days
    before its due day, that day included, and escalated from escalate_days after it on. Items without a due
    day, done or dropped ones have no reminder.
    """
    heads = {(row["session"], row["party"]): row for row in attendance.iter_rows(named=True)}
    live = standing.filter(pl.col("due").is_not_null(), ~pl.col("state").is_in(ENDED))
    rows = []
    for row in live.iter_rows(named=True):
        late = (day - row["due"]).days
        if late < -remind_days:
            continue
        head: Mapping[str, object] = heads.get((row["session"], row["party"]), {})
        level = DUE_SOON if late <= 0 else OVERDUE if late < escalate_days else ESCALATED
        rows.append(
            {name: row[name] for name in REMINDERS if name in row}
            | {
                "level": level,
                "left": -late if late <= 0 else None,
                "late": late if late > 0 else None,
                "escalates": date.fromordinal(row["due"].toordinal() + escalate_days),
                "head": head.get("head"),
                "office": head.get("office"),
            }
        )
    rows.sort(key=lambda row: (row["due"], str(row["party"]), str(row["step"])))
    return pl.DataFrame(rows, schema=REMINDERS)
