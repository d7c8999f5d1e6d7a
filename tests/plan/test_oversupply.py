"""Over-supplied needs, on tables that can be checked by hand."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.plan.test_standards import tables

from konvoi.plan.oversupply import Supply, oversupply

DUE = date(2031, 5, 1)


def need(name: str, quantity: int, **says: object) -> dict[str, object]:
    """A need for good a at its own town, but for what is said."""
    usual = {"good": "a", "site": f"town-{name}", "due": DUE, "weight": Decimal(1)}
    return {"need": name, "quantity": Decimal(quantity)} | usual | says


def supply(record: str, quantity: int, day: int, **says: Any) -> Supply:
    """An offer of good a, committed on a day of January."""
    usual: dict[str, Any] = {"kind": "offer", "party": record, "good": "a", "offer": record}
    words = {"record": record, "quantity": Decimal(quantity), "committed": date(2031, 1, day)}
    return Supply(**(usual | words | says))


def rows(given_: Mapping[str, pl.DataFrame], *supplies: Supply, **more: object) -> list[tuple[object, ...]]:
    found = oversupply(given_, supplies, **more)  # type: ignore[arg-type]
    return found.select("need", "record", "over", "next_need", "next_quantity").rows()


def test_the_last_to_commit_goes_beyond_first() -> None:
    """Ten are needed; 8, then 6, then 3 are given: 4 of the second and the whole third are too much."""
    given_ = tables(needs=[need("N", 10)])
    found = oversupply(given_, [supply("B", 6, 2), supply("C", 3, 3), supply("A", 8, 1)])
    assert found.select("record", "over").rows() == [("C", Decimal(3)), ("B", Decimal(4))]
    assert found.select("open", "given", "excess").unique().rows() == [(Decimal(10), Decimal(17), Decimal(7))]


def test_what_fits_all_needs_of_its_good_together_is_no_oversupply() -> None:
    assert rows(tables(needs=[need("N", 8), need("M", 10)]), supply("A", 12, 1)) == []


def test_what_is_bound_for_a_place_can_serve_the_next_unmet_need() -> None:
    given_ = tables(needs=[need("N", 5), need("M", 4)])
    bound = supply("W", 8, 1, kind="movement", site="town-N", offer="")
    assert rows(given_, bound) == [("N", "W", Decimal(3), "M", Decimal(3))]


def test_the_next_need_is_the_one_of_most_weight_at_its_ratio() -> None:
    """Two pieces too many serve one and a half each of b."""
    swap: list[dict[str, object]] = [{"good": "a", "serves": "b", "ratio": Decimal("1.5")}]
    needs = [
        need("N", 5),
        need("X", 9, good="b", weight=Decimal(2)),
        need("Y", 9, good="b", weight=Decimal(7)),
    ]
    given_ = tables(needs=needs, equivalences=swap)
    assert rows(given_, supply("A", 7, 1)) == [("N", "A", Decimal(2), "Y", Decimal(3))]


def test_an_earmark_keeps_what_is_too_much_from_other_needs() -> None:
    swap: list[dict[str, object]] = [{"good": "a", "serves": "b", "ratio": Decimal(1)}]
    tie: list[dict[str, object]] = [{"offer": "A", "to": "need", "value": "N"}]
    given_ = tables(needs=[need("N", 5), need("X", 9, good="b")], equivalences=swap, earmarks=tie)
    assert rows(given_, supply("A", 7, 1)) == [("N", "A", Decimal(2), None, None)]


def test_a_lacking_standard_keeps_an_offer_from_a_need() -> None:
    swap: list[dict[str, object]] = [{"good": "a", "serves": "b", "ratio": Decimal(1)}]
    given_ = tables(needs=[need("N", 5), need("X", 9, good="b")], equivalences=swap)
    assert rows(given_, supply("A", 7, 1), lacks={("A", "b")}) == [("N", "A", Decimal(2), None, None)]


def test_what_is_ready_too_late_supplies_nothing() -> None:
    assert rows(tables(needs=[need("N", 5)]), supply("A", 7, 1, ready=date(2031, 5, 2))) == []


def test_a_need_that_is_met_or_withdrawn_asks_for_nothing() -> None:
    assert rows(tables(needs=[need("N", 5, state="withdrawn")]), supply("A", 7, 1)) == []


@given(st.lists(st.integers(1, 20), min_size=1, max_size=6), st.integers(1, 40))
def test_what_is_given_is_what_is_needed_and_what_goes_beyond(quantities: list[int], wanted: int) -> None:
    supplies = [supply(f"S{at}", quantity, at + 1) for at, quantity in enumerate(quantities)]
    found = oversupply(tables(needs=[need("N", wanted)]), supplies)
    assert (found["over"].sum() or 0) == max(0, sum(quantities) - wanted)
