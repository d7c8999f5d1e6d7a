"""Strips: columns stand at their month, each strip has its own scale from zero."""

from datetime import date
from decimal import Decimal

from lxml import etree

from konvoi.report.chart import Pen
from konvoi.report.charts.strips import STRIPS
from konvoi.report.language import Language
from konvoi.report.page import Message, Number, Strip, Strips

JANUARY, DECEMBER = date(2025, 1, 1), date(2025, 12, 1)


def drawn(*marks: tuple[date, int]) -> "etree._Element":
    """The drawing of one strip over 2025."""
    found = tuple((day, Number(Decimal(value), "t")) for day, value in marks)
    strip = Strip(Message("received"), 5, found)
    chart = Strips("x", Message("Title"), "t", JANUARY, DECEMBER, (strip,), Message(""))
    return etree.fromstring(STRIPS.draw(chart, Pen(Language("en"), lambda number: "#n")))


def said(root: "etree._Element") -> str:
    """All words of a drawing."""
    return "".join(str(part) for part in root.itertext())


def test_columns_are_as_high_as_their_value() -> None:
    heights = [float(rect.get("height", "0")) for rect in drawn((JANUARY, 10), (DECEMBER, 5)).iter("rect")]
    assert heights[0] == 2 * heights[1]


def test_a_column_stands_at_its_month() -> None:
    places = [
        float(rect.get("x", "").rstrip("%")) for rect in drawn((JANUARY, 1), (DECEMBER, 1)).iter("rect")
    ]
    assert 0 <= places[0] < 100 / 12
    assert 100 * 11 / 12 <= places[1] < 100


def test_a_correction_is_an_outline() -> None:
    assert [rect.get("class") for rect in drawn((JANUARY, 4), (DECEMBER, -2)).iter("rect")] == ["s5", "gap"]


def test_the_largest_month_is_named() -> None:
    assert "Dec 2025: 7 t" in said(drawn((JANUARY, 4), (DECEMBER, 7)))
