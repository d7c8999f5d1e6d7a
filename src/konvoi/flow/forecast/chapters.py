"""Chapters of the brief on the gap, for whoever asks for one of them alone: tempo, outlook, effect."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from konvoi.flow.cases import bare
from konvoi.flow.derive import derived
from konvoi.flow.forecast.forecast_workspace import forecast
from konvoi.flow.forecast.leadtimes import models
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.ledger.brief_totals import totals
from konvoi.flow.plans import plan_at
from konvoi.flow.today import today
from konvoi.flow.workspace import Workspace
from konvoi.kit.progress import Stop, never
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.page import Section, Table
from konvoi.report.reports import REPORTS
from konvoi.report.writers.json import plain

_BY_NAME = {report.name: report for report in REPORTS}


@dataclass(frozen=True)
class Chapters:
    """Chapters on a day; planned: whether the days of a plan were used."""

    day: date
    sections: tuple[Section, ...]
    planned: bool
    gathered: Gathered

    def as_dict(self) -> dict[str, object]:
        """The sentences in English, and the rows of the tables by the heads of their columns, as plain JSON
        values; numbers with what is behind them."""
        english = Language("en")
        return {
            "day": self.day.isoformat(),
            "planned": self.planned,
            "answer": [english.text(one) for section in self.sections for one in section.answer],
            "tables": {table.id: _rows(table, english) for one in self.sections for table in one.tables},
        }


def _rows(table: Table, english: Language) -> list[dict[str, object]]:
    heads = [english.text(column.name) for column in table.columns]
    return [{head: plain(cell, english) for head, cell in zip(heads, row, strict=True)} for row in table.rows]


def chapters(
    work: Workspace,
    names: tuple[str, ...],
    *,
    plan: Path | None = None,
    stop: Stop = never,
) -> Chapters:
    """Chapters by their names, as the reader of the workspace's view may see them.

    plan: the folder of a plan of the workspace's problem, whose days are used.
    """
    gathered = loaded(work, stop=stop)
    case = seen_ahead(work, gathered, plan, stop=stop)
    case = replace(case, totals=totals(gathered, work.settings, stop=stop))
    sections = tuple(found for name in names if (found := _BY_NAME[name].section(case)) is not None)
    return Chapters(today(gathered, work), sections, plan is not None, gathered)


def seen_ahead(
    work: Workspace,
    gathered: Gathered,
    plan: Path | None,
    *,
    stop: Stop = never,
) -> Case:
    """The case with what needs were met with, the models of its history, and a plan with its forecast.

    What was learnt after the day of the view is not used.
    """
    case = bare(gathered, work)
    met = derived(gathered, work.settings, case.day, "met")
    told = models(work, gathered)
    case = replace(case, tables={**case.tables, **met}, models=told)
    if plan is None:
        return case
    found = plan_at(plan)
    runs = (work.settings.seed, work.settings.samples)
    outlook, _, _ = forecast(work, found, runs, named=plan, changing=False, stop=stop)
    return replace(case, plan=found, outlook=outlook)
