"""How many of uncertain things come about, and what never comes."""

from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.forecast.ends import FEWEST_ENDED, interval, never
from konvoi.model.entries import frame


@given(st.lists(st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9, 1.0]), max_size=6))
def test_the_bounds_hold_eighty_of_a_hundred_outcomes(chances: list[float]) -> None:
    """Against every outcome, one by one."""
    expected, low, high = interval(chances)
    inside = sum(
        prod(p if came else 1 - p for p, came in zip(chances, outcome, strict=True))
        for outcome in product((False, True), repeat=len(chances))
        if low <= sum(outcome) <= high
    )
    assert expected == pytest.approx(sum(chances))
    assert inside >= 0.8 - 1e-9
    assert 0 <= low <= high <= len(chances)


@given(st.lists(st.sampled_from([0.0, 0.02, 0.5, 0.97, 1.0]), max_size=6))
def test_what_is_expected_lies_between_the_bounds_as_it_is_written(chances: list[float]) -> None:
    """2.9 are not expected “between 3 and 3”."""
    expected, low, high = interval(chances)
    assert low <= round(expected, 1) <= high
    assert high - low <= len(chances)


def test_what_is_certain_has_no_width() -> None:
    assert interval([1.0] * 3 + [0.0] * 4) == (3.0, 3, 3)
    assert interval([0.97] * 3)[1:] == (2, 3)


def lines(count: int, *stages: str, kind: str = "energy", first: int = 0) -> list[dict[str, object]]:
    return [
        {
            "entry": f"{kind}{at}{stage}",
            "source": "AR",
            "package": "p",
            "line": f"{kind}{at}",
            "kind": kind,
            "stage": stage,
        }
        for at in range(first, first + count)
        for stage in stages
    ]


def test_what_never_comes_is_told_only_of_kinds_with_enough_ended_lines() -> None:
    """Twenty-four arrived, six withdrawn: thirty; of the other kind one fewer."""
    rows = lines(24, "committed", "received") + lines(6, "committed", "withdrawn", first=24)
    rows += lines(5, "committed", first=30) + lines(29, "received", kind="military")
    energy, military = never(frame(rows))
    assert (energy.ended, energy.open, energy.share) == (FEWEST_ENDED, 5, 0.2)
    assert energy.low is not None
    assert energy.high is not None
    assert energy.low < 0.2 < energy.high
    assert (military.ended, military.share, military.low) == (29, None, None)


def test_what_arrived_before_it_was_taken_back_has_arrived() -> None:
    (found,) = never(frame(lines(1, "committed", "received", "withdrawn")))
    assert (found.arrived, found.withdrawn, found.open) == (1, 0, 0)


def test_of_no_line_nothing_is_said() -> None:
    assert never(frame([])) == ()
    assert interval([]) == (0.0, 0, 0)
