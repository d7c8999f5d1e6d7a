"""From a receipt back to the clause that promised it, and from the clause on to the receipt."""

import polars as pl

from konvoi.accord.trace import ORDER, WAY, way
from konvoi.model.tables import BY_NAME

Row = dict[str, object]


def table(name: str, *rows: Row) -> pl.DataFrame:
    columns = BY_NAME[name].schema()
    return pl.DataFrame([{one: row.get(one) for one in columns} for row in rows], schema=columns)


TABLES = {
    "sessions": table("sessions", {"session": "S-1"}),
    "agenda": table("agenda", {"item": "S-1/2", "session": "S-1", "about": "D-1"}),
    "documents": table("documents", {"document": "D-1"}, {"document": "D-2"}),
    "undertakings": table(
        "undertakings",
        {"undertaking": "U-1", "document": "D-1", "clause": "II/3/1"},
        {"undertaking": "U-2", "document": "D-2", "clause": "I/1"},
    ),
    "allocations": table("allocations", {"allocation": "A-1", "undertaking": "U-1", "line": "L-1"}),
    "packages": table("packages", {"package": "P-1"}),
    "lines": table("lines", {"line": "L-1", "package": "P-1"}, {"line": "L-2", "package": "P-1"}),
    "contracts": table(
        "contracts",
        {"contract": "C-1", "line": "L-1", "state": "active"},
        {"contract": "C-9", "line": "L-2", "state": "cancelled"},
    ),
    "call_offs": table(
        "call_offs",
        {"call_off": "C-1/1", "contract": "C-1", "state": "active"},
        {"call_off": "C-1/2", "contract": "C-1", "state": "cancelled"},
    ),
    "movements": table(
        "movements", {"movement": "M-1", "line": "L-1", "waybill": "W-1"}, {"movement": "M-2", "line": "L-2"}
    ),
    "receipts": table(
        "receipts", {"receipt": "R-1", "reference": "M-1"}, {"receipt": "R-2", "reference": "L-2"}
    ),
}


def told(name: str, direction: str, tables: dict[str, pl.DataFrame] | None = None) -> list[tuple[str, str]]:
    found = way(tables or TABLES, name)
    assert found.schema == WAY
    return list(found.filter(pl.col("direction") == direction).select("table", "id").iter_rows())


def test_a_receipt_leads_back_to_the_clause_the_document_and_the_talks() -> None:
    """The nearest first; the call-off that was cancelled and the other document are not on the way."""
    assert told("R-1", "back") == [
        ("movements", "M-1"),
        ("call_offs", "C-1/1"),
        ("contracts", "C-1"),
        ("lines", "L-1"),
        ("allocations", "A-1"),
        ("packages", "P-1"),
        ("undertakings", "U-1"),
        ("clauses", "D-1 II/3/1"),
        ("documents", "D-1"),
        ("agenda", "S-1/2"),
        ("sessions", "S-1"),
    ]
    assert told("R-1", "on") == []


def test_a_clause_leads_on_to_the_receipt() -> None:
    on = told("D-1 II/3/1", "on")
    assert on[0] == ("undertakings", "U-1")
    assert on[-1] == ("receipts", "R-1")
    assert ("lines", "L-2") not in on


def test_in_the_middle_it_leads_both_ways() -> None:
    assert told("C-1", "back")[:2] == [("lines", "L-1"), ("allocations", "A-1")]
    assert told("C-1", "on") == [
        ("call_offs", "C-1/1"),
        ("call_offs", "C-1/2"),
        ("movements", "M-1"),
        ("receipts", "R-1"),
    ]


def test_a_donation_without_contract_or_undertaking_leads_to_its_package() -> None:
    assert told("R-2", "back") == [("lines", "L-2"), ("packages", "P-1")]
    assert told("M-2", "back") == [("lines", "L-2"), ("packages", "P-1")]


def test_a_receipt_may_name_a_waybill() -> None:
    receipts = table("receipts", {"receipt": "R-1", "reference": "W-1"})
    assert told("R-1", "back", TABLES | {"receipts": receipts})[0] == ("movements", "M-1")


def test_every_step_names_the_record_that_leads_to_it() -> None:
    found = way(TABLES, "R-1")
    via = dict(found.select("id", "via").iter_rows())
    assert (via["M-1"], via["A-1"], via["U-1"], via["D-1"]) == ("R-1", "L-1", "A-1", "U-1")


def test_what_nobody_handed_in_has_no_way() -> None:
    assert way(TABLES, "X").is_empty()


def test_every_table_of_the_way_is_one_of_the_workbook_or_the_clauses() -> None:
    assert {name for names in ORDER for name in names} - set(BY_NAME) == {"clauses"}


def test_a_step_stands_between_what_it_follows_and_the_record_that_it_moved() -> None:
    """From the receipt one sees who had to do what for it; from the step what became of it."""
    decided = {
        "decisions": table("decisions", {"decision": "DEC-1", "session": "S-1"}),
        "steps": table("steps", {"step": "T-1", "follows": "DEC-1", "moved": "L-1"}, {"step": "T-2"}),
    }
    assert told("T-1", "back", TABLES | decided) == [("decisions", "DEC-1"), ("sessions", "S-1")]
    assert ("receipts", "R-1") in told("T-1", "on", TABLES | decided)
    back = told("R-1", "back", TABLES | decided)
    assert ("steps", "T-1") in back
    assert ("steps", "T-2") not in back
