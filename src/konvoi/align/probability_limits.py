"""Probabilities from which two parties are asked about, or taken for one; settings read them alone."""

SAME = 0.9
ASKED = 0.2

STRANGE_NAME = 0.2
"""Share of matching words below which names contradict an equal identifier; not so for ships, which are
renamed."""
