"""How far lines have come: reached, open, and of what nobody says it, each line once."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.ledgers import ledger

from konvoi.ledger.funnel import (
    FUNNEL,
    NO_VALUE,
    NOT_REPORTED,
    absence,
    funnel,
    silent_stages,
    stated,
)
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.total import total
from konvoi.model.stages import NOT_STATED, ROUTES, Stage

EURO = Question(currency="EUR")


def at(line: str, stage: str, amount: int | None = 100, **more: object) -> dict[str, object]:
    """One entry of a line from stock."""
    return {
        "package": "p",
        "line": line,
        "route": "from stock",
        "stage": stage,
        "amount_minor": amount,
    } | more


def of(found: pl.DataFrame, stage: str, key: str = "from stock") -> dict[str, object]:
    """The one row of a stage."""
    return found.filter((pl.col("stage") == stage) & (pl.col("key") == key)).row(0, named=True)


def test_what_nobody_reports_is_unknown_and_what_is_reported_short_is_open() -> None:
    """A gave 100, 60 were handed over; B gave 50, and nobody says more; of C nothing came, and that is
    told."""
    known = ledger(at("a", "committed"), at("a", "handed over", 60), at("b", "committed", 50))
    known = ledger(*_rows(known), at("c", "committed", 10), at("c", "handed over", 0))
    row = of(stated(funnel(known, EURO)), "handed over")
    assert (row["lines"], row["told"], row["came"], row["unknown"]) == (3, 2, 1, 1)
    assert (row["word"], row["reached"], row["open"], row["silent"]) == (160, 60, 50, 50)


def _rows(known: Ledger) -> list[dict[str, object]]:
    return known.entries.drop("entry").to_dicts()


def test_a_later_stage_speaks_for_those_before_it() -> None:
    known = ledger(at("a", "committed"), at("a", "received", 40))
    found = stated(funnel(known, EURO))
    assert of(found, "dispatched")["reached"] == 40
    assert "approved" in set(found["stage"])


def test_a_stage_of_which_a_whole_route_is_silent_is_named_and_no_row() -> None:
    rows = funnel(ledger(at("a", "pledged"), at("a", "committed")), EURO)
    assert set(stated(rows)["stage"]) == {"pledged", "committed"}
    assert silent_stages(rows)["from stock"][0] == "allocated"


def test_told_without_a_value_is_told_and_no_zero() -> None:
    row = of(stated(funnel(ledger(at("a", "committed"), at("a", "dispatched", None)), EURO)), "dispatched")
    assert (row["told"], row["came"], row["unknown"]) == (1, 1, 0)
    assert (row["reached"], row["silent"]) == (None, 100)


def test_a_sum_of_which_no_value_is_stated_is_no_zero_and_says_why() -> None:
    bare = ledger(at("a", "committed", None), at("b", "committed", None), at("a", "dispatched", None))
    every = stated(funnel(bare, EURO))
    sent, pledged = of(every, "dispatched"), of(every, "pledged")
    for name in ("word", "reached", "open", "silent"):
        assert (sent[name], absence(sent, name)) == (None, "no value stated")
        assert (pledged[name], absence(pledged, name)) == (None, "no value stated")
    some = ledger(at("a", "committed", 70), at("b", "committed", None), at("a", "dispatched", 70))
    row = of(stated(funnel(some, EURO)), "dispatched")
    assert (row["word"], row["reached"], row["silent"]) == (70, 70, None)
    assert (absence(row, "word"), absence(row, "silent")) == ("", "no value stated")


def test_two_reports_of_one_line_are_one_line() -> None:
    """The giver tells the word, more exactly, and another source the hand-over of the same thing."""
    word = at("a", "committed", 123, source="AR")
    other = at("x", "handed over", 90, source="BO", package="q")
    apart = stated(funnel(ledger(word, other), EURO))
    assert of(apart, "handed over")["lines"] == 2
    once = stated(funnel(ledger(word, other, relations=[("e0", "same_as", "e1", "accepted")]), EURO))
    row = of(once, "handed over")
    assert (row["lines"], row["word"], row["reached"]) == (1, 123, 90)


def test_a_package_stands_for_itself_only_without_lines() -> None:
    whole = {"package": "p", "stage": "committed", "amount_minor": 1000}
    assert funnel(ledger(whole, at("a", "committed", 7)), EURO)["word"].unique().to_list() == [7]
    assert funnel(ledger(whole), EURO)["route"].unique().to_list() == [NOT_STATED]


def test_what_was_withdrawn_in_full_is_no_line() -> None:
    rows = ledger(at("a", "committed"), at("a", "withdrawn", None), at("b", "committed", 5))
    assert of(stated(funnel(rows, EURO)), "committed")["lines"] == 1


def test_facts_after_the_day_and_what_was_not_known_do_not_count() -> None:
    later = at("a", "received", 40, day_from=date(2026, 5, 1), day_to=date(2026, 5, 1))
    late_news = at("a", "dispatched", 40, known_on=date(2026, 6, 1))
    known = ledger(at("a", "committed"), later, late_news)
    on = Question(currency="EUR", on=date(2026, 4, 1))
    assert set(stated(funnel(known, on))["stage"]) >= {"dispatched"}
    assert "received" not in set(stated(funnel(known, on))["stage"])
    by_may = Question(currency="EUR", on=date(2026, 4, 1), known=date(2026, 5, 1))
    assert set(stated(funnel(known, by_may))["stage"]) == {"pledged", "committed"}


def test_pieces_of_different_goods_are_not_added_and_each_good_is() -> None:
    two = [
        at("a", "committed", None, good="tent", quantity=Decimal(8), unit="piece"),
        at("b", "committed", None, good="stove", quantity=Decimal(3), unit="piece"),
    ]
    rows = funnel(ledger(*two), Question(what="quantity"))
    assert of(stated(rows), "committed")["word"] is None
    assert of(stated(rows, "good"), "committed", "tent")["word"] == 8_000_000


def test_an_empty_ledger_has_an_empty_funnel() -> None:
    assert funnel(ledger(), EURO).schema == FUNNEL
    assert stated(funnel(ledger(), EURO)).is_empty()


_ENTRY = st.tuples(
    st.sampled_from("abc"),
    st.sampled_from([str(stage) for stage in ROUTES["from stock"]]),
    st.one_of(st.none(), st.integers(0, 500)),
)


@pytest.mark.slow
@given(st.lists(_ENTRY, max_size=8), st.randoms())
def test_nothing_is_lost_and_the_order_does_not_matter(
    rows: list[tuple[str, str, int | None]], dice: object
) -> None:
    """Reached, open and not said are the word; what has reached a stage is what a total says of it."""
    entries = [at(line, stage, amount) for line, stage, amount in rows]
    known = ledger(*entries)
    found = stated(funnel(known, EURO))
    for row in found.iter_rows(named=True):
        parts = (row["reached"] or 0) + (row["open"] or 0) + (row["silent"] or 0)
        assert (row["lines"], row["word"] or 0) == (row["told"] + row["unknown"], parts)
        assert (row["word"] is None) == (row["unvalued"] == row["lines"])
        drawn = total(known, Question(stage=row["stage"], currency="EUR", level="lines"))
        assert (drawn.value or 0) == Decimal(row["reached"] or 0) / 100
    dice.shuffle(entries)  # type: ignore[attr-defined]
    again = stated(funnel(ledger(*entries), EURO))
    assert again.drop("entries", "silent_entries").equals(found.drop("entries", "silent_entries"))


def test_stages_stand_as_a_line_passes_them() -> None:
    known = ledger(at("a", "committed"), at("a", "received", 1))
    assert stated(funnel(known, EURO))["stage"].to_list() == [
        str(stage) for stage in Stage if stage in ROUTES["from stock"]
    ]


def test_a_package_and_its_lines_in_one_row_are_those_of_its_key() -> None:
    known = ledger(at("a", "committed", party="AR"), at("b", "committed", 50, party="BO", package="q"))
    found = stated(funnel(known, EURO), "party")
    rows = {row["key"]: row["word"] for row in found.iter_rows(named=True) if row["stage"] == "committed"}
    assert rows == {"AR": 100, "BO": 50}
    nameless = stated(funnel(ledger(at("a", "committed", kind=None)), EURO), "kind")
    assert set(nameless["key"]) == {""}


def test_the_reason_for_an_absent_sum_is_that_nobody_reports_or_that_no_value_is_stated() -> None:
    row: dict[str, object] = {"reached": None, "open": None, "word": None, "silent": 5}
    row |= {"told": 0, "unvalued": 2}
    assert absence(row, "silent") == ""
    assert absence(row, "reached") == absence(row, "open") == NOT_REPORTED
    assert absence(row, "word") == NO_VALUE
    assert absence(row | {"told": 1}, "reached") == NO_VALUE
    assert absence(row | {"unvalued": 0}, "word") == ""


def test_a_line_without_a_route_stands_at_the_stages_that_it_names_and_at_its_pledge() -> None:
    rows = funnel(ledger(at("a", "dispatched", route=None)), EURO)
    assert rows["stage"].to_list() == ["dispatched", "pledged"]
    assert set(rows["route"]) == {NOT_STATED}


def test_of_two_reports_of_one_line_the_larger_comes_first() -> None:
    known = ledger(
        at("a", "committed", 40, kind="energy"),
        at("b", "committed", 90, kind="military"),
        relations=[("e0", "restates", "e1", "accepted")],
    )
    (row,) = funnel(known, EURO).filter(pl.col("stage") == "committed").iter_rows(named=True)
    assert (row["word"], row["kind"], row["word_entries"]) == (40, "energy", ["e0", "e1"])


def test_silent_stages_are_in_the_order_in_which_a_line_passes_them() -> None:
    assert silent_stages(funnel(ledger(at("a", "committed"), at("b", "received", 50)), EURO)) == {}
    alone = silent_stages(funnel(ledger(at("a", "committed")), EURO))["from stock"]
    order = [str(one) for one in Stage]
    assert list(alone) == sorted(alone, key=order.index)


def test_amounts_of_different_goods_are_added_and_their_quantities_are_not() -> None:
    goods = [at("a", "committed", good="tent"), at("b", "committed", 50, good="tank")]
    row = of(stated(funnel(ledger(*goods), EURO)), "committed")
    assert (row["word"], row["lines"], row["measure"]) == (150, 2, "EUR")
    pieces: dict[str, object] = {"amount_minor": None, "currency": None, "unit": "piece"}
    pieces |= {"quantity": Decimal(2)}
    asked = Question(what="quantity")
    row = of(stated(funnel(ledger(*(one | pieces for one in goods)), asked)), "committed")
    assert (row["word"], row["lines"]) == (None, 2)
    tents = [goods[0] | pieces, at("b", "committed", good="tent") | pieces]
    assert of(stated(funnel(ledger(*tents), asked)), "committed")["word"] == 4_000_000
