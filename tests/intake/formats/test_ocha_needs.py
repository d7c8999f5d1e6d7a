"""OCHA's people in need by cluster and oblast; the sample is invented and built alike."""

from pathlib import Path

import polars as pl
import pytest

from konvoi.intake.formats.ocha_needs import OCHA_NEEDS
from konvoi.intake.read import read
from konvoi.model.document import Document
from konvoi.model.tables import BY_NAME

SAMPLE = (Path(__file__).parent / "samples" / "ocha_needs" / "needs.xlsx").read_bytes()


def test_each_oblast_has_a_row_for_each_cluster_of_the_year() -> None:
    """Estimates are rounded half to even; a line that is no oblast's is passed over."""
    found = read(Document("n.xlsx", SAMPLE))
    needs = found.tables["people_in_need"]
    assert (found.format, needs.schema) == ("ocha-needs", BY_NAME["people_in_need"].schema())
    rows = needs.filter(oblast="UA91").select("cluster", "year", "people", "population", "region").rows()
    assert rows == [
        ("health", 2031, 300, 1000, "North"),
        ("shelter", 2031, 250, 1000, "North"),
        ("all clusters", 2031, 402, 1000, "North"),
    ]
    assert needs["oblast"].unique().sort().to_list() == ["UA91", "UA92"]


def test_what_is_no_number_is_unknown_and_told_of() -> None:
    (told,) = read(Document("n.xlsx", SAMPLE)).findings
    assert (told.code, told.place.row, told.place.column) == ("ocha-number-unreadable", 7, "wash")


def test_an_oblast_of_which_nobody_is_counted_has_no_share() -> None:
    """OCHA gives no population for the places it could not reach."""
    needs = read(Document("n.xlsx", SAMPLE)).tables["people_in_need"]
    assert needs.filter(oblast="UA92")["population"].null_count() == 3


def test_a_workbook_without_its_head_is_refused() -> None:
    import io

    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "Cluster PIN By Oblast"  # type: ignore[union-attr]
    content = io.BytesIO()
    book.save(content)
    found = OCHA_NEEDS.read(Document("n.xlsx", content.getvalue()))
    assert (found.refused, [one.code for one in found.findings]) == (True, ["ocha-heading-missing"])


@pytest.mark.real_data
def test_the_published_overview_of_2023_has_17_6_million_people_in_need(real_data: Path) -> None:
    path = real_data / "needs" / "ocha-hno-2023.xlsx"
    found = read(Document(path.name, path.read_bytes()))
    needs = found.tables["people_in_need"]
    every = needs.filter(pl.col("cluster") == "all clusters")
    assert (found.findings, needs["year"].unique().to_list()) == ((), [2023])
    assert needs["oblast"].n_unique() == 27
    assert every["people"].sum() == 17_569_675
    kharkiv = needs.filter(oblast="UA63", cluster="education").row(0, named=True)
    assert (kharkiv["people"], kharkiv["population"]) == (301_353, 1_879_577)
