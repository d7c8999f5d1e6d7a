"""Rows that only say something of other rows are looked through: capacities, closures, caps, ties, papers."""

from collections.abc import Iterator, Mapping

import polars as pl

from konvoi.plan.clean import Notes
from konvoi.plan.sound import Given, in_turn, named, within
from konvoi.plan.supply import Ground

Tables = Mapping[str, pl.DataFrame]

_AS_ZERO = ("zero, or a number above", "Correct the number; until then it counts as zero.")
_NO_MONEY = ("money, or a good that may be bought", "Fill one of the cells, or delete the row.")
_NOTHING = "Correct the id, or add it to the table {where}; until then this row changes nothing."
_NOWHERE = "Correct the id, or add it to the table {where}; until then this tie leads nowhere."


def conditions(tables: Tables, ground: Ground, notes: Notes) -> None:
    """Tell of every row that cannot mean what it says; it changes nothing, or is used as far as it goes."""
    _weekly(tables, ground, notes)
    for row in tables["caps"].iter_rows(named=True):
        _not_below(notes, "caps", row, "most")
        if row["good"]:
            named(notes, "caps", row, {"good": (ground.catalogue, "goods")}, remedy=_NOTHING)
    for row in tables["stocks"].iter_rows(named=True):
        for column in ("stock", "floor"):
            _not_below(notes, "stocks", row, column)
        named(notes, "stocks", row, {"good": (ground.catalogue, "goods")}, remedy=_NOTHING)
    for row in (
        tables["budgets"].filter(pl.col("amount").is_null() & pl.col("good").is_null()).rows(named=True)
    ):
        notes.tell("problem-cell-missing", "budgets", row, "amount", *_NO_MONEY)
    _ties(tables, notes)
    _papers(tables, notes)
    ids = {"lane": _ids(tables, "lanes", "lane"), "site": _ids(tables, "sites", "site")}
    for row in tables["blocked"].iter_rows(named=True):
        # Parties, carriers and hulls need not be part of a problem; places must be.
        if row["kind"] in ids:
            where = {"value": (ids[row["kind"]], f"{row['kind']}s")}
            named(notes, "blocked", row, where, remedy=_NOTHING)
        in_turn(notes, "blocked", row, "from", "to")


def _weekly(tables: Tables, ground: Ground, notes: Notes) -> None:
    """What lanes and sites take, and when they are shut."""
    places = _ids(tables, "lanes", "lane") | _ids(tables, "sites", "site")
    for name in ("capacities", "closures"):
        for row in tables[name].iter_rows(named=True):
            named(notes, name, row, {"on": (places, "lanes or sites")}, remedy=_NOTHING)
            if in_turn(notes, name, row, "from", "to"):
                within(notes, name, row, "from", ground.end)
    for row in tables["capacities"].iter_rows(named=True):
        for column in ("tonnes", "pallets", "neq_kg"):
            _not_below(notes, "capacities", row, column)


def _not_below(notes: Notes, table: str, row: Given, column: str) -> None:
    """Tell of a limit below zero."""
    if row[column] is not None and row[column] < 0:
        notes.tell("problem-number-not-possible", table, row, column, *_AS_ZERO)


def _ties(tables: Tables, notes: Notes) -> None:
    """Ties hold offers that are there for needs or places that are there; recipients may be any."""
    offers = _ids(tables, "offers", "offer")
    ends = {
        "need": (_ids(tables, "needs", "need"), "needs"),
        "site": (_ids(tables, "sites", "site"), "sites"),
        "region": (_ids(tables, "sites", "region"), "sites"),
    }
    for row in tables["earmarks"].iter_rows(named=True):
        named(notes, "earmarks", row, {"offer": (offers, "offers")}, remedy=_NOTHING)
        if row["to"] in ends:
            named(notes, "earmarks", row, {"value": ends[row["to"]]}, remedy=_NOWHERE)


def _papers(tables: Tables, notes: Notes) -> None:
    """A paper that covers nothing that is there holds nothing back."""
    covered = _ids(tables, "offers", "offer") | _ids(tables, "offers", "line")
    covered |= _ids(tables, "budgets", "budget")
    for row in tables["approvals"].iter_rows(named=True):
        named(notes, "approvals", row, {"covers": (covered, "offers or budgets")}, remedy=_NOTHING)
        in_turn(notes, "approvals", row, "given", "expires")


def _ids(tables: Tables, name: str, column: str) -> frozenset[str]:
    """The ids that a column holds."""
    return frozenset(_held(tables[name][column]))


def _held(column: pl.Series) -> Iterator[str]:
    """What a column says, empty cells left out."""
    return (text for text in column if text)
