"""The rounds in which a draft is put to its parties: in which order, who is asked, what silence means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

import polars as pl

from konvoi.accord.steps import Tables, table
from konvoi.kit.text import fold
from konvoi.model.clauses import OPERATIVE, Kind
from konvoi.model.tables.positions import ACCEPTANCE

Row = Mapping[str, object]


@dataclass(frozen=True)
class Round:
    """One round of a document. number: counted from 1 in the order of rounds. parties: those asked, by id.

    silence_accepts: as silence_accepts says of its row. silence_known: False for a reader from whom a
    position may be hidden. clauses: its text (model.clauses.CLAUSES); None if it was not submitted.
    """

    name: str
    document: str
    number: int
    deadline: date
    opened: date | None
    silence_accepts: bool
    parties: tuple[str, ...]
    title: str
    row: Row
    clauses: pl.DataFrame | None = None
    silence_known: bool = True

    def over(self, day: date) -> bool:
        """Return True if its deadline has passed; on the day of the deadline parties may still answer."""
        return day > self.deadline

    def silent_accept(self, day: date) -> bool:
        """Return True if on a day a party without a position counts as accepting."""
        return self.silence_accepts and self.silence_known and self.over(day)

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The words of each of its clauses, headings too, in their order."""
        held = self.clauses
        return {} if held is None else dict(held.select("clause", "text").iter_rows())

    @property
    def operative(self) -> tuple[str, ...]:
        """The clauses that a position may be taken on by themselves, points too, in their order."""
        held = self.clauses
        return () if held is None else tuple(held.filter(pl.col("kind").is_in(OPERATIVE))["clause"])

    @property
    def asked(self) -> tuple[str, ...]:
        """The clauses that each party is asked about: those directly below a part or section."""
        held = self.clauses
        return () if held is None else tuple(held.filter(pl.col("kind") == Kind.PARAGRAPH)["clause"])


def rounds(tables: Tables, texts: Mapping[str, pl.DataFrame]) -> dict[str, tuple[Round, ...]]:
    """Return the rounds of each document in their order, by document.

    texts: the clauses of each text, by the name of its round (see `text_names`).
    """
    parties = {str(row["document"]): str(row["parties"] or "") for row in _rows(tables, "documents")}
    found: dict[str, list[Row]] = {}
    for row in _rows(tables, "rounds"):
        found.setdefault(str(row["document"]), []).append(row)
    return {
        document: tuple(
            _round(row, number, parties.get(document, ""), texts)
            for number, row in enumerate(in_order(own), 1)
        )
        for document, own in sorted(found.items())
    }


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Return the rounds of one document in the order in which they begin, then by deadline and id.

    A round that names no day on which it was opened begins with the last deadline before its own.
    """
    every = list(rows)

    def key(row: Row) -> tuple[str, str, str]:
        deadline = str(row["deadline"])
        before = max((day for one in every if (day := str(one["deadline"])) < deadline), default="")
        return str(row["opened"] or before), deadline, str(row["round"])

    return sorted(every, key=key)


def contradicts_itself(row: Row) -> bool:
    """Return True if the deadline of a round is before the day on which it was opened."""
    opened, deadline = row["opened"], row["deadline"]
    return isinstance(opened, date) and isinstance(deadline, date) and deadline < opened


def silence_accepts(row: Row) -> bool:
    """Return True if silence until the deadline of a round is acceptance.

    By the rule of the round, and never while its days contradict each other.
    """
    return (row["rule"] or ACCEPTANCE) == ACCEPTANCE and not contradicts_itself(row)


def text_names(tables: Tables) -> dict[str, str]:
    """The name of the text that each round is about: the file it names, else its document."""
    return {str(row["round"]): str(row["text"] or row["document"]) for row in _rows(tables, "rounds")}


def is_named(file: str, name: str) -> bool:
    """Return True if a file is meant by a name: its own with or without its folders, or without its ending.

    >>> is_named("CELL/pact-1.docx", "pact-1"), is_named("CELL/pact-1.docx", "pact-2.docx")
    (True, False)
    """
    own = file.rpartition("/")[2]
    return fold(name) in {fold(file), fold(own), fold(own.rpartition(".")[0] or own)}


def standing_round(held: Sequence[Round], day: date) -> Round:
    """The round that stands on a day: the latest that had begun by then, the first where none had.

    A round that names no day on which it was opened begins when the one before it is over.
    """
    found = held[0]
    for before, one in pairwise(held):
        if one.opened <= day if one.opened else before.over(day):
            found = one
    return found


def _round(row: Row, number: int, parties: str, texts: Mapping[str, pl.DataFrame]) -> Round:
    deadline = row["deadline"]
    opened = row["opened"]
    if not isinstance(deadline, date):
        raise ValueError(f"round {row['round']} has no deadline")
    named = str(row["parties"] or "") or parties
    return Round(
        name=str(row["round"]),
        document=str(row["document"]),
        number=number,
        deadline=deadline,
        opened=opened if isinstance(opened, date) else None,
        silence_accepts=silence_accepts(row),
        parties=tuple(dict.fromkeys(one.strip() for one in named.split(";") if one.strip())),
        title=str(row["title"] or ""),
        row=row,
        clauses=texts.get(str(row["round"])),
    )


def _rows(tables: Tables, name: str) -> list[dict[str, object]]:
    return table(tables, name).rows(named=True)
