"""Sanctions of a coalition's regimes, aligned: who lists whom, since when, by which act."""
