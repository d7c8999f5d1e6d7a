"""The area: from 0 to 100 per cent, one upright link for each week."""

from datetime import date, timedelta
from decimal import Decimal

from lxml import etree

from konvoi.report.chart import Pen
from konvoi.report.charts.area import AREA, HIGH
from konvoi.report.language import Language
from konvoi.report.page import Area, Message, Number, Point


def drawn(*values: tuple[int, int]) -> "etree._Element":
    """The drawing of weeks, each with what is needed and what is there."""
    points = tuple(
        Point(
            date(2026, 3, 2) + timedelta(weeks=at),
            Number(Decimal(needed), "%"),
            Number(Decimal(there), "%"),
            Decimal(there) / 2,
            Decimal(there),
            Decimal(there) * 3 / 4,
        )
        for at, (needed, there) in enumerate(values)
    )
    chart = Area("x", Message("Title"), points, Message(""))
    return etree.fromstring(AREA.draw(chart, Pen(Language("en"), lambda number: "#n")))


def test_the_line_of_needs_reaches_its_height() -> None:
    line = next(path for path in drawn((0, 0), (100, 50)).iter("path") if path.get("class") == "need")
    assert line.get("d", "").endswith("2,0.0")
    assert f"0,{HIGH:.1f}" in line.get("d", "")


def test_each_week_is_a_link_that_says_its_figures() -> None:
    links = [link.get("aria-label") for link in drawn((0, 0), (100, 50)).iter("a")]
    assert links[1] == (
        "9 Mar 2026: needed 100\u00a0%, received 0\u00a0%, received and planned 50\u00a0%, "
        "expected 38\u00a0%, 80 % "
        "interval 25\u00a0% to 50\u00a0%"
    )
    assert len(links) == 2


def test_without_a_forecast_nothing_is_said_of_one() -> None:
    """Neither the line of what is expected nor the band, in the drawing or in its words."""
    point = Point(date(2026, 3, 2), Number(Decimal(100)), Number(Decimal(50)), Decimal(50), Decimal(50))
    chart = Area("x", Message("Title"), (point,), Message(""))
    told = AREA.draw(chart, Pen(Language("en"), lambda number: ""))
    assert "planned, without delays" in told
    assert [word for word in ("expected", "80 %", "band") if word in told] == []


def test_what_has_no_week_lies_below_the_top_with_its_words() -> None:
    """A tenth is under way: 22 of 220 points high."""
    point = Point(
        date(2026, 3, 2),
        Number(Decimal(100)),
        Number(Decimal(50)),
        Decimal(50),
        Decimal(50),
        received=Number(Decimal(20)),
    )
    chart = Area("x", Message("T"), (point,), Message(""), Number(Decimal(10), "%"))
    root = etree.fromstring(AREA.draw(chart, Pen(Language("en"), lambda number: "#n")))
    boxes = [box for box in root.iter("rect") if box.get("width") == "100%"]
    assert [(box.get("class"), box.get("y"), box.get("height")) for box in boxes[:1]] == [("s4", "0", "22")]
    words = [text.text for text in root.iter("text") if text.get("class") == "name"]
    assert words == [
        "needed: 100\u00a0%",
        "received: 20\u00a0%",
        "received and planned: 50\u00a0%",
        "under way, arrival day not reported: 10\u00a0%",
    ]
