"""The Gantt chart: bars at their days, the interval of the arrival, the day due, states in words."""

from datetime import date
from decimal import Decimal

from lxml import etree

from konvoi.report.chart import Pen
from konvoi.report.charts.gantt import GANTT
from konvoi.report.language import Language
from konvoi.report.page import Gantt, Message, Number, Task

TASK = Task(
    "tents",
    "N1",
    Number(Decimal(5), "t"),
    date(2026, 3, 1),
    date(2026, 3, 11),
    date(2026, 3, 6),
    date(2026, 3, 21),
    date(2026, 3, 16),
    "at risk",
)


def drawn(*tasks: Task) -> "etree._Element":
    """The drawing of some tasks."""
    chart = Gantt("x", Message("Title"), tasks, len(tasks), Message(""))
    return etree.fromstring(GANTT.draw(chart, Pen(Language("en"), lambda number: "#n")))


def said(root: "etree._Element") -> str:
    """All words of a drawing."""
    return "".join(str(part) for part in root.itertext())


def test_a_bar_runs_from_departure_to_arrival() -> None:
    """The window is 1 to 21 March, so ten days are half of it."""
    bar = next(drawn(TASK).iter("rect"))
    assert (bar.get("x"), bar.get("width"), bar.get("class")) == ("0.00%", "50.00%", "atrisk")


def test_interval_and_due_day_stand_at_their_days() -> None:
    lines = [(line.get("class"), line.get("x1"), line.get("x2")) for line in drawn(TASK).iter("line")]
    assert ("whisker", "25.00%", "100.00%") in lines
    assert ("due", "75.00%", "75.00%") in lines


def test_the_state_is_a_word_beside_its_sign() -> None:
    assert "◐ at risk" in said(drawn(TASK))
