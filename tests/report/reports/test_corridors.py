"""Corridors: the load of lanes and sites against what they take in a week."""

from dataclasses import replace
from decimal import Decimal

from tests.report import cases
from tests.report.cases import case, table

from konvoi.report.language import Language
from konvoi.report.page import Map
from konvoi.report.reports.corridors import section

ENGLISH = Language("en")


def rows(id: str, **more: object) -> list[list[str]]:
    """The rows of a table of the section, as words."""
    found = next(table for table in section(case(**more)).tables if table.id == id)
    return [[ENGLISH.text(value) for value in row] for row in found.rows]


def test_the_fullest_week_of_a_lane_is_measured_against_its_limit() -> None:
    """L4 carries 20 t in one week and 57 t in another; it takes 90."""
    assert rows("lanes")[0] == [
        "Lorn Hub (Лорн) → Karsk (Карськ)",
        "road",
        "77 t",
        "2026-W15",
        "57 t",
        "90 t",
        "63\u00a0%",
        "",
    ]


def test_a_lane_without_a_limit_says_so_and_has_no_share() -> None:
    assert [row[5:] for row in rows("lanes")[1:]] == [["unlimited", "", ""]] * 4


def test_a_site_that_is_nearly_full_says_so_in_words() -> None:
    assert [(row[0], row[6], row[7]) for row in rows("sites")] == [
        ("Mell Crossing", "95\u00a0%", "■ at capacity")
    ]


def test_of_several_limits_the_smallest_holds() -> None:
    capacities = [{"on": "L4", "tonnes": Decimal(90)}, {"on": "L4", "tonnes": Decimal(60)}]
    assert (
        rows("lanes", tables=cases.tables() | {"capacities": table("capacities", capacities)})[0][5] == "60 t"
    )


def test_a_limit_opens_the_row_it_stands_in() -> None:
    found = next(table for table in section(case()).tables if table.id == "sites").rows[0][5]
    assert getattr(found, "behind", None) == ("capacities/XNG#2",)


def test_the_map_has_every_lane_with_a_load_and_every_site_on_it() -> None:
    chart = section(case()).charts[0]
    assert isinstance(chart, Map)
    assert len(chart.corridors) == 5
    assert len(chart.spots) == 6


def test_without_movements_the_section_says_where_the_causes_are() -> None:
    assert "unmet needs" in ENGLISH.text(section(case(plan=None, outlook=None)).answer[0])


def test_where_no_site_has_a_limit_it_says_so_and_not_that_nothing_is_planned() -> None:
    none = cases.tables() | {"capacities": table("capacities", [])}
    sites = section(case(tables=none)).tables[1]
    assert sites.rows == ()
    assert ENGLISH.text(sites.empty) == "No site in the plan has a limit in tonnes."


def test_a_plan_without_legs_hands_over_where_things_lie() -> None:
    here = replace(cases.plan(), legs=cases.plan().legs.clear())
    assert ENGLISH.text(section(case(plan=here)).answer[0]).startswith("No lane carries a load")
    idle = replace(here, movements=here.movements.clear())
    assert ENGLISH.text(section(case(plan=idle)).answer[0]).startswith("No movements planned")
