"""Entries that a question is about, and the reasons for which others are left out."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from tests.ledger.ledgers import DAY, ledger

from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.sift import judged, places, sift

LATER = date(2026, 5, 1)


def placed(ledger: Ledger, question: Question, recipient: str = "") -> pl.DataFrame:
    """The entries of a ledger with their places."""
    return ledger.entries.with_columns(place=places(ledger.entries, ledger.scopes, question, recipient, ()))


def reason(
    row: dict[str, object], question: Question, recipient: str = "", goods: tuple[str, ...] = ()
) -> object:
    return judged(placed(ledger(row), question, recipient), question, goods)["reason"][0]


@pytest.mark.parametrize(
    ("row", "asked", "why"),
    [
        ({"known_on": LATER}, {"known": DAY}, "not known by that day"),
        ({}, {"known": DAY}, None),
        ({"known_on": None}, {"known": DAY}, None),
        ({"day_from": LATER}, {"on": DAY}, "after that day"),
        ({}, {"on": DAY}, None),
        ({"kind": "energy"}, {"kind": "military"}, "another kind of support"),
        ({"kind": None}, {"kind": "military"}, "another kind of support"),
        ({"party": "BO"}, {"party": "AR"}, "another partner"),
        ({"good": "tank"}, {"good": "tent"}, "another good"),
        ({"good": "tent"}, {"good": "tent"}, None),
        ({"stage": None}, {}, "no stage of ours"),
        ({"variant": "iati-receiver"}, {}, "the recipient's report of the same transaction"),
        ({"variant": None}, {}, None),
        (
            {"stage": "received", "route": "money"},
            {"stage": "received"},
            "stage not applicable to the channel",
        ),
        ({"stage": "committed"}, {"stage": "disbursed"}, "stage not reached"),
        ({"stage": "withdrawn"}, {"stage": "disbursed"}, None),
        ({}, {"what": "quantity"}, "a sum, where a quantity is asked"),
        ({"good": "tent"}, {"what": "quantity"}, None),
        ({"quantity": Decimal(2)}, {"what": "quantity"}, None),
        ({"count_mode": "not counted yet"}, {}, "not yet countable"),
        ({"count_mode": "cell only"}, {}, None),
    ],
)
def test_an_entry_is_left_out_for_the_first_reason(
    row: dict[str, object], asked: dict[str, object], why: str | None
) -> None:
    assert reason(row, Question(**asked)) == why  # type: ignore[arg-type]


def test_a_good_means_the_goods_below_it_where_they_are_named() -> None:
    asked = Question(good="shelter")
    assert reason({"good": "tent"}, asked) == "another good"
    assert reason({"good": "tent"}, asked, goods=("shelter", "tent")) is None
    assert reason({"good": "tank"}, asked, goods=("shelter", "tent")) == "another good"


@pytest.mark.parametrize(
    ("rule", "asked", "counts"),
    [
        ("end user", "handed over", True),
        ("handed over", "end user", False),
        ("handed over", "handed over", True),
        ("as stated by the source", "handed over", False),
        ("as stated by the source", "as stated by the source", True),
        ("end user", "as stated by the source", False),
        (None, "handed over", False),
    ],
)
def test_a_delivery_counts_under_its_rule_and_every_laxer_one(
    rule: str | None, asked: str, counts: bool
) -> None:
    found = reason({"stage": "received", "rule": rule}, Question(stage="pledged", rule=asked))
    assert found == (None if counts else "delivered under a laxer rule, or none")


def test_a_rule_that_a_row_states_counts_only_where_its_stage_bears_it() -> None:
    asked = Question(stage="dispatched", rule="handed over")
    at_hub: dict[str, object] = {"stage": "at hub", "rule": "end user", "route": "from stock"}
    assert reason(at_hub, asked) == "delivered under a laxer rule, or none"
    assert reason(at_hub | {"stage": "handed over"}, asked) is None
    assert reason(at_hub, Question(stage="dispatched", rule="at hub")) is None


def test_a_promise_counts_under_every_rule() -> None:
    for stage in ("pledged", "committed", "allocated", "contracted", "produced", "approved"):
        assert reason({"stage": stage}, Question(stage="pledged", rule="end user")) is None


def test_reasons_are_counted_in_the_order_in_which_they_are_asked() -> None:
    some = ledger({"party": "BO"}, {"kind": "energy", "party": "BO"}, {"kind": "energy"}, {})
    asked = Question(kind="military", party="AR")
    found, unused = sift(placed(some, asked), asked)
    assert (found["entry"].to_list(), unused) == (
        ["e3"],
        (("another kind of support", 2), ("another partner", 1)),
    )


def place(row: dict[str, object], question: Question | None = None, funds: tuple[str, ...] = ()) -> object:
    one = ledger(row)
    asked = question or Question()
    return places(one.entries, one.scopes, asked, "UA", funds)[0]


def test_gifts_of_others_to_the_recipient_are_in_and_its_own_are_outside() -> None:
    assert place({"counterparty": "UA"}) == "in"
    assert place({"counterparty": None}) == "in"
    assert place({"party": None}) == "in"
    assert place({"party": "UA"}) == "outside"
    assert place({"counterparty": "MD"}) == "outside"


@pytest.mark.parametrize(
    ("source", "destination", "where"),
    [
        ((), (), "in"),
        (("NLD",), (), "in"),
        ((), ("UKR",), "in"),
        (("NLD",), ("UKR",), "in"),
        ((), ("KEN",), "outside"),
        (("UKR",), ("MDA",), "outside"),
        ((), ("UKR", "MDA"), "shared"),
        ((), ("KEN", "MDA"), "outside"),
    ],
)
def test_without_a_receiver_the_countries_of_destination_say_whether_it_is_for_the_recipient(
    source: tuple[str, ...], destination: tuple[str, ...], where: str
) -> None:
    ends = [("source", one) for one in source] + [("destination", one) for one in destination]
    one = ledger({"counterparty": None}, scopes=[("e0", end, "country", value) for end, value in ends])
    assert places(one.entries, one.scopes, Question(), "UA", ())[0] == where
    included = places(one.entries, one.scopes, Question(shared="include"), "UA", ())[0]
    assert included == ("in" if where == "shared" else where)


def test_a_receiver_that_is_named_says_it_whatever_the_destination() -> None:
    one = ledger({"counterparty": "UA"}, scopes=[("e0", "destination", "country", "KEN")])
    assert places(one.entries, one.scopes, Question(), "UA", ())[0] == "in"


def test_a_payment_into_a_fund_is_apart_unless_a_fund_or_the_recipient_pays_it() -> None:
    assert place({"counterparty": "EPF"}, funds=("EPF", "IMF")) == "fund"
    assert place({"counterparty": "EPF"}) == "outside"
    assert place({"party": "IMF", "counterparty": "EPF"}, funds=("EPF", "IMF")) == "outside"
    assert place({"party": "UA", "counterparty": "EPF"}, funds=("EPF",)) == "outside"
    assert place({"party": "EPF", "counterparty": "UA"}, funds=("EPF",)) == "in"


def test_only_an_interval_that_begins_by_the_day_and_ends_after_it_is_perhaps() -> None:
    on = Question(on=date(2026, 3, 10))
    assert place({"day_from": date(2026, 3, 10), "day_to": date(2026, 3, 11)}, on) == "perhaps"
    assert place({"day_from": date(2026, 3, 1), "day_to": date(2026, 3, 10)}, on) == "in"
    straddling: dict[str, object] = {"day_from": date(2026, 3, 1), "day_to": date(2026, 3, 31)}
    assert place(straddling | {"counterparty": "MD"}, on) == "outside"
    assert place(straddling) == "in"
