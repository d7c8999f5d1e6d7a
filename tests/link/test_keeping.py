"""A file of weights gives back the weights that were kept, and fits only the comparisons it was made for."""

from dataclasses import replace

import numpy as np
import pytest
from polars.testing import assert_frame_equal
from tests.link.people import PEOPLE, SETTINGS

from konvoi.link.calibration import calibrated
from konvoi.link.keeping import kept, taken
from konvoi.link.levels import equal
from konvoi.link.match import match
from konvoi.link.weights import Weights, given

WEIGHTS = replace(
    given(SETTINGS.comparisons, 0.1),
    together={7: 1.25, 30: -0.5},
    crowds=(0.5, 0.25),
    origin="labelled",
    calibration=calibrated(np.array([0.2, 0.8]), np.array([1, 5]), np.array([4, 5])),
)


def back(weights: Weights) -> Weights:
    found, wrong = taken(kept(weights), SETTINGS.comparisons)
    assert wrong == ()
    assert found is not None
    return found


def test_what_was_kept_comes_back() -> None:
    found = back(WEIGHTS)
    assert_frame_equal(found.table(), WEIGHTS.table())
    assert (found.prior, found.together, found.crowds) == (0.1, WEIGHTS.together, WEIGHTS.crowds)
    assert found.calibration is not None
    assert WEIGHTS.calibration is not None
    assert found.calibration.steps["share"].to_list() == WEIGHTS.calibration.steps["share"].to_list()
    assert kept(found) == kept(WEIGHTS)


def test_a_match_with_kept_weights_is_the_same_again() -> None:
    first = match(PEOPLE, replace(SETTINGS, learn=True))
    assert first.used is not None
    again = match(PEOPLE, SETTINGS, weights=back(first.used))
    assert again.pairs.select("left_id", "right_id").equals(first.pairs.select("left_id", "right_id"))
    assert again.pairs["probability"].to_list() == pytest.approx(
        first.pairs["probability"].to_list(), abs=1e-8
    )


def test_what_is_not_calibrated_says_so() -> None:
    assert "# Not calibrated" in kept(replace(WEIGHTS, calibration=None))


def test_how_many_judgements_stand_behind_an_answer_comes_back() -> None:
    judged = tuple(np.array([[n, 2.0] for n in range(len(share))]) for share in WEIGHTS.true)
    told = kept(replace(WEIGHTS, judged=judged))
    assert "same = 1, different = 2 }" in told
    assert "# Judged pairs behind them: 3 the same, 6 different.\n" in told
    found = back(replace(WEIGHTS, judged=judged))
    assert [each.tolist() for each in found.judged] == [each.tolist() for each in judged]
    _, wrong = taken(told.replace("same = 1,", 'same = "one",', 1), SETTINGS.comparisons)
    assert [one.code for one in wrong] == ["weights-unfit"]


def test_a_code_stands_there_as_the_numbers_of_its_answers() -> None:
    """30 is name `not known` (0), surname `not known` (0), born `different` (2): 2 x 15; 3, 5, 3 answers."""
    assert "lines = '''\n0 0 2 -0.5\n1 2 0 1.25\n'''" in kept(WEIGHTS)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('name = "born"', 'name = "died"', "comparison"),
        ('answer = "alike by 92% or more"', 'answer = "alike by 93% or more"', "surname"),
        ("true = 0.95", "true = 0", "born"),
        ("prior = 0.1", "prior = 1.5", "prior"),
        ("0 0 2 -0.5", "0 0 3 -0.5", "together"),
        ("0 0 2 -0.5", "0 0 1.5 -0.5", "together"),
        ("0 0 2 -0.5", "0 0 2 nan", "together"),
        ("0 0 2 -0.5", "0 0 2", "together"),
        ("0 0 2 -0.5", "0 0 2 -0.5 1", "together"),
        ("[together]", "[[together]]", "together"),
        ("0.2 0.2 4", "0.2 0.2 four", "calibration"),
        ("[[comparison]]", "[[comparison]", ""),
    ],
)
def test_weights_of_other_comparisons_are_refused(old: str, new: str, part: str) -> None:
    assert old in kept(WEIGHTS)
    found, wrong = taken(kept(WEIGHTS).replace(old, new, 1), SETTINGS.comparisons, "weights.toml")
    assert found is None
    assert next((one.code, one.place.file, one.place.sheet) for one in wrong) == (
        "weights-unfit",
        "weights.toml",
        part,
    )


def test_weights_of_fewer_comparisons_are_refused() -> None:
    found, wrong = taken(kept(WEIGHTS), (equal("name"),))
    assert found is None
    assert wrong[0].values["names"] == "name"
