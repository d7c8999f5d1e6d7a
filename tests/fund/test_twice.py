"""The same place or building funded twice is found; its neighbours are not."""

import polars as pl
from tests.fund.rebuilding import money, project, rebuilt

from konvoi.fund.twice import TWICE, twice

Row = dict[str, object]

SCHOOL = project("A", title="School No. 3 of Tarnvel", building="REG-1003, Linden Way 4", sector="education")
AGAIN = project(
    "B", title="Rebuilding School 3, Tarnvel", building="Linden Way 4, REG 1003", sector="education", cost=980
)


def found(*rows: Row, **tables: list[Row]) -> pl.DataFrame:
    pairs = twice(rebuilt(projects=list(rows), **tables))
    assert pairs.schema == TWICE
    return pairs


def pairs(*rows: Row) -> list[tuple[str, str]]:
    return list(found(*rows).select("left", "right").iter_rows())


def test_one_building_under_two_names_is_found_with_what_speaks_for_it() -> None:
    row = found(SCHOOL, AGAIN, financing=[money("committed", 900, "A"), money("committed", 700, "B")])
    assert list(row.select("left", "right", "amount", "currency").iter_rows()) == [("A", "B", 700, "EUR")]
    assert '["building","nearly the same building"]' in row["evidence"][0]
    assert row["probability"][0] > 0.9


def test_another_school_of_the_town_is_another() -> None:
    other = project("C", title="School No. 7 of Tarnvel", building="REG-1044, Mill Row 9", sector="education")
    assert pairs(SCHOOL, other) == []


def test_a_building_of_the_same_name_in_another_town_is_another() -> None:
    away = {**AGAIN, "communities": "XV02010", "building": None, "cost": None}
    assert pairs(SCHOOL, away) == []


def test_what_was_cancelled_is_paid_by_nobody() -> None:
    assert pairs(SCHOOL, {**AGAIN, "stage": "cancelled"}) == []


def test_a_register_number_is_enough_where_nobody_named_the_community() -> None:
    assert pairs(SCHOOL, {**AGAIN, "communities": None, "building": SCHOOL["building"]}) == [("A", "B")]


def test_the_amount_is_not_known_where_one_of_the_two_is_not() -> None:
    row = found(SCHOOL, AGAIN, financing=[money("committed", 900, "A")])
    assert row["amount"].to_list() == [None]


def test_the_order_of_projects_changes_nothing() -> None:
    rows = [SCHOOL, AGAIN, *(project(f"N{at}", building=f"REG-{at}") for at in range(5))]
    assert found(*rows).equals(found(*rows[::-1]).with_columns(behind=found(*rows)["behind"]))


def test_two_projects_without_a_word_of_place_or_building_are_no_pair() -> None:
    bare = [project(name, title=None, communities=None, cost=None) for name in "ab"]
    assert pairs(*bare) == []
