"""Papers beside the tables of a coalition: their movements and receipts are those of its lines."""

from tests.report.papers.cases import ALONE, BY_LINE, DAY, DESPATCH, RECEIPT

from konvoi.intake.join import joined
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.paper import Paper
from konvoi.report.papers.ubl import UBL

TABLES = {
    "packages": "package,party,day,kind,counterparty\nP-1,NO,2031-01-02,humanitarian,BO\n",
    "lines": "line,package,good,quantity,route,promised\nL-1,P-1,tent,20,procured,2031-03-10\n",
    "goods": "good,name,unit\ntent,Tent,piece\n",
}


def desk(**more: str) -> list[Reading]:
    files = {**TABLES, **more}
    return [read(Document(f"NO/{name}.csv", text.encode(), "NO")) for name, text in files.items()]


def papers(*found: Paper, party: str = "NO") -> list[Reading]:
    return [read(Document(name, content, party)) for name, content in UBL.write(found, DAY).items()]


def test_a_movement_whose_line_is_known_is_whole() -> None:
    reading = joined([*desk(), *papers(DESPATCH)])[-1]
    entries = {row["reference"]: row for row in reading.entries.to_dicts()}
    assert (entries["M-1"]["route"], entries["M-1"]["kind"]) == ("procured", "humanitarian")
    assert str(entries["M-1"]["promised"]) == "2031-03-10"


def test_a_movement_whose_line_is_not_known_stays_as_the_paper_says() -> None:
    reading = joined([*desk(), *papers(DESPATCH)])[-1]
    entries = {row["reference"]: row for row in reading.entries.to_dicts()}
    assert sorted(entries) == ["M-1", "M-2", "M-3"]
    assert (entries["M-2"]["line"], entries["M-2"]["good"], entries["M-2"]["kind"]) == ("L-2", "rice", None)


def test_the_paper_and_the_row_are_one_entry() -> None:
    row = "movement,line,day,stage,quantity,unit,rule,marking\n"
    row += "M-9,L-1,2031-03-05,dispatched,1,piece,at origin,coalition\n"
    by_row, by_paper = joined([*desk(movements=row), *papers(ALONE)])[-2:]
    assert by_row.entries["entry"].to_list() == by_paper.entries["entry"].to_list()


def test_a_receipt_in_a_table_may_answer_a_waybill_of_one_line() -> None:
    moved = "movement,line,day,stage,quantity,waybill\nM-1,L-1,2031-03-03,dispatched,9,W-1\n"
    came = "receipt,reference,day,received\nR-1,W-1,2031-03-09,9\n"
    reading = joined(desk(movements=moved, receipts=came))[-1]
    assert reading.entries["line"].to_list() == ["L-1"]
    assert reading.findings == ()


def test_a_waybill_of_two_lines_needs_the_movement() -> None:
    moved = "movement,line,day,stage,quantity,waybill\nM-1,L-1,2031-03-03,dispatched,9,W-1\n"
    moved += "M-2,L-2,2031-03-03,dispatched,3,W-1\n"
    came = "receipt,reference,day,received\nR-1,W-1,2031-03-09,9\n"
    reading = joined(desk(movements=moved, receipts=came))[-1]
    assert [finding.code for finding in reading.findings] == ["receipt-line-unclear"]


def test_joining_twice_changes_nothing() -> None:
    once = joined([*desk(), *papers(DESPATCH, RECEIPT, BY_LINE)])
    again = joined(once)
    assert all(one.entries.equals(two.entries) for one, two in zip(once, again, strict=True))
    assert [one.findings for one in once] == [two.findings for two in again]
