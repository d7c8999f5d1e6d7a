"""Contradictions in rounds and positions, with their places and remedies."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from itertools import groupby

from konvoi.accord.clause_positions import Heard, Word, word
from konvoi.accord.compare import paired
from konvoi.accord.rounds import Round, Row, contradicts_itself
from konvoi.accord.steps import Tables, table
from konvoi.model.finding import Finding, Severity, told
from konvoi.model.tables.positions import ACCEPT, AMEND, RESERVES, SUPPORT

_WORDS = {
    "position-clause-gone": (
        "a clause of the text of {round}; the clause was deleted",
        "Withdraw the position, or move it to another clause.",
    ),
    "position-clause-unknown": (
        "a clause of the text of {round}",
        "konvoi agreement clauses names the clauses of a text.",
    ),
    "position-of-other": (
        "a party that is asked in {round}: {parties}",
        "Correct the party, or name it among the parties of the round.",
    ),
    "position-late": (
        "a date not after {day}, the deadline of {round}; the position is recorded nevertheless",
        "Correct the day, or put it to the next round.",
    ),
    "position-out-of-order": (
        "a day not before {day}",
        "Correct the day that is wrong.",
    ),
    "positions-contradict": (
        "one position per party, clause and day; {other} differs, the clause stays open",
        "Take one of the two out, or correct its day.",
    ),
    "amendment-unnamed": (
        "the amendment that is supported, by the id of its position",
        "Enter it; until then the position is open and supports no amendment.",
    ),
    "amendment-elsewhere": (
        "a position that amends the same clause in the same document",
        "Name the amendment that is meant.",
    ),
    "amendment-without-words": (
        "the clause as it is to read",
        "Enter the wording of the amendment.",
    ),
    "reserve-without-day": (
        "the date by which the reservation is to be withdrawn",
        "Ask the party for it.",
    ),
    "reserve-overdue": (
        "a reservation withdrawn by its date; it remains open",
        "Ask the party, and submit the day on which it was lifted.",
    ),
    "round-out-of-order": (
        "a deadline not before {day}, the day of opening; silence accepts nothing until corrected",
        "Correct the day that is wrong.",
    ),
    "round-unknown": (
        "a round from the table “rounds”; none submitted",
        "Submit the round: its id, its document and its deadline.",
    ),
    "round-without-parties": (
        "the parties that are asked: those of the round, or of its document",
        "Name them in the round, or submit the document with its parties.",
    ),
    "round-without-text": (
        "the text of the round; without it only clauses that a position names are shown",
        "Submit the text, and write the name of its file into the round.",
    ),
}
_SEVERITIES = {
    **dict.fromkeys(
        (
            *("position-clause-gone", "position-clause-unknown", "position-of-other"),
            *("amendment-elsewhere", "round-unknown", "round-without-parties"),
        ),
        Severity.ERROR,
    ),
    **dict.fromkeys(("reserve-without-day", "round-without-text"), Severity.NOTE),
}
_MOVED = "The current clause is {meant}: refer to it."


def faults(
    tables: Tables, held: Mapping[str, Sequence[Round]], said: Mapping[str, Sequence[Heard]], *, day: date
) -> tuple[Finding, ...]:
    """Return all findings on rounds and positions, by place.

    held, said: the rounds of each document, and the positions in them, as of `day`.
    """
    rows = table(tables, "positions").sort("day", "position").rows(named=True)
    every = [one for own in held.values() for one in own]
    found = [
        *_homeless(tables, rows),
        *(found for one in every for found in _round_faults(one)),
        *_lost(said),
        *_of_rounds(rows, every),
        *_amendments(rows, {one.name: one.document for one in every}),
        *_overdue(said, day),
    ]
    return tuple(sorted(found, key=lambda one: (one.place, one.code, one.read)))


def _told(code: str, row: Row, column: str, read: object, **values: str) -> Finding:
    place = {"submission": row["_file"], "sheet": row["_sheet"], "row": row["_row"], "column": column}
    severity = _SEVERITIES.get(code, Severity.WARNING)
    return told(severity, code, place, _WORDS[code], read=str(read or ""), values=values)


def _homeless(tables: Tables, rows: Sequence[Row]) -> Iterator[Finding]:
    """Yield positions if no round was submitted; otherwise the reference itself is reported as unknown."""
    if table(tables, "rounds").is_empty():
        yield from (_told("round-unknown", row, "round", row["round"]) for row in rows)


def _round_faults(one: Round) -> Iterator[Finding]:
    if not one.parties:
        yield _told("round-without-parties", one.row, "parties", one.row["parties"])
    if one.clauses is None:
        yield _told("round-without-text", one.row, "text", one.row["text"])
    if one.opened and contradicts_itself(one.row):
        day = one.opened.isoformat()
        yield _told("round-out-of-order", one.row, "deadline", one.deadline, day=day)


def _lost(said: Mapping[str, Sequence[Heard]]) -> Iterator[Finding]:
    """Yield reservations of earlier rounds on clauses that a later text lacks, for the first such round."""
    for found in said.values():
        for one in found:
            for lost in one.lost:
                finding = _told(
                    "position-clause-gone", lost.row, "clause", lost.row["clause"], round=one.round.name
                )
                yield Finding(
                    Severity.WARNING,
                    finding.code,
                    finding.place,
                    finding.read,
                    finding.expected,
                    "Withdraw the reservation, or move it to another clause.",
                    finding.values,
                )


@dataclass(frozen=True)
class _Text:
    """The clauses of a round, and what became of those of the round before it."""

    round: Round
    before: Round | None

    def fault(self, one: Word) -> Finding | None:
        """Return the fault of the clause that a position is on."""
        known = self.round.words
        if not known or not one.clause or one.clause in known:
            return None
        old = self.before.words if self.before else {}
        if one.clause not in old:
            near = get_close_matches(one.clause, sorted(known), n=1, cutoff=0.75)
            hint = ("Did you mean {meant}?", near[0]) if near else ("", "")
            return self._told("position-clause-unknown", one, *hint)
        now = self.moved.get(one.clause, "")
        return self._told("position-clause-gone", one, _MOVED if now else "", now)

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """Return the current place of each clause of the round before."""
        old = self.before.words if self.before else {}
        return {was: now for now, was in paired(old, self.round.words).items()}

    def _told(self, code: str, one: Word, remedy: str, meant: str) -> Finding:
        found = _told(code, one.row, "clause", one.row["clause"], round=self.round.name)
        if not remedy:
            return found
        values = {**found.values, "meant": meant}
        return Finding(found.severity, code, found.place, found.read, found.expected, remedy, values)


def _of_rounds(rows: Sequence[Row], held: Sequence[Round]) -> Iterator[Finding]:
    """Yield the faults of each position in its round."""
    on = {str(row["position"]): row["clause"] for row in rows}
    clauses = {name: str(clause) if clause else None for name, clause in on.items()}
    texts = {one.name: _Text(one, _before(one, held)) for one in held}
    words = [word(row, clauses) for row in rows if row["round"] in texts]
    for one in words:
        text = texts[str(one.row["round"])]
        yield from _of_word(one, text.round)
        if (fault := text.fault(one)) is not None:
            yield fault
    yield from _contradictions(words)


def _before(one: Round, held: Sequence[Round]) -> Round | None:
    own = [other for other in held if other.document == one.document]
    return own[one.number - 2] if one.number > 1 else None


def _of_word(one: Word, asked: Round) -> Iterator[Finding]:
    row = one.row
    name = asked.name
    if asked.parties and one.party not in asked.parties:
        yield _told(
            "position-of-other", row, "party", one.party, round=name, parties=", ".join(asked.parties)
        )
    if one.day > asked.deadline:
        yield _told("position-late", row, "day", one.day, round=name, day=asked.deadline.isoformat())
    if asked.opened and one.day < asked.opened:
        yield _told("position-out-of-order", row, "day", one.day, day=asked.opened.isoformat())
    if one.lifted and one.lifted < one.day:
        yield _told("position-out-of-order", row, "lifted", one.lifted, day=one.day.isoformat())
    if one.stance in RESERVES and row["lifts"] is None and one.lifted is None:
        yield _told("reserve-without-day", row, "lifts", "")


def _contradictions(words: Sequence[Word]) -> Iterator[Finding]:
    """Acceptance and something open of one party on one clause on one day."""

    def key(one: Word) -> tuple[str, str, str, str]:
        return str(one.row["round"]), one.party, one.clause, one.day.isoformat()

    own = sorted((one for one in words if not one.on_amendment), key=lambda one: (key(one), one.position))
    for _, group in groupby(own, key=key):
        said = list(group)
        open_ones = [one for one in said if one.stance != ACCEPT]
        accepts = [one for one in said if one.stance == ACCEPT]
        if open_ones and accepts:
            other = open_ones[0].position
            yield _told("positions-contradict", accepts[0].row, "stance", ACCEPT, other=other)


def _amendments(rows: Sequence[Row], documents: Mapping[str, str]) -> Iterator[Finding]:
    """Amendments without words, support for none, and names of what amends nothing there."""
    by_name = {str(row["position"]): row for row in rows}
    for row in rows:
        if row["stance"] == AMEND and not row["words"]:
            yield _told("amendment-without-words", row, "words", "")
        if row["stance"] == SUPPORT and not row["amendment"]:
            yield _told("amendment-unnamed", row, "amendment", "")
        meant = by_name.get(str(row["amendment"]))
        if meant is None:
            continue
        there = [documents.get(str(one["round"])) for one in (row, meant)]
        same = not row["clause"] or row["round"] != meant["round"] or row["clause"] == meant["clause"]
        if meant["stance"] != AMEND or there[0] != there[1] or not same:
            yield _told("amendment-elsewhere", row, "amendment", row["amendment"])


def _overdue(said: Mapping[str, Sequence[Heard]], day: date) -> Iterator[Finding]:
    """Reserves that stand in a document's latest round and should have been lifted before today."""
    for found in said.values():
        last = found[-1]
        held = {w.position: w for cells in last.cells.values() for cell in cells for w in cell.held}
        for one in sorted(held.values(), key=lambda one: one.position):
            lifts = one.row["lifts"]
            if one.stance in RESERVES and isinstance(lifts, date) and lifts < day:
                yield _told("reserve-overdue", one.row, "lifts", lifts)
