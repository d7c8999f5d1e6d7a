"""What relations leave of a sum: each thing counts once."""

from datetime import date
from decimal import Decimal
from itertools import permutations

import polars as pl
from tests.ledger.ledgers import ledger

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
