"""The borders follow the view of the United Nations."""

import pytest

from konvoi.report.planning.frontiers import borders, country


@pytest.mark.parametrize(
    ("place", "lon", "lat"),
    [
        ("Simferopol", 34.10, 44.95),
        ("Sevastopol", 33.53, 44.60),
        ("Kerch", 36.47, 45.35),
        ("Donetsk", 37.80, 48.00),
        ("Luhansk", 39.30, 48.57),
        ("Kharkiv", 36.23, 49.99),
    ],
)
def test_a_place_in_ukraine_lies_in_ukraine(place: str, lon: float, lat: float) -> None:
    assert country(lon, lat) == "UKR"


def test_neighbours_are_where_they_are() -> None:
    assert [country(21.0, 52.2), country(26.1, 44.4), country(37.6, 55.75), country(31.0, 43.5)] == [
        "POL",
        "ROU",
        "RUS",
        "",
    ]


def test_the_licence_of_the_borders_lies_beside_them() -> None:
    from konvoi.report.resources import resource

    assert b"BSD 3-Clause" in resource("borders/LICENSE")
    assert len(borders()) > 50
