"""The forms in which papers leave the house."""

from konvoi.report.paper import PaperWriter
from konvoi.report.papers.epcis import EPCIS
from konvoi.report.papers.ubl import UBL
from konvoi.report.papers.workbook import WORKBOOK

PAPERS: tuple[PaperWriter, ...] = (UBL, EPCIS, WORKBOOK)
