"""The weights of the benchmark fit the comparisons, and say on what they were fitted."""

from bench.reconciling.fitted import FILE, JOIN, MEAN, SURE_ENOUGH, fitted

from konvoi.reconcile.comparisons import COMPARISONS


def test_the_weights_fit_the_comparisons() -> None:
    weights = fitted()
    assert weights.comparisons == COMPARISONS
    assert weights.origin == "labelled"
    assert weights.calibration is not None
    assert 0 < MEAN <= JOIN < SURE_ENOUGH < 1


def test_the_file_says_where_it_comes_from() -> None:
    head = FILE.read_text(encoding="utf-8")[:600]
    assert "bench.pledges" in head
    assert "seeds" in head
