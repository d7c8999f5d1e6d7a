"""Planned without: limits that could not be read, for the coordination cell alone."""

from dataclasses import replace
from datetime import date

import pytest
from tests.report.cases import case
from tests.report.views import seen_case

from konvoi.model.finding import Place
from konvoi.model.limiting import LIMITING
from konvoi.model.unreadable import Why
from konvoi.plan.without import AS_IT_STANDS, Waiver, Without, frame_of
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.reports.planned_without import section

ENGLISH = Language("en")
PLACE = Place("caps.csv", "caps", 2, "most")
CELL = Without("caps", "Norland", "most", "nine", Why.UNREADABLE, "Nothing is planned.", PLACE)
WAIVER = Waiver("caps", "Norland", "most", "9", "A. Desk", date(2026, 1, 5), "By telephone", PLACE)


def without(*cells: Without) -> Case:
    known = case()
    assert known.plan is not None
    return replace(known, plan=replace(known.plan, without=frame_of(cells)))


def test_a_plan_of_which_every_limit_could_be_read_has_no_such_part() -> None:
    assert section(without()) is None
    assert section(replace(case(), plan=None)) is None


def test_an_open_cell_is_counted_and_listed_with_its_effect_and_place() -> None:
    found = section(without(CELL))
    assert found is not None
    assert [ENGLISH.text(one) for one in found.answer] == [
        "1 cell that limits the plan could not be read and is not waived; the audit fails."
    ]
    [row] = found.tables[0].rows
    assert [ENGLISH.text(one) for one in row] == [
        *("caps", "Norland", "most", "nine", "Nothing is planned."),
        *("", "", "", "caps.csv", "2"),
    ]


def test_a_waived_cell_names_who_waived_it() -> None:
    found = section(without(replace(CELL, used="9", waiver=WAIVER)))
    assert found is not None
    assert "all waived" in ENGLISH.text(found.answer[0])
    assert {"9", "A. Desk", "By telephone"} <= {ENGLISH.text(one) for one in found.tables[0].rows[0]}


@pytest.mark.parametrize("reader", ["public", "coalition"])
def test_no_other_reader_is_told_what_could_not_be_read(reader: str) -> None:
    assert section(seen_case(without(CELL), reader)) is None


@pytest.mark.parametrize("code", ["de", "uk"])
def test_what_holds_instead_is_told_in_the_language_of_the_reader(code: str) -> None:
    language = Language(code)
    effects: set[object] = {one.closed for one in LIMITING}
    effects |= {
        row["effect"] for row in frame_of([replace(CELL, why=why, used="9") for why in Why]).to_dicts()
    }
    effects |= {replace(CELL, column="party").as_row()["effect"], AS_IT_STANDS}
    findings = [replace(CELL, why=why, used=used).finding() for why in Why for used in ("", "9")]
    texts: set[object] = {*effects, *(one.expected for one in findings), *(one.remedy for one in findings)}
    texts |= {one for told in (WAIVER.unknown(), WAIVER.unreadable()) for one in (told.expected, told.remedy)}
    assert {text for text in texts if language.say(str(text)) == text} == set()
