"""What has left and is not accounted for is not planned again."""

from decimal import Decimal
from pathlib import Path

import pytest
from tests.flow.workspaces import TABLES, workspace

from konvoi.flow.deliveries.in_transit import under_way
from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.planning.problem import problem
from konvoi.flow.workspace import workspace as opened

ONE = {name: tuple(r for r in TABLES[name] if "-2" not in r) for name in ("packages", "lines", "offers")}
SENT = ("movement,line,day,stage,quantity,to,waybill", "M-1,L-1,2031-02-01,dispatched,4,port,W-1")


def gathered(folder: Path, **tables: tuple[str, ...]) -> Gathered:
    """Four of ten tents have left, but for what is said; eight are needed."""
    return gathering(opened(workspace(folder, **({"receipts": ()} | ONE | tables))))


def needed(found: Gathered) -> list[tuple[str, Decimal]]:
    return problem(found).tables["needs"].select("need", "quantity").rows()


def test_a_need_is_planned_without_what_is_under_way_and_a_note_names_the_paper(tmp_path: Path) -> None:
    found = gathered(tmp_path)
    assert needed(found) == [("N-1", Decimal(4))]
    (note,) = [one for one in problem(found).findings if one.code == "need-under-way"]
    assert (note.read, dict(note.values)) == ("8", {"left": "4", "records": "M-1"})
    assert (note.place.sheet, note.place.column) == ("needs", "quantity")


@pytest.mark.parametrize(
    ("said", "open_"),
    [("4,0,0", 4), ("1,3,0", 7), ("1,0,3", 7), ("3,0,0", 4)],
    ids=["all came", "three are lost", "three came damaged", "one is still under way"],
)
def test_what_came_short_or_damaged_does_not_come_any_more(tmp_path: Path, said: str, open_: int) -> None:
    """Eight are needed, four have left: what came counts, what is open counts, a loss does not."""
    receipts = (
        "receipt,reference,day,received,short,damaged,place",
        f"R-1,M-1,2031-02-08,{said},town",
    )
    assert needed(gathered(tmp_path, receipts=receipts)) == [("N-1", Decimal(open_))]


def test_a_need_that_is_wholly_under_way_is_planned_no_more(tmp_path: Path) -> None:
    needs = ("need,good,quantity,site,due,weight", "N-1,tent,3,town,2031-03-15,1")
    assert needed(gathered(tmp_path, needs=needs)) == []


def test_what_is_bound_for_the_place_of_a_need_is_that_needs(tmp_path: Path) -> None:
    """Though the other need has more weight."""
    needs = (
        "need,good,quantity,site,due,weight",
        "N-1,tent,8,town,2031-03-15,1",
        "N-2,tent,8,port,2031-03-15,9",
    )
    bound = (SENT[0], SENT[1].replace(",port,", ",town,"))
    assert needed(gathered(tmp_path, needs=needs, movements=bound)) == [
        ("N-1", Decimal(4)),
        ("N-2", Decimal(8)),
    ]


def test_the_last_paper_tells_where_a_consignment_is_bound_for(tmp_path: Path) -> None:
    moved = (*SENT, "A-1,L-1,2031-02-03,at hub,4,town,W-1")
    (supply,) = under_way(gathered(tmp_path, movements=moved))
    assert (supply.record, supply.site, supply.quantity) == ("M-1", "town", Decimal(4))


def test_of_a_thing_that_is_told_twice_one_report_is_under_way(tmp_path: Path) -> None:
    """Two lists tell of the same four tents, each under a waybill of its own."""
    lines = (*ONE["lines"], "L-9,P-1,tent,10,from stock,2031-03-01")
    twice = (*SENT, "M-9,L-9,2031-02-01,dispatched,4,port,W-9")
    found = gathered(tmp_path, lines=lines, movements=twice)
    assert [one.record for one in under_way(found)] == ["M-1", "M-9"]
    assert [one.record for one in under_way(found, {("L-9", "L-1")})] == ["M-1"]
