"""The map: what lies north is above, loads are widths, shares are shades with a word for the full."""

from decimal import Decimal

import pytest
from lxml import etree

from konvoi.report.chart import Pen
from konvoi.report.charts.map import MAP, WIDE
from konvoi.report.language import Language
from konvoi.report.page import Corridor, Map, Message, Number, Spot

WARSAW, KYIV, ODESA = (52.23, 21.01), (50.45, 30.52), (46.48, 30.73)


def drawn() -> "etree._Element":
    """Two lanes: a heavy one nearly full, a light one without a limit."""
    corridors = (
        Corridor("Warsaw → Kyiv", (WARSAW, KYIV), Number(Decimal(100), "t"), Decimal("0.95")),
        Corridor("Kyiv → Odesa", (KYIV, ODESA), Number(Decimal(25), "t"), None),
    )
    spots = (
        Spot("Warsaw", *WARSAW, "depot"),
        Spot("Kyiv", *KYIV, "hub", Decimal("0.95")),
        Spot("Odesa", *ODESA, "destination"),
    )
    chart = Map("x", Message("Title"), spots, corridors, Message(""))
    return etree.fromstring(MAP.draw(chart, Pen(Language("en"), lambda number: "#n")))


def test_north_is_above_and_east_is_right() -> None:
    words = {
        word.text or "": (float(word.get("x", "0")), float(word.get("y", "0")))
        for word in drawn().iter("text")
    }
    assert words["Warsaw ■"][0] < words["Kyiv ■"][0]
    assert words["Warsaw ■"][1] < words["Kyiv ■"][1] < words["Odesa"][1]


def test_everything_named_lies_within_the_frame() -> None:
    root = drawn()
    high = float((root.get("viewBox") or "").split()[3])
    for word in root.iter("text"):
        assert 0 <= float(word.get("x", "-1")) <= WIDE
        assert 0 <= float(word.get("y", "-1")) <= high


def test_a_lane_is_as_wide_as_the_root_of_its_load_and_shaded_by_its_share() -> None:
    lanes = [line for line in drawn().iter("line") if (line.get("class") or "").startswith("lane")]
    widths = {line.get("class"): float(line.get("stroke-width", "0")) for line in lanes}
    assert widths == {"lane free": 7.0, "lane full": 12.0}


def test_each_lane_says_its_load_and_its_share() -> None:
    assert [link.get("aria-label") for link in drawn().iter("a")] == [
        "Kyiv → Odesa: 25 t, unlimited",
        "Warsaw → Kyiv: 100 t, 95\u00a0%",
    ]


def test_a_site_across_the_sea_neither_widens_the_map_nor_loses_its_lane() -> None:
    far = Corridor("Norfolk → Odesa", ((36.9, -76.3), ODESA), Number(Decimal(1), "t"), None)
    spots = (Spot("Norfolk", 36.9, -76.3, "port"), Spot("Odesa", *ODESA, "destination"))
    chart = Map("x", Message("Title"), spots, (far,), Message(""))
    root = etree.fromstring(MAP.draw(chart, Pen(Language("en"), lambda number: "#n")))
    assert {word.text for word in root.iter("text")} == {"Odesa"}
    assert [link.get("aria-label") for link in root.iter("a")] == ["Norfolk → Odesa: 1 t, unlimited"]


@pytest.mark.parametrize(("layer", "size"), [("at-desk", 14), ("at-hand", 32)])
def test_names_do_not_cover_one_another_at_desk_or_at_hand(layer: str, size: int) -> None:
    """Eight towns close together: whoever has no room is left out, on a phone more than at a desk."""
    towns = [(f"Longish Town {at}", (49.0 + at / 5, 24.0 + at / 9)) for at in range(8)]
    lanes = tuple(
        Corridor(name, (place, ODESA), Number(Decimal(10 + at), "t"), None)
        for at, (name, place) in enumerate(towns)
    )
    spots = (*(Spot(name, *place, "hub") for name, place in towns), Spot("Odesa", *ODESA, "destination"))
    drawing = MAP.draw(Map("x", Message("T"), spots, lanes, Message("")), Pen(Language("en"), lambda _: "#n"))
    group = next(g for g in etree.fromstring(drawing).iter("g") if g.get("class") == layer)
    boxes = [
        (float(one.get("x", 0)), float(one.get("y", 0)), size * 0.55 * len(one.text or "")) for one in group
    ]
    assert 2 <= len(boxes) <= 9
    for at, (x, y, wide) in enumerate(boxes):
        for other_x, other_y, other_wide in boxes[at + 1 :]:
            beside = x + wide <= other_x or other_x + other_wide <= x
            assert beside or abs(y - other_y) >= size
