"""Figures under several sets of relations at once are those of the total under each of them."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.ledgers import ledger
from tests.ledger.test_fund_payments import FUNDS, gift, paid

from konvoi.ledger.alternatives import Alternatives
from konvoi.ledger.basis import basis
from konvoi.ledger.parts import plain
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.total import total

ASKED = Question(mix=True)
KINDS = ["same_as", "restates", "part_of", "passes_through", "reimburses", "contracts_for"]
Bounds = tuple[Decimal | None, ...]


def together(some: Ledger, sets: Sequence[pl.DataFrame], recipient: str = "") -> list[Bounds]:
    found = Alternatives.of(some, ASKED, basis(some, ASKED, recipient), recipient=recipient)
    return [
        (None, None, None) if one is None else tuple(plain(number, found.scale) for number in one[:3])
        for one in found.figures(sets)
    ]


def alone(some: Ledger, sets: Sequence[pl.DataFrame], recipient: str = "") -> list[Bounds]:
    drawn = (total(replace(some, relations=one), ASKED, recipient=recipient) for one in sets)
    return [(one.value, one.lowest, one.highest) for one in drawn]


def set_of(some: Ledger, statuses: Sequence[str]) -> pl.DataFrame:
    return some.relations.with_columns(status=pl.Series(statuses, dtype=pl.String))


def every_status(some: Ledger) -> list[pl.DataFrame]:
    known = ("accepted", "undecided", "rejected")
    return [set_of(some, [one] * some.relations.height) for one in known]


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Draw packages and lines of two sources, of whom one reports on the other's, with relations."""
    count = draw(st.integers(2, 6))
    rows: list[dict[str, object]] = []
    for number in range(count):
        source, party = draw(st.sampled_from([("AR", "AR"), ("CO", "AR"), ("CO", "CO")]))
        row: dict[str, object] = {"source": source, "party": party}
        row["amount_minor"] = draw(st.one_of(st.none(), st.integers(1, 3000)))
        if draw(st.booleans()):
            row |= {"package": f"P{number // 2}", "line": f"L{number}", "good": draw(st.sampled_from("ab"))}
        rows.append(row)
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(
        lambda one: one[0] != one[1]
    )
    pairs = draw(st.lists(st.tuples(ends, st.sampled_from(KINDS)), max_size=4, unique=True))
    chance = st.sampled_from([0.2, 0.5, 0.9])
    relations = [(f"e{a}", kind, f"e{b}", "undecided", draw(chance)) for (a, b), kind in pairs]
    made = ledger(*rows, relations=relations)
    if draw(st.booleans()):
        doubtful = made.entries.filter(pl.col("amount_minor").is_not_null()).head(1)
        made = replace(made, plausible=doubtful.with_columns(pl.col("amount_minor") // 10))
    return made


@given(ledgers(), st.data())
def test_the_figures_of_each_set_are_those_of_the_total_alone(some: Ledger, data: st.DataObject) -> None:
    status = st.sampled_from(["accepted", "undecided", "rejected"])
    size = some.relations.height
    drawn = data.draw(st.lists(st.lists(status, min_size=size, max_size=size), min_size=1, max_size=4))
    sets = [set_of(some, one) for one in drawn]
    assert together(some, sets) == alone(some, sets)


@pytest.mark.parametrize("pairs", [(), ("01",), ("02", "12"), ("01", "02")])
def test_the_rest_that_a_fund_keeps_is_in_the_highest_figure(pairs: tuple[str, ...]) -> None:
    relations = [(f"e{one[0]}", "passes_through", f"e{one[1]}", "undecided") for one in pairs]
    some = ledger(paid(100), paid(60), gift(95), gift(3, "G"), relations=relations, parties=FUNDS)
    sets = every_status(some)
    assert together(some, sets, "UA") == alone(some, sets, "UA")


def test_a_set_without_relations_and_eleven_sets_are_kept_apart() -> None:
    some = ledger({}, {"amount_minor": 3_00}, relations=[("e0", "same_as", "e1", "accepted")])
    sets = [some.relations.clear(), *(every_status(some) * 4)]
    found = together(some, sets)
    assert found == alone(some, sets)
    assert found[0] == (Decimal("4.00"),) * 3
    assert found[1] == (Decimal("3.00"),) * 3


def test_the_giver_of_its_own_report_is_known_in_each_set() -> None:
    """The neighbour's 76.54 is more exact than the giver's 50.00, and contradicts it: the giver's counts."""
    some = ledger(
        {"amount_minor": 50_00},
        {"source": "CO", "party": "AR", "amount_minor": 76_54},
        relations=[("e0", "same_as", "e1", "accepted")],
    )
    assert together(some, every_status(some)) == alone(some, every_status(some))
    assert together(some, [some.relations])[0][0] == Decimal("50.00")


def test_a_total_without_known_values_has_no_figures() -> None:
    some = ledger(
        {"amount_minor": None}, {"amount_minor": None}, relations=[("e0", "same_as", "e1", "accepted")]
    )
    assert together(some, [some.relations]) == alone(some, [some.relations]) == [(None, None, None)]
