"""Undertakings, allocations, contracts and call-offs as figures of a brief open them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from konvoi.accord.facts import IN_FORCE
from konvoi.accord.stage_reconciliation import CALLED_OFF, UNDERTAKEN
from konvoi.kit.money import to_major
from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import Message, Number, Record, Value

Row = dict[str, object]

_TABLES = {
    "undertakings": UNDERTAKEN,
    "allocations": str(Stage.ALLOCATED),
    "contracts": str(Stage.CONTRACTED),
    "call_offs": CALLED_OFF,
}
_PARTIES = {"contracts": "supplier"}


def records(case: Case) -> Iterator[Record]:
    """The rows of these tables, by table and id."""
    names = Names(case)
    for name, stage in _TABLES.items():
        rows = table(case, name)
        for row in rows.sort(rows.columns[0]).iter_rows(named=True):
            if row.get("state") in IN_FORCE:
                yield _record(names, name, stage, row)


def _record(names: Names, name: str, stage: str, row: Row) -> Record:
    id = str(next(iter(row.values())))
    good = str(row.get("good") or "")
    clause = f"{row['document']} {row['clause'] or ''}".strip() if name == "undertakings" else ""
    what: list[Value] = [id]
    what += [", ", names.good(good)] if good else []
    what += [", ", clause] if clause else []
    day = row.get("day")
    minor = row["amount"]
    quantity = row["quantity"]
    currency = str(row["currency"] or "")
    unit = str(row.get("unit") or names.unit(good))
    return Record(
        id=f"{name}/{id}",
        what=tuple(what),
        party=names.party(str(row.get(_PARTIES.get(name, "party")) or "")),
        stage=Message(stage),
        days=(day,) if isinstance(day, date) else (),
        amount=Number(to_major(minor, currency), currency) if isinstance(minor, int) else None,
        quantity=Number(quantity, unit) if isinstance(quantity, Decimal) else None,
        file=str(row["_file"] or ""),
        sheet=str(row["_sheet"] or ""),
        row=int(str(row["_row"] or 0)),
        column="quantity" if quantity is not None else "amount",
        address=str(row.get("address") or ""),
    )
