"""A set is neither trivial nor hopeless for one who knows giver, recipient and good."""

from bench.pledges.yardstick import measured


def test_sure_pairs_are_right_and_denser_sets_are_harder() -> None:
    """What is sure on one seed is right on another; at ten times the density less of it is."""
    one, ten = measured(1, 1_500), measured(10, 1_500)
    assert min(one["sure precision"], ten["sure precision"]) > 0.9
    assert 0.5 < ten["f1"] < one["f1"] < 0.95
    assert 0.1 < ten["sure recall"] < one["sure recall"] < 0.8
