"""Who may see what a submission that says nothing of it states: the coalition, unless it was published."""

from pathlib import Path

import pytest

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.workspace import opened, workspace

PACKAGES = "package,party,day,kind,marking\nP-1,PL,2031-01-01,energy,\nP-2,PL,2031-01-01,energy,public\n"


def cell(folder: Path, toml: str = "", **files: str) -> Gathered:
    desk = folder / "submissions" / "PL"
    desk.mkdir(parents=True)
    (folder / "konvoi.toml").write_text(f'[coalition]\nname = "Exercise"\n{toml}')
    (desk / "packages.csv").write_text(PACKAGES)
    for name, text in files.items():
        (desk / f"{name}.csv").write_text(text)
    return gathering(workspace(folder))


def markings(gathered: Gathered) -> dict[str, str]:
    return dict(gathered.ledger.entries.select("reference", "marking").iter_rows())


def test_what_says_nothing_is_the_coalitions(tmp_path: Path) -> None:
    gathered = cell(tmp_path)
    assert markings(gathered) == {"P-1": "coalition", "P-2": "public"}
    assert gathered.documents["marking"].to_list() == ["coalition"]


@pytest.mark.parametrize("marking", ["public", "own"])
def test_the_workspace_can_say_otherwise(tmp_path: Path, marking: str) -> None:
    assert markings(cell(tmp_path, f'marking = "{marking}"\n'))["P-1"] == marking


def test_a_head_says_it_for_its_submission(tmp_path: Path) -> None:
    assert markings(cell(tmp_path, konvoi="marking,own\n"))["P-1"] == "own"


def test_a_marking_that_is_none_is_a_finding_and_hides(tmp_path: Path) -> None:
    gathered = cell(tmp_path, 'marking = "everybody"\n')
    assert markings(gathered)["P-1"] == "own"
    assert "settings-value" in {one.code for one in gathered.findings}


def test_files_that_stand_alone_are_public(tmp_path: Path) -> None:
    (tmp_path / "packages.csv").write_text(PACKAGES)
    assert markings(gathering(opened([tmp_path / "packages.csv"]))) == {"P-1": "public", "P-2": "public"}


def test_what_its_source_published_is_public_whatever_the_workspace_says(tmp_path: Path) -> None:
    text = """<iati-activities version="2.03"><iati-activity default-currency="EUR">
    <iati-identifier>XM-1</iati-identifier><reporting-org ref="XM" type="10"><narrative>A</narrative>
    </reporting-org><transaction ref="T-1"><transaction-type code="2"/>
    <transaction-date iso-date="2031-01-01"/>
    <value value-date="2031-01-01">10</value></transaction></iati-activity></iati-activities>"""
    desk = tmp_path / "submissions" / "PL"
    desk.mkdir(parents=True)
    (tmp_path / "konvoi.toml").write_text('[coalition]\nname = "Exercise"\nmarking = "own"\n')
    (desk / "activities.xml").write_text(text)
    gathered = gathering(workspace(tmp_path))
    assert set(gathered.ledger.entries["marking"]) == {"public"}


def test_a_file_that_cannot_be_read_is_no_more_public_than_one_that_can(tmp_path: Path) -> None:
    desk = tmp_path / "submissions" / "PL"
    desk.mkdir(parents=True)
    (tmp_path / "konvoi.toml").write_text('[coalition]\nname = "Exercise"\n')
    (desk / "secret.bin").write_bytes(b"\0\1")
    assert gathering(workspace(tmp_path)).documents["marking"].to_list() == ["coalition"]
