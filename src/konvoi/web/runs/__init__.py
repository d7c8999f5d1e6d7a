"""Runs: what is computed, when, by which worker, and its results."""
