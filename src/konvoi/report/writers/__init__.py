"""The forms in which a brief leaves the house."""

from konvoi.report.writers.html import HTML
from konvoi.report.writers.ics import ICS
from konvoi.report.writers.json import JSON
from konvoi.report.writers.xlsx import XLSX

WRITERS = (HTML, XLSX, JSON, ICS)
