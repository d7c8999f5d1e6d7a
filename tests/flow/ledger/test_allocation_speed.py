"""Speed from commitment to allocation by hand: to date, and between which ages half of the rest lies."""

from datetime import date

import polars as pl

from konvoi.flow.ledger.allocation_speed import allocation_speed
from konvoi.flow.ledger.tables import SUPPORT_BY_YEAR

# By partner and year: committed and allocated.
YEARS = {
    ("A", 2023): (100, 40),
    ("A", 2024): (100, 60),
    ("A", 2025): (100, 20),
    ("B", 2023): (10, 30),
    ("B", 2025): (50, 10),
}


def speed(last: date = date(2025, 12, 31)) -> dict[tuple[str, int], dict[str, object]]:
    rows = [
        {
            "register": "kiel",
            "party": party,
            "year": year,
            "currency": "EUR",
            "committed": committed,
            "allocated": allocated,
            "last": last if year == last.year else date(year, 12, 31),
            "figures": [f"{party}-{year}"],
        }
        for (party, year), (committed, allocated) in YEARS.items()
    ]
    found = allocation_speed(support_by_year=pl.DataFrame(rows, schema=SUPPORT_BY_YEAR.schema()))
    return {(str(row["party"]), int(row["year"])): row for row in found.iter_rows(named=True)}


def test_sums_to_date_and_what_is_outstanding() -> None:
    """A has 60 left of 2023, then 100, then 180; what B allocated beyond its 10 uses up later commitments."""
    found = speed()
    assert [found["A", year]["outstanding"] for year in (2023, 2024, 2025)] == [60, 100, 180]
    assert (found["A", 2024]["committed"], found["A", 2024]["allocated"]) == (200, 100)
    assert found["A", 2024]["share"] == 0.5
    assert [found["B", year]["outstanding"] for year in (2023, 2024, 2025)] == [0, 0, 20]
    every = found["", 2025]
    assert (every["committed"], every["allocated"], every["outstanding"]) == (360, 160, 200)
    assert every["figures"] == ["A-2023", "A-2024", "A-2025", "B-2023", "B-2025"]


def test_the_age_lies_between_the_oldest_and_the_latest_first() -> None:
    """Of A 80 of 2024 and 100 of 2025 are left, or, latest first, 60 of 2023, 40 of 2024, 80 of 2025."""
    a = speed()["A", 2025]
    assert (a["age_least"], a["age_most"]) == (0, 2)
    b = speed()["B", 2023]
    assert (b["age_least"], b["age_most"]) == (None, None)


def test_within_a_year_a_commitment_of_the_year_before_may_be_of_its_last_day() -> None:
    a = speed(date(2025, 6, 30))["A", 2025]
    assert (a["age_least"], a["age_most"]) == (0, 2)
