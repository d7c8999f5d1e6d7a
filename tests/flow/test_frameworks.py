"""A person puts a call-off under its framework contract: from then on it is, until one of the two changes."""

from pathlib import Path

import pytest
from tests.flow.workspaces import workspace

from konvoi.flow.collect import gathering
from konvoi.flow.gather import Gathered
from konvoi.flow.judging import decide, undecided
from konvoi.flow.known import Unknown
from konvoi.flow.workspace import workspace as opened

CONTRACTS = "contract,line,supplier,day,quantity,unit,amount,currency"
CALL_OFFS = "call_off,contract,line,day,quantity,unit,amount,currency"
PAIR = ("CO-1", "FW-1")


def cell(folder: Path, quantity: int = 60) -> Path:
    """A framework of a hundred tents, and sixty called off under a number that nobody knows."""
    return workspace(
        folder,
        contracts=(CONTRACTS, "FW-1,L-1,ORL,2031-01-10,100,piece,10000,EUR"),
        call_offs=(CALL_OFFS, f"CO-1,2031/77,L-1,2031-02-01,{quantity},piece,6000,EUR"),
        parties=("party,name,kind", "ORL,Orlem Works,supplier"),
    )


def put(folder: Path, verdict: str) -> dict[str, str]:
    return decide(folder, PAIR, verdict, relation="", by="Ann", at="2031-03-01T10:00:00+00:00")


def signed(found: Gathered) -> list[tuple[str, int]]:
    rows = found.ledger.entries.filter(stage="contracted").sort("reference")
    return [(row["reference"], int(row["quantity"])) for row in rows.iter_rows(named=True)]


def test_the_decision_of_a_person_puts_a_call_off_under_its_framework(tmp_path: Path) -> None:
    """Before, the ceiling counts and the call-off cannot; afterwards the call-off alone does."""
    folder = cell(tmp_path)
    before = gathering(opened(folder))
    assert ("FW-1", 100) in signed(before)
    assert "CO-1" not in dict(signed(before))
    row = put(folder, "same")
    assert (row["left"], row["right"], row["relation"]) == ("call_offs/CO-1", "contracts/FW-1", "part_of")
    after = gathering(opened(folder))
    assert ("CO-1", 60) in signed(after)
    assert "FW-1" not in dict(signed(after))
    joint = after.tables["joints"].filter(level="framework").select("record", "had", "came").row(0)
    assert joint == ("FW-1", 100, 60)
    assert not [one for one in after.findings if one.place.column == "contract"]
    put(folder, "different")
    assert signed(gathering(opened(folder))) == signed(before)


def test_what_was_decided_is_not_asked_again_until_the_rows_change(tmp_path: Path) -> None:
    folder = cell(tmp_path / "a")
    put(folder, "unsure")
    assert PAIR in asked(folder)
    put(folder, "different")
    assert PAIR not in asked(folder)
    changed = cell(tmp_path / "b", quantity=61)
    (changed / "judgements.csv").write_bytes((folder / "judgements.csv").read_bytes())
    assert PAIR in asked(changed)


def test_a_decision_does_not_hold_for_rows_that_nobody_saw(tmp_path: Path) -> None:
    """Sixty were put under the framework; of sixty-one the person is asked again, and nothing is moved."""
    folder = cell(tmp_path / "a")
    put(folder, "same")
    changed = cell(tmp_path / "b", quantity=61)
    (changed / "judgements.csv").write_bytes((folder / "judgements.csv").read_bytes())
    assert "CO-1" not in dict(signed(gathering(opened(changed))))
    assert PAIR in asked(changed)


def asked(folder: Path) -> set[tuple[object, object]]:
    return {(row["left"], row["right"]) for row in undecided(folder)}


def test_a_contract_that_is_not_there_is_no_pair(tmp_path: Path) -> None:
    with pytest.raises(Unknown):
        decide(
            cell(tmp_path), ("CO-1", "FW-9"), "same", relation="", by="Ann", at="2031-03-01T10:00:00+00:00"
        )
