"""Positions of each party on each clause of a draft on a day: in a round, after the rounds before it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

import polars as pl

from konvoi.accord.compare import paired
from konvoi.accord.rounds import Round, Row
from konvoi.accord.unreadable_positions import UNHEARD, Unheard, carried, unheard
from konvoi.kit.text import fold
from konvoi.model.clauses import parent
from konvoi.model.tables.positions import ACCEPT, AMEND, REJECT, RESERVES, SUPPORT

HOW = ("expressly", "by silence", "lifted", "unstated", "not readable")
STATED, SILENCE, LIFTED, UNSTATED, UNREADABLE = HOW
UNSPOKEN = (UNSTATED, UNREADABLE)
"""Parties without an answer, and with one that could not be read: neither has accepted."""

WEIGHTS = (REJECT, AMEND, SUPPORT, *RESERVES[1:], RESERVES[0], ACCEPT)
"""Order of stances by weight: of several that one party holds together, the first is shown."""


@dataclass(frozen=True)
class Word:
    """One position. clause: empty for the whole text. since: the first day of what it goes on with."""

    position: str
    party: str
    stance: str
    day: date
    clause: str
    amendment: str
    lifted: date | None
    row: Row
    carried: bool = False

    @property
    def on_amendment(self) -> bool:
        """Return True if it concerns another's amendment alone and leaves the clause as it is."""
        return bool(self.amendment) and self.stance in (ACCEPT, REJECT)

    def open(self, day: date) -> bool:
        """Return True if it is open on a day."""
        return self.stance != ACCEPT and (self.lifted is None or self.lifted > day)


@dataclass(frozen=True)
class Cell:
    """Position of one party on one clause. how: one of HOW. words: those that stand; held: the open ones.

    since: the day from which on it has been open without a break, through earlier rounds too.
    """

    clause: str
    party: str
    how: str
    words: tuple[Word, ...] = ()
    held: tuple[Word, ...] = ()
    since: date | None = None

    @property
    def stance(self) -> str | None:
        """The heaviest open stance, else acceptance; None if the party has not answered."""
        said = self.held or (self.words if self.how == STATED else ())
        return min((word.stance for word in said), key=WEIGHTS.index, default=None)

    @property
    def settled(self) -> bool:
        """Return True if it accepts the clause, expressly or by silence."""
        return not self.held and self.how not in UNSPOKEN


@dataclass(frozen=True)
class Heard:
    """All positions in a round on a day. cells: by clause and party, clauses in the order of the text.

    words: positions taken in this round or carried into it, on clauses that it has. lost: reservations that
    were carried into it and whose clause it lacks. unheard: unreadable positions.
    """

    round: Round
    cells: Mapping[str, tuple[Cell, ...]]
    words: tuple[Word, ...]
    lost: tuple[Word, ...] = ()
    unheard: tuple[Unheard, ...] = ()


def heard(
    held: Sequence[Round], positions: pl.DataFrame, day: date, left_out: pl.DataFrame | None = None
) -> list[Heard]:
    """Return the positions in each round of a document, in their order, as stated until a day.

    A later position of a party on a clause, or on a parent of it, replaces its earlier ones; a reservation
    stays beside a later amendment or rejection until it is lifted or the party accepts. Positions of parties
    that are not asked, or on clauses that the text does not have, are left out
    (konvoi.accord.position_validation). left_out: positions that could not be read
    (konvoi.accord.unreadable_positions.UNHEARD); a party that may have taken one has not accepted the clauses
    it may be on, unless it has accepted since.
    """
    own = _by_round(positions, day)
    asked = {party for one in held for party in one.parties}
    on = dict(positions.select("position", "clause").iter_rows())
    lost = unheard(pl.DataFrame(schema=UNHEARD) if left_out is None else left_out, asked, on, day)
    found: list[Heard] = []
    for one in held:
        before = found[-1] if found else None
        missed = [other for other in lost if other.round in ("", one.name)]
        found.append(_heard(one, own.get(one.name, ()), before, day, missed))
    return found


def _by_round(positions: pl.DataFrame, day: date) -> dict[str, list[Word]]:
    on = dict(positions.select("position", "clause").iter_rows())
    rows = positions.filter(pl.col("day") <= day).sort("day", "position")
    found: dict[str, list[Word]] = {}
    for row in rows.iter_rows(named=True):
        found.setdefault(str(row["round"]), []).append(word(row, on))
    return found


def word(row: Row, on: Mapping[str, str | None]) -> Word:
    """A row of the table of positions; one that names an amendment and no clause is on that one's clause.

    on: the clause of each position.
    """
    day = row["day"]
    lifted = row["lifted"]
    if not isinstance(day, date):
        raise ValueError(f"position {row['position']} has no day")
    return Word(
        position=str(row["position"]),
        party=str(row["party"]),
        stance=str(row["stance"]),
        day=day,
        clause=str(row["clause"] or on.get(str(row["amendment"])) or "").strip().strip("/"),
        amendment=str(row["amendment"] or ""),
        lifted=lifted if isinstance(lifted, date) else None,
        row=row,
    )


def _heard(
    one: Round, own: Iterable[Word], before: Heard | None, day: date, missed: Sequence[Unheard]
) -> Heard:
    known = one.words
    mine = [w for w in own if w.party in one.parties and (not known or not w.clause or w.clause in known)]
    moved = _moved(before, one)
    brought, lost = _carried(one, before, moved, day)
    words = (*brought, *mine)
    still = carried(before.unheard if before else (), moved, silence_accepts=one.silence_accepts)
    missing = tuple(dict.fromkeys((*still, *missed, *_astray(one, own, before, moved))))
    hearing = _Hearing(one, _Said.of(words), day, _since(before, moved), missing)
    cells = {
        clause: tuple(hearing.cell(clause, party) for party in one.parties) for clause in _asked(one, words)
    }
    return Heard(one, cells, words, lost, missing)


def _astray(
    one: Round, own: Iterable[Word], before: Heard | None, moved: Mapping[str, str]
) -> Iterator[Unheard]:
    """Yield positions on clauses missing in the text: on the clause's successor, or on its parent.

    A clause that was dropped from the text of the round before cannot be accepted any more.
    """
    known = one.words
    old = before.round.words if before else {}
    for word in own:
        if word.party not in one.parties or word.on_amendment or not known or word.clause in ("", *known):
            continue
        up = next((up for up in above(word.clause) if up in known), "")
        clause = moved.get(word.clause) if word.clause in old else up
        if clause is not None and word.open(word.day):
            yield Unheard(one.name, word.party, word.stance, clause, word.day, word.row)


def _moved(before: Heard | None, one: Round) -> dict[str, str]:
    """Return the current place of each clause of the round before; others are gone, or have no text."""
    if before is None:
        return {}
    old = before.round.words
    new = one.words
    if not old or not new:
        return {clause: clause for clause in (*old, *before.cells, *(w.clause for w in before.words))}
    return {was: now for now, was in paired(old, new).items()}


def _carried(
    one: Round, before: Heard | None, moved: Mapping[str, str], day: date
) -> tuple[list[Word], tuple[Word, ...]]:
    """Return positions that go on from the round before: reservations that are not lifted; where silence is
    no answer, all standing positions, acceptances only where the words are the same, amendments and support
    of them only where the text does not read so by now.
    """
    if before is None:
        return [], ()
    standing = {w.position: w for cells in before.cells.values() for cell in cells for w in cell.words}
    asked = [w for w in before.words if w.position in standing and w.party in one.parties]
    adopted = _adopted(before, one, moved)
    kept = [w for w in asked if w.position not in adopted and _goes_on(w, one, before.round, moved, day)]
    there = [w for w in kept if not w.clause or w.clause in moved]
    gone = tuple(w for w in kept if w.clause and w.clause not in moved)
    return [replace(w, clause=moved[w.clause] if w.clause else "", carried=True) for w in there], gone


def _adopted(before: Heard, one: Round, moved: Mapping[str, str]) -> set[str]:
    """Return amendments whose wording the next text has, and the support of them, by position."""
    amendments = set()
    for w in before.words:
        now = one.words.get(moved.get(w.clause, ""), "").split()
        if w.stance == AMEND and now and now == str(w.row["words"] or "").split():
            amendments.add(w.position)
    support = (w for w in before.words if w.stance == SUPPORT and w.amendment in amendments)
    return amendments | {w.position for w in support}


def _goes_on(word: Word, one: Round, before: Round, moved: Mapping[str, str], day: date) -> bool:
    if word.stance in RESERVES:
        return word.open(day)
    if one.silence_accepts:
        return False
    if word.stance != ACCEPT:
        return word.open(day)
    now = moved.get(word.clause)
    return now is not None and fold(before.words.get(word.clause, "")) == fold(one.words.get(now, ""))


def _since(before: Heard | None, moved: Mapping[str, str]) -> dict[tuple[str, str], date]:
    """Return the first day of each party's open position on a clause, by the clause's current place."""
    if before is None:
        return {}
    return {
        (moved[clause], cell.party): cell.since
        for clause, cells in before.cells.items()
        if clause in moved
        for cell in cells
        if cell.held and cell.since
    }


def _asked(one: Round, words: Sequence[Word]) -> list[str]:
    """Return the clauses of a round: those of its text, and others with a position that are neither below nor
    above one of them; without a text, those with a position."""
    named = list(dict.fromkeys(w.clause for w in words if w.clause))
    if one.clauses is None:
        return sorted(named)
    asked = one.asked or one.operative
    within = {up for clause in asked for up in (clause, *above(clause))}
    rows = set(asked)
    rows |= {clause for clause in named if clause not in within and not rows & set(above(clause))}
    return [clause for clause in one.words if clause in rows]


def above(clause: str) -> list[str]:
    """Return all parents of a clause, the nearest first, without the whole text.

    >>> above("II/s1/6")
    ['II/s1', 'II']
    """
    found = []
    while clause := parent(clause):
        found.append(clause)
    return found


@dataclass
class _Said:
    """Positions by party and clause, in the order in which they were taken."""

    on: dict[tuple[str, str], list[Word]] = field(default_factory=dict)
    below: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, words: Iterable[Word]) -> "_Said":
        found = cls()
        for one in words:
            if one.on_amendment:
                continue
            if (one.party, one.clause) not in found.on:
                for up in above(one.clause):
                    found.below.setdefault((one.party, up), []).append(one.clause)
            found.on.setdefault((one.party, one.clause), []).append(one)
        return found

    def standing(self, party: str, clause: str) -> list[Word]:
        """Return a party's positions on a clause and on those below it, by all its statements."""
        found: dict[str, Word] = {}
        for target in (clause, *self.below.get((party, clause), ())):
            found |= {one.position: one for one in self._last(party, target)}
        return list(found.values())

    def _last(self, party: str, target: str) -> list[Word]:
        depth = {at: -number for number, at in enumerate((target, *above(target), ""))}
        every = [one for at in depth for one in self.on.get((party, at), ())]
        if len(every) < 2:
            return every
        stands: list[Word] = []
        every.sort(key=lambda one: (one.day, depth[one.clause]))
        for _, group in groupby(every, key=lambda one: (one.day, depth[one.clause])):
            said = list(group)
            settles = any(one.stance == ACCEPT or one.stance in RESERVES for one in said)
            kept = [] if settles else [one for one in stands if one.stance in RESERVES]
            stands = [*kept, *said]
        return stands


@dataclass(frozen=True)
class _Hearing:
    """One round on a day. since: first day of each party's open position on each clause in rounds before.

    missing: unreadable positions.
    """

    round: Round
    said: _Said
    day: date
    since: Mapping[tuple[str, str], date]
    missing: Sequence[Unheard] = ()

    def cell(self, clause: str, party: str) -> Cell:
        """Return the position of one party on one clause."""
        words = tuple(self.said.standing(party, clause))
        held = tuple(one for one in words if one.open(self.day))
        if held:
            first = self.since.get((clause, party)) or min(one.day for one in held)
            return Cell(clause, party, STATED, words, held, first)
        if self._missed(clause, party, words):
            return Cell(clause, party, UNREADABLE, words)
        # A reserve that is lifted leaves an acceptance; what else is taken back leaves silence.
        if any(one.stance == ACCEPT for one in words):
            return Cell(clause, party, STATED, words)
        if any(one.stance in RESERVES for one in words):
            return Cell(clause, party, LIFTED, words)
        silent = self.round.silent_accept(self.day)
        return Cell(clause, party, SILENCE if silent else UNSTATED, words)

    def _missed(self, clause: str, party: str, words: Sequence[Word]) -> bool:
        """Return True if an unreadable position may be a party's on a clause, not accepted since."""
        accepted = [one.day if one.stance == ACCEPT else one.lifted for one in words]
        return any(one.by(party) and one.on(clause) and not one.answered(accepted) for one in self.missing)
