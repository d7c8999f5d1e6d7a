"""Drawings of each kind of chart."""

from konvoi.report.charts.area import AREA
from konvoi.report.charts.bars import BARS
from konvoi.report.charts.curves import CURVES
from konvoi.report.charts.gantt import GANTT
from konvoi.report.charts.map import MAP
from konvoi.report.charts.strips import STRIPS

DRAWINGS = (BARS, STRIPS, AREA, GANTT, MAP, CURVES)
