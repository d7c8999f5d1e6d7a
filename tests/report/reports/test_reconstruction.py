"""Reconstruction in a brief: what is unknown first; the rest with what it rests on."""

from dataclasses import replace
from decimal import Decimal

from tests.fund.rebuilding import DAY, SENDERS, attested, money, principle, project, rebuilt
from tests.fund.test_twice import AGAIN, SCHOOL
from tests.report.cases import case
from tests.report.drawn import projects_drawn

from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.page import Bars, Number, Section
from konvoi.report.records import records
from konvoi.report.reports.reconstruction import NO_PROJECT, NOT_ASKED, section

EN, DE = Language("en"), Language("de")
Row = dict[str, object]
RULES = [principle("demined"), principle("accessible"), principle("energy standard", 50)]
TOLD = [attested("demined"), attested("accessible", "not met")]


def made(**rows: list[Row]) -> Case:
    known = rebuilt(**rows)
    shown = projects_drawn(known, DAY, SENDERS)
    return replace(case(), day=DAY, tables={**case().tables, **known, **shown})


def told(found: Section | None, language: Language = EN) -> tuple[list[str], dict[str, list[list[str]]]]:
    assert found is not None
    tables = {
        one.id: [[language.text(cell).replace("\u00a0", " ") for cell in row] for row in one.rows]
        for one in found.tables
    }
    return [language.text(sentence).replace("\u00a0", " ") for sentence in found.answer], tables


def test_the_share_that_is_unknown_is_told_first() -> None:
    answer, _ = told(
        section(made(principles=RULES, attestations=TOLD, financing=[money("committed", 900_00)]))
    )
    assert answer[0] == (
        "3 answers on principles; met: 1; not met: 1; not reported: 33 %. “Not reported” does not "
        "count as met."
    )
    assert answer[1] == (
        "1 project. Committed: EUR 900; contracted: not reported; paid: not reported; remaining: not "
        "reported."
    )


def test_where_nothing_is_asked_that_is_told_first() -> None:
    answer, tables = told(section(made()))
    assert answer[0] == EN.text(NOT_ASKED)
    assert tables["answers-table"] == []


def test_a_priority_is_told_with_its_parts() -> None:
    answer, tables = told(section(made(principles=RULES, attestations=TOLD)))
    assert answer[2] == (
        "Highest priority: P, School P: 11 % to 89 % (need not reported, readiness 33 %, remaining funds "
        "not reported)."
    )
    first = ["P", "School P", "not reported", "not reported", "33 %", "not reported", "11 %", "89 %"]
    assert tables["priorities-table"] == [first]


def test_what_may_be_there_twice_bounds_what_was_committed() -> None:
    """EUR 1,600 as told; 900 if the two schools are one."""
    rows = [money("committed", 900_00, "A"), money("committed", 700_00, "B")]
    found = section(made(projects=[SCHOOL, AGAIN], financing=rows))
    answer, tables = told(found)
    assert (
        "1 pair of projects may fund the same place or building; possible double funding: EUR 700." in answer
    )
    assert [row[:3] for row in tables["twice-table"]] == [["A", "B", tables["twice-table"][0][2]]]
    assert found is not None
    sums = found.answer[1].values["committed"]
    assert isinstance(sums, tuple)
    committed = sums[0]
    assert isinstance(committed, Number)
    told_twice = Decimal(1600)
    assert (committed.lowest, committed.value) == (Decimal(900), told_twice)
    assert committed.highest == told_twice


def test_damage_that_nobody_assessed_is_said_to_be_so() -> None:
    _, tables = told(section(made()))
    assert tables["damages-table"][0][3] == "not assessed"
    assert "nicht bewertet" in told(section(made()), DE)[1]["damages-table"][0][3]


def test_a_project_in_no_place_is_counted() -> None:
    answer, tables = told(section(made(projects=[project(communities=None)])))
    assert "1 project without a community: need not reported." in answer
    assert tables["projects-table"][0][3] == "in no place"


def test_the_chart_of_principles_draws_what_is_unknown_as_a_hatch() -> None:
    """Of two projects one is met: the hatch goes to two, what is answered to one."""
    two = [project("P"), project("Q", title="Water works", cost=7)]
    found = section(made(projects=two, principles=RULES[:1], attestations=TOLD[:1]))
    assert found is not None
    chart = next(one for one in found.charts if isinstance(one, Bars))
    (bar,) = chart.bars
    assert bar.hatch is not None
    assert bar.hatch.value == Decimal(2)
    assert [number.value for number, _ in bar.levels] == [Decimal(1), Decimal(1)]
    assert bar.told is not None
    assert EN.text(bar.told) == "met 1, not met 0, not reported 1"


def test_every_answer_and_sum_opens_the_rows_it_rests_on() -> None:
    known = made(principles=RULES, attestations=TOLD, financing=[money("committed", 900_00)])
    ids = {record.id for record in records(known)}
    found = section(known)
    assert found is not None
    tables = {one.id: one for one in found.tables}
    cells = [
        cell for name in ("answers-table", "projects-table") for row in tables[name].rows for cell in row
    ]
    numbers = [cell for cell in cells if isinstance(cell, Number)]
    assert len(numbers) > 3
    assert all(number.behind for number in numbers)
    assert {one for number in numbers for one in number.behind} <= ids


def test_without_projects_there_is_no_such_part_and_principles_alone_say_what_is_missing() -> None:
    assert section(case()) is None
    answer, _ = told(section(made(projects=[], principles=RULES)))
    assert answer == [EN.text(NOT_ASKED), EN.text(NO_PROJECT)]
