"""What totals count, what they leave out, and what they refuse."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.ledgers import DAY, ledger, rates

from konvoi.ledger.post import Ledger
from konvoi.ledger.question import BY, Question
from konvoi.ledger.total import total, totals
from konvoi.model.table import QUANTITY

LINE: dict[str, object] = {
    "package": "P",
    "line": "L",
    "good": "tent",
    "amount_minor": None,
    "currency": None,
    "unit": "piece",
}


def quantity(stage: str, number: int, **more: object) -> dict[str, object]:
    return LINE | {"stage": stage, "quantity": Decimal(number)} | more


def test_a_package_that_is_committed_and_disbursed_counts_once_at_each_stage() -> None:
    paid = ledger(
        {"package": "P", "stage": "committed", "amount_minor": 100_00},
        {"package": "P", "stage": "disbursed", "amount_minor": 30_00},
        {"package": "P", "stage": "disbursed", "amount_minor": 10_00},
    )
    assert total(paid, Question(stage="committed")).value == Decimal("100.00")
    assert total(paid, Question(stage="disbursed")).value == Decimal("40.00")
    assert total(paid, Question(stage="committed", exact=True)).value == Decimal("60.00")
    assert total(paid, Question(stage="pledged", exact=True)).value == Decimal("0.00")


def test_a_packages_own_value_and_its_lines_are_never_added() -> None:
    both = ledger(
        {"package": "P", "amount_minor": 100_00},
        {"package": "P", "line": "L1", "amount_minor": 70_00},
        {"package": "Q", "amount_minor": None},
        {"package": "Q", "line": "L2", "amount_minor": 5_00},
    )
    answer = total(both, Question())
    assert answer.value == Decimal("105.00")
    assert ("counted with the value of its package", 1) in answer.unused
    refused = total(both, Question(level="both"))
    assert refused.value is None
    assert refused.refused is not None
    assert refused.refused.excess == Decimal("70.00")
    assert refused.refused.pairs == (("e0", "e1"),)


def test_unknown_is_not_zero() -> None:
    answer = total(ledger({"amount_minor": None}, {"amount_minor": 0}), Question())
    assert (answer.value, answer.used, answer.unknown, answer.withdrawn) == (Decimal("0.00"), 0, 1, 1)


def test_variants_are_not_summed_unless_asked() -> None:
    mixed = ledger({"variant": "kiel"}, {"variant": "fts"})
    assert total(mixed, Question()).refused is not None
    assert total(mixed, Question(mix=True)).value == Decimal("2.00")


def test_the_receivers_report_is_left_out() -> None:
    answer = total(ledger({"variant": "iati"}, {"variant": "iati-receiver"}), Question())
    assert answer.value == Decimal("1.00")
    assert answer.unused == (("the recipient's report of the same transaction", 1),)


def test_partial_receipts_add_up_and_withdrawal_takes_back_what_has_not_left() -> None:
    moved = ledger(
        quantity("committed", 10),
        quantity("dispatched", 4),
        quantity("dispatched", 2),
        quantity("received", 4),
        quantity("received", 1),
    )
    ask = {"what": "quantity", "good": "tent"}
    assert total(moved, Question(stage="dispatched", **ask)).value == 6  # type: ignore[arg-type]
    assert total(moved, Question(stage="received", **ask)).value == 5  # type: ignore[arg-type]
    taken = ledger(quantity("committed", 10), quantity("dispatched", 4), quantity("withdrawn", 8))
    assert total(taken, Question(stage="committed", **ask)).value == 4  # type: ignore[arg-type]


def test_delivered_is_shown_under_no_stricter_rule_than_its_proof() -> None:
    given = ledger(
        quantity("handed over", 3, rule="as stated by the source", line="L1"),
        quantity("handed over", 2, rule="handed over", line="L2"),
        quantity("received", 1, rule="end user", line="L3"),
    )

    def ask(rule: str) -> Decimal | None:
        return total(given, Question(stage="delivered", what="quantity", rule=rule)).value

    assert [ask(rule) for rule in ("handed over", "end user", "as stated by the source")] == [3, 1, 3]


def test_quantities_in_different_units_are_refused() -> None:
    mixed = ledger(quantity("pledged", 1), quantity("pledged", 1, unit="t", line="M"))
    refused = total(mixed, Question(what="quantity")).refused
    assert refused is not None
    assert refused.values == {"units": "piece, t"}


TWO_GOODS = (quantity("pledged", 5), quantity("pledged", 2, line="M", good="tank"))


@pytest.mark.parametrize("by", ["", "partner"])
def test_quantities_of_different_goods_are_refused_although_both_are_pieces(by: str) -> None:
    answer = total(ledger(*TWO_GOODS), Question(what="quantity", by=by))
    assert answer.value is None
    assert answer.by == ()
    assert answer.refused is not None
    assert answer.refused.values == {"goods": "tank, tent"}


def test_by_good_each_is_counted_in_its_own_unit_and_there_is_no_sum() -> None:
    goods = ledger(*TWO_GOODS, quantity("pledged", 3, line="N", good="diesel", unit="t"))
    answer = total(goods, Question(what="quantity", by="good"))
    assert (answer.value, answer.unit, answer.refused) == (None, "", None)
    assert [(part.key, part.value, part.unit) for part in answer.by] == [
        ("tent", Decimal(5), "piece"),
        ("diesel", Decimal(3), "t"),
        ("tank", Decimal(2), "piece"),
    ]


def test_by_good_only_the_one_in_two_units_is_not_known() -> None:
    mixed = ledger(
        *TWO_GOODS,
        quantity("pledged", 1, unit="skid", line="N"),
        quantity("pledged", 4, line="O"),
        quantity("pledged", 3, line="R", good="diesel", unit="t"),
    )
    answer = total(mixed, Question(what="quantity", by="good"))
    assert answer.refused is None
    assert [(part.key, part.value, part.unit) for part in answer.by] == [
        ("diesel", Decimal(3), "t"),
        ("tank", Decimal(2), "piece"),
    ]
    (tents,) = answer.unvalued
    assert (tents.key, len(tents.entries), tents.values) == ("tent", 3, {"units": "piece, skid (N)"})
    assert answer.as_dict()["unvalued"] == [
        {
            "key": "tent",
            "entries": list(tents.entries),
            "reason": "not known: quantities in different units are not added: piece, skid (N)",
        }
    ]


def test_by_good_units_of_one_dimension_are_converted() -> None:
    sacks = ledger(
        quantity("pledged", 2, good="flour", line="a", unit="t"),
        quantity("pledged", 500, good="flour", line="b", unit="kg"),
        quantity("pledged", 5),
    )
    answer = total(sacks, Question(what="quantity", by="good"))
    assert [(part.key, part.value) for part in answer.by] == [("tent", 5), ("flour", Decimal("2.5"))]


def test_exactly_counts_no_entry_of_what_has_gone_further() -> None:
    """P has wholly gone on; of Q's 10 tents 4 have: its one entry at the stage counts, with 6."""
    moved = ledger(
        quantity("committed", 3, line="P"),
        quantity("dispatched", 3, line="P"),
        quantity("committed", 10, line="Q"),
        quantity("dispatched", 4, line="Q"),
    )
    answer = total(moved, Question(stage="committed", exact=True, what="quantity", by="good"))
    assert (answer.value, answer.used, answer.entries) == (Decimal(6), 1, ("e2",))
    assert answer.unused == (("already at a later stage", 3),)
    assert answer.by[0].entries == ("e2",)


def test_a_row_whose_values_are_unknown_is_told_apart_from_one_that_nobody_reports() -> None:
    said = ledger(
        {"party": "AR"},
        {"party": "BO", "amount_minor": None},
        {"party": "CA", "currency": "UAH"},
        {"party": "DO", "stage": "withdrawn", "amount_minor": None},
    )
    answer = total(said, Question(by="partner"))
    assert [part.key for part in answer.by] == ["AR"]
    assert [(one.key, one.entries) for one in answer.unvalued] == [("BO", ("e1",)), ("CA", ("e2",))]


def test_a_word_falls_into_the_month_in_which_it_was_given_and_not_in_which_it_was_kept() -> None:
    kept = ledger(
        {"package": "P", "stage": "committed", "amount_minor": 3_00},
        {"package": "P", "stage": "disbursed", "amount_minor": 2_00, "day_to": date(2026, 8, 1)},
        {"package": "P", "stage": "disbursed", "amount_minor": 1_00, "day_to": date(2026, 9, 1)},
    )

    def months(stage: str) -> list[tuple[str, Decimal]]:
        return [(part.key, part.value) for part in total(kept, Question(stage=stage, by="month")).by]

    assert months("pledged") == [("2026-03", Decimal("3.00"))]
    assert months("disbursed") == [("2026-09", Decimal("3.00"))]


def test_a_mixed_total_tells_what_each_variant_gave() -> None:
    mixed = ledger({"variant": "kiel"}, {"variant": "fts", "amount_minor": 2_00}, {"variant": "fts"})
    answer = total(mixed, Question(mix=True, by="variant"))
    assert (answer.mix, answer.level, answer.attribute) == (True, "package", "none")
    assert [(part.key, part.value, part.entries) for part in answer.by] == [
        ("fts", Decimal("3.00"), ("e1", "e2")),
        ("kiel", Decimal("1.00"), ("e0",)),
    ]


def test_a_good_means_all_goods_below_it_by_the_declared_hierarchy_alone() -> None:
    rows = (
        quantity("pledged", 3, good="mlrs-227mm", line="a"),
        quantity("pledged", 4, good="grad", line="b"),
        quantity("pledged", 5, good="mlrs-simulator", line="c"),
        quantity("pledged", 6, good="mlrs", line="d"),
    )
    goods = pl.DataFrame(
        {
            "good": ["mlrs-227mm", "grad", "rocket-artillery-old"],
            "family": ["mlrs", "rocket-artillery-old", "mlrs"],
        }
    )
    assert total(ledger(*rows, goods=goods), Question(what="quantity", good="mlrs")).value == 3 + 4 + 6
    assert total(ledger(*rows), Question(what="quantity", good="mlrs")).value == 6


def test_quantities_of_one_dimension_are_converted_exactly_and_others_are_not_added() -> None:
    tonnes = quantity("pledged", 2, good="flour", line="a", unit="t")
    kilos = quantity("pledged", 500, good="flour", line="b", unit="kg")
    meal = quantity("pledged", 1, good="rye", line="d", unit="kg")
    goods = pl.DataFrame({"good": ["flour", "rye"], "family": ["meal", "meal"]})
    family = total(ledger(tonnes, meal, goods=goods), Question(what="quantity", good="meal"))
    assert (family.value, family.unit) == (Decimal("2.001"), "t")
    sacks = quantity("pledged", 7, good="flour", line="c", unit="sack")
    answer = total(ledger(tonnes, kilos), Question(what="quantity", good="flour"))
    assert (answer.value, answer.unit) == (Decimal("2.5"), "t")
    refused = total(ledger(tonnes, kilos, sacks), Question(what="quantity", good="flour")).refused
    assert refused is not None
    assert refused.values == {"units": "sack, t"}


def test_an_interval_that_straddles_the_day_counts_apart() -> None:
    unclear = ledger({}, {"day_from": date(2026, 3, 1), "day_to": date(2026, 3, 31)})
    answer = total(unclear, Question(on=date(2026, 3, 10)))
    assert (answer.value, answer.perhaps) == (Decimal("1.00"), Decimal("1.00"))


def test_what_was_known_on_a_day_leaves_out_what_came_later() -> None:
    late = ledger({}, {"known_on": date(2026, 5, 1)})
    assert total(late, Question(known=DAY)).value == Decimal("1.00")


def test_at_a_boundary_only_what_crosses_in_counts_and_shared_stands_apart() -> None:
    def ends(entry: str, source: str, *destinations: str) -> list[tuple[str, str, str, str]]:
        return [
            (entry, "source", "country", source),
            *((entry, "destination", "country", d) for d in destinations),
        ]

    flows = ledger(
        {},
        {"amount_minor": 2_00},
        {"amount_minor": 4_00},
        {"amount_minor": 8_00},
        scopes=[
            *ends("e0", "NOR", "AFG"),
            *ends("e1", "AFG", "AFG"),
            *ends("e2", "NOR", "AFG", "PAK"),
            *ends("e3", "AFG", "NOR"),
        ],
    )
    answer = total(flows, Question(boundary="country:AFG"))
    assert (answer.value, answer.internal, answer.shared) == (
        Decimal("1.00"),
        Decimal("2.00"),
        Decimal("4.00"),
    )
    assert answer.unused == (("outside the boundary", 1),)
    included = total(flows, Question(boundary="country:AFG", shared="include"))
    assert included.value == Decimal("5.00")


def test_at_the_coalitions_boundary_what_goes_elsewhere_is_outside() -> None:
    given = ledger({"counterparty": "UA"}, {"counterparty": "MD"}, {"party": "UA"})
    assert total(given, Question(), recipient="UA").value == Decimal("1.00")


def test_what_a_state_gives_to_an_agency_for_the_recipients_country_crosses_the_boundary() -> None:
    def to(entry: str, *countries: str) -> list[tuple[str, str, str, str]]:
        return [(entry, "destination", "country", country) for country in countries]

    agency: dict[str, object] = {"party": "NL", "counterparty": "iati-org:XM-DAC-1"}
    flows = ledger(
        agency,
        agency | {"amount_minor": 2_00},
        agency | {"amount_minor": 4_00},
        {"party": "iati-org:XM-DAC-1", "counterparty": "iati-org:XX-2", "amount_minor": 8_00},
        {"party": "NL", "counterparty": "EPF", "amount_minor": 16_00},
        scopes=[
            *to("e0", "UKR"),
            *to("e1", "MDA"),
            *to("e2", "UKR", "MDA"),
            *to("e3", "UKR"),
            *to("e4", "UKR"),
        ],
    )
    answer = total(flows, Question(), recipient="UA")
    assert (answer.value, answer.shared) == (Decimal("1.00"), Decimal("4.00"))
    assert answer.unused == (("outside the boundary", 3),)


def _paid_in(*, gift: int, status: str, second: int = 0) -> Ledger:
    """A payment of 40 into a fund, a gift of the fund, and how the one is related to the other."""
    rows: list[dict[str, object]] = [
        {"party": "AR", "counterparty": "FUND", "amount_minor": 40_00},
        {"party": "FUND", "counterparty": "UA", "amount_minor": gift * 100},
    ]
    if second:
        rows.append({"party": "FUND", "counterparty": "UA", "amount_minor": second * 100})
    parties = pl.DataFrame({"party": ["FUND"], "kind": ["fund"]})
    return ledger(*rows, relations=[("e0", "passes_through", "e1", status)], parties=parties)


@pytest.mark.parametrize(
    ("gift", "status", "second", "highest", "left"),
    [
        (38, "undecided", 0, "40.00", "2.00"),  # 2 may be fees, or not yet passed on
        (38, "accepted", 0, "38.00", "2.00"),
        (40, "undecided", 0, "40.00", "0.00"),
        (20, "undecided", 0, "20.00", "20.00"),  # more than fees: what is left has not crossed
        (38, "undecided", 1, "40.00", "1.00"),  # another gift of the fund was paid of the rest
    ],
)
def test_money_paid_into_a_fund_stands_beside_the_total(
    gift: int, status: str, second: int, highest: str, left: str
) -> None:
    answer = total(_paid_in(gift=gift, status=status, second=second), Question(), recipient="UA")
    assert answer.value == answer.lowest == Decimal(gift + second)
    assert (answer.highest, answer.paid_into_funds) == (Decimal(highest), Decimal(left))
    assert answer.open_pairs == (1 if answer.highest != answer.value else 0)


def test_what_a_payment_leaves_beside_the_gift_of_its_fund_may_count_in_the_row_of_the_payer() -> None:
    rows: list[dict[str, object]] = [
        {"party": "AR", "counterparty": "FUND", "amount_minor": 40_00},
        {"party": "FUND", "counterparty": "UA", "amount_minor": 38_00},
        {"party": "AR", "counterparty": "UA", "amount_minor": 7_00, "kind": "energy"},
    ]
    parties = pl.DataFrame({"party": ["FUND"], "kind": ["fund"]})
    paid = ledger(*rows, relations=[("e0", "passes_through", "e1", "undecided")], parties=parties)
    answer = total(paid, Question(by="partner"), recipient="UA")
    ranges = {part.key: (part.lowest, part.highest) for part in answer.by}
    assert ranges == {"FUND": (Decimal(38), Decimal(38)), "AR": (Decimal(7), Decimal(9))}
    assert answer.highest == Decimal(47)


def test_payments_of_several_members_are_held_together_beside_the_gift_of_their_fund() -> None:
    rows: list[dict[str, object]] = [
        {"party": "AR", "counterparty": "FUND", "amount_minor": 10_00},
        {"party": "BO", "counterparty": "FUND", "amount_minor": 5_00},
        {"party": "FUND", "counterparty": "UA", "amount_minor": 14_00},
    ]
    parties = pl.DataFrame({"party": ["FUND"], "kind": ["fund"]})
    open_ = [(payment, "passes_through", "e2", "undecided") for payment in ("e0", "e1")]
    answer = total(ledger(*rows, relations=open_, parties=parties), Question(by="partner"), recipient="UA")
    assert (answer.value, answer.lowest, answer.highest) == (Decimal(14), Decimal(14), Decimal(15))
    assert (answer.paid_into_funds, answer.open_pairs) == (Decimal(1), 2)


def test_a_fund_is_shown_at_its_members_without_changing_the_sum_and_never_on_top() -> None:
    shares = pl.DataFrame(
        {"fund": ["EPF"] * 2, "party": ["AR", "BO"], "share": [Decimal("0.333333"), Decimal("0.5")]},
        schema_overrides={"share": QUANTITY},
    )
    fund = ledger({"party": "EPF", "amount_minor": 100_00}, {"amount_minor": 1_00}, shares=shares)
    answer = total(fund, Question(by="partner", attribute="members"))
    assert answer.value == Decimal("101.00") == sum(p.value for p in answer.by)
    assert {p.key: p.value for p in answer.by} == {
        "BO": Decimal("50.00"),
        "AR": Decimal("34.33"),
        "EPF": Decimal("16.67"),
    }
    refused = total(fund, Question(attribute="on top")).refused
    assert refused is not None
    assert refused.excess == Decimal("100.00")


def test_a_group_gathers_its_parties_and_the_rest_are_the_others() -> None:
    pair = ledger({"party": "AR"}, {"party": "BO"}, {"party": "US"}, {"party": "CA"})
    answer = total(pair, Question(by="group"), groups={"G": ("AR", "BO")})
    assert [(p.key, p.value, p.entries) for p in answer.by] == [
        ("G", Decimal("2.00"), ("e0", "e1")),
        ("others", Decimal("2.00"), ("e2", "e3")),
    ]


def test_a_currency_without_a_rate_is_left_out_with_that_reason() -> None:
    money = ledger(
        {"currency": "USD"},
        {"currency": "UAH"},
        {"currency": "GBP", "stated_minor": 117, "stated_currency": "EUR", "rate": "the table's"},
        rates=rates(("USD", DAY, "1.25")),
    )
    answer = total(money, Question())
    assert answer.value == Decimal("1.97")
    assert answer.unused == (("no exchange rate for the currency", 1),)
    assert answer.rates == ("USD bank 2026-03-02", "the table's")


rows = st.lists(
    st.fixed_dictionaries(
        {
            "package": st.sampled_from("ABC"),
            "stage": st.sampled_from(["pledged", "committed", "disbursed", "withdrawn"]),
            "amount_minor": st.one_of(st.none(), st.integers(-500, 5000)),
            "currency": st.sampled_from(["EUR", "USD"]),
        }
    ),
    max_size=8,
)


@given(rows, st.integers(0, 9))
def test_the_order_of_entries_does_not_matter(found: list[dict[str, object]], seed: int) -> None:
    named = [row | {"entry": f"x{n}"} for n, row in enumerate(found)]
    shuffled = random.Random(seed).sample(named, len(named))
    table = rates(("USD", DAY, "1.25"))
    ask = Question(stage="committed", by="partner")
    assert total(ledger(*named, rates=table), ask) == total(ledger(*shuffled, rates=table), ask)


@given(rows)
def test_every_entry_is_used_unknown_or_left_out_with_a_reason(
    found: list[dict[str, object]],
) -> None:
    for exact in (False, True):
        answer = total(ledger(*found), Question(exact=exact))
        assert answer.used + answer.unknown + sum(count for _, count in answer.unused) == len(found)


def test_an_estimate_of_a_line_does_not_stand_for_a_value_that_its_source_calls_unknown() -> None:
    unknown = ledger(
        {"package": "P", "amount_minor": None, "valuation": "none"},
        {"package": "P", "line": "L1", "amount_minor": 70_00, "valuation": "by price"},
        {"package": "Q", "amount_minor": None},
        {"package": "Q", "line": "L2", "amount_minor": 5_00, "valuation": "given"},
    )
    answer = total(unknown, Question())
    assert (answer.value, answer.unknown) == (Decimal("5.00"), 1)
    assert ("an estimate of an item in a package without a value", 1) in answer.unused


def _rates_of(*days: date, source: str = "bank", **more: object) -> tuple[str, ...]:
    """Return the names of the rates of one dollar on each day."""
    rows = [{"currency": "USD", "day_from": day, "day_to": day} | more for day in days]
    known = rates(*(("USD", day, "2") for day in days))
    return total(ledger(*rows, rates=known), Question()).rates


def test_rates_are_named_each_up_to_five_and_then_by_their_first_and_last_day() -> None:
    days = [date(2026, 3, number) for number in range(1, 8)]
    assert _rates_of(*days[:5]) == tuple(f"USD bank {day}" for day in days[:5])
    assert _rates_of(*days[:6]) == ("USD bank 2026-03-01 to 2026-03-06 (6 days)",)
    rows = [{"currency": "USD", "day_from": day, "day_to": day} for day in days[:5]]
    more: dict[str, object] = {"currency": "GBP", "day_from": days[6], "day_to": days[6]}
    known = rates(*(("USD", day, "2") for day in days[:5]), ("GBP", days[6], "3"))
    answer = total(ledger(*rows, more, rates=known), Question())
    assert answer.rates == ("GBP bank 2026-03-07", "USD bank 2026-03-01 to 2026-03-05 (5 days)")


def test_rates_at_which_a_source_converts_each_record_are_counted_where_they_are_many() -> None:
    def stated(many: int) -> tuple[str, ...]:
        rows: list[dict[str, object]] = [
            {"currency": "USD", "stated_currency": "EUR", "stated_minor": 50, "rate": f"its rate {n}"}
            for n in range(many)
        ]
        return total(ledger(*rows), Question()).rates

    assert stated(2) == ("its rate 0", "its rate 1")
    assert stated(6) == ("as stated by the source (6 rates)",)
    assert total(ledger({}), Question()).rates == ()


def test_the_value_by_valuation_leaves_out_what_adds_nothing() -> None:
    some = ledger(
        {"valuation": "stated"},
        {"valuation": "by price", "amount_minor": 250},
        {"valuation": None},
        {"valuation": "estimated", "amount_minor": 0},
    )
    assert total(some, Question()).valuation == {
        "by price": Decimal("2.50"),
        "not stated": Decimal("1.00"),
        "stated": Decimal("1.00"),
    }
    pieces = total(ledger(quantity("pledged", 5)), Question(what="quantity"))
    assert pieces.valuation == {}


def test_a_total_without_statements_is_zero_and_one_without_values_is_unknown() -> None:
    assert total(ledger({"kind": "energy"}), Question(kind="military")).value == Decimal(0)
    unknown = total(ledger({"amount_minor": None, "currency": None}), Question())
    assert (unknown.value, unknown.lowest, unknown.highest, unknown.unknown) == (None, None, None, 1)
    assert (unknown.open_pairs, unknown.conflicts) == (0, 0)


def test_a_total_names_its_boundary_and_whether_rows_were_asked() -> None:
    assert total(ledger({}), Question()).boundary == "all submissions"
    assert total(ledger({}), Question(), recipient="UA").boundary == "coalition → UA"
    assert total(ledger({}), Question(boundary="country:AFG"), recipient="UA").boundary == "country:AFG"
    assert total(ledger({}), Question()).rows is None
    rows = total(ledger({}), Question(), with_rows=True).rows
    assert rows is not None
    assert [(row.value, row.counted, row.key, row.other) for row in rows] == [
        (Decimal(1), Decimal(1), "", "")
    ]


def test_an_undecided_pair_makes_a_total_open_and_a_conflict_is_counted() -> None:
    pair = ledger({}, {"amount_minor": 300}, relations=[("e0", "same_as", "e1", "undecided")])
    answer = total(pair, Question())
    assert (answer.open_pairs, answer.used, answer.entries) == (1, 2, ("e0", "e1"))
    both = total(pair, Question(what="quantity"))
    assert both.open_pairs == 0


@pytest.mark.parametrize("what", ["amount", "quantity"])
def test_totals_by_several_rows_are_those_by_each_alone(what: str) -> None:
    """A package with its own value, its lines, two variants and months: each changes what some rows show."""
    mixed = ledger(
        {"package": "P", "amount_minor": 100_00, "kind": "humanitarian", "party": "EE"},
        {"package": "P", "line": "L1", "good": "tent", "quantity": Decimal(7), "amount_minor": 70_00},
        {"package": "P", "line": "L2", "good": "tank", "quantity": Decimal(2), "unit": "piece"},
        {"package": "Q", "amount_minor": 5_00, "variant": "kiel", "day_to": date(2031, 5, 1), "party": "LV"},
    )
    question = Question(what=what, mix=True)
    rows = ("", *BY, "partner")
    drawn = totals(mixed, question, rows)
    assert drawn == tuple(total(mixed, replace(question, by=one)) for one in rows)
    assert len({tuple(part.key for part in one.by) for one in drawn}) >= {"amount": 4, "quantity": 2}[what]
