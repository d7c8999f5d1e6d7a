"""Lowest, highest and expected figures over all consistent decisions."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, product
from math import prod
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.ledger.ledgers import ledger

from konvoi.ledger import estimate as estimating
from konvoi.ledger import range as ranging
from konvoi.ledger.answer import Total
from konvoi.ledger.question import Question
from konvoi.ledger.total import total

Relation = tuple[str, str, str, str] | tuple[str, str, str, str, float]
"""Left, relation, right, status, and the match probability (0.5 if it is left out)."""

Amounts = tuple[Decimal | None, Decimal | None, Decimal | None]

KINDS = ("same_as", "restates", "part_of", "passes_through", "reimburses", "contracts_for")


class Case(NamedTuple):
    """Units e0, e1, … (amount, party, source) and the relations between them."""

    units: tuple[tuple[int, str, str], ...]
    relations: tuple[Relation, ...]

    def total(self, relations: Sequence[Relation] | None = None, by: str = "partner") -> Total:
        """The total of the case, with its own relations or with others."""
        rows: list[dict[str, object]] = [
            {
                "amount_minor": amount,
                "party": party,
                "source": source,
                "known_on": date(2026, 3, 1) + timedelta(n),
            }
            for n, (amount, party, source) in enumerate(self.units)
        ]
        told = self.relations if relations is None else relations
        return total(ledger(*rows, relations=told), Question(by=by))


def figures(answer: Total) -> dict[str, tuple[Decimal, Decimal, Decimal]]:
    """Value, lowest, highest of the whole (under the empty key) and of each row."""
    assert answer.value is not None
    assert answer.lowest is not None
    assert answer.highest is not None
    found = {"": (answer.value, answer.lowest, answer.highest)}
    return found | {part.key: (part.value, part.lowest, part.highest) for part in answer.by}


def worlds(case: Case) -> Iterator[list[Relation]]:
    """Every consistent way to decide all undecided relations, by trying all."""
    undecided = [row for row in case.relations if row[3] == "undecided"]
    settled = [row for row in case.relations if row[3] != "undecided"]
    for answers in product(("accepted", "rejected"), repeat=len(undecided)):
        decided: list[Relation] = [
            (row[0], row[1], row[2], answer, chance(row))
            for row, answer in zip(undecided, answers, strict=True)
        ]
        world = [*settled, *decided]
        if consistent(world, len(case.units)):
            yield world


def chance(row: Relation) -> float:
    """The match probability of a relation."""
    return row[4] if len(row) == 5 else 0.5


def consistent(world: Sequence[Relation], count: int) -> bool:
    """Whether no decision contradicts another, written out from the definition."""
    holds = [(left, kind, right) for left, kind, right, status, *_ in world if status == "accepted"]
    thing = {f"e{n}": n for n in range(count)}
    for _ in range(count):
        for left, kind, right in holds:
            if kind == "same_as":
                thing[left] = thing[right] = min(thing[left], thing[right])
    for left, kind, right, status, *_ in world:
        alike = thing[left] == thing[right]
        if alike and kind == "same_as" and status == "rejected":
            return False
        if alike and kind != "same_as" and status == "accepted":
            return False
    pairs = [frozenset((left, right)) for left, _, right in holds]
    if len(set(pairs)) < len(pairs):
        return False
    for kind in set(KINDS) - {"same_as"}:
        edges = {(thing[left], thing[right]) for left, own, right in holds if own == kind}
        ahead = set(edges)
        for _ in range(count):
            ahead |= {(a, d) for a, b in ahead for c, d in edges if b == c}
        if any(a == b for a, b in ahead):
            return False
    wholes = {(thing[left], thing[right]) for left, kind, right in holds if kind == "part_of"}
    return len({part for part, _ in wholes}) == len(wholes)


def by_trying_all(case: Case) -> dict[str, tuple[Decimal, Decimal]]:
    """Lowest and highest of the whole and of each row, from the totals of all consistent worlds."""
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for world in worlds(case):
        for key, (_, low, high) in figures(case.total(world)).items():
            least, most = found.get(key, (low, high))
            found[key] = (min(least, low), max(most, high))
    return found


@st.composite
def cases(draw: st.DrawFn, *, most: int = 5, relations: int = 6) -> Case:
    """Small cases with all relations; those that hold already do not contradict one another."""
    count = draw(st.integers(2, most))
    amounts = st.sampled_from([0, 100, 4_200, 10_000, 10_100, 14_200, -300, 5_050])
    units = tuple(
        (draw(amounts), draw(st.sampled_from("AB")), draw(st.sampled_from(["A", "B", "press"])))
        for _ in range(count)
    )
    ends = list(combinations(range(count), 2))
    rows: dict[tuple[str, str, str], str] = {}
    for _ in range(draw(st.integers(0, relations))):
        pair = draw(st.sampled_from(ends))
        kind = draw(st.sampled_from(KINDS))
        left, right = pair if kind == "same_as" or draw(st.booleans()) else pair[::-1]
        status = draw(st.sampled_from(["undecided"] * 4 + ["accepted", "rejected"]))
        rows[f"e{left}", kind, f"e{right}"] = status
    told: tuple[Relation, ...] = tuple(
        (*key, status, draw(st.sampled_from([0.5, 0.02, 0.2, 0.7, 0.95, 0.999])))
        for key, status in rows.items()
    )
    settled = [row for row in told if row[3] == "accepted"]
    apart = [row for row in told if row[3] == "rejected"]
    if not consistent([*settled, *apart], count):
        told = tuple(row for row in told if row[3] == "undecided")
    return Case(units, told)


@pytest.mark.slow
@settings(max_examples=settings().max_examples * 3 // 2)
@given(cases())
@example(
    Case(
        ((10_000, "A", "A"), (4_200, "A", "press")),
        (("e1", "same_as", "e0", "undecided"), ("e0", "restates", "e1", "undecided")),
    )
)
def test_the_range_is_that_of_all_consistent_decisions(case: Case) -> None:
    answer = figures(case.total())
    expected = by_trying_all(case)
    assert {key: (low, high) for key, (_, low, high) in answer.items()} == {
        key: (min(low, answer[key][0]), max(high, answer[key][0])) for key, (low, high) in expected.items()
    }
    assert all(low <= value <= high for value, low, high in answer.values())


def expected(case: Case) -> dict[str, float]:
    """The mean of the whole and of each row over all consistent worlds, from the totals of all of them."""
    undecided = {row[:3] for row in case.relations if row[3] == "undecided"}
    weight = 0.0
    sums: dict[str, float] = {}
    for world in worlds(case):
        own = prod(
            chance(row) if row[3] == "accepted" else 1 - chance(row) for row in world if row[:3] in undecided
        )
        weight += own
        for key, (value, _, _) in figures(case.total(world)).items():
            sums[key] = sums.get(key, 0.0) + own * float(value)
    return {key: own / weight for key, own in sums.items()}


def estimates(answer: Total) -> dict[str, Decimal]:
    """The estimate of the whole (under the empty key) and of each row."""
    assert answer.estimate is not None
    return {"": answer.estimate} | {part.key: part.estimate for part in answer.by}


@pytest.mark.slow
@settings(max_examples=settings().max_examples * 3 // 2)
@given(cases())
@example(
    # Where two of the pairs hold, the third holds as well, whatever its own probability.
    Case(
        ((10_000, "A", "A"), (10_100, "A", "press"), (10_200, "B", "B")),
        (
            ("e0", "same_as", "e1", "undecided", 0.9),
            ("e1", "same_as", "e2", "undecided", 0.3),
            ("e0", "same_as", "e2", "undecided", 0.2),
        ),
    )
)
def test_the_estimate_is_the_mean_of_all_consistent_decisions(case: Case) -> None:
    answer = case.total()
    found, means = estimates(answer), expected(case)
    # Each of two clusters is rounded to a cent, and rows so that they add up to the total.
    assert all(float(found[key]) == pytest.approx(mean, abs=0.02) for key, mean in means.items())
    assert sum(part.estimate for part in answer.by) == answer.estimate


@pytest.mark.slow
@settings(max_examples=settings().max_examples * 5 // 2)
@given(cases(most=7, relations=9))
def test_the_estimate_lies_in_the_range_and_equals_the_value_where_nothing_is_open(case: Case) -> None:
    answer = case.total()
    ranges = figures(answer)
    for key, estimate in estimates(answer).items():
        value, low, high = ranges[key]
        assert low <= estimate <= high
        assert answer.open_pairs or estimate == value


@pytest.mark.slow
@given(cases(), st.randoms())
def test_the_order_of_units_and_relations_does_not_change_the_estimate(case: Case, random: Random) -> None:
    names = list(range(len(case.units)))
    random.shuffle(names)
    units = [case.units[names.index(at)] for at in range(len(names))]
    of = {f"e{at}": f"e{new}" for at, new in enumerate(names)}
    relations = [(of[row[0]], row[1], of[row[2]], *row[3:]) for row in case.relations]
    random.shuffle(relations)
    rows = [
        {
            "amount_minor": amount,
            "party": party,
            "source": source,
            "known_on": date(2026, 3, 1) + timedelta(names.index(at)),
        }
        for at, (amount, party, source) in enumerate(units)
    ]
    shuffled = total(ledger(*rows, relations=relations), Question(by="partner"))
    assert estimates(shuffled) == estimates(case.total())


def test_an_open_pair_counts_as_often_as_it_is_likely() -> None:
    """EUR 100 and EUR 42 of the press that are the same with .75: 142 less .75 of 42."""
    pair = Case(((10_000, "A", "A"), (4_200, "B", "press")), (("e0", "same_as", "e1", "undecided", 0.75),))
    assert estimates(pair.total()) == {
        "": Decimal("110.50"),
        "A": Decimal("100.00"),
        "B": Decimal("10.50"),
    }


def test_three_reports_of_one_thing_have_five_consistent_decisions() -> None:
    """EUR 1, 10 and 100, later ones count: apart 111, with two of them one 110, 110 or 101, all one 100."""
    pairs = combinations(range(3), 2)
    case = Case(
        ((100, "A", "A"), (1_000, "A", "A"), (10_000, "A", "A")),
        tuple((f"e{a}", "same_as", f"e{b}", "undecided") for a, b in pairs),
    )
    assert estimates(case.total())[""] == Decimal("106.40")


def test_pairs_that_contradict_one_another_are_open_without_being_certain() -> None:
    """Two accepted links that a review contradicts: one of them holds, each as likely as the other."""
    case = Case(
        ((10_000, "A", "A"), (10_000, "A", "B"), (10_000, "A", "C")),
        (
            ("e0", "same_as", "e1", "undecided", 1.0),
            ("e1", "same_as", "e2", "undecided", 1.0),
            ("e0", "same_as", "e2", "rejected"),
        ),
    )
    assert estimates(case.total())[""] == Decimal("200.05")


def test_conflicting_statements_and_parts_above_their_whole_leave_the_estimate_at_the_value() -> None:
    made = ledger(
        {"party": "EU", "amount_minor": 90_00},
        {"party": "DE", "amount_minor": 40_00},
        {"party": "FR", "amount_minor": 60_00},
        relations=[("e1", "part_of", "e0", "accepted"), ("e2", "part_of", "e0", "accepted")],
    )
    answer = total(made, Question(by="partner"))
    assert answer.highest == Decimal("100.00")
    assert answer.estimate == answer.value == Decimal("90.00")


@pytest.mark.slow
@given(cases())
def test_an_outer_bound_contains_the_range(case: Case) -> None:
    exact = figures(case.total())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranging, "EXACT", -1)
        patch.setattr(ranging, "LIMIT", 0)
        outer = figures(case.total())
    for key, (value, low, high) in exact.items():
        assert outer[key][0] == value
        assert outer[key][1] <= low
        assert outer[key][2] >= high


@pytest.mark.slow
@given(cases())
def test_the_rows_ranges_together_contain_the_total(case: Case) -> None:
    answer = case.total()
    assert answer.lowest is not None
    assert answer.highest is not None
    assert sum(part.lowest for part in answer.by) <= answer.lowest
    assert sum(part.highest for part in answer.by) >= answer.highest
    assert sum(part.value for part in answer.by) == answer.value


def test_another_answer_may_lower_a_total_further_than_all_of_them() -> None:
    """EUR 100 of the giver and EUR 42 of the press: as a restatement 42 counts, as the same 100 counts."""
    case = Case(
        ((10_000, "A", "A"), (4_200, "A", "press")),
        (("e0", "same_as", "e1", "undecided"), ("e0", "restates", "e1", "undecided")),
    )
    assert figures(case.total())[""] == (Decimal("142.00"), Decimal("42.00"), Decimal("142.00"))


def test_two_that_a_reviewer_held_apart_are_not_joined_through_a_third() -> None:
    apart = Case(
        ((10_000, "A", "A"), (10_100, "A", "press"), (10_200, "A", "A")),
        (
            ("e0", "same_as", "e1", "undecided"),
            ("e1", "same_as", "e2", "undecided"),
            ("e0", "same_as", "e2", "rejected"),
        ),
    )
    assert figures(apart.total())[""][1] == Decimal("202.00")


def test_a_large_cluster_gets_a_bound_that_holds_what_decisions_can_do() -> None:
    """40 reports of EUR 10, each pair undecided in three ways: from EUR 10 to EUR 400."""
    pairs = list(combinations(range(40), 2))
    rows = [(f"e{a}", kind, f"e{b}", "undecided") for a, b in pairs for kind in ("same_as", "restates")]
    many = Case(tuple((1_000, "A", "A") for _ in range(40)), tuple(rows))
    assert figures(many.total())["A"] == (Decimal("400.00"), Decimal("10.00"), Decimal("400.00"))


def test_a_long_chain_is_exact() -> None:
    """30 reports, each perhaps the same as the next; the first and the last are not."""
    rows = [(f"e{n}", "same_as", f"e{n + 1}", "undecided") for n in range(29)]
    chain = Case(tuple((1_000, "A", "A") for _ in range(30)), (*rows, ("e0", "same_as", "e29", "rejected")))
    assert figures(chain.total())[""] == (Decimal("300.00"), Decimal("20.00"), Decimal("300.00"))


def test_a_chain_of_the_same_leads_through_a_record_without_a_value() -> None:
    rows: list[dict[str, object]] = [{}, {"amount_minor": None}, {}]
    first = ("e0", "same_as", "e1", "accepted")
    for status, low in (("accepted", "1.00"), ("undecided", "1.00"), ("rejected", "2.00")):
        made = ledger(*rows, relations=[first, ("e1", "same_as", "e2", status)])
        answer = total(made, Question())
        assert answer.lowest == Decimal(low)
        assert answer.value == (Decimal("1.00") if status == "accepted" else Decimal("2.00"))


def test_a_relation_of_pledges_holds_at_later_stages() -> None:
    """e0 and e2 are one pledge by the review; what was committed of both counts once."""
    made = ledger(
        {"package": "P"},
        {"package": "P", "stage": "committed"},
        {"package": "Q"},
        {"package": "Q", "stage": "committed"},
        relations=[("e0", "same_as", "e2", "accepted")],
    )
    assert total(made, Question(stage="committed")).value == Decimal("1.00")


def test_an_undecided_pair_of_packages_moves_the_total_of_their_lines() -> None:
    line: dict[str, object] = {"amount_minor": None, "currency": None, "good": "tent", "unit": "piece"}
    made = ledger(
        {"package": "P", "amount_minor": None},
        line | {"package": "P", "line": "L", "quantity": Decimal(250)},
        {"package": "Q", "amount_minor": None, "source": "press"},
        line | {"package": "Q", "line": "M", "quantity": Decimal(200), "source": "press"},
        relations=[("e0", "same_as", "e2", "undecided")],
    )
    answer = total(made, Question(what="quantity", good="tent"))
    assert figures(answer)[""] == (Decimal(450), Decimal(250), Decimal(450))


def test_parts_that_hold_more_than_their_whole_divide_it_and_open_the_range() -> None:
    """A whole of 90 with parts of 40 and 60: 90, by partner 36 and 54; the parts alone would be 100."""
    made = ledger(
        {"party": "EU", "amount_minor": 90_00},
        {"party": "DE", "amount_minor": 40_00},
        {"party": "FR", "amount_minor": 60_00},
        relations=[("e1", "part_of", "e0", "accepted"), ("e2", "part_of", "e0", "accepted")],
    )
    assert figures(total(made, Question(by="partner"))) == {
        "": (Decimal("90.00"), Decimal("90.00"), Decimal("100.00")),
        "FR": (Decimal("54.00"), Decimal("54.00"), Decimal("60.00")),
        "DE": (Decimal("36.00"), Decimal("36.00"), Decimal("40.00")),
        "EU": (Decimal(0), Decimal(0), Decimal(0)),
    }


def test_a_share_that_the_press_reports_more_exactly_is_still_a_part_of_its_whole() -> None:
    made = ledger(
        {"party": "EU", "amount_minor": 90_00},
        {"party": "DE", "source": "DE", "amount_minor": 30_00},
        {"party": "DE", "source": "press", "amount_minor": 30_01},
        relations=[("e1", "part_of", "e0", "accepted"), ("e1", "same_as", "e2", "accepted")],
    )
    assert total(made, Question()).value == Decimal("90.00")


def test_a_large_cluster_is_drawn_once_whatever_readings_its_statements_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # One source states 100 and 60 on one day; each of 13 others may be the same gift. 2 ** 13 decisions are
    # too many to go through: the lowest is the smallest reading, the highest all that is stated, and readings
    # have no probability, so that the estimate is drawn for the statements in force alone.
    draws = []
    drawn = estimating.sampled

    def counted(*args: Any) -> dict[str | None, float]:
        draws.append(args)
        return drawn(*args)

    monkeypatch.setattr(ranging, "sampled", counted)
    others: list[dict[str, object]] = [{"source": f"S{n}", "party": "AR"} for n in range(13)]
    told = total(
        ledger(
            {"amount_minor": 100, "package": "p", "reference": "p", "submission": "a"},
            {"amount_minor": 60, "package": "p", "reference": "p", "submission": "b"},
            *others,
            relations=[("e1", "same_as", f"e{n + 2}", "undecided") for n in range(13)],
        ),
        Question(by="partner"),
    )
    assert figures(told)[""][1:] == (Decimal("0.60"), Decimal("14.00"))
    assert len(draws) == 1


def test_of_several_readings_the_extremes_are_the_lowest_and_the_highest() -> None:
    choices = [ranging._Read("a", {"value": value}) for value in (5, 3, 9, 4)]
    assert [one.row["value"] for one in ranging._extremes(choices)] == [3, 9]
