"""Papers that each consignment must carry, and those missing on its loading day."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from konvoi.plan.consign import Ground, papers_of
from konvoi.plan.world import Row

PAPERS = pl.Schema(
    {
        "consignment": pl.String(),
        "paper": pl.String(),
        "kind": pl.String(),
        "party": pl.String(),
        "state": pl.String(),
        "day": pl.Date(),
        "expires": pl.Date(),
        "missing": pl.Boolean(),
    }
)
"""One line for each paper that a consignment needs. `state` is one of STATES on its loading day; `day` is the
day on which it was given, is expected, was refused or ceased to hold."""

STATES = ("given", "expected", "late", "overdue", "refused", "expired", "no day", "no record")
"""expected: in time for loading. late: only after it. overdue: its day has passed without it. no day: asked
for, and no day stated. no record: a paper of a standard, of which the tables hold no record."""

CONFLICTING = ("late", "overdue", "refused", "expired", "no day")
"""States in which the consignment may not load."""


def papers(ground: Ground, today: date) -> pl.DataFrame:
    """All papers by consignment, kind and id (PAPERS), as they stand on a day."""
    sets = _sets(ground)
    rows = [
        row
        for move in ground.moves.values()
        for row in (*_approvals(ground, move, today), *_of_standards(move, sets))
    ]
    frame = pl.DataFrame({name: [row[name] for row in rows] for name in PAPERS}, schema=PAPERS)
    return frame.sort("consignment", "kind", "paper")


def _approvals(ground: Ground, move: Row, today: date) -> Iterator[Row]:
    for row in papers_of(ground, move):
        state, day = standing(row, loads=move["departs"], today=today)
        yield {
            "consignment": move["movement"],
            "paper": row["approval"],
            "kind": row["kind"],
            "party": row["party"],
            "state": state,
            "day": day,
            "expires": row["expires"],
            "missing": state != "given",
        }


def standing(row: Row, *, loads: date, today: date) -> tuple[str, date | None]:
    """Return the status of an approval for a loading day, as known today, and the day that decides it."""
    if row["refused"]:
        return "refused", row["refused"]
    if row["expires"] and row["expires"] < loads:
        return "expired", row["expires"]
    if row["given"]:
        return ("given" if row["given"] <= loads else "late"), row["given"]
    if not row["due"]:
        return "no day", None
    if row["due"] < today:
        return "overdue", row["due"]
    return ("expected" if row["due"] <= loads else "late"), row["due"]


def _sets(ground: Ground) -> dict[str, list[Row]]:
    """The mandatory standards on sets of papers, by good."""
    found: dict[str, list[Row]] = {}
    for row in ground.world.rows["standards"]:
        if row["requirement"] == "paper set" and row["mandatory"] is not False:
            found.setdefault(row["good"], []).append(row)
    return found


def _of_standards(move: Row, sets: dict[str, list[Row]]) -> Iterator[Row]:
    for row in sets.get(move["good"], ()):
        if row["in_force"] is None or row["in_force"] <= move["departs"]:
            yield {
                "consignment": move["movement"],
                "paper": row["value"],
                "kind": "paper set",
                "party": None,
                "state": "no record",
                "day": None,
                "expires": None,
                "missing": True,
            }
