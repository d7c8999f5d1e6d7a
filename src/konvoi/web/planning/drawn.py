"""Pages that are drawn from the kept plan of a view: the map, the schedule, loads, coverage, unmet needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest

from konvoi.flow.kept_plan import kept_case
from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.evidence_index import ids_behind
from konvoi.report.fragments import figures, records
from konvoi.report.language import Language
from konvoi.report.names import Names
from konvoi.report.page import Message, Page, Section
from konvoi.report.planning import room
from konvoi.report.records import records as records_of
from konvoi.report.reports import bottlenecks, corridors, coverage, movements, unmet
from konvoi.web.access.view import Opened, view_of
from konvoi.web.pages.languages import code
from konvoi.web.record import settings_now

Chosen = Mapping[str, str]


def case_of(opened: Opened) -> Case | None:
    """Return the case of a view as far as it is drawn here; None where nothing dated is released to it."""
    if opened.day is None:
        return None
    stages = opened.counts("entries", ("stage", "good"))
    return kept_case(
        opened.frame,
        [good for stage, good in stages if good and stage == Stage.RECEIVED],
        title=opened.manifest.title,
        day=opened.day,
        recipient=settings_now().recipient,
        reader=opened.manifest.reader,
        exercise=opened.manifest.exercise,
    )


def case_for(request: HttpRequest) -> Case | None:
    """Return the case of the newest results of the viewer of a request."""
    opened = view_of(request)
    return None if opened is None else case_of(opened)


@dataclass(frozen=True)
class Choice:
    """A choice on a page: a parameter of its address. title: message id; values: with their words."""

    name: str
    title: str
    values: Callable[[Case], list[tuple[str, str]]]


def _weeks(case: Case) -> list[tuple[str, str]]:
    found = []
    for one in room.weeks(case):
        year, week, _ = one.isocalendar()
        found.append((one.isoformat(), f"{year}-W{week:02} · {Language(code()).day(one)}"))
    return found


def _hubs(case: Case) -> list[tuple[str, str]]:
    return [(one, _text(Names(case).site(one))) for one in room.hubs(case)]


def _partners(case: Case) -> list[tuple[str, str]]:
    return [(one, _text(Names(case).party(one))) for one in sorted({*room.givers(case).values()})]


def _places(case: Case) -> list[tuple[str, str]]:
    names = Names(case)
    return [(one, _text(corridors.place_of(case, names, one))) for one in room.loaded_places(case)]


def _regions(case: Case) -> list[tuple[str, str]]:
    return [(one, one) for one in room.regions(case)]


def _text(value: Any) -> str:
    return Language(code()).text(value)


@dataclass(frozen=True)
class Drawn:
    """A page that is drawn from the plan.

    name: of its route; title: message id. choices: parameters of its address. sections: for a case and the
    values that were chosen. lists: routes of the lists with the same figures. summary: which of its sections
    says what the page comes to.
    """

    name: str
    title: str
    sections: Callable[[Case, Chosen], list[Section | None]]
    choices: tuple[Choice, ...] = ()
    lists: tuple[str, ...] = field(default=())


def _map(case: Case, chosen: Chosen) -> list[Section | None]:
    week = chosen.get("week")
    return [corridors.section(case, date.fromisoformat(week) if week else None)]


def _schedule(case: Case, chosen: Chosen) -> list[Section | None]:
    return [movements.section(room.of_movements(case, chosen.get("hub", ""), chosen.get("party", "")))]


def _loads(case: Case, chosen: Chosen) -> list[Section | None]:
    places = room.loaded_places(case)
    place = chosen.get("place") or next(iter(places), "")
    return [room.load_of(case, place) if place else corridors.section(case)]


def _coverage(case: Case, chosen: Chosen) -> list[Section | None]:
    if region := chosen.get("region"):
        return [coverage.section(room.of_region(case, region))]
    return [coverage.section(case), room.by_region(case)]


def _unmet(case: Case, chosen: Chosen) -> list[Section | None]:
    return [unmet.section(case), bottlenecks.section(case)]


_WEEK = Choice("week", "Week", _weeks)
_HUB = Choice("hub", "Hub", _hubs)
_PARTY = Choice("party", "Partner", _partners)
_PLACE = Choice("place", "Lane or site", _places)
_REGION = Choice("region", "Region", _regions)

MAP = Drawn("plan-map", "Plan on the map", _map, (_WEEK,), ("loads",))
SCHEDULE = Drawn("plan-schedule", "Schedule of movements", _schedule, (_HUB, _PARTY), ("planned-movements",))
LOADS = Drawn("plan-loads", "Load and capacity", _loads, (_PLACE,), ("loads",))
COVERAGE = Drawn("plan-coverage", "Coverage of needs", _coverage, (_REGION,), ("needs",))
UNMET = Drawn("plan-unmet", "Unmet needs and bottlenecks", _unmet, (), ("unmet-needs",))
PAGES = (COVERAGE, UNMET, MAP, LOADS, SCHEDULE)
"""All pages that are drawn from the plan, in the order in which they are read."""


def page_of(drawn: Drawn, case: Case, chosen: Chosen) -> Page:
    """Return a page with the records behind its figures."""
    sections = tuple(one for one in drawn.sections(case, chosen) if one is not None)
    known = ids_behind(sections)
    shown = tuple(one for one in records_of(case) if one.id in known)
    return Page(
        case.title, case.day, case.reader, Message(""), case.exercise, sections, shown, languages=(code(),)
    )


def figures_of(page: Page, records_at: str) -> str:
    """Return the figures of a page as HTML; records_at: address of the records behind them."""
    return figures(page, code(), records_at=records_at).decode()


def behind(page: Page) -> str:
    """Return the records behind the figures of a page as HTML."""
    return records(page, code(), source_at="/ledger/source/").decode()


def answer_of(drawn: Drawn, case: Case) -> str:
    """Return what a page comes to, in one sentence; of coverage the shares of all states, in two."""
    sections = [one for one in drawn.sections(case, {}) if one is not None and one.answer]
    said = sections[0].answer if sections else ()
    return " ".join(_text(one) for one in said[: 2 if drawn is COVERAGE else 1])
