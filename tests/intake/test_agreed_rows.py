"""Allocations, contracts and call-offs become entries: each thing once, at the stage that it proves."""

from konvoi.intake.join import joined
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

TABLES = {
    "packages": "package,party,day,kind,stage\nP-1,NORLAND,2031-02-01,energy,allocated\n",
    "lines": "line,package,good,quantity,route\nL-1,P-1,gen,40,procured\nL-2,P-1,gen,7,from stock\n",
    "goods": "good,name,unit\ngen,generator,piece\n",
}
ALLOCATIONS = (
    "allocation,party,day,line,quantity,good\nA-1,NORLAND,2031-02-02,L-1,25,\nA-2,NORLAND,2031-02-03,,9,gen\n"
)
CONTRACTS = "contract,line,supplier,day,quantity,state\nC-1,L-1,SUP,2031-02-05,40,\nC-2,,SUP,2031-02-06,5,\n"
CALL_OFFS = (
    "call_off,contract,day,line,quantity,delivery,state\n"
    "C-1/1,C-1,2031-02-10,,15,2031-04-01,active\n"
    "C-1/2,C-1,2031-02-20,L-2,5,,\n"
    "C-1/3,C-1,2031-02-21,,30,,cancelled\n"
)


def read_of(**more: str) -> list[Reading]:
    found = [
        read(Document(f"N/{name}.csv", text.encode(), "NORLAND")) for name, text in (TABLES | more).items()
    ]
    return list(joined(found))


def told(readings: list[Reading], *columns: str) -> list[tuple[object, ...]]:
    rows = [row for one in readings for row in one.entries.select(columns).iter_rows()]
    return sorted(rows, key=lambda row: str(row[0]))


def codes(readings: list[Reading]) -> list[str]:
    return sorted(finding.code for one in readings for finding in one.findings)


def test_allocations_say_what_is_allocated_and_the_line_does_not_say_it_again() -> None:
    """The package says allocated: of the line with allocations these count, the other line says it itself."""
    found = read_of(allocations=ALLOCATIONS)
    stages = {row[0]: row[1:] for row in told(found, "reference", "stage", "quantity")}
    assert stages["L-1"] == ("committed", 40)
    assert stages["A-1"] == ("allocated", 25)
    assert stages["L-2"] == ("allocated", 7)


def test_an_allocation_or_contract_without_a_line_stands_for_itself() -> None:
    """Its party, good and unit are its own; no line is guessed, and nothing is wrong."""
    found = read_of(allocations=ALLOCATIONS, contracts=CONTRACTS)
    rows = {row[0]: row[1:] for row in told(found, "reference", "party", "line", "package", "good", "unit")}
    assert rows["A-2"] == ("NORLAND", None, None, "gen", "piece")
    assert rows["C-2"] == ("NORLAND", None, None, None, None)
    assert codes(found) == []


def test_of_a_framework_the_call_offs_count_and_not_its_ceiling() -> None:
    """Fifteen for the framework's line, five for another; the cancelled one is noted and counts not."""
    found = read_of(contracts=CONTRACTS, call_offs=CALL_OFFS)
    signed = told(found, "reference", "stage", "line", "quantity", "implementer", "promised")
    contracted = [(row[0], row[2], row[3], row[4]) for row in signed if row[1] == "contracted"]
    assert contracted == [("C-1/1", "L-1", 15, "SUP"), ("C-1/2", "L-2", 5, "SUP"), ("C-2", None, 5, "SUP")]
    assert str(next(row[5] for row in signed if row[0] == "C-1/1")) == "2031-04-01"
    assert codes(found) == ["contract-not-in-force"]


def test_a_call_off_of_a_contract_that_nobody_knows_is_told_with_its_place() -> None:
    found = read_of(call_offs=CALL_OFFS)
    places = [(f.code, f.place.row, f.place.column) for one in found for f in one.findings]
    assert places == [("reference-unknown", row, "contract") for row in (2, 3, 4)]


def test_a_receipt_may_name_a_call_off() -> None:
    receipts = "receipt,reference,day,received\nR-1,C-1/2,2031-03-01,5\n"
    found = read_of(contracts=CONTRACTS, call_offs=CALL_OFFS, receipts=receipts)
    assert ("R-1", "received", "L-2") in told(found, "reference", "stage", "line")
