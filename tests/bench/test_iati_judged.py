"""Judged pairs of real files keep the others as right or more, and harm no file in which nobody judged."""

from pathlib import Path

import pytest
from bench.iati_judged import judged, measured, space
from bench.iati_twice import dollars, files

from konvoi.reconcile.candidates import alike
from konvoi.reconcile.policy import Policy

pytestmark = pytest.mark.real_data


@pytest.mark.slow
def test_what_is_judged_keeps_all_others_as_right_or_more_in_the_same_and_in_other_files(
    real_data: Path,
) -> None:
    """Seed 2, which the strength of what is declared was not chosen on."""
    rates, every = dollars(real_data), files(real_data)
    whole = space(every, 2, rates)
    before = alike(whole.records, Policy()).pairs
    # With the declared weights alone judging brought the squared error to .186 and .143, recall to .856 and
    # .881. The estimate is better than that before anybody judged (.055, .087); little is left to gain:
    # -.0004 with 40, the same to five digits with 150 (seeds 1 and 3: -.0017 to -.0134, but +.0014 once).
    for count in (40, 150):
        lessons = judged(whole, before, count)
        after = alike(whole.records, Policy(), lessons).pairs
        first, then = (measured(whole, pairs, lessons) for pairs in (before, after))
        assert then.squared < min(first.squared + 0.0001, 0.1)
        assert then.precision >= 0.98
        assert then.recall >= max(first.recall, 0.9)
    rest = space([path for path in every if path.stem != "who-arg"], 2, rates)
    other = space([path for path in every if path.stem == "who-arg"], 2, rates)
    taught = alike(whole.records, Policy(), judged(rest, rest.only(before), 40)).pairs
    first, then = (measured(other, pairs) for pairs in (before, taught))
    assert then.squared <= first.squared
    assert then.precision >= first.precision - 0.02
