"""The real pages of Afghanistan and Jordan give the figures that FTS itself publishes."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from konvoi.intake.formats.fts import FTS_FLOWS
from konvoi.intake.fts.together import pages
from konvoi.model.boundary import parsed, sides
from konvoi.model.document import Document, Reading

pytestmark = pytest.mark.real_data

COUNTRIES = {"afg": "1", "jor": "114"}


@cache
def readings(folder: Path, country: str) -> tuple[Reading, ...]:
    names = [f"custom-search-locationid-{COUNTRIES[country]}-year-2020{page}.json" for page in _PAGES]
    return tuple(FTS_FLOWS.read(Document(name, (folder / "fts" / name).read_bytes())) for name in names)


_PAGES = ("", "-page-2", "-page-3")


def flows(folder: Path, country: str) -> pl.DataFrame:
    """The entries of all pages with their side of the boundary."""
    found = readings(folder, country)
    entries = pl.concat([reading.entries for reading in found])
    scopes = pl.concat([reading.scopes for reading in found])
    boundary = parsed(f"country:{country.upper()},year:2020")
    return entries.join(sides(scopes, boundary), on="entry", validate="1:1")


def dollars(rows: pl.DataFrame, side: str, *, shared: bool) -> Mapping[str, int]:
    found = rows.filter((pl.col("side") == side) & (pl.col("shared") == shared))
    sums = found.group_by("stage").agg(pl.col("stated_minor").sum() // 100)
    return dict(sums.iter_rows())


@pytest.mark.parametrize(
    ("country", "alone", "shared", "internal"),
    [
        (
            "afg",
            {"disbursed": 428_966_359, "committed": 296_624_940},
            {"disbursed": 24_654_545, "committed": 3_871_767},
            {"disbursed": 70_833_071, "committed": 1_125_048},
        ),
        (
            "jor",
            {"disbursed": 520_987_408, "committed": 193_258_853, "pledged": 81_128},
            {"disbursed": 162_899_307, "committed": 12_747_633},
            {"disbursed": 10_029_750},
        ),
    ],
)
def test_incoming_shared_and_internal_sums_by_stage_are_exact(
    real_data: Path,
    country: str,
    alone: Mapping[str, int],
    shared: Mapping[str, int],
    internal: Mapping[str, int],
) -> None:
    rows = flows(real_data, country)
    assert dollars(rows, "incoming", shared=False) == alone
    assert dollars(rows, "incoming", shared=True) == shared
    assert dollars(rows, "internal", shared=False) == internal
    assert dollars(rows, "outgoing", shared=False) == {}


@pytest.mark.parametrize(("country", "total"), [("afg", 725_591_299), ("jor", 714_246_261)])
def test_paid_and_committed_together_are_the_files_own_funding_total(
    real_data: Path, country: str, total: int
) -> None:
    found = dollars(flows(real_data, country), "incoming", shared=False)
    assert found["disbursed"] + found["committed"] == total
    claims = readings(real_data, country)[0].claims.filter(pl.col("measure") == "incoming funding")
    assert claims["value"].to_list() == [total]
    assert pages(readings(real_data, country)) == ()


@pytest.mark.parametrize("side", ["incoming", "internal"])
@pytest.mark.parametrize("country", COUNTRIES)
def test_every_row_of_the_published_tables_is_found(real_data: Path, country: str, side: str) -> None:
    with (real_data / "fts" / f"fts_{side}_funding_{country}.csv").open(newline="", encoding="utf-8") as file:
        published = [row for row in csv.DictReader(file) if row["id"].isdigit()]
    stages = {"paid": "disbursed", "commitment": "committed", "pledge": "pledged"}
    expected = [
        (row["id"], int(row["amountUSD"]), stages[row["status"]], row["onBoundary"] == "shared", row["date"])
        for row in published
    ]
    ours = flows(real_data, country).filter(pl.col("side") == side)
    columns = ours.select(
        "package", pl.col("stated_minor") // 100, "stage", "shared", pl.col("day_from").cast(pl.String)
    )
    assert sorted(columns.rows()) == sorted(expected)


def test_the_recomputed_side_agrees_on_960_of_962_flows_and_the_two_others_are_found(real_data: Path) -> None:
    rows = pl.concat([flows(real_data, country) for country in COUNTRIES])
    assert rows.height == 962
    differing = rows.filter(pl.col("recomputed") != pl.col("stated"))
    assert sorted(differing["package"]) == ["222896", "222897"]
    found = [f for country in COUNTRIES for r in readings(real_data, country) for f in r.findings]
    told = [f.values["flow"] for f in found if f.code in ("fts-side-differs", "fts-shared-differs")]
    assert sorted(told) == ["222896", "222897"]


def test_the_flow_on_both_searches_is_one_entry_with_a_side_for_each(real_data: Path) -> None:
    ours = [flows(real_data, country).filter(pl.col("package") == "207188") for country in COUNTRIES]
    assert ours[0]["entry"].equals(ours[1]["entry"])
    assert [rows["stated"].item() for rows in ours] == ["incoming", "incoming"]


def test_parents_and_children_of_all_pages_find_one_another(real_data: Path) -> None:
    every = [reading for country in COUNTRIES for reading in readings(real_data, country)]
    entries = pl.concat([reading.entries for reading in every]).unique("entry")
    known = {name: name for name in entries["entry"]} | dict(entries.select("reference", "entry").iter_rows())
    ends = pl.concat([reading.relations for reading in every]).select("left", "right").rows()
    found = {(known[left], known[right]) for left, right in ends if left in known and right in known}
    assert len(found) == 136


def test_no_real_page_has_an_error_and_every_place_is_known(real_data: Path) -> None:
    found = [f for country in COUNTRIES for r in readings(real_data, country) for f in r.findings]
    assert {f.code for f in found} == {"fts-side-differs", "fts-party-missing"}


def test_other_files_of_fts_are_not_taken_for_pages_of_flows(real_data: Path) -> None:
    for path in sorted((real_data / "fts").glob("*.json")):
        recognised = FTS_FLOWS.recognises(Document(path.name, path.read_bytes()))
        assert recognised == path.name.startswith("custom-search"), path.name
