"""Parallel texts side by side: texts of one kind, such as bilateral agreements under one declaration."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl
from rapidfuzz import fuzz

from konvoi.accord.compare import differences, paired
from konvoi.kit.text import fold
from konvoi.model.clauses import OPERATIVE, Kind

FIRST, SAME, OTHER = SAID = ("first", "same", "different wording")
"""Wording of a clause in a text: the first text that has it, the same words, or other words."""

SIDE = pl.Schema(
    {
        "number": pl.Int64(),
        "at": pl.Int64(),
        "document": pl.String(),
        "clause": pl.String(),
        "said": pl.String(),
        "like": pl.Int64(),
        "text": pl.String(),
        "words": pl.List(pl.Struct({"sign": pl.String(), "text": pl.String()})),
    }
)
"""One row for each clause of each text; parallel clauses share a number, in the order of the texts.

at: the place of the text among them, from 1. said: one of SAID. like: likeness of the words to those of the
first text that has the clause, 0 to 100; names of the texts' own parties count for nothing. words: where they
are others, the words in turn with the sign `=` in both, `-` in the first alone, `+` here alone; else
empty."""

_NAME = "…"


@dataclass(frozen=True)
class Text:
    """One of the texts. names: names of its own parties in it, which no parallel text shares."""

    document: str
    clauses: pl.DataFrame
    names: tuple[str, ...] = ()

    @property
    def words(self) -> dict[str, str]:
        """Return the words of its operative clauses; of a text without numbers, those of all clauses."""
        rows = self.clauses.filter(pl.col("kind") == Kind.PARAGRAPH)
        rows = rows if rows.height else self.clauses.filter(pl.col("kind").is_in(OPERATIVE))
        return dict(rows.select("clause", "text").iter_rows())

    @property
    def nameless(self) -> dict[str, str]:
        """Return the same with the names of its parties removed."""
        names = sorted({one for one in self.names if len(one) > 1}, key=len, reverse=True)
        if not names:
            return self.words
        pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
        return {clause: pattern.sub(_NAME, text) for clause, text in self.words.items()}


@dataclass
class _Rows:
    """The rows so far, in their order: each by the words of the first text that has it."""

    order: list[int] = field(default_factory=list)
    words: dict[int, str] = field(default_factory=dict)

    def put(self, text: str, behind: int | None) -> int:
        """A new row behind another; at the front where it stands behind none."""
        number = len(self.words)
        self.words[number] = text
        self.order.insert(self.order.index(behind) + 1 if behind is not None else 0, number)
        return number

    def keyed(self) -> dict[str, str]:
        """The words of each row by a key of its own, in order."""
        return {f"row {number}": self.words[number] for number in self.order}


def side_by_side(texts: Sequence[Text]) -> pl.DataFrame:
    """Return the clauses of all texts with their parallel clauses (SIDE); the first text gives the order.

    Two clauses are parallel if the comparison of versions would take one for the other's next version.
    """
    rows = _Rows()
    found: list[dict[str, object]] = []
    for text in texts:
        own = text.nameless
        sisters = paired(rows.keyed(), own)
        behind: int | None = None
        for clause, words in own.items():
            row = sisters.get(clause)
            if row is None:
                behind = rows.put(words, behind)
                found.append(_new(behind, text, clause))
            else:
                behind = int(row.removeprefix("row "))
                found.append(_sister(behind, text, clause, rows.words[behind], words))
    return _numbered(found, rows.order, [text.document for text in texts])


def _new(row: int, text: Text, clause: str) -> dict[str, object]:
    return {
        "number": row,
        "document": text.document,
        "clause": clause,
        "said": FIRST,
        "like": 100,
        "text": text.words[clause],
        "words": [],
    }


def _sister(row: int, text: Text, clause: str, first: str, words: str) -> dict[str, object]:
    same = fold(first) == fold(words)
    told = [] if same else [{"sign": sign, "text": part} for sign, part in differences(first, words)]
    return {
        **_new(row, text, clause),
        "said": SAME if same else OTHER,
        "like": 100 if same else int(fuzz.ratio(first, words)),
        "words": told,
    }


def _numbered(
    found: Iterable[Mapping[str, object]], order: Sequence[int], documents: Sequence[str]
) -> pl.DataFrame:
    """The rows with their numbers from 1 in their order, texts in theirs."""
    places = {row: number for number, row in enumerate(order, 1)}
    rank = {name: at for at, name in enumerate(documents, 1)}
    rows = [
        {**one, "number": places[int(str(one["number"]))], "at": rank[str(one["document"])]} for one in found
    ]
    return pl.DataFrame(rows, schema=SIDE).sort("number", "at", maintain_order=True)


def in_order(side: pl.DataFrame) -> list[str]:
    """The documents of SIDE in the order of the texts."""
    return side.sort("at")["document"].unique(maintain_order=True).to_list()
