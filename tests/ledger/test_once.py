"""What relations leave of a sum: each thing counts once."""

from datetime import date
from decimal import Decimal
from itertools import permutations

import polars as pl
from tests.ledger.ledgers import ledger

from konvoi.ledger.once import counting
from konvoi.ledger.post import post
from konvoi.ledger.question import Question
from konvoi.ledger.total import total
from konvoi.model.entries import frame

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


def test_the_same_thing_told_twice_counts_once_and_an_undecided_pair_opens_the_bounds() -> None:
    rows: tuple[dict[str, object], ...] = (
        {"source": "AR", "amount_minor": 101_37},
        {"source": "press", "amount_minor": 100_00},
        {"source": "press", "amount_minor": 7_00},
    )
    surely = ledger(*rows, relations=[("e0", "same_as", "e1", "accepted")])
    answer = total(surely, Question())
    assert answer.value == Decimal("108.37")
    assert [(d.entry, d.counted_with, d.value) for d in answer.double] == [("e1", "e0", Decimal("100.00"))]
    perhaps = total(ledger(*rows, relations=[("e0", "same_as", "e1", "undecided")]), Question())
    assert (perhaps.lowest, perhaps.value, perhaps.highest) == (
        Decimal("108.37"),
        Decimal("208.37"),
        Decimal("208.37"),
    )
    rejected = total(ledger(*rows, relations=[("e0", "same_as", "e1", "rejected")]), Question())
    assert rejected.lowest == rejected.highest == Decimal("208.37")


def test_of_reports_left_out_the_largest_stands_first_and_of_equal_ones_the_first_by_id() -> None:
    rows: list[dict[str, object]] = [{"source": "AR", "amount_minor": 101_37}]
    rows += [{"source": "press", "amount_minor": amount} for amount in (50_00, 100_00, 50_00)]
    relations = [("e0", "same_as", f"e{at}", "accepted") for at in (1, 2, 3)]
    answer = total(ledger(*rows, relations=relations), Question())
    assert [one.entry for one in answer.double] == ["e2", "e1", "e3"]


def test_of_one_source_the_newest_word_counts() -> None:
    later = ledger(
        {"amount_minor": 50_01},
        {"amount_minor": 80_00, "known_on": date(2026, 4, 1)},
        relations=[("e1", "restates", "e0", "accepted")],
    )
    assert total(later, Question()).value == Decimal("80.00")


def test_children_split_their_whole_and_an_unknown_rest_stays_with_it() -> None:
    joint = ledger(
        {"party": "FUND", "amount_minor": 100_00},
        {"party": "AR", "amount_minor": 30_00},
        relations=[("e1", "part_of", "e0", "accepted")],
    )
    answer = total(joint, Question(by="partner"))
    assert answer.value == Decimal("100.00")
    assert [(p.key, p.value) for p in answer.by] == [
        ("FUND", Decimal("70.00")),
        ("AR", Decimal("30.00")),
    ]


def test_a_parent_flow_is_what_its_children_leave_so_both_count() -> None:
    base = ledger({"amount_minor": 10_00}, {"amount_minor": 5_00})
    parent = base.relations.clear()
    row = {"left": "e1", "right": "e0", "relation": "part_of", "subtype": "fts-parent"}
    related = pl.concat([parent, frame([row | {"status": "accepted"}], parent.schema)])
    flows = post([base.entries], relations=related)
    assert total(flows, Question()).value == Decimal("15.00")


def test_a_reimbursement_beside_its_gift_adds_nothing() -> None:
    gift = ledger(
        {"amount_minor": 9_00},
        {"party": "EPF", "amount_minor": 4_00},
        relations=[("e1", "reimburses", "e0", "accepted")],
    )
    assert total(gift, Question()).value == Decimal("9.00")


def test_a_contract_beside_a_line_that_is_itself_beside_another_adds_nothing_whatever_their_names() -> None:
    """Contract c for order b, which is for promise a: 100 once, and their names do not matter."""
    for a, b, c in permutations(("e0", "e1", "e2")):
        amounts = {a: 100_00, b: 90_00, c: 80_00}
        rows: list[dict[str, object]] = [{"amount_minor": amounts[name]} for name in sorted(amounts)]
        chain = [(b, "contracts_for", a, "accepted"), (c, "contracts_for", b, "accepted")]
        assert total(ledger(*rows, relations=chain), Question()).value == Decimal("100.00")


def test_what_a_carrier_tells_of_a_partners_line_belongs_to_that_line() -> None:
    told = ledger(
        quantity("committed", 10),
        quantity("dispatched", 4, source="CARRIER"),
        quantity("received", 3, source="BO"),
    )
    assert total(told, Question(what="quantity", stage="committed")).value == 10
    assert total(told, Question(what="quantity", stage="received")).value == 3


def test_a_line_of_a_name_that_two_partners_use_stays_with_who_tells_of_it() -> None:
    told = ledger(
        quantity("committed", 10),
        quantity("committed", 5, source="CO"),
        quantity("dispatched", 4, source="CARRIER"),
    )
    assert total(told, Question(what="quantity", stage="committed")).value == 19


def test_of_an_activity_with_two_funders_only_what_each_sent_is_taken_as_sent_before() -> None:
    """AR sends 5 of its 9 to the activity of IMP, which passes 8 on; 4 went elsewhere, 3 came from others."""
    passed = ledger(
        {"package": "A", "amount_minor": 5_00},
        {"package": "A", "amount_minor": 4_00},
        {"package": "B", "amount_minor": 8_00, "source": "IMP"},
        relations=[("e0", "passes_through", "e2", "accepted")],
    )
    assert total(passed, Question()).value == Decimal("12.00")


def test_a_year_total_stands_for_its_parts_whatever_else_reports_a_part() -> None:
    """e3 sums up e0 and e1; another source's report e2 of the part e0 must not stand for the sum."""
    year = ledger(
        {"amount_minor": 30_00},
        {"amount_minor": 50_00},
        {"amount_minor": 30_01, "source": "FTS"},
        {"amount_minor": 100_00},
        relations=[
            ("e3", "restates", "e0", "accepted"),
            ("e3", "restates", "e1", "accepted"),
            ("e0", "same_as", "e2", "accepted"),
        ],
    )
    answer = total(year, Question())
    assert (answer.lowest, answer.value) == (Decimal("100.00"), Decimal("100.00"))


def test_an_accepted_restatement_leaves_no_doubt_in_the_bounds() -> None:
    later = ledger(
        {"amount_minor": 10_00},
        {"amount_minor": 80_00},
        {"amount_minor": 7_00},
        {"amount_minor": 7_00},
        relations=[("e1", "restates", "e0", "accepted"), ("e2", "same_as", "e3", "undecided")],
    )
    answer = total(later, Question())
    assert (answer.lowest, answer.value, answer.highest) == (
        Decimal("87.00"),
        Decimal("94.00"),
        Decimal("94.00"),
    )


def test_of_two_sources_the_more_exact_word_counts() -> None:
    told = ledger(
        {"amount_minor": 101_37},
        {"amount_minor": 100_00, "source": "press", "known_on": date(2026, 4, 1)},
        relations=[("e1", "restates", "e0", "accepted")],
    )
    assert total(told, Question()).value == Decimal("101.37")


def test_a_paper_that_says_another_sum_than_the_giver_does_not_stand_in_its_place() -> None:
    """4.0 m of the giver and 3.9 m of the press are one promise of 4.0 m; 4.02 m is 4.0 m told closer."""
    for press, expected in ((3_900_000, "4000000"), (4_020_000, "4020000"), (4_060_000, "4000000")):
        told = ledger(
            {"party": "AR", "source": "AR", "amount_minor": 4_000_000_00},
            {"party": "AR", "source": "press", "amount_minor": press * 100},
            relations=[("e0", "same_as", "e1", "accepted")],
        )
        assert total(told, Question()).value == Decimal(expected)


def test_what_a_member_states_of_the_gift_of_a_fund_counts_as_the_funds() -> None:
    """The member's amount has more digits; the fund's gift is what crosses the boundary."""
    parties = pl.DataFrame({"party": ["FUND"], "kind": ["fund"]})
    rows: tuple[dict[str, object], ...] = (
        {"party": "AR", "source": "AR", "amount_minor": 100_37},
        {"party": "FUND", "source": "FUND", "amount_minor": 100_00},
    )
    surely = ledger(*rows, relations=[("e0", "same_as", "e1", "accepted")], parties=parties)
    answer = total(surely, Question(by="partner"))
    assert {part.key: part.value for part in answer.by} == {"FUND": Decimal("100.00"), "AR": Decimal("0.00")}
    perhaps = ledger(*rows, relations=[("e0", "same_as", "e1", "undecided")], parties=parties)
    lowest = {part.key: part.lowest for part in total(perhaps, Question(by="partner")).by}
    assert lowest == {"FUND": Decimal("100.00"), "AR": Decimal("0.00")}


def number(value: int, **more: object) -> dict[str, object]:
    """Return a report of the press on what AR gives, with one digit, but for what is said."""
    return {"value": value, "exact": 1, "source": "press", "known_on": "", "party": "AR"} | more


def pair(left: str, relation: str, right: str, **more: object) -> dict[str, object]:
    return {"left": left, "relation": relation, "right": right, "most": None, "subtype": ""} | more


def counts(values: dict[str, dict[str, object]], *pairs: dict[str, object], **more: bool) -> dict[str, int]:
    return counting(values, sorted(pairs, key=str), **more).counts


def test_of_the_same_the_most_exact_then_the_latest_then_the_last_by_name_counts() -> None:
    both = pair("a", "same_as", "b")
    assert counts({"a": number(5, exact=2), "b": number(7)}, both) == {"a": 5, "b": 0}
    dated = {"a": number(5, known_on="2031-02-01"), "b": number(7, known_on="2031-01-01")}
    assert counts(dated, both) == {"a": 5, "b": 0}
    assert counts({"a": number(5), "b": number(7)}, both) == {"a": 0, "b": 7}


def test_a_more_exact_report_counts_for_the_givers_own_where_it_rounds_to_it() -> None:
    """4,000,000 may stand for 3,950,000 to 4,050,000."""

    def found(exact: int) -> int:
        own = number(4_000_000, source="AR")
        return counts({"a": own, "b": number(exact, exact=5)}, pair("a", "same_as", "b"))["b"]

    assert [found(one) for one in (4_050_000, 3_950_000)] == [4_050_000, 3_950_000]
    assert [found(one) for one in (4_050_001, 3_949_999)] == [0, 0]


def test_a_sum_that_the_giver_states_to_its_last_place_stands_for_no_other() -> None:
    reports = {"a": number(99_999, exact=5, source="AR"), "b": number(100_001, exact=6)}
    assert counts(reports, pair("a", "same_as", "b")) == {"a": 99_999, "b": 0}


def test_the_report_of_a_fund_counts_for_that_of_its_member() -> None:
    reports = {"a": number(5, exact=9, source="AR"), "b": number(7, fund=True)}
    assert counts(reports, pair("a", "same_as", "b")) == {"a": 0, "b": 7}


def test_a_later_statement_counts_instead_of_the_earlier_unless_another_source_is_more_exact() -> None:
    one = pair("b", "restates", "a")
    assert counts({"a": number(5, exact=3, source="x"), "b": number(7, source="x")}, one) == {"a": 0, "b": 7}
    assert counts({"a": number(5, exact=3, source="x"), "b": number(7, source="y")}, one) == {"a": 5, "b": 0}
    assert counts({"a": number(5, source="x"), "b": number(7, exact=3, source="y")}, one) == {"a": 0, "b": 7}
    two = {"a": number(5, exact=3), "c": number(2), "b": number(7, source="y")}
    assert counts(two, one, pair("b", "restates", "c")) == {"a": 0, "b": 7, "c": 0}


def test_parts_take_from_their_whole_and_the_whole_counts_where_they_hold_more() -> None:
    values = {"w": number(100), "a": number(40), "b": number(30)}
    parts = (pair("a", "part_of", "w"), pair("b", "part_of", "w"))
    assert counts(values, *parts) == {"w": 30, "a": 40, "b": 30}
    more = values | {"w": number(35)}
    assert counts(more, *parts) == {"w": 0, "a": 20, "b": 15}
    assert counts(more, *parts, parts_count=True) == {"w": 0, "a": 40, "b": 30}
    found = counting(more, sorted(parts, key=str))
    assert found.exceeded == {"w"}
    assert found.divided == {"w": ("a", "b")}
    equal = counting(values | {"w": number(70)}, sorted(parts, key=str))
    assert (equal.counts["w"], equal.exceeded) == (0, frozenset())


def test_a_part_brings_no_more_than_what_is_related() -> None:
    values = {"w": number(100), "a": number(40)}
    assert counts(values, pair("a", "part_of", "w", most=25)) == {"w": 75, "a": 40}
    assert counts(values, pair("a", "part_of", "w", most=50)) == {"w": 60, "a": 40}
    assert counts(values, pair("a", "part_of", "w", subtype="fts-parent")) == {"w": 100, "a": 40}


def test_a_part_below_zero_takes_nothing_from_its_whole() -> None:
    values = {"w": number(100), "a": number(-40), "b": number(30)}
    parts = (pair("a", "part_of", "w"), pair("b", "part_of", "w"))
    assert counts(values, *parts) == {"w": 70, "a": -40, "b": 30}
    assert counts(values | {"w": number(-5)}, *parts) == {"w": -5, "a": -40, "b": 30}


def test_an_inflow_keeps_what_did_not_come_out_of_the_flows_before() -> None:
    values = {"in": number(100), "a": number(40), "b": number(90)}
    first = pair("a", "passes_through", "in")
    assert counts(values, first) == {"in": 60, "a": 40, "b": 90}
    assert counts(values, first, pair("b", "passes_through", "in")) == {"in": 0, "a": 40, "b": 90}
    assert counts(values | {"a": number(-40)}, first)["in"] == 100


def test_contracts_and_reimbursements_add_nothing_beside_what_they_are_for() -> None:
    values = {"a": number(40), "b": number(30), "c": number(20)}
    beside = pair("a", "contracts_for", "b")
    assert counts(values, beside) == {"a": 0, "b": 30, "c": 20}
    assert counts(values, beside, pair("b", "reimburses", "c")) == {"a": 0, "b": 0, "c": 20}
    circle = counts(values, beside, pair("b", "contracts_for", "a"))
    assert sorted(circle.values()) == [0, 20, 30]
    assert counts(values, pair("a", "reimburses", "b", subtype="iati-parent")) == {"a": 40, "b": 30, "c": 20}


def test_relations_lead_to_the_report_that_counts() -> None:
    values = {"a": number(40), "b": number(41, exact=2), "w": number(100)}
    same = pair("a", "same_as", "b")
    assert counts(values, same, pair("a", "part_of", "w")) == {"a": 0, "b": 41, "w": 59}
    assert counts(values, same, pair("a", "part_of", "w"), pair("b", "part_of", "w"))["w"] == 59
    assert counts(values, same, pair("a", "contracts_for", "b")) == {"a": 0, "b": 41, "w": 100}
    assert counts(values, pair("a", "part_of", "unknown"), same) == {"a": 0, "b": 41, "w": 100}
    beside = (pair("a", "contracts_for", "b"), pair("a", "part_of", "w"))
    assert counts(values, *beside) == {"a": 0, "b": 41, "w": 100}
