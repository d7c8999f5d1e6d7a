"""Projects in a workspace: drawn once, and decided by a person who may be asked again."""

from pathlib import Path

import polars as pl
import pytest
from tests.examples import folders

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.matching.judging import decide
from konvoi.flow.settings import settings
from konvoi.flow.workspace import workspace

HEAD = "project,title,stage,communities,building,sector,cost,currency\n"
SCHOOL = 'A,School No. 3 of Tarnvel,prepared,C1,"REG-1003, Linden Way 4",education,4000000,EUR\n'
AGAIN = 'B,"Rebuilding School 3, Tarnvel",prepared,C1,"Linden Way 4, REG 1003",education,3950000,EUR\n'
AT = "2031-03-03T00:00:00+00:00"


def place(folder: Path, *projects: str) -> Path:
    """A workspace of one desk with projects in one community."""
    (folder / "konvoi.toml").write_text("[coalition]\nrecipient = 'XV'\nday = 2031-03-03\n")
    own = folder / "submissions" / "XV"
    own.mkdir(parents=True, exist_ok=True)
    (own / "konvoi.csv").write_text("party,XV\nday,2031-03-01\n")
    (own / "communities.csv").write_text("community,name,oblast\nC1,Tarnvel,XV02\n")
    (own / "projects.csv").write_text(HEAD + "".join(projects))
    return folder


def gathered(folder: Path) -> Gathered:
    return gathering(workspace(folder))


def pairs(found: Gathered) -> list[tuple[str, str, str | None]]:
    return list(found.tables["project_twice"].select("left", "right", "verdict").iter_rows())


def codes(found: Gathered) -> set[str]:
    return {one.code for one in found.findings}


def test_a_pair_that_a_person_found_different_is_told_of_no_more(tmp_path: Path) -> None:
    folder = place(tmp_path, SCHOOL, AGAIN)
    assert pairs(gathered(folder)) == [("A", "B", None)]
    row = decide(folder, ("B", "A"), "different", relation="", by="desk", at=AT)
    assert (row["left"], row["right"], row["relation"]) == ("projects/A", "projects/B", "same_as")
    after = gathered(folder)
    assert pairs(after) == []
    assert codes(after) & {"project-funded-twice", "judgement-lost"} == set()


def test_what_was_decided_is_shown_again_once_the_projects_are_others(tmp_path: Path) -> None:
    folder = place(tmp_path, SCHOOL, AGAIN)
    decide(folder, ("A", "B"), "different", relation="", by="desk", at=AT)
    place(tmp_path, SCHOOL, AGAIN.replace("3950000", "4000000"))
    assert pairs(gathered(folder)) == [("A", "B", None)]


def test_the_latest_decision_holds_and_one_that_is_the_same_keeps_the_pair(tmp_path: Path) -> None:
    folder = place(tmp_path, SCHOOL, AGAIN)
    decide(folder, ("A", "B"), "different", relation="", by="desk", at=AT)
    decide(folder, ("A", "B"), "same", relation="", by="desk", at="2031-03-03T00:00:01+00:00")
    assert pairs(gathered(folder)) == [("A", "B", "same")]


def test_without_projects_nothing_is_drawn(tmp_path: Path) -> None:
    folder = place(tmp_path)
    (folder / "submissions" / "XV" / "projects.csv").unlink()
    assert "project_standing" not in gathered(folder).tables


def test_the_exercise_joins_projects_to_an_allocation_call_offs_and_a_tranche() -> None:
    """Its codes are invented, its sums stand in three currencies' rows, and none is added to another."""
    rows = gathered(folders.EXAMPLES / "exercise").tables["project_standing"]
    sums = {row["project"]: row for row in rows.iter_rows(named=True)}
    assert (sums["P-4"]["committed"], sums["P-4"]["contracted"]) == (3_600_000_000, 3_240_000_000)
    assert (sums["P-3"]["committed"], sums["P-3"]["currency"]) == (550_000_000, "EUR")
    assert rows.filter(pl.col("priority").is_not_null())["project"][0] == "P-1"


@pytest.mark.parametrize(
    "bad", ["need = -1", "need = 0.5", "need = 0\nreadiness = 0\nmoney = 0", "haste = 1"]
)
def test_weights_that_cannot_be_are_told_of_and_the_usual_ones_hold(bad: str, tmp_path: Path) -> None:
    found, told = settings(f"[reconstruction]\n{bad}\n")
    assert {one.code for one in told} <= {"settings-value", "settings-unknown"}
    assert len(told) == 1
    assert dict(found.reconstruction) in ({}, {"haste": 1})
    folder = place(tmp_path, SCHOOL)
    (folder / "konvoi.toml").write_text(f"[coalition]\nday = 2031-03-03\n[reconstruction]\n{bad}\n")
    rows = gathered(folder).tables["project_standing"]
    assert rows["highest"].to_list() == [1]
