"""What a receiver reports as come in is a flow of its giver or a part of it; parts add up to no more."""

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import polars as pl
import pytest
from tests.reconcile.ledgers import DAY, entries, told

from konvoi.model.entries import SCOPES, frame
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.received import received
from konvoi.reconcile.records import records
from konvoi.reconcile.relate import relate
from konvoi.reconcile.relation import Evidence

TEXT = "ambulances for Sumy (clinic 37)"
MONTH = timedelta(30)


def gave(entry: str = "out", amount: int = 1_000_000, **more: Any) -> dict[str, object]:
    """NL-1 commits to Harbour Relief, in whole units of EUR."""
    base = {"entry": entry, "text": TEXT, "implementer": "Harbour Relief Ltd", "kind": "humanitarian"}
    return base | {"amount_minor": amount * 100, "currency": "EUR"} | more


def came_in(entry: str, amount: int, days: int = 30, **more: Any) -> dict[str, object]:
    """Harbour Relief reports what came in, so many days after the commitment."""
    on = DAY + timedelta(days)
    base = gave(entry, amount, source="iati/X-7", submission="x7.xml", stage="paid in", variant="iati")
    return base | {"implementer": "Harbour Relief", "day_from": on, "day_to": on, "known_on": on} | more


def found(*rows: dict[str, object], scopes: pl.DataFrame | None = None) -> pl.DataFrame:
    return relate(entries(*rows), scopes=scopes).relations.filter(relation="passes_through")


def pairs(made: pl.DataFrame) -> list[tuple[str, str]]:
    return list(made.filter(pl.col("probability") >= 0.5).select("left", "right").iter_rows())


def test_a_flow_less_its_fees_is_what_its_receiver_reports() -> None:
    made = found(gave(), came_in("in", 930_000))
    assert told(made) == [("out", "passes_through", "in", "undecided")]
    assert made["probability"][0] >= 0.9
    assert '["receiver","the receiver reports it"]' in made["evidence"][0]


def test_more_than_went_out_is_no_part_of_it() -> None:
    assert pairs(found(gave(), came_in("in", 1_300_000))) == []


def test_parts_that_make_up_the_flow_belong_to_it() -> None:
    """500,000 + 440,000 are the million less 6 in a hundred; 300,000 more would be too much and is left."""
    made = found(
        gave(), came_in("a", 500_000), came_in("b", 440_000), came_in("c", 300_000, text="ambulances")
    )
    assert pairs(made) == [("out", "a"), ("out", "b")]
    assert "with others it makes up the flow" in made.filter(right="a")["evidence"][0]


def test_no_more_comes_in_than_went_out() -> None:
    """Two reports of 930,000 cannot both be the one million."""
    assert len(pairs(found(gave(), came_in("a", 930_000), came_in("b", 930_000)))) == 1


def test_each_report_has_one_flow_and_the_right_one() -> None:
    other: dict[str, Any] = {"text": "ambulances for Sumy (clinic 40)"}
    made = found(gave("o1"), gave("o2", **other), came_in("i1", 930_000), came_in("i2", 910_000, **other))
    assert pairs(made) == [("o1", "i1"), ("o2", "i2")]


def test_flows_that_are_equal_but_for_the_day_are_all_told_and_none_is_likely() -> None:
    """A month apart, the same in all else: nothing says of which of the two it came."""
    later: dict[str, Any] = {"day_from": DAY + MONTH, "day_to": DAY + MONTH, "known_on": DAY + MONTH}
    made = found(gave("o1"), gave("o2", **later), came_in("in", 930_000, days=60))
    assert set(made["left"]) == {"o1", "o2"}
    assert pairs(made) == []


def test_another_place_or_number_or_receiver_is_another_flow() -> None:
    others: tuple[dict[str, Any], ...] = (
        {"text": "ambulances for Odesa (clinic 37)"},
        {"text": "ambulances for Sumy (clinic 38)"},
        {"implementer": "Baltic Works", "text": "tents"},
    )
    for more in others:
        assert pairs(found(gave(**more), came_in("in", 930_000))) == []


def test_the_activity_that_is_named_goes_before_all_else() -> None:
    """Two flows that are equal: the report names the activity of the second."""
    named = frame([{"entry": "in", "side": "source", "dimension": "activity", "value": "NL-A2"}], SCOPES)
    later: dict[str, Any] = {"day_from": DAY + MONTH, "day_to": DAY + MONTH, "known_on": DAY + MONTH}
    first, second = gave("o1", reference="NL-A1"), gave("o2", reference="NL-A2", **later)
    assert pairs(found(first, second, came_in("in", 930_000, days=60), scopes=named)) == [("o2", "in")]


def test_what_is_handed_on_once_more_is_found_by_the_name_of_who_hands_it_on() -> None:
    """NL-1 to Harbour Relief, and from there to Willow Works, which names Harbour Relief by its number."""
    second = came_in("in2", 860_000, 75, source="iati/X-9", party="X-7", implementer="Willow Works")
    assert pairs(found(gave(), came_in("in1", 930_000), second)) == [("in1", "in2"), ("out", "in1")]


@pytest.mark.slow
def test_the_order_of_rows_changes_nothing() -> None:
    rows = [gave(), gave("o2"), came_in("a", 500_000), came_in("b", 440_000)]
    first = found(*rows)
    assert all(found(*order).equals(first) for order in list(permutations(rows))[1:24:7])


def test_damaged_input_raises_nothing() -> None:
    """No sum, a sum of nothing, no day, no name."""
    empty: dict[str, Any] = {"amount_minor": None, "currency": None, "day_from": None, "day_to": None}
    rows = [gave("z", 0), gave("n", **empty), came_in("i", 0), came_in("j", 5, implementer=None, **empty)]
    assert set(found(*rows)["status"]) <= {"undecided"}
    assert found(came_in("alone", 5, day_from=date(2022, 5, 1))).height == 0


def with_pairs(*rows: dict[str, object], same: list[tuple[str, str, float]]) -> pl.DataFrame:
    """What is found where pairs of records are known to be one with some probability."""
    ledger = entries(*rows)
    schema = {"left_id": pl.String, "right_id": pl.String, "probability": pl.Float64}
    pairs = pl.DataFrame(same, schema=schema, orient="row")
    given = Evidence(ledger, records(ledger, None), SCOPES.to_frame(), pairs, Policy(least=0.01))
    return received(given).relations


def test_what_another_report_of_a_flow_tells_holds_for_it_too() -> None:
    """Of two equal flows one is for Odesa, as a page says that is surely the same: then it is the other."""
    page = gave("page", source="press", submission="page.html", text="ambulances for Odesa", implementer=None)
    flows = gave("one", text="ambulances"), gave("two", text="ambulances", reference="NL-2")
    came = came_in("in", 930_000)
    apart = [("one", "two", 0.02)]
    blind = with_pairs(*flows, page, came, same=apart)
    assert set(blind.filter(right="in")["left"]) == {"one", "two"}
    told = with_pairs(*flows, page, came, same=[*apart, ("one", "page", 0.95)])
    assert told.filter(right="in")["left"].to_list() == ["two"]


def test_flows_that_are_surely_one_are_not_several() -> None:
    """Each of two reports of a flow is sure where they are one, and half as sure where they are not."""
    flows = gave("one"), gave("two", reference="NL-2", variant="iati", source="iati/NL")
    one = with_pairs(*flows, came_in("in", 930_000), same=[("one", "two", 0.99)])
    two = with_pairs(*flows, came_in("in", 930_000), same=[("one", "two", 0.01)])
    assert max(one["probability"].to_list()) > 0.85
    assert 0.3 < max(two["probability"].to_list()) < 0.6
