"""Where projects lie: oblasts by code, people in need by year and cluster, damage where it was assessed."""

from datetime import date
from decimal import Decimal

import pytest
from tests.fund.rebuilding import DAY, project, rebuilt

from konvoi.fund.project_places import InNeed, Places, official_code

Row = dict[str, object]

HERE: Row = {"community": "XV01010", "name": "Velm", "oblast": "XV01"}


def need(oblast: str, people: int, **more: object) -> Row:
    own = {"oblast": oblast, "cluster": "all clusters", "year": 2031, "people": people, "population": 100}
    return {**own, **more}


def found(where: Row, *rows: Row, communities: list[Row] | None = None) -> InNeed | None:
    tables = rebuilt(projects=[where], people_in_need=list(rows), communities=communities or [HERE])
    return Places(tables).in_need(tables["projects"].row(0, named=True), DAY)


def test_an_official_code_begins_with_its_oblast() -> None:
    """Also where no table of communities was handed in."""
    assert official_code("UA63120270010096107")
    assert Places(rebuilt()).oblasts(project(communities="UA63120270010096107;UA05020030000031457")) == (
        "UA05",
        "UA63",
    )
    assert Places(rebuilt()).oblasts(project(communities="Kharkiv")) == ()


def test_the_sectors_cluster_speaks_before_all_clusters() -> None:
    """Of a school those count who are in need of education."""
    rows = (need("XV01", 20), need("XV01", 36, cluster="education"))
    school = found(project(sector="education"), *rows)
    road = found(project(sector="transport"), *rows)
    assert school is not None
    assert road is not None
    assert (school.share, school.cluster) == (Decimal("0.360000"), "education")
    assert (road.share, road.cluster) == (Decimal("0.200000"), "all clusters")


def test_the_latest_year_up_to_this_one_counts() -> None:
    rows = (need("XV01", 10, year=2030), need("XV01", 20), need("XV01", 90, year=2032))
    known = found(project(), *rows)
    assert known is not None
    assert (known.year, known.people) == (2031, 20)


def test_of_several_oblasts_the_greater_need_counts() -> None:
    two: list[Row] = [HERE, {"community": "XV02010", "name": "Tarnvel", "oblast": "XV02"}]
    where = project(communities="XV01010;XV02010")
    known = found(where, need("XV01", 10), need("XV02", 55), communities=two)
    assert known is not None
    assert known.oblast == "XV02"


@pytest.mark.parametrize("population", [None, 0])
def test_without_people_to_compare_with_there_is_no_need_known(population: int | None) -> None:
    assert found(project(), need("XV01", 10, population=population)) is None
    assert found(project(communities=None), need("XV01", 10)) is None


def damage(id: str, **more: object) -> Row:
    own = {"damage": id, "day": date(2031, 1, 1), "method": "Survey", "amount": 5, "currency": "EUR"}
    return {**own, **more}


def test_damage_is_that_which_names_the_project_or_its_building_in_its_place() -> None:
    rows = [
        damage("named", project="P"),
        damage("another", project="Q", community="XV01010", building="REG-1"),
        damage("building", community="XV01010", building="reg 1"),
        damage("elsewhere", community="XV02010", building="REG-1"),
        damage("place alone", community="XV01010"),
    ]
    places = Places(rebuilt(damages=rows))
    assert [row["damage"] for row in places.damages(project(building="REG-1"))] == ["building", "named"]
    assert [row["damage"] for row in places.damages(project(building=None))] == ["named"]
