"""Release 7 of the Kiel workbook, as published, gives the figures that it publishes."""

from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from konvoi.intake.examine import examine
from konvoi.intake.formats.kiel import KIEL
from konvoi.model.document import Document, Reading


@pytest.fixture(scope="module")
def kiel(real_data: Path) -> Reading:
    path = real_data / "pledges" / "kiel-release-7" / "Ukraine_Support_Tracker.xlsx"
    return KIEL.read(Document(path.name, path.read_bytes()))


def billions(entries: pl.DataFrame, places: int) -> float:
    return round(int(entries["stated_minor"].sum()) / 1e11, places)


@pytest.mark.real_data
def test_release_7_commits_what_it_publishes(kiel: Reading) -> None:
    """Euro values of packages by party, kind and valuation, as its figure 1 has them."""
    packages = kiel.entries.filter(pl.col("line").is_null())
    eu = [party for (party,) in kiel.tables["groups"].select("party").unique().rows()]
    of_us, of_eu = pl.col("party") == "US", pl.col("party").is_in(eu)
    assert billions(packages, 6) == 93.942559
    assert billions(packages.filter(of_us), 6) == 52.310711
    assert billions(packages.filter(of_eu), 6) == 29.367659
    assert billions(packages.filter(~of_us & ~of_eu), 6) == 12.264189
    kinds = {kind: billions(packages.filter(pl.col("kind") == kind), 3) for kind in packages["kind"].unique()}
    assert kinds == {"military": 41.502, "financial": 38.076, "humanitarian": 14.364}
    valued = {
        how: billions(packages.filter(pl.col("valuation") == how), 3)
        for how in packages["valuation"].unique()
    }
    assert valued == {"given": 81.273, "by hand": 10.114, "by price": 2.524, "none": 0.031}


@pytest.mark.real_data
def test_the_lines_of_release_7_would_count_its_packages_twice(kiel: Reading) -> None:
    lines = kiel.entries.filter(pl.col("line").is_not_null() & (pl.col("stage") == "committed"))
    assert set(lines["currency"].drop_nulls()) == {"USD"}
    assert round(int(lines["amount_minor"].sum()) / 1e11, 3) == 16.759


@pytest.mark.real_data
def test_the_funds_of_release_7_are_divided_to_the_last_part(kiel: Reading) -> None:
    """The shares of each fund add up to one, so what it gave can be shown at its members."""
    shares = kiel.tables["shares"].group_by("fund").agg(pl.col("share").sum(), pl.len()).sort("fund")
    assert shares.rows() == [("EIB", 1, 27), ("EPF", 1, 27), ("EU-COM", 1, 27)]
    funds = kiel.entries.filter(pl.col("line").is_null() & pl.col("party").is_in(["EU-COM", "EIB", "EPF"]))
    assert billions(funds, 4) == 16.2425


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("good", "committed", "delivered"),
    [
        ("tank", 288, 252),
        ("howitzer-155mm", 247, 197),
        ("infantry-fighting-vehicle", 150, 80),
        ("mlrs", 64, 41),
    ],
)
def test_heavy_weapons_of_release_7(kiel: Reading, good: str, committed: int, delivered: int) -> None:
    """A group of goods is meant by the first part of their ids."""
    of_good = kiel.entries.filter((pl.col("good") == good) | pl.col("good").str.starts_with(f"{good}-"))
    sums = dict(of_good.group_by("stage").agg(pl.col("quantity").sum()).rows())
    assert sums == {"committed": committed, "handed over": delivered}


@pytest.mark.real_data
def test_what_is_wrong_with_release_7_is_told(kiel: Reading) -> None:
    assert kiel.facts["lines with units"] == "504"
    assert kiel.facts["of these, delivered unknown"] == "232"
    found = Counter(finding.code for finding in kiel.findings)
    assert found["day-uncertain"] == 182
    assert found["day-impossible"] == 1
    assert found["day-after-release"] == 6
    assert [f.read for f in kiel.findings if f.code == "number-unclear"] == [
        "1.000.00",
        "6.000.00",
        "15.000.00",
    ]
    assert found["value-not-converted"] == 3


@pytest.mark.real_data
def test_the_figures_of_release_7_are_held_against_its_rows(kiel: Reading) -> None:
    findings = examine([kiel])
    read = {(f.code, f.read): f.as_dict()["expected"] for f in findings}
    norway = ("figure-and-rows-differ", "Norway, mlrs-227mm, handed over: 0")
    assert str(read[norway]).startswith("3 piece")
    assert str(read["figure-and-rows-differ", "all, mlrs, handed over: 38"]).startswith("41 piece")
    parts = {f.read: str(f.as_dict()["remedy"]) for f in findings if f.code == "parts-do-not-sum"}
    assert (
        "to be disbursed 18.599" in parts["all: disbursed 16.815 (47.5 %), to be disbursed 15.934 (45.0 %)"]
    )
    assert any(read.startswith("United States: weapons and equipment 15.207") for read in parts)
    assert Counter(finding.code for finding in findings) == {
        "parts-do-not-sum": 17,
        "figure-and-rows-differ": 26,
        "lines-above-package": 17,
        "unit-without-price": 60,
        # Small-arms ammunition at USD 1,084 a piece, and USD 96,000 beside amounts above EUR 28 m.
        "amount-out-of-scale": 2,
    }
