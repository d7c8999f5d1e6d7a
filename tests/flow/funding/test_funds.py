"""Economic packages in a workspace: drawn once, and their money stands in the planner's budgets."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.examples import folders
from tests.fund.facility import BN, FACILITY, assessed, condition, facility, tranche

from konvoi.flow.funding.funds import into_budgets
from konvoi.flow.load_workspace import gathering
from konvoi.flow.planning.problem import problem
from konvoi.flow.workspace import workspace
from konvoi.fund.calendar import calendar
from konvoi.fund.tranches import Standing
from konvoi.model.tables import BY_NAME
from konvoi.plan.read_problem import from_tables

TODAY = date(2025, 7, 1)
PAYING = {**FACILITY, "budget": "B"}
NO_BUDGETS = BY_NAME["budgets"].empty()
EXERCISE = folders.EXAMPLES / "exercise"


def fed(own: pl.DataFrame = NO_BUDGETS, **rows: list[dict[str, object]]) -> list[tuple[object, ...]]:
    known = facility(**{"programmes": [PAYING], **rows})
    money = calendar(Standing(known, TODAY))
    return into_budgets(money, own, TODAY).select("budget", "day", "amount").rows()


def test_what_is_paid_decided_and_expected_flows_into_the_budget_by_its_day() -> None:
    rows = [
        tranche("T1", "paid", 1, date(2025, 5, 1)),
        tranche("T2", "expected", 3, date(2025, 9, 1)),
        tranche("T2", "decided", 2, date(2025, 6, 1)),
        tranche("T3", "expected", 3, date(2025, 12, 1)),
    ]
    assert fed(tranches=rows) == [
        ("B", date(2025, 5, 1), BN),
        ("B", date(2025, 9, 1), 2 * BN),
        ("B", date(2025, 12, 1), 3 * BN),
    ]
    assert fed(programmes=[FACILITY], tranches=rows) == []


def test_what_is_suspended_unknown_overdue_or_about_so_much_buys_nothing() -> None:
    day = date(2025, 9, 1)
    assert fed(tranches=[tranche("T1", "expected", 3, TODAY.replace(month=6))]) == []
    assert fed(tranches=[tranche("T1", "expected", 3)]) == []
    assert fed(tranches=[tranche("T1", "expected", None, day)]) == []
    assert fed(tranches=[tranche("T1", "expected", 3, day, exactness="about")]) == []
    steps = [condition("a", "T1", 2), condition("b", "T1", 1)]
    failed = [assessed("b", "not met", date(2025, 6, 30))]
    expected = [tranche("T1", "expected", 3, day)]
    assert fed(tranches=expected, conditions=steps, assessments=failed) == [("B", day, 2 * BN)]
    unknown = [condition("b", "T1")]
    assert fed(tranches=expected, conditions=unknown, assessments=failed) == []


def test_what_budgets_tell_themselves_is_not_told_again() -> None:
    """The same day and amount; another amount is other money."""
    day = date(2025, 9, 1)
    row = {"budget": "B", "party": "EU-EC", "day": day, "amount": 3 * BN, "currency": "EUR"}
    own = pl.DataFrame([row], schema=BY_NAME["budgets"].schema())
    assert fed(own, tranches=[tranche("T1", "expected", 3, day)]) == []
    assert fed(own, tranches=[tranche("T1", "expected", 2, day)]) == [("B", day, 2 * BN)]


def test_the_planner_has_the_money_of_a_programme(tmp_path: Path) -> None:
    """A workspace of one programme with two tranches: the second comes on top of the first."""
    (tmp_path / "konvoi.toml").write_text("[coalition]\nrecipient = 'UA'\nday = 2031-03-03\n")
    own = tmp_path / "submissions" / "X-F"
    own.mkdir(parents=True)
    files = {
        "konvoi": "party,X-F\nday,2031-03-01\n",
        "programmes": "programme,party,title,rule,currency,budget\nP,X-F,Aid,unconditional,EUR,B\n",
        "tranches": "tranche,programme,stage,currency,day,amount\n"
        "T1,P,expected,EUR,2031-03-10,100\nT2,P,expected,EUR,2031-03-24,50\n",
        "horizon": "start,weeks\n2031-03-03,12\n",
        "goods": "good,name,unit,weight_kg,step\nblanket,Blanket,piece,1,1\n",
        "sites": "site,name,kind,country\nS,Store,depot,UA\n",
        "budgets": "budget,party,currency,good,price,site\nB,X-F,EUR,blanket,1,S\n",
        "needs": "need,good,quantity,site,due,weight\nN,blanket,9,S,2031-04-04,1\n",
    }
    for name, text in files.items():
        (own / f"{name}.csv").write_text(text)
    gathered = gathering(workspace(tmp_path))
    assert [one.code for one in gathered.findings if one.severity == "error"] == []
    posed = from_tables(problem(gathered).tables)
    assert [(one.budget, one.day, one.total) for one in posed.tranches] == [
        ("B", 7, 10_000),
        ("B", 21, 15_000),
    ]


@pytest.mark.slow
def test_the_exercise_tells_its_budget_once() -> None:
    """The fund's two tranches stand in its own budget, too."""
    gathered = gathering(workspace(EXERCISE))
    tranches = gathered.tables["budgets"].filter(pl.col("amount").is_not_null())
    assert tranches["budget"].to_list().count("B-FUND") == 2


def test_what_was_known_on_a_day_is_the_day_of_the_calendar(tmp_path: Path) -> None:
    """Before the second programme's document nothing of it is known."""
    before = gathering(workspace(EXERCISE), known=date(2031, 2, 27))
    assert "money" not in before.tables
    after = gathering(workspace(EXERCISE), known=date(2031, 2, 28))
    assert after.tables["money"].height == 12
