"""Traceability of one record: back to the undertakings behind it, and on to its deliveries."""

from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from konvoi.model.tables import BY_NAME

Tables = Mapping[str, pl.DataFrame]
Node = tuple[str, str]
"""A table and the id of a row in it."""

ORDER = (
    ("sessions",),
    ("agenda", "decisions"),
    ("steps",),
    ("documents",),
    ("clauses",),
    ("undertakings", "statements"),
    ("packages", "allocations"),
    ("lines",),
    ("contracts",),
    ("call_offs",),
    ("movements",),
    ("receipts",),
)
"""Tables from sessions to receipts: earlier ones are upstream, later ones downstream."""

_RANK = {table: rank for rank, tables in enumerate(ORDER) for table in tables}
_SIGNED = ("call_offs", "contracts")
_ANY_TABLE = ("about", "follows", "moved")
"""Columns that name a record of whatever table."""

WAY = pl.Schema(
    {
        "direction": pl.String(),
        "table": pl.String(),
        "id": pl.String(),
        "via": pl.String(),
    }
)
"""One row for each record of a trace: direction back, itself or on; via: the record that leads to it."""


def way(tables: Tables, name: str) -> pl.DataFrame:
    """Return WAY of the records that bear a name: back from the nearest, itself, on from the nearest.

    A movement comes from the contracts and call-offs of its line, where there are any: which of several it
    fulfils is not stated. Empty where no record bears the name.
    """
    known = _nodes(tables)
    starts = [(table, name) for table in _RANK if name in known.get(table, ())]
    if not starts:
        return pl.DataFrame(schema=WAY)
    links = _neighbours(_edges(tables, known))
    back = [("back", *node, via) for node, via in _walk(starts, links, -1)]
    on = [("on", *node, via) for node, via in _walk(starts, links, 1)]
    own = [("itself", table, id, "") for table, id in starts]
    return pl.DataFrame([*back, *own, *on], schema=WAY, orient="row")


def clause_id(document: object, clause: object) -> str:
    """Return the name of a clause among all documents.

    >>> clause_id("D-1", "II/3/1")
    'D-1 II/3/1'
    """
    return f"{document} {clause}"


def _nodes(tables: Tables) -> dict[str, frozenset[str]]:
    """The ids that stand in each table; clauses are those that undertakings name."""
    found = {
        name: frozenset(tables[name][BY_NAME[name].columns[0].name].drop_nulls().cast(pl.String))
        for name in _RANK
        if name in tables and name in BY_NAME
    }
    named = _rows(tables, "undertakings")
    return found | {
        "clauses": frozenset(clause_id(row["document"], row["clause"]) for row in named if row["clause"])
    }


def _edges(tables: Tables, known: Mapping[str, frozenset[str]]) -> Iterator[tuple[Node, Node]]:
    """Yield the references of rows, from the row to the record it names."""
    for name in known:
        if name not in BY_NAME:
            continue
        key = BY_NAME[name].columns[0].name
        refers = [(one.name, one.refers) for one in BY_NAME[name].columns if one.refers in _RANK]
        for row in _rows(tables, name):
            node = (name, str(row[key]))
            yield from ((node, (table, str(row[column]))) for column, table in refers if row[column])
            for named in (row[column] for column in _ANY_TABLE if row.get(column)):
                yield from ((node, (table, str(named))) for table in _RANK if named in known.get(table, ()))
    yield from _by_hand(tables, known)


def _by_hand(tables: Tables, known: Mapping[str, frozenset[str]]) -> Iterator[tuple[Node, Node]]:
    """Yield links that no single column states: clauses, receipts' references, contracts of movements."""
    for row in _rows(tables, "undertakings"):
        if row["clause"]:
            clause = ("clauses", clause_id(row["document"], row["clause"]))
            yield ("undertakings", str(row["undertaking"])), clause
            yield clause, ("documents", str(row["document"]))
    waybills: dict[str, list[Node]] = {}
    signed = _signed(tables)
    for row in _rows(tables, "movements"):
        node = ("movements", str(row["movement"]))
        waybills.setdefault(str(row["waybill"]), []).append(node)
        yield from ((node, other) for other in signed.get(str(row["line"]), []))
    for row in _rows(tables, "receipts"):
        node = ("receipts", str(row["receipt"]))
        named = str(row["reference"])
        tables_of = ("movements", "call_offs", "contracts", "lines")
        direct = [(table, named) for table in tables_of if named in known.get(table, ())]
        yield from ((node, other) for other in (direct[:1] or waybills.get(named, [])))


def _signed(tables: Tables) -> dict[str, list[Node]]:
    """The contracts and call-offs of each line; a framework with call-offs stands behind these."""
    called = {str(row["contract"]) for row in _rows(tables, "call_offs")}
    lines = {str(row["contract"]): row["line"] for row in _rows(tables, "contracts")}
    found: dict[str, list[Node]] = {}
    for row in _rows(tables, "contracts"):
        if row["line"] and str(row["contract"]) not in called and row["state"] != "cancelled":
            found.setdefault(str(row["line"]), []).append(("contracts", str(row["contract"])))
    for row in _rows(tables, "call_offs"):
        line = row["line"] or lines.get(str(row["contract"]))
        if line and row["state"] not in ("cancelled", "pending"):
            found.setdefault(str(line), []).append(("call_offs", str(row["call_off"])))
    return found


def _rows(tables: Tables, name: str) -> list[dict[str, object]]:
    return tables[name].to_dicts() if name in tables and name in BY_NAME else []


def _neighbours(edges: Iterable[tuple[Node, Node]]) -> dict[Node, set[Node]]:
    found: dict[Node, set[Node]] = {}
    for one, other in edges:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def _walk(starts: list[Node], links: Mapping[Node, set[Node]], step: int) -> list[tuple[Node, str]]:
    """All records that lie in one direction, each with the record that leads to it; the nearest first."""
    found: dict[Node, str] = {}
    waiting = list(starts)
    while waiting:
        node = waiting.pop(0)
        for other in sorted(links.get(node, ()), key=lambda one: (_RANK[one[0]] * step, one)):
            farther = (_RANK[other[0]] - _RANK[node[0]]) * step > 0
            if farther and other not in found and other not in starts:
                found[other] = node[1]
                waiting.append(other)
    return sorted(found.items(), key=lambda item: (_RANK[item[0][0]] * step, item[0]))
