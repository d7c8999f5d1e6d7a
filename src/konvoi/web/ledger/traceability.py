"""Path of a package from agreement to receipt: obligations behind it, and what was done for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from konvoi.accord.trace import ORDER, clause_id
from konvoi.flow.as_gathered import gathered_of
from konvoi.flow.catalogue import CATALOGUE
from konvoi.flow.derive import as_declared
from konvoi.flow.submissions.trace import trace
from konvoi.kit.text import shown
from konvoi.model.naming import localized
from konvoi.model.tables import BY_NAME
from konvoi.report.language import Language
from konvoi.web.access.selection import Condition, Op
from konvoi.web.access.view import Opened
from konvoi.web.access.viewer import Viewer
from konvoi.web.ledger.links import source_address
from konvoi.web.pages.languages import code
from konvoi.web.pages.party_names import party_text
from konvoi.web.pages.texts import say

MOST = 500
"""Rows of a table that are followed."""
_LONG = 240
_OWN = ("packages", "lines")
Rows = dict[str, list[Mapping[str, Any]]]


@dataclass(frozen=True)
class Step:
    """A record before or after a package. state: of an obligation, what came of it; empty for others."""

    what: str
    id: str
    party: str
    day: str
    amount: str
    words: str
    state: str
    address: str


@dataclass(frozen=True)
class Traceability:
    """Records behind a package (documents, clauses, obligations, allocations), and those that follow it."""

    back: tuple[Step, ...]
    on: tuple[Step, ...]


def traceability(viewer: Viewer, opened: Opened, package: str) -> Traceability:
    """Return the records from agreements to receipts that a package belongs to, the nearest first."""
    rows = _related(opened, package)
    names = {name for some in ORDER for name in some} | {"clauses", "goods", "entries"}
    frames = {
        one: as_declared(
            CATALOGUE[one], pl.DataFrame(rows[one], schema=opened.schema(one)) if rows.get(one) else None
        )
        for one in names
    }
    states = {row["record"]: row["state"] for row in rows["joints"]}
    gathered = gathered_of(frames)
    found = [*trace(gathered, package)]
    # What is behind a package is named by its line items.
    for line in _ids(rows["lines"], "line"):
        found += [one for one in trace(gathered, line) if one["direction"] == "back"]
    found = list({(one["table"], one["id"]): one for one in found if one["table"] not in _OWN}.values())
    clauses = {clause_id(row["document"], row["clause"]): row for row in rows["undertakings"]}
    steps = [(one["direction"], _step(viewer, one, states, clauses)) for one in found]
    return Traceability(
        tuple(step for direction, step in steps if direction == "back"),
        tuple(step for direction, step in steps if direction == "on"),
    )


def _related(opened: Opened, package: str) -> Rows:
    """Return the rows that a package leads to, by table: few of each, so that nothing is read whole."""
    found: Rows = {}

    def of(table: str, **named: Iterable[object]) -> list[Mapping[str, Any]]:
        """Return the rows of a table that name one of some values in a column, or in another one."""
        for column, values in named.items():
            if known := tuple(sorted({str(one) for one in values if one})):
                condition = Condition(column, Op.IS, known)
                more = opened.rows(table, conditions=(condition,), limit=MOST).rows
                found.setdefault(table, []).extend(one for one in more if one not in found[table])
        return found.setdefault(table, [])

    of("packages", package=[package])
    of("statements", package=[package])
    of("entries", package=[package])
    lines = _ids(of("lines", package=[package]), "line")
    undertakings = of("undertakings", undertaking=_ids(of("allocations", line=lines), "undertaking"))
    of("documents", document=[*_ids(undertakings, "document"), *_ids(found["lines"], "agreement")])
    of("joints", record=_ids(undertakings, "undertaking"))
    clauses = {(row["document"], row["clause"]) for row in undertakings}
    found["clauses"] = [
        row
        for row in of("clauses", document=_ids(undertakings, "document"))
        if (row["document"], row["clause"]) in clauses
    ]
    contracts = _ids(of("contracts", line=lines), "contract")
    called = _ids(of("call_offs", contract=contracts, line=lines), "call_off")
    moved = of("movements", line=lines)
    sent = [*_ids(moved, "movement"), *_ids(moved, "waybill")]
    of("receipts", reference=[*sent, *called, *contracts, *lines])
    of("goods", good=_ids(found["lines"], "good"))
    return found


def _ids(rows: Sequence[Mapping[str, Any]], column: str) -> list[str]:
    return [str(row[column]) for row in rows if row[column]]


def _step(
    viewer: Viewer,
    one: Mapping[str, Any],
    states: Mapping[str, str],
    clauses: Mapping[str, Mapping[str, Any]],
) -> Step:
    table, id = str(one["table"]), str(one["id"])
    if table == "clauses":
        record = f"clauses/{clauses[id]['document']}/{clauses[id]['clause']}"
    else:
        record = f"{table}/{id}"
    name = (
        say("clause") if table == "clauses" else localized("column", BY_NAME[table].columns[0].name, code())
    )
    return Step(
        name[:1].upper() + name[1:].replace("_", " "),
        id,
        _parties(one["party"]),
        str(one["day"] or ""),
        _much(one),
        shown(localized("choice", str(one["words"]), code()), _LONG) if one["words"] else "",
        say(states[id]) if id in states and table == "undertakings" else "",
        source_address(viewer, record),
    )


def _parties(value: object) -> str:
    """Return the names of the parties that a column names, separated by `;`."""
    known = [one.strip() for one in str(value or "").split(";") if one.strip()]
    return "; ".join(party_text(one) for one in known)


def _much(one: Mapping[str, Any]) -> str:
    """Return the quantity and the amount of a record; empty where it states neither."""
    language = Language(code())
    texts = []
    if isinstance(one["quantity"], Decimal):
        texts.append(language.exact(one["quantity"].normalize(), one["unit"] or ""))
    if one["amount"] is not None:
        texts.append(language.exact(Decimal(one["amount"]), one["currency"] or ""))
    return "; ".join(texts)
