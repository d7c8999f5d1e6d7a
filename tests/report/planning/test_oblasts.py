"""Oblasts and their people."""

from dataclasses import replace

from tests.report.cases import case, table

from konvoi.kit.text import fold
from konvoi.report.planning.oblasts import known, oblasts


def test_an_oblast_is_known_by_code_and_by_both_names() -> None:
    assert known()["ua46"] is known()["lviv"]
    assert known()["lviv"].people == 2478133


def test_the_capital_is_named_apart_from_the_oblast_around_it() -> None:
    city, around = known()[fold("Київ")], known()[fold("Київська")]
    assert (city.code, city.name.en, around.code) == ("UA80", "Kyiv", "UA32")


def test_a_site_lies_where_its_region_says_and_what_submissions_state_of_people_counts_first() -> None:
    places = [
        {"site": site, "name": site, "kind": "destination", "country": country, "region": region}
        for site, country, region in (
            ("A", "UA", "Львівська"),
            ("B", "UA", "Київ"),
            ("C", "PL", "Lviv"),
            ("D", "UA", None),
            ("E", "UA", "Севастополь"),
        )
    ]
    people = [{"oblast": "UA46", "cluster": "any", "year": 2026, "people": 1, "population": 2000000}]
    tables = {"sites": table("sites", places), "people_in_need": table("people_in_need", people)}
    found = oblasts(replace(case(), tables={**case().tables, **tables}))
    assert {site: one.people for site, one in found.items()} == {"A": 2000000, "B": 2952301, "E": None}
