"""Positions: what of drafts is settled, who holds what open; sister texts clause by clause side by side."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import polars as pl

from konvoi.accord.parallel_texts import in_order
from konvoi.kit.text import shown
from konvoi.report.agreements.negotiation_tables import Drafts
from konvoi.report.case import Case
from konvoi.report.page import Column, Message, Number, Section, Table, Value
from konvoi.report.report import Report

Row = Mapping[str, object]

_LONG = 240
_NO_TEXT = Message("No agreement of this group is released to this reader.")
_SAME = Message("No differences between parallel clauses.")
_SIGNS = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}


def section(case: Case) -> Section | None:
    """Drafts and families of texts; no part of a brief where neither was handed in."""
    drafts = Drafts(case)
    sisters = case.tables.get("sisters")
    family = sisters is not None and not sisters.is_empty()
    if drafts.clauses.is_empty() and not family:
        return None
    tables: list[Table] = []
    if drafts.clauses.height:
        tables += [drafts.open(), drafts.matrix(), drafts.distances()]
    answer = [*drafts.answer()]
    if sisters is not None and family:
        tables += [_side_by_side(sisters), _words(sisters)]
        answer.append(_answer(sisters))
    return Section("positions", Message("Positions of parties"), tuple(answer), (), tuple(tables))


def negotiated(case: Case) -> Section | None:
    """The same for a session: drafts alone, who holds what open, and the matrix."""
    drafts = Drafts(case)
    if drafts.clauses.is_empty():
        return None
    tables = (drafts.open(), drafts.matrix(), drafts.distances()) if drafts.clauses.height else ()
    return Section("positions", Message("Positions of parties"), tuple(drafts.answer()), (), tables)


def _answer(sisters: pl.DataFrame) -> Message:
    """Return the number of clauses that the texts share, and of clauses in one alone."""
    texts = sisters.group_by("under", "number").agg(pl.col("document").n_unique())["document"]
    under = sisters["under"].unique(maintain_order=True)
    values: dict[str, Value] = {
        "under": ", ".join(under),
        "texts": Number(Decimal(sisters["document"].n_unique()), to="sisters-table"),
        "shared": Number(Decimal(int((texts > 1).sum())), to="sisters-table"),
        "alone": Number(Decimal(int((texts == 1).sum())), to="sisters-table"),
    }
    return Message(
        "Agreements under {under}: {texts}. Parallel clauses: {shared}; clauses in one agreement only: "
        "{alone}.",
        values,
    )


def _side_by_side(sisters: pl.DataFrame) -> Table:
    """One row for each clause, one column for each text."""
    documents = in_order(sisters)
    several = sisters["under"].n_unique() > 1
    rows = []
    for group in sisters.partition_by("under", "number", maintain_order=True):
        own = {row["document"]: row for row in group.iter_rows(named=True)}
        first = group.row(0, named=True)
        words = shown(str(first["text"]), _LONG)
        under = (str(first["under"]),) if several else ()
        rows.append((*under, words, *(_clause(own.get(name)) for name in documents)))
    columns = (
        *([Column(Message("Under"))] if several else []),
        Column(Message("Wording in the first agreement")),
        *(Column(Message("{document}", {"document": name})) for name in documents),
    )
    title = Message("Parallel clauses by agreement")
    note = Message(
        "=: same wording except for names of parties. %: similarity of the wording. –: not in this agreement."
    )
    return Table("sisters-table", title, columns, tuple(rows), _NO_TEXT, note=note)


def _clause(row: Row | None) -> str:
    if row is None:
        return "–"
    alike = {"first": "", "same": " ="}.get(str(row["said"]), f" {row['like']} %")
    return f"{row['clause']}{alike}"


def _words(sisters: pl.DataFrame) -> Table:
    """Return the places where a text words a clause otherwise than the first that has it."""
    firsts = {
        (row["under"], row["number"]): f"{row['document']} {row['clause']}"
        for row in sisters.filter(pl.col("said") == "first").iter_rows(named=True)
    }
    rows = tuple(
        (
            f"{row['document']} {row['clause']}",
            firsts[row["under"], row["number"]],
            in_turn(row["words"]),
        )
        for row in sisters.filter(pl.col("said") == "different wording").iter_rows(named=True)
    )
    columns = tuple(Column(Message(head)) for head in ("Document and clause", "Compared with", "Wording"))
    title = Message("Differences between parallel clauses")
    signs: dict[str, Value] = {"gone": "[-…-]", "new": "{+…+}"}
    note = Message(
        "{gone}: only in the agreement compared with; {new}: only in this agreement. …: name of a party.",
        signs,
    )
    return Table("sisters-words", title, columns, rows, _SAME, note=note)


def in_turn(parts: Sequence[Mapping[str, str]]) -> str:
    """Words in turn: what is gone in [-…-], what is new in {+…+}."""
    return " ".join(_SIGNS[part["sign"]].format(part["text"]) for part in parts)


POSITIONS_REPORT = Report("positions", section)
