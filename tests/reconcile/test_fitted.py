"""The shipped weights fit the comparisons, and say on what they were fitted."""

from importlib.resources import files

from konvoi.reconcile.comparisons import COMPARISONS
from konvoi.reconcile.fitted import FILE, JOIN, MEAN, SURE_ENOUGH, fitted


def test_the_shipped_weights_fit_the_comparisons() -> None:
    weights = fitted()
    assert weights.comparisons == COMPARISONS
    assert weights.origin == "labelled"
    assert weights.calibration is not None
    assert 0 < MEAN <= JOIN < SURE_ENOUGH < 1


def test_the_file_says_where_it_comes_from() -> None:
    head = (files("konvoi.reconcile") / FILE).read_text(encoding="utf-8")[:600]
    assert "bench.pledges" in head
    assert "seeds" in head
