"""Figures that open: rows of totals, gaps, shares, and what is not reported."""

from dataclasses import replace
from decimal import Decimal

from tests.report.cases import case, entries, total

from konvoi.ledger.answer import Unvalued
from konvoi.ledger.units import FULFILLED
from konvoi.model.stages import RANK, Stage
from konvoi.report.ledger.figures import NOT_REPORTED, ORDER, Step, gap, keys, part, share
from konvoi.report.page import Number, Share

WORD = Number(Decimal(10), "EUR", behind=("a",))


def test_every_stage_of_the_house_has_its_place_once() -> None:
    assert sorted(ORDER) == sorted([*(s for s in Stage if RANK[s] >= 0), FULFILLED])


def test_a_gap_to_what_nobody_reports_is_not_reported_and_one_to_an_unknown_value_not_known() -> None:
    assert gap(WORD, NOT_REPORTED) is NOT_REPORTED
    assert share(NOT_REPORTED, WORD) is NOT_REPORTED
    unknown = gap(WORD, Number(None, "EUR", behind=("b",)))
    assert isinstance(unknown, Number)
    assert (unknown.value, unknown.behind) == (None, ("a", "b"))
    assert share(Number(None), WORD) == Share(None)


def test_a_real_zero_is_a_number() -> None:
    assert gap(WORD, Number(Decimal(0), "EUR")) == Number(Decimal(10), "EUR", "gap", None, ("a",))


def test_a_row_with_entries_of_unknown_value_opens_them_and_stands_last() -> None:
    made = replace(
        total(entries(), "received", "party"), unvalued=(Unvalued("DOR", ("E14",)), Unvalued("X", ()))
    )
    step = Step("received", made)
    assert keys([step]) == ["ARV", "DOR"]
    told = part(case(), step, "DOR")
    assert isinstance(told, Number)
    assert (told.value, told.behind) == (None, ("E14",))
    assert isinstance(part(case(), step, "X"), Number)
    assert part(case(), step, "TEL") is NOT_REPORTED
