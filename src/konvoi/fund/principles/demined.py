"""Demined: whoever clears mines says that the ground is clear."""

from konvoi.fund.principle import Principle

MEMBER = Principle("demined", "attestations.verdict")
