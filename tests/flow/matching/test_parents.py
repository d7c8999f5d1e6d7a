"""A person puts a call-off or allocation under its parent: it stays there until one of the two changes."""

from pathlib import Path
from typing import Any

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.matching.judging import decide, undecided
from konvoi.flow.name_lookup import Unknown
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


ALLOCATED = ("A-1", "U-1")


def promise(folder: Path, *, quantity: int = 60, named: str = "", until: str = "2031-12-31") -> Path:
    """A hundred tents undertaken, and sixty allocated to what the allocation does not know."""
    return workspace(
        folder,
        documents=("document,title,parties,day", "D-1,Agreement,AR;BO,2031-01-10"),
        undertakings=(
            "undertaking,document,party,force,good,quantity,until",
            f"U-1,D-1,AR,binding,tent,100,{until}",
            "U-2,D-1,AR,binding,tent,20,2031-12-31",
        ),
        allocations=(
            "allocation,party,day,undertaking,line,quantity",
            f"A-1,AR,2031-02-01,{named},L-1,{quantity}",
        ),
    )


def say(folder: Path, verdict: str) -> dict[str, str]:
    return decide(folder, ALLOCATED, verdict, relation="", by="Ann", at="2031-03-01T10:00:00+00:00")


def joint(folder: Path) -> dict[str, tuple[object, object]]:
    """Of each undertaking what is undertaken and what is allocated to it."""
    rows = gathering(opened(folder)).tables["joints"].filter(level="undertaking")
    return {row["record"]: (row["had"], row["came"]) for row in rows.iter_rows(named=True)}


def test_the_decision_of_a_person_counts_an_allocation_under_its_undertaking(tmp_path: Path) -> None:
    """Sixty of a hundred are allocated from then on; undone, none again. Twenty tents cannot hold sixty."""
    folder = promise(tmp_path)
    assert asked(folder) & {ALLOCATED, ("A-1", "U-2")} == {ALLOCATED}
    before = joint(folder)
    assert before["U-1"] == (100, None)
    row = say(folder, "same")
    assert (row["left"], row["right"], row["relation"]) == ("allocations/A-1", "undertakings/U-1", "part_of")
    assert joint(folder) == {**before, "U-1": (100, 60)}
    assert ALLOCATED not in asked(folder)
    assert say(folder, "different")["supersedes"] == row["judgement"]
    assert joint(folder) == before
    assert ALLOCATED not in asked(folder)


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(
    ("change", "allocated", "again"),
    [
        ({}, 60, False),
        ({"quantity": 61}, None, True),
        ({"until": "2031-11-30"}, None, True),
        ({"named": "U-2"}, None, False),
    ],
    ids=["as it was", "another allocation", "another undertaking", "it names its own by now"],
)
def test_a_decision_about_an_allocation_holds_while_both_rows_stay(
    tmp_path: Path, change: dict[str, Any], allocated: int | None, again: bool
) -> None:
    folder = promise(tmp_path / "a")
    say(folder, "same")
    changed = promise(tmp_path / "b", **change)
    (changed / "judgements.csv").write_bytes((folder / "judgements.csv").read_bytes())
    assert joint(changed)["U-1"] == (100, allocated)
    assert (ALLOCATED in asked(changed)) is again


def test_how_many_wait_is_told(tmp_path: Path) -> None:
    """By the verb that holds the joints together, until a person decided."""
    folder = promise(tmp_path)
    sentence = "1 allocation refers to no obligation in this workspace"
    called = konvoi("agreement", "contracts", folder)
    assert sentence in called.out + called.err
    say(folder, "same")
    called = konvoi("agreement", "contracts", folder)
    assert sentence not in called.out + called.err
