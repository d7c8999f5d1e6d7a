"""The table of a chart says that it is one: no two headings of a page are the same."""

from datetime import date
from decimal import Decimal

from konvoi.report.chart_table import tables
from konvoi.report.language import Language
from konvoi.report.page import Area, Message, Number, Point, Section


def test_a_charts_table_has_another_heading_than_the_chart() -> None:
    point = Point(date(2026, 3, 2), Number(Decimal(100)), Number(Decimal(50)), Decimal(50), Decimal(50))
    chart = Area("needs", Message("Cumulative needs and deliveries"), (point,), Message(""))
    (table,) = tables(Section("coverage", Message("Coverage"), (), (chart,), ()))
    assert Language("en").text(table.title) == "Cumulative needs and deliveries: table"
    assert Language("de").text(table.title) == "Bedarf und Lieferungen, kumuliert: Tabelle"
