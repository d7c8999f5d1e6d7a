"""Bounds of clusters, chosen on made-up records of known truth (bench/reconciling)."""

JOIN, MEAN = 0.25, 0.25
"""Least probability of a pair that joins clusters, and of all pairs between them on average: chosen on seeds
that the weights of the benchmark were not fitted to."""
