"""A partner's cap holds over all its offers and purchases."""

from tests.plan.worlds import problem

from konvoi.plan.constraints.caps import MEMBER
from konvoi.plan.solve import solve


def test_of_two_caps_on_the_same_the_smaller_holds() -> None:
    caps = [{"party": "P", "what": "tonnes", "most": 7}, {"party": "P", "what": "tonnes", "most": 5}]
    rows = MEMBER.rows(problem(caps=caps))
    assert rows.bounds.select("kind", "key", "resource", "upper").rows() == [("cap", "P", "tonnes", 5)]
    assert rows.terms.select("key", "per").rows() == [("O", "tonnes")]


def test_stock_and_purchases_count_together() -> None:
    buy: dict[str, object] = {"good": "tent", "price": 1_00, "site": "D"}
    plan = solve(
        problem(
            caps=[{"party": "P", "what": "quantity", "most": 6}],
            offers=[{"quantity": 4}],
            budgets=[{"amount": 90_00}, buy],
        )
    )
    assert plan.movements["quantity"].sum() == 6
    assert plan.unmet["cause"].to_list() == ["cap-reached"]


def test_a_cap_on_one_good_leaves_the_others() -> None:
    other = {"party": "P", "what": "quantity", "most": 0, "good": "stove"}
    assert solve(problem(caps=[other])).movements["quantity"].sum() == 10
