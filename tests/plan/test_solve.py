"""What is solved on problems that can be checked by hand."""

from decimal import Decimal

from tests.plan.worlds import Rows, day, problem

from konvoi.kit.progress import Progress
from konvoi.plan.plan import Plan
from konvoi.plan.solve import Parameters, solve


def solved(**changed: Rows) -> Plan:
    return solve(problem(**changed))


K: dict[str, object] = {"kit": "K"}


def causes(plan: Plan) -> list[tuple[str, str, Decimal]]:
    return list(plan.unmet.select("need", "cause", "quantity").rows())


def test_all_is_sent_at_once_where_nothing_is_scarce() -> None:
    plan = solved()
    assert plan.movements.select("offer", "need", "quantity", "departs", "arrives", "on_time").rows() == [
        ("O", "N", Decimal(10), day(0), day(3), True)
    ]
    assert plan.legs.select("lane", "departs", "arrives", "tonnes").rows() == [
        ("DX", day(0), day(2), Decimal(10)),
        ("XS", day(2), day(3), Decimal(10)),
    ]
    assert (plan.value, plan.bound) == (Decimal(10), Decimal(10))
    assert causes(plan) == []


def test_a_full_lane_is_used_week_by_week_and_the_rest_comes_late_or_not() -> None:
    """Three tonnes a week: 3 in week 1, 3 in week 2 in time; 2 of the third week's 3 are wanted late."""
    need = {"quantity": 8, "last_useful": day(27)}
    plan = solved(capacities=[{"on": "DX", "tonnes": 3}], needs=[need])
    assert plan.value == 6 + 2 * Decimal("0.5")
    assert plan.bound - plan.value < Decimal("0.0001")
    assert [(c, q) for _, c, q in causes(plan)] == [("arrives-late", Decimal(2))]


def test_the_need_that_counts_more_is_served_first() -> None:
    plan = solved(needs=[{"need": "A", "weight": 1}, {"need": "B", "weight": 3}])
    assert plan.movements["need"].to_list() == ["B"]
    assert causes(plan) == [("A", "outbid", Decimal(10))]


def test_a_need_useful_only_in_full_is_met_in_full_or_not_at_all() -> None:
    plan = solved(needs=[{"quantity": 11, "whole": True}, {"need": "Z", "quantity": 10, "weight": 0.1}])
    assert plan.movements["need"].to_list() == ["Z"]
    assert plan.value == 1


def test_a_kit_counts_only_whole() -> None:
    """Four stoves and ten tents make two kits of two stoves and five tents, though eleven tents are asked."""
    plan = solved(
        goods=[{}, {"good": "stove"}],
        needs=[{"quantity": 11, "weight": 0}, {"need": "M", "good": "stove", "quantity": 5, "weight": 0}],
        offers=[{}, {"offer": "Q", "good": "stove", "quantity": 4}],
        kits=[K | {"need": "N", "per_kit": 5, "weight": 7}, K | {"need": "M", "per_kit": 2}],
    )
    assert plan.value == 14
    assert plan.bound >= 14


def test_what_serves_at_a_ratio_counts_at_that_ratio() -> None:
    plan = solved(
        goods=[{}, {"good": "hut"}],
        offers=[{"good": "hut"}],
        equivalences=[{"good": "hut", "serves": "tent", "ratio": 0.8}],
    )
    assert plan.value == 8


def test_a_purchase_is_paid_by_the_money_that_is_there_when_it_is_ordered() -> None:
    """100 EUR at once buy five; 100 more come on day 7, too late for a lead time of ten days."""
    bought: dict[str, object] = {
        "good": "tent",
        "price": 20_00,
        "lead_days": 10,
        "site": "X",
        "supplier": "Firm",
    }
    money: list[dict[str, object]] = [{"amount": 100_00}, {"amount": 100_00, "day": day(7)}]
    plan = solved(offers=[], budgets=[*money, bought])
    assert plan.movements.select("budget", "supplier", "quantity", "departs").rows() == [
        ("B", "Firm", Decimal(5), day(10))
    ]


def test_nothing_to_send_is_a_diagnosis() -> None:
    plan = solved(offers=[])
    assert (str(plan.value), str(plan.bound), plan.movements.height) == ("0", "0", 0)
    assert causes(plan) == [("N", "no-offer", Decimal(10))]


def test_an_empty_problem_gives_an_empty_plan() -> None:
    plan = solve(problem(horizon=[], goods=[], sites=[], lanes=[], needs=[], offers=[]))
    assert (str(plan.value), plan.movements.height, plan.unmet.height) == ("0", 0, 0)


def test_what_lies_where_it_is_needed_is_handed_over_without_a_leg() -> None:
    plan = solved(offers=[{"site": "S", "ready": day(4)}])
    assert plan.movements.select("departs", "arrives").rows() == [(day(4), day(4))]
    assert plan.legs.height == 0


def test_quantities_are_whole_steps() -> None:
    plan = solved(goods=[{"step": 3}], capacities=[{"on": "XS", "tonnes": 4}])
    assert sorted(plan.movements["quantity"]) == [Decimal(3), Decimal(3)]


def test_the_last_step_may_go_over_what_is_needed_and_what_goes_over_counts_nothing() -> None:
    plan = solved(goods=[{"step": 4}], offers=[{"quantity": 40}], needs=[{"quantity": 9, "whole": True}])
    assert plan.movements["quantity"].to_list() == [Decimal(12)]
    assert (str(plan.value), str(plan.bound), plan.unmet.height) == ("9", "9", 0)


def test_a_run_that_is_stopped_gives_its_plan_and_says_so() -> None:
    seen: list[Progress] = []

    def stop(progress: Progress) -> bool:
        seen.append(progress)
        return True

    tight = problem(
        needs=[
            {"need": f"N{k}", "due": day(6 + k), "weight": 1 + k, "last_useful": day(27)} for k in range(6)
        ],
        offers=[{"offer": f"O{k}", "ready": day(k), "quantity": 7} for k in range(6)],
        capacities=[{"on": "DX", "tonnes": 9}, {"on": "XS", "tonnes": 8}],
    )
    plan = solve(tight, parameters=Parameters(gap=0.0), stop=stop)
    assert (plan.stopped, seen[0].phase) == ("by hand", "planning")
    assert plan.bound >= plan.value > 0
