"""Distance of each clause from agreement, and the single amendment that would bring it nearest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from konvoi.accord.clause_positions import LIFTED, SILENCE, STATED, UNREADABLE, UNSPOKEN, Cell, Heard, Word
from konvoi.model.tables.positions import ACCEPT, AMEND, REJECT, RESERVES

SETTLED, OPEN, WAITING = STATES = ("settled", "open", "not all have spoken")
"""Status of a clause: settled if every party asked accepts it, open while one party has an open position;
else some parties have not answered, and their silence does not count, or not yet."""

_ORIGIN = {"_file": pl.String(), "_sheet": pl.String(), "_row": pl.Int64()}

CLAUSES = pl.Schema(
    {
        "document": pl.String(),
        "round": pl.String(),
        "number": pl.Int64(),
        "clause": pl.String(),
        "text": pl.String(),
        "state": pl.String(),
        "distance": pl.Int64(),
        "accepted": pl.Int64(),
        "lifted": pl.Int64(),
        "silent": pl.Int64(),
        "unstated": pl.Int64(),
        "unreadable": pl.Int64(),
        "best": pl.String(),
        "closes": pl.Int64(),
        "opens": pl.Int64(),
        "unsaid": pl.Int64(),
    }
)
"""One row for each clause of a round, in the order of its text.

state: one of STATES. distance: parties whose reservation, amendment or rejection is open; supporters of
another's amendment hold it open too. accepted, lifted, silent, unstated: other parties, which accept
expressly, after a reservation was lifted, by silence, or have not answered; unreadable: of the last, those
whose answer could not be read. best: the tabled amendment that closes most open positions, less those that it
opens; null where none closes more than it opens. closes: parties that then hold nothing open; opens: parties
that hold nothing open and reject it expressly; unsaid: parties without a position on it, which count for
neither."""

STANDS = pl.Schema(
    {
        "document": pl.String(),
        "round": pl.String(),
        "clause": pl.String(),
        "party": pl.String(),
        "stance": pl.String(),
        "how": pl.String(),
        "open": pl.Boolean(),
        "since": pl.Date(),
        "lifts": pl.Date(),
        "late": pl.Int64(),
        "after_deadline": pl.Boolean(),
        "carried": pl.Boolean(),
        "positions": pl.List(pl.String()),
        "words": pl.String(),
        "amendment": pl.String(),
        **_ORIGIN,
    }
)
"""One row for each clause and party asked. stance: null if the party has not answered. how: expressly,
by silence, lifted, unstated, not readable. since: the day from which on it has been open. lifts: the first
day by which a reserve is to be lifted; late: days from then to today, null where none. after_deadline: a
position behind it was taken after the deadline of the round. carried: from an earlier round. positions: ids
of the rows behind it; words, amendment, origin: of the one that is shown."""


@dataclass(frozen=True)
class Change:
    """Effect of one tabled amendment on a clause: parties by id."""

    amendment: Word
    closes: tuple[str, ...]
    opens: tuple[str, ...]
    unsaid: tuple[str, ...]

    @property
    def nearer(self) -> int:
        """Number of parties by which it brings the clause nearer."""
        return len(self.closes) - len(self.opens)


def clauses(said: Heard) -> pl.DataFrame:
    """Return the distance of each clause of a round from agreement (CLAUSES)."""
    views = _views(said.words)
    rows = [_clause(said, clause, cells, views) for clause, cells in said.cells.items()]
    return pl.DataFrame(rows, schema=CLAUSES)


def stands(said: Heard, day: date) -> pl.DataFrame:
    """Return the position of each party on each clause of a round (STANDS)."""
    rows = [_stands(said, cell, day) for cells in said.cells.values() for cell in cells]
    return pl.DataFrame(rows, schema=STANDS)


def changes(said: Heard, clause: str) -> list[Change]:
    """The amendments that are tabled on a clause, that which brings it nearest first."""
    return _changes(said.cells[clause], _views(said.words))


def _clause(
    said: Heard, clause: str, cells: Sequence[Cell], views: Mapping[str, Mapping[str, str]]
) -> dict[str, object]:
    distance = sum(bool(cell.held) for cell in cells)
    ways = [cell.how for cell in cells if not cell.held]
    unstated = sum(ways.count(how) for how in UNSPOKEN)
    found = _changes(cells, views) if distance else []
    best = found[0] if found and found[0].nearer > 0 else None
    return {
        "document": said.round.document,
        "round": said.round.name,
        "number": said.round.number,
        "clause": clause,
        "text": said.round.words.get(clause, "") if said.round.clauses is not None else "",
        "state": OPEN if distance else WAITING if unstated else SETTLED,
        "distance": distance,
        "accepted": ways.count(STATED),
        "lifted": ways.count(LIFTED),
        "silent": ways.count(SILENCE),
        "unstated": unstated,
        "unreadable": ways.count(UNREADABLE),
        "best": best.amendment.position if best else None,
        "closes": len(best.closes) if best else None,
        "opens": len(best.opens) if best else None,
        "unsaid": len(best.unsaid) if best else None,
    }


def _views(words: Iterable[Word]) -> dict[str, dict[str, str]]:
    """Return the last position of each party on each amendment: by amendment and party, accept or reject."""
    found: dict[str, dict[str, str]] = {}
    for one in sorted(words, key=lambda one: (one.day, one.position)):
        if one.amendment:
            found.setdefault(one.amendment, {})[one.party] = REJECT if one.stance == REJECT else ACCEPT
    return found


def _changes(cells: Sequence[Cell], views: Mapping[str, Mapping[str, str]]) -> list[Change]:
    tabled = {w.position: w for cell in cells for w in cell.held if w.stance == AMEND}
    found = [_change(one, cells, views.get(one.position, {})) for one in tabled.values()]
    return sorted(
        found, key=lambda one: (-one.nearer, len(one.unsaid), one.amendment.day, one.amendment.position)
    )


def _change(one: Word, cells: Sequence[Cell], views: Mapping[str, str]) -> Change:
    said = {**views, one.party: ACCEPT}
    closes = [
        cell.party
        for cell in cells
        if cell.held and said.get(cell.party) == ACCEPT and all(_closed(w, one) for w in cell.held)
    ]
    opens = [cell.party for cell in cells if not cell.held and said.get(cell.party) == REJECT]
    unsaid = [cell.party for cell in cells if cell.party not in said]
    return Change(one, tuple(closes), tuple(opens), tuple(unsaid))


def _closed(word: Word, amendment: Word) -> bool:
    """Return True if a party that agrees to an amendment drops a position: a reservation waits to be lifted,
    and positions on other clauses stay.
    """
    return word.clause == amendment.clause and word.stance not in RESERVES


def _stands(said: Heard, cell: Cell, day: date) -> dict[str, object]:
    shown = next((w for w in cell.held or cell.words if w.stance == cell.stance), None)
    due = [lifts for w in cell.held if isinstance(lifts := w.row["lifts"], date)]
    first = min(due, default=None)
    origin = {name: shown.row[name] if shown else None for name in _ORIGIN}
    return {
        "document": said.round.document,
        "round": said.round.name,
        "clause": cell.clause,
        "party": cell.party,
        "stance": cell.stance,
        "how": cell.how,
        "open": bool(cell.held),
        "since": cell.since,
        "lifts": first,
        "late": (day - first).days if first and first < day else None,
        "after_deadline": any(w.day > said.round.deadline for w in cell.words if not w.carried),
        "carried": any(w.carried for w in cell.held),
        "positions": [w.position for w in cell.words],
        "words": shown.row["words"] if shown else None,
        "amendment": (shown.amendment or None) if shown else None,
        **origin,
    }
