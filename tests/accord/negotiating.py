"""A draft of four clauses, three parties and their positions, said in as few words as a test needs."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
from tests.accord.talks import tables

from konvoi.accord.clause_positions import Heard, heard
from konvoi.accord.rounds import Round, rounds
from konvoi.model.clauses import CLAUSES, Kind

OPENED, DEADLINE, AFTER = date(2031, 1, 1), date(2031, 1, 20), date(2031, 1, 21)
PARTIES = "A; B; C"
CLAUSE = {
    "I/1": "The parties keep one schedule.",
    "I/2": "Each party tells of delays within a day.",
    "II/1": "The fund decides by a majority of its payers.",
    "II/2": "What is left is returned.",
}
Said = Mapping[str, object]


def text(words: Mapping[str, str] = CLAUSE, file: str = "draft.md") -> pl.DataFrame:
    """Clauses of a draft under two headings."""
    rows = [("I", Kind.PART, "Delivery"), ("II", Kind.PART, "Money")]
    rows += [(clause, Kind.PARAGRAPH, said) for clause, said in words.items()]
    rows.sort()
    frame = pl.DataFrame(
        [{"clause": clause, "kind": str(kind), "text": said} for clause, kind, said in rows],
        schema={name: CLAUSES[name] for name in ("clause", "kind", "text")},
    )
    missing = [pl.lit(None, kind).alias(name) for name, kind in CLAUSES.items() if name not in frame.columns]
    return frame.with_columns(missing).with_columns(_file=pl.lit(file)).select(CLAUSES.names())


def said(
    party: str, stance: str, clause: str = "", *, day: int | date = 10, **more: object
) -> dict[str, object]:
    """A position of the first round, named after the party and its clause where it has no name."""
    return {
        "position": f"{party}-{stance}-{clause}-{day}",
        "round": "R1",
        "party": party,
        "stance": stance,
        "day": date(2031, 1, day) if isinstance(day, int) else day,
        "clause": clause or None,
        **more,
    }


def drafts(*more: Said, parties: str = PARTIES, **texts: pl.DataFrame) -> tuple[Round, ...]:
    """The rounds of one document: the first, and those that are given."""
    first = {"round": "R1", "document": "D", "deadline": DEADLINE, "opened": OPENED}
    own = tables(documents=[{"document": "D", "parties": parties}], rounds=[first, *more])
    return rounds(own, texts or {"R1": text()})["D"]


def hearing(
    *positions: Said,
    day: date = AFTER,
    more: Sequence[Said] = (),
    rule: str | None = None,
    **texts: pl.DataFrame,
) -> Heard:
    """The last of the rounds on a day."""
    first = {"round": "R1", "document": "D", "deadline": DEADLINE, "opened": OPENED, "rule": rule}
    own = tables(documents=[{"document": "D", "parties": PARTIES}], rounds=[first, *more])
    held = rounds(own, texts or {"R1": text()})["D"]
    return heard(held, tables(positions=positions)["positions"], day)[-1]


def hows(one: Heard, clause: str) -> dict[str, str]:
    """What each party says to a clause: what it holds, else how it accepts or does not."""
    return {cell.party: str(cell.stance) if cell.held else cell.how for cell in one.cells[clause]}
