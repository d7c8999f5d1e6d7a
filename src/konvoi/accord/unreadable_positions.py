"""Unreadable positions: possible parties and clauses, where silence is no acceptance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from konvoi.accord.rounds import Row
from konvoi.model.clauses import parent
from konvoi.model.left_out import LEFT_OUT
from konvoi.model.tables.positions import ACCEPT, REJECT, RESERVES

UNHEARD = pl.Schema({**LEFT_OUT, "sender": pl.String()})
"""The rows of LEFT_OUT with the party that handed each in, null where that is not known."""


@dataclass(frozen=True)
class Unheard:
    """A position that could not be read. Empty: not known which party, round or stance; no day: not when.

    clause: empty for the whole text, or where that is not known either.
    """

    round: str
    party: str
    stance: str
    clause: str
    day: date | None
    row: Row = field(compare=False)

    def by(self, party: str) -> bool:
        """Return True if it may be a party's position."""
        return self.party in ("", party)

    def on(self, clause: str) -> bool:
        """Return True if it may be on a clause: on what that stands in, or on what stands in it."""
        return self.clause in ("", clause) or _within(clause, self.clause) or _within(self.clause, clause)

    def answered(self, accepted: Iterable[date | None]) -> bool:
        """Return True if the party has accepted since, in words that could be read."""
        return self.day is not None and any(day > self.day for day in accepted if day)

    @property
    def stays(self) -> bool:
        """Return True if it may go on into a round in which silence accepts: it may be a reserve."""
        return not self.stance or self.stance in RESERVES


def unheard(
    rows: pl.DataFrame, asked: Iterable[str], clauses: Mapping[str, str | None], day: date
) -> list[Unheard]:
    """Return the unreadable positions until a day, of rows of the schema UNHEARD.

    asked: the parties of all rounds; a sender of a row whose party cannot be read counts as that party.
    clauses: the clause of each position that could be read. A position on another's amendment alone leaves
    the clause as it is, and is left out.
    """
    parties = set(asked)
    found = []
    for row in rows.iter_rows(named=True):
        if row["amendment"] and row["stance"] in (ACCEPT, REJECT):
            continue
        if row["day"] is not None and row["day"] > day:
            continue
        sender = row["sender"] if row["sender"] in parties else None
        clause = row["clause"] or clauses.get(str(row["amendment"]))
        found.append(
            Unheard(
                round=str(row["round"] or ""),
                party=str(row["party"] or sender or ""),
                stance=str(row["stance"] or ""),
                clause=str(clause or "").strip().strip("/"),
                day=row["day"],
                row=row,
            )
        )
    return found


def carried(before: Iterable[Unheard], moved: Mapping[str, str], *, silence_accepts: bool) -> list[Unheard]:
    """Return those that go on from the round before, on the clause at its current place."""
    return [
        replace(one, clause=moved.get(one.clause, ""))
        for one in before
        if (one.stays or not silence_accepts) and (not one.clause or one.clause in moved)
    ]


def _within(clause: str, above: str) -> bool:
    while clause := parent(clause):
        if clause == above:
            return True
    return False
