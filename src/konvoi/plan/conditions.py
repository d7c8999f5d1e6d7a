"""Checks of rows about other rows: capacities, closures, caps, ties, approvals and blocks."""

from collections.abc import Iterator, Mapping

import polars as pl

from konvoi.plan.clean import Notes
from konvoi.plan.known_ids import ROLES
from konvoi.plan.supply import Ground
from konvoi.plan.validate import Given, in_turn, named, within

Tables = Mapping[str, pl.DataFrame]

_AS_ZERO = ("zero, or a number above", "Correct the number; until then it counts as zero.")
_NO_MONEY = ("money, or a good that may be bought", "Fill one of the cells, or delete the row.")
_TAKES_PART = "the id of one who sends, pays, supplies or carries in this problem"
_OTHER = "Write {kind} as its kind, for that is what it is here; as it stands the block stops nobody."
_APART = "Nothing, if it is spelled right: it has no part in this problem."
_NO_HULLS = (
    "a party, supplier, carrier, lane or site: no table says by which hull something goes",
    "Block its carrier or the lane; a plan does not heed this row.",
)
_NOWHERE = "Correct the id, or add it to the table {where}; until then this tie leads nowhere."


def conditions(tables: Tables, ground: Ground, notes: Notes) -> None:
    """Report every row that cannot mean what it says; it is ignored, or used as far as possible."""
    _weekly(tables, ground, notes)
    for row in tables["caps"].iter_rows(named=True):
        _not_below(notes, "caps", row, "most")
    for row in tables["stocks"].iter_rows(named=True):
        for column in ("stock", "floor"):
            _not_below(notes, "stocks", row, column)
    for row in (
        tables["budgets"].filter(pl.col("amount").is_null() & pl.col("good").is_null()).rows(named=True)
    ):
        notes.tell("problem-cell-missing", "budgets", row, "amount", *_NO_MONEY)
    _ties(tables, notes)
    _papers(tables, notes)
    roles = {
        kind: frozenset[str]().union(*(_ids(tables, *column) for column in columns))
        for kind, columns in ROLES.items()
    }
    for row in tables["blocked"].iter_rows(named=True):
        if row["kind"] == "hull":
            notes.tell("problem-block-idle", "blocked", row, "kind", *_NO_HULLS, severity="note")
        elif row["kind"] in roles:
            _idle(row, roles, notes)


def _idle(row: Given, there: Mapping[str, frozenset[str]], notes: Notes) -> None:
    """Report a block of a party that has no such role in the problem: it may be a typing error."""
    if row["value"] in there[row["kind"]]:
        return
    if other := [kind for kind, ids in there.items() if row["value"] in ids]:
        notes.tell("problem-block-idle", "blocked", row, "kind", _TAKES_PART, _OTHER, kind=other[0])
    else:
        notes.tell("problem-block-idle", "blocked", row, "value", _TAKES_PART, _APART, severity="note")


def _weekly(tables: Tables, ground: Ground, notes: Notes) -> None:
    """Check the capacities and closures of lanes and sites."""
    for name in ("capacities", "closures"):
        for row in tables[name].iter_rows(named=True):
            within(notes, name, row, "from", ground.end)
    for row in tables["capacities"].iter_rows(named=True):
        for column in ("tonnes", "pallets", "neq_kg"):
            _not_below(notes, "capacities", row, column)


def _not_below(notes: Notes, table: str, row: Given, column: str) -> None:
    """Report a limit below zero."""
    if row[column] is not None and row[column] < 0:
        notes.tell("problem-number-not-possible", table, row, column, *_AS_ZERO)


def _ties(tables: Tables, notes: Notes) -> None:
    """Ties lead to needs or places that are there; recipients may be any."""
    ends = {
        "need": (_ids(tables, "needs", "need"), "needs"),
        "site": (_ids(tables, "sites", "site"), "sites"),
        "region": (_ids(tables, "sites", "region"), "sites"),
    }
    for row in tables["earmarks"].iter_rows(named=True):
        if row["to"] in ends:
            named(notes, "earmarks", row, {"value": ends[row["to"]]}, remedy=_NOWHERE)


def _papers(tables: Tables, notes: Notes) -> None:
    """A paper that expires before it is given holds on no day."""
    for row in tables["approvals"].iter_rows(named=True):
        in_turn(notes, "approvals", row, "given", "expires")


def _ids(tables: Tables, name: str, column: str) -> frozenset[str]:
    """The ids that a column holds."""
    return frozenset(_held(tables[name][column]))


def _held(column: pl.Series) -> Iterator[str]:
    """Yield the values of a column without empty cells."""
    return (text for text in column if text)
