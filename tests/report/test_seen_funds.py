"""Economic packages for readers who may not see all of them."""

from dataclasses import replace
from datetime import date

import polars as pl
from tests.fund.facility import FACILITY, assessed, condition, facility, tranche
from tests.report.cases import case

from konvoi.flow.funding.figures import programmes_standing
from konvoi.flow.funds import fed_budgets
from konvoi.report.audience import visible
from konvoi.report.case import Case

TODAY = date(2025, 9, 1)
DAY = date(2025, 11, 1)
TRANCHES = [tranche("T1", "expected", 3, DAY), tranche("T2", "expected", 2, DAY)]
STEPS = [condition("a", "T1", 2), condition("b", "T1", 1)]
FAILED = [assessed("b", "not met", date(2025, 6, 30))]


def made(**rows: list[dict[str, object]]) -> Case:
    programme = {**FACILITY, "budget": "B"}
    usual = {"programmes": [programme], "tranches": TRANCHES, "conditions": STEPS, "assessments": FAILED}
    known = facility(**{**usual, **rows})
    name = case().documents["name"][0]
    placed = {one: found.with_columns(_file=pl.lit(name)) for one, found in known.items()}
    shown = programmes_standing(day=TODAY, **placed)
    fed = fed_budgets(placed, shown, TODAY)
    return replace(case(), day=TODAY, tables={**case().tables, **placed, **shown, **fed})


def seen(known: Case, name: str, column: str) -> list[object]:
    return visible(known, "public").tables[name][column].to_list()


def test_what_is_public_is_all_seen() -> None:
    known = made()
    for name in ("money", "tranche_standing", "programme_standing", "step_standing"):
        assert visible(known, "public").tables[name].height == known.tables[name].height > 0, name


def test_a_hidden_assessment_takes_all_with_it_that_it_changes() -> None:
    """The tranche's estimate, its calendar, what flows into a budget; the other tranche stays."""
    known = made(assessments=[{**FAILED[0], "marking": "own"}])
    assert seen(known, "tranche_standing", "tranche") == ["T2"]
    assert set(seen(known, "money", "tranche")) == {"T2"}
    assert seen(known, "step_standing", "condition") == ["a"]
    assert visible(known, "public").tables["budgets"].filter(budget="B")["amount"].to_list() == [
        200_000_000_000
    ]


def test_a_hidden_tranche_takes_the_sum_of_its_programme_with_it() -> None:
    """Else its amount could be reckoned from what is left."""
    known = made(tranches=[TRANCHES[0], {**TRANCHES[1], "marking": "coalition"}])
    assert seen(known, "programme_standing", "programme") == []
    assert seen(known, "tranche_standing", "tranche") == ["T1"]
    assert visible(known, "coalition").tables["programme_standing"].height == 1
