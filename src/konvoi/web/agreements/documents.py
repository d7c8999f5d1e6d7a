"""One framework document: its facts, its clauses, its versions and what changed between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from konvoi.accord.compare import CHANGED, SAME, compared
from konvoi.accord.rounds import in_order
from konvoi.flow.agreements.rounds import texts
from konvoi.web.access.view import Opened

MOST = 10_000
_TABLES = ("documents", "rounds", "clauses")


@dataclass(frozen=True)
class Version:
    """A text of a document. round: id of the round that is about it; empty for none."""

    file: str
    round: str

    @property
    def name(self) -> str:
        """The name of its file, without the folder of who handed it in."""
        return self.file.rpartition("/")[2]


@dataclass(frozen=True)
class Change:
    """A clause that changed. words: sign and text in turn."""

    change: str
    before: str
    after: str
    words: Sequence[tuple[str, str]]


def document_of(opened: Opened, name: str) -> Mapping[str, Any] | None:
    """Return the row of a document; None where the viewer sees none of the name."""
    rows = opened.rows("documents", where={"document": name}, limit=1).rows
    return rows[0] if rows else None


def versions(opened: Opened, document: str) -> list[Version]:
    """Return the texts of a document in the order of its rounds, those without a round first."""
    every = opened.frame("clauses")
    if every is None:
        return []
    rounds = in_order(opened.rows("rounds", where={"document": document}, limit=MOST).rows)
    order = {str(row["round"]): number for number, row in enumerate(rounds, 1)}
    named = {
        str(rows["_file"][0]): name
        for name, rows in texts(_frames(opened)).items()
        if name in order and rows.height
    }
    files = every.filter((pl.col("document") == document) | pl.col("_file").is_in(list(named)))["_file"]
    found = [Version(one, named.get(one, "")) for one in files.unique()]
    return sorted(found, key=lambda one: (order.get(one.round, 0), one.file))


def _frames(opened: Opened) -> dict[str, pl.DataFrame]:
    return {name: rows for name in _TABLES if (rows := opened.frame(name)) is not None}


def clauses_of(opened: Opened, file: str) -> list[Mapping[str, Any]]:
    """Return the clauses of a text in their order."""
    return list(opened.rows("clauses", where={"_file": file}, limit=MOST).rows)


def changes(opened: Opened, old: str, new: str) -> list[Change]:
    """Return the clauses that differ between two texts, by their files."""
    every = opened.frame("clauses")
    if every is None:
        return []
    sides = [every.filter(pl.col("_file") == one) for one in (old, new)]
    found = []
    for row in compared(*sides).iter_rows(named=True):
        if row["change"] == SAME:
            continue
        if row["change"] == CHANGED:
            words = [(part["sign"], part["text"]) for part in row["words"]]
        else:
            words = [("-" if row["new"] is None else "+", row["new"] or row["old"] or "")]
        found.append(Change(row["change"], row["before"] or "", row["after"] or "", words))
    return found
