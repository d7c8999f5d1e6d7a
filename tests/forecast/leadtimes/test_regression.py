"""Regression on bins of days: effects that add up, open cases, values with few cases, and tilted curves."""

import numpy as np
import pytest

from konvoi.forecast.leadtimes.regression import Labels, Regression, fitted

EDGES = (0,)


def _labels(low: list[int], high: list[int] | None = None) -> Labels:
    ones = np.ones(len(low))
    return Labels(np.array(low), np.array(low if high is None else high), ones, ones)


def test_two_values_get_the_shares_of_their_cases() -> None:
    """Of 200 by air a tenth ends after day 0, of 200 by sea nine tenths."""
    late = [int(n % 10 == 0) for n in range(200)] + [int(n % 10 != 0) for n in range(200)]
    modes = ["air"] * 200 + ["sea"] * 200
    found = fitted(EDGES, _labels(late), {"mode": modes}, ridge=1.0)
    shares = found.shares([{"mode": "air"}, {"mode": "sea"}])
    assert shares[:, 1].tolist() == pytest.approx([0.1, 0.9], abs=0.02)


def test_effects_of_two_columns_meet_in_a_pair_that_no_case_had() -> None:
    """Odds of 1 to 9 by air and 1 to 1 by sea; a supplier with three times the odds was only by air: by sea
    three to one is expected."""
    rows = [("air", "A", 9, 1), ("sea", "A", 5, 5), ("air", "B", 30, 10)]
    late: list[int] = []
    modes: list[str] = []
    suppliers: list[str] = []
    for mode, supplier, on_time, after in rows:
        late += ([0] * on_time + [1] * after) * 60
        modes += [mode] * (on_time + after) * 60
        suppliers += [supplier] * (on_time + after) * 60
    found = fitted(EDGES, _labels(late), {"mode": modes, "supplier": suppliers}, ridge=0.5)
    asked = {"mode": "sea", "supplier": "B"}
    assert found.shares([asked])[0, 1] == pytest.approx(0.75, abs=0.03)


def test_an_open_case_counts_for_the_bins_that_are_left_to_it() -> None:
    """Of 400 a quarter each end in the first two bins, half in the last; of 300 more it is known that they do
    not end in the first: a third of these belongs to the second."""
    low = [(0, 1, 2, 2)[n % 4] for n in range(400)] + [1] * 300
    high = [(0, 1, 2, 2)[n % 4] for n in range(400)] + [2] * 300
    modes = ["air", "sea"] * 350
    shares = fitted((0, 5), _labels(low, high), {"mode": modes}, ridge=1.0).shares([{"mode": "b"}])[0]
    assert shares.tolist() == pytest.approx([1 / 7, 2 / 7, 4 / 7], abs=0.01)


def test_a_value_whose_cases_are_all_open_is_not_taken_to_end_evenly() -> None:
    """Nine in ten end in the second of two bins left; open cases by sea say nothing against that."""
    low = [(1, 2)[n % 10 == 0] for n in range(200)] + [1] * 200
    high = low[:200] + [2] * 200
    found = fitted((0, 5), _labels(low, high), {"mode": ["air"] * 200 + ["sea"] * 200}, ridge=1.0)
    assert found.shares([{"mode": "sea"}])[0, 1] == pytest.approx(0.9, abs=0.02)


def test_a_value_with_one_case_says_little_and_an_unknown_one_nothing() -> None:
    late = [n % 2 for n in range(100)] + [1]
    found = fitted(EDGES, _labels(late), {"mode": ["air"] * 100 + ["sea"]}, ridge=5.0)
    sea, camel = found.shares([{"mode": "sea"}, {"mode": "camel"}])[:, 1]
    assert 0.5 < sea < 0.6
    assert camel == pytest.approx(0.5, abs=0.01)


def test_a_tilted_curve_has_the_shares_of_the_regression_and_its_own_proportions_within_a_bin() -> None:
    """Days −1 to 2 with 0.2, 0.2, 0.2 and 0.1; 0.1 is withdrawn on day 2 and 0.2 never ends."""
    curve = np.array([[[0.2, 0.2, 0.2, 0.1]], [[0.0, 0.0, 0.0, 0.1]]])
    even = Regression((0,), (0.0, 0.0), {})
    came, lost = even.tilted(curve, -1, [{}])[:, 0]
    assert came.tolist() == pytest.approx([0.25, 0.25, 1 / 6, 1 / 12])
    assert lost.tolist() == pytest.approx([0, 0, 0, 1 / 12])


def test_a_bin_in_which_the_curve_never_ends_stays_empty() -> None:
    curve = np.array([[[0.0, 1.0]], [[0.0, 0.0]]])
    assert Regression((0,), (0.0, 0.0), {}).tilted(curve, 0, [{}])[0, 0].tolist() == pytest.approx([0, 1])


def test_a_row_states_all_unless_it_leaves_a_column_empty_that_never_was() -> None:
    asked = [{"mode": ""}, {"mode": "air"}, {"mode": "camel"}]
    known = {"air": (0.0, 0.0)}
    assert Regression((0,), (0.0, 0.0), {"mode": known}).stated(asked).tolist() == [False, True, True]
    assert Regression((0,), (0.0, 0.0), {"mode": {"": (0.0, 0.0), **known}}).stated(asked).all()


def test_an_empty_value_that_cases_had_is_kept_even_if_it_has_no_effect() -> None:
    found = fitted(EDGES, _labels([0, 1] * 50), {"mode": ["air", "air", "", ""] * 25}, ridge=1.0)
    assert "" in found.effects["mode"]
