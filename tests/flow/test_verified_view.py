"""A reader learns the head of its view and which of its own files differ, and nothing of others."""

from pathlib import Path

import pytest
from tests.flow.confidential import Package, submitted

from konvoi.flow.store import Fault
from konvoi.flow.submissions.import_submission import take
from konvoi.flow.verified_view import verified_view
from konvoi.flow.view import View
from konvoi.gateways.refusal import Refused


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    cell = tmp_path / "cell"
    cell.mkdir()
    (cell / "konvoi.toml").write_text('[coalition]\nname = "Exercise"\nday = 2031-02-01\n')
    for one in (Package("AR", "A-1", "5"), Package("CE", "C-1", "5")):
        take([submitted(tmp_path / "in" / one.party, one)], party=one.party, folder=cell)
    return cell


def head(folder: Path, reader: str) -> str:
    found = verified_view(folder, View(None, reader))
    assert found.differences == ()
    return found.head


def altered(folder: Path, party: str) -> None:
    (path,) = (folder / "submissions" / party).rglob("packages.csv")
    path.write_bytes(path.read_bytes().replace(b'"5"', b'"6"'))


def test_each_reader_has_the_head_of_its_own_view(folder: Path) -> None:
    assert len({head(folder, one) for one in ("AR", "CE", "public", "cell")}) == 4


def test_a_party_learns_which_of_its_own_files_differ_and_others_are_shown_nothing(folder: Path) -> None:
    altered(folder, "AR")
    (one,) = verified_view(folder, View(None, "AR")).differences
    assert one.fault == Fault.ALTERED
    assert one.path.startswith("submissions/AR/")
    for reader in ("CE", "public"):
        with pytest.raises(Refused, match="a stored file is not as it was recorded"):
            verified_view(folder, View(None, reader))
