"""From what was handed in to each joint: undertakings, frameworks, lines, contracts joined by a person."""

from pathlib import Path

import pytest
from tests.flow.workspaces import workspace as made

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.workspace import workspace

DOCUMENTS = ("document,title,parties", "D-1,Agreement,AR;BO")
UNDERTAKINGS = (
    "undertaking,document,party,force,good,quantity",
    "U-1,D-1,AR,binding,tent,10",
    "U-2,D-1,AR,statement of the past,tent,99",
)
ALLOCATIONS = ("allocation,party,day,undertaking,line,quantity", "A-1,AR,2031-01-20,U-1,L-1,9")
LINES = ("line,package,good,quantity,route,promised", "L-1,P-1,tent,10,procured,2031-03-01")
CONTRACTS = (
    "contract,supplier,day,quantity,amount,currency,line,state",
    "C-1,MAKER,2031-01-25,9,900,EUR,L-1,active",
)
CALL_OFFS = (
    "call_off,contract,day,quantity,state",
    "C-1/1,C-1,2031-01-26,5,active",
    "C-1/2,C-1,2031-01-27,5,",
    "C-1/3,C-1,2031-01-28,5,cancelled",
)


def gathered(folder: Path, **tables: tuple[str, ...]) -> Gathered:
    plain = {"documents": DOCUMENTS, "undertakings": UNDERTAKINGS, "allocations": ALLOCATIONS}
    plain |= {"lines": LINES, "contracts": CONTRACTS, "offers": ()}
    return gathering(workspace(made(folder, **(plain | tables))))


def told(found: Gathered) -> dict[str, tuple[object, ...]]:
    rows = found.tables["joints"].select("level", "record", "to", "had", "came", "state").rows()
    return {f"{row[0]} {row[1]} {row[2]}": row[3:] for row in rows}


def test_every_joint_of_a_line_its_undertaking_and_its_framework(tmp_path: Path) -> None:
    """10 undertaken, 9 allocated, 10 called off under a framework of 9, 4 sent, 3 received."""
    found = gathered(tmp_path, call_offs=CALL_OFFS)
    assert told(found) == {
        "undertaking U-1 allocated": (10, 9, "open"),
        "framework C-1 called off": (9, 10, "above"),
        "line L-1 allocated": (10, 9, "open"),
        "line L-1 contracted": (9, 10, "above"),
        "line L-1 dispatched": (10, 4, "open"),
        "line L-1 received": (4, 3, "open"),
    }
    codes = {one.code for one in found.findings}
    assert {"called-off-above-framework", "contracted-above-allocated"} <= codes


def test_more_sent_than_signed_is_told_at_the_movement(tmp_path: Path) -> None:
    movements = ("movement,line,day,stage,quantity", "M-1,L-1,2031-02-01,dispatched,12")
    found = gathered(tmp_path, movements=movements)
    (one,) = [finding for finding in found.findings if finding.code == "delivered-above-contracted"]
    assert (one.place.file, one.place.row, one.read) == ("AR/movements.csv", 2, "L-1: 12 piece")
    assert one.values["had"] == "9 piece"


@pytest.mark.slow
def test_a_contract_without_a_line_stands_under_the_line_that_a_person_says(tmp_path: Path) -> None:
    """Until then the line has no contract, and nothing is guessed."""
    loose = (CONTRACTS[0], "C-1,MAKER,2031-01-25,9,900,EUR,,active")
    folder = tmp_path / "open"
    before = gathered(folder, contracts=loose)
    assert "line L-1 contracted" not in told(before)
    (tmp_path / "judged").mkdir()
    judged = made(
        tmp_path / "judged" / "w",
        documents=DOCUMENTS,
        undertakings=UNDERTAKINGS,
        allocations=ALLOCATIONS,
        lines=LINES,
        contracts=loose,
        offers=(),
    )
    (judged / "judgements.csv").write_text(
        "left,right,relation,verdict,by,at\nAR#C-1,AR#L-1,contracts_for,same,P,2031-02-01T00:00:00Z\n"
    )
    assert told(gathering(workspace(judged)))["line L-1 contracted"] == (9, 9, "met")


def test_a_payment_that_is_part_of_a_package_with_one_line_comes_through_that_lines_joint(
    tmp_path: Path,
) -> None:
    """50 allocated, 20 paid as a package of its own: 30 are open."""
    found = gathered(
        tmp_path,
        packages=(
            "package,party,day,kind,amount,currency,stage,relates",
            "P-1,AR,2031-01-10,financial,50.00,EUR,allocated,",
            "P-2,AR,2031-02-10,financial,20.00,EUR,disbursed,part_of:P-1",
        ),
        lines=("line,package,amount,currency,route", "L-1,P-1,50.00,EUR,money"),
        allocations=(),
        undertakings=(),
        contracts=("contract,supplier,day", "C-9,MAKER,2031-01-25"),
        movements=(),
        receipts=(),
    )
    rows = found.tables["joints"].select("to", "had_minor", "came_minor", "state").rows()
    assert rows == [("disbursed", 5000, 2000, "open")]


def test_without_anything_agreed_or_signed_nothing_is_added(tmp_path: Path) -> None:
    found = gathering(workspace(made(tmp_path)))
    assert "joints" not in found.tables
