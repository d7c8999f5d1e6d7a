"""What an undecided pair would do to a total, by the total's own rules."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.ledgers import DAY, ledger, rates

from konvoi.ledger.effects import Scale, effects
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.total import total


def falls(made: Ledger) -> list[int | None]:
    """The effects on the total of the word, in euro cents, by left and right."""
    return effects(made, Question(mix=True))["effect"].to_list()


def test_the_report_that_would_be_left_out_falls_away() -> None:
    """Of two reports that are the same the more exact counts: 1.23 stays, 100.00 falls."""
    pair = ledger(
        {"amount_minor": 100_00},
        {"amount_minor": 1_23},
        relations=[("e0", "same_as", "e1", "undecided")],
    )
    assert falls(pair) == [100_00]


def test_an_amount_is_converted_at_the_rate_of_its_own_day_as_in_the_total() -> None:
    """USD 3.00 of 2 March at 1.50 are EUR 2.00; the later rate of 3.00 would give EUR 1.00."""
    both = ledger(
        {"currency": "USD", "amount_minor": 3_00},
        {"currency": "USD", "amount_minor": 3_00},
        relations=[("e0", "same_as", "e1", "undecided")],
        rates=rates(("USD", DAY, "1.5"), ("USD", date(2026, 9, 1), "3")),
    )
    assert falls(both) == [2_00]
    answer = total(both, Question())
    assert (answer.highest, answer.lowest) == (Decimal("4.00"), Decimal("2.00"))


def test_what_is_accepted_already_falls_away_only_once() -> None:
    """e0 and e1 are the same; were e2 the same as e0, of 2 that count 1 would be left."""
    three = ledger(
        {}, {}, {}, relations=[("e0", "same_as", "e1", "accepted"), ("e0", "same_as", "e2", "undecided")]
    )
    assert falls(three) == [1_00]


def test_a_line_below_a_package_that_counts_itself_changes_nothing() -> None:
    lines = ledger(
        {"package": "P", "amount_minor": 9_00},
        {"package": "P", "line": "L", "amount_minor": 5_00},
        {"package": "Q", "line": "M", "amount_minor": 5_00},
        relations=[("e1", "same_as", "e2", "undecided")],
    )
    assert falls(lines) == [0]


def test_where_a_value_is_not_known_the_effect_is_not_known() -> None:
    silent = ledger({"amount_minor": None}, {}, relations=[("e0", "same_as", "e1", "undecided")])
    assert falls(silent) == [None]


def test_a_part_takes_from_its_whole_no_more_than_it_holds() -> None:
    part = ledger(
        {"amount_minor": 3_00},
        {"amount_minor": 10_00},
        relations=[("e0", "part_of", "e1", "undecided")],
    )
    assert falls(part) == [3_00]


amounts = st.lists(st.integers(1, 5000), min_size=2, max_size=6)


@pytest.mark.slow
@given(amounts, st.data())
def test_the_effect_of_a_lone_pair_is_the_distance_of_the_totals_bounds(
    found: list[int], data: st.DataObject
) -> None:
    left, right = data.draw(st.permutations(range(len(found))))[:2]
    kind = data.draw(st.sampled_from(["same_as", "restates", "part_of", "passes_through", "reimburses"]))
    rows: list[dict[str, object]] = [{"amount_minor": amount} for amount in found]
    made = ledger(
        *rows,
        relations=[(f"e{left}", kind, f"e{right}", "undecided")],
    )
    answer = total(made, Question())
    assert answer.highest is not None
    assert answer.lowest is not None
    assert falls(made) == [int((answer.highest - answer.lowest) * 100)]


def test_without_undecided_pairs_there_are_no_effects() -> None:
    assert effects(ledger({}), Question()).equals(pl.DataFrame(schema=effects(ledger({}), Question()).schema))


def test_after_a_decision_only_what_lies_near_is_weighed_anew() -> None:
    """e0 = e1 is accepted: e1 = e2 hangs on it, e3 = e4 does not; the answer is that of a new scale."""
    pairs = [("e0", "e1"), ("e1", "e2"), ("e3", "e4")]
    open_ = [(left, "same_as", right, "undecided") for left, right in pairs]
    made = ledger({}, {}, {}, {}, {}, relations=open_)
    scale = Scale.of(made, Question(mix=True))
    assert scale.effects(made.relations)["effect"].to_list() == [1_00, 1_00, 1_00]
    assert scale.weighed == 3
    held = made.relations.with_columns(
        status=pl.when(pl.col("left") == "e0").then(pl.lit("accepted")).otherwise("status")
    )
    again = scale.effects(held)
    assert scale.weighed == 4
    assert again.equals(
        effects(
            ledger({}, {}, {}, {}, {}, relations=[(*open_[0][:3], "accepted"), *open_[1:]]),
            Question(mix=True),
        )
    )


def test_a_pair_of_packages_weighs_what_it_brings_their_lines() -> None:
    """Neither package states a value: if they are one, their lines are, and one of them falls away."""
    made = ledger(
        {"package": "P", "amount_minor": None},
        {"package": "P", "line": "L", "amount_minor": 5_00},
        {"package": "Q", "amount_minor": None},
        {"package": "Q", "line": "M", "amount_minor": 5_00},
        relations=[("e0", "same_as", "e2", "undecided")],
    )
    scale = Scale.of(made, Question(mix=True))
    below = {("e0", "e2", "same_as"): [("e1", "e3")]}
    assert scale.effects(made.relations, below)["effect"].to_list() == [5_00]


@pytest.mark.slow
@given(amounts, st.data())
def test_a_scale_that_has_seen_other_decisions_weighs_as_a_new_one(
    found: list[int], data: st.DataObject
) -> None:
    """Whatever was accepted before, in whichever order."""
    count = len(found)
    ends = [(left, right) for left in range(count) for right in range(left + 1, count)]
    pairs = data.draw(st.lists(st.sampled_from(ends), min_size=1, max_size=4, unique=True))
    rows: list[dict[str, object]] = [{"amount_minor": amount} for amount in found]
    scale = Scale.of(ledger(*rows), Question(mix=True))
    for _ in range(3):
        states = data.draw(
            st.lists(
                st.sampled_from(["accepted", "undecided", "rejected"]),
                min_size=len(pairs),
                max_size=len(pairs),
            )
        )
        stated = [(f"e{a}", "same_as", f"e{b}", state) for (a, b), state in zip(pairs, states, strict=True)]
        made = ledger(*rows, relations=stated)
        assert scale.effects(made.relations).equals(effects(made, Question(mix=True)))


def fall(*rows: dict[str, object], relation: str = "same_as", **more: object) -> int | None:
    """Return by how much the total falls if the pair of the first two entries holds."""
    some = ledger(*rows, relations=[("e0", relation, "e1", "undecided")])
    (row,) = effects(some, Question(**more)).iter_rows(named=True)  # type: ignore[arg-type]
    assert (row["left"], row["right"], row["relation"]) == ("e0", "e1", relation)
    effect: int | None = row["effect"]
    return effect


def test_a_pair_outside_the_total_or_within_one_package_changes_nothing() -> None:
    assert fall({}, {"amount_minor": 300}) == 100
    assert fall({}, {"amount_minor": 300, "kind": "energy"}, kind="military") == 0
    assert fall({"package": "P"}, {"package": "P", "stage": "committed"}) == 0


def test_a_pair_with_a_value_that_is_not_known_has_no_effect_that_is() -> None:
    nothing: dict[str, object] = {"amount_minor": None, "currency": None}
    assert fall({}, nothing) is None
    assert fall(nothing, {}) is None


def test_a_part_falls_by_what_it_holds_and_a_parent_by_nothing() -> None:
    assert fall({"amount_minor": 40}, {"amount_minor": 100}, relation="part_of") == 40
    assert fall({"amount_minor": 140}, {"amount_minor": 100}, relation="part_of") == 140
    assert fall({"amount_minor": 40}, {"amount_minor": 100}, relation="contracts_for") == 40
    assert fall({"amount_minor": 40}, {"amount_minor": 100}, relation="passes_through") == 40
