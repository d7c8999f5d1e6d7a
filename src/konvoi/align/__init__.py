"""Sanctions alignment of a coalition's regimes: parties listed, since which day, by which act."""
