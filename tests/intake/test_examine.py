"""All checks together."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.intake.check import plain, whole
from konvoi.intake.checks import CHECKS
from konvoi.intake.examine import examine
from konvoi.model.document import Reading
from konvoi.model.entries import frame

stages = st.sampled_from(["committed", "allocated", "handed over", "received", "withdrawn", None])
texts = st.sampled_from(["a", "b", None])
minors = st.one_of(st.none(), st.integers(-(10**12), 10**12))
rows = st.fixed_dictionaries(
    {
        **dict.fromkeys(("entry", "submission", "source", "package", "line", "reference", "party"), texts),
        "stage": stages,
        "amount_minor": minors,
        "stated_minor": minors,
        **{name: st.sampled_from(["EUR", "USD", None]) for name in ("currency", "stated_currency")},
        "valuation": st.sampled_from(["given", "by price", None]),
    }
)


def test_nothing_contradicts_an_empty_submission() -> None:
    assert examine([]) == ()
    assert examine([Reading("f", "", "t")]) == ()


def test_every_check_says_what_must_hold() -> None:
    """The sentence is what people read."""
    assert all(check.__doc__ for check in CHECKS)


@pytest.mark.slow
@given(st.lists(rows, max_size=6))
def test_whatever_the_entries_say_no_check_raises(found: list[dict[str, object]]) -> None:
    examine([Reading("f", "", "t", entries=frame(found))])


@pytest.mark.slow
@given(st.lists(rows, max_size=6))
def test_the_order_of_readings_does_not_matter(found: list[dict[str, object]]) -> None:
    """Findings are sorted by place; a total over readings does not depend on which came first."""
    readings = [
        Reading(str(i), "", "t", entries=frame([row | {"entry": str(i)}])) for i, row in enumerate(found)
    ]
    assert {f.code for f in examine(readings)} == {f.code for f in examine(readings[::-1])}


def test_a_file_handed_in_twice_counts_once() -> None:
    row = {"entry": "a", "submission": "f", "amount_minor": 1}
    readings = [Reading(name, "", "t", entries=frame([row | {"submission": name}])) for name in ("f", "g")]
    assert whole(readings).entries.height == 1


def test_numbers_are_shown_short_but_never_as_nothing() -> None:
    assert plain(Decimal("-0.0004")) == "-0.0004"
    assert plain(Decimal("1000.000")) == "1000"
