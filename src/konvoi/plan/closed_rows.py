"""Rows of limits as they hold while some of their cells cannot be read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from konvoi.model.limiting import Unread
from konvoi.model.unreadable import Why
from konvoi.plan.known_ids import BLOCKABLE

Row = dict[str, Any]
Cells = Mapping[str, Unread]

FIRST = date(1900, 1, 1)
LAST = date(2999, 12, 31)
"""Days before and after every horizon."""

_NONE = Decimal(0)
# No good and no code is called so: what must be it, or interchangeable with it, is nothing but itself.
_NO_OTHER = "?"


@dataclass
class Elsewhere:
    """Demands of closed rows on other tables: withheld offers, kits that do not count, closed sites."""

    offers: set[str] = field(default_factory=set)
    kits: set[str] = field(default_factory=set)
    sites: set[str] = field(default_factory=set)


def closed_rows(table: str, row: Row, cells: Cells, elsewhere: Elsewhere) -> list[Row]:
    """Return the rows that hold in place of a row of which some cells cannot be read; none if it is unusable.

    What the row asks of other tables is added to `elsewhere`.
    """
    return _CLOSED[table](row, cells, elsewhere)


def _goods(row: Row, cells: Cells, elsewhere: Elsewhere) -> list[Row]:
    # Without a weight nothing of a good is planned, while its needs stay known.
    return [row | {"weight_kg": None}]


def _needs(row: Row, cells: Cells, elsewhere: Elsewhere) -> list[Row]:
    if not set(cells) <= {"last_useful", "whole", "weight"}:
        return []
    if "last_useful" in cells:
        row["last_useful"] = row["due"]
    if "whole" in cells:
        row["whole"] = True
    return [row]


def _standards(row: Row, cells: Cells, elsewhere: Elsewhere) -> list[Row]:
    if not {"requirement", "value"}.isdisjoint(cells):
        row |= {"requirement": "interchangeable with", "value": _NO_OTHER}
    if "mandatory" in cells:
        row["mandatory"] = True
    if "in_force" in cells:
        row["in_force"] = None
    return [row]


def _approvals(row: Row, cells: Cells, elsewhere: Elsewhere) -> list[Row]:
    texts = {name: row[name] or cells[name].text or _NO_OTHER for name in ("kind", "party") if name in cells}
    return [row | texts | dict.fromkeys(("due", "given", "refused", "expires"))]


def _budgets(row: Row, cells: Cells, elsewhere: Elsewhere) -> list[Row]:
    unread = {name for name, cell in cells.items() if cell.why != Why.UNVALUED}
    if not {"party", "currency"}.isdisjoint(unread):
        return []
    if not {"day", "amount"}.isdisjoint(cells):
        row["amount"] = None
    if not set(cells) <= {"day", "amount"}:
        row["good"] = None
    return [row] if row["amount"] is not None or row["good"] else []


def _kits(row: Row, cells: Cells, elsewhere: Elsewhere) -> list[Row]:
    elsewhere.kits.add(row["kit"] or "")
    return []


def _earmarks(row: Row, cells: Cells, elsewhere: Elsewhere) -> list[Row]:
    if "offer" not in cells:
        elsewhere.offers.add(row["offer"])
    return []


def _sites(row: Row, cells: Cells, elsewhere: Elsewhere) -> list[Row]:
    elsewhere.sites.add(row["site"] or "")
    return [row]


def _unusable(row: Row, cells: Cells, elsewhere: Elsewhere) -> list[Row]:
    return []


def _capacities(row: Row, cells: Cells, elsewhere: Elsewhere) -> list[Row]:
    if "on" in cells:
        return []
    if not {"from", "to"}.isdisjoint(cells):
        row |= {"from": None, "to": None}
    return [row | {name: _NONE for name in cells if name not in ("from", "to")}]


def _closures(row: Row, cells: Cells, elsewhere: Elsewhere) -> list[Row]:
    return [] if "on" in cells else [row | {"from": FIRST, "to": LAST}]


def _caps(row: Row, cells: Cells, elsewhere: Elsewhere) -> list[Row]:
    if not {"party", "good"}.isdisjoint(cells):
        return []
    return [row | {"what": "quantity", "most": _NONE}]


def _stocks(row: Row, cells: Cells, elsewhere: Elsewhere) -> list[Row]:
    if not {"party", "good"}.isdisjoint(cells):
        return []
    return [row | {"stock": _NONE, "floor": _NONE}]


def _blocked(row: Row, cells: Cells, elsewhere: Elsewhere) -> list[Row]:
    if "value" in cells:
        return []
    always = {"from": None, "to": None} if not {"from", "to", "kind"}.isdisjoint(cells) else {}
    kinds = tuple(BLOCKABLE) if "kind" in cells else (row["kind"],)
    return [row | always | {"kind": kind} for kind in kinds]


def _horizon(row: Row, cells: Cells, elsewhere: Elsewhere) -> list[Row]:
    return [row | {"late_credit": _NONE}] if set(cells) == {"late_credit"} else []


_CLOSED: Mapping[str, Callable[[Row, Cells, Elsewhere], list[Row]]] = {
    "goods": _goods,
    "needs": _needs,
    "offers": _unusable,
    "standards": _standards,
    "approvals": _approvals,
    "budgets": _budgets,
    "equivalences": _unusable,
    "kits": _kits,
    "earmarks": _earmarks,
    "sites": _sites,
    "lanes": _unusable,
    "capacities": _capacities,
    "closures": _closures,
    "caps": _caps,
    "stocks": _stocks,
    "blocked": _blocked,
    "horizon": _horizon,
}


def stricter(rows: Iterable[Row], sides: Mapping[str, bool]) -> Row:
    """Return the first row with the stricter cell of all rows; sides: by column, True where more is stricter.

    An empty cell gives way to one that states something.
    """
    first, *others = rows
    found = dict(first)
    for column, more in sides.items():
        stated = [row[column] for row in (first, *others) if row[column] is not None]
        if stated:
            found[column] = max(stated) if more else min(stated)
    return found
