"""Tables become a problem: defaults, findings for what cannot be used, one digest for equal content."""

from datetime import date

import polars as pl
import pytest
from tests.plan.worlds import START, Rows, day, problem, tables

from konvoi.plan.audit import audit
from konvoi.plan.problem import Problem
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve


def told(here: Problem) -> list[tuple[str, str, str]]:
    return [(f.code, f.place.sheet, f.place.column) for f in here.findings]


def test_empty_cells_mean_what_the_help_of_the_tables_says() -> None:
    here = problem()
    need, source, good = here.needs[0], here.sources[0], here.goods[0]
    assert (need.weight, need.last, need.whole) == (10**6, need.due, False)
    assert (source.ready, source.until) == (0, None)
    assert (good.step, here.late_credit) == (10**6, 500_000)


def test_no_tables_at_all_are_an_empty_problem_that_says_what_is_missing() -> None:
    here = from_tables({})
    assert told(here) == [("problem-no-horizon", "horizon", "start")]
    assert (here.days, here.needs) == (0, ())


def test_a_problem_without_a_horizon_is_solved_without_a_movement() -> None:
    plan = solve(problem(horizon=[]))
    assert (plan.value == 0, plan.unmet["cause"].to_list()) == (True, ["horizon-none"])
    kit = [{"kit": "K", "need": "N", "per_kit": 1}]
    plan = solve(problem(horizon=[], needs=[{"weight": 0}], kits=kit))
    assert (plan.value == 0, plan.unmet["cause"].to_list()) == (True, ["horizon-none"])


def test_columns_may_be_missing() -> None:
    bare = tables()
    bare["needs"] = bare["needs"].select("need", "good", "quantity", "site", "due")
    assert from_tables(bare).needs == problem().needs


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({"needs": [{"site": "Z"}]}, ("problem-id-unknown", "needs", "site")),
        ({"needs": [{"good": "zebra"}]}, ("problem-id-unknown", "needs", "good")),
        ({"needs": [{"quantity": -1}]}, ("problem-number-not-possible", "needs", "quantity")),
        ({"needs": [{"due": None}]}, ("problem-cell-missing", "needs", "due")),
        ({"needs": [{}, {"quantity": 99}]}, ("limit-unreadable", "needs", "need")),
        ({"needs": [{"last_useful": day(2)}]}, ("problem-last-before-due", "needs", "last_useful")),
        ({"needs": [{"due": day(99)}]}, ("problem-past-horizon", "needs", "due")),
        ({"offers": [{"site": "Z"}]}, ("problem-id-unknown", "offers", "site")),
        ({"goods": [{"weight_kg": None}]}, ("problem-good-without-weight", "goods", "weight_kg")),
        ({"goods": [{"step": 0}]}, ("problem-number-not-possible", "goods", "step")),
        ({"horizon": [{"start": date(2026, 1, 7)}]}, ("problem-not-a-monday", "horizon", "start")),
        (
            {"equivalences": [{"good": "tent", "serves": "hut", "ratio": 0}]},
            ("problem-number-not-possible", "equivalences", "ratio"),
        ),
        ({"kits": [{"kit": "K", "need": "Z", "per_kit": 1}]}, ("problem-id-unknown", "kits", "need")),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(
    changed: dict[str, Rows], finding: tuple[str, str, str]
) -> None:
    assert finding in told(problem(**changed))


def test_all_that_is_wrong_with_all_rows_is_told_at_once_with_file_row_and_column() -> None:
    here = problem(
        horizon=[{}, {"start": day(7)}],
        goods=[{}, {"good": "hut", "weight_kg": -1, "pallets": -1}],
        lanes=[{"lane": "DZ", "from": "Y", "to": "Z", "days_p50": -1, "cost": -1}],
        needs=[{"good": "zebra", "site": "Z", "quantity": 0, "weight": -1}, {"due": None, "site": None}],
        offers=[{"site": "Z", "quantity": -1, "ready": day(3), "until": day(2)}],
        equivalences=[{"good": "zebra", "serves": "lion", "ratio": 0}],
        kits=[
            {"kit": "K", "need": None, "per_kit": 1},
            {"kit": "L", "need": "Z", "per_kit": 0, "weight": -1},
        ],
        budgets=[{"good": "tent", "site": "Z", "currency": "EUR", "lead_days": -1, "most": -1}],
    )
    assert {f.place.file for f in here.findings} == {"tables.xlsx"}
    cells: dict[tuple[str, int], set[str]] = {}
    for finding in here.findings:
        cells.setdefault((finding.place.sheet, finding.place.row), set()).add(finding.place.column)
    assert cells == {
        ("horizon", 3): {"start"},
        ("goods", 3): {"weight_kg", "pallets"},
        ("lanes", 2): {"from", "to", "days_p50"},
        ("needs", 2): {"good", "site", "quantity", "weight"},
        ("needs", 3): {"due", "site"},
        ("offers", 2): {"site", "quantity", "until"},
        ("equivalences", 2): {"good", "serves", "ratio"},
        ("kits", 2): {"need"},
        ("kits", 3): {"need", "per_kit", "weight"},
        ("budgets", 2): {"site", "price", "lead_days", "most"},
    }


@pytest.mark.parametrize(
    ("changed", "cell"),
    [
        ({"kits": [{"kit": "K", "need": "N", "per_kit": 10**14}]}, ("kits", "per_kit")),
        ({"lanes": [{"lane": "DX", "from": "D", "to": "X", "days_p50": 10**14}]}, ("lanes", "days_p50")),
        ({"equivalences": [{"good": "hut", "serves": "tent", "ratio": 10**14}]}, ("equivalences", "ratio")),
        ({"horizon": [{"start": date(9999, 12, 27)}]}, ("horizon", "start")),
    ],
)
def test_a_number_or_day_beyond_all_reckoning_is_told_and_its_row_left_out(
    changed: dict[str, Rows], cell: tuple[str, str]
) -> None:
    """So that no number is too large to be exact, and no day lies after the last of the calendar."""
    world = {"goods": [{}, {"good": "hut"}], "offers": [{}, {"offer": "H", "good": "hut"}]} | changed
    assert ("problem-number-not-possible", *cell) in told(problem(**world))
    assert audit(tables(**world), solve(problem(**world))) == ()


def test_a_budget_of_hundreds_of_billions_is_none_of_these() -> None:
    buy: dict[str, object] = {"good": "tent", "price": 100, "site": "D"}
    here = problem(budgets=[{"amount": 500_000_000_000_00}, buy])
    assert told(here) == []
    assert here.tranches[0].total == 500_000_000_000_00


def test_more_weeks_than_are_planned_and_what_lies_past_them_are_told() -> None:
    assert told(problem(horizon=[{"weeks": 521}])) == [("problem-number-not-possible", "horizon", "weeks")]
    late = problem(
        offers=[{"ready": day(28)}],
        budgets=[{"amount": 1, "day": day(28)}],
        capacities=[{"on": "DX", "from": day(28), "tonnes": 1}],
    )
    assert told(late) == [
        ("problem-past-horizon", "budgets", "day"),
        ("problem-past-horizon", "capacities", "from"),
        ("problem-past-horizon", "offers", "ready"),
    ]


def test_a_horizon_without_weeks_is_told() -> None:
    assert told(problem(horizon=[{"weeks": 0}]))[0] == ("problem-number-not-possible", "horizon", "weeks")


def test_a_lane_to_itself_is_told_and_the_others_stay() -> None:
    loop = {"lane": "XX", "from": "X", "to": "X", "days_p50": 1}
    good = {"lane": "DX", "from": "D", "to": "X", "days_p50": 1}
    here = problem(lanes=[loop, good])
    assert told(here) == [("problem-lane-to-itself", "lanes", "to")]
    assert [lane.id for lane in here.lanes] == ["DX"]


def test_a_need_in_two_kits_counts_in_both() -> None:
    here = problem(kits=[{"kit": name, "need": "N", "per_kit": 1} for name in ("K2", "K1")])
    assert [kit.id for kit in here.kits] == ["K1", "K2"]
    assert told(here) == []


def test_of_two_weights_of_a_kit_the_largest_counts_and_the_other_is_told() -> None:
    rows = [{"kit": "K", "need": need, "per_kit": 1, "weight": weight} for need, weight in ("A3", "B7", "C7")]
    needs = [{"need": need} for need in "ABC"]
    here = problem(needs=needs, kits=rows)
    assert [kit.weight for kit in here.kits] == [7 * 10**6]
    assert [(f.code, f.place.column, f.place.row) for f in here.findings] == [
        ("problem-kit-weights", "weight", 2)
    ]
    assert "7 is used" in here.findings[0].expected


def test_one_weight_of_a_kit_in_one_row_or_in_all_is_fine() -> None:
    for weights in ((None, 7), (7, 7), (None, None)):
        rows = [
            {"kit": "K", "need": need, "per_kit": 1, "weight": weight}
            for need, weight in zip("AB", weights, strict=True)
        ]
        assert told(problem(needs=[{"need": need} for need in "AB"], kits=rows)) == []


def test_money_in_two_currencies_is_told() -> None:
    buy: dict[str, object] = {"good": "tent", "price": 1, "currency": "USD", "site": "D"}
    here = problem(budgets=[{"amount": 100}, buy])
    assert told(here) == [("problem-currency-differs", "budgets", "currency")]
    assert [source.offer for source in here.sources] == ["O"]


def test_only_validated_needs_and_accepted_offers_are_planned_unless_asked() -> None:
    changed: dict[str, Rows] = {
        "needs": [{}, {"need": "M", "state": "requested"}],
        "offers": [{"state": "made"}, {"offer": "Q", "state": "accepted in part"}],
    }
    assert [need.id for need in problem(**changed).needs] == ["N"]
    assert [source.offer for source in problem(**changed).sources] == ["Q"]
    asked = from_tables(tables(**changed), states=("validated", "requested"), offer_states=("made",))
    assert [need.id for need in asked.needs] == ["M", "N"]
    assert [source.offer for source in asked.sources] == ["O"]


def test_where_no_need_or_offer_is_in_a_state_that_is_planned_it_is_said_once() -> None:
    """Otherwise an empty plan would have neither a cause nor a word."""
    asked: dict[str, Rows] = {"needs": [{"state": "requested"}, {"need": "M", "state": "deferred"}]}
    assert told(problem(**asked)) == [("problem-none-planned", "needs", "state")]
    assert told(problem(offers=[{"state": "made"}])) == [("problem-none-planned", "offers", "state")]
    assert told(from_tables(tables(**asked), states=("requested",))) == []


def test_transit_is_whole_days_rounded_up_and_at_least_one() -> None:
    ends = {"from": "D", "to": "X"}
    here = problem(lanes=[ends | {"lane": str(n), "days_p50": n} for n in (0, 0.4, 1.5, 3)])
    assert [lane.days for lane in here.lanes] == [1, 1, 2, 3]


def test_equal_content_has_one_digest_whatever_its_order_and_words() -> None:
    usual = problem().digest
    turned = tables()
    turned["sites"] = turned["sites"].reverse().with_columns(pl.lit("another name").alias("name"))
    assert from_tables(turned).digest == usual
    assert problem(needs=[{"quantity": 11}]).digest != usual
    assert from_tables(tables(), states=("requested",)).digest != usual


def test_the_horizon_starts_on_the_monday_before() -> None:
    assert problem(horizon=[{"start": date(2026, 1, 7)}]).start == START
