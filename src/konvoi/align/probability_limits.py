"""Probabilities from which two parties are asked about, or taken for one; settings read them alone."""

SAME = 0.9
ASKED = 0.2
