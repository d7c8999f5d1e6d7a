"""Names of documents tell a reader nothing of documents that the reader does not see."""

from pathlib import Path

import polars as pl
import pytest

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.renamed_documents import with_document_names
from konvoi.flow.submissions.import_submission import take
from konvoi.flow.view import View
from konvoi.flow.workspace import viewed, workspace
from konvoi.model.finding import Finding, Place, Severity

PACKAGES = "package,party,day,kind,title,stage,amount,currency\n"


def folder_of(tmp_path: Path, *, hidden: bool) -> Path:
    """Return a workspace of one partner with a public submission, after one of its own where hidden."""
    folder = tmp_path / str(hidden)
    folder.mkdir()
    (folder / "konvoi.toml").write_text("[coalition]\nday = 2031-03-01\n")
    for marking, package in (("own", "KE-H"), ("public", "KE-1"))[not hidden :]:
        at = folder / "in" / marking
        at.mkdir(parents=True)
        (at / "konvoi.csv").write_text(f"party,KE\nday,2031-01-10\nmarking,{marking}\n")
        # An unknown currency makes a finding with its place.
        (at / "packages.csv").write_text(
            f"{PACKAGES}{package},KE,2031-01-08,energy,Cables,committed,1000,EURO\n"
        )
        take([at], party="KE", folder=folder)
    return folder


def seen(folder: Path, reader: str) -> Gathered:
    return gathering(viewed(workspace(folder), View(None, reader)))


@pytest.mark.slow
def test_two_worlds_of_a_hidden_earlier_submission_show_the_same_names(tmp_path: Path) -> None:
    one, two = (seen(folder_of(tmp_path, hidden=hidden), "public") for hidden in (False, True))
    assert one.digest == two.digest
    assert one.documents.equals(two.documents)
    assert one.findings == two.findings != ()
    assert one.ledger.entries.equals(two.ledger.entries)
    assert {name: rows.to_dicts() for name, rows in one.tables.items()} == {
        name: rows.to_dicts() for name, rows in two.tables.items()
    }


@pytest.mark.slow
def test_the_sender_and_the_coordination_cell_see_the_names_of_the_files(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, hidden=True)
    for reader in ("KE", "cell"):
        assert "KE/v2/packages.csv" in seen(folder, reader).documents["name"].to_list()


def test_a_name_within_a_sentence_is_renamed_too(tmp_path: Path) -> None:
    place = Place("KE/v2/packages.csv", "packages", 1)
    told = Finding(Severity.NOTE, "x", place, values={"other": "KE/v2/packages.csv, row 3"})
    whole = seen(folder_of(tmp_path, hidden=False), "cell")
    names = {"KE/v2/packages.csv": "KE/packages.csv", "KE/v3/packages.csv": "KE/v2/packages.csv"}
    (found,) = with_document_names(
        Gathered(whole.ledger, {}, whole.documents, pl.DataFrame(), (told,)), names
    ).findings
    assert (found.place.file, found.values) == ("KE/packages.csv", {"other": "KE/packages.csv, row 3"})
