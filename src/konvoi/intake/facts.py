"""Facts that one row of Konvoi's own tables states, with those of its package, line and good."""

from collections.abc import Mapping
from dataclasses import dataclass

from konvoi.intake.cell import as_read
from konvoi.model.entries import UNTIL, WITHDRAWN_IN
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.stages import DEFAULT_COUNT_MODE, NOT_STATED, Stage

Row = Mapping[str, object]
"""A row of a table by column."""

Facts = dict[str, object]
"""An entry's own columns."""

_ENDED = frozenset({"cancelled", "terminated"})


class Unmade(Exception):
    """A row without a fact that counts, with the finding that gives the reason; None if there is no fault.

    withdrawal: the withdrawal of an earlier statement of the same reference.
    """

    def __init__(self, finding: Finding | None = None, withdrawal: Facts | None = None) -> None:
        super().__init__(finding.code if finding else "")
        self.finding = finding
        self.withdrawal = withdrawal


Index = Mapping[str, Mapping[str, Row]]
"""Rows by table and by their own reference."""


@dataclass(frozen=True)
class Known:
    """Indexes in which references are looked up, the nearest first."""

    layers: tuple[Index, ...]

    def row(self, table: str, reference: object) -> Row | None:
        """The row of a reference; None where there is none."""
        for layer in self.layers if reference is not None else ():
            if found := layer.get(table, {}).get(str(reference)):
                return found
        return None


def package(row: Row, known: Known) -> Facts:
    """A package as a whole."""
    return {
        **_of_package(row),
        **_amount(row),
        "reference": row["package"],
        "route": "money" if row["kind"] == "financial" else None,
        "day_from": row["day"],
        "day_to": row[UNTIL] or row["day"],
        "address": row["address"],
        "text": row["title"],
        "implementer": row.get("implementer"),
        "count_mode": row.get("count_mode") or DEFAULT_COUNT_MODE,
        "column": "package" if row["amount"] is None else "amount",
    }


def line(row: Row, known: Known) -> Facts:
    """Return one good or sum at its own or its package's stage; `committed` if allocations are listed."""
    above = _package_of(row, known)
    money = _amount(row)
    return {
        **_of_line(row, known),
        **_before_allocations(row, above, known),
        **money,
        "reference": row["line"],
        "day_from": above["day"],
        "day_to": above[UNTIL] or above["day"],
        "address": above["address"],
        "quantity": row["quantity"],
        "valuation": row["valuation"] or money["valuation"],
        "column": "amount" if row["quantity"] is None and row["amount"] is not None else "quantity",
    }


def allocation(row: Row, known: Known) -> Facts:
    """Return the allocation to a line; without a line it stands for itself."""
    above = _of_line(_line_of(row, "line", row["line"], known), known) if row["line"] else _alone(row, known)
    return {
        **above,
        **_amount(row),
        **_own(row, above),
        "reference": row["allocation"],
        "stage": Stage.ALLOCATED,
        "quantity": row["quantity"],
        "address": row["address"],
        "column": "amount" if row["quantity"] is None and row["amount"] is not None else "quantity",
    }


def contract(row: Row, known: Known) -> Facts:
    """Return the contract for a line; a framework states nothing itself: its call-offs do."""
    if known.row("frameworks", row["contract"]) is not None:
        raise Unmade
    return _signed(row, "contract", row["line"], known)


def call_off(row: Row, known: Known) -> Facts:
    """Return the order under a framework contract; without one only if its process names the supplier."""
    above = known.row("contracts", row["contract"])
    if above is None and row.get("_supplier"):
        return _signed({**row, "supplier": row["_supplier"]}, "call_off", row["line"], known)
    if above is None:
        raise Unmade(unknown(row, "contract", "contracts", row["contract"]))
    return _signed({**row, "supplier": above["supplier"]}, "call_off", row["line"] or above["line"], known)


def _signed(row: Row, key: str, line: object, known: Known) -> Facts:
    """A contract or call-off for a line, or for itself; one not yet or no longer in force states nothing.

    One that is cancelled or terminated withdraws what an earlier document states of it.
    """
    if not line and known.row("lines", row.get("_line")):
        line = row["_line"]
    named = _line_of(row, "line", line, known) if line else {}
    above = _of_line(named, known) if line else _alone(row, known)
    # Goods under contract are procured, unless their line item states another channel.
    route = named.get("route") or "procured"
    if row["state"] not in {None, "active"}:
        remedy = "It counts for nothing until it is active."
        finding = _finding("contract-not-in-force", row, "state", "a contract in force", remedy)
        ended = {
            **above,
            **_own(row, above),
            "reference": row[key],
            "route": route,
            "stage": Stage.WITHDRAWN,
            "valuation": "none",
            "column": WITHDRAWN_IN,
        }
        raise Unmade(finding, ended if row["state"] in _ENDED else None)
    return {
        **above,
        **_amount(row),
        **_own(row, above),
        "reference": row[key],
        "route": route,
        "stage": Stage.CONTRACTED,
        "implementer": row["supplier"],
        "promised": row["delivery"] or above["promised"],
        "quantity": row["quantity"],
        "address": row["address"],
        "column": "amount" if row["quantity"] is None else "quantity",
    }


def movement(row: Row, known: Known) -> Facts:
    """Return the dispatch, passing of a hub or hand-over."""
    above = _of_line(_line_of(row, "line", row["line"], known), known)
    return {
        **above,
        **_own(row, above),
        "reference": row["movement"],
        "stage": row["stage"],
        "quantity": row["quantity"],
        "rule": row["rule"],
        "proof": "reported by carrier" if row["carrier"] else "reported by sender",
        "implementer": row["carrier"],
        "column": "quantity",
    }


def receipt(row: Row, known: Known) -> Facts:
    """Return the receipt: it answers a movement, a waybill, a contract, or else a line."""
    reference = row["reference"]
    tables = ("movements", "waybills", "contracts", "call_offs")
    answered = next((found for name in tables if (found := known.row(name, reference))), {})
    if answered.get("line", reference) is None and reference is not None:
        expected = "a movement: this waybill has several lines"
        remedy = "Name the movement of each line."
        raise Unmade(_finding("receipt-line-unclear", row, "reference", expected, remedy))
    above = _of_line(_line_of(row, "reference", answered.get("line", reference), known), known)
    return {
        **above,
        **_own({**row, "unit": answered.get("unit")}, above),
        "reference": row["receipt"],
        "stage": Stage.RECEIVED,
        "quantity": row["received"],
        "proof": row["proof"],
        "column": "received",
    }


def unknown(row: Row, column: str, table: str, reference: object) -> Finding:
    """The finding that a reference leads nowhere."""
    expected = "a reference that exists in {table}"
    remedy = "Correct it, or submit the row that it names."
    named = {"table": table, "reference": str(reference)}
    return _finding("reference-unknown", row, column, expected, remedy, read=reference, **named)


def _package_of(row: Row, known: Known) -> Row:
    found = known.row("packages", row["package"])
    if found is None:
        raise Unmade(unknown(row, "package", "packages", row["package"]))
    return found


def _line_of(row: Row, column: str, reference: object, known: Known) -> Row:
    found = known.row("lines", reference)
    if found is None:
        raise Unmade(unknown(row, column, "lines", reference))
    return found


def _of_package(row: Row) -> Facts:
    """Return the facts that a package gives to all entries below it."""
    return {
        "package": row["package"],
        "party": row["party"],
        "counterparty": row["counterparty"],
        "kind": row["kind"],
        "stage": row["stage"] or Stage.PLEDGED,
        "marking": row["marking"],
    }


def _of_line(row: Row, known: Known) -> Facts:
    """Return the facts that a line gives to itself and to all entries below it."""
    above = _package_of(row, known)
    good = known.row("goods", row["good"]) or {}
    money = row["good"] is None and row["amount"] is not None
    return {
        **_of_package(above),
        "line": row["line"],
        "good": row["good"],
        "route": _channel(row, money=money),
        "unit": row["unit"] or good.get("unit"),
        "promised": row["promised"],
        "count_mode": row["count_mode"] or above.get("count_mode") or DEFAULT_COUNT_MODE,
        "text": good.get("name") or above["title"],
        "marking": row["marking"] or above["marking"],
    }


def _channel(row: Row, *, money: bool) -> object:
    """Return the channel of a line item, by default that of the table; None if it is stated as not known."""
    if row["route"] == NOT_STATED:
        return None
    return row["route"] or ("money" if money else "from stock")


def _before_allocations(row: Row, above: Row, known: Known) -> Facts:
    """The stage of a line: its own, else its package's.

    Allocations that are listed state what is allocated, so that it counts once.
    """
    stage = row.get("stage") or above["stage"] or Stage.PLEDGED
    listed = stage == Stage.ALLOCATED and known.row("allocated", row["line"]) is not None
    return {"stage": Stage.COMMITTED if listed else stage}


def _alone(row: Row, known: Known) -> Facts:
    """Return the facts that an allocation or contract states for itself if its line is unknown."""
    good = known.row("goods", row.get("good")) or known.row("codes", row.get("_code")) or {}
    return {
        "party": row.get("party") or row.get("_party") or None,
        "good": row.get("good") or good.get("good"),
        "unit": row["unit"] or good.get("unit"),
        "text": good.get("name"),
        "promised": None,
        "marking": row["marking"],
    }


def _own(row: Row, above: Row) -> Facts:
    """Return the facts that an event states for itself: its days, and its unit and marking if given."""
    return {
        "day_from": row["day"],
        "day_to": row[UNTIL] or row["day"],
        "unit": row["unit"] or above["unit"],
        "marking": row["marking"] or above["marking"],
    }


def _amount(row: Row) -> Facts:
    """The amount as it was given; the currency of an amount that is not there is none."""
    if row["amount"] is None:
        return {"valuation": "none"}
    return {
        "amount_minor": row["amount"],
        "currency": row["currency"],
        "stated_minor": row["amount"],
        "stated_currency": row["currency"],
        "valuation": "given",
    }


def _finding(
    code: str, row: Row, column: str, expected: str, remedy: str, *, read: object = None, **values: str
) -> Finding:
    at = Place(str(row["_file"]), str(row["_sheet"]), int(str(row["_row"])), column)
    shown = as_read(str(row.get(column) if read is None else read))
    return Finding(Severity.NOTE, code, at, shown, expected, remedy, values)
