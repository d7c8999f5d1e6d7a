"""Curves: each step is as wide as its days and as high as the share that is still open."""

from decimal import Decimal

from lxml import etree

from konvoi.report.chart import Pen
from konvoi.report.charts.curves import CURVES, HIGH
from konvoi.report.language import Language
from konvoi.report.page import Curve, Curves, Message


def boxes(*steps: tuple[int, str], until: int) -> list[tuple[float, ...]]:
    """Where each step begins and how wide it is, in per cent, and how high."""
    told = tuple((days, Decimal(share)) for days, share in steps)
    curve = Curve(Message("committed → allocated"), told, until, Message("half after 5 days"))
    chart = Curves("x", Message("Title"), (curve,), Message(""))
    root = etree.fromstring(CURVES.draw(chart, Pen(Language("en"), lambda number: "")))
    return [
        (*(float(box.get(name, "").rstrip("%")) for name in ("x", "width")), float(box.get("height", "")))
        for box in root.iter("rect")
    ]


def test_steps_go_down_from_all_at_day_nought() -> None:
    found = boxes((5, "0.5"), (10, "0.25"), until=20)
    assert found == [(0, 25, HIGH), (25, 25, HIGH / 2), (50, 50, HIGH / 4)]


def test_nothing_is_drawn_beyond_the_longest_case_or_where_none_is_left() -> None:
    (only,) = boxes((5, "0"), until=10)
    assert only == (0, 50, HIGH)
    assert boxes(until=0) == []
